"""What a term of a formula can come to: a stretch of numbers, or some words; None stands for anything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf, nextafter


@dataclass(frozen=True, slots=True)
class Stretch:
    """The numbers from `low` to `high`; an end that is `open` is not among them."""

    low: float = -inf
    high: float = inf
    low_open: bool = False
    high_open: bool = False

    @property
    def empty(self) -> bool:
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))

    def meet(self, other: Stretch) -> Stretch:
        """What lies in both."""
        low, low_open = max((self.low, self.low_open), (other.low, other.low_open))
        high, high_shut = min((self.high, not self.high_open), (other.high, not other.high_open))
        return Stretch(low, high, low_open, not high_shut)


@dataclass(frozen=True, slots=True)
class Words:
    """These words, or, where `others`, all words but these."""

    words: frozenset[str]
    others: bool = False

    @property
    def empty(self) -> bool:
        return not self.words and not self.others

    def meet(self, other: Words) -> Words:
        """What is in both."""
        if self.others and other.others:
            return Words(self.words | other.words, True)
        if self.others:
            return Words(other.words - self.words)
        return Words(self.words - other.words if other.others else self.words & other.words)


Domain = Stretch | Words

ANY_NUMBER = Stretch()
TRUTHS = Words(frozenset({"true", "false"}))


def word_of(truth: bool) -> str:
    """A truth as a word, so that conditions without numbers are words as well."""
    return "true" if truth else "false"


def joined(parts: Iterable[Domain | None]) -> Domain | None:
    """What lies in at least one part, with what is between them where they are numbers."""
    found: Domain | None = None
    for part in parts:
        match found, part:
            case None, Stretch() | Words():
                found = part
            case Stretch(), Stretch():
                found = Stretch(min(found.low, part.low), max(found.high, part.high))
            case Words(others=False), Words(others=False):
                found = Words(found.words | part.words)
            case _:
                return None
    return found


def widened(low: float, high: float) -> Stretch:
    """The stretch between two computed numbers, with room for how doubles round."""
    return Stretch(_beside(low, -1.0), _beside(high, 1.0))


def _beside(number: float, way: float) -> float:
    return number if number in (inf, -inf) else nextafter(number + way * 1e-9 * max(1.0, abs(number)), way * inf)


def added(one: Stretch, other: Stretch) -> Stretch:
    return widened(one.low + other.low, one.high + other.high)


def negated(one: Stretch) -> Stretch:
    return Stretch(-one.high, -one.low, one.high_open, one.low_open)


def multiplied(one: Stretch, other: Stretch) -> Stretch:
    products = [_product(a, b) for a in (one.low, one.high) for b in (other.low, other.high)]
    return widened(min(products), max(products))


def divided(one: Stretch, other: Stretch) -> Stretch:
    """The quotient; what is divided by zero is no number, so it is left out."""
    if other.low < 0 < other.high or other.low == other.high == 0:
        return ANY_NUMBER
    if other.high <= 0:
        one, other = negated(one), negated(other)
    least = inf if other.low == 0 else 1 / other.low
    greatest = 0.0 if other.high == inf else 1 / other.high
    return multiplied(one, Stretch(greatest, least))


def _product(a: float, b: float) -> float:
    return 0.0 if 0 in (a, b) else a * b
