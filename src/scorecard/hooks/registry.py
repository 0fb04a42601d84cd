"""Everything the installed plugins offer, by id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import Any, TypeVar

from scorecard.errors import PluginError
from scorecard.hooks.contracts import Later, MetricType, Reference, Reporter, SourceType
from scorecard.language.phrase import Phrase
from scorecard.model.issue import Issue


@dataclass(frozen=True, slots=True, kw_only=True)
class Plugin:
    """One loaded plugin: its name, version and where it came from."""

    name: str
    version: str
    origin: str


R = TypeVar("R", bound=MetricType | SourceType | Reporter)


class Offered(Mapping[str, R]):
    """Records by id. One that is imported later is imported, and checked, when it is first asked for. Raises PluginError."""

    def __init__(self, hook: str, records: Mapping[str, R | Later], by: Mapping[str, Plugin]) -> None:
        self._hook = hook
        self._records: dict[str, R | Later] = dict(records)
        self._by = by

    def __getitem__(self, id: str) -> R:
        record = self._records[id]
        if not isinstance(record, Later):
            return record
        found: R
        self._records[id] = found = imported(record, self._hook, self._by[id])
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)

    def __contains__(self, id: object) -> bool:
        return id in self._records


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """Metric types, sources and reporters by id, who brought each (`offered_by`, by kind and id), and what went wrong."""

    metric_types: Mapping[str, MetricType] = field(default_factory=dict)
    sources: Mapping[str, SourceType] = field(default_factory=dict)
    reporters: Mapping[str, Reporter] = field(default_factory=dict)
    plugins: tuple[Plugin, ...] = ()
    offered_by: Mapping[tuple[str, str], Plugin] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()


def resolve(reference: Reference) -> Any:
    """What a record names, imported now; a function as it is."""
    if callable(reference):
        return reference
    module, _, name = reference.partition(":")
    return getattr(import_module(module), name)


def imported(later: Later, hook: str, plugin: Plugin) -> Any:
    """The record that a hook of a plugin named, imported now and checked. Raises PluginError."""
    from scorecard.hooks.conformance import record_issues
    from scorecard.hooks.guard import RaisedError, guarded

    who = {"plugin": plugin.name, "version": plugin.version, "origin": plugin.origin}
    try:
        with guarded():
            record = resolve(later.record)
    except RaisedError as error:
        raise PluginError([Issue(code="SC501", values={**who, "error": error.said})]) from error
    issues = [replace(issue, values={**issue.values, **who}) for issue in record_issues(record, hook)]
    if not issues and record.id != later.id:
        problem = Phrase("the record at {place} has the id '{id}'", place=later.record, id=record.id)
        issues = [Issue(code="SC515", values={**who, "kind": type(record).__name__, "id": later.id, "problem": problem})]
    if issues:
        raise PluginError(issues)
    return record
