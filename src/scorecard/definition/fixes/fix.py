"""A fix: what to replace in the text of a definition so that an issue is gone, and what the definition then says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scorecard.definition.document import Document, Where
from scorecard.language.words import say
from scorecard.model.issue import Issue, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """The text between two points of a file, and what to put there; lines and columns count from 1, the end is the first column behind."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """Replacements in one file that mend one issue. `data` is what the file says afterwards: a result that says otherwise is none."""

    issue: Issue
    words: str
    values: Mapping[str, object]
    replacements: tuple[Replacement, ...]
    data: Mapping[str, Any]

    @property
    def file(self) -> str:
        return self.replacements[0].file

    def description(self, language: str = "en") -> str:
        return say(self.words, language, **self.values)


def between(document: Document, start: int, end: int, text: str) -> Replacement:
    """The replacement of the characters from `start` to `end` of a document's text."""
    line, column = _point(document.text, start)
    end_line, end_column = _point(document.text, end)
    return Replacement(file=document.file, line=line, column=column, end_line=end_line, end_column=end_column, text=text)


def stretch(document: Document, replacement: Replacement) -> tuple[int, int]:
    """The characters of a document's text that a replacement takes away."""
    starts = [0]
    for line in document.text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts[replacement.line - 1] + replacement.column - 1, starts[replacement.end_line - 1] + replacement.end_column - 1


def way_to(document: Document, place: Place | None) -> Where | None:
    """The way to the key or the value that stands at a place."""
    return next((where for where, spot in document.root.walk() if place in (spot.key, spot.value)), None)


def _point(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
