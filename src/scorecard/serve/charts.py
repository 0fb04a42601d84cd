"""The charts of the page: the specs of the reports, with rows that follow what is typed and tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from scorecard.evaluation.explain import Explanation
from scorecard.report.charts import scores as spread
from scorecard.report.charts import waterfall as lost
from scorecard.report.charts.shade import shades
from scorecard.report.charts.theme import THEMES, Heading, Row, Spec, Theme
from scorecard.report.labels import INSUFFICIENT
from scorecard.report.points import merged
from scorecard.serve.view import View

Chart = dict[str, Any]
"""the name of its data, rows, and a spec for light and dark where the page does not have them yet"""


def everybody(view: View, *, specs: bool = False) -> Iterator[Chart]:
    """How the scores spread."""
    scale = view.scorecard.scale
    ends = None if scale.low is None or scale.high is None else (scale.low, scale.high)
    heading = Heading(description=view.say("place.spread"))
    bands = [shade for shade in shades(view.scorecard, view.language) if shade.id != INSUFFICIENT]  # which has no score to count
    rows = spread.score_rows(view.now.portfolio)
    yield _chart(spread.NAME, rows, lambda theme: spread.scores(bands, ends=ends, heading=heading, theme=theme), specs=specs)


def from_full_marks(view: View, explanation: Explanation, decimals: int) -> Iterator[Chart]:
    """Where one entity lost its points; nothing without a score, or where there is no best to lose from."""
    scale, total = view.scorecard.scale, explanation.total
    points = {said: float(part[0]) for said, part in merged(explanation.lost).items()}
    if total.score is None or scale.best is None or scale.worst is None or not points or not np.isfinite([*points.values()]).all():
        return
    base = min(scale.worst, scale.best)
    heading = Heading(description=view.say("place.lost"))
    bands = shades(view.scorecard, view.language)
    rows = lost.waterfall_rows(view.scorecard, points, total.score, total.band, decimals, view.language)
    yield _chart(lost.NAME, rows, lambda theme: lost.waterfall(bands, base, heading=heading, theme=theme), specs=True)


def _chart(name: str, rows: list[Row], spec: Callable[[Theme], Spec], *, specs: bool) -> Chart:
    made = {"specs": {name: spec(theme) for name, theme in THEMES.items()}} if specs else {}
    return {"name": name, "rows": rows, **made}
