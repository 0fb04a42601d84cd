"""How fast a metric rises or falls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorecard.builtin.actions import steering
from scorecard.builtin.metrics.periods import OF, how_many, slope
from scorecard.builtin.metrics.wording import options
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text

PERIODS = 4


def formula(params: Mapping[str, Any]) -> str:
    """The slope over the last periods."""
    return slope(params["of"], params.get("periods", PERIODS))


TYPE = MetricType(
    id="trend",
    title=Text({"en": "Trend", "zh": "趋势"}),
    params=options(("of",), of=OF, periods=how_many(2, 24, PERIODS)),
    doc="""By how much another metric changes from one period to the next.

The slope of the straight line with the least squares through its last `periods` values, in its unit per period: the sum of
(x - mean x)(y - mean y) / the sum of (x - mean x)², x counting periods (Legendre, 1805). With 2 periods it is the change
since the last one.

It needs another metric of this scorecard and a `period`; it has no source of its own. Each of the periods must have a
value: with one of them missing, as in a customer's first quarters, there is no value. All the same gives 0.

Not over seasons: four quarters of a shop that lives on Christmas always rise. Follow a metric with `window: year` there.""",
    formula=formula,
    unit=Phrase("per period"),
    actions=(steering.FIND_THE_TURN, steering.KEEP_COURSE),
)
