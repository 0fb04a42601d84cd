"""What is done by the window's end, and on which day, in a formula."""

from __future__ import annotations

from scorecard.builtin.metrics.wording import column


def done(day: str) -> str:
    """Whether the day in a column is there and before the window's end; what came later was not done yet."""
    return f"not is_null({column(day)}) and coalesce({column(day)} < window.end, true)"


def day(moment: str) -> str:
    """The number of the day that the moment in a column lies on, whatever the hour."""
    return f'round(days_between("1900-01-01", {column(moment)}) - 0.5)'
