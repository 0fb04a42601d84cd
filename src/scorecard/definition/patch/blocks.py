"""Whole values of a definition's text put in, replaced or taken out; every character of the other values stays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import yaml

from scorecard.definition.departures import same
from scorecard.definition.document import Document, Spot, Step, Where
from scorecard.definition.emit import entry, inline, key_text
from scorecard.definition.patch.text import found, spliced, there, with_value
from scorecard.definition.read import read_text


class Absent:
    """The value of a key that is not there."""


ABSENT: Final = Absent()
_LOADER: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
_BLOCK = ("|", ">")
_LONGEST = 80
"""characters of a value that goes on one line although it could have lines of its own"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A value for the end of a way, or that there shall be none, as `origin` has it: its words are taken over where they fit."""

    where: Where
    value: Any
    origin: Document
    spot: Spot


@dataclass(frozen=True, slots=True)
class _Entry:
    """A key and its value in a text: where they stand, and the mapping that they are in."""

    parent: yaml.MappingNode
    at: int
    text: str

    @property
    def key(self) -> yaml.Node:
        key: yaml.Node = self.parent.value[self.at][0]
        return key

    @property
    def value(self) -> yaml.Node:
        value: yaml.Node = self.parent.value[self.at][1]
        return value

    @property
    def start(self) -> int:
        return int(self.key.start_mark.index)

    @property
    def end(self) -> int:
        return _end(self.value, self.text)

    @property
    def lines(self) -> tuple[int, int]:
        """From the start of its first line to behind the last, trailing comment included."""
        return self.text.rfind("\n", 0, self.start) + 1, _behind_line(self.text, self.end)

    @property
    def is_inline(self) -> bool:
        """Whether the value is a scalar or in flow style, so that its stretch can be replaced alone."""
        return self.value.style not in _BLOCK if isinstance(self.value, yaml.ScalarNode) else _is_flow(self.value)


def edited(text: str, file: str, wanted: Wanted) -> str | None:
    """The text of a file with one value as wanted; None where no plain way to write it reads back right.

    `text` is as it is kept, with its byte order mark and its line ends.
    """
    document, issues = read_text(text, file)
    parent = wanted.where[:-1]
    if document is None or not there(document.data, parent) or not isinstance(found(document.data, parent), dict):
        return None
    result = _with(document.data, wanted.where, wanted.value)
    for start, end, new in _ways(document, wanted):
        after = spliced(text, start, end, new)
        again, more = read_text(after, file)
        if again is not None and len(more) <= len(issues) and same(again.data, result):
            return after
    return None


def _with(data: Any, where: Where, value: Any) -> Any:
    if value is not ABSENT:
        return with_value(data, where, value)
    parent = found(data, where[:-1])
    return with_value(data, where[:-1], {key: each for key, each in parent.items() if key != where[-1]})


def _ways(document: Document, wanted: Wanted) -> Iterator[tuple[int, int, str]]:
    """Stretches of the text with what to put there, the plainest first."""
    text, where = document.text, wanted.where
    parent = _node(text, where[:-1])
    own = _entry(text, where)
    if not isinstance(parent, yaml.MappingNode):
        return
    if wanted.value is ABSENT:
        if own is not None:
            yield from _removals(own)
    elif own is not None:
        yield from _replacements(own, wanted)
    else:
        yield from _additions(text, parent, wanted)


def _removals(own: _Entry) -> Iterator[tuple[int, int, str]]:
    siblings, at = own.parent.value, own.at
    if not own.parent.flow_style:
        yield (*own.lines, "") if len(siblings) > 1 else (int(own.parent.start_mark.index), own.end, "{}")
    elif at:
        yield _end(siblings[at - 1][1], own.text), own.end, ""
    else:
        yield own.start, int(siblings[1][0].start_mark.index) if len(siblings) > 1 else own.end, ""


def _replacements(own: _Entry, wanted: Wanted) -> Iterator[tuple[int, int, str]]:
    start = int(own.value.start_mark.index)
    ways = list(_inline(wanted))
    short = [each for each in ways if len(each) <= _LONGEST]
    if own.is_inline:
        yield from ((start, own.end, written) for written in short)
    if not own.parent.flow_style:
        indent = int(own.key.start_mark.column)
        yield from ((*own.lines, block) for block in _blocks(wanted, indent, with_comments=False))
        key = own.text[own.start : int(own.key.end_mark.index)]
        yield from ((*own.lines, f"{' ' * indent}{key}: {written}\n") for written in short)
    if own.is_inline:
        yield from ((start, own.end, written) for written in ways if written not in short)


