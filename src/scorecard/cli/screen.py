"""The terminal: its width, whether it takes color, and the colors and symbols of bands."""

from __future__ import annotations

import re
import sys

from rich.console import Console
from rich.style import Style
from rich.text import Text

from scorecard.model.definition import Scorecard
from scorecard.report.labels import INSUFFICIENT, band_named, band_of, goodness

WIDEST = 10_000
"""columns where nobody looks: nothing is cut in a pipe"""
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_SHORT_HEX = re.compile(r"#[0-9a-fA-F]{3}")
_SHADES = ((0.0, "red"), (0.26, "dark_orange"), (0.51, "yellow"), (0.76, "chartreuse3"), (1.0, "green"))
_BLOCKS = " ▏▎▍▌▋▊▉"


def console() -> Console:
    """The console on stdout: in color on a terminal, plain elsewhere."""
    if is_terminal():
        return Console(highlight=False, markup=False, emoji=False, soft_wrap=False)
    return Console(highlight=False, markup=False, emoji=False, width=WIDEST, color_system=None, force_terminal=False)


def is_terminal() -> bool:
    return sys.stdout.isatty()


def band_style(scorecard: Scorecard, band: str | None) -> Style:
    """The band's own color where it is one, else from red to green by its place."""
    named = band_named(scorecard, band) if band is not None else None
    if named is not None and named.color is not None:
        color = named.color.strip().lower()
        if _SHORT_HEX.fullmatch(color):
            color = "#" + "".join(2 * digit for digit in color[1:])
        if _HEX.fullmatch(color) or color in _NAMES:
            return Style(color=_NAMES.get(color, color))
    good = goodness(scorecard, band)
    if good is None:
        return Style(color="magenta") if band is not None and band != INSUFFICIENT else Style(dim=True)
    return Style(color=next(shade for least, shade in reversed(_SHADES) if good >= least - 1e-9 and (least < 1 or good > 1 - 1e-9)))


_NAMES = {
    "red": "red",
    "green": "green",
    "yellow": "yellow",
    "amber": "dark_orange",
    "orange": "dark_orange",
    "blue": "blue",
    "purple": "magenta",
    "magenta": "magenta",
    "cyan": "cyan",
    "grey": "bright_black",
    "gray": "bright_black",
    "black": "bright_black",
    "white": "white",
}


def band_symbol(scorecard: Scorecard, band: str | None) -> str:
    """What tells bands apart without color: the best points up, the worst down."""
    good = goodness(scorecard, band)
    if good is None:
        return "○" if band is None or band == INSUFFICIENT else "■"
    return "▲" if good == 1 else "▼" if good == 0 else "◆"


def band_text(scorecard: Scorecard, band: str | None, language: str) -> Text:
    """Symbol and title; the title alone where there is no terminal."""
    title = band_of(scorecard, band, language)
    if band is None or not is_terminal():
        return Text(title)
    return Text(f"{band_symbol(scorecard, band)} {title}", style=band_style(scorecard, band))


def bar(part: float, width: int, style: Style) -> Text:
    """A bar of a share of its width, in eighths of a character."""
    eighths = round(min(max(part, 0.0), 1.0) * width * 8)
    full, rest = divmod(eighths, 8)
    drawn = "█" * full + (_BLOCKS[rest] if rest else "")
    return Text.assemble((drawn, style), ("·" * (width - len(drawn)), "bright_black"))
