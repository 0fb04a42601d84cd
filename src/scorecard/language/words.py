"""Words that tables and explanations are made of, by language; sentences about issues are in the catalogue."""

from __future__ import annotations

import re
from collections.abc import Mapping

from scorecard.language.word_lists import cases, chinese, diff, english, review, targets, weighing, workbook

_FAMILIES = (cases, diff, review, targets, weighing, workbook)
LANGUAGES: Mapping[str, Mapping[str, str]] = {
    "en": english.WORDS | {key: words for family in _FAMILIES for key, words in family.ENGLISH.items()},
    "zh": chinese.WORDS | {key: words for family in _FAMILIES for key, words in family.CHINESE.items()},
}
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
