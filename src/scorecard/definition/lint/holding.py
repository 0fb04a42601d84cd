"""Whether a condition can hold, can fail, or follows from another one, over everything its terms can come to.

A condition is followed case by case: each case says what its terms would have to be. Where no case is left the condition is
impossible; where reasoning stops short a case stays, so what is said never is too much.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scorecard.definition.lint.domains import Domain, Stretch, Words, word_of
from scorecard.definition.lint.possible import MOST_IN_ALL, Possible
from scorecard.expression.moments import moment_of
from scorecard.model.formula import Binary, Call, Cell, Column, Compare, Literal, Logic, Member, Node, Unary, children, walk

MOST_CASES = 64
"""of one condition; beyond them what would tell cases apart is left out"""
MOST_STEPS = 2_000
"""of reasoning about one question; what is not reasoned to its end counts as possible"""

Case = Mapping[str, Domain]
"""what terms would have to be, by how they are written"""

_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
_NOTHING: Case = {}


class Holding:
    """Questions about conditions over one scorecard; bare columns are those of `source`."""

    def __init__(self, possible: Possible, source: str | None = None) -> None:
        self.possible = possible
        self.source = source
        self._steps = 0

    def can_hold(self, condition: Node) -> bool:
        self._steps = 0
        return bool(self._cases(condition, True, _NOTHING))

    def can_fail(self, condition: Node) -> bool:
        self._steps = 0
        return bool(self._cases(condition, False, _NOTHING))

    def together(self, *conditions: Node) -> bool:
        """Whether all of them can hold for one entity."""
        return self.can_hold(Logic(operator="and", operands=conditions))

    def follows(self, from_: Node, what: Node) -> bool:
        """Whether `what` holds wherever `from_` does, unknown values included."""
        return self.first_following(from_, (what,)) is not None

    def first_following(self, from_: Node, whats: Iterable[Node]) -> int | None:
        """The place of the first condition that holds wherever `from_` does; None where none does."""
        if not _needs_all(from_):
            return None
        self._steps = 0
        read, cases = names(from_), self._cases(from_, True, _NOTHING)
        for place, what in enumerate(whats):
            if names(what) <= read and _compares_names(what) and not any(self._cases(what, False, case) for case in cases):
                return place
        return None

    def _cases(self, node: Node, wanted: bool, known: Case) -> list[Case]:
        """The cases in which a condition comes to `wanted`, each no wider than `known`."""
        self._steps += 1
        self.possible.steps += 1
        if self._steps > MOST_STEPS or self.possible.steps > MOST_IN_ALL:
            return [known]
        match node:
            case Literal(value=value):
                return [known] if value is wanted else []
            case Unary(operator="not", operand=operand):
                return self._cases(operand, not wanted, known)
            case Logic(operator=operator, operands=operands):
                return self._all(operands, wanted, known) if (operator == "and") == wanted else self._any(operands, wanted, known)
            case Compare(operator=operator, left=left, right=right):
                return self._compared(operator if wanted else _OPPOSITE[operator], left, right, node, wanted, known)
            case Member(item=item, options=options, negated=negated):
                return self._member(item, options, wanted != negated, known)
        return self._decided(node, wanted, known)

    def _all(self, operands: Iterable[Node], wanted: bool, known: Case) -> list[Case]:
        found = [known]
        for operand in operands:
            more = [narrower for case in found for narrower in self._cases(operand, wanted, case)]
            if not more:
                return []
            found = more if len(more) <= MOST_CASES else found
        return found

    def _any(self, operands: Iterable[Node], wanted: bool, known: Case) -> list[Case]:
        found = [case for operand in operands for case in self._cases(operand, wanted, known)]
        return found if len(found) <= MOST_CASES else [known]

    def _compared(self, operator: str, left: Node, right: Node, whole: Node, wanted: bool, known: Case) -> list[Case]:
        if isinstance(left, Literal) and not isinstance(right, Literal):
            left, right, operator = right, left, _FLIPPED[operator]
        match right:
            case Literal(value=bool() as truth) if operator in ("==", "!="):
                return self._decided(left, truth == (operator == "=="), known)
            case Literal(value=str() as text) if operator in ("==", "!="):
                return self._narrowed(left, Words(frozenset({text}), others=operator == "!="), known)
            case Literal(value=int() | float() as number) if not isinstance(number, bool):
                return self._against(operator, left, number, known)
        if not _possible_order(operator, self._term(left, known), self._term(right, known)):
            return []
        return self._decided(whole, wanted, known)

    def _against(self, operator: str, term: Node, number: float, known: Case) -> list[Case]:
        match operator:
            case "<" | "<=":
                return self._narrowed(term, Stretch(high=number, high_open=operator == "<"), known)
            case ">" | ">=":
                return self._narrowed(term, Stretch(low=number, low_open=operator == ">"), known)
            case "==":
                return self._narrowed(term, Stretch(number, number), known)
        only = self._term(term, known)
        return [] if only == Stretch(number, number) else [known]

    def _member(self, item: Node, options: tuple[Node, ...], inside: bool, known: Case) -> list[Case]:
        texts = [option.value for option in options if isinstance(option, Literal) and isinstance(option.value, str)]
        if len(texts) == len(options):
            return self._narrowed(item, Words(frozenset(texts), others=not inside), known)
        if inside:
            return self._any([Compare(operator="==", left=item, right=option) for option in options], True, known)
        return self._all([Compare(operator="!=", left=item, right=option) for option in options], True, known)

    def _term(self, node: Node, known: Case) -> Domain | None:
        found = known.get(written(node))
        return found if found is not None else self.possible.term(node, self.source)

    def _decided(self, term: Node, wanted: bool, known: Case) -> list[Case]:
        """The case with a term that is true or false decided; in the data it may be any word for it."""
        truth, now = word_of(wanted), known.get(written(term))
        return [] if isinstance(now, Words) and truth not in now.words else [{**known, written(term): Words(frozenset({truth}))}]

    def _narrowed(self, term: Node, to: Domain, known: Case) -> list[Case]:
        """The case with the term narrowed to a domain; none where nothing is left of it."""
        if isinstance(to, Words) and any(moment_of(word) is not None for word in to.words):
            return [known]
        now = self._term(term, known)
        met: Domain
        match now, to:
            case (Stretch(), Stretch()):
                met = now.meet(to)
            case (Words(), Words()):
                met = now.meet(to)
            case None, _:
                met = to
            case _:
                return [known]
        return [] if met.empty else [{**known, written(term): met}]


def _possible_order(operator: str, left: Domain | None, right: Domain | None) -> bool:
    """Whether two terms that are both no literals can stand in this order."""
    match left, right:
        case Words(others=False), Words(others=False):
            return operator != "==" or bool(left.words & right.words)
        case Stretch(), Stretch():
            match operator:
                case "<":
                    return left.low < right.high
                case "<=":
                    return left.low <= right.high
                case ">":
                    return left.high > right.low
                case ">=":
                    return left.high >= right.low
                case "==":
                    return not left.meet(right).empty
    return True


def written(node: Node) -> str:
    """A node as text that two nodes share where they say the same."""
    if isinstance(node, Cell):
        return node.name
    match node:
        case Column(name=name):
            return f"col({name!r})"
        case Literal(value=value):
            return repr(value)
        case Call(function=function, arguments=arguments, options=options):
            named = [f"{key}={written(option)}" for key, option in options]
            return f"{function}({', '.join([*map(written, arguments), *named])})"
        case Unary(operator=operator, operand=operand):
            return f"({operator} {written(operand)})"
        case Binary(operator=operator, left=left, right=right) | Compare(operator=operator, left=left, right=right):
            return f"({written(left)} {operator} {written(right)})"
        case Logic(operator=operator, operands=operands):
            return f"({f' {operator} '.join(map(written, operands))})"
        case Member(item=item, options=options, negated=negated):
            return f"({written(item)} {'not in' if negated else 'in'} [{', '.join(map(written, options))}])"
    return repr(node)


def names(node: Node) -> set[str]:
    """The cells and columns that a node reads."""
    return {each.name for each in walk(node) if isinstance(each, (Cell, Column))}


def _compares_names(node: Node) -> bool:
    """Whether a condition is unknown only where a name in it has no value: it compares bare names, whatever joins the comparisons."""
    match node:
        case Logic() | Unary(operator="not"):
            return all(_compares_names(operand) for operand in children(node))
        case Compare() | Member():
            return all(isinstance(side, (Cell, Column, Literal)) for side in children(node))
    return isinstance(node, (Cell, Column))


def _needs_all(node: Node) -> bool:
    """Whether a condition holds only where every name in it has a value."""
    if isinstance(node, Logic):
        return node.operator == "and" and all(_needs_all(operand) for operand in node.operands)
    return not isinstance(node, Unary) and _compares_names(node)
