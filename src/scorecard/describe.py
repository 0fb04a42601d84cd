"""Issues as people read them: place, code, sentence, then the line with a caret under it."""

from __future__ import annotations

from unicodedata import combining, east_asian_width

from scorecard.language.catalogue import sentence
from scorecard.language.words import say
from scorecard.model.issue import Issue, Level, Place

_LONGEST_LINE = 160


def headline(issue: Issue, language: str = "en") -> str:
    """`configs/acme.scorecard.yaml:18:9: SC104 unknown key 'targt' in metric 'csat'; did you mean 'target'?`"""
    place = f"{issue.place}: " if issue.place is not None else ""
    text = sentence(issue.code, issue.values, language)
    if issue.level is not Level.ERROR:
        text = say(f"level.{issue.level}", language, text=text)
    return f"{place}{issue.code} {text}"


def render(issue: Issue, language: str = "en") -> str:
    """The headline and, where the line is known, the line with a caret under what is meant."""
    text = headline(issue, language)
    if issue.place is None or not (line := issue.source_line or _line(issue.place)):
        return text
    start = issue.place.column - 1
    line = line.rstrip().replace("\t", " ")
    first = max(0, start - _LONGEST_LINE // 2) if len(line) > _LONGEST_LINE else 0
    shown = line[first : first + _LONGEST_LINE].rstrip()
    before = shown[: start - first]
    marked = shown[start - first : start - first + issue.place.length]
    carets = "^" * max(1, width(marked))
    return f"{text}\n    {shown}\n    {' ' * width(before)}{carets}"


def _line(place: Place) -> str:
    """The line of the file, for issues found after it was read."""
    from linecache import getline

    return getline(place.file, place.line)


def width(text: str) -> int:
    """How many columns of a terminal a text takes: two for each East Asian wide character, none for combining marks."""
    return sum(0 if combining(character) else 2 if east_asian_width(character) in "WF" else 1 for character in text)
