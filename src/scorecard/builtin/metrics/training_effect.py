"""Effect of trainings on a test."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scorecard.builtin.actions import training
from scorecard.builtin.metrics.wording import a_column, column, number, options
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text

FULL = 100


def formula(params: Mapping[str, Any]) -> str:
    """The change of the mean score of those who took both tests, as it is, relative, or of what could be gained."""
    before, after = column(params.get("before", "score_before")), column(params.get("after", "score_after"))
    change, first = f"mean({after} - {before})", f"mean({before}, where=not is_null({after}))"
    match params.get("method", "change"):
        case "relative":
            return f"if_else({first} > 0, 100 * {change} / {first}, null)"
        case "gain":
            room = f"{number(params.get('full', FULL))} - {first}"
            return f"if_else({room} > 0, 100 * {change} / ({room}), null)"
    return change


def check(params: Mapping[str, Any]) -> Iterator[str]:
    """Two tests, and a full score only where it is read."""
    if params.get("before", "score_before") == params.get("after", "score_after"):
        yield Phrase("before and after name the same column")
    if "full" in params and params.get("method") != "gain":
        yield Phrase("full belongs to method: gain")


TYPE = MetricType(
    id="training_effect",
    title=Text({"en": "Training effect", "zh": "培训效果"}),
    params=options(
        method={
            "enum": ["change", "relative", "gain"],
            "title": "method",
            "description": "change: in points of the test. relative: in percent of the score before. gain: in percent of what was "
            "missing to full.",
        },
        before=a_column("before", "The column with the score before the training; score_before unless given."),
        after=a_column("after", "The column with the score after it; score_after unless given."),
        full={"type": "number", "exclusiveMinimum": 0, "title": "full", "description": "The highest score of the test; 100 unless given."},
    ),
    doc="""By how much a training raised the score of a test.

The mean of score after - score before: the second of Kirkpatrick's four levels (Evaluating Training Programs, 1994). With
`method: relative` in percent of the mean before; with `method: gain` in percent of what was missing to full, the normalized
gain of Hake (American Journal of Physics 66, 1998), which compares classes that began differently. It may be negative.

It needs a record per person and training with both scores. Who took one test only does not count; without anybody who took
both there is no value, nor a rate of what was 0, nor a gain where nothing was missing.

Not as a proof: without a group that was not trained, the second test is also better for being the second.""",
    formula=formula,
    check=check,
    unit=Phrase("points"),
    actions=(training.PRACTISE_ON_CASES, training.TEST_AGAIN),
)
