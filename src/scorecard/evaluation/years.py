"""Whether the records speak of days or of whole years."""

from __future__ import annotations

from collections.abc import Mapping

from scorecard.engine.prepare import FROM, Records


def only_years(records: Mapping[str, Records]) -> bool:
    """Whether every moment of every source is the beginning of a year."""
    beginnings = [
        bool(((moments.dt.ordinal_day() == 1) & (moments.dt.hour() == 0) & (moments.dt.minute() == 0)).all())
        for one in records.values()
        if one.timed
        for moments in one.column(FROM)
    ]
    return bool(beginnings) and all(beginnings)
