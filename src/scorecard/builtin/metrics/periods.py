"""Another metric period by period, from this one back."""

from __future__ import annotations

from typing import Any

OF: dict[str, Any] = {
    "type": "string",
    "pattern": r"^[^\W\d]\w*(\.(value|score))?$",
    "title": "of",
    "description": "The metric, or what became of a metric or group, such as service.score.",
}


def how_many(least: int, most: int, default: int) -> dict[str, Any]:
    """The schema of a number of periods, this one included."""
    about = f"How many periods are looked at, this one included, from {least} to {most}; {default} unless given."
    return {"type": "integer", "minimum": least, "maximum": most, "title": "periods", "description": about}


def named(of: str) -> str:
    """What is followed: of a bare name its value."""
    return of if "." in of else f"{of}.value"


def back(of: str, periods: int) -> str:
    """What it was so many periods ago."""
    how_far = f", {periods}" if periods > 1 else ""
    return f"previous({named(of)}{how_far})" if periods else named(of)


def slope(of: str, periods: int) -> str:
    """The slope per period of the straight line with the least squares through the last periods.

    With x = 0, -1, -2 … the sum of (x - mean x) y over that of (x - mean x)²; both are doubled to keep whole numbers.
    """
    factors = {ago: periods - 1 - 2 * ago for ago in range(periods)}
    terms = (f"{'-' if factor < 0 else '+'} {abs(factor)} * {back(of, ago)}" for ago, factor in factors.items())
    return f"({' '.join(terms).removeprefix('+ ')}) / {periods * (periods**2 - 1) // 6}"
