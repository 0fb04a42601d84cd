"""The first half of checking: what names and functions mean where they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from scorecard.expression.functions import ALSO_CALLED, FUNCTIONS, INTERNAL, Function, Group, Parameter
from scorecard.expression.names import MOST_SHOWN, Around, Names, Unresolved, near, unresolved
from scorecard.expression.rewrite import rebuild
from scorecard.expression.weight import HEAVIEST, weight
from scorecard.model.formula import Call, Cell, Column, Compare, Kind, Literal, Member, Node

MOST_DECIMALS = 12
MOST_PERIODS = 24
_WRITTEN = {"q": (0, 1), "n": (1, MOST_PERIODS), "decimals": (-MOST_DECIMALS, MOST_DECIMALS)}
"""between which numbers an argument that must be written out lies"""


@dataclass(frozen=True, slots=True)
class _Misfit:
    """Arguments that a function does not take: which, why, and named values."""

    node: Node
    reason: str
    values: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Resolver:
    """Resolves a tree: bare names become columns or cells, arguments take their positions, peers get their own value."""

    names: Names

    def tree(self, node: Node, around: Around) -> Node:
        match node:
            case Column():
                return self.names.bare(node, around)
            case Cell():
                return self.names.dotted(node, around)
            case Call():
                return self._call(node, around)
            case Compare(left=Column() | Cell(), right=Column() as word):
                return rebuild(node, lambda child: self.tree(child, replace(around, compared=child is word)))
            case Member(options=words):
                return rebuild(node, lambda child: self.tree(child, replace(around, compared=child in words)))
        return rebuild(node, lambda child: self.tree(child, around))

    def _call(self, call: Call, around: Around) -> Node:
        function = FUNCTIONS.get(call.function)
        if function is None or function.name in INTERNAL:
            known = [name for name in FUNCTIONS if name not in INTERNAL]
            alike = ALSO_CALLED.get(call.function.casefold()) or near(call.function, known)
            self.names.report("SC309", call, name=call.function, did_you_mean=alike, allowed=[] if alike else known[:MOST_SHOWN])
            return unresolved(call)
        reason = self._not_here(function, around)
        if reason is not None:
            self.names.report("SC310", call, reason=reason, function=function.name)
            return unresolved(call)
        bound = _bind(call, function)
        if isinstance(bound, _Misfit):
            values = {"function": function.name, "expected": function.signature, **bound.values}
            self.names.report("SC305", bound.node, reason=bound.reason, **values)
            return unresolved(call)
        match function.group:
            case Group.RECORD:
                return self._record(bound, around)
            case Group.PEER:
                return self._peer(bound, function, around)
            case Group.TIME:
                return rebuild(bound, lambda child: self.tree(child, replace(around, time=True)))
        return rebuild(bound, lambda child: self.tree(child, around))

    def _not_here(self, function: Function, around: Around) -> str | None:
        """Why a function may not stand where it does, or None."""
        scope = self.names.scope
        inside = around.record or scope.row_only
        match function.group:
            case Group.RECORD:
                return "record_function" if not scope.records or scope.row_only else "nested" if around.record else None
            case Group.TIME:
                if inside or around.each is not None:
                    return "time_in_records"
                return "time_in_peer" if around.peer else None if scope.time else "time_function"
            case Group.PEER:
                if inside or around.each is not None:
                    return "peer_in_records"
                return "peer_in_time" if around.time else None if scope.peers and not around.peer else "peer_function"
            case Group.SHAPE:
                return "shape_in_records" if inside or around.each is not None else None
        return "active_on" if function.name == "active_on" and not inside else None

    def _record(self, call: Call, around: Around) -> Node:
        each = tuple(option for name, option in call.options if name == "each")
        if each and around.each is not None:
            self.names.report("SC310", call, reason="each_in_each", function=call.function)
            return unresolved(call)
        named = {column.name for column in each if isinstance(column, Column)}
        for option in each:
            self._each(option)
        inner = replace(around, each=frozenset(named)) if each else replace(around, record=True, each=None)
        arguments = tuple(self.tree(argument, inner) for argument in call.arguments)
        options = tuple((name, option if name == "each" else self.tree(option, inner)) for name, option in call.options)
        self.heavy((*arguments, *(option for _, option in options)))
        return replace(call, arguments=arguments, options=options)

    def heavy(self, parts: Iterable[Node]) -> None:
        """An issue for each part over records that would take engines too long."""
        for part in parts:
            if (found := weight(part)) > HEAVIEST:
                self.names.report("SC306", part, reason="heavy", found=found, most=HEAVIEST)

    def _each(self, option: Node) -> None:
        if not isinstance(option, Column):
            self.names.report("SC305", option, reason="each")
        elif not self.names.is_column(option.name):
            self.names.bare(option, Around(record=True))

    def _peer(self, call: Call, function: Function, around: Around) -> Node:
        arguments = call.arguments
        if len(arguments) == function.least:
            own = self.names.scope.own
            if own is None:
                self.names.report("SC305", call, reason="peer_own", function=call.function)
                return unresolved(call)
            of: Node = self.names.cell(Cell(name=f"{own}.value", start=call.start, end=call.end), around)
            arguments = (of, *arguments)
        else:
            of = self.tree(arguments[0], replace(around, peer=True))
        if isinstance(of, Cell) and not of.name.startswith(("entity.", "period.", "params.", "window.")):
            by = tuple((name, self._by(option, around)) for name, option in call.options)
            return replace(call, arguments=(of, *arguments[1:]), options=by)
        if not isinstance(of, Unresolved):
            self.names.report("SC305", arguments[0], reason="peer_cell", function=call.function)
        return unresolved(call)

    def _by(self, option: Node, around: Around) -> Node:
        attributes = self.names.scope.attributes
        match option:
            case Column(name=name) if name in attributes:
                return self.names.dotted(Cell(name=f"entity.{name}", start=option.start, end=option.end), around)
            case Cell(name=name) if name.startswith("entity."):
                return self.names.dotted(option, around)
            case Column(name=name) | Cell(name=name):
                self.names.report(
                    "SC303", option, reason="attribute", name=name, did_you_mean=near(name, attributes), allowed=[*attributes][:MOST_SHOWN]
                )
            case _:
                self.names.report("SC305", option, reason="by")
        return unresolved(option)


def _bind(call: Call, function: Function) -> Call | _Misfit:
    """The call with arguments given by name in their positions."""
    arguments = list(call.arguments)
    positions = {parameter.name: i for i, parameter in enumerate(function.parameters)}
    options: list[tuple[str, Node]] = []
    for name, option in call.options:
        if name in function.options:
            if name != "each" and name in dict(options):
                return _Misfit(option, "several", {"name": name})
            options.append((name, option))
        elif name not in positions:
            known = [*function.options, *positions]
            return _Misfit(option, "option", {"name": name, "did_you_mean": near(name, known), "allowed": known})
        elif function.group is not Group.PEER and positions[name] != len(arguments):
            return _Misfit(option, "order", {"name": name})
        else:
            arguments.append(option)
    if len(arguments) < function.least or (function.most is not None and len(arguments) > function.most):
        return _Misfit(call, "count", {"found": len(arguments)})
    skipped = function.most - len(arguments) if function.group is Group.PEER and function.most else 0
    for position, argument in enumerate(arguments):
        if misfit := _written(argument, function.parameter(position + skipped)):
            return misfit
    return replace(call, arguments=tuple(arguments), options=tuple(options))


def _written(argument: Node, parameter: Parameter) -> _Misfit | None:
    """Is an argument that must be written out a number or text that fits?"""
    if not parameter.written:
        return None
    value = argument.value if isinstance(argument, Literal) else None
    if parameter.kind == Kind.TEXT:
        return None if isinstance(value, str) else _Misfit(argument, "written", {"name": parameter.name})
    if not isinstance(value, float):
        return _Misfit(argument, "written", {"name": parameter.name})
    least, most = _WRITTEN[parameter.name]
    if least <= value <= most and (parameter.name == "q" or value.is_integer()):
        return None
    return _Misfit(argument, "range", {"name": parameter.name, "found": value, "least": least, "most": most})
