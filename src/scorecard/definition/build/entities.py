"""Who is scored and when: the entity, its roster, and the calendar."""

from __future__ import annotations

import re
import zoneinfo
from functools import lru_cache

from scorecard.definition.build.draft import Draft
from scorecard.model.definition import Entity
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
    for part in ("key", "attributes"):
        for index, name in enumerate(written.get(part, ())):
            if wide := _WIDE_COMMA(name):
                draft.report("SC118", ("entity", part, index), name=name, character=wide[0])
    for index, name in enumerate(written.get("attributes", ())):
        if name in written["key"]:
            draft.report("SC215", ("entity", "attributes", index), name=name)
    where = draft.condition(written, "where", ("entity",), draft.records())
    return Entity(key=tuple(written["key"]), roster=roster, attributes=tuple(written.get("attributes", ())), where=where)


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
