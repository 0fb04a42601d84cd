"""Where a metric will stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorecard.builtin.actions import steering
from scorecard.builtin.metrics.periods import OF, how_many, named, slope
from scorecard.builtin.metrics.wording import options, text
from scorecard.hooks.contracts import MetricType
from scorecard.model.text import Text

PERIODS = 2


def formula(params: Mapping[str, Any]) -> str:
    """The value, and the pace of the last periods for the days that are left."""
    of = params["of"]
    days = f"max_of(days_between(period.end, {text(params['due'])}) + 1, 0)"
    return f"{named(of)} + {slope(of, params.get('periods', PERIODS))} * {days} / days_between(period.start, period.end)"


TYPE = MetricType(
    id="forecast",
    title=Text({"en": "Forecast", "zh": "预测"}),
    params=options(
        ("of", "due"),
        of=OF,
        due={
            "type": "string",
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
            "title": "due",
            "description": "The day until which it is carried on, such as 2026-12-31; usually the day that metric is due.",
        },
        periods=how_many(2, 24, PERIODS),
    ),
    doc="""Where another metric will stand at its due date at today's pace, in its unit.

Its value + the slope over its last `periods` values (as in trend) × the days from the period's end to the end of `due` / the
days of the period: a straight line carried on, the drift of Hyndman and Athanasopoulos (Forecasting: Principles and
Practice, chapter 5). With 2 periods the pace is the change since the last one; more of them steady it. Once the day is
past, it is the value itself.

It needs another metric of this scorecard and a `period`; it has no source of its own. Each of the periods must have a
value, else there is no value.

Not for shares close to their ends, which straight lines run past, nor over seasons.""",
    formula=formula,
    actions=(steering.CATCH_UP_PLAN, steering.EARLY_WARNING),
)
