"""What a plain scalar means: null, true, false, numbers; everything else is text.

YAML 1.2's core schema without its octal, hexadecimal and zero-padded numbers, which people do not mean as numbers.
"""

from __future__ import annotations

import re

_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)").fullmatch
_DECIMAL = re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?").fullmatch
_ENDLESS = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)").fullmatch
_WORDS: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_STARTS = frozenset("+-.0123456789")
_LONGEST = 300


class NotFiniteError(ValueError):
    """A scalar that is no finite number: `.inf`, `.nan`, `1e999`."""


def number_of(value: object) -> float | None:
    """The number that a value of a definition is, a percentage as a share; None for anything else."""
    if isinstance(value, str) and value.endswith("%"):
        return float(value[:-1]) / 100 if _DECIMAL(value[:-1]) else None
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def plain_value(text: str) -> str | int | float | bool | None:
    """The value of a scalar written without quotes.

    Raises NotFiniteError for infinities, NaN and numbers too large for a double.
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _STARTS:
        return text
    if _INTEGER(text):
        if len(text) > _LONGEST:
            raise NotFiniteError(text)
        return int(text)
    if _DECIMAL(text):
        number = float(text)
        if number in (float("inf"), float("-inf")):
            raise NotFiniteError(text)
        return number
    if _ENDLESS(text):
        raise NotFiniteError(text)
    return text
