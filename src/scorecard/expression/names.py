"""What each name of a formula means where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from scorecard.expression.functions import FUNCTIONS
from scorecard.expression.scope import TIME_FACETS, Scope
from scorecard.expression.uses import Uses
from scorecard.model.formula import Call, Cell, Column, Kind, Literal, Node

MOST_SHOWN = 12
Report = Callable[..., None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unresolved(Node):
    """Stands where an issue was reported, so that nothing more is said about it."""


def unresolved(node: Node) -> Unresolved:
    return Unresolved(start=node.start, end=node.end)


@dataclass(frozen=True, slots=True)
class Around:
    """Where in a formula a node stands.

    `record`: inside a record function (or a condition over one record). `each`: inside the outer function of two, over the
    finer groups made by these columns. `time`: inside `previous` or `year_ago`. `peer`: inside a peer function. `compared`: what a
    name is compared with, where a text without its quotes reads as a name.
    """

    record: bool = False
    each: frozenset[str] | None = None
    time: bool = False
    peer: bool = False
    compared: bool = False


@dataclass(slots=True)
class Names:
    """Resolves names against a scope, and remembers what was read."""

    scope: Scope
    report: Report
    columns: Uses = field(init=False)
    attributes: Uses = field(init=False)
    values: Uses = field(default_factory=lambda: Uses({}))
    """of metrics"""
    cells: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.columns = Uses(self.scope.columns or {})
        self.attributes = Uses(self.scope.attributes)

    def bare(self, node: Column, around: Around) -> Node:
        """A column stays one (in `single` outside of a record function); other bare names become cells."""
        scope, name = self.scope, node.name
        inside = around.record or scope.row_only or around.each is not None
        if scope.records and self.is_column(name, inside):
            return self._column(node, around)
        if name in scope.own_names and not scope.records:
            return self._own(node, around)
        if name in scope.attributes:
            if inside:
                return self._not_here(node, "attribute_in_records", name)
            return self._attribute(node, name, around)
        if name in scope.own_names and not inside:
            return self._own(node, around)
        self._unknown(node, inside, around.compared)
        return unresolved(node)

    def is_column(self, name: str, inside: bool = True) -> bool:
        """Is a bare name a column, inside a record function or outside of one?"""
        if self.scope.columns is not None:
            return name in self.scope.columns
        return inside or name not in self.scope.attributes

    def _column(self, node: Column, around: Around) -> Node:
        if around.record or self.scope.row_only:
            return node
        if around.each is not None:
            if node.name not in around.each:
                return self._not_here(node, "column_in_each", node.name)
            return node
        if around.time:
            return self._not_here(node, "column_in_time", node.name)
        return Call(function="single", arguments=(node,), start=node.start, end=node.end)

    def _own(self, node: Column, around: Around) -> Node:
        name = f"{self.scope.own}.{node.name}" if self.scope.own is not None else node.name
        return self.cell(Cell(name=name, start=node.start, end=node.end), around)

    def _attribute(self, node: Node, name: str, around: Around) -> Node:
        if around.time:
            return self._not_here(node, "attribute_in_time", name)
        return self.cell(Cell(name=f"entity.{name}", start=node.start, end=node.end), around)

    def cell(self, cell: Cell, around: Around) -> Cell:
        if not around.time:
            self.cells.add(cell.name)
        return cell

    def dotted(self, node: Cell, around: Around) -> Node:
        """`csat.value`, `entity.tier`, `period.end`, `window.start`, `params.x`, checked."""
        scope = self.scope
        before, _, facet = node.name.partition(".")
        inside = around.record or scope.row_only or around.each is not None
        if before in scope.metrics or before in scope.groups:
            if inside:
                return self._not_here(node, "node_in_records", node.name)
            if facet not in scope.facets(before):
                return self._not_there(node, facet, scope.facets(before), "facet", of=before)
        elif before == "entity":
            if facet not in scope.attributes:
                return self._not_there(node, facet, scope.attributes, "attribute")
            if inside:
                return self._not_here(node, "attribute_in_records", facet)
            return self._attribute(node, facet, around)
        elif before in ("period", "window"):
            if not (scope.period if before == "period" else scope.records):
                return self._not_here(node, f"no_{before}", node.name)
            if facet not in TIME_FACETS:
                return self._not_there(node, facet, TIME_FACETS, "facet", of=before)
        elif before == "params":
            if scope.params is None:
                return self._not_here(node, "no_params", node.name)
            if facet not in scope.params:
                return self._not_there(node, facet, scope.params, "param")
        else:
            return self._not_there(node, before, [*scope.metrics, *scope.groups, *self._spaces()], "node")
        return self.cell(node, around)

    def kind(self, node: Node) -> Kind:
        """What a resolved name is known to hold, before its uses are looked at."""
        if isinstance(node, Column):
            return (self.scope.columns or {}).get(node.name, Kind.ANY)
        if not isinstance(node, Cell):
            return Kind.ANY
        before, _, facet = node.name.partition(".")
        if before == "entity":
            return self.scope.attributes.get(facet, Kind.ANY)
        if before in ("period", "window"):
            return Kind.MOMENT
        if before == "params":
            return (self.scope.params or {}).get(facet, Kind.ANY)
        return self.scope.facets(before).get(facet, Kind.ANY)

    def _spaces(self) -> list[str]:
        scope = self.scope
        spaces = {"entity": bool(scope.attributes), "period": scope.period, "window": scope.records, "params": scope.params is not None}
        return [name for name, there in spaces.items() if there]

    def _unknown(self, node: Column, inside: bool, compared: bool) -> None:
        scope, name = self.scope, node.name
        if not inside and (name in scope.metrics or name in scope.groups):
            facets = [f"{name}.{facet}" for facet in scope.facets(name)]
            self.report("SC303", node, reason="bare_node", name=name, did_you_mean=facets[:1], allowed=facets)
            return
        if name in FUNCTIONS:
            self.report("SC303", node, reason="function", name=name, did_you_mean=[FUNCTIONS[name].signature])
            return
        columns = list(scope.columns or ()) if scope.records else []
        others = [] if inside else [*scope.attributes, *scope.own_names]
        nodes = [] if inside else [f"{n}.{next(iter(scope.facets(n)))}" for n in sorted(scope.metrics | scope.groups)]
        reason = "column" if inside else "name"
        alike = near(name, [*columns, *others, "true", "false", "null", *sorted(scope.metrics | scope.groups)])
        shown = [f"{n}.{next(iter(scope.facets(n)))}" if n in scope.metrics | scope.groups and n not in columns else n for n in alike]
        shown += [f'"{name}"'] if compared else []
        self.report("SC303", node, reason=reason, name=name, did_you_mean=shown, allowed=[*columns, *others, *nodes][:MOST_SHOWN])

    def _not_here(self, node: Node, reason: str, name: str) -> Node:
        self.report("SC310", node, reason=reason, name=name)
        return unresolved(node)

    def _not_there(self, node: Node, name: str, allowed: Iterable[str], reason: str, **more: object) -> Node:
        known = list(allowed)
        values = {"name": name, "did_you_mean": near(name, known), "allowed": sorted(known)[:MOST_SHOWN], **more}
        self.report("SC303", node, reason=reason, **values)
        return unresolved(node)


def near(name: str, known: Iterable[str]) -> list[str]:
    """At most two of the known names that look like the one written."""
    folded = {candidate.casefold(): candidate for candidate in known}
    return [folded[match] for match in get_close_matches(name.casefold(), folded, n=2, cutoff=0.6)]


def text_of(node: Node) -> str | None:
    """The text of a literal."""
    return node.value if isinstance(node, Literal) and isinstance(node.value, str) else None
