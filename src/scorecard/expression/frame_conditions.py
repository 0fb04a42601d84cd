"""Three-valued conditions on columns as pairs of two-valued ones."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

import narwhals as nw

from scorecard.expression.frame_numbers import definite


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
