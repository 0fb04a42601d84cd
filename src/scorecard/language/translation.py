"""Texts in other languages, from the gettext catalogues in `locale`; English is the text in the code."""

from __future__ import annotations

import os
from functools import cache
from gettext import NullTranslations, translation

ENGLISH = "en"
DOMAIN = "scorecard"
LOCALE = os.path.join(os.path.dirname(__file__), "locale")
"""a folder for each language; in its LC_MESSAGES what is translated (.po) and what is read (.mo)"""


@cache
def languages() -> tuple[str, ...]:
    """English, then every language that has a catalogue."""
    return ENGLISH, *sorted(name for name in os.listdir(LOCALE) if os.path.exists(_compiled(name)))


def translated(text: str, context: str, language: str) -> str:
    """A text in a language; as it is where nobody translated it. The context is its key, or what kind of text it is."""
    return text if language == ENGLISH or not text else _catalogue(language).pgettext(context, text)


@cache
def _catalogue(language: str) -> NullTranslations:
    return translation(DOMAIN, LOCALE, [language]) if language in languages() else NullTranslations()


def _compiled(language: str) -> str:
    return os.path.join(LOCALE, language, "LC_MESSAGES", f"{DOMAIN}.mo")
