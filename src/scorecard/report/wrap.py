"""Texts cut into lines of a width, for what cannot break lines itself."""

from __future__ import annotations

from scorecard.describe import width

MORE = "…"
_WIDE = 2
"""columns of a Chinese character, behind which a line may end"""


def wrapped(text: str, columns: int, lines: int) -> list[str]:
    """A text in at most so many lines of so many columns, a Chinese character taking two; what does not fit ends in `…`."""
    found: list[str] = [""]
    for piece in _pieces(text, columns):
        if width(found[-1] + piece.rstrip(" ")) <= columns:
            found[-1] += piece
        elif len(found) < lines:
            found.append(piece)
        else:
            found[-1] = shortened(found[-1] + piece, columns, more=True)
            break
    return [line.rstrip(" ") for line in found]


def fitted(text: str, columns: int, lines: int) -> str:
    """As much of a text as `wrapped` shows, as one line again."""
    found = wrapped(text, columns, lines)
    if not found[-1].endswith(MORE) or text.endswith(MORE):
        return text
    end = 0
    for line in [*found[:-1], found[-1].removesuffix(MORE)]:
        end = text.index(line, end) + len(line)
    return text[:end] + MORE


def shortened(text: str, columns: int, *, more: bool = False) -> str:
    """A text of at most so many columns; `…` stands for what was cut, or for what there is `more` of."""
    if not more and width(text) <= columns:
        return text
    kept = text.rstrip(" ")
    while kept and width(kept) > columns - 1:
        kept = kept[: max(len(kept) - max((width(kept) - columns + 1) // _WIDE, 1), 0)]
    return kept.rstrip(" ") + MORE


def words(text: str) -> list[str]:
    """What a line may end behind: words with the spaces behind them, and Chinese characters."""
    found: list[str] = []
    for character in text:
        if not found or width(character) == _WIDE or width(found[-1][-1]) == _WIDE or (found[-1].endswith(" ") and character != " "):
            found.append(character)
        else:
            found[-1] += character
    return found


def _pieces(text: str, columns: int) -> list[str]:
    """The words of a text, and of a word that is longer than a line its characters."""
    return [piece for word in words(text) for piece in (word if width(word) > columns else (word,))]
