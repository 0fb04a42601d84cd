"""Words of ours that are put into a sentence: what kind of value it is, whose it is, what went wrong."""

from __future__ import annotations

import re
from typing import Self

from scorecard.language.translation import translated

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


class Phrase(str):
    """A text that follows the language of the sentence it stands in; by itself it is English.

    It is kept as `template`, with values that may be phrases themselves. What nobody translated stays English.
    """

    __slots__ = ("template", "values")
    template: str
    values: dict[str, object]

    def __new__(cls, template: str, **values: object) -> Self:
        made = super().__new__(cls, _filled(template, values))
        made.template, made.values = template, values
        return made

    def into(self, language: str) -> str:
        template = translated(self.template, "phrase", language)
        own = {name: said(value, language) if isinstance(value, str) else value for name, value in self.values.items()}
        return _filled(template, own)


def said(text: str, language: str) -> str:
    """A text in a language, where it is one of ours; as it is where a person wrote it."""
    return text.into(language) if isinstance(text, Phrase) else text


def _filled(template: str, values: dict[str, object]) -> str:
    return _PLACEHOLDER.sub(lambda found: str(values[found[1]]) if found[1] in values else found[0], template)
