"""Who stayed and who left between the two ends of a window."""

from __future__ import annotations

from scorecard.builtin.metrics.wording import column

AT_START = "count(where=active_on(window.start - 1)) > 0"
"""the customer was there on the day before the window"""


def share_at_the_end(who: str, there: bool) -> str:
    """Of the customers on the day before the window, the share that is there, or is not, on its last day."""
    at_end = f"count(where=active_on(window.last_day)) {'>' if there else '=='} 0"
    return f"share({at_end}, where={AT_START}, each={column(who)})"
