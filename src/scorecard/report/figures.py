"""Numbers as people read them: values with their unit, scores that lie in the band shown, shares, points; as their language writes them."""

from __future__ import annotations

import math
import re
import unicodedata

import numpy as np

from scorecard.language.phrase import said
from scorecard.language.words import say
from scorecard.model.definition import Group, Item, Rounding, Scale, Scorecard
from scorecard.report import locale
from scorecard.scoring.bands import band_of
from scorecard.scoring.rounding import rounded, span_of

MOST_DECIMALS = 9
"""as many as the tidy-up before comparisons keeps"""
_DIGITS = 4
"""significant digits of a value whose metric names no decimals"""
_OPEN_DECIMALS = 1
LARGE = 1e15
_TIMES = ("hours", "days", "minutes")
_PLURAL = re.compile(r"(?=(?:[a-z]+ )*[a-z]{5,}$)(?=.*[aeiou].*s$)[a-z ]*(?:[a-z]{4}ies|(?<!x)(?<!ch)(?<!sh)(?<!ss)(?<!i)es|[^aeious ]s)")
MINUS = "−"
_STEERING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""categories of characters that are no text: controls, marks of direction, halves of pairs, separators"""
_NO_CHARACTERS = "\ufffe\uffff"
"""what no XML can hold"""
_JOINER = "\N{ZERO WIDTH JOINER}"
"""holds scripts and signs together"""


def count(number: int, language: str = "en") -> str:
    """How many there are, thousands apart."""
    return locale.number(f"{number:,}", language)


def fixed(number: float, decimals: int, language: str = "en") -> str:
    """A number at so many decimals, halves away from zero, thousands apart, never `-0`."""
    return locale.number(_fixed(number, decimals), language)


def _fixed(number: float, decimals: int) -> str:
    if abs(number) >= LARGE:
        return f"{number:.6g}"
    shown = float(rounded(number, Rounding(decimals=decimals), 1.0))
    return f"{shown + 0.0:,.{max(decimals, 0)}f}"


def plain(number: float, digits: int = _DIGITS, language: str = "en") -> str:
    """A number at four significant digits, all digits before the point kept and no zeros at the end."""
    return locale.number(_plain(number, digits), language)


def _plain(number: float, digits: int) -> str:
    if number == 0 or abs(number) >= LARGE:
        return f"{number + 0.0:.6g}"
    if number == int(number):
        return f"{number:,.0f}"
    decimals = digits - 1 - math.floor(math.log10(abs(number)))
    if decimals > 2 * digits:
        return f"{number:.{digits}g}"
    text = _fixed(number, max(decimals, 0))
    return text.rstrip("0").rstrip(".") if "." in text else text


def value(number: float | str | bool | None, unit: str | None = None, decimals: int | None = None, language: str = "en") -> str:
    """A metric's value with its unit and a true minus sign. A `percent` is 100 times the value; `decimals` are those that are printed."""
    if number is None:
        return ""
    if isinstance(number, bool):
        return say("answer.true" if number else "answer.false", language)
    if isinstance(number, str):
        return clean(number)
    text = _measured(abs(number), unit, decimals, language)
    return f"{MINUS}{text}" if number < 0 and text != _measured(0.0, unit, decimals, language) else text


def _measured(number: float, unit: str | None, decimals: int | None, language: str) -> str:
    if unit == "percent":
        return percentage(number, decimals, language) if decimals is not None else locale.percent(_short(number * 100, language), language)
    text = fixed(number, decimals, language) if decimals is not None else plain(number, language=language)
    if unit is None:
        return text
    if unit in _TIMES:
        return say("unit.days.one" if (unit, text) == ("days", "1") else f"unit.{unit}", language, number=text)
    name = clean(said(unit, language))
    return f"{text} {_of_one(name) if text == '1' else name}"


def _of_one(unit: str) -> str:
    """What one of several is called: a ticket of tickets, an entry of entries; anything that is no plain English plural stays."""
    if _PLURAL.fullmatch(unit) is None:
        return unit
    return f"{unit[:-3]}y" if unit.endswith("ies") else unit[:-1]


def enough(number: float, at_least: bool, unit: str | None, decimals: int | None) -> float:
    """A value that is needed, at as many digits as it is shown with and not short of it: rounded up where at least it is needed."""
    if number == 0 or not math.isfinite(number) or abs(number) >= LARGE:
        return number
    if decimals is None:
        digits = 3 if unit == "percent" else max(_DIGITS - 1 - math.floor(math.log10(abs(number))), 0)
    else:
        digits = decimals + 2 * (unit == "percent")
    step = 10.0**-digits
    units = number / step
    near = round(units)
    if abs(units - near) > 1e-7:
        near = math.ceil(units) if at_least else math.floor(units)
    return near / 10.0**digits


