"""Formulas over rows of records: a checked formula compiled to narwhals expressions that give the same on every engine."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from typing import Any, cast

import narwhals as nw
import numpy as np

from scorecard.expression.array import evaluate
from scorecard.expression.frame_conditions import (
    MIRRORED,
    Pair,
    compared,
    compared_with,
    compared_within_tie,
    join,
    known_and,
    or_else,
    same_truth,
)
from scorecard.expression.frame_numbers import definite, finite, geomean_of, mean_of, only, round_half_up, where
from scorecard.expression.moments import moment_of
from scorecard.expression.values import Coded, NotComputable, Truth
from scorecard.model.formula import Binary, Call, Cell, Column, Compare, Kind, Literal, Logic, Member, Node, Unary, walk

FROM, TO = "time.from", "time.to"
"""the columns that `active_on` reads: naive moments, `to` exclusive; no `to` = still open, no `from` = unknown"""

_EXP_LIMIT = 709.0
_DAY = 86_400e6
_HOUR = 3_600e6

Constant = Callable[[str], object]
Kinds = Mapping[str, Kind]


def value(tree: Node, kinds: Kinds, constant: Constant) -> nw.Expr:
    """The value of a formula in every row, null where it is unknown; never NaN beside null, never infinite.

    `kinds` are the kinds of the columns, which must have been read so; `constant` gives the value of cells such as
    `period.last_day` and `params.x`. Record, time and peer functions and shapes raise `NotComputable`.
    """
    return _Compiler(kinds, constant).value(tree)


def holds(tree: Node, kinds: Kinds, constant: Constant) -> nw.Expr:
    """Where a condition is true; never null."""
    return _Compiler(kinds, constant).truth(tree).holds


def fails(tree: Node, kinds: Kinds, constant: Constant) -> nw.Expr:
    """Where a condition is false; never null."""
    return _Compiler(kinds, constant).truth(tree).fails


def unknown(tree: Node, kinds: Kinds, constant: Constant) -> nw.Expr:
    """Where a condition is neither true nor false; never null."""
    truth = _Compiler(kinds, constant).truth(tree)
    return ~(truth.holds | truth.fails)


@dataclass(frozen=True, slots=True)
class _Compiler:
    kinds: Kinds
    constant: Constant

    # ------------------------------------------------------------ what a node is

    def _fixed(self, node: Node) -> bool:
        """Is it the same in every row?"""
        return not any(isinstance(part, Column) or (isinstance(part, Call) and part.function == "active_on") for part in walk(node))

    def _constant(self, node: Node) -> Any:
        """The Python value of a part that is the same in every row; computed as values over entities are."""
        found = evaluate(node, self.constant, 1)
        match found:
            case Truth():
                return True if np.all(found.holds) else False if np.all(found.fails) else None
            case Coded():
                return found.decode()[0]
            case str():
                return found
        one = np.asarray(found).reshape(-1)[0]
        if isinstance(one, np.datetime64):
            return None if np.isnat(one) else one.astype("datetime64[us]").item()
        return None if np.isnan(one) else float(one)

    def kind(self, node: Node) -> Kind:
        match node:
            case Column(name=name):
                return self.kinds.get(name, Kind.ANY)
            case Literal() | Cell():
                return _kind_of(self._constant(node))
            case Compare() | Logic() | Member() | Unary(operator="not"):
                return Kind.TRUTH
            case Binary(operator=operator, left=left, right=right):
                days = [self.kind(side) in (Kind.MOMENT, Kind.TEXT) for side in (left, right)]
                return Kind.MOMENT if any(days) and (operator == "+" or not days[1]) else Kind.NUMBER
            case Call(function="is_null" | "contains" | "starts_with" | "active_on"):
                return Kind.TRUTH
            case Call(function="if_else", arguments=(_, *branches)):
                return self._shared(branches)
            case Call(function="coalesce", arguments=branches):
                return self._shared(branches)
        return Kind.NUMBER

    def _shared(self, nodes: Any) -> Kind:
        return next((kind for kind in map(self.kind, nodes) if kind != Kind.ANY), Kind.ANY)

    # ------------------------------------------------------------ values

    def value(self, node: Node) -> nw.Expr:
        kind = self.kind(node)
        if kind == Kind.NUMBER:
            return self.number(node)
        if kind == Kind.TRUTH:
            return self._truth_value(node)
        return self.other(node, kind)

    def _truth_value(self, node: Node) -> nw.Expr:
        if isinstance(node, Column):
            return nw.col(node.name)
        truth = self.truth(node)
        return nw.when(truth.holds).then(nw.lit(True)).otherwise(nw.when(truth.fails).then(nw.lit(False)))

    def other(self, node: Node, kind: Kind) -> nw.Expr:
        """Text, moments, and columns of a kind that is not known."""
        if self._fixed(node):
            return _literal(self._constant(node), kind)
        match node:
            case Column(name=name):
                return nw.col(name)
            case Call(function="coalesce", arguments=arguments):
                return self._coalesce(arguments, lambda argument: self.other(argument, kind))
            case Call(function="if_else", arguments=(condition, then, otherwise)):
                return _pick(self.truth(condition), self.other(then, kind), self.other(otherwise, kind))
            case Binary(operator=operator, left=left, right=right) if kind == Kind.MOMENT:
                moment, days = (left, right) if self.kind(left) == Kind.MOMENT else (right, left)
                return self._shift(self.other(moment, kind), days, 1 if operator == "+" else -1)
        raise NotComputable(f"{type(node).__name__} where a {kind.value} is expected")

    def _shift(self, moment: nw.Expr, days: Node, sign: int) -> nw.Expr:
        count = self._constant(days) if self._fixed(days) else None
        if count is None:
            if not self._fixed(days):
                raise NotComputable("a moment shifted by a column")
            return _null_of(moment)
        return moment.dt.offset_by(f"{sign * round(count * _DAY)}us")

    def number(self, node: Node) -> nw.Expr:
        """A number with everything not finite turned to null.

        Engines work out a part once for each time it is mentioned, so parts are mentioned as seldom as can be.
        """
        if self._fixed(node):
            return _literal(self._constant(node), Kind.NUMBER)
        return self.rough(node) if isinstance(node, Call) and node.function in _CLEAN else finite(self.rough(node))

    def rough(self, node: Node) -> nw.Expr:
        """A number that may be infinite or NaN where it should be null: `+ - *` keep that, all else asks `number`."""
        if self._fixed(node):
            return _literal(self._constant(node), Kind.NUMBER)
        match node:
            case Column(name=name):
                return nw.col(name).cast(nw.Float64)
            case Unary(operator="-", operand=operand):
                return -self.rough(operand)
            case Binary(operator="-", left=left, right=right) if Kind.MOMENT in (self.kind(left), self.kind(right)):
                return self._elapsed(right, left, _DAY)
            case Binary(operator="+" | "-" | "*" as operator, left=left, right=right):
                return _RING[operator](self.rough(left), self.rough(right))
            case Binary(operator=operator, left=left, right=right):
                return self._quotient(operator, left, right)
            case Call():
                return self._call(node)
        raise NotComputable(f"{type(node).__name__} where a number is expected")

    def _quotient(self, operator: str, left: Node, right: Node) -> nw.Expr:
        if operator == "**":
            exponent = cast("float", cast("Literal", right).value)
            base = self.number(left)
            if exponent < 0:
                base = only(base != 0, base)
            if not exponent.is_integer():
                base = only(base >= 0, base)
            return base**exponent
        divisor = self.rough(right)
        divisor = only((divisor.abs() <= sys.float_info.max) & (divisor != 0), divisor)
        whole = self.rough(left) / divisor
        if operator == "/":
            return whole
        floored = finite(whole).floor()
        return floored if operator == "//" else self.rough(left) - divisor * floored

    def _elapsed(self, start: Node, end: Node, unit: float) -> nw.Expr:
        span = self.other(end, Kind.MOMENT) - self.other(start, Kind.MOMENT)
        return span.dt.total_microseconds().cast(nw.Float64) / unit

    def _call(self, call: Call) -> nw.Expr:
        arguments = call.arguments
        match call.function:
            case "if_else":
                return _pick(self.truth(arguments[0]), self.number(arguments[1]), self.number(arguments[2]))
            case "days_between":
                return self._elapsed(arguments[0], arguments[1], _DAY)
            case "hours_between":
                return self._elapsed(arguments[0], arguments[1], _HOUR)
            case "coalesce":
                return self._coalesce(arguments, self.number)
            case "min_of" | "max_of":
                arguments = tuple(sorted(arguments, key=self._fixed))
        numbers = [self.number(argument) for argument in arguments]
        match call.function:
            case "abs":
                return numbers[0].abs()
            case "min_of":
                return nw.min_horizontal(*numbers)
            case "max_of":
                return nw.max_horizontal(*numbers)
            case "mean_of":
                return mean_of(numbers)
            case "geomean_of":
                return geomean_of(numbers)
            case "round":
                decimals = cast("float", cast("Literal", arguments[1]).value) if len(arguments) > 1 else 0.0
                return round_half_up(numbers[0], decimals)
            case "log":
                return only(numbers[0] > 0, where(numbers[0] > 0, numbers[0], 1.0).log())
            case "sqrt":
                return only(numbers[0] >= 0, where(numbers[0] >= 0, numbers[0], 0.0).sqrt())
            case "exp":
                return only(numbers[0] <= _EXP_LIMIT, where(numbers[0] <= _EXP_LIMIT, numbers[0], 0.0).exp())
            case "clip":
                return self._clip(call, *numbers)
        raise NotComputable(f"{call.function}() over records")

    def _coalesce(self, arguments: tuple[Node, ...], compiled: Callable[[Node], nw.Expr]) -> nw.Expr:
        """Constant nulls are skipped, and nothing is read behind a constant that is not null."""
        used: list[nw.Expr] = []
        for argument in arguments:
            if self._nothing(argument):
                continue
            used.append(compiled(argument))
            if self._fixed(argument):
                break
        return used[0] if len(used) == 1 else nw.coalesce(*used)

    def _clip(self, call: Call, x: nw.Expr, low: nw.Expr, high: nw.Expr) -> nw.Expr:
        bounds = [self._constant(node) if self._fixed(node) else math.nan for node in call.arguments[1:]]
        if None not in bounds and bounds[0] <= bounds[1]:
            return x.clip(bounds[0], bounds[1])
        known = ~(x.is_null() | low.is_null() | high.is_null())
        return only(known, nw.min_horizontal(nw.max_horizontal(x, low), high))

    # ------------------------------------------------------------ conditions

    def truth(self, node: Node) -> Pair:
        if self._fixed(node):
            found = self._constant(node)
            return Pair(nw.lit(found is True), nw.lit(found is False))
        match node:
            case Column(name=name):
                known = ~nw.col(name).is_null()
                return Pair(known & (nw.col(name) == nw.lit(True)), known & (nw.col(name) == nw.lit(False)))
            case Unary(operator="not", operand=operand):
                return self.truth(operand).opposite()
            case Logic(operator=operator, operands=operands):
                return join(operator, [self.truth(operand) for operand in operands])
            case Compare(operator=operator, left=left, right=right):
                return self._compare(operator, left, right)
            case Member(item=item, options=options, negated=negated):
                found = join("or", [self._compare("==", item, option) for option in options])
                return found.opposite() if negated else found
            case Call():
                return self._condition(node)
        raise NotComputable(f"{type(node).__name__} where a condition is expected")

    def _condition(self, call: Call) -> Pair:
        arguments = call.arguments
        match call.function:
            case "is_null":
                null = self._is_null(arguments[0])
                return Pair(null, ~null)
            case "contains" | "starts_with":
                text = self.other(arguments[0], Kind.TEXT)
                part = cast("str", cast("Literal", arguments[1]).value)
                found = text.str.contains(part, literal=True) if call.function == "contains" else text.str.starts_with(part)
                return known_and(~text.is_null(), found.fill_null(False))
            case "active_on":
                return self._active_on(arguments[0])
            case "if_else":
                condition, then, otherwise = (self.truth(argument) for argument in arguments)
                return Pair(
                    (condition.holds & then.holds) | (condition.fails & otherwise.holds),
                    (condition.holds & then.fails) | (condition.fails & otherwise.fails),
                )
            case "coalesce":
                return reduce(or_else, [self.truth(argument) for argument in arguments])
        raise NotComputable(f"{call.function}() where a condition is expected")

    def _is_null(self, node: Node) -> nw.Expr:
        kind = self.kind(node)
        if kind == Kind.TRUTH:
            truth = self.truth(node)
            return ~(truth.holds | truth.fails)
        return (self.number(node) if kind == Kind.NUMBER else self.other(node, kind)).is_null()

    def _active_on(self, day: Node) -> Pair:
        if not self._fixed(day):
            raise NotComputable("active_on() of a day that is not the same for every record")
        moment = _as_moment(self._constant(day))
        if moment is None:
            return Pair(nw.lit(False), nw.lit(False))
        start = datetime.combine(moment.date(), time())
        begins, ends = nw.col(FROM), nw.col(TO)
        begun = ~begins.is_null() & (begins < nw.lit(start + timedelta(days=1)))
        open_still = ends.is_null() | (~ends.is_null() & (ends > nw.lit(start)))
        over = ~ends.is_null() & (ends <= nw.lit(start))
        later = ~begins.is_null() & (begins >= nw.lit(start + timedelta(days=1)))
        return Pair(definite(begun & open_still), definite(later | over))

    def _compare(self, operator: str, left: Node, right: Node) -> Pair:
        kind = self._compared(left, right)
        if kind == Kind.TRUTH:
            return same_truth(self.truth(left), self.truth(right), operator)
        if self._nothing(left) or self._nothing(right):
            return Pair(nw.lit(False), nw.lit(False))
        if kind != Kind.NUMBER:
            return compared(operator, self.other(left, kind), self.other(right, kind))
        if _raw(left) and _raw(right):
            return compared(operator, self.number(left), self.number(right))
        if self._fixed(left):
            left, right, operator = right, left, MIRRORED[operator]
        if self._fixed(right):
            return compared_with(operator, self.number(left), self._constant(right))
        return compared_within_tie(operator, self.number(left), self.number(right))

    def _compared(self, left: Node, right: Node) -> Kind:
        kinds = (self.kind(left), self.kind(right))
        return Kind.MOMENT if Kind.MOMENT in kinds else kinds[0] if kinds[0] != Kind.ANY else kinds[1]

    def _nothing(self, node: Node) -> bool:
        return self._fixed(node) and self._constant(node) is None


_RING: dict[str, Callable[[nw.Expr, nw.Expr], nw.Expr]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
}
_CLEAN = frozenset({"if_else", "coalesce", "min_of", "max_of", "abs", "log", "sqrt", "exp", "clip", "days_between", "hours_between"})
"""functions of finite numbers that give finite numbers or null"""
_DTYPES: dict[Kind, Any] = {Kind.NUMBER: nw.Float64, Kind.TEXT: nw.String, Kind.MOMENT: nw.Datetime("us"), Kind.TRUTH: nw.Boolean}


def _kind_of(constant: object) -> Kind:
    match constant:
        case bool():
            return Kind.TRUTH
        case float():
            return Kind.NUMBER
        case str():
            return Kind.TEXT
        case datetime():
            return Kind.MOMENT
    return Kind.ANY


def _as_moment(constant: object) -> datetime | None:
    if isinstance(constant, str):
        return moment_of(constant)
    if isinstance(constant, date) and not isinstance(constant, datetime):
        return datetime.combine(constant, time())
    return constant if isinstance(constant, datetime) else None


def _literal(constant: Any, kind: Kind) -> nw.Expr:
    if kind == Kind.MOMENT:
        constant = _as_moment(constant)
    return nw.lit(constant, dtype=_DTYPES.get(kind)) if constant is None else nw.lit(constant)


def _null_of(moment: nw.Expr) -> nw.Expr:
    return nw.when(moment.is_null()).then(moment)


def _pick(condition: Pair, then: nw.Expr, otherwise: nw.Expr) -> nw.Expr:
    return nw.when(condition.holds).then(then).otherwise(nw.when(condition.fails).then(otherwise))


def _raw(node: Node) -> bool:
    return isinstance(node, Column | Literal | Cell)
