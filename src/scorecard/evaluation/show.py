"""An evaluation as a person sees it in a Python session or a notebook."""

from __future__ import annotations

from html import escape

import numpy as np

from scorecard.evaluation.evaluation import Evaluation
from scorecard.expression.values import Coded
from scorecard.scoring.score import PeriodScores

ROWS = 10


def band_counts(evaluation: Evaluation, scores: PeriodScores) -> dict[str, int]:
    """How many rows of a period are in each band, bands without any included; `insufficient` only where it occurs."""
    band = scores.cells.get("total.band")
    assert isinstance(band, Coded)
    counts = np.bincount(band.codes[band.codes >= 0], minlength=len(band.categories))
    shown = {one.id: int(counts[place]) for place, one in enumerate(evaluation.scorecard.bands)}
    return shown | ({band.categories[-1]: int(counts[-1])} if counts[-1] else {})


def summary(evaluation: Evaluation) -> str:
    """`<Evaluation b2b: 2026-Q3, 120 entities, 118 scored; red 12, amber 40, green 66>`"""
    parts = []
    for period, scores in evaluation.periods:
        scored = int((~np.isnan(np.asarray(scores.cells["total.score"]))).sum())
        bands = ", ".join(f"{band} {count}" for band, count in band_counts(evaluation, scores).items())
        parts.append(f"{period.label}: {len(scores)} entities, {scored} scored{'; ' + bands if bands else ''}")
    return f"<Evaluation {evaluation.scorecard.id} {' | '.join(parts)}>"


def html(evaluation: Evaluation) -> str:
    """The summary and the first rows, worst score first; every text escaped."""
    frame = evaluation.scores
    lower = evaluation.scorecard.scale.lower_is_better
    rows = frame.sort_values("score", ascending=not lower, kind="stable").head(ROWS)
    head = "".join(f"<th>{escape(str(name))}</th>" for name in rows.columns)
    body = "".join("<tr>" + "".join(f"<td>{escape(_cell(value))}</td>" for value in row) + "</tr>" for row in rows.itertuples(index=False))
    return f"<p>{escape(summary(evaluation)[1:-1])}</p><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(value: object) -> str:
    if value is None or value != value:  # noqa: PLR0124 - NaN
        return ""
    return f"{value:.6g}" if isinstance(value, float) else str(value)
