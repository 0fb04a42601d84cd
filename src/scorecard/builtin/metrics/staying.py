"""Who stayed and who left between the two ends of a window."""

from __future__ import annotations

from scorecard.builtin.metrics.wording import column

AT_START = "active_on(window.start - 1)"
"""the record was open on the day before the window"""
THERE_AT_START = f"count(where={AT_START}) > 0"
THERE_AT_END = "count(where=active_on(window.last_day)) > 0"
GONE_AT_END = "count(where=active_on(window.last_day)) == 0"


def share_at_the_end(who: str, condition: str) -> str:
    """Of the customers on the day before the window, the share for which a condition over their records holds."""
    return f"share({condition}, where={THERE_AT_START}, each={column(who)})"
