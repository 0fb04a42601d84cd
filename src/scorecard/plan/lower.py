"""Formulas made ready to run: what they read of records, of the past and of peers becomes a column or a cell.

Two formulas that ask the same of the same records share the column.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import ceil
from typing import Any

from scorecard.expression.functions import FUNCTIONS
from scorecard.expression.rewrite import rebuild, rewrite
from scorecard.model.definition import Metric
from scorecard.model.formula import Binary, Call, Cell, Column, Kind, Literal, Logic, Node, walk
from scorecard.model.period import Window
from scorecard.model.plan import Aggregate, Finer, Pass, Past, Peer, Prepared, Shift

Grain = tuple[str, ...]
NOW = Shift()


@dataclass(slots=True)
class Drafts:
    """The passes, peers and pasts that the formulas lowered so far ask for."""

    passes: dict[tuple[Any, ...], _PassDraft] = field(default_factory=dict)
    peers: dict[str, Peer] = field(default_factory=dict)
    past: dict[str, Past] = field(default_factory=dict)
    columns: int = 0

    def column(self) -> str:
        self.columns += 1
        return f"#{self.columns}"

    def draft(
        self,
        source: str,
        grain: Grain,
        window: Window,
        shift: Shift,
        each: tuple[str, ...] = (),
        where: Node | None = None,
        days_before: int = 0,
    ) -> _PassDraft:
        key = (source, grain, window, shift, each, where, days_before)
        if key not in self.passes:
            self.passes[key] = _PassDraft(f"{source}/{len(self.passes) + 1}", source, grain, window, shift, each, where, days_before)
        return self.passes[key]

    def finished(self) -> tuple[Pass, ...]:
        return tuple(draft.finished() for draft in self.passes.values())


@dataclass(slots=True)
class _PassDraft:
    """A pass while formulas still add to it."""

    id: str
    source: str
    grain: Grain
    window: Window
    shift: Shift
    each: tuple[str, ...]
    where: Node | None
    days_before: int = 0
    prepared: dict[Prepared, str] = field(default_factory=dict)
    aggregates: dict[Aggregate, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    inner_prepared: dict[Prepared, str] = field(default_factory=dict)
    inner_aggregates: dict[Aggregate, str] = field(default_factory=dict)

    def prepare(self, tree: Node, mode: str = "value", *, inner: bool = False) -> str:
        known = self.inner_prepared if inner else self.prepared
        return known.setdefault(Prepared(canonical(tree), mode), f"{'inner' if inner else 'row'}.{len(known) + 1}")  # type: ignore[arg-type]

    def aggregate(self, aggregate: Aggregate, name: str) -> str:
        """The column of an aggregate; however it was spelled, it is taken once, and told as somebody spelled it."""
        name = self.aggregates.setdefault(replace(aggregate, text=""), name)
        self.texts[name] = self.texts.get(name) or aggregate.text
        return name

    def inner(self, aggregate: Aggregate) -> str:
        return self.inner_aggregates.setdefault(aggregate, f"each.{len(self.inner_aggregates) + 1}")

    def finished(self) -> Pass:
        finer = None
        if self.each:
            finer = Finer(
                columns=self.each,
                where=Prepared(self.where, "holds") if self.where is not None else None,
                prepared={name: prepared for prepared, name in self.inner_prepared.items()},
                aggregates={name: aggregate for aggregate, name in self.inner_aggregates.items()},
            )
        return Pass(
            id=self.id,
            source=self.source,
            grain=self.grain,
            window=self.window,
            shift=self.shift,
            prepared={name: prepared for prepared, name in self.prepared.items()},
            aggregates={name: replace(aggregate, text=self.texts[name]) for aggregate, name in self.aggregates.items()},
            finer=finer,
            days_before=self.days_before,
        )


def canonical(tree: Node) -> Node:
    """The tree without the places of its text, so that equal formulas are equal."""
    return replace(rebuild(tree, canonical), start=0, end=0)


@dataclass(slots=True)
class Lowering:
    """Lowers the formulas of one node; collects what its value reads.

    `own` is the metric or group it belongs to; `where`, `source`, `grain` and `window` are those of a metric over records.
    """

    drafts: Drafts
    own: str
    text: str = ""
    metric: Metric | None = None
    grain: Grain = ()
    params: Mapping[str, Any] = field(default_factory=dict)
    own_rule: bool = False
    passes: set[str] = field(default_factory=set)
    single: list[str] = field(default_factory=list)
    conditions: dict[tuple[str, Node], None] = field(default_factory=dict)
    """what chooses records, by pass"""

    def lower(self, tree: Node, shift: Shift = NOW) -> Node:
        """The tree over cells and columns of the table only."""

        def visit(node: Node) -> Node | None:
            match node:
                case Call(function="previous", arguments=(earlier, *how_far)):
                    return self.lower(earlier, Shift(shift.periods + _periods(how_far), shift.years))
                case Call(function="year_ago"):
                    return self.lower(node.arguments[0], Shift(shift.periods, shift.years + 1))
                case Call() if FUNCTIONS[node.function].group == "record":
                    return Cell(name=self._aggregate(node, shift))
                case Call() if FUNCTIONS[node.function].group == "peer":
                    return Cell(name=self._peer(node, shift))
                case Cell():
                    return Cell(name=self._cell(node.name, shift))
            return None

        return rewrite(tree, visit)

    # ------------------------------------------------------------ cells

    def _cell(self, name: str, shift: Shift) -> str:
        owner, _, facet = name.partition(".")
        if owner == "params":
            return f"{self.own}.params.{facet}"
        if owner == "window":
            window = (self.metric.window if self.metric else None) or Window()
            return f"window[{window}].{facet}"
        if self.own_rule and owner == self.own:
            name = {f"{owner}.score": f"{owner}.raw", f"{owner}.band": f"{owner}.band_raw"}.get(name, name)
        return self._shifted(name, shift)

    def _shifted(self, name: str, shift: Shift) -> str:
        if shift == Shift() or name.startswith(("entity.", "period.", "window[")):
            return name
        past = f"{name}@{-shift.periods}p{-shift.years}y"
        self.drafts.past[past] = Past(name, shift)
        return past

    def _peer(self, node: Call, shift: Shift) -> str:
        cells = [argument.name for argument in node.arguments if isinstance(argument, Cell)]
        numbers = [argument.value for argument in node.arguments if isinstance(argument, Literal)]
        by = node.option("by")
        of = cells[0] if cells else f"{self.own}.value"
        group = by.name.removeprefix("entity.") if isinstance(by, (Cell, Column)) else None
        argument = float(numbers[0]) if numbers and isinstance(numbers[0], (int, float)) else None
        detail = "".join(f" {part}" for part in (argument, group) if part is not None)
        name = f"peer[{node.function.removeprefix('peer_')} {of}{detail}]"
        self.drafts.peers[name] = Peer(function=node.function, of=of, by=group, argument=argument)
        return self._shifted(name, shift)

    # ------------------------------------------------------------ records

    def _aggregate(self, call: Call, shift: Shift) -> str:
        """The column of the table that holds this record function's result."""
        assert self.metric is not None
        assert self.metric.source is not None
        each = tuple(node.name for name, node in call.options if name == "each" and isinstance(node, Column))
        where = self.metric.where.tree if self.metric.where else None
        before = canonical(self._bound(where)) if each and where is not None else None
        window = self.metric.window or Window()
        draft = self.drafts.draft(self.metric.source, self.grain, window, shift, each, before, _days_before_window(call))
        self.passes.add(draft.id)
        if not each:
            both = _both(where, call.option("where"))
            self._note(draft, both)
            return self._outer(draft, call, both)
        self._note(draft, where)
        arguments = tuple(self._finer(draft, argument) for argument in call.arguments)
        condition = call.option("where")
        outer = Call(function=call.function, arguments=arguments, start=call.start, end=call.end)
        return self._outer(draft, outer, self._finer(draft, condition) if condition is not None else None)

    def _note(self, draft: _PassDraft, where: Node | None) -> None:
        if where is not None:
            self.conditions[draft.id, canonical(self._bound(where))] = None

    def _finer(self, draft: _PassDraft, tree: Node) -> Node:
        """A formula inside `each=`: its record functions are taken over the finer groups first."""

        def visit(node: Node) -> Node | None:
            if isinstance(node, Call) and FUNCTIONS[node.function].group == "record":
                return Column(name=draft.inner(self._call(draft, node, node.option("where"), inner=True)))
            return None

        return rewrite(tree, visit)

    def _outer(self, draft: _PassDraft, call: Call, where: Node | None) -> str:
        name = draft.aggregate(self._call(draft, call, where), self.drafts.column())
        if call.function == "single":
            rows = Aggregate("rows", where=draft.prepare(self._bound(where), "holds") if where is not None else None)
            self.single.append(draft.aggregate(rows, self.drafts.column()))
        return name

    def records(self) -> str:
        """The column with the number of records the metric reads in its own window."""
        assert self.metric is not None
        assert self.metric.source is not None
        draft = self.drafts.draft(self.metric.source, self.grain, self.metric.window or Window(), Shift())
        if not self.passes:
            self.passes.add(draft.id)
        where = draft.prepare(self._bound(self.metric.where.tree), "holds") if self.metric.where else None
        return draft.aggregate(Aggregate("rows", where=where), self.drafts.column())

    def _call(self, draft: _PassDraft, call: Call, where: Node | None, *, inner: bool = False) -> Aggregate:
        function, *rest = call.function, *call.arguments
        argument = None
        if call.function == "quantile":
            assert isinstance(rest[1], Literal)
            argument = float(rest[1].value)  # type: ignore[arg-type]
        if call.function == "count" and not rest:
            function = "rows"
        column = None
        if rest:
            column = draft.prepare(self._bound(rest[0]), "share" if call.function == "share" else "value", inner=inner)
        condition = draft.prepare(self._bound(where), "holds", inner=inner) if where is not None else None
        kind = Kind.ANY if call.function in {"min", "max", "first", "last", "single"} else Kind.NUMBER
        return Aggregate(str(function), column, condition, argument, kind, self.text[call.start : call.end])

    def _bound(self, tree: Node) -> Node:
        """A formula over one record with the params put in."""

        def visit(node: Node) -> Node | None:
            if isinstance(node, Cell) and node.name.startswith("params."):
                return Literal(value=self.params[node.name.removeprefix("params.")])
            return None

        return rewrite(tree, visit)


def _periods(how_far: Sequence[Node]) -> int:
    """The second argument of `previous`, 1 unless written."""
    return next((int(node.value) for node in how_far if isinstance(node, Literal) and isinstance(node.value, float)), 1)


def _days_before_window(call: Call) -> int:
    """How far before the window `active_on(window.start - 1)` looks: a record that ended there would not be in it."""
    days = 0
    for node in walk(call):
        match node:
            case Call(
                function="active_on",
                arguments=(Binary(operator="-", left=Cell(name="window.start"), right=Literal(value=int() | float() as back)),),
            ):
                days = max(days, ceil(back))
    return days


def _both(left: Node | None, right: Node | None) -> Node | None:
    if left is None or right is None:
        return left if right is None else right
    return Logic(operator="and", operands=(left, right))
