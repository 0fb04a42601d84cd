"""The settings in which two definitions differ, each with where it stands and what it can cause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from scorecard.definition.changes.causes import Cause, cause_of
from scorecard.definition.changes.written import Written
from scorecard.definition.document import Where
from scorecard.model.issue import Place

ENTRIES = (
    "bands",
    "sources",
    "groups",
    "metrics",
    "segments",
    "rules",
    "exemptions",
    "recommendations",
    "gates",
    "cases",
)
"""sections that are mappings by id"""
_OPEN = frozenset({"thresholds", "params", "columns"})
_ATTRIBUTES = ("entity", "attributes")


class Absent(Enum):
    """Nothing is written, as opposed to a null, with which a segment takes a threshold away."""

    ABSENT = "absent"


ABSENT: Final = Absent.ABSENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One setting before and after, `ABSENT` where it is not written; `place` is that of the new one, of the old one where it is gone."""

    where: Where
    old: Any
    new: Any
    cause: Cause | None
    place: Place


def differences(old: Written, new: Written) -> tuple[Difference, ...]:
    """Everything that scores, advice or output could depend on, in the order of the definition; not what only `defaults` say."""
    return tuple(_differences(old, new, old.data, new.data, ()))


def _differences(old: Written, new: Written, before: Any, after: Any, where: Where) -> Iterator[Difference]:
    if where in (("defaults",), ("extends",), ("schema",)) or before == after:
        return
    if where == _ATTRIBUTES and isinstance(before, dict) != isinstance(after, dict):
        before, after = _by_name(before), _by_name(after)
    if is_open(where, before, after):
        before, after = ({} if side is ABSENT else side for side in (before, after))
        for key in dict.fromkeys((*before, *after)):
            yield from _differences(old, new, before.get(key, ABSENT), after.get(key, ABSENT), (*where, key))
        return
    spot = (old if after is ABSENT else new).root.at(where)
    yield Difference(where=where, old=before, new=after, cause=cause_of(where), place=spot.key or spot.value)


def _by_name(attributes: Any) -> dict[str, Any]:
    """Attributes as a mapping, also where they are written as a list."""
    return attributes if isinstance(attributes, dict) else {name: {} for name in (() if attributes is ABSENT else attributes)}


def is_open(where: Where, before: Any, after: Any) -> bool:
    """Whether it is told what differs within a mapping; an entry that comes or goes is told as a whole."""
    if not all(isinstance(side, dict) or side is ABSENT for side in (before, after)):
        return False
    both = before is not ABSENT and after is not ABSENT
    match where:
        case () | ("total" | "entity" | "period",):
            return True
        case (str() as section,):
            return section in ENTRIES
        case ("segments", _) | ("entity", "attributes", _):
            return both
        case ("entity", "attributes"):
            return True
        case ("segments", _, "metrics" | "groups" | "total") | ("segments", _, "metrics" | "groups", _):
            return True
        case (str() as section, _) if section in ENTRIES:
            return both
        case (*_, str() as key):
            return key in _OPEN
    return False
