"""Reading: one YAML file to plain data, with the place of every key, by a loop over the parser's events."""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from scorecard.definition.document import Document, Spot, Step, nth_line
from scorecard.definition.flow import mend_cut_formulas
from scorecard.definition.scalars import NotFiniteError, plain_value
from scorecard.definition.syntax import fault_of
from scorecard.language.phrase import Phrase
from scorecard.model.issue import Issue, Place

LARGEST = 5_000_000
"""bytes of a definition file"""
DEEPEST = 64
"""levels of mappings and lists"""
MOST_NODES = 100_000
"""values of a file once its aliases are written out"""

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DUPLICATE = "\0"


def read_text(text: str, file: str) -> tuple[Document | None, list[Issue]]:
    """The document that a text is, or None, and everything that is wrong with it as YAML."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    found = _UNPRINTABLE.search(text)
    if found is not None:
        place = _place_at(text, found.start(), file)
        return None, [_issue("SC014", place, text, character=f"U+{ord(found.group()):04X}")]
    return _Reading(text, file).run()


def decode(data: bytes, file: str) -> tuple[str | None, list[Issue]]:
    """The text of a file's bytes, or the issue that says why they are none."""
    if len(data) > LARGEST:
        return None, [Issue(code="SC004", place=Place(file, 1, 1), values={"file": file, "most": LARGEST // 1_000_000})]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as problem:
        before = data[: problem.start].decode("utf-8", "replace").removeprefix("\ufeff")
        place = _place_at(before.replace("\r\n", "\n"), len(before), file)
        return None, [Issue(code="SC003", place=place, values={"file": file})]


class _Frame:
    """A mapping or list that is being read."""

    __slots__ = ("children", "data", "drop", "height", "key", "key_event", "nodes", "saw_blank", "start")

    def __init__(self, data: Any, start: Any, nodes: int) -> None:
        self.data = data
        self.children: dict[Step, Spot] = {}
        self.start = start
        self.nodes = nodes
        self.key: str | None = None
        self.key_event: Any = None
        self.drop = False
        self.height = 1
        self.saw_blank = False


class _Stopped(Exception):  # noqa: N818 - not an error
    """Reading cannot go on."""


class _Reading:
    """One pass over the events of a text."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.issues: list[Issue] = []
        self.nodes = 0
        self.has_null = False
        self.has_gaps = False
        self.stack: list[_Frame] = []
        self.anchors: dict[str, tuple[Any, Spot, int, int] | None] = {}
        self.root: tuple[Any, Spot] | None = None

    def run(self) -> tuple[Document | None, list[Issue]]:
        try:
            self._loop()
        except yaml.MarkedYAMLError as problem:
            self._syntax(problem)
            return None, self.issues
        except _Stopped:
            return None, self.issues
        if self.root is None or self.root[0] is None:
            self.issues.append(_issue("SC005", Place(self.file, 1, 1), self.text, file=self.file))
            return None, self.issues
        data, spot = self.root
        if not isinstance(data, dict):
            self.issues.append(
                _issue("SC006", spot.value, self.text, found=Phrase("a list" if isinstance(data, list) else "a text or a number"))
            )
            return None, self.issues
        return Document(self.file, self.text, data, spot, self.has_null, self.has_gaps), self.issues

    def _loop(self) -> None:
        next_event = _loader(self.text).get_event
        stack = self.stack
        documents = 0
        while True:
            event = next_event()
            kind = type(event)
            if kind is ScalarEvent:
                frame = stack[-1] if stack else None
                if frame is None or event.tag is not None or event.anchor is not None or frame.drop:
                    self._scalar_with_care(event)
                    continue
                data = frame.data
                if type(data) is dict:
                    key = frame.key
                    if key is None:
                        if event.value in data:
                            self._key(frame, event)
                        else:
                            frame.key = event.value
                            frame.key_event = event
                        continue
                    value = event.value if event.style else self._plain(event, frame)
                    if not frame.drop:
                        data[key] = value
                        frame.children[key] = Spot(self.file, frame.key_event, event, None)
                    frame.key = None
                else:
                    value = event.value if event.style else self._plain(event, frame)
                    if not frame.drop:
                        frame.children[len(data)] = Spot(self.file, None, event, None)
                        data.append(value)
                frame.drop = False
                self.nodes += 1
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                self._open(event, {} if kind is MappingStartEvent else [])
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                self._close()
            elif kind is AliasEvent:
                self._alias(event)
            elif kind is DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self._stop("SC013", event)
            elif kind is StreamEndEvent:
                return

    def _key(self, frame: _Frame, event: Any) -> None:
        if event.tag is not None:
            self._report("SC010", event, tag=event.tag)
        key = event.value
        if event.anchor is not None:
            self.anchors[event.anchor] = (key, Spot(self.file, None, event, None), 1, 0)
        if key in frame.data:
            if key.count(")") > key.count("("):
                key += _DUPLICATE * len(frame.data)
            else:
                first = frame.children[key].key
                self._report("SC009", event, key=key, first_line=first.line if first else 0)
                frame.drop = True
        frame.key = key
        frame.key_event = event

    def _scalar_with_care(self, event: Any) -> None:
        """A scalar that stands alone, or has a tag or an anchor, or whose value is dropped."""
        frame = self.stack[-1] if self.stack else None
        if frame is not None and frame.key is None and type(frame.data) is dict:
            self._key(frame, event)
            return
        self.nodes += 1
        value = event.value
        if event.tag is not None:
            self._report("SC010", event, tag=event.tag)
        elif not event.style:
            value = self._plain(event, frame)
        if event.anchor is not None:
            self.anchors[event.anchor] = (value, Spot(self.file, None, event, None), 1, 0)
        self._put(value, event, None)

    def _plain(self, event: Any, frame: _Frame | None) -> Any:
        """The value of a scalar without quotes; one that has none is dropped from its frame."""
        try:
            value = plain_value(event.value)
        except NotFiniteError:
            self._report("SC015", event, value=event.value[:40])
            self.has_gaps = True
            if frame is not None:
                frame.drop = True
            return None
        if value is None:
            self.has_null = True
            if frame is not None and event.value == "" and frame.start.flow_style:
                frame.saw_blank = True
        return value

    def _open(self, event: Any, data: Any) -> None:
        if len(self.stack) >= DEEPEST:
            self._stop("SC012", event, most=DEEPEST)
        if self.stack and type(self.stack[-1].data) is dict and self.stack[-1].key is None:
            self._stop("SC016", event)
        if event.tag is not None:
            self._report("SC010", event, tag=event.tag)
        if event.anchor is not None:
            self.anchors[event.anchor] = None
        self.stack.append(_Frame(data, event, self.nodes))
        self.nodes += 1

    def _close(self) -> None:
        frame = self.stack.pop()
        if frame.saw_blank and type(frame.data) is dict:
            self.issues += mend_cut_formulas(frame.data, frame.children)
        if frame.start.anchor is not None:
            spot = Spot(self.file, None, frame.start, frame.children)
            self.anchors[frame.start.anchor] = (frame.data, spot, self.nodes - frame.nodes, frame.height)
        if self.stack:
            self.stack[-1].height = max(self.stack[-1].height, frame.height + 1)
        self._put(frame.data, frame.start, frame.children)

    def _alias(self, event: Any) -> None:
        frame = self.stack[-1] if self.stack else None
        if frame is None or (type(frame.data) is dict and frame.key is None):
            self._stop("SC016", event)
        assert frame is not None
        if event.anchor not in self.anchors:
            self._report("SC018", event, name=event.anchor)
            frame.drop = self.has_gaps = True
            self._put(None, event, None)
            return
        known = self.anchors[event.anchor]
        if known is None:
            self._stop("SC011", event, most=MOST_NODES)
        assert known is not None
        value, spot, nodes, height = known
        self.nodes += nodes
        if self.nodes > MOST_NODES:
            self._stop("SC011", event, most=MOST_NODES)
        if len(self.stack) + height > DEEPEST:
            self._stop("SC012", event, most=DEEPEST)
        frame.height = max(frame.height, height + 1)
        self._put(value, spot.event, spot.children)

    def _put(self, value: Any, event: Any, children: dict[Step, Spot] | None) -> None:
        """Hand a finished value to the mapping or list it stands in."""
        if not self.stack:
            self.root = (value, Spot(self.file, None, event, children))
            return
        frame = self.stack[-1]
        if type(frame.data) is dict:
            if not frame.drop:
                frame.children[frame.key] = Spot(self.file, frame.key_event, event, children)  # type: ignore[index]
                frame.data[frame.key] = value
            frame.key = None
        elif not frame.drop:
            frame.children[len(frame.data)] = Spot(self.file, None, event, children)
            frame.data.append(value)
        frame.drop = False

    def _report(self, code: str, event: Any, **values: object) -> None:
        spot = Spot(self.file, None, event, None)
        self.issues.append(_issue(code, spot.value, self.text, **values))

    def _stop(self, code: str, event: Any, **values: object) -> None:
        self._report(code, event, **values)
        raise _Stopped

    def _syntax(self, problem: yaml.MarkedYAMLError) -> None:
        fault = fault_of(self.text, problem)
        line = fault.line + 1
        written = nth_line(self.text, line) or ""
        if "\t" in written[: len(written) - len(written.lstrip())]:
            place = Place(self.file, line, written.index("\t") + 1)
            self.issues.append(_issue("SC007", place, self.text))
            return
        self.issues.append(_issue("SC008", Place(self.file, line, fault.column + 1), self.text, problem=fault.words))


def _loader(text: str) -> Any:
    return yaml.CSafeLoader(text) if yaml.__with_libyaml__ else yaml.SafeLoader(text)


def _issue(code: str, place: Place, text: str, **values: object) -> Issue:
    return Issue(code=code, place=place, values=values, source_line=nth_line(text, place.line))


def _place_at(text: str, offset: int, file: str) -> Place:
    line_start = text.rfind("\n", 0, offset) + 1
    return Place(file, text.count("\n", 0, offset) + 1, offset - line_start + 1)
