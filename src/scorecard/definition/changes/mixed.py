"""A definition that is one in what has some causes and another one in all else."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from scorecard.definition.build import build
from scorecard.definition.changes.causes import Cause, cause_of
from scorecard.definition.changes.written import Written
from scorecard.definition.document import Spot, Where
from scorecard.definition.layers import Part
from scorecard.definition.rules import broken_rules
from scorecard.definition.schema import shape_issues
from scorecard.hooks.registry import Registry
from scorecard.model.definition import Scorecard
from scorecard.model.issue import Level


def mixed(old: Written, new: Written, causes: Collection[Cause], registry: Registry) -> Scorecard | None:
    """`new` in what has one of these causes and `old` in all else, checked as any definition; None where that is no valid one.

    What changes no score is left out. What a segment of both says about a metric or group that one of them lacks goes with it; a segment
    that one of them lacks goes with the rules, as a whole.
    """
    data, root = _Mixing(frozenset(causes), _lone(old.data, new.data)).mixed(old.part, new.part, ())
    if shape_issues(data, root, registry):
        return None
    tree = (new if Cause.METRIC in causes else old).tree
    scorecard, found = build(data, root, registry, id=new.scorecard.id, files=(), tree=tree)
    if _stopped(issue for _, issue in found) or _stopped(broken_rules(scorecard)):
        return None
    return scorecard


def _stopped(issues: Any) -> bool:
    return any(issue.level is Level.ERROR for issue in issues)


def _lone(old: dict[str, Any], new: dict[str, Any]) -> frozenset[str]:
    """The metrics and groups that one side alone has."""
    return frozenset(id for section in ("metrics", "groups") for id in old.get(section, {}).keys() ^ new.get(section, {}).keys())


@dataclass(frozen=True, slots=True)
class _Mixing:
    causes: frozenset[Cause]
    lone: frozenset[str]

    def mixed(self, old: Part, new: Part, where: Where) -> Part:
        """Both mappings as one, in the order of the side whose metrics it has."""
        (before, low), (after, up) = old, new
        first, second = (after, before) if Cause.METRIC in self.causes else (before, after)
        data: dict[str, Any] = {}
        spots: dict[Any, Spot] = {}
        for key in dict.fromkeys((*first, *second)):
            inside = (*where, key)
            sides = _side(old, key), _side(new, key)
            cause = self._cause(inside)
            if cause is None:
                continue
            taken = self._one(inside, cause, *sides)
            if taken is not None:
                data[key], spots[key] = taken
        base = up if after else low
        return data, Spot(base.file, base.key_event, base.event, spots)

    def _one(self, where: Where, cause: Cause, old: tuple[Any, Spot] | None, new: tuple[Any, Spot] | None) -> tuple[Any, Spot] | None:
        """What stands at the end of a way: of several causes both sides together, else that of one side; None where that has nothing."""
        present = [side for side in (old, new) if side is not None]
        if all(isinstance(side[0], dict) for side in present) and (len(present) == 2 or _of_several(where)):
            nothing: Part = ({}, present[0][1])
            made = self.mixed(old or nothing, new or nothing, where)
            return made if made[0] or len(present) == 2 else None
        return new if cause in self.causes else old

    def _cause(self, where: Where) -> Cause | None:
        match where:
            case ("segments", _, "metrics" | "groups", str() as node, *_) if node in self.lone:
                return Cause.METRIC
            case ("rules" | "exemptions", _, *_):
                return Cause.RULE
        return cause_of(where)


def _side(part: Part, key: str) -> tuple[Any, Spot] | None:
    data, spot = part
    return (data[key], spot.at((key,))) if key in data else None


def _of_several(where: Where) -> bool:
    """Whether a mapping that one side lacks holds settings of several causes, each to be taken by its own."""
    match where:
        case ("total",) | ("segments", _, "metrics" | "groups" | "total") | ("segments", _, "metrics" | "groups", _):
            return True
    return False
