"""Values over entities: a checked formula over cells, computed with numpy; null, three-valued truth and the tie at 1e-9 built in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

import numpy as np

from scorecard.expression import shapes
from scorecard.expression.moments import moment_of
from scorecard.expression.values import (
    NAT,
    Coded,
    Moments,
    NotComputable,
    Numbers,
    Truth,
    Value,
    as_numbers,
    choose,
    encode,
    finite,
    is_moment,
    is_null,
    labels,
    no_text,
    normal,
    nothing_in,
    truth_of_text,
)
from scorecard.model.formula import Binary, Call, Cell, Column, Compare, Literal, Logic, Member, Node, Unary

__all__ = ["Coded", "NotComputable", "Truth", "Value", "as_numbers", "encode", "evaluate", "round_half_up"]

_DAY = 86_400e6
_HOUR = 3_600e6
_LONGEST = 3_000_000.0
TIE = 1e-9
RELATIVE_TIE = 1e-12


def evaluate(tree: Node, read: Callable[[str], Any], rows: int) -> Value:
    """The value of a formula for `rows` entities; what holds for all of them may stay one number, text, moment or truth.

    `read` gives the value of a cell or column by its name: numbers as float64 (NaN = null), text as `Coded` or str,
    moments as datetime64[us], truths as `Truth` or bool, None for null. Nothing not finite comes out; numpy warns of nothing.
    """
    with np.errstate(all="ignore"):
        return _Evaluator(read, rows).value(tree)


class _Evaluator:
    def __init__(self, read: Callable[[str], Any], rows: int) -> None:
        self._read = read
        self._rows = rows

    def value(self, node: Node) -> Value:
        match node:
            case Literal(value=value):
                return normal(value)
            case Cell(name=name) | Column(name=name):
                return normal(self._read(name))
            case Unary(operator="not", operand=operand):
                inner = self.truth(operand)
                return Truth(inner.fails, inner.holds)
            case Unary(operand=operand):
                return -self.numbers(operand)
            case Binary(operator=operator, left=left, right=right):
                return self._arithmetic(operator, self.value(left), self.value(right), right)
            case Compare(operator=operator, left=left, right=right):
                return compare(operator, self.value(left), self.value(right))
            case Member():
                return self._member(node)
            case Logic(operator=operator, operands=operands):
                return join(operator, [self.truth(operand) for operand in operands])
            case Call():
                return self._call(node)
        raise NotComputable(type(node).__name__)

    def truth(self, node: Node) -> Truth:
        value = self.value(node)
        if isinstance(value, Truth):
            return value
        if is_null(value) is True:
            return Truth(np.False_, np.False_)
        raise NotComputable(f"{type(value).__name__} where a condition is expected")

    def numbers(self, node: Node) -> Numbers:
        return _number(self.value(node))

    def moments(self, node: Node) -> Moments:
        return _moment(self.value(node))

    def _arithmetic(self, operator: str, left: Value, right: Value, node: Node) -> Value:
        if operator == "-" and is_moment(right):
            return _elapsed(_moment(right), _moment(left), _DAY)
        if operator == "-" and is_moment(left) and isinstance(right, str):
            return _elapsed(_moment(right), _moment(left), _DAY)
        if is_moment(left):
            days = _number(right)
            return _shift(_moment(left), days if operator == "+" else -days)
        if is_moment(right):
            return _shift(_moment(right), _number(left))
        return finite(_OPERATORS[operator](_number(left), _number(right)))

    def _member(self, node: Member) -> Truth:
        item = self.value(node.item)
        found = join("or", [compare("==", item, self.value(option)) for option in node.options])
        return Truth(found.fails, found.holds) if node.negated else found

    def _call(self, call: Call) -> Value:
        arguments = call.arguments
        match call.function:
            case "is_null":
                null = self._unknown(self.value(arguments[0]))
                return Truth(null, ~null)
            case "if_else":
                condition = self.truth(arguments[0])
                return choose([(condition.holds, self.value(arguments[1])), (condition.fails, self.value(arguments[2]))], self._rows)
            case "coalesce":
                values = [self.value(argument) for argument in arguments]
                return choose([(~np.asarray(self._unknown(value)), value) for value in values], self._rows)
            case "contains" | "starts_with":
                part = cast("str", cast("Literal", arguments[1]).value)
                test = (lambda text: part in text) if call.function == "contains" else (lambda text: text.startswith(part))
                return truth_of_text(self.value(arguments[0]), test)
            case "days_between":
                return _elapsed(self.moments(arguments[0]), self.moments(arguments[1]), _DAY)
            case "hours_between":
                return _elapsed(self.moments(arguments[0]), self.moments(arguments[1]), _HOUR)
        function = _NUMERIC.get(call.function)
        if function is None:
            raise NotComputable(f"{call.function}() over entities")
        return finite(function(*(self.numbers(argument) for argument in arguments)))

    def _unknown(self, value: Value) -> Any:
        if isinstance(value, Truth):
            return ~(value.holds | value.fails)
        return np.asarray(is_null(value))


def compare(operator: str, left: Value, right: Value) -> Truth:
    """`< <= > >= == !=`, three-valued; numbers that differ by no more than the tie are equal.

    Texts have an order only where they name days; of other words it is unknown which comes first.
    """
    if is_null(left) is True or is_null(right) is True:
        return Truth(np.False_, np.False_)
    if isinstance(left, Truth) or isinstance(right, Truth):
        if not (isinstance(left, Truth) and isinstance(right, Truth)):
            raise NotComputable("a truth compared with something else")
        same = Truth((left.holds & right.holds) | (left.fails & right.fails), (left.holds & right.fails) | (left.fails & right.holds))
        return same if operator == "==" else Truth(same.fails, same.holds)
    if is_moment(left) or is_moment(right):
        return _ordered(operator, _moment(left), _moment(right), None)
    texts = isinstance(left, Coded | str), isinstance(right, Coded | str)
    if texts == (True, False) and nothing_in(right):
        right = no_text(right)
    elif texts == (False, True) and nothing_in(left):
        left = no_text(left)
    if isinstance(left, Coded | str) and isinstance(right, Coded | str):
        if operator not in ("==", "!="):
            return _ordered(operator, _moment(left), _moment(right), None)
        return _same_text(left, right) if operator == "==" else _flipped(_same_text(left, right))
    return _ordered(operator, _number(left), _number(right), tie)


def tie(left: Numbers, right: Numbers) -> Any:
    """Where two numbers count as equal: |a - b| <= max(1e-9, 1e-12 max(|a|, |b|))."""
    return np.abs(left - right) <= np.maximum(TIE, RELATIVE_TIE * np.maximum(np.abs(left), np.abs(right)))


def join(operator: str, truths: Sequence[Truth]) -> Truth:
    """Three-valued `and`, `or`."""
    holds, fails = truths[0].holds, truths[0].fails
    for truth in truths[1:]:
        if operator == "and":
            holds, fails = holds & truth.holds, fails | truth.fails
        else:
            holds, fails = holds | truth.holds, fails & truth.fails
    return Truth(holds, fails)


def round_half_up(x: Numbers, decimals: float = 0.0) -> Numbers:
    """Half away from zero in base ten, after a tidy at 1e-9."""
    scale = 10.0 ** abs(decimals)
    wide = np.abs(x) * scale if decimals >= 0 else np.abs(x) / scale
    tidy = min(1e-9 * scale if decimals >= 0 else 1e-9 / scale, 1e-3)
    whole = np.floor(wide + (0.5 + tidy))
    return cast("Numbers", np.sign(x) * (whole / scale if decimals >= 0 else whole * scale))


def _number(value: Value) -> Numbers:
    if isinstance(value, np.float64) or (isinstance(value, np.ndarray) and value.dtype.kind == "f"):
        return cast("Numbers", value)
    raise NotComputable(f"{type(value).__name__} where a number is expected")


def _moment(value: Value) -> Moments:
    if isinstance(value, str):
        found = moment_of(value)
        return NAT if found is None else np.datetime64(found, "us")
    if is_moment(value):
        return cast("Moments", value)
    if isinstance(value, Coded):
        days = [moment_of(text) for text in value.categories]
        return np.array([*(NAT if day is None else np.datetime64(day, "us") for day in days), NAT])[value.codes]
    if nothing_in(value):
        return np.full(np.shape(cast("Any", value)), NAT)[()]
    raise NotComputable(f"{type(value).__name__} where a moment is expected")


def _ordered(operator: str, left: Any, right: Any, equal: Callable[[Any, Any], Any] | None) -> Truth:
    known = ~(np.isnan(left) | np.isnan(right)) if equal else ~(np.isnat(left) | np.isnat(right))
    same = (equal(left, right) if equal else left == right) & known
    less = (left < right) & ~same & known
    holds = {"==": same, "<": less, "<=": less | same, ">": known & ~less & ~same, ">=": known & ~less, "!=": known & ~same}[operator]
    return Truth(holds, known & ~holds)


def _same_text(left: Coded | str, right: Coded | str) -> Truth:
    if isinstance(left, str) and isinstance(right, str):
        return Truth(np.bool_(left == right), np.bool_(left != right))
    if isinstance(left, str):
        left, right = right, left
    if isinstance(right, str):
        return truth_of_text(left, lambda text: text == right)
    ours, theirs = labels([left, right])[0]
    known = (ours >= 0) & (theirs >= 0)
    return Truth(known & (ours == theirs), known & (ours != theirs))


def _flipped(truth: Truth) -> Truth:
    return Truth(truth.fails, truth.holds)


def _elapsed(start: Moments, end: Moments, unit: float) -> Numbers:
    return (end - start) / np.timedelta64(1, "us") / unit


def _shift(moment: Moments, days: Numbers) -> Moments:
    known = np.abs(days) <= _LONGEST
    span = np.rint(np.where(known, days, 0.0) * _DAY).astype("timedelta64[us]")
    return cast("Moments", np.where(known, moment + span, NAT)[()])


def _divide(a: Numbers, b: Numbers) -> Any:
    return np.where(b == 0, np.nan, a / b)[()]


def _floor_divide(a: Numbers, b: Numbers) -> Any:
    return np.floor(_divide(a, b))


def _power(a: Numbers, b: Numbers) -> Any:
    return np.where((a == 0) & (b < 0), np.nan, np.power(a, b))[()]


def _mean_of(*values: Numbers) -> Any:
    total, count = _skipping(values)
    return _divide(total, count)


def _geomean_of(*values: Numbers) -> Any:
    """exp of the mean of the logarithms; zero where one is zero, null where one is negative."""
    total, count = _skipping([np.log(np.where(value > 0, value, 1.0)) + 0 * value for value in values])
    zero = _any([value == 0 for value in values])
    negative = _any([value < 0 for value in values])
    return np.where(negative, np.nan, np.where(zero, 0.0, np.exp(_divide(total, count))))[()]


def _skipping(values: Sequence[Numbers]) -> tuple[Any, Any]:
    total = sum((np.where(np.isnan(value), 0.0, value) for value in values[1:]), np.where(np.isnan(values[0]), 0.0, values[0]))
    return total, sum((~np.isnan(value) * 1.0 for value in values[1:]), ~np.isnan(values[0]) * 1.0)


def _any(parts: Sequence[Any]) -> Any:
    return join("or", [Truth(part, ~part) for part in parts]).holds


def _least(*values: Numbers) -> Any:
    found = values[0]
    for value in values[1:]:
        found = np.fmin(found, value)
    return found


def _greatest(*values: Numbers) -> Any:
    found = values[0]
    for value in values[1:]:
        found = np.fmax(found, value)
    return found


_OPERATORS: dict[str, Callable[[Numbers, Numbers], Any]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": _divide,
    "//": _floor_divide,
    "%": lambda a, b: a - b * _floor_divide(a, b),
    "**": _power,
}
_NUMERIC: dict[str, Callable[..., Any]] = {
    "min_of": _least,
    "max_of": _greatest,
    "mean_of": _mean_of,
    "geomean_of": _geomean_of,
    "abs": np.abs,
    "round": lambda x, decimals=0.0: round_half_up(x, float(decimals)),
    "log": lambda x: np.log(np.where(x > 0, x, np.nan))[()],
    "exp": np.exp,
    "sqrt": np.sqrt,
    "clip": lambda x, low, high: np.minimum(np.maximum(x, low), high),
    "lognormal": shapes.lognormal,
    "logistic": shapes.logistic,
}
