"""`:period_start` and `:period_end` in the settings of sources: the edges of the stretch of records that an evaluation reads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

Span = tuple[datetime | None, datetime | None]
"""`[start, end)`; None where it is open"""
EDGE = r":period_(?P<edge>start|end)"
_EDGE = re.compile(EDGE + r"(?!\w)")


def asks_for_period(setting: Any) -> bool:
    """Whether an edge of the period stands anywhere in a setting."""
    if isinstance(setting, str):
        return _EDGE.search(setting) is not None
    if isinstance(setting, Mapping):
        return any(asks_for_period(item) for item in setting.values())
    return isinstance(setting, (list, tuple)) and any(asks_for_period(item) for item in setting)


def on_the_wall(span: Span) -> tuple[Span, str | None]:
    """The edges as the clock on the wall shows them, and the time zone it hangs in, where the scorecard has one."""
    start, end = (edge.replace(tzinfo=None) if edge is not None else None for edge in span)
    zone = next((edge.tzinfo for edge in span if edge is not None and edge.tzinfo is not None), None)
    return (start, end), str(zone) if zone is not None else None
