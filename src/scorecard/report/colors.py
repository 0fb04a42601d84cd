"""The colours of bands, the same in every report, and letters that are read well on them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from scorecard.model.definition import Scorecard
from scorecard.report.labels import band_named, goodness

SHADES = ("#D55E00", "#E69F00", "#E8D84A", "#56B4E9", "#0072B2")
"""from the worst band to the best, apart for every kind of color blindness (Okabe and Ito, 2008)"""
GREY = "#9AA0A6"
_NAMES: Mapping[str, str] = {
    "red": "#D55E00",
    "amber": "#E69F00",
    "orange": "#E69F00",
    "yellow": "#E8D84A",
    "green": "#009E73",
    "cyan": "#56B4E9",
    "blue": "#0072B2",
    "purple": "#CC79A7",
    "magenta": "#CC79A7",
}
_HEX = re.compile(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


def band_color(scorecard: Scorecard, band: str | None) -> str:
    """The colour of a band: its own where it is one, else by its place among the bands; grey for a band without a place."""
    named = band_named(scorecard, band) if band is not None else None
    if named is not None and named.color is not None:
        own = named.color.strip().lower()
        if _HEX.fullmatch(own):
            return own if len(own) == 7 else "#" + "".join(2 * digit for digit in own[1:])
        if own in _NAMES:
            return _NAMES[own]
    good = goodness(scorecard, band)
    return GREY if good is None else SHADES[round(good * (len(SHADES) - 1))]


def letters_on(color: str) -> str:
    """Black or white, whichever is read better on a colour; the contrast is 4.58 or more (WCAG 2.2, relative luminance)."""
    return "#000000" if _luminance(color) > 0.179 else "#FFFFFF"


def tinted(color: str, part: float) -> str:
    """A light shade of a colour: so much of it upon white."""
    return "#" + "".join(f"{round(255 - (255 - channel) * part):02X}" for channel in _channels(color))


def _luminance(color: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (c / 255 for c in _channels(color))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(color: str) -> tuple[int, int, int]:
    red, green, blue = (int(color[place : place + 2], 16) for place in (1, 3, 5))
    return red, green, blue
