"""Completion of trainings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scorecard.builtin.actions import training
from scorecard.builtin.metrics.done import done
from scorecard.builtin.metrics.wording import a_column, column, options
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text


def formula(params: Mapping[str, Any]) -> str:
    """The share of what was assigned that is completed by the window's end."""
    return f"share({column(params['done'])})" if "done" in params else f"share({done(params.get('completed', 'completed_at'))})"


def check(params: Mapping[str, Any]) -> Iterator[str]:
    """One way to say that somebody is through."""
    if "done" in params and "completed" in params:
        yield Phrase("give either completed, a column with the day, or done, one with yes or no")


TYPE = MetricType(
    id="training_completion",
    title=Text({"en": "Training completion", "zh": "培训完成率"}),
    params=options(
        completed=a_column("completed", "The column with the day a training was completed; completed_at unless given."),
        done=a_column("done", "Instead: the column that says whether it was completed, yes or no."),
    ),
    doc="""Which share of the trainings assigned is completed.

Completed by the window's end / assigned (ISO 30414, on learning and development). One completed later does not count yet.

It needs a record per person and training assigned. Where none was assigned there is no value.

Not for what was learned: that is training_effect.""",
    formula=formula,
    check=check,
    unit=Phrase("percent"),
    actions=(training.BOOK_TIME, training.SHORTER_UNITS),
)
