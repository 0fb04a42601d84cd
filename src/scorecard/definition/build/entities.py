"""Who is scored and when: the entity, its roster, and the calendar."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from scorecard.definition.build.draft import Draft
from scorecard.definition.build.texts import text_in
from scorecard.definition.document import Where
from scorecard.model.entity import Entity, Naming
from scorecard.model.period import Calendar

_WIDE_COMMA = re.compile("[，、；]").search
_MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]


def entity(draft: Draft) -> Entity:
    """The entity; its roster is the only source unless written."""
    written = draft.section("entity")
    roster = written.get("roster")
    if roster is None and len(draft.sources) == 1:
        roster = draft.sources[0]
    elif roster is None and written["key"] and draft.sources:
        draft.report("SC212", ("entity",), at_key=True, key="roster", allowed=list(draft.sources))
    elif roster is not None and roster not in draft.sources:
        draft.unknown("SC201", ("entity", "roster"), roster, draft.sources)
    listed = [(name, ("entity", "key", index)) for index, name in enumerate(written["key"])]
    attributes = written.get("attributes", ())
    by_name = isinstance(attributes, dict)
    named: list[tuple[str, Where]] = [(name, ("entity", "attributes", name if by_name else index)) for index, name in enumerate(attributes)]
    for name, place in (*listed, *named):
        if wide := _WIDE_COMMA(name):
            draft.report("SC118", place, at_key=True, name=name, character=wide[0])
    for name, place in named:
        if name in written["key"]:
            draft.report("SC215", place, at_key=True, name=name)
    return Entity(
        key=tuple(written["key"]),
        roster=roster,
        attributes=tuple(attributes),
        called={name: _naming(draft, attributes[name], place) for name, place in named} if by_name else {},
        where=draft.condition(written, "where", ("entity",), draft.records()),
    )


def _naming(draft: Draft, entry: Mapping[str, Any], where: Where) -> Naming:
    values = entry.get("values", {})
    return Naming(
        title=text_in(draft, entry, "title", where),
        values={value: text_in(draft, values, value, (*where, "values")) for value in values},
    )


def calendar(draft: Draft) -> Calendar | None:
    """How time is cut into periods; None where the definition has no periods."""
    written = draft.data.get("period")
    if written is None:
        return None
    year = written.get("year", {})
    starts = year.get("starts", 1)
    zone = written.get("timezone")
    if zone is not None and not _known_zone(zone):
        draft.report("SC406", ("period", "timezone"), name=zone)
        zone = None
    month = _MONTHS.index(starts) + 1 if isinstance(starts, str) else int(starts)
    return Calendar(every=written["every"], starts=month, named_by=year.get("named_by", "start"), timezone=zone)


@lru_cache(maxsize=64)
def _known_zone(name: str) -> bool:
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
