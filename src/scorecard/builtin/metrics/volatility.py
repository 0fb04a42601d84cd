"""How much a metric varies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorecard.builtin.actions import steering
from scorecard.builtin.metrics.periods import OF, back, how_many, named
from scorecard.builtin.metrics.wording import options
from scorecard.hooks.contracts import MetricType
from scorecard.model.text import Text

PERIODS = 4


def formula(params: Mapping[str, Any]) -> str:
    """The sample standard deviation, from the differences to this period's value, which are exact where all are the same."""
    of, periods = params["of"], params.get("periods", PERIODS)
    differences = [f"({back(of, ago)} - {named(of)})" for ago in range(1, periods)]
    squares = " + ".join(f"{difference} ** 2" for difference in differences)
    return f"sqrt(abs({squares} - ({' + '.join(differences)}) ** 2 / {periods}) / {periods - 1})"


TYPE = MetricType(
    id="volatility",
    title=Text({"en": "Volatility", "zh": "波动性"}),
    params=options(("of",), of=OF, periods=how_many(2, 24, PERIODS)),
    doc="""By how much another metric varies from period to period.

The sample standard deviation of its last `periods` values, in its unit: the root of the sum of (y - mean y)² / (periods -
1) (Pearson, 1894).

It needs another metric of this scorecard and a `period`; it has no source of its own. Each of the periods must have a
value: with one of them missing there is no value. All the same gives 0.

Not to tell bad from good: a metric that improves fast varies as much as one that breaks down. Read it beside the trend.""",
    formula=formula,
    better="lower",
    actions=(steering.SMOOTH_PEAKS, steering.KEEP_COURSE),
)
