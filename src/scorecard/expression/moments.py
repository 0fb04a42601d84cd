"""Days and times as formulas write them."""

from __future__ import annotations

import re
from datetime import datetime

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?)?")


def moment_of(text: str) -> datetime | None:
    """The moment that `2026-01-31` or `2026-01-31 14:30` names; None for any other text."""
    if _ISO.fullmatch(text) is None:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
