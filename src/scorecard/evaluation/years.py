"""Whether the records speak of days or of whole years."""

from __future__ import annotations

from collections.abc import Mapping

from scorecard.engine.prepare import FROM, Records


def only_years(records: Mapping[str, Records]) -> bool:
    """Whether every moment of every source is the beginning of a year."""
    moments = [one.frame[FROM] for one in records.values() if FROM in one.frame.columns and len(one.frame)]
    return bool(moments) and all(
        bool(((each.dt.ordinal_day() == 1) & (each.dt.hour() == 0) & (each.dt.minute() == 0)).all()) for each in moments
    )
