"""One value of a definition's text replaced or put in at its place; every other character stays."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from scorecard.definition.document import Document, Spot, Step, Where
from scorecard.definition.read import read_text
from scorecard.definition.wording import owner
from scorecard.errors import UsageError
from scorecard.model.issue import Issue

Scalar = str | int | float | bool | None

_BEHIND: Mapping[Step, Step] = {"weight": "group", "target": "worst", "worst": "unit", "effort": "due"}
"""the key that a new key is written behind, where it is there; else the last one that fits"""
_BLOCK = ("|", ">")
_LONG = 1e15


def patched(text: str, file: str, values: Mapping[Where, Scalar]) -> str:
    """The text of a definition file with these values at these ways, each replaced, or put in where the mapping above it lacks it.

    Line ends, a byte order mark, quotes, comments and the order of keys stay. The result reads as the old data with the new values
    and nothing else; raises UsageError for a value that cannot be written so (SC740), and for a text that is no definition.
    """
    for where, value in values.items():
        text = _with_value(text, file, where, _shortest(value))
    return text


def _with_value(text: str, file: str, where: Where, value: Scalar) -> str:
    document, issues = read_text(text, file)
    if document is None:
        raise UsageError(issues)
    depth = next((depth for depth in range(len(where)) if not there(document.data, where[: depth + 1])), None)
    if depth is None and document.root.at(where).children is not None:
        raise _refused(document, where, "whole")
    if depth is not None and not isinstance(found(document.data, where[:depth]), dict):
        raise _refused(document, where, "absent")
    wanted = _canonical(with_value(document.data, where, value))
    ways = _replacements(document, where, value) if depth is None else _insertions(document, where, depth, value)
    for start, end, new in ways:
        result = spliced(text, start, end, new)
        again, more = read_text(result, file)
        if again is not None and len(more) == len(issues) and _canonical(again.data) == wanted:
            return result
    raise _refused(document, where, "several")


def _replacements(document: Document, where: Where, value: Scalar) -> Iterator[tuple[int, int, str]]:
    """The stretch of the text that holds a value, with ways to write the new one; the first that reads back right is taken."""
    event = document.root.at(where).event
    start, end = event.start_mark.index, event.end_mark.index
    if event.style in _BLOCK:
        end = start + len(document.text[start:end].rstrip())
    gap = " " if document.text[start - 1 : start] == ":" else ""
    for written in _scalars(value, quoted=event.style):
        yield start, end, gap + written


def _insertions(document: Document, where: Where, depth: int, value: Scalar) -> Iterator[tuple[int, int, str]]:
    """The place behind a neighbour in the mapping at `depth`, with ways to write the key and the value there."""
    parent = document.root.at(where[:depth])
    neighbour = _neighbour(parent, where[depth])
    for name in (str, _quoted):
        for written in _scalars(value):
            new = f"{name(where[depth])}: {_nested(where[depth + 1 :], written, name)}"
            into = _into_flow if parent.event.flow_style else _into_block
            yield into(document.text, parent, neighbour, new)


def _nested(where: Where, written: str, name: Callable[[Step], str]) -> str:
    """A value under the keys of a way, as a mapping on one line."""
    return f"{{{name(where[0])}: {_nested(where[1:], written, name)}}}" if where else written


def _quoted(text: object) -> str:
    return json.dumps(str(text), ensure_ascii=False)


def _neighbour(parent: Spot, key: Step) -> Spot | None:
    """The entry of one line that a new key is written behind."""
    fitting = {
        name: child
        for name, child in (parent.children or {}).items()
        if child.children is None
        and child.event.style not in _BLOCK
        and child.event.start_mark.line == child.event.end_mark.line
        and child.event.start_mark.index >= child.key_event.start_mark.index
    }
    return fitting.get(_BEHIND.get(key, ""), next(reversed(fitting.values()), None))


def _into_flow(text: str, parent: Spot, neighbour: Spot | None, new: str) -> tuple[int, int, str]:
    if neighbour is not None:
        end = neighbour.event.end_mark.index
        return end, end, f", {new}"
    opened = text.index("{", parent.event.start_mark.index) + 1
    return opened, opened, f"{new}, " if parent.children else new


def _into_block(text: str, parent: Spot, neighbour: Spot | None, new: str) -> tuple[int, int, str]:
    first = next(iter((parent.children or {}).values())).key_event.start_mark
    indent = " " * first.column
    if neighbour is None:
        return first.index, first.index, f"{new}\n{indent}"
    end = text.find("\n", neighbour.event.end_mark.index)
    end = len(text) if end < 0 else end
    return end, end, f"\n{indent}{new}"


def _shortest(value: Scalar) -> Scalar:
    """A number without a fraction as the whole number that people write."""
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < _LONG else value


def _scalars(value: Scalar, quoted: str | None = None) -> Iterator[str]:
    """Ways to write a scalar: with the quotes it had, plainly, and in double quotes."""
    if not isinstance(value, str):
        yield json.dumps(value)
        return
    double = _quoted(value)
    if quoted in ("'", '"'):
        yield double if quoted == '"' else "'" + value.replace("'", "''") + "'"
    yield value
    yield double


def spliced(text: str, start: int, end: int, new: str) -> str:
    """The text as it is kept, with a stretch replaced that is counted without a byte order mark and with line feeds only."""
    body = text.removeprefix("\ufeff")
    mark = len(text) - len(body)
    double = [found.start() - before for before, found in enumerate(re.finditer("\r\n", body))]
    ending = re.search("\r\n?|\n", body)
    if ending is not None:
        new = new.replace("\n", ending[0])
    start, end = (mark + at + bisect_left(double, at) for at in (start, end))
    return text[:start] + new + text[end:]


def there(data: object, where: Where) -> bool:
    """Whether plain data hold a value at the end of a way."""
    try:
        found(data, where)
    except (KeyError, IndexError, TypeError):
        return False
    return True


def found(data: Any, where: Where) -> Any:
    """The value at the end of a way. Raises KeyError, IndexError or TypeError where there is none."""
    for step in where:
        data = data[step]
    return data


def with_value(data: Any, where: Where, value: Any) -> Any:
    """A copy of the data with a value at a way; what is off the way is shared with it."""
    if not where:
        return value
    step, rest = where[0], where[1:]
    copy: Any = list(data) if isinstance(data, list) else dict(data or {})
    copy[step] = with_value(copy[step] if there(copy, (step,)) else None, rest, value)
    return copy


def _canonical(data: Any) -> str:
    """The data as a text that tells 1 from true and leaves out the order of keys."""
    return json.dumps(data, sort_keys=True)


def _refused(document: Document, where: Where, reason: str) -> UsageError:
    place = document.root.at(where).value
    values = {"reason": reason, "key": str(where[-1]), "owner": owner(where[:-1])}
    return UsageError([Issue(code="SC740", place=place, values=values, source_line=document.line(place.line))])
