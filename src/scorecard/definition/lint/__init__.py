"""Lint: what is likely, or surely, not meant although the definition can be run. Nothing here stops a run."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from typing import Protocol

from scorecard.definition.check import Outcome, ordered
from scorecard.definition.lint.checks import (
    constant_condition,
    expired,
    generous_filler,
    group_size,
    idle_limit,
    idle_metric,
    large_weight,
    lasting,
    misread_cell,
    no_due,
    no_goal,
    no_objective,
    no_owner,
    no_unit,
    other_readers,
    partition_gap,
    past_due,
    percentages,
    possible_conflict,
    raising_gap,
    same_metric,
    segment_conflict,
    skipped_band,
    small_weight,
    stale_numbers,
    target_band,
    unit_mismatch,
    unknown_value,
    unreachable_band,
    unreachable_choice,
    unread_metric,
    untranslated,
    unused_column,
    unused_source,
    useless_rule,
)
from scorecard.definition.lint.ignored import EXPIRED, UNUSED, accepted, out_of_place
from scorecard.definition.lint.subject import Subject
from scorecard.hooks.registry import Registry
from scorecard.model.issue import Issue, Level


class Check(Protocol):
    """A module with one check: its docstring says what it finds."""

    CODE: str
    LEVEL: Level

    def find(self, subject: Subject) -> Iterable[Issue]: ...


CHECKS: tuple[Check, ...] = (
    unreachable_band,
    skipped_band,
    target_band,
    idle_limit,
    useless_rule,
    constant_condition,
    unknown_value,
    unreachable_choice,
    same_metric,
    small_weight,
    large_weight,
    percentages,
    idle_metric,
    unread_metric,
    group_size,
    segment_conflict,
    possible_conflict,
    partition_gap,
    unit_mismatch,
    raising_gap,
    generous_filler,
    unused_source,
    unused_column,
    no_unit,
    no_owner,
    no_due,
    past_due,
    no_objective,
    no_goal,
    untranslated,
    stale_numbers,
    expired,
    lasting,
    misread_cell,
    other_readers,
)
LEVELS = {check.CODE: check.LEVEL for check in CHECKS} | {UNUSED: Level.INFO, EXPIRED: Level.WARNING}
"""every code of lint with its level"""


def linted(outcome: Outcome, registry: Registry, today: date) -> Outcome:
    """The outcome with everything that the checks find, less what the definition ignores; as it is where there is no scorecard."""
    if outcome.scorecard is None or outcome.layered is None:
        return outcome
    subject = Subject(outcome.scorecard, outcome.layered, registry, today)
    found = [issue for check in CHECKS for issue in check.find(subject)]
    said = [*outcome.issues, *accepted(subject, found, LEVELS), *out_of_place(subject, LEVELS)]
    return replace(outcome, issues=ordered(said, outcome.layered.documents))


def left(outcome: Outcome, issues: list[Issue], codes: Collection[str], registry: Registry, today: date) -> tuple[Issue, ...]:
    """Issues that others found about a definition, less what it ignores; `codes` are those that were looked for."""
    assert outcome.scorecard is not None
    assert outcome.layered is not None
    subject = Subject(outcome.scorecard, outcome.layered, registry, today)
    return ordered(accepted(subject, issues, codes), outcome.layered.documents)