def _additions(text: str, parent: yaml.MappingNode, wanted: Wanted) -> Iterator[tuple[int, int, str]]:
    entries = [_Entry(parent, at, text) for at in range(len(parent.value))]
    before = _neighbour(entries, wanted)
    if parent.flow_style:
        for written in _inline(wanted):
            new = f"{key_text(str(wanted.where[-1]))}: {written}"
            at = before.end if before is not None else int(parent.start_mark.index) + 1
            yield at, at, f", {new}" if before is not None else f"{new}, " if entries else new
        return
    if before is None:
        return
    at = before.lines[1]
    for block in _blocks(wanted, int(before.key.start_mark.column), with_comments=True):
        yield (at, at, block) if text[:at].endswith("\n") else (at, at, f"\n{block.removesuffix(chr(10))}")


def _neighbour(entries: Sequence[_Entry], wanted: Wanted) -> _Entry | None:
    """The entry to write behind: the last one that the origin has before it, else the last of all."""
    order = list(found(wanted.origin.data, wanted.where[:-1])) if there(wanted.origin.data, wanted.where) else []
    earlier = order[: order.index(wanted.where[-1])] if order else []
    by_key = {each.key.value: each for each in entries}
    return next((by_key[key] for key in reversed(earlier) if key in by_key), entries[-1] if entries else None)


def _inline(wanted: Wanted) -> Iterator[str]:
    """Ways to write the value on one line: as its origin does, then as plainly as can be."""
    origin = _entry(wanted.origin.text, wanted.where)
    if origin is not None and origin.is_inline:
        written = origin.text[int(origin.value.start_mark.index) : origin.end]
        if "\n" not in written:
            yield written
    yield inline(wanted.value, wanted.spot)


def _blocks(wanted: Wanted, indent: int, *, with_comments: bool) -> Iterator[str]:
    """Ways to write key and value as lines: those of its origin, moved to this indent, then lines made anew."""
    origin = _entry(wanted.origin.text, wanted.where)
    if origin is not None and not origin.parent.flow_style:
        yield _moved(origin, indent, with_comments=with_comments)
    yield entry(str(wanted.where[-1]), wanted.value, wanted.spot, " " * indent)


def _moved(origin: _Entry, indent: int, *, with_comments: bool) -> str:
    """The lines of an entry at another indent, with the comments right above it where these are wanted."""
    start, end = origin.lines
    column = int(origin.key.start_mark.column)
    if with_comments:
        start = _above(origin.text, start, column)
    by = indent - column
    lines = origin.text[start:end].removesuffix("\n").split("\n")
    return "".join(f"{_shifted(line, by)}\n" for line in lines)


def _shifted(line: str, by: int) -> str:
    if not line.strip():
        return ""
    return " " * by + line if by > 0 else line[min(-by, len(line) - len(line.lstrip(" "))) :]


def _above(text: str, start: int, column: int) -> int:
    """The start of the comment lines right above a line, at the same indent."""
    while start:
        before = text.rfind("\n", 0, start - 1) + 1
        if not text[before:start].startswith(f"{' ' * column}#"):
            break
        start = before
    return start


def _entry(text: str, where: Where) -> _Entry | None:
    """The key and value at the end of a way; None where there is none, or the value is an alias of one that stands elsewhere."""
    parent = _node(text, where[:-1])
    if not isinstance(parent, yaml.MappingNode):
        return None
    at = next((at for at, (key, _) in enumerate(parent.value) if key.value == where[-1]), None)
    own = _Entry(parent, at, text) if at is not None else None
    return own if own is not None and own.value.start_mark.index >= own.start else None


def _node(text: str, where: Where) -> yaml.Node | None:
    """The parser's node at the end of a way; None where there is none, or anchors and aliases do not fit each other."""
    node = _root(text)
    for step in where:
        node = _child(node, step)
    return node


@lru_cache(maxsize=4)
def _root(text: str) -> yaml.Node | None:
    try:
        root: yaml.Node | None = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError:
        return None
    return root


def _child(node: yaml.Node | None, step: Step) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        found: yaml.Node = node.value[step]
        return found
    return None


def _is_flow(node: yaml.Node) -> bool:
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def _end(node: yaml.Node, text: str) -> int:
    """Behind the last character of a value; the parser's own end of a block is behind the blank lines and comments that follow."""
    if isinstance(node, yaml.ScalarNode):
        start, end = int(node.start_mark.index), int(node.end_mark.index)
        return start + len(text[start:end].rstrip()) if node.style in _BLOCK else end
    if _is_flow(node) or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(last[1] if isinstance(node, yaml.MappingNode) else last, text)


def _behind_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end + 1 if end >= 0 else len(text)
