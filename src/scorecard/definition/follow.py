"""A client that extends a base, when the base moves on: which changes reach it, and which of its own values stand before them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from scorecard.definition.check import check_in, said_anew
from scorecard.definition.departures import Departure, Kind, departures, same
from scorecard.definition.document import Document, Spot, Where
from scorecard.definition.effective import Effective, effective, without_defaults
from scorecard.definition.layers import FOLDERS, Folders
from scorecard.definition.revision import Opened
from scorecard.hooks.registry import Registry
from scorecard.model.issue import Issue, Place


class Standing(StrEnum):
    """What a change of the base means to the client."""

    INHERITED = "inherited"
    OVERRIDDEN = "overridden"
    REDUNDANT = "redundant"
    """overridden with what the base says now, too"""
    REMOVED = "removed"
    """the client takes the value away, whatever it is"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A change of the base and what the client has in its place, with the place where it says so."""

    change: Departure
    standing: Standing
    value: Any = None
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """Every change of the base with its standing, and the issues that the client has over the new base alone."""

    followed: tuple[Followed, ...]
    issues: tuple[Issue, ...]


def extends(client: str, old: Opened, new: Opened) -> bool:
    """Whether one of the two bases is a layer of the client."""
    return _layer_to_replace(effective(Opened(FOLDERS, client)), old, new) is not None


def follow(client: str, old: Opened, new: Opened, registry: Registry) -> Following:
    """What the changes from the old base to the new mean to a client that extends it. Raises UsageError where one cannot be read."""
    at = _layer_to_replace(effective(Opened(FOLDERS, client)), old, new)
    before, after = (effective(one) for one in (old, new))
    trees = [_Over(at, base) for base in (old, new)]
    own = effective(Opened(trees[1], client))
    moved = departures(without_defaults(before.layered), without_defaults(after.layered))
    followed = (_followed(change, own, frozenset(after.layered.files)) for change in moved if change.kind is not Kind.REPEATED)
    issues = said_anew(*(check_in(tree, client, registry).issues for tree in trees))
    return Following(followed=tuple(followed), issues=tuple(issues))


def _layer_to_replace(client: Effective, old: Opened, new: Opened) -> str | None:
    """The layer of a client that is the new base at hand, or the old one."""
    layers = {FOLDERS.identity(file) for file in client.layered.files[1:]}
    at_hand = (FOLDERS.identity(base.tree.at_hand(base.file)) for base in (new, old))
    return next((file for file in at_hand if file in layers), None)


class _Over(Folders):
    """The folders at hand with one layer read, with all that it extends, from where a base is."""

    def __init__(self, layer: str | None, base: Opened) -> None:
        self._layer = layer
        self._base = base
        self._of_base: set[str] = set()

    def load(self, file: str) -> tuple[Document | None, list[Issue]]:
        if file in self._of_base:
            return self._base.tree.load(file)
        if super().identity(file) == self._layer:
            self._of_base.add(self._base.file)
            return self._base.load()
        return super().load(file)

    def beside(self, file: str, entry: str) -> str:
        if file not in self._of_base:
            return super().beside(file, entry)
        name = self._base.tree.beside(file, entry)
        self._of_base.add(name)
        return name

    def identity(self, file: str) -> str:
        return self._base.tree.identity(file) if file in self._of_base else super().identity(file)

    def at_hand(self, file: str) -> str:
        return self._base.tree.at_hand(file) if file in self._of_base else file


def _followed(change: Departure, client: Effective, of_base: frozenset[str]) -> Followed:
    value, spot = _at(client, change.where)
    if spot is None:
        place = client.removed_at(change.where)
        gone = change.kind is Kind.REMOVED and place is None
        return Followed(change=change, standing=Standing.INHERITED if gone else Standing.REMOVED, place=place)
    if all(file in of_base for file in _files(spot)):
        return Followed(change=change, standing=Standing.INHERITED, value=value, place=spot.value)
    redundant = change.kind is not Kind.REMOVED and same(value, change.after)
    return Followed(
        change=change, standing=Standing.REDUNDANT if redundant else Standing.OVERRIDDEN, value=value, place=_own(spot, of_base)
    )


def _at(client: Effective, where: Where) -> tuple[Any, Spot | None]:
    data, root = without_defaults(client.layered)
    value: Any = data
    for step in where:
        if not isinstance(value, dict) or step not in value:
            return None, None
        value = value[step]
    return value, root.at(where)


def _files(spot: Spot) -> set[str]:
    """The files that the values below come from."""
    leaves = {each.file for _, each in spot.walk() if not each.children}
    return leaves or {spot.file}


def _own(spot: Spot, of_base: frozenset[str]) -> Place:
    """Where the client says so first."""
    return next((each.value for _, each in spot.walk() if not each.children and each.file not in of_base), spot.value)
