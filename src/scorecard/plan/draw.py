"""From a checked scorecard and the columns its sources have to a plan."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

from scorecard.expression.check import check
from scorecard.expression.names import near
from scorecard.expression.parse import parse_template
from scorecard.expression.scope import Checked, Scope
from scorecard.hooks.contracts import Aspect as Told
from scorecard.hooks.contracts import MetricType
from scorecard.hooks.registry import Registry
from scorecard.language.phrase import Phrase
from scorecard.model.definition import Item, Metric, Scorecard
from scorecard.model.formula import Call, Cell, Column, Formula, Kind, Node, walk
from scorecard.model.issue import Issue, Place
from scorecard.model.period import Window
from scorecard.model.plan import Aspect, CallPass, Plan, Prepared, Value
from scorecard.model.source import Expected, Join, Source
from scorecard.model.sources_read import sources_read
from scorecard.plan.cells import CircleError, cells_of
from scorecard.plan.lower import Drafts, Grain, Lowering
from scorecard.plan.over_entities import conditions, visited

Columns = Mapping[str, Mapping[str, Kind]]
"""per source the columns it has, by our names"""


def draw(scorecard: Scorecard, registry: Registry, columns: Columns) -> tuple[Plan | None, tuple[Issue, ...]]:
    """What will be computed; None, with the reasons, where the definition does not fit the data's columns or itself."""
    drawing = _Drawing(scorecard, registry, _timed(scorecard, columns))
    plan = drawing.plan()
    issues = tuple(_elsewhere(issue, columns) for issue in _each_once(drawing.issues))
    return (None if any(issue.level == "error" for issue in issues) else plan), issues


def _elsewhere(issue: Issue, columns: Columns) -> Issue:
    """The issue of a column that is not there, with the sources that do have one of this name."""
    if issue.values.get("reason") != "column" or issue.values.get("did_you_mean"):
        return issue
    there = [id for id, have in columns.items() if issue.values["name"] in have]
    values = {"reason": "elsewhere", "name": issue.values["name"], "sources": there}
    return replace(issue, values=values) if there else issue


def _timed(scorecard: Scorecard, columns: Columns) -> Columns:
    """The columns, with those that hold a source's time known for moments, whatever they are stored as."""
    timed: dict[str, Mapping[str, Kind]] = {}
    for id, known in columns.items():
        source = scorecard.sources[id]
        moments = {name: Kind.MOMENT for name in (source.time, source.time_to) if name is not None and name in known}
        timed[id] = ChainMap(moments, known)  # type: ignore[arg-type]
    return timed


