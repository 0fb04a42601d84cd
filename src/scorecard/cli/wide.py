"""Help for languages whose characters are two columns wide and whose words no blanks part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import click

from scorecard.cli.spoken import RAW
from scorecard.describe import width as columns

_WIDE = "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6"
_OPENING, _CLOSING = "“‘（《「【", "”’），。、；：！？》」】…"
_PIECE = re.compile(rf"\s+|[{_OPENING}]*(?:[^\s{_WIDE}{_OPENING}{_CLOSING}]+|[{_WIDE}]|[{_CLOSING}])[{_CLOSING}]*|[{_OPENING}]+")
"""what is not torn apart: a blank, a word, or one wide character with the signs that must not begin or end a line"""


def lines(text: str, width: int) -> Iterator[str]:
    """A paragraph in lines of at most so many columns; a word that is longer has a line of its own."""
    line = ""
    for piece in _PIECE.findall(" ".join(text.split())):
        if line and columns(line.rstrip() + piece) > width and not piece.isspace():
            yield line.rstrip()
            line = ""
        line += piece if line or not piece.isspace() else ""
    if line.strip():
        yield line.rstrip()


def _paragraphs(text: str, width: int) -> str:
    """A help text wrapped; paragraphs that keep their lines keep them."""
    parts = text.split("\n\n")
    return "\n\n".join(part.removeprefix(f"{RAW}\n") if part.startswith(RAW) else "\n".join(lines(part, width)) for part in parts)


class WideFormatter(click.HelpFormatter):
    """Help that is wrapped by columns rather than by characters and blanks."""

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{heading}：\n")

    def write_text(self, text: str) -> None:
        for line in _paragraphs(text, self.width - self.current_indent).splitlines():
            self.write(f"{'':>{self.current_indent}}{line}".rstrip() + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        pairs = list(rows)
        width = min(max(columns(first) for first, _ in pairs), col_max) + col_spacing
        for first, second in pairs:
            own_line = columns(first) > width - col_spacing
            told = _paragraphs(second, max(self.width - width - 2, 10)).splitlines()
            if own_line or not told:
                self.write(f"{'':>{self.current_indent}}{first}\n")
            for place, line in enumerate(told):
                term = first + " " * (width - columns(first)) if place == 0 and not own_line else " " * width
                self.write(f"{'':>{self.current_indent}}{term}{line}\n")


class WideContext(click.Context):
    formatter_class = WideFormatter
