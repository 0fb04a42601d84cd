"""What a term of a formula can come to: a stretch of numbers, or some words; None stands for anything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import copysign, inf


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


# Doubles round alike whatever is reckoned, so the ends of what is reckoned are what is reckoned of the ends; comparisons tie
# what a sum in another order changes.


def added(one: Stretch, other: Stretch) -> Stretch:
    return Stretch(one.low + other.low, one.high + other.high)


def negated(one: Stretch) -> Stretch:
    return Stretch(-one.high, -one.low, one.high_open, one.low_open)


def multiplied(one: Stretch, other: Stretch) -> Stretch:
    products = [a * b if a and b else 0.0 for a in (one.low, one.high) for b in (other.low, other.high)]
    return Stretch(min(products), max(products))


def divided(one: Stretch, other: Stretch) -> Stretch:
    """The quotient; what is divided by zero is no number, so it is left out."""
    if other.low < 0 < other.high or other.low == other.high == 0:
        return ANY_NUMBER
    if other.high <= 0:
        one, other = negated(one), negated(other)
    quotients = [_quotient(a, b) for a in (one.low, one.high) for b in (other.low, other.high)]
    return Stretch(min(quotients), max(quotients))


def _quotient(a: float, b: float) -> float:
    """a / b where b is not negative: without end near zero, nothing far out."""
    if a == 0 or b == inf:
        return 0.0
    return a / b if b else copysign(inf, a)
