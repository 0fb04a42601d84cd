"""What a metric type says can be done."""

from __future__ import annotations

from dataclasses import dataclass

from scorecard.model.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What can be done about any metric of a type that is short of its target, written once for all scorecards.

    Of a type's actions the first that fits is given. `due` is a stretch such as `14 days`, `effort` is in days of one person.
    """

    id: str
    text: Text
    below: float = 1.0
    """it fits a metric whose score is below this share of the way from the worst to the best"""
    due: str = "1 month"
    effort: float | None = None
