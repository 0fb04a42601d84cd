"""A case as a scorecard whose sources hold nothing but what the case brings, so that it is scored as everybody is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from scorecard.model.case import Case
from scorecard.model.definition import Metric, Scorecard
from scorecard.model.formula import Column, Formula
from scorecard.model.period import Period
from scorecard.model.source import Source

GIVEN = "given values"
"""the source of the values that a case gives; no source of a definition can have this name"""
MOMENT = "given for"
"""its column with the day a value is of"""


def staged(scorecard: Scorecard, case: Case) -> Scorecard:
    """The scorecard with the rows of the case in its sources.

    A given metric reads its value, and one whose source the case brings no records of is missing. What a source must be like is
    not asked of the few rows of a case.
    """
    roster = scorecard.entity.roster
    sources = {id: _rows(scorecard, scorecard.sources[id], rows) for id, rows in case.records.items()}
    entity = scorecard.entity
    if roster is not None and roster not in sources:
        attributes = {name: case.entity.get(name) for name in scorecard.entity.attributes}
        sources[roster] = _inline(roster, [{**key_of(scorecard, case), **attributes}]) if entity.key else _inline(roster, [{"entity": 1}])
        entity = replace(entity, where=None)
    metrics = {id: _given(metric, case) if _is_given(metric, case) else metric for id, metric in scorecard.metrics.items()}
    given = [id for id, metric in metrics.items() if metric.source == GIVEN]
    if given:
        sources[GIVEN] = _inline(GIVEN, list(_values(scorecard, case, given)), MOMENT if case.period is not None else None)
    return replace(scorecard, entity=entity, sources=sources, metrics=metrics)


def key_of(scorecard: Scorecard, case: Case) -> dict[str, str]:
    """The key of the entity that is judged: as the case says, else the case's own name."""
    return {part: str(case.entity.get(part, case.id)) for part in scorecard.entity.key}


def _is_given(metric: Metric, case: Case) -> bool:
    return metric.id in case.given or (metric.source is not None and metric.source not in case.records)


def _given(metric: Metric, case: Case) -> Metric:
    """The metric as the value of one record, judged as it was; a label is not judged by worst and target."""
    column = Formula(text=metric.id, tree=Column(name=metric.id, end=len(metric.id)), place=metric.place)
    metric = replace(metric, source=GIVEN, measure=column, type=None, choose=(), where=None, window=None, per=None, min_records=0)
    label = isinstance(case.given.get(metric.id), str) and metric.curve.kind == "straight"
    return replace(metric, worst=None, target=None, thresholds={}) if label else metric


def _values(scorecard: Scorecard, case: Case, metrics: list[str]) -> Iterator[dict[str, Any]]:
    """A row of values for the period of the case and for each earlier one."""
    every: list[tuple[Period | None, Mapping[str, float | str]]] = [(case.period, case.given), *case.earlier]
    for period, values in every:
        day = {MOMENT: period.last_day.isoformat()} if period is not None and period.last_day is not None else {}
        yield {**key_of(scorecard, case), **day, **{id: values.get(id) for id in metrics}}


def _rows(scorecard: Scorecard, source: Source, rows: tuple[Mapping[str, Any], ...]) -> Source:
    """The source with rows of a case for its data. What the definition says of its columns need not be written out where it is blank."""
    written = dict.fromkeys(name for row in rows for name in row)
    known = [next((name for name in spec.spellings if name in written), spec.spellings[0]) for spec in source.columns]
    ours = {spec.name for spec in source.columns}
    facts = scorecard.entity.attributes if source.id == scorecard.entity.roster else ()
    known += [name for name in (source.time, source.time_to, *facts) if name is not None and name not in ours]
    return replace(source, type="inline", settings={"rows": list(rows), "names": list(dict.fromkeys([*written, *known]))}, expect=None)


def _inline(id: str, rows: list[dict[str, Any]], time: str | None = None) -> Source:
    return Source(id=id, type="inline", settings={"rows": rows}, time=time)
