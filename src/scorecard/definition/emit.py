"""Plain data as the YAML of a definition, a value on each line, so that reading it again gives the same data."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from scorecard.definition.document import NOWHERE, Spot, Where
from scorecard.definition.layers import Part
from scorecard.definition.scalars import NotFiniteError, plain_value
from scorecard.describe import width

Note = Callable[[Where], str]
"""what is said behind a value, as a comment"""

_STEP = "  "
_WIDEST_LIST = 100
_FURTHEST_NOTE = 64
"""the column that notes are lined up to at most; a longer line has its note right behind it"""
_UNSAFE_START = re.compile(r"-(?![\w.])|[?:,\[\]{}#&*!|>'\"%@`\s]")
_UNSAFE = re.compile(r":(?:\s|$)|\s#|\s$|[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_ESCAPED = re.compile(r"[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_CUTS = frozenset(",[]{}")


def as_yaml(part: Part, note: Note | None = None) -> str:
    """The text of a mapping; with `note`, what it says of each value follows in a comment."""
    lines = list(_entries(*part, "", ()))
    if note is None:
        return "".join(f"{text}\n" for text, _ in lines)
    column = min(max((width(text) for text, where in lines if where is not None), default=0), _FURTHEST_NOTE)
    return "".join(f"{text if where is None else _noted(text, note(where), column)}\n" for text, where in lines)


def entry(key: str, value: Any, spot: Spot, indent: str = "") -> str:
    """The lines of one key and its value, each indented so."""
    return "".join(f"{text}\n" for text, _ in _valued(f"{indent}{key_text(key)}:", value, spot, indent, ()))


def inline(value: Any, spot: Spot | None = None) -> str:
    """A value on one line, in flow style where it has parts."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key_text(key)}: {inline(each, _child(spot, key))}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(inline(each, _child(spot, at)) for at, each in enumerate(value)) + "]"
    return _scalar(value, spot, flow=True)


def short(value: Any, most: int = 60) -> str:
    """A value on one line, cut where it is long."""
    text = inline(value)
    return text if len(text) <= most else f"{text[: most - 1]}…"


Line = tuple[str, Where | None]
"""a line of the text, and the way to the value that it ends with or begins; None where values follow on lines of their own"""


def _entries(data: dict[str, Any], spot: Spot, indent: str, where: Where) -> Iterator[Line]:
    for key, value in data.items():
        yield from _valued(f"{indent}{key_text(key)}:", value, _child(spot, key), indent, (*where, key))


def _valued(head: str, value: Any, spot: Spot | None, indent: str, where: Where) -> Iterator[Line]:
    if isinstance(value, dict) and value:
        yield head, None
        yield from _entries(value, spot or NOWHERE, indent + _STEP, where)
    elif isinstance(value, list) and not _is_short(value, spot):
        yield head, where
        for at, each in enumerate(value):
            yield from _listed(each, _child(spot, at), indent + _STEP)
    elif isinstance(value, str) and _is_block(value):
        yield f"{head} {'|' if value.endswith(chr(10)) else '|-'}", where
        yield from ((f"{indent}{_STEP}{line}" if line else "", None) for line in value.removesuffix("\n").split("\n"))
    else:
        written = inline(value, spot) if isinstance(value, (dict, list)) else _scalar(value, spot, flow=False)
        yield f"{head} {written}", where


def _listed(value: Any, spot: Spot | None, indent: str) -> Iterator[Line]:
    """An entry of a list, its first line behind the dash."""
    if isinstance(value, dict) and value:
        lines = [text for text, _ in _entries(value, spot or NOWHERE, indent + _STEP, ())]
    else:
        lines = [text for text, _ in _valued(f"{indent}-", value, spot, indent + _STEP, ())]
        yield from ((line, None) for line in lines)
        return
    yield f"{indent}- {lines[0][len(indent) + len(_STEP) :]}", None
    yield from ((line, None) for line in lines[1:])


def _noted(text: str, note: str, column: int) -> str:
    return f"{text}{' ' * max(0, column - width(text))}  # {note}"


def _is_short(values: list[Any], spot: Spot | None) -> bool:
    return not any(isinstance(each, (dict, list)) and each for each in values) and width(inline(values, spot)) <= _WIDEST_LIST


def _is_block(text: str) -> bool:
    """Whether a text of several lines reads the same as a literal block."""
    body = text.removesuffix("\n")
    lines = body.split("\n")
    return "\n" in text and bool(body.strip()) and lines[0][:1] not in (" ", "") and lines[-1] != "" and not any(map(_UNSAFE_LINE, lines))


_UNSAFE_LINE = re.compile(r"\s$|[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]").search


def key_text(key: str) -> str:
    """A key as it is written, in quotes where it needs them."""
    return key if _is_plain(key, flow=True) else quoted(key)


def _scalar(value: Any, spot: Spot | None, *, flow: bool) -> str:
    if not isinstance(value, str):
        return _as_written(value, spot) or json.dumps(value)
    return value if _is_plain(value, flow=flow) else quoted(value)


def _as_written(value: Any, spot: Spot | None) -> str | None:
    """A number as its author wrote it, for codes such as `1.50` are read by their letters."""
    raw = spot.raw if spot is not None else None
    if raw is None or getattr(spot.event if spot else None, "style", None):
        return None
    try:
        return raw if raw and plain_value(raw) == value and not isinstance(value, bool) and value is not None else None
    except NotFiniteError:
        return None


def _is_plain(text: str, *, flow: bool) -> bool:
    """Whether a text without quotes reads as itself."""
    if not text or _UNSAFE_START.match(text) or _UNSAFE.search(text) or (flow and not _CUTS.isdisjoint(text)):
        return False
    try:
        return isinstance(plain_value(text), str)
    except NotFiniteError:
        return False


def quoted(text: str) -> str:
    """A text in quotes: single ones where it holds double ones and nothing that needs an escape."""
    if ('"' in text or "\\" in text) and not _UNSAFE_LINE(f"{text}.") and "'" not in text:
        return f"'{text}'"
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def _child(spot: Spot | None, step: str | int) -> Spot | None:
    return (spot.children or {}).get(step) if spot is not None else None
