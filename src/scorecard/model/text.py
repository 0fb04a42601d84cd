"""Text shown to people, in one language or several."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

ANY = ""
"""The language of a text that was written once, for all readers."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text by language; the key `""` is a text for every reader."""

    by_language: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str) -> Text:
        return cls({ANY: text})

    def into(self, language: str) -> str:
        """The text in `language`, else the one for all, else English, else the first that is there."""
        for key in (language, language.split("-", maxsplit=1)[0], ANY, "en"):
            if key in self.by_language:
                return self.by_language[key]
        return next(iter(self.by_language.values()), "")

    def __str__(self) -> str:
        return self.into("en")

    def __bool__(self) -> bool:
        return bool(self.by_language)
