"""A client that was copied from a base follows it: what the base changed and the client did not is taken over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from scorecard.definition.departures import Departure, Kind, departures, same
from scorecard.definition.document import NOWHERE, Document, Where
from scorecard.definition.layers import Part, is_whole, layer
from scorecard.definition.patch.blocks import ABSENT, Wanted, edited
from scorecard.definition.revision import Opened
from scorecard.model.issue import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A value in one of the three files; ABSENT, without a place, where it is not there."""

    value: Any
    place: Place | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A value that the base changed, as the old base, the new base and the client have it."""

    where: Where
    old: Side
    new: Side
    own: Side


@dataclass(slots=True, kw_only=True)
class Merged:
    """The client's text, and what became of every change: taken over, in conflict with a change of its own, or not to be written so.

    `kept` are the values in which the client departs from the old base and the base has not moved; `known` counts the changes that it
    already has.
    """

    text: str
    taken: list[Change] = field(default_factory=list)
    conflicts: list[Change] = field(default_factory=list)
    by_hand: list[Change] = field(default_factory=list)
    kept: tuple[Departure, ...] = ()
    known: int = 0


def merged(old: Opened, new: Opened, client: Document, text: str) -> Merged:
    """The changes from the old base to the new in the text of a client. Raises UsageError or DefinitionError where a base cannot be read.

    Where the client extends nothing, the bases count with all that they extend; else file is compared with file.
    """
    flat = "extends" not in client.data
    before, after = _part(old, flat), _part(new, flat)
    origin, _ = new.read()
    result = Merged(text=text)
    for change in _changes((before, after, (client.data, client.root)), (), result):
        if not same_side(change.own, change.old):
            result.conflicts.append(change)
            continue
        spot = after[1].at(change.where)
        wanted = Wanted(where=change.where, value=change.new.value, origin=origin, spot=spot)
        written = edited(result.text, client.file, wanted)
        if written is None:
            result.by_hand.append(change)
        else:
            result.text = written
            result.taken.append(change)
    disputed = {change.where for change in result.conflicts}
    own = departures(before, (client.data, client.root))
    result.kept = tuple(one for one in own if one.kind is not Kind.REPEATED and one.where not in disputed and _stands(one, after))
    return result


def same_side(one: Side, other: Side) -> bool:
    return one.value is other.value if ABSENT in (one.value, other.value) else same(one.value, other.value)


def _stands(one: Departure, after: Part) -> bool:
    """Whether the new base has at that place what the old one had."""
    new = _side(after, one.where)
    old = Side(value=ABSENT if one.kind is Kind.ADDED else one.before, place=None)
    return same_side(new, old)


def _changes(parts: tuple[Part, Part, Part], where: Where, result: Merged) -> Iterator[Change]:
    """What differs between the first two mappings and is not already in the third."""
    for key in dict.fromkeys((*parts[0][0], *parts[1][0])):
        way = (*where, key)
        before, after, client = (_side(part, (key,)) for part in parts)
        change = Change(where=way, old=before, new=after, own=client)
        if same_side(before, after):
            continue
        has_it = same_side(client, after)
        if not is_whole(way) and _are_mappings(before, after, client) and not (has_it and before.value is ABSENT):
            yield from _changes(tuple(_below(part, key) for part in parts), way, result)  # type: ignore[arg-type]
        elif has_it:
            result.known += 1
        else:
            yield change


def _are_mappings(before: Side, after: Side, client: Side) -> bool:
    """Whether all three have parts of their own; a mapping that both the new base and the client added counts from nothing."""
    return isinstance(after.value, dict) and isinstance(client.value, dict) and (isinstance(before.value, dict) or before.value is ABSENT)


def _below(part: Part, key: str) -> Part:
    data, spot = part
    return (data[key], spot.at((key,))) if key in data else ({}, NOWHERE)


def _side(part: Part, where: Where) -> Side:
    data, spot = part
    for step in where:
        if not isinstance(data, dict) or step not in data:
            return Side(value=ABSENT, place=None)
        data = data[step]
    return Side(value=data, place=spot.at(where).value)


def _part(opened: Opened, flat: bool) -> Part:
    document, _ = opened.read()
    if not flat:
        return document.data, document.root
    layered, _ = layer(document, opened.tree, spread=False)
    return layered.data, layered.root
