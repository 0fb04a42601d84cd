"""Every sentence about an issue, made from its code and values when it is printed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from scorecard.language import sentences
from scorecard.language.phrase import said
from scorecard.language.translation import ENGLISH, translated
from scorecard.language.words import say

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_NUMBER = re.compile(r"\[([^|\]]+)\|([^|\]]+)\]")
"""`[record|records]`: the first where `count` is one"""
_STANDARD = ("did_you_mean", "allowed")
_MOST_SHOWN = 12


@cache
def spoken(language: str) -> Mapping[str, str]:
    """Every sentence in a language by its code and reason; a language without a catalogue is answered in English."""
    if language != ENGLISH:
        return {key: translated(text, key, language) for key, text in spoken(ENGLISH).items()}
    found: dict[str, str] = {}
    for family in iter_modules(sentences.__path__):
        own = import_module(f"{sentences.__name__}.{family.name}").SENTENCES
        twice = found.keys() & own.keys()
        if twice:
            raise ValueError(f"two sentences for {sorted(twice)}")
        found |= own
    return found


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
    return text + _hint(values, language)


def _key(code: str, values: Mapping[str, object]) -> str:
    reasoned = f"{code}.{values.get('reason')}"
    return reasoned if reasoned in spoken("en") else code


def _hint(values: Mapping[str, object], language: str) -> str:
    """How what was meant, or what is allowed, is said behind a sentence."""
    meant, allowed = (_listed(values.get(key), language) for key in _STANDARD)
    if meant:
        return say("hint.meant", language, names=say("hint.or", language).join(repr(each) for each in meant))
    if allowed:
        more = say("hint.more", language, count=len(allowed) - _MOST_SHOWN) if len(allowed) > _MOST_SHOWN else ""
        return say("hint.allowed", language, names=say("hint.and", language).join(allowed[:_MOST_SHOWN])) + more
    return ""


def _listed(value: object, language: str) -> list[str]:
    if value is None or value == "":
        return []
    return [said(each, language) for each in value] if isinstance(value, (list, tuple)) else [said(value, language)]


def _shown(value: object, language: str) -> str:
    if isinstance(value, (list, tuple)):
        return say("list.comma", language).join(_shown(each, language) for each in value)
    return f"{value:.12g}" if isinstance(value, float) else said(value, language)
