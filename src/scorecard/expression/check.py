"""Names and types of a formula, checked against what may be named where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from scorecard.expression.functions import FUNCTIONS, Group
from scorecard.expression.moments import moment_of
from scorecard.expression.names import MOST_SHOWN, Around, Names, near, text_of
from scorecard.expression.resolve import Resolver
from scorecard.expression.scope import INSUFFICIENT, STATES, Checked, Scope
from scorecard.expression.uses import Uses
from scorecard.language.phrase import Phrase
from scorecard.model.formula import Binary, Call, Cell, Column, Compare, Kind, Literal, Logic, Member, Node, Unary, children
from scorecard.model.issue import Issue, Place

__all__ = ["Checked", "Scope", "check"]

_ORDERED = ("<", "<=", ">", ">=")


def check(tree: Node, scope: Scope, place: Place | None) -> Checked:
    """Resolves the names of a tree and finds what every part of it yields; all issues at once, in the order of the text."""
    reports = _Reports(place)
    names = Names(scope, reports.add)
    resolver = Resolver(names)
    resolved = resolver.tree(tree, Around(record=scope.row_only))
    if scope.row_only:
        resolver.heavy((resolved,))
    kind = _Kinds(names).ask(resolved, scope.expect or Kind.ANY)
    columns, attributes, values = (uses.kinds(reports.add) for uses in (names.columns, names.attributes, names.values))
    return Checked(
        tree=resolved,
        kind=kind,
        columns=columns,
        attributes=attributes,
        values=values,
        cells=frozenset(names.cells),
        issues=reports.sorted(),
    )


@dataclass(slots=True)
class _Reports:
    place: Place | None
    found: list[tuple[int, Issue]] = field(default_factory=list)

    def add(self, code: str, node: Node, **values: object) -> None:
        place = self.place
        if place is not None and not 1 < place.length < node.end:
            place = place.within(node.start, node.end)
        self.found.append((node.start, Issue(code=code, place=place, values=values)))

    def sorted(self) -> tuple[Issue, ...]:
        return tuple(issue for _, issue in sorted(self.found, key=lambda pair: pair[0]))


@dataclass(frozen=True, slots=True)
class _Kinds:
    """The second half of checking: what each part yields, and what its uses ask of columns and attributes."""

    names: Names

    def ask(self, node: Node, want: Kind) -> Kind:
        """What a node yields where `want` is wanted; an issue where the two do not fit."""
        match node:
            case Literal():
                return self._literal(node, want)
            case Column():
                self.names.columns.note(node.name, want, node)
                return self._known(node, want)
            case Cell():
                if node.name.startswith("entity."):
                    self.names.attributes.note(node.name.removeprefix("entity."), want, node)
                elif node.name.endswith(".value"):
                    self.names.values.note(node.name.removesuffix(".value"), want, node)
                return self._known(node, want)
            case Call():
                return self._call(node, want)
            case Unary(operator="not", operand=operand):
                self.ask(operand, Kind.TRUTH)
                return self._fits(node, want, Kind.TRUTH)
            case Unary(operand=operand):
                self.ask(operand, Kind.NUMBER)
                return self._fits(node, want, Kind.NUMBER)
            case Binary():
                return self._fits(node, want, self._arithmetic(node))
            case Compare():
                self._compare(node, (node.left, node.right), ordered=node.operator in _ORDERED)
                return self._fits(node, want, Kind.TRUTH)
            case Member():
                self._compare(node, (node.item, *node.options), ordered=False)
                return self._fits(node, want, Kind.TRUTH)
            case Logic():
                for operand in node.operands:
                    self.ask(operand, Kind.TRUTH)
                return self._fits(node, want, Kind.TRUTH)
        return Kind.ANY

    def _fits(self, node: Node, want: Kind, found: Kind, reason: str | None = None) -> Kind:
        if want != Kind.ANY != found and want != found:
            more = {"reason": reason} if reason else {}
            self.names.report("SC304", node, expected=Phrase(want.value), found=Phrase(found.value), **more)
        return found if found != Kind.ANY else want

    def _literal(self, node: Literal, want: Kind) -> Kind:
        text = text_of(node)
        if want != Kind.MOMENT or text is None:
            return self._fits(node, want, _kind_of(node))
        if moment_of(text) is None:
            self.names.report("SC304", node, reason="not_a_day", expected=want.value, found=text)
        return Kind.MOMENT

    def _known(self, node: Column | Cell, want: Kind) -> Kind:
        """Text and numbers are read as their uses ask; moments, truths and cells are what they are."""
        known = self.names.kind(node)
        name = isinstance(node, Column) or node.name.startswith("entity.")
        if name and (known in (Kind.NUMBER, Kind.TEXT) or (known is Kind.TRUTH and want is Kind.NUMBER)):
            return want if want != Kind.ANY else known
        return self._fits(node, want, known)

    def _call(self, call: Call, want: Kind) -> Kind:
        function = FUNCTIONS[call.function]
        for name, option in call.options:
            self.ask(option, Kind.TRUTH if name == "where" else Kind.ANY)
        if function.result is None:
            shared = [a for i, a in enumerate(call.arguments) if function.parameter(i).kind == Kind.ANY]
            same = want if want != Kind.ANY else self._first_kind(shared)
        else:
            same = Kind.ANY
        for position, argument in enumerate(call.arguments):
            kind = function.parameter(position).kind
            found = self.ask(argument, same if kind == Kind.ANY and function.result is None else kind)
            same = same if same != Kind.ANY or function.result is not None or kind != Kind.ANY else found
        return same if function.result is None else self._fits(call, want, function.result)

    def _arithmetic(self, node: Binary) -> Kind:
        left, right = self._sure(node.left), self._sure(node.right)
        if node.operator == "-" and self._moments(node.left, left, node.right, right):
            self.ask(node.left, Kind.MOMENT)
            self.ask(node.right, Kind.MOMENT)
            return Kind.NUMBER
        if Kind.MOMENT in (left, right) and (node.operator == "+" or (node.operator == "-" and left == Kind.MOMENT)):
            moment, days = (node.left, node.right) if left == Kind.MOMENT else (node.right, node.left)
            self.ask(moment, Kind.MOMENT)
            self.ask(days, Kind.NUMBER)
            if any(isinstance(part, Column) for part in _row_level(days)):
                self.names.report("SC304", days, reason="moment_shift", expected=Kind.NUMBER.value, found="column")
            return Kind.MOMENT
        self.ask(node.left, Kind.NUMBER)
        self.ask(node.right, Kind.NUMBER)
        return Kind.NUMBER

    def _moments(self, left: Node, left_kind: Kind, right: Node, right_kind: Kind) -> bool:
        """Is a difference one of two moments? A column taken from a moment is one, for records shift by written days only."""
        if right_kind == Kind.MOMENT:
            return left_kind in (Kind.MOMENT, Kind.ANY) or _is_day(left)
        return left_kind == Kind.MOMENT and (_is_day(right) or (right_kind == Kind.ANY and isinstance(right, Column)))

    def _compare(self, node: Node, sides: tuple[Node, ...], *, ordered: bool) -> None:
        if null := next((side for side in sides if isinstance(side, Literal) and side.value is None), None):
            self.names.report("SC304", null, reason="null_compared", expected="is_null", found="null")
        want = self._shared(sides, ordered=ordered)
        if ordered and want in (Kind.TEXT, Kind.TRUTH):
            self.names.report("SC304", node, reason="no_order", expected=Phrase(Kind.NUMBER.value), found=Phrase(want.value))
        uses = [self._named(side) for side in sides]
        perhaps_day = want == Kind.TEXT and all(_is_day(side) for side in sides[1:])
        if perhaps_day and uses[0] is not None:
            uses[0][0].note(uses[0][1], Kind.TEXT, sides[0], weak=True)
        else:
            for side in sides:
                self.ask(side, want)
            if want == Kind.ANY and uses[0] is not None:
                for other in uses[1:]:
                    if other is not None and other[0] is uses[0][0]:
                        uses[0][0].pair(uses[0][1], other[1], node)
        self._labels(sides)

    def _shared(self, sides: tuple[Node, ...], *, ordered: bool) -> Kind:
        """The kind that all sides of a comparison must have."""
        sure = [self._sure(side) for side in sides]
        if Kind.MOMENT in sure:
            return Kind.MOMENT
        if ordered and any(_is_day(side) for side in sides) and sure.count(Kind.ANY) == 1:
            return Kind.MOMENT
        want = next((kind for kind in sure if kind != Kind.ANY), Kind.ANY)
        if want == Kind.ANY:
            want = self._first_kind(sides)
        if want == Kind.ANY and ordered and not all(self._named(side) for side in sides):
            return Kind.NUMBER
        return want

    def _named(self, node: Node) -> tuple[Uses, str] | None:
        """The column or attribute that a side of a comparison is."""
        match node:
            case Call(function="single", arguments=(Column() as column,)):
                return self.names.columns, column.name
            case Column(name=name):
                return self.names.columns, name
            case Cell(name=name) if name.startswith("entity."):
                return self.names.attributes, name.removeprefix("entity.")
        return None

    def _first_kind(self, nodes: Iterable[Node]) -> Kind:
        nodes = tuple(nodes)
        for guess in (self._sure, self._likely):
            for node in nodes:
                if (kind := guess(node)) != Kind.ANY:
                    return kind
        return Kind.ANY

    def _sure(self, node: Node) -> Kind:
        """What a node yields whatever is asked of it."""
        kind = self._likely(node)
        while isinstance(node, Call) and FUNCTIONS[node.function].result is None and (len(node.arguments) == 1 or _is_past(node)):
            node = node.arguments[0]
        name = isinstance(node, Column) or (isinstance(node, Cell) and node.name.startswith("entity."))
        return Kind.ANY if name and kind in (Kind.NUMBER, Kind.TEXT) else kind

    def _likely(self, node: Node) -> Kind:
        """What a node yields as far as is known before its uses are looked at."""
        match node:
            case Literal():
                return _kind_of(node)
            case Column() | Cell():
                return self.names.kind(node)
            case Call():
                function = FUNCTIONS[node.function]
                if function.result is not None:
                    return function.result
                return self._first_kind(a for i, a in enumerate(node.arguments) if function.parameter(i).kind == Kind.ANY)
            case Compare() | Logic() | Member() | Unary(operator="not"):
                return Kind.TRUTH
            case Unary():
                return Kind.NUMBER
            case Binary(operator=operator, left=left, right=right):
                kinds = (self._sure(left), self._sure(right))
                difference = operator == "-" and self._moments(left, kinds[0], right, kinds[1])
                return Kind.MOMENT if Kind.MOMENT in kinds and operator in ("+", "-") and not difference else Kind.NUMBER
        return Kind.ANY

    def _labels(self, sides: tuple[Node, ...]) -> None:
        """Bands and states that are compared must exist."""
        cell = next((side for side in sides if isinstance(side, Cell)), None)
        if cell is None:
            return
        node, _, facet = cell.name.partition(".")
        if node in ("entity", "params") or facet not in ("band", "state"):
            return
        bands = self.names.scope.bands
        allowed = list(STATES) if facet == "state" else None if bands is None else sorted(bands)
        if allowed is None:
            return
        known = {*allowed, INSUFFICIENT} if node == "total" and facet == "band" else set(allowed)
        for side in sides:
            label = text_of(side)
            if label is not None and label not in known:
                values = {"name": label, "did_you_mean": near(label, sorted(known)), "allowed": allowed[:MOST_SHOWN]}
                self.names.report("SC311", side, reason=facet, **values)


def _kind_of(node: Literal) -> Kind:
    match node.value:
        case None:
            return Kind.ANY
        case bool():
            return Kind.TRUTH
        case str():
            return Kind.TEXT
    return Kind.NUMBER


def _is_past(node: Call) -> bool:
    """Whether a function takes the kind of its first argument, the second being how far back."""
    return FUNCTIONS[node.function].group is Group.TIME


def _is_day(node: Node) -> bool:
    text = text_of(node)
    return text is not None and moment_of(text) is not None


def _row_level(node: Node) -> Iterator[Node]:
    """The node and what is below it, but nothing inside a record function."""
    yield node
    if isinstance(node, Call) and FUNCTIONS[node.function].group is Group.RECORD:
        return
    for child in children(node):
        yield from _row_level(child)
