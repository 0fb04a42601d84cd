"""A merge in words and as records: what became of each change of the base."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scorecard.definition.departures import Departure, Kind
from scorecard.definition.document import Where
from scorecard.definition.emit import short
from scorecard.definition.follow import Followed, Following, Standing
from scorecard.definition.merge import Change, Merged, Side
from scorecard.definition.patch.blocks import ABSENT
from scorecard.language.words import say
from scorecard.model.issue import Place

_STANDINGS = {
    Standing.INHERITED: "merge.inherited",
    Standing.OVERRIDDEN: "merge.overridden",
    Standing.REDUNDANT: "merge.redundant",
    Standing.REMOVED: "merge.removed",
}


@dataclass(frozen=True, slots=True)
class FollowingTold:
    """What the changes of a base mean to a client that extends it, in a language."""

    following: Following
    language: str

    def lines(self) -> Iterator[str]:
        """A line for each change: what it is, and whether it reaches the client; then how many do."""
        followed = self.following.followed
        for one in followed:
            yield f"{_named(one.change.where)}: {_moved(one.change, self.language)}; {self._standing(one)}"
        if not followed:
            yield say("merge.same", self.language)
            return
        reached = sum(one.standing is Standing.INHERITED for one in followed)
        yield say("merge.reached", self.language, reached=reached, changes=len(followed))

    def _standing(self, one: Followed) -> str:
        return say(_STANDINGS[one.standing], self.language, value=short(one.value), place=one.place)


@dataclass(frozen=True, slots=True)
class MergeTold:
    """What a merge took over and what it did not, in a language."""

    merged: Merged
    language: str

    def lines(self) -> Iterator[str]:
        merged = self.merged
        for change in merged.taken:
            yield say("merge.taken", self.language, name=_named(change.where), **self._values(change))
        for change in merged.by_hand:
            yield say("merge.by_hand", self.language, name=_named(change.where), **self._values(change))
        for change in merged.conflicts:
            yield say("merge.conflict", self.language, name=_named(change.where), **self._values(change))
        counts = {"taken": len(merged.taken), "conflicts": len(merged.conflicts) + len(merged.by_hand), "known": merged.known}
        yield say("merge.count", self.language, kept=len(merged.kept), **counts)

    def _values(self, change: Change) -> dict[str, str]:
        return {name: self._side(side) for name, side in (("old", change.old), ("new", change.new), ("own", change.own))}

    def _side(self, side: Side) -> str:
        if side.value is ABSENT:
            return say("merge.absent", self.language)
        return f"{short(side.value)} ({side.place.file}:{side.place.line})" if side.place is not None else short(side.value)


def follow_records(following: Following) -> list[dict[str, Any]]:
    """Each change of the base with its standing, as plain data."""
    return [
        {
            "path": one.change.where,
            "change": one.change.kind.value,
            "old": one.change.before,
            "new": one.change.after,
            "standing": one.standing.value,
            "value": one.value,
            **_placed(one.place),
        }
        for one in following.followed
    ]


def merge_records(merged: Merged) -> dict[str, Any]:
    """What became of each change, as plain data; a value that is not there is left out."""
    return {
        "taken": [_record(change) for change in merged.taken],
        "conflicts": [_record(change) for change in merged.conflicts],
        "by_hand": [_record(change) for change in merged.by_hand],
        "kept": [{"path": one.where, "value": one.after, **_placed(one.after_place)} for one in merged.kept],
        "known": merged.known,
    }


def _record(change: Change) -> dict[str, Any]:
    sides = {"old": change.old, "new": change.new, "client": change.own}
    return {"path": change.where} | {
        name: {"value": side.value, **_placed(side.place)} for name, side in sides.items() if side.value is not ABSENT
    }


def _placed(place: Place | None) -> dict[str, Any]:
    return {"file": place.file, "line": place.line} if place is not None else {}


def _moved(change: Departure, language: str) -> str:
    if change.kind is Kind.ADDED:
        return say("merge.base_added", language, value=short(change.after))
    if change.kind is Kind.REMOVED:
        return say("merge.base_removed", language, value=short(change.before))
    return f"{short(change.before)} → {short(change.after)}"


def _named(where: Where) -> str:
    return ".".join(map(str, where))
