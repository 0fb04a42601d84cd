"""What the terms of a formula can come to, as far as the definition alone says; None stands for anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from math import inf

from scorecard.definition.lint.domains import (
    ANY_NUMBER,
    Domain,
    Stretch,
    Words,
    added,
    divided,
    joined,
    multiplied,
    negated,
    word_of,
)
from scorecard.definition.lint.scores import Scores
from scorecard.expression.parse import parse_template
from scorecard.expression.scope import INSUFFICIENT, STATES
from scorecard.hooks.guard import RaisedError, guarded
from scorecard.hooks.measure import measure_of
from scorecard.hooks.registry import Registry
from scorecard.model.definition import Constant, Metric, Number, Path, Range, RuleKind, Scorecard, Table
from scorecard.model.formula import Binary, Call, Cell, Column, Compare, Formula, Literal, Logic, Member, Node, Unary
from scorecard.model.issue import Level

_SHARE = Stretch(0.0, 1.0)
_NOT_NEGATIVE = Stretch(low=0.0)
_OF_RECORDS: Mapping[str, Stretch] = {
    "count": _NOT_NEGATIVE,
    "count_distinct": _NOT_NEGATIVE,
    "share": _SHARE,
    "stdev": _NOT_NEGATIVE,
    "peer_stdev": _NOT_NEGATIVE,
    "peer_rank": Stretch(low=1.0),
    "sqrt": _NOT_NEGATIVE,
    "exp": _NOT_NEGATIVE,
    "lognormal": _SHARE,
    "logistic": _SHARE,
}
_WITHIN_FIRST = frozenset(
    {"mean", "min", "max", "median", "quantile", "first", "last", "single", "previous", "year_ago"}
    | {"peer_min", "peer_max", "peer_mean", "peer_quantile"}
)
"""functions whose result lies between the least and the greatest of what their first argument can be"""
_ONE_OF = frozenset({"coalesce", "min_of", "max_of", "mean_of"})
"""functions whose result lies between the least and the greatest of their arguments"""


MOST_IN_ALL = 100_000
"""steps of reasoning about all conditions of a definition"""


class Possible:
    """The domains of a definition's terms. Whatever an evaluation gives for a term lies in its domain, or is null."""

    def __init__(self, scorecard: Scorecard, registry: Registry) -> None:
        self.scorecard = scorecard
        self.registry = registry
        self.scores = Scores(scorecard)
        self.steps = 0
        """of reasoning that were made so far"""
        self._cells: dict[str, Domain | None] = {}

    def term(self, node: Node, source: str | None = None) -> Domain | None:
        """What a node comes to; bare columns are those of `source`."""
        match node:
            case Literal(value=bool() as truth):
                return Words(frozenset({word_of(truth)}))
            case Literal(value=str() as text):
                return Words(frozenset({text}))
            case Literal(value=int() | float() as number):
                return Stretch(number, number)
            case Cell():
                return self.cell(node.name)
            case Column():
                return self.column(source, node.name) if source is not None else None
            case Call():
                return self._call(node, source)
            case Unary(operator="-", operand=operand):
                return negated(self.number(operand, source))
            case Binary():
                return self._binary(node, source)
        return None

    def number(self, node: Node, source: str | None = None) -> Stretch:
        """What a node comes to, as numbers. A condition counts as 1 or 0."""
        if isinstance(node, (Compare, Logic, Member)) or (isinstance(node, Unary) and node.operator == "not"):
            return _SHARE
        found = self.term(node, source)
        return found if isinstance(found, Stretch) else ANY_NUMBER

    def _call(self, call: Call, source: str | None) -> Domain | None:
        name, arguments = call.function, call.arguments
        if name in _OF_RECORDS:
            return _OF_RECORDS[name]
        if name in _WITHIN_FIRST and arguments:
            return self.term(arguments[0], source)
        if name in _ONE_OF:
            return joined(self.term(argument, source) for argument in arguments)
        match name, arguments:
            case "if_else", (_, then, otherwise):
                return joined((self.term(then, source), self.term(otherwise, source)))
            case "sum", (summed,):
                each = self.number(summed, source)
                return Stretch(-inf if each.low < 0 else 0.0, inf if each.high > 0 else 0.0)
            case "abs", _:
                return _NOT_NEGATIVE
            case "clip", (_, low, high):
                return Stretch(self.number(low, source).low, self.number(high, source).high)
        return None

    def _binary(self, node: Binary, source: str | None) -> Domain | None:
        left, right = self.number(node.left, source), self.number(node.right, source)
        match node.operator:
            case "+":
                return added(left, right)
            case "-":
                return added(left, negated(right))
            case "*":
                return multiplied(left, right)
            case "/":
                return divided(left, right)
        return None

    # ------------------------------------------------------------ cells over entities

    def cell(self, name: str) -> Domain | None:
        """What a dotted name comes to; one that is being found out already counts as anything."""
        if name not in self._cells:
            self._cells[name] = None
            self._cells[name] = self._cell(*name.split(".", 1)) if "." in name else None
        return self._cells[name]

    def _cell(self, owner: str, facet: str) -> Domain | None:
        card = self.scorecard
        if owner == "entity":
            return self.column(card.entity.roster, facet) if card.entity.roster is not None else None
        if owner != "total" and owner not in card.groups and owner not in card.metrics:
            return None
        find: Mapping[str, Callable[[str], Domain | None]] = {
            "score": self.scores.of,
            "raw": self._raw,
            "band": self._bands,
            "state": lambda _: Words(frozenset(STATES)),
            "coverage": lambda _: _SHARE,
            "rank": lambda _: Stretch(low=1.0),
            "value": self._value,
            "worst": lambda id: self._bound(id, "worst"),
            "target": lambda id: self._bound(id, "target"),
        }
        return find[facet](owner) if facet in find else None

    def _raw(self, id: str) -> Domain | None:
        """The score before rules; told apart from the score only where the node has rules of its own."""
        return None if self.scores.rules.get(id) else self.scores.of(id)

    def _bands(self, id: str) -> Domain | None:
        card = self.scorecard
        by_rule = {rule.band for rule in self.scores.rules.get(id, ()) if rule.kind is RuleKind.BAND and rule.band is not None}
        if id in card.metrics:
            own = {band.id for band in card.bands if band.start is not None}
        else:
            own = set(self.scores.bands(id))
        return Words(frozenset(own | by_rule | ({INSUFFICIENT} if id == "total" else set())))

    def _bound(self, id: str, key: str) -> Domain | None:
        """A metric's worst or target, as written and as segments set it."""
        metric = self.scorecard.metrics.get(id)
        if metric is None:
            return None
        numbers = [getattr(metric, key), *self._changed.get((id, key), ())]
        return joined(self._written(number) for number in numbers)

    @cached_property
    def _changed(self) -> Mapping[tuple[str, str], tuple[Number | Range | None, ...]]:
        found: dict[tuple[str, str], tuple[Number | Range | None, ...]] = {}
        for segment in self.scorecard.segments.values():
            for change in segment.changes:
                if change.key in (("worst",), ("target",)):
                    found[change.node, change.key[0]] = (*found.get((change.node, change.key[0]), ()), change.value)
        return found

    def _written(self, number: Number | Range | None) -> Domain | None:
        match number:
            case Constant(value):
                return Stretch(value, value)
            case Path(points):
                return joined(Stretch(value, value) for _, value in points)
            case Table(entries):
                return joined(Stretch(value, value) for value in entries.values())
            case Formula(tree=tree):
                return self.term(tree)
        return None

    def _value(self, id: str) -> Domain | None:
        """A metric's value, and what exemptions put in its place."""
        metric = self.scorecard.metrics.get(id)
        if metric is None:
            return None
        instead = [one.value for one in self.scorecard.exemptions.values() if one.of == id and one.value is not None]
        return joined([self._measured(metric), *(self._written(number) for number in instead)])

    def _measured(self, metric: Metric) -> Domain | None:
        if metric.choose:
            return joined(
                Words(frozenset({choice.label})) if choice.label is not None else self.term(choice.value.tree) if choice.value else None
                for choice in metric.choose
            )
        tree = metric.measure.tree if metric.measure is not None else self._template(metric)
        if tree is None:
            return None
        found = self.term(tree, metric.source)
        return self.number(tree, metric.source) if found is None and not isinstance(tree, Column) else found

    def _template(self, metric: Metric) -> Node | None:
        """The formula of a metric type over records; None for a type that is a function."""
        kind = self.registry.metric_types.get(metric.type or "")
        if kind is None or kind.formula is None:
            return None
        try:
            with guarded():
                return parse_template(measure_of(kind, metric.params), None)[0]
        except RaisedError:
            return None

    # ------------------------------------------------------------ columns of records

    def column(self, source: str, name: str) -> Domain | None:
        """The words that a source's column holds, where the definition lists all of them."""
        card = self.scorecard
        if source not in card.sources:
            return None
        found = card.sources[source]
        spec = next((each for each in found.columns if each.name == name), None)
        if spec is not None and spec.otherwise is not None:
            return Words(frozenset({*found.values.get(name, {}).values(), *spec.values.values(), spec.otherwise}))
        if spec is None:
            joins = [join.to for join in found.join if name in join.columns]
            if joins:
                return self.column(joins[0], name)
        if found.expect is not None and found.expect.level is Level.ERROR:
            for expected in found.expect.columns:
                if expected.name == name and expected.among is not None:
                    return Words(frozenset(expected.among))
        return None
