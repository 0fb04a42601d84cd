"""Scores of entities, or of everybody who shares an attribute, by the parts of the total.

Rows `heat`: row and column (their places), label (of the row), part (of the column), band ("" without one), score and text (as
printed); every row has all columns, one after the other.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scorecard.describe import width as columns_of
from scorecard.model.definition import Scorecard
from scorecard.report import figures
from scorecard.report.charts.shade import NONE, Shade, colors, legend, letters, titles
from scorecard.report.charts.theme import LIGHT, WIDTH, Heading, Row, Spec, Theme, spec
from scorecard.report.digits import facts
from scorecard.report.labels import fact_of, node_of, segment_of
from scorecard.report.portfolio import Portfolio
from scorecard.report.rows import order
from scorecard.report.texts import NOTHING
from scorecard.report.wrap import shortened, words, wrapped
from scorecard.scoring.bands import band_of

NAME = "heat"
_STEP = 26
_LIMIT = 200
_BESIDE = 32
"""pixels that a chart takes beside the names of its rows and its cells"""
_LETTER = 6.2
"""pixels of a letter's width"""
_COLUMNS = 14
_LINES = 3
"""what the name of a part may take"""
_LINE = 14
"""pixels of a line of it"""
_TURNED = 20
"""letters of a name that is read from below"""
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def heat(
    bands: Sequence[Shade],
    rows: Sequence[Row],
    *,
    heading: Heading | None = None,
    theme: Theme = LIGHT,
    width: int = WIDTH,
) -> Spec:
    """Cells in the colours of the bands, each with its score. Names of parts have the width of their cells, or are read from below."""
    parts = [row["part"] for row in rows if not row["row"]]
    heads, angle = _heads(parts, _room([row["label"] for row in rows], len(parts), width))
    plain = {"title": None, "domain": False, "ticks": False, "grid": False}
    column = {**plain, "orient": "top", "labelExpr": "heads[datum.value]", "labelLimit": _LIMIT, "labelAngle": angle}
    column |= (
        {"labelAlign": "left", "labelBaseline": "middle"}
        if angle
        else {"labelLineHeight": _LINE, "labelPadding": 6 + (len(heads[0]) - 1) * _LINE}
    )
    row = {**plain, "labelExpr": f"data('{NAME}')[datum.value * {len(parts)}].label", "labelLimit": _LIMIT, "labelPadding": 8}
    return spec(
        NAME,
        theme,
        heading or Heading(),
        width,
        height={"step": _STEP},
        params=[titles(bands), {"name": "heads", "value": heads}],
        encoding={
            "x": {"field": "column", "type": "ordinal", "axis": column},
            "y": {"field": "row", "type": "ordinal", "axis": row},
        },
        layer=[
            {
                "mark": {"type": "rect", "stroke": theme.paper, "strokeWidth": 2},
                "encoding": {
                    "color": {"field": "band", "type": "nominal", "scale": colors(bands), "legend": legend(bands, width) if bands else None}
                },
            },
            {
                "mark": {"type": "text", "baseline": "middle"},
                "encoding": {
                    "text": {"field": "text", "type": "nominal"},
                    "fill": {"field": "band", "type": "nominal", "scale": letters(bands), "legend": None},
                },
            },
        ],
    )


def entity_rows(portfolio: Portfolio, parts: Sequence[str], most: int, language: str) -> list[Row]:
    """The entities with the worst scores, the worst first, so many."""
    evaluation, scores = portfolio.evaluation, portfolio.scores
    ordered = order(evaluation, scores)
    rows = ordered[np.isfinite(portfolio.total[ordered])][:most]
    keys = evaluation.keys(scores)
    labels = [figures.clean(" ".join(str(keys[part][row]) for part in evaluation.scorecard.entity.key)) for row in rows]
    return _cells(evaluation.scorecard, parts, labels, [_scores(portfolio, part)[rows] for part in parts], language)


def attribute_rows(portfolio: Portfolio, parts: Sequence[str], by: str, most: int, language: str) -> list[Row]:
    """The mean scores of all who share an attribute, the most numerous first, so many."""
    scorecard = portfolio.evaluation.scorecard
    found = [fact_of(scorecard, by, fact, language) or NOTHING for fact in facts(portfolio.scores.table.columns[f"entity.{by}"])]
    names, which, counts = np.unique(np.array(found, dtype=np.str_), return_inverse=True, return_counts=True)
    shown = np.argsort(-counts, kind="stable")[:most]
    return _mean_rows(portfolio, parts, [(str(names[place]), which == place) for place in shown], language)


def segment_rows(portfolio: Portfolio, parts: Sequence[str], most: int, language: str) -> list[Row]:
    """The mean scores of the segments that anybody is in, in the order of the file, so many; one entity may be in several."""
    scorecard, scores = portfolio.evaluation.scorecard, portfolio.scores
    members = {id: np.array([id in variant.segments for variant in scores.variants])[scores.at] for id in scorecard.segments}
    named = [(segment_of(scorecard, id, language), own) for id, own in members.items() if own.any()]
    return _mean_rows(portfolio, parts, named[:most], language)


def _mean_rows(portfolio: Portfolio, parts: Sequence[str], named: Sequence[tuple[str, Flags]], language: str) -> list[Row]:
    labels = [f"{name} · {figures.count(int(own.sum()), language)}" for name, own in named]
    columns = [np.array([_mean(_scores(portfolio, part)[own]) for _, own in named]) for part in parts]
    return _cells(portfolio.evaluation.scorecard, parts, labels, columns, language)


def _cells(scorecard: Scorecard, parts: Sequence[str], labels: Sequence[str], columns: Sequence[Floats], language: str) -> list[Row]:
    """A cell per label and part, in the colour of the band that its score is in."""
    starts = {band.id: band.start for band in scorecard.bands if band.start is not None}
    names = [*starts, NONE]
    heads = [node_of(scorecard, part, language) for part in parts]
    bands = [band_of(column, list(starts.values()), scorecard.scale) for column in columns]
    found = []
    for row, label in enumerate(labels):
        for column, part in enumerate(parts):
            score, band = float(columns[column][row]), names[bands[column][row]]
            text = figures.score(score, band, scorecard.node(part), scorecard, language) or NOTHING
            own = {"part": heads[column], "band": band, "score": None if np.isnan(score) else score, "text": text}
            found.append({"row": row, "column": column, "label": label, **own})
    return found


def _room(labels: Sequence[str], parts: int, width: int) -> int:
    """The letters that stand side by side over a cell."""
    beside = _BESIDE + min(max(map(columns_of, labels), default=0) * _LETTER, _LIMIT)
    return min(max(int((width - beside) / max(parts, 1) / _LETTER), 2), _COLUMNS)


def _heads(names: Sequence[str], room: int) -> tuple[list[list[str]], int]:
    """The lines of each name, the empty ones above, and the angle they are read at: from below where a word is longer than a line."""
    if any(columns_of(word.rstrip(" ")) > room for name in names for word in words(name)):
        return [[shortened(name, _TURNED)] for name in names], -90
    found = [wrapped(name, room, _LINES) for name in names]
    most = max(map(len, found), default=1)
    return [[*([" "] * (most - len(lines))), *lines] for lines in found], 0


def _scores(portfolio: Portfolio, node: str) -> Floats:
    return np.asarray(portfolio.scores.cells[f"{node}.score"], dtype=np.float64)


def _mean(numbers: Floats) -> float:
    known = numbers[np.isfinite(numbers)]
    return float(known.mean()) if len(known) else np.nan
