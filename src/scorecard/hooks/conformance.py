"""Whether a record keeps the contract: its type, id, titles, params and functions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from scorecard.hooks.contracts import Later, MetricType, Reporter, SourceType
from scorecard.hooks.param_schema import schema_fault
from scorecard.language.phrase import Phrase
from scorecard.model.action import Action
from scorecard.model.issue import Issue
from scorecard.model.period import Window
from scorecard.model.text import Text

Record = MetricType | SourceType | Reporter

RECORD_OF: Mapping[str, type[Record]] = {
    "scorecard_metric_types": MetricType,
    "scorecard_sources": SourceType,
    "scorecard_reporters": Reporter,
}
"""what each hook returns"""

_REFERENCE = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*:[^\W\d]\w*")


def record_issues(record: object, hook: str) -> Iterator[Issue]:
    """What keeps a record that a hook returned from being used; of one that is imported later, its id and reference."""
    wanted = RECORD_OF[hook]
    if isinstance(record, Later):
        if not record.id.isidentifier():
            yield Issue(code="SC509", values={"kind": wanted.__name__, "id": record.id})
        for problem in _reference("record", record.record):
            yield Issue(code="SC515", values={"kind": wanted.__name__, "id": record.id, "problem": problem})
        return
    if not isinstance(record, wanted):
        yield Issue(code="SC508", values={"hook": hook, "found": type(record).__name__, "expected": wanted.__name__})
        return
    kind = wanted.__name__
    if not _named(record.id):
        yield Issue(code="SC509", values={"kind": kind, "id": str(record.id)})
        return
    named = {"kind": kind, "id": record.id}
    if (fault := schema_fault(record.params)) is not None:
        yield Issue(code="SC510", values={**named, "problem": fault})
    for missing in _unsaid(record):
        yield Issue(code="SC511", values={**named, "missing": missing})
    for problem in _contradictions(record):
        yield Issue(code="SC515", values={**named, "problem": problem})


def _unsaid(record: Record) -> Iterator[str]:
    if not _says_something(record.title):
        yield "title"
    if not isinstance(record.doc, str) or not record.doc.strip():
        yield "doc"


def _contradictions(record: Record) -> Iterator[str]:
    match record:
        case MetricType():
            yield from _of_metric_type(record)
        case SourceType():
            yield from _reference("open", record.open)
        case Reporter():
            yield from _reference("write", record.write)
            suffixes: object = record.suffixes
            if not isinstance(suffixes, tuple) or not all(isinstance(each, str) and each.startswith(".") for each in suffixes):
                yield Phrase("suffixes are a tuple of texts that begin with a point")


def _of_metric_type(record: MetricType) -> Iterator[str]:
    if (record.formula is None) == (record.function is None):
        yield Phrase("exactly one of formula and function is given")
    if record.function is not None:
        yield from _reference("function", record.function)
    elif record.columns is not None:
        yield Phrase("columns belong to a function; a formula names its columns itself")
    for name in ("formula", "columns", "check", "aspects"):
        value: Callable[..., Any] | None = getattr(record, name)
        if value is not None:
            yield from _function(name, value)
    better: object = record.better
    if better not in ("higher", "lower"):
        yield Phrase("better is 'higher' or 'lower', not {found}", found=repr(better))
    unit: object = record.unit
    if unit is not None and not isinstance(unit, str):
        yield Phrase("unit is a text")
    yield from _actions(record.actions)


def _actions(actions: object) -> Iterator[str]:
    if not isinstance(actions, tuple) or not all(isinstance(one, Action) for one in actions):
        yield Phrase("actions are a tuple of Action")
        return
    for one in actions:
        if not _named(one.id) or not _says_something(one.text):
            yield Phrase("an action has an identifier as its id, and a text")
            continue
        span = Window.named(one.due) if isinstance(one.due, str) else None
        if span is None or span.unit in ("period", "all"):
            yield Phrase("the due of action '{id}' is a stretch such as '14 days'", id=one.id)
        if not isinstance(one.below, (int, float)) or not 0 < one.below <= 1:
            yield Phrase("action '{id}' fits below a share above 0 and up to 1", id=one.id)
        if one.effort is not None and not (isinstance(one.effort, (int, float)) and one.effort >= 0):
            yield Phrase("the effort of action '{id}' is a number, 0 or more", id=one.id)
    if twice := {one.id for one in actions if [each.id for each in actions].count(one.id) > 1}:
        yield Phrase("two actions have the id '{id}'", id=min(map(str, twice)))


def _named(id: object) -> bool:
    return isinstance(id, str) and id.isidentifier()


def _says_something(text: object) -> bool:
    return isinstance(text, Text) and any(isinstance(said, str) and said.strip() for said in text.by_language.values())


def _function(name: str, value: object) -> Iterator[str]:
    if not callable(value):
        yield Phrase("{name} is no function", name=name)


def _reference(name: str, value: object) -> Iterator[str]:
    if not callable(value) and not (isinstance(value, str) and _REFERENCE.fullmatch(value)):
        yield Phrase("{name} is a function or a text like 'package.module:function'", name=name)
