"""Columns that a source names and nothing reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scorecard.definition.lint.subject import Subject
from scorecard.expression.parse import parse_template
from scorecard.hooks.contracts import MetricType
from scorecard.hooks.guard import RaisedError, guarded
from scorecard.hooks.measure import measure_of
from scorecard.model.definition import Metric
from scorecard.model.formula import Column, Formula, Node, walk
from scorecard.model.issue import Issue, Level
from scorecard.model.source import Source
from scorecard.model.sources_read import sources_read

CODE = "SC835"
LEVEL = Level.INFO


def find(subject: Subject) -> Iterator[Issue]:
    """Columns of a shared layer are there for whoever needs them, so only those of the definition itself are looked at."""
    for id in sources_read(subject.scorecard):
        source = subject.scorecard.sources[id]
        own = [each.name for each in source.columns if subject.root.at(("sources", id, "columns", each.name)).file == subject.file]
        used = _used(subject, source) if own else None
        if used is not None:
            for name in (name for name in own if name not in used):
                yield subject.issue(CODE, LEVEL, ("sources", id, "columns", name), id, name, source=id, name=name)


def _used(subject: Subject, source: Source) -> set[str] | None:
    """The columns of a source that something reads; None where a plugin, or a pattern of columns, does not say which."""
    card = subject.scorecard
    if source.unpivot is not None and source.unpivot.matching is not None:
        return None
    used = {*card.entity.key, *filter(None, (source.time, source.time_to))}
    used |= _columns(source.where)
    if card.entity.roster == source.id:
        used |= {*card.entity.attributes, *_columns(card.entity.where)}
    used |= {column for join in source.join for column in join.on}
    used |= {
        column for other in card.sources.values() for join in other.join if join.to == source.id for column in (*join.on, *join.columns)
    }
    if source.expect is not None:
        used |= {*source.expect.unique, *(column.name for column in source.expect.columns)}
        used |= {name for condition in source.expect.records.values() for name in _columns(condition)}
    if source.unpivot is not None:
        used |= set(source.unpivot.columns)
    for metric in card.metrics.values():
        if metric.source == source.id:
            read = _read(subject, metric)
            if read is None:
                return None
            used |= read | _columns(metric.where)
    return used


def _read(subject: Subject, metric: Metric) -> set[str] | None:
    """The columns that a metric is measured from; None where its type does not say which."""
    if metric.measure is not None:
        return _columns(metric.measure)
    kind = subject.registry.metric_types.get(metric.type or "")
    if kind is None or (kind.formula is None and kind.columns is None):
        return None
    try:
        with guarded():
            named = set(kind.columns(metric.params)) if kind.columns is not None else set()
            texts = _formulas(kind, metric.params) if kind.formula is not None else []
    except RaisedError:
        return None
    return named.union(*(_columns(parse_template(text, None)[0]) for text in texts))


def _formulas(kind: MetricType, params: Mapping[str, Any]) -> list[str]:
    """The formula of a metric type, and those of what it tells beside the value."""
    aspects = kind.aspects(params).values() if kind.aspects is not None else ()
    return [measure_of(kind, params), *(text for aspect in aspects for text in aspect.parts.values())]


def _columns(thing: Formula | Node | None) -> set[str]:
    tree = thing.tree if isinstance(thing, Formula) else thing
    return {node.name for node in walk(tree) if isinstance(node, Column)} if tree is not None else set()
