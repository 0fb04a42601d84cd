"""Weights for the nodes of one group from their ranking."""

from __future__ import annotations

from collections.abc import Sequence

from scorecard.advice.weighing.measured import counted, only_weighing
from scorecard.advice.weighing.ranking import METHODS
from scorecard.definition.called import named, titles_of_nodes
from scorecard.errors import UsageError
from scorecard.model.definition import Scorecard
from scorecard.model.issue import Issue


def ranked(scorecard: Scorecard, names: Sequence[str], method: str) -> tuple[str, dict[str, float]]:
    """The group of the nodes, and their weights, which sum to one; the most important comes first.

    Raises UsageError where they are not all the nodes that count in one group.
    """
    known = titles_of_nodes(scorecard, [*scorecard.groups, *scorecard.metrics])
    names = [named(name, known, "SC731") for name in names]
    group = scorecard.node(names[0]).parent or "total"
    if other := next((name for name in names if scorecard.node(name).parent != group), None):
        raise UsageError([Issue(code="SC746", values={"reason": "parents", "name": names[0], "other": other})])
    only_weighing(scorecard, group)
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise UsageError([Issue(code="SC746", values={"reason": "twice", "name": twice})])
    if lacking := [node for node in counted(scorecard, group) if node not in names]:
        raise UsageError([Issue(code="SC746", values={"reason": "lacking", "group": group, "names": lacking})])
    return group, dict(zip(names, METHODS[method](len(names)).tolist(), strict=True))
