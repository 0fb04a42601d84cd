"""Every sentence about an issue, made from its code and values when it is printed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from scorecard.language import sentences

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_NUMBER = re.compile(r"\[([^|\]]+)\|([^|\]]+)\]")
"""`[record|records]`: the first where `count` is one"""
_STANDARD = ("did_you_mean", "allowed")
_MOST_SHOWN = 12


@cache
def _english() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for module in iter_modules(sentences.__path__):
        family: dict[str, str] = import_module(f"{sentences.__name__}.{module.name}").SENTENCES
        twice = found.keys() & family.keys()
        if twice:
            raise ValueError(f"two sentences for {sorted(twice)}")
        found |= family
    return found


def codes() -> tuple[str, ...]:
    """Every issue code that has a sentence."""
    return tuple(sorted({key.partition(".")[0] for key in _english()}))


def templates(code: str) -> tuple[str, ...]:
    """The sentences of a code as they are kept: one, or one for each of its reasons."""
    return tuple(text for key, text in _english().items() if key.partition(".")[0] == code)


def sentence(code: str, values: Mapping[str, object], language: str = "en") -> str:
    """What an issue says: the sentence of its code (and reason), its values filled in, then what was probably meant.

    Raises KeyError for a code without a sentence. `language` chooses the catalogue; English is the one there is.
    """
    english = _english()
    reasoned = f"{code}.{values.get('reason')}"
    template = english[reasoned] if reasoned in english else english[code]
    template = _NUMBER.sub(lambda found: found[1 if values.get("count") == 1 else 2], template)
    text = _PLACEHOLDER.sub(lambda found: _shown(values[found[1]]) if found[1] in values else found[0], template)
    return text + _hint(values)


def _hint(values: Mapping[str, object]) -> str:
    meant, allowed = (_listed(values.get(key)) for key in _STANDARD)
    if meant:
        return f"; did you mean {' or '.join(repr(each) for each in meant)}?"
    if allowed:
        more = f", and {len(allowed) - _MOST_SHOWN} more" if len(allowed) > _MOST_SHOWN else ""
        return f"; allowed: {', '.join(allowed[:_MOST_SHOWN])}{more}"
    return ""


def _listed(value: object) -> list[str]:
    if value is None or value == "":
        return []
    return [str(each) for each in value] if isinstance(value, (list, tuple)) else [str(value)]


def _shown(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(str(each) for each in value)
    if isinstance(value, float):
        return f"{value:.12g}"
    return str(value)
