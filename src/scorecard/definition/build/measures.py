"""How a metric gets its value: a measure, a metric type or a choice, and the source it reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from scorecard.definition.build.draft import BROKEN, Draft
from scorecard.definition.document import Where
from scorecard.expression.check import check
from scorecard.expression.functions import FUNCTIONS, Group
from scorecard.expression.parse import parse, parse_template
from scorecard.expression.scope import Scope
from scorecard.hooks.contracts import Aspect, MetricType
from scorecard.hooks.guard import RaisedError, guarded
from scorecard.hooks.measure import measure_of
from scorecard.language.phrase import Phrase
from scorecard.model.definition import Choice
from scorecard.model.formula import Call, Column, Formula, Kind, Literal, Node, walk
from scorecard.model.text import Text

LONGEST = 200
"""characters of a template that are shown where it is wrong"""
_OF_RECORDS = ("where", "window", "per", "min_records")
_POINTS = Phrase("points")
"""a unit that every language has a word for; any other is as it is written"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The ways to a value as a Metric holds them, and its source."""

    source: str | None = None
    measure: Formula | None = None
    type: str | None = None
    choose: tuple[Choice, ...] = ()
    unit: str | None = None
    params: Mapping[str, Any] = field(default_factory=dict)


def measured(draft: Draft, id: str, entry: Mapping[str, Any], where: Where) -> Measured:
    """What gives a metric its value; without a word about it, the column named like the metric."""
    ways = [way for way in ("measure", "type", "choose") if way in entry]
    if len(ways) > 1:
        draft.report("SC112", (*where, ways[1]), at_key=True, keys=["measure", "type", "choose"], count=len(ways))
        return Measured(source=entry.get("source"), measure=BROKEN)
    if ways == ["type"]:
        return _typed(draft, entry, where)
    if ways == ["choose"]:
        _refuse_records(draft, entry, where, "choose")
        return Measured(choose=_choices(draft, (*where, "choose"), entry["choose"]), params=entry.get("params", {}))
    if ways == ["measure"]:
        return _by_formula(draft, id, entry, where)
    column = Formula(text=id, tree=Column(name=id, end=len(id)), place=draft.key_place(where))
    return Measured(source=_source(draft, entry, where), measure=column, params=entry.get("params", {}))


def _by_formula(draft: Draft, id: str, entry: Mapping[str, Any], where: Where) -> Measured:
    inside: Where = (*where, "measure")
    text, place = draft.raw(inside, entry["measure"]), draft.root.at(inside).text
    params = entry.get("params", {})
    tree, issues = parse(text, place)
    if tree is None:
        draft.issues += [(inside, issue) for issue in issues]
        return Measured(source=entry.get("source"), measure=BROKEN, params=params)
    if "source" in entry or _reads_records(draft, tree):
        source = _source(draft, entry, where)
        scope = draft.scope(records=True, columns=None, params=dict.fromkeys(params, Kind.ANY))
        return Measured(source=source, measure=_checked(draft, inside, text, tree, scope, resolved=False), params=params)
    _refuse_records(draft, entry, where, "measure")
    scope = draft.scope(params=dict.fromkeys(params, Kind.ANY))
    return Measured(measure=_checked(draft, inside, text, tree, scope, resolved=True), params=params)


def _checked(draft: Draft, where: Where, text: str, tree: Node, scope: Scope, *, resolved: bool) -> Formula:
    place = draft.root.at(where).text
    checked = check(tree, scope, place)
    draft.issues += [(where, issue) for issue in checked.issues]
    if checked.issues:
        return BROKEN
    return Formula(text=text, tree=checked.tree if resolved else tree, kind=checked.kind, place=place)


def _reads_records(draft: Draft, tree: Node) -> bool:
    """Whether a measure without a source needs one: it has a record function, or a bare name that is no attribute."""
    for node in walk(tree):
        if isinstance(node, Call) and node.function in FUNCTIONS and FUNCTIONS[node.function].group is Group.RECORD:
            return True
        if isinstance(node, Column) and node.name not in draft.attributes and node.name not in draft.keys:
            return node.name not in draft.metrics and node.name not in draft.groups
    return False


def unit_in(entry: Mapping[str, Any]) -> str | None:
    """The unit; one in several languages is English for machines, else the first, and follows the language of the reader."""
    unit = entry.get("unit")
    if isinstance(unit, dict):
        return Phrase("{unit}", unit=Text(unit))
    return _POINTS if unit == _POINTS else unit


def _typed(draft: Draft, entry: Mapping[str, Any], where: Where) -> Measured:
    type_id, params = entry["type"], entry.get("params", {})
    kind = draft.registry.metric_types[type_id]
    wrong, formula = _template(draft, kind, params, where)
    for sentence in wrong:
        draft.report("SC431", (*where, "params" if "params" in entry else "type"), at_key=True, type=type_id, problem=sentence)
    unit = unit_in(entry) or kind.unit
    if formula is None or _reads_records(draft, formula.tree):
        return Measured(source=_source(draft, entry, where), type=type_id, unit=unit, params=params)
    _refuse_records(draft, entry, where, "type")
    return Measured(measure=_over_nodes(draft, formula, where), type=type_id, unit=unit, params=params)


