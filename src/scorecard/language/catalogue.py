"""Every sentence about an issue, made from its code and values when it is printed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, NamedTuple

from scorecard.language import sentences
from scorecard.language.phrase import Phrase

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_NUMBER = re.compile(r"\[([^|\]]+)\|([^|\]]+)\]")
"""`[record|records]`: the first where `count` is one"""
_STANDARD = ("did_you_mean", "allowed")
_MOST_SHOWN = 12


class _Hint(NamedTuple):
    """How what was meant, or what is allowed, is said behind a sentence."""

    meant: str
    either: str
    allowed: str
    comma: str
    more: str


_HINTS = {
    "en": _Hint("; did you mean {}?", " or ", "; allowed: {}", ", ", ", and {} more"),
    "zh": _Hint("；是否指 {}？", " 或 ", "；可用：{}", "、", " 等，另有 {} 个"),
}


@cache
def spoken(language: str) -> Mapping[str, str]:
    """Every sentence in a language by its code and reason; a language without sentences of its own is answered in English."""
    found: dict[str, str] = {}
    for family in _families():
        own = family.CHINESE if language == "zh" else family.SENTENCES
        twice = found.keys() & own.keys()
        if twice:
            raise ValueError(f"two sentences for {sorted(twice)}")
        found |= own
    return found


def _families() -> list[Any]:
    return [import_module(f"{sentences.__name__}.{module.name}") for module in iter_modules(sentences.__path__)]


def codes() -> tuple[str, ...]:
    """Every issue code that has a sentence."""
    return tuple(sorted({key.partition(".")[0] for key in spoken("en")}))


def templates(code: str) -> tuple[str, ...]:
    """The sentences of a code as they are kept: one, or one for each of its reasons."""
    return tuple(text for key, text in spoken("en").items() if key.partition(".")[0] == code)


def sentence(code: str, values: Mapping[str, object], language: str = "en") -> str:
    """What an issue says: the sentence of its code (and reason), its values filled in, then what was probably meant.

    Raises KeyError for a code without a sentence.
    """
    template = spoken(language)[_key(code, values)]
    template = _NUMBER.sub(lambda found: found[1 if values.get("count") == 1 else 2], template)
    text = _PLACEHOLDER.sub(lambda found: _shown(values[found[1]], language) if found[1] in values else found[0], template)
    return text + _hint(values, _HINTS.get(language, _HINTS["en"]))


def _key(code: str, values: Mapping[str, object]) -> str:
    reasoned = f"{code}.{values.get('reason')}"
    return reasoned if reasoned in spoken("en") else code


def _hint(values: Mapping[str, object], words: _Hint) -> str:
    meant, allowed = (_listed(values.get(key)) for key in _STANDARD)
    if meant:
        return words.meant.format(words.either.join(repr(each) for each in meant))
    if allowed:
        more = words.more.format(len(allowed) - _MOST_SHOWN) if len(allowed) > _MOST_SHOWN else ""
        return words.allowed.format(words.comma.join(allowed[:_MOST_SHOWN])) + more
    return ""


def _listed(value: object) -> list[str]:
    if value is None or value == "":
        return []
    return [str(each) for each in value] if isinstance(value, (list, tuple)) else [str(value)]


def _shown(value: object, language: str) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(_shown(each, language) for each in value)
    if isinstance(value, Phrase):
        return value.into(language)
    if isinstance(value, float):
        return f"{value:.12g}"
    return str(value)
