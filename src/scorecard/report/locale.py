"""How a language writes numbers, percentages and dates, from the Unicode locale data that Babel brings.

English is written here as the code does: 1,234.5, 62% and dates as 2026-09-30, since its readers do not agree on their order.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from scorecard.language.translation import ENGLISH, languages

if TYPE_CHECKING:
    from babel import Locale


class Marks(NamedTuple):
    """The signs of a language: what replaces comma and point of a number, and what stands around a percentage."""

    signs: Mapping[int, str]
    before_percent: str
    behind_percent: str


def number(text: str, language: str) -> str:
    """A number written the English way, 1,234.5, with the separators of a language."""
    return text.translate(marks.signs) if (marks := _marks(language)).signs else text


def percent(text: str, language: str) -> str:
    """A number that is already written in a language, as a percentage."""
    marks = _marks(language)
    return f"{marks.before_percent}{text}{marks.behind_percent}"


def day(moment: date | str, language: str) -> str:
    """A day, or what a file has of it, as a sentence names it: 2026-09-30, 2026年9月30日. Tables have it as files do."""
    locale = _locale(language)
    if locale is None:
        return str(moment)
    from babel.dates import format_date

    return format_date(date.fromisoformat(moment) if isinstance(moment, str) else moment, "long", locale)


@cache
def _marks(language: str) -> Marks:
    locale = _locale(language)
    if locale is None:
        return Marks({}, "", "%")
    symbols = locale.number_symbols["latn"]
    pattern = locale.percent_formats[None]
    own = {",": symbols["group"], ".": symbols["decimal"]}
    return Marks({ord(sign): mark for sign, mark in own.items() if mark != sign}, pattern.prefix[0], pattern.suffix[0])


@cache
def _locale(language: str) -> Locale | None:
    """The data of a language; None for English, and for one that there is no catalogue of, which is answered in English."""
    if language == ENGLISH or language not in languages():
        return None
    from babel import Locale

    return Locale.parse(language)
