"""Words that tables and explanations are made of, by language; sentences about issues are in the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib import import_module

_LISTS = "scorecard.language.word_lists"
_FAMILIES = ("cases", "diff", "review", "targets", "weighing", "workbook")
"""lists of words that few commands say, loaded where a word is in none of the others"""


class Words(Mapping[str, str]):
    """The words of a language by key."""

    def __init__(self, language: str) -> None:
        self._language = language

    def __getitem__(self, key: str) -> str:
        return self._usual[key] if key in self._usual else self._all[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    @cached_property
    def _usual(self) -> Mapping[str, str]:
        words: Mapping[str, str] = import_module(f"{_LISTS}.{self._language}").WORDS
        return words

    @cached_property
    def _all(self) -> Mapping[str, str]:
        lists = [getattr(import_module(f"{_LISTS}.{family}"), self._language.upper()) for family in _FAMILIES]
        return {**self._usual, **{key: words for each in lists for key, words in each.items()}}


LANGUAGES: Mapping[str, Mapping[str, str]] = {"en": Words("english"), "zh": Words("chinese")}
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


def say(key: str, language: str = "en", /, **values: object) -> str:
    """The words of a key with its values filled in. Raises KeyError for a key or a value that is not there.

    A language without a list of its own is answered in English.
    """
    template = LANGUAGES.get(language, LANGUAGES["en"])[key]
    return _PLACEHOLDER.sub(lambda found: str(values[found[1]]), template)


def language_of(environment: Mapping[str, str]) -> str:
    """The language that an environment asks for: the first of LC_ALL, LC_MESSAGES and LANG that is set; English if none is known."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if asked := environment.get(name):
            code = asked[:2].lower()
            return code if code in LANGUAGES else "en"
    return "en"
