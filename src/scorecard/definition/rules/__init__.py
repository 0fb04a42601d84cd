"""Semantic checks of a built scorecard: one module per check, all of them in one tuple."""

from __future__ import annotations

from scorecard.model.definition import Scorecard
from scorecard.model.issue import Issue


def broken_rules(scorecard: Scorecard) -> list[Issue]:
    """Everything that is wrong with a scorecard whose parts are all well-formed."""
    return []
