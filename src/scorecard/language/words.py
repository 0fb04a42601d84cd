"""Words that tables and explanations are made of, by language; sentences about issues are in the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib import import_module
from pkgutil import iter_modules

from scorecard.language import word_lists
from scorecard.language.phrase import said
from scorecard.language.translation import ENGLISH, languages, translated

_USUAL = "usual"
"""the words that most commands say; the lists beside it are loaded where a word is not in it"""


class English(Mapping[str, str]):
    """The words as the code has them, by key."""

    def __getitem__(self, key: str) -> str:
        return self._usual[key] if key in self._usual else self._all[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    @cached_property
    def _usual(self) -> Mapping[str, str]:
        return _list(_USUAL)

    @cached_property
    def _all(self) -> Mapping[str, str]:
        lists = [_list(module.name) for module in iter_modules(word_lists.__path__)]
        return {key: words for each in lists for key, words in each.items()}


class Translated(Mapping[str, str]):
    """The same words in another language."""

    def __init__(self, english: Mapping[str, str], language: str) -> None:
        self._english = english
        self._language = language

    def __getitem__(self, key: str) -> str:
        return translated(self._english[key], key, self._language)

    def __iter__(self) -> Iterator[str]:
        return iter(self._english)

    def __len__(self) -> int:
        return len(self._english)


def _list(name: str) -> Mapping[str, str]:
    words: Mapping[str, str] = import_module(f"{word_lists.__name__}.{name}").ENGLISH
    return words


_ENGLISH = English()
LANGUAGES: Mapping[str, Mapping[str, str]] = {
    language: _ENGLISH if language == ENGLISH else Translated(_ENGLISH, language) for language in languages()
}
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


def say(key: str, language: str = "en", /, **values: object) -> str:
    """The words of a key with its values filled in. Raises KeyError for a key or a value that is not there.

    A language without a catalogue is answered in English.
    """
    template = LANGUAGES.get(language, _ENGLISH)[key]
    return _PLACEHOLDER.sub(lambda found: said(values[found[1]], language), template)


def known(tag: str) -> str | None:
    """The language that a tag such as zh, zh_CN.UTF-8 or zh-TW names; None where there is no catalogue of it."""
    name = re.split(r"[.@]", tag, maxsplit=1)[0].replace("-", "_")
    by_name = {language.lower(): language for language in LANGUAGES}
    return by_name.get(name.lower()) or by_name.get(name.partition("_")[0].lower())


def language_of(environment: Mapping[str, str]) -> str:
    """The language that an environment asks for: the first of LC_ALL, LC_MESSAGES and LANG that is set; English if none is known."""
    tags = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return known(next(filter(None, tags), "")) or ENGLISH