def _over_nodes(draft: Draft, formula: Formula, where: Where) -> Formula:
    """The measure of a metric type that reads other metrics only; what its params name must be there."""
    checked = check(formula.tree, draft.scope(), None)
    place = draft.key_place(where)
    draft.issues += [((*where, "params"), replace(issue, place=place)) for issue in checked.issues]
    return BROKEN if checked.issues else replace(formula, tree=checked.tree, kind=checked.kind, place=place)


def _template(draft: Draft, kind: MetricType, params: Mapping[str, Any], where: Where) -> tuple[list[str], Formula | None]:
    """What the metric type itself says against its params, and the formula it gives; one that does not parse is the plugin's fault."""
    try:
        with guarded():
            wrong = [] if kind.check is None else [told if isinstance(told, Phrase) else str(told) for told in kind.check(params)]
            text = measure_of(kind, params) if kind.formula is not None and not wrong else None
            if kind.columns is not None and not wrong:
                _check_columns(kind.columns(params))
            if kind.aspects is not None and not wrong:
                _check_aspects(kind, kind.aspects(params))
    except RaisedError as problem:
        draft.report("SC432", (*where, "type"), type=kind.id, problem=problem.said)
        return [], None
    if text is None:
        return wrong, None
    tree, issues = parse_template(text, None)
    if tree is None:
        draft.report("SC432", (*where, "type"), type=kind.id, problem=f"{text[:LONGEST]} ({issues[0].code})")
        return [], None
    return [], Formula(text=text, tree=tree)


def _check_columns(columns: object) -> None:
    """Raises TypeError where a metric type names the columns it reads in no way that can be read."""
    if not isinstance(columns, Mapping) or not all(isinstance(name, str) and isinstance(kind, Kind) for name, kind in columns.items()):
        raise TypeError("columns(params) gives a mapping of names to kinds")


def _check_aspects(kind: MetricType, aspects: object) -> None:
    """Raises TypeError or ValueError where what a metric type tells beside the value cannot be told."""
    if not isinstance(aspects, Mapping) or not all(isinstance(aspect, Aspect) for aspect in aspects.values()):
        raise TypeError("aspects(params) gives a mapping of ids to aspects")
    for id, aspect in aspects.items():
        for part, text in aspect.parts.items():
            if kind.formula is not None and parse_template(text, None)[0] is None:
                raise ValueError(f"the part {part} of its aspect {id} is no formula: {text[:LONGEST]}")


def _source(draft: Draft, entry: Mapping[str, Any], where: Where) -> str | None:
    """The source a metric reads: as written, else the only one there is."""
    written: str | None = entry.get("source")
    if written is not None:
        if written not in draft.sources:
            draft.unknown("SC201", (*where, "source"), written, draft.sources)
        return written
    if len(draft.sources) != 1:
        draft.report("SC212", where, at_key=True, key="source", allowed=list(draft.sources))
        return None
    return draft.sources[0]


def _refuse_records(draft: Draft, entry: Mapping[str, Any], where: Where, way: str) -> None:
    """A value over nodes has no records, so nothing that chooses records means anything."""
    for key in _OF_RECORDS:
        filled = draft.data.get("defaults", {}).get("metrics", {}).get(key) == entry.get(key)
        if key in entry and not filled:
            draft.report("SC217", (*where, key), at_key=True, key=key, way=way)


def _choices(draft: Draft, where: Where, written: list[Mapping[str, Any]]) -> tuple[Choice, ...]:
    choices: list[Choice] = []
    for at, entry in enumerate(written):
        inside: Where = (*where, at)
        last = at == len(written) - 1
        if "otherwise" in entry:
            if len(entry) > 1 or not last:
                draft.report("SC116", inside)
            choices.append(_otherwise(draft, (*inside, "otherwise"), entry["otherwise"], choices))
        elif "when" not in entry or ("label" in entry) == ("value" in entry):
            draft.report("SC116", inside)
        else:
            when = draft.condition(entry, "when", inside)
            label = draft.raw((*inside, "label"), entry["label"]) if "label" in entry else None
            choices.append(Choice(when=when, label=label, value=_value(draft, inside, entry)))
    if len({choice.label is None for choice in choices}) > 1:
        draft.report("SC117", where, at_key=True)
    return tuple(choices)


def _value(draft: Draft, where: Where, entry: Mapping[str, Any]) -> Formula | None:
    if "value" not in entry:
        return None
    inside: Where = (*where, "value")
    return draft.formula(inside, draft.raw(inside, entry["value"]), draft.scope())


def _otherwise(draft: Draft, where: Where, written: Any, before: list[Choice]) -> Choice:
    if before and before[-1].value is not None:
        if isinstance(written, (int, float)):
            value = Formula(text=draft.raw(where, written), tree=Literal(value=float(written)), kind=Kind.NUMBER, place=draft.place(where))
            return Choice(when=None, value=value)
        return Choice(when=None, value=draft.formula(where, draft.raw(where, written), draft.scope()))
    return Choice(when=None, label=draft.raw(where, written))
