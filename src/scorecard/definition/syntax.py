"""The parser's complaints in our own words, and where the mistake is that made it complain."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from scorecard.language.phrase import Phrase

_PROBLEMS: tuple[tuple[str, str], ...] = (
    ("mapping values are not allowed", "a colon stands where no key can be; put the text in quotes, or mend the indentation"),
    ("did not find expected ',' or '}'", "a comma or a closing } is missing"),
    ("expected ',' or '}'", "a comma or a closing } is missing"),
    ("did not find expected ',' or ']'", "a comma or a closing ] is missing"),
    ("expected ',' or ']'", "a comma or a closing ] is missing"),
    ("found unexpected end of stream", "a quotation mark is opened here and never closed"),
    ("unknown escape character", "a backslash in double quotes starts an escape that does not exist; use single quotes"),
    ("cannot start any token", "a text cannot start with this character; put it in quotes"),
    ("could not find expected ':'", "a colon is missing after the key"),
    ("could not find expected", "a colon is missing after the key"),
    ("did not find expected '-' indicator", "a list entry with - was expected here; keys and list entries cannot be mixed"),
    ("block sequence entries are not allowed", "a list entry with - cannot stand here"),
    ("sequence entries are not allowed", "a list entry with - cannot stand here"),
    ("did not find expected key", "this does not fit the lines above; check the indentation and the quotes"),
    ("expected <block end>", "this does not fit the lines above; check the indentation and the quotes"),
    ("did not find expected node content", "a value was expected here"),
    ("expected the node content", "a value was expected here"),
    ("directive", "a line that starts with % is no part of a definition"),
    ("incompatible YAML document", "definitions are YAML 1.2; leave out the %YAML line"),
    ("document indicator", "a line of --- or ... cannot stand inside a quoted text"),
    ("document start", "something follows the end of the definition"),
    ("comment or line break", "after | or > the text starts on the next line"),
    ("chomping or indentation", "after | or > the text starts on the next line"),
    ("alphabetic or numeric", "a name is missing after & or *; put the text in quotes"),
    ("tag", "a text cannot start with !; put it in quotes"),
)
_FULL_WIDTH = {"：": ": ", "，": ", ", "｛": "{", "｝": "}", "［": "[", "］": "]"}
_WIDE_KEY = re.compile(r"[ ]*(?:- +)?[^\s:'\"#{\[][^:'\"#{\[]*?(：)").match
_COLON_WITHOUT_SPACE = re.compile(r"[ ]*(?:- +)?[\w.-]+(:)[^\s:/]").match
_TEXT_IN_BRACES = re.compile(r"(?:[:,]|-)[ ]+(\{[^{}:,]*\})[ ]*$").search
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")


class Fault(NamedTuple):
    """Where a text stops being YAML, counted from 0, and what is wrong there."""

    line: int
    column: int
    words: Phrase


def fault_of(text: str, problem: Any) -> Fault:
    """What most likely made the parser stop with this `problem`, which it often notices lines later."""
    said, within = str(problem.problem or ""), str(problem.context or "")
    mark, start = problem.problem_mark or problem.context_mark, problem.context_mark
    if mark is None:
        return Fault(0, 0, explain(said))
    lines = text.split("\n")
    here = Fault(mark.line, mark.column, explain(said))
    if start is not None and ("unexpected end of stream" in said and "quoted" in within):
        return here._replace(line=start.line, column=start.column)
    if start is not None and "simple key" in within:
        return _no_colon(lines, start.line) or here._replace(line=start.line, column=start.column)
    before = _line(lines, mark.line)[: mark.column]
    if braced := _TEXT_IN_BRACES(before):
        return here._replace(column=braced.start(1), words=Phrase("a text that starts with { stands in quotes"))
    if start is not None and "flow" in within:
        return _in_brackets(lines, start, here)
    if "mapping values" in said and ": " not in _QUOTED.sub("", before):
        return _above(lines, mark.line) or here
    return here


def _in_brackets(lines: list[str], start: Any, here: Fault) -> Fault:
    """A comma or bracket that is missing in a mapping or list in brackets, which opened at `start`."""
    before = _line(lines, here.line)[: here.column]
    opened = max(before.rfind("{"), before.rfind("["), 0)
    plain = _QUOTED.sub(lambda found: " " * len(found[0]), before)
    wide = next((at for at in range(opened, len(plain)) if plain[at] in _FULL_WIDTH), None)
    if wide is not None:
        return _full_width(here.line, wide, plain[wide])
    if here.line > start.line and _indent(_line(lines, here.line)) <= _indent(_line(lines, start.line)):
        bracket = _line(lines, start.line)[start.column : start.column + 1]
        words = Phrase("this {bracket} is not closed in its line, and the next line starts something else", bracket=bracket)
        return Fault(start.line, start.column, words)
    return here


def _above(lines: list[str], number: int) -> Fault | None:
    """The line above as what swallowed the key in line `number`: its own colon is none."""
    above = next((at for at in range(number - 1, -1, -1) if lines[at].strip() and not lines[at].lstrip().startswith("#")), None)
    return _no_colon(lines, above) if above is not None else None


def _no_colon(lines: list[str], number: int) -> Fault | None:
    """A colon of a line that is none: nothing but the value follows it, or it is a full-width one."""
    if glued := _COLON_WITHOUT_SPACE(_line(lines, number)):
        return Fault(number, glued.start(1), Phrase("a space is missing after the colon"))
    found = _WIDE_KEY(_line(lines, number))
    return _full_width(number, found.start(1), found[1]) if found else None


def _full_width(line: int, column: int, character: str) -> Fault:
    words = Phrase("'{character}' is a full-width character; write '{meant}' instead", character=character, meant=_FULL_WIDTH[character])
    return Fault(line, column, words)


def _line(lines: list[str], number: int) -> str:
    return lines[number] if number < len(lines) else ""


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def explain(problem: str) -> Phrase:
    """What a parser's `problem` means for the person who writes a definition."""
    for fragment, words in _PROBLEMS:
        if fragment in problem:
            return Phrase(words)
    return Phrase("this is not valid YAML; check the indentation, the quotes and the brackets")
