"""The text of a query: that it is one and only reads, and where the values of its names go."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scorecard.hooks.contracts import SourceError
from scorecard.hooks.edges import Span

START, END = "period_start", "period_end"
READING = ("select", "with")
_NAME = re.compile(r"(?<![:\w\]]):([A-Za-z_]\w*)")
"""a name in a query; two colons are a cast, one behind a word is the slice of an array"""
_WORD = re.compile(r"[A-Za-z_]\w*")
_COMMENT = r"--[^\n]*|/\*(?!M?!).*?\*/"
_STANDARD = (
    rf"""(?P<comment>{_COMMENT})|(?P<quoted>\b[eE]'(?:[^'\\]|''|\\.)*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(?P<tag>\w*)\$.*?\$(?P=tag)\$)"""
)
_MYSQL = rf"""(?P<comment>{_COMMENT}|\#[^\n]*)|(?P<quoted>'(?:[^'\\]|''|\\.)*'|"(?:[^"\\]|""|\\.)*"|`(?:[^`]|``)*`)"""
_TOKENS = {"mysql": re.compile(_MYSQL, re.DOTALL), "mariadb": re.compile(_MYSQL, re.DOTALL)}
_TOKENS_ELSEWHERE = re.compile(_STANDARD, re.DOTALL)


@dataclass(frozen=True, slots=True)
class Statement:
    """A query for SQLAlchemy: colons that belong to no name are escaped; `values` are those of its names."""

    text: str
    values: Mapping[str, Any]

    def within(self, select: str, behind: str = "") -> Statement:
        """A query over this one."""
        return Statement(f"{escaped(select)} from (\n{self.text}\n) records{behind}", self.values)


def escaped(text: str) -> str:
    """A text whose colons name nothing."""
    return text.replace(":", r"\:")


def statement_of(query: str, params: Mapping[str, Any], span: Span, dialect: str, origin: str) -> Statement:
    """A query with the values of its names. Raises SourceError where it does more than read, or where a name has no value."""
    known = {**params, START: span[0], END: span[1]}
    used: dict[str, Any] = {}
    pieces: list[str] = []
    code: list[str] = []

    def value(found: re.Match[str]) -> str:
        name = found[1]
        if name not in known:
            raise SourceError("SC673", origin=origin, name=name, allowed=list(known))
        if known[name] is None:
            raise SourceError("SC651", origin=origin, name=found[0])
        used[name] = known[name]
        return found[0]

    for text, what in _parts(query, dialect):
        if what == "code":
            code.append(text)
            pieces.append(_with_values(text, value))
            continue
        pieces.append(escaped(text))
        if what == "quoted":
            code.append("''")
            if (quoted := _NAME.fullmatch(text[1:-1])) and quoted[1] in known:
                raise SourceError("SC673", reason="quoted", origin=origin, name=quoted[1])
    _refuse_writing("".join(code), origin)
    if unused := sorted(params.keys() - used.keys()):
        raise SourceError("SC673", reason="unused", origin=origin, name=unused[0])
    return Statement("".join(pieces).strip(), used)


def _parts(query: str, dialect: str) -> Iterator[tuple[str, str]]:
    """The query in pieces of code, of what is quoted and of comments; without a semicolon at its end."""
    parts: list[tuple[str, str]] = []
    at = 0
    for found in _TOKENS.get(dialect, _TOKENS_ELSEWHERE).finditer(query):
        parts.append((query[at : found.start()], "code"))
        parts.append((found[0], "quoted" if found["quoted"] is not None else "comment"))
        at = found.end()
    parts.append((query[at:], "code"))
    last = max((place for place, (text, what) in enumerate(parts) if what != "comment" and text.strip()), default=0)
    for place, (text, what) in enumerate(parts):
        ends = place == last and what == "code" and text.rstrip().endswith(";")
        yield (text.rstrip()[:-1] if ends else text), what


def _with_values(code: str, value: Any) -> str:
    """A piece of code in which only the colons of names are left plain."""
    pieces: list[str] = []
    at = 0
    for found in _NAME.finditer(code):
        pieces += [escaped(code[at : found.start()]), value(found)]
        at = found.end()
    return "".join([*pieces, escaped(code[at:])])


def _refuse_writing(code: str, origin: str) -> None:
    """Raises SourceError for several queries, and for one that begins or goes on otherwise than one that reads."""
    if ";" in code:
        raise SourceError("SC672", reason="several", origin=origin)
    words = [word.lower() for word in _WORD.findall(code)]
    if not words or words[0] not in READING:
        raise SourceError("SC672", origin=origin, word=words[0] if words else "")
    if "into" in words:
        raise SourceError("SC672", reason="into", origin=origin)
