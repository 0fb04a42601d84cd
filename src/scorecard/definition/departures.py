"""Where one mapping of a definition departs from another, value by value, each with its place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from scorecard.definition.document import NOWHERE, Where
from scorecard.definition.layers import Part, is_whole
from scorecard.model.issue import Place

_SAID_BY_ALL = (("schema",), ("extends",))
"""what each file says for itself"""
_SECTIONS = frozenset(
    {"bands", "sources", "groups", "metrics", "segments", "rules", "exemptions", "recommendations", "library", "gates", "cases"}
)
"""mappings by id"""


class Kind(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    REPEATED = "repeated"
    """written once more, with the same value"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """A value before and after; one that is not there is None and has no place."""

    where: Where
    kind: Kind
    before: Any = None
    after: Any = None
    before_place: Place | None = None
    after_place: Place | None = None


def departures(lower: Part, upper: Part, where: Where = ()) -> Iterator[Departure]:
    """Where the upper mapping departs from the lower, in the order of the keys, the lower's first.

    A mapping that only one of them has is one change, and so is one that layers replace whole; a whole section is one for each entry.
    """
    before, after = lower[0], upper[0]
    low, up = lower[1].children or {}, upper[1].children or {}
    for key in dict.fromkeys((*before, *after)):
        way = (*where, key)
        if way in _SAID_BY_ALL:
            continue
        if key in _SECTIONS and not where and isinstance(before.get(key, {}), dict) and isinstance(after.get(key, {}), dict):
            yield from departures((before.get(key, {}), low.get(key, NOWHERE)), (after.get(key, {}), up.get(key, NOWHERE)), way)
        elif key not in after:
            yield Departure(where=way, kind=Kind.REMOVED, before=before[key], before_place=low[key].value)
        elif key not in before:
            yield Departure(where=way, kind=Kind.ADDED, after=after[key], after_place=up[key].value)
        elif isinstance(before[key], dict) and isinstance(after[key], dict) and not is_whole(way):
            yield from departures((before[key], low[key]), (after[key], up[key]), way)
        else:
            places = low[key].value, up[key].value
            equal = same(before[key], after[key])
            if not equal or places[0] != places[1]:
                yield Departure(
                    where=way,
                    kind=Kind.REPEATED if equal else Kind.CHANGED,
                    before=before[key],
                    after=after[key],
                    before_place=places[0],
                    after_place=places[1],
                )


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same to whoever reads the definition: 1 is not true, and the order of keys tells nothing."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
