"""Texts cut into lines of a width, for what cannot break lines itself."""

from __future__ import annotations

import re

from scorecard.describe import width

MORE = "…"
_PIECES = re.compile(r"\S+\s*|\s+")
_WIDE = 2
"""columns of a Chinese character, behind which a line may end"""


def wrapped(text: str, columns: int, lines: int) -> list[str]:
    """A text in at most so many lines of so many columns, a Chinese character taking two; what does not fit ends in `…`."""
    found: list[str] = [""]
    for piece in _pieces(text, columns):
        if width(found[-1] + piece.rstrip()) <= columns:
            found[-1] += piece
        elif len(found) < lines:
            found.append(piece)
        else:
            found[-1] = shortened(found[-1] + piece, columns, more=True)
            break
    return [line.rstrip() for line in found]


def shortened(text: str, columns: int, *, more: bool = False) -> str:
    """A text of at most so many columns; `…` stands for what was cut, or for what there is `more` of."""
    if not more and width(text) <= columns:
        return text
    kept = text.rstrip()
    while kept and width(kept) > columns - 1:
        kept = kept[: max(len(kept) - max((width(kept) - columns + 1) // _WIDE, 1), 0)]
    return kept.rstrip() + MORE


def _pieces(text: str, columns: int) -> list[str]:
    """Words with the spaces behind them; between Chinese characters, and within what is longer than a line, any character ends one."""
    found: list[str] = []
    for word in _PIECES.findall(text):
        if width(word) > columns or any(width(character) == _WIDE for character in word):
            found += word
        else:
            found.append(word)
    return found