@dataclass(slots=True)
class _Drawing:
    scorecard: Scorecard
    registry: Registry
    columns: Columns
    issues: list[Issue] = field(default_factory=list)
    drafts: Drafts = field(default_factory=Drafts)
    calls: list[CallPass] = field(default_factory=list)
    reads: dict[str, dict[str, tuple[Kind, Place | None]]] = field(default_factory=dict)
    attributes: dict[str, tuple[Kind, Place | None]] = field(default_factory=dict)
    values: dict[str, Kind] = field(default_factory=dict)
    """what formulas take the values of metrics for"""

    def plan(self) -> Plan | None:
        scorecard = self.scorecard
        self._sources()
        self._over_entities()
        values = {metric.id: self._value(metric) for metric in scorecard.metrics.values()}
        if self.issues:
            return None
        lowered = self._lowered()
        values = {id: replace(value, choose=lowered.metrics[id].choose) for id, value in values.items()}
        try:
            cells, offsets = cells_of(lowered, values, self.drafts.peers, self.drafts.past)
        except CircleError as circle:
            self._report("SC218", scorecard.metrics.get(circle.cells[0].partition(".")[0]), circle=" -> ".join(circle.cells))
            return None
        return Plan(
            scorecard=lowered,
            passes=(*self.drafts.finished(), *self.calls),
            cells=cells,
            past=dict(self.drafts.past),
            offsets=offsets,
            reads={source: {name: kind for name, (kind, _) in wanted.items()} for source, wanted in self.reads.items()},
            attributes={name: kind for name, (kind, _) in self.attributes.items()},
        )

    # ------------------------------------------------------------ what formulas read

    def _sources(self) -> None:
        """The columns that sources and the roster need for themselves: time, conditions, keys and attributes."""
        entity = self.scorecard.entity
        for source in self._used():
            for name in filter(None, (source.time, source.time_to)):
                self._want(source, name, Kind.MOMENT, self._place("sources", source.id, "time"))
            if source.where is not None:
                self._rows(source, source.where)
            if source.expect is not None:
                self._expected(source, source.expect)
            for part in entity.key:
                if part in self.columns[source.id]:
                    self._want(source, part, Kind.TEXT, source.place)
        if entity.roster is not None:
            roster = self.scorecard.sources[entity.roster]
            for part in (*entity.key, *entity.attributes):
                kind = Kind.TEXT if part in entity.key else Kind.ANY
                self._want(roster, part, kind, self._place("entity", "key" if part in entity.key else "attributes"))
            if entity.where is not None:
                self._rows(roster, entity.where)

    def _expected(self, source: Source, expected: Expected) -> None:
        for column in expected.columns:
            kind = Kind.ANY if column.between == (None, None) else Kind.NUMBER
            self._want(source, column.name, kind, column.place)
        for name in expected.unique:
            self._want(source, name, Kind.ANY, expected.place)
        for condition in expected.records.values():
            self._rows(source, condition)

    def _used(self) -> list[Source]:
        used = sources_read(self.scorecard)
        return [source for source in self.scorecard.sources.values() if source.id in used]

    def _rows(self, source: Source, formula: Formula) -> None:
        checked = check(formula.tree, self._scope(columns=self.columns[source.id], records=True, row_only=True), formula.place)
        self._take(source, checked, formula.place)

    def _want(self, source: Source, name: str, kind: Kind, place: Place | None) -> None:
        """Asks for a column; two uses that ask for different kinds are an issue with both places."""
        have = self.columns[source.id]
        if name not in have:
            values: dict[str, object] = {"source": source.id, "name": name, "did_you_mean": near(name, have), "allowed": list(have)}
            self.issues.append(Issue(code="SC601", place=place, values=values))
            return
        for join in (join for join in source.join if name in join.columns):
            self._want_joined(source, join, name, kind, place)
        wanted = self.reads.setdefault(source.id, {})
        known, first = wanted.get(name, (Kind.ANY, None))
        if Kind.ANY not in (known, kind) and known != kind:
            values = {"name": name, "expected": Phrase(known.value), "found": Phrase(kind.value), "other": str(first) if first else ""}
            self.issues.append(Issue(code="SC308", place=place, values=values))
            return
        wanted[name] = (kind, place) if known == Kind.ANY else (known, first)

    def _want_joined(self, source: Source, join: Join, name: str, kind: Kind, place: Place | None) -> None:
        """Asks the joined source for the column, and both for those in which their rows agree."""
        other = self.scorecard.sources[join.to]
        self._want(other, name, kind, place)
        for one, key in product((source, other), join.on):
            self._want(one, key, Kind.TEXT, join.place)

    def _take(self, source: Source, checked: Checked, place: Place | None) -> None:
        self.issues += checked.issues
        for name, kind in checked.columns.items():
            self._want(source, name, kind, place)
        self._note_attributes(checked, place)

    def _note_attributes(self, checked: Checked, place: Place | None) -> None:
        for name, kind in checked.attributes.items():
            known, first = self.attributes.get(name, (Kind.ANY, None))
            if known == Kind.ANY:
                self.attributes[name] = (kind, place)
            elif kind not in (Kind.ANY, known):
                values = {"name": name, "expected": Phrase(known.value), "found": Phrase(kind.value), "other": str(first) if first else ""}
                self.issues.append(Issue(code="SC308", place=place, values=values))

    def _note_values(self, checked: Checked, place: Place | None) -> None:
        """What values of metrics are taken for; a label that is taken for a number is an issue."""
        for id, kind in checked.values.items():
            metric = self.scorecard.metrics[id]
            if kind is Kind.NUMBER and any(choice.label is not None for choice in metric.choose):
                told = {"name": f"{id}.value", "expected": Phrase("text"), "found": Phrase("number"), "other": str(metric.place or "")}
                self.issues.append(Issue(code="SC308", place=place, values=told))
            elif kind is not Kind.ANY:
                self.values[id] = kind

    def _over_entities(self) -> None:
        """What every formula over entities takes attributes and values of metrics for; then the roster is asked for the attributes."""
        scorecard = self.scorecard

        def note(formula: Formula, own: str, expect: Kind | None = None) -> Formula:
            scope = self._scope(own=own if own in scorecard.metrics else None, time=True, peers=True, value_name=True, expect=expect)
            checked = check(formula.tree, scope, formula.place)
            self._note_attributes(checked, formula.place)
            self._note_values(checked, formula.place)
            return formula

        for condition in conditions(scorecard):
            note(condition, "", Kind.TRUTH)
        visited(scorecard, note)
        for metric in scorecard.metrics.values():
            if metric.source is None and metric.measure is not None:
                note(metric.measure, metric.id)
        nodes: tuple[Item, ...] = (*scorecard.groups.values(), *scorecard.metrics.values())
        for by in (child.missing.by for child in nodes):
            if by is not None:
                self.attributes.setdefault(by, (Kind.TEXT, None))
        if scorecard.entity.roster is None:
            return
        roster = scorecard.sources[scorecard.entity.roster]
        for name, (kind, place) in self.attributes.items():
            self._want(roster, name, kind, place)

    # ------------------------------------------------------------ values

    def _value(self, metric: Metric) -> Value:
        scorecard = self.scorecard
        exemptions = tuple(one.id for one in scorecard.exemptions.values() if one.of == metric.id)
        if metric.choose:
            return Value(metric=metric.id, choose=metric.choose, exemptions=exemptions)
        if metric.source is None:
            assert metric.measure is not None
            lowering = Lowering(self.drafts, metric.id, metric.measure.text, metric, params=metric.params)
            return Value(metric=metric.id, tree=lowering.lower(metric.measure.tree), exemptions=exemptions)
        source = scorecard.sources[metric.source]
        grain = self._grain(metric, source)
        kind = self.registry.metric_types.get(metric.type) if metric.type is not None else None
        if metric.where is not None:
            where = check(metric.where.tree, self._scope(columns=self.columns[source.id], records=True, row_only=True), metric.where.place)
            self._take(source, where, metric.where.place)
            metric = replace(metric, where=replace(metric.where, tree=where.tree))
        if kind is not None and kind.function is not None:
            return self._call(metric, source, grain, kind, exemptions)
        formula = self._measure(metric, kind)
        if formula is None:
            return Value(metric=metric.id)
        scored = metric.curve.kind != "lookup" and (metric.worst is not None or metric.curve.kind != "straight")
        expect = Kind.NUMBER if scored else self.values.get(metric.id)
        scope = self._scope(
            columns=self.columns[source.id], records=True, own=metric.id, time=True, peers=True, expect=expect, params=_kinds(metric.params)
        )
        checked = check(formula.tree, scope, formula.place)
        self._take(source, checked, formula.place)
        if checked.issues:
            return Value(metric=metric.id)
        if part := next((part for part in grain if part in _finer_columns(formula.tree)), None):
            self._report("SC638", metric, metric=metric.id, name=part, key=list(grain))
            return Value(metric=metric.id)
        lowering = Lowering(self.drafts, metric.id, formula.text, metric, grain, metric.params)
        tree = lowering.lower(checked.tree)
        records = lowering.records()
        passes, single, conditions = tuple(sorted(lowering.passes)), tuple(lowering.single), tuple(lowering.conditions)
        return Value(
            metric=metric.id,
            tree=tree,
            records=records,
            passes=passes,
            single=single,
            conditions=conditions,
            exemptions=exemptions,
            aspects=self._aspects(metric, source, kind, replace(scope, expect=Kind.NUMBER), lowering),
        )

    def _measure(self, metric: Metric, kind: MetricType | None) -> Formula | None:
        """The formula of a metric over records: as written, from its type, or the column named like the metric."""
        if metric.measure is not None:
            return metric.measure
        if kind is None:
            return Formula(text=metric.id, tree=Column(name=metric.id), place=metric.place)
        assert kind.formula is not None
        text = kind.formula(metric.params)
        return self._template(text, metric)

    def _template(self, text: str, metric: Metric) -> Formula | None:
        """What a metric type made of its params; its issues are the metric's."""
        tree, issues = parse_template(text, metric.place)
        self.issues += issues
        return Formula(text=text, tree=tree, place=metric.place) if tree is not None else None

    def _aspects(self, metric: Metric, source: Source, kind: MetricType | None, scope: Scope, lowering: Lowering) -> tuple[Aspect, ...]:
        """What the type tells beside the value; its formulas share the passes of the value."""
        told = []
        for id, aspect in _told_by(kind, metric).items():
            parts: dict[str, Node] = {}
            for name, text in aspect.parts.items():
                formula = self._template(text, metric)
                checked = check(formula.tree, scope, metric.place) if formula is not None else None
                if checked is not None:
                    self._take(source, checked, metric.place)
                    lowering.text = text
                    parts[name] = lowering.lower(checked.tree) if not checked.issues else checked.tree
            told.append(Aspect(id=id, title=aspect.title, unit=aspect.unit, parts=parts))
        return tuple(told)

    def _grain(self, metric: Metric, source: Source) -> Grain:
        """The key parts that the metric is measured once for each value of."""
        key = self.scorecard.entity.key
        have = self.columns[source.id]
        if metric.per is not None:
            for part in metric.per:
                self._want(source, part, Kind.TEXT, metric.place)
            return tuple(part for part in key if part in metric.per)
        grain = tuple(part for part in key if part in have)
        if key and not grain:
            self._report("SC602", metric, metric=metric.id, source=source.id, key=list(key), allowed=list(have))
        return grain

    def _call(self, metric: Metric, source: Source, grain: Grain, kind: MetricType, exemptions: tuple[str, ...]) -> Value:
        """A metric type that is a function gets the columns it asks for and a column of its own in the table."""
        wanted = kind.columns(metric.params) if kind.columns else {}
        for name, column_kind in wanted.items():
            self._want(source, name, column_kind, metric.place)
        output, records = self.drafts.column(), self.drafts.column()
        told = {id: (aspect, {name: self.drafts.column() for name in aspect.parts}) for id, aspect in _told_by(kind, metric).items()}
        call = CallPass(
            id=f"{source.id}/{metric.id}",
            source=source.id,
            grain=grain,
            window=metric.window or Window(),
            where=Prepared(metric.where.tree, "holds") if metric.where else None,
            metric=metric.id,
            type=kind.id,
            params=metric.params,
            columns=tuple(wanted),
            records=records,
            output=output,
            aspects={aspect.parts[name]: column for aspect, columns in told.values() for name, column in columns.items()},
        )
        self.calls.append(call)
        return Value(
            metric=metric.id,
            tree=Cell(name=output),
            records=records,
            passes=(call.id,),
            conditions=((call.id, metric.where.tree),) if metric.where else (),
            exemptions=exemptions,
            aspects=tuple(
                Aspect(id=id, title=aspect.title, unit=aspect.unit, parts={name: Cell(name=column) for name, column in columns.items()})
                for id, (aspect, columns) in told.items()
            ),
        )

    # ------------------------------------------------------------ lowering

    def _lowered(self) -> Scorecard:
        """The scorecard with every formula over entities lowered."""

        def lower(formula: Formula, own: str) -> Formula:
            metric = self.scorecard.metrics.get(own)
            lowering = Lowering(self.drafts, own, formula.text, metric, params=metric.params if metric else {})
            return replace(formula, tree=lowering.lower(formula.tree))

        def lower_rule(formula: Formula, own: str) -> Formula:
            return replace(formula, tree=Lowering(self.drafts, own, formula.text, own_rule=True).lower(formula.tree))

        return visited(self.scorecard, lower, lower_rule)

    def _scope(self, **more: Any) -> Scope:
        scorecard = self.scorecard
        attributes = {name: self.attributes.get(name, (Kind.ANY, None))[0] for name in scorecard.entity.attributes}
        attributes |= dict.fromkeys(scorecard.entity.key, Kind.TEXT)
        return Scope(
            attributes=attributes,
            metrics=frozenset(scorecard.metrics),
            groups=frozenset({*scorecard.groups, "total"}),
            period=True,
            **more,
        )

    def _place(self, *path: str) -> Place | None:
        return self.scorecard.places.get(path)

    def _report(self, code: str, at: Metric | None, **values: object) -> None:
        self.issues.append(Issue(code=code, place=at.place if at else None, values=values))


def _told_by(kind: MetricType | None, metric: Metric) -> Mapping[str, Told]:
    """What a metric type tells beside the value."""
    return kind.aspects(metric.params) if kind is not None and kind.aspects is not None else {}


def _finer_columns(tree: Node) -> frozenset[str]:
    """The columns after `each=`."""
    calls = [node for node in walk(tree) if isinstance(node, Call)]
    return frozenset(option.name for call in calls for name, option in call.options if name == "each" and isinstance(option, Column))


def _kinds(params: Mapping[str, Any]) -> dict[str, Kind]:
    """What the params of a metric are, for formulas that name them."""
    return {name: Kind.TEXT if isinstance(value, str) else Kind.NUMBER for name, value in params.items()}


def _each_once(issues: Iterable[Issue]) -> Iterator[Issue]:
    """A metric type's formulas read the same columns, so that one mistake in a param is found in several of them."""
    said: list[Issue] = []
    for issue in issues:
        if issue not in said:
            said.append(issue)
            yield issue
