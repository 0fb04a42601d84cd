"""Weights for the nodes of each group that people judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scorecard.advice.weighing.measured import counted, only_weighing
from scorecard.advice.weighing.pairwise import Priorities, combined, judged, matrix_of, unreached
from scorecard.definition.judgements import Judgements
from scorecard.errors import DefinitionError
from scorecard.model.definition import Scorecard
from scorecard.model.issue import Issue


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One group: what all judges together say, and each alone; None of one who did not compare every node with the others."""

    group: str
    together: Priorities
    alone: Mapping[str, Priorities | None]

    @property
    def weights(self) -> dict[str, float]:
        return dict(zip(self.together.nodes, self.together.weights.tolist(), strict=True))


def judged_groups(scorecard: Scorecard, judgements: Judgements) -> list[Judged]:
    """Every group of a file of judgements. Raises DefinitionError where no chain of judgements compares all nodes that count,
    UsageError for a group in which weights do not matter."""
    issues: list[Issue] = []
    found: list[Judged] = []
    for group, judges in judgements.groups.items():
        only_weighing(scorecard, group)
        named = {node for said in judges.values() for each in said for node in (each.first, each.second)}
        needed = counted(scorecard, group)
        nodes = tuple(node.id for node in scorecard.children(group) if node.id in named or node.id in needed)
        matrices = {judge: matrix_of(nodes, said) for judge, said in judges.items()}
        everybody = combined(list(matrices.values()))
        if lacking := unreached(nodes, everybody):
            values = {"group": group, "name": nodes[0], "others": list(lacking)}
            issues.append(Issue(code="SC745", place=next(each.place for said in judges.values() for each in said), values=values))
            continue
        alone = {judge: None if unreached(nodes, matrix) else judged(nodes, matrix) for judge, matrix in matrices.items()}
        found.append(Judged(group=group, together=judged(nodes, everybody), alone=alone))
    if issues:
        raise DefinitionError(issues)
    return found
