"""Progress of milestones against plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scorecard.builtin.actions import delivery
from scorecard.builtin.metrics.done import done
from scorecard.builtin.metrics.wording import a_column, column, options
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text


def formula(params: Mapping[str, Any]) -> str:
    """The weight of what is done over the weight of what should be, or of all there is."""
    weight = f"coalesce({column(params['weight'])}, 1)" if "weight" in params else "1"
    if "progress" in params:
        earned = f"coalesce(sum({weight} * {column(params['progress'])}), 0)"
    else:
        earned = f"coalesce(sum({weight}, where={done(params.get('done', 'done_on'))}), 0)"
    if params.get("against", "plan") == "all":
        return f"{earned} / sum({weight})"
    return f"{earned} / sum({weight}, where={column(params.get('due', 'due_on'))} < window.end)"


def check(params: Mapping[str, Any]) -> Iterator[str]:
    """One way to say how far a milestone is."""
    if "progress" in params and "done" in params:
        yield Phrase("give either done, a column with the day, or progress, one with a share")
    if "due" in params and params.get("against") == "all":
        yield Phrase("against: all does not read due")


TYPE = MetricType(
    id="milestone_progress",
    title=Text({"en": "Milestone progress", "zh": "里程碑进度"}),
    params=options(
        against={
            "enum": ["plan", "all"],
            "title": "against",
            "description": "plan: against what should be done by the window's end. all: against the whole. plan unless given.",
        },
        weight=a_column("weight", "The column with what a milestone weighs, 1 where it is blank; all weigh the same unless given."),
        done=a_column("done", "The column with the day a milestone was reached; done_on unless given."),
        due=a_column("due", "The column with the day it should be reached; due_on unless given."),
        progress=a_column("progress", "Instead of done: the column with how far it is, from 0 to 1."),
    ),
    doc="""How far a project is against its plan: 1 is on plan, above it ahead.

Weight of the milestones reached by the window's end / weight of those due by then: the schedule performance index,
earned value / planned value (PMI, Practice Standard for Earned Value Management). With `against: all`, over the weight of
all milestones: the share of the project that is done.

It needs a period, and a record per milestone or task from a source without `time`, since the plan is all of it. Where
nothing was due yet there is no value, nor without a milestone.

Not near the end: a project that is late ends at 1 all the same. Set on_time_delivery beside it.""",
    formula=formula,
    check=check,
    unit=Phrase("percent"),
    actions=(delivery.REPLAN_WITH_CUSTOMER, delivery.WATCH_CRITICAL_PATH),
)
