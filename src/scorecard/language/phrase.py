"""Words of ours that are put into a sentence: what kind of value it is, whose it is, what went wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
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
        own = {name: said(value, language) for name, value in self.values.items()}
        return _filled(template, own)


def said(value: object, language: str) -> str:
    """A value as a text: in a language where it can be said in several, as it is where a person wrote it once."""
    into = getattr(value, "into", None)
    return str(value) if into is None else str(into(language))


def _filled(template: str, values: Mapping[str, object]) -> str:
    return _PLACEHOLDER.sub(lambda found: str(values[found[1]]) if found[1] in values else found[0], template)
