"""Three-valued conditions on columns as pairs of two-valued ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce

import narwhals as nw

from scorecard.expression.array import RELATIVE_TIE, TIE
from scorecard.expression.frame_numbers import definite

MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
_COMPARE: dict[str, Callable[[nw.Expr, nw.Expr], nw.Expr]] = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: (a != b) & ~a.is_null() & ~b.is_null(),
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


@dataclass(frozen=True, slots=True)
class Pair:
    """A condition as two, each two-valued."""

    holds: nw.Expr
    fails: nw.Expr

    def opposite(self) -> Pair:
        return Pair(self.fails, self.holds)


def known_and(known: nw.Expr, condition: nw.Expr) -> Pair:
    """Known and true, known and false: a `False &` is false on every engine, whatever the other side."""
    return Pair(definite(known & condition), definite(known & ~condition))


def join(operator: str, pairs: list[Pair]) -> Pair:
    if operator == "and":
        return reduce(lambda a, b: Pair(a.holds & b.holds, a.fails | b.fails), pairs)
    return reduce(lambda a, b: Pair(a.holds | b.holds, a.fails & b.fails), pairs)


def same_truth(one: Pair, other: Pair, operator: str) -> Pair:
    same = Pair((one.holds & other.holds) | (one.fails & other.fails), (one.holds & other.fails) | (one.fails & other.holds))
    return same if operator == "==" else same.opposite()


def or_else(a: Pair, b: Pair) -> Pair:
    known = a.holds | a.fails
    return Pair(a.holds | (~known & b.holds), a.fails | (~known & b.fails))


def compared(operator: str, a: nw.Expr, b: nw.Expr) -> Pair:
    """An exact comparison of two columns, or of a column with a constant; with null it is unknown."""
    return Pair(definite(_COMPARE[operator](a, b)), definite(_COMPARE[_OPPOSITE[operator]](a, b)))


def compared_with(operator: str, a: nw.Expr, constant: float) -> Pair:
    """A comparison of a reckoned number with a constant, within the tie."""
    reach = max(TIE, RELATIVE_TIE * abs(constant))
    low, high = constant - reach, constant + reach
    sides = {
        "<": a < low,
        ">=": a >= low,
        ">": a > high,
        "<=": a <= high,
        "==": (a >= low) & (a <= high),
        "!=": (a < low) | (a > high),
    }
    return Pair(definite(sides[operator]), definite(sides[_OPPOSITE[operator]]))


def compared_within_tie(operator: str, a: nw.Expr, b: nw.Expr) -> Pair:
    """A comparison of two numbers of which one is reckoned, within the tie."""
    gap = a - b
    reach = nw.max_horizontal(nw.lit(TIE), a.abs() * RELATIVE_TIE, b.abs() * RELATIVE_TIE)
    sides = {
        "<": gap < -reach,
        ">=": gap >= -reach,
        ">": gap > reach,
        "<=": gap <= reach,
        "==": gap.abs() <= reach,
        "!=": gap.abs() > reach,
    }
    return Pair(definite(sides[operator]), definite(sides[_OPPOSITE[operator]]))