def _short(number: float, language: str) -> str:
    """One decimal, more only for what would be shown as nothing."""
    return plain(number, 2, language) if 0 < abs(number) < 0.1 else locale.number(_fixed(number, 1).removesuffix(".0"), language)


def percentage(part: float, decimals: int, language: str = "en") -> str:
    """A part of one as a percentage at so many decimals; it may be negative or above one."""
    return locale.percent(fixed(part * 100, decimals, language), language)


def share(part: float | None, language: str = "en") -> str:
    """A share as a whole percentage; 100% and 0% only where it is all or nothing."""
    if part is None or math.isnan(part):
        return ""
    whole = round(part * 100)
    if whole >= 100 and part < 1 - 1e-9:
        whole = 99
    elif whole <= 0 and part > 1e-9:
        whole = 1
    return locale.percent(str(whole), language)


def shares_apart(low: float, high: float, language: str = "en") -> tuple[str, str]:
    """Two shares as percentages, at as many decimals as it takes to tell them apart."""
    for decimals in range(MOST_DECIMALS):
        found, wanted = (percentage(part, decimals, language) for part in (low, high))
        if found != wanted:
            break
    return found, wanted


def decimals_of(node: Item, scale: Scale) -> int:
    """The decimals that scores of a node are shown at: those it is rounded to, else one per hundred of the scale's length."""
    if node.round is not None:
        return max(node.round.decimals, 0)
    if isinstance(node, Group) and scale.open:
        return _OPEN_DECIMALS
    return max(0, 3 - math.floor(math.log10(span_of(scale)) + 1e-12)) if not scale.open else _OPEN_DECIMALS


def decimals_in_band(score: float, band: str | None, decimals: int, scorecard: Scorecard) -> int:
    """The fewest decimals, from `decimals` on, at which the number shown lies in the band shown.

    A band that a rule gave holds no such number; then the decimals stay.
    """
    starts = [one.start for one in scorecard.bands if one.start is not None]
    ids = [one.id for one in scorecard.bands if one.start is not None]
    if band not in ids or math.isnan(score):
        return decimals
    place = ids.index(band)
    if _place(score, starts, scorecard.scale) != place:
        return decimals
    for more in range(decimals, MOST_DECIMALS + 1):
        shown = float(rounded(score, Rounding(decimals=more), span_of(scorecard.scale)))
        if _place(shown, starts, scorecard.scale) == place:
            return more
    return MOST_DECIMALS


def _place(score: float, starts: list[float], scale: Scale) -> int:
    return int(band_of(np.array([score]), starts, scale)[0])


def score(number: float | None, band: str | None, node: Item, scorecard: Scorecard, language: str = "en") -> str:
    """A score at the decimals of its definition, or at as many more as it takes to lie in the band shown."""
    if number is None or math.isnan(number):
        return ""
    return fixed(number, decimals_in_band(number, band, decimals_of(node, scorecard.scale), scorecard), language)


def bounds(low: float | None, high: float | None, decimals: int, language: str = "en") -> tuple[str, str] | None:
    """Both ends, rounded away from each other so that they still hold; None where there is no gap between them."""
    if low is None or high is None or math.isnan(low) or math.isnan(high) or high - low < 10.0**-MOST_DECIMALS:
        return None
    down = float(rounded(low, Rounding(decimals=decimals, mode="floor"), 1.0))
    up = float(rounded(high, Rounding(decimals=decimals, mode="ceiling"), 1.0))
    return fixed(down, decimals, language), fixed(up, decimals, language)


def points(number: float, decimals: int, language: str = "en") -> str:
    """Points with a true minus sign."""
    return fixed(number, decimals, language).replace("-", MINUS)


def gained(number: float, decimals: int, language: str = "en") -> str:
    """Points with their sign, `+3.5` or `−0.2`; nothing where they are too few to show."""
    text = points(number, decimals, language)
    if not text.strip("0.,-−"):
        return ""
    return text if text.startswith(MINUS) else f"+{text}"


def change(before: str, after: str) -> str:
    """What was and what would be; once where they are the same."""
    return before if before == after else f"{before} → {after}"


def clean(text: str) -> str:
    """A text of the data on one line, without characters that steer a terminal or turn the direction of writing."""
    text = str(text)
    return text if text.isprintable() else "".join(_harmless(character) for character in text)


def _harmless(character: str) -> str:
    if character in "\n\r\t":
        return " "
    steers = unicodedata.category(character) in _STEERING and character != _JOINER
    return "\N{REPLACEMENT CHARACTER}" if steers or character in _NO_CHARACTERS else character
