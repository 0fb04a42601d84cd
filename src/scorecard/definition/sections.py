"""The sections of a definition, in the order of the reference."""

from __future__ import annotations

import json
from pathlib import Path

SECTIONS: tuple[str, ...] = tuple(json.loads(Path(__file__).with_name("scorecard.schema.json").read_text("utf-8"))["properties"])
_FIRST = ("schema", "extends")
_ANY_ORDER = frozenset({"sources", "defaults", "total"})
"""what the metrics are read from, filled with and add up to: authors put them in any order, before the groups"""


def rank(section: str) -> int:
    """Where a section belongs, from the first; sections that may stand in any order have one rank, and unknown ones come last."""
    if section in _FIRST:
        return _FIRST.index(section) - len(_FIRST)
    if section in _ANY_ORDER:
        return min(map(SECTIONS.index, _ANY_ORDER))
    return SECTIONS.index(section) if section in SECTIONS else len(SECTIONS)
