"""Rules on one node: adjustments in a fixed order of kinds, each with the points it gave or took."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from scorecard.model.definition import RuleKind, Scale
from scorecard.scoring.arrays import Array, Flags, Num

Gaps = Literal["as they are", "worst", "best"]
Delta = tuple[str | None, Array]
"""a rule and the points it gave; None = the clamp to the scale"""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Applied:
    """One rule on some rows: its amount, where its condition holds, and where that is unknown."""

    rule: str
    kind: RuleKind
    amount: Num
    holds: Flags
    unknown: Flags | None = None

    def of(self, rows: NDArray[np.intp]) -> Applied:
        """The same for some of the rows."""
        amount = self.amount if np.ndim(self.amount) == 0 else np.asarray(self.amount)[rows]
        return replace(self, amount=amount, holds=self.holds[rows], unknown=None if self.unknown is None else self.unknown[rows])


def apply(score: Array, rules: Sequence[Applied], scale: Scale, gaps: Gaps = "as they are") -> tuple[Array, tuple[Delta, ...]]:
    """The score after a node's rules, [n], and what each gave, in the order they act; the deltas add up to the change.

    add: all add up; multiply: all multiply; raise_to: the highest wins; cap: the lowest wins (of equals, the first). A band
    rule changes no score. The result is clamped to a closed scale, as a delta of its own where it moved anything. An amount
    that is missing where its rule holds leaves no score. With `gaps` a rule whose condition is unknown acts too, where that
    makes the score worse (`worst`) or better (`best`).
    """
    deltas: list[Delta] = []
    return ruled(score, rules, scale, gaps, deltas), tuple(deltas)


def ruled(score: Array, rules: Sequence[Applied], scale: Scale, gaps: Gaps = "as they are", deltas: list[Delta] | None = None) -> Array:
    """`apply` without what each rule gave, unless there are `deltas` to add it to."""
    low = None if gaps == "as they are" else (gaps == "worst") != scale.lower_is_better
    return _apply(score, rules, scale, low, deltas)


def widened(score: Array, rules: Sequence[Applied], scale: Scale, low: bool) -> Array:
    """The least (`low`) or greatest score after a node's rules, with unknown ones applied where they lower (raise) it."""
    return _apply(score, rules, scale, low, None)


def _apply(score: Array, rules: Sequence[Applied], scale: Scale, low: bool | None, deltas: list[Delta] | None) -> Array:
    known = ~np.isnan(score)
    for rule in _of(rules, RuleKind.ADD):
        score = _move(score, score + rule.amount, rule, known, low, deltas)
    for rule in _of(rules, RuleKind.MULTIPLY):
        score = _move(score, score * rule.amount, rule, known, low, deltas)
    for kind, extreme in ((RuleKind.RAISE_TO, np.argmax), (RuleKind.CAP, np.argmin)):
        if alike := _of(rules, kind):
            ends = [_end(score, rule, low) for rule in alike]
            winner = extreme(np.stack(ends), axis=0) if len(alike) > 1 else 0
            for place, rule in enumerate(alike):
                score = _move(score, ends[place], rule, known & (winner == place), low, deltas)
    if scale.low is not None:
        clamped = np.clip(score, scale.low, scale.high)
        if deltas is not None and np.any(moved := np.where(np.isnan(score), 0.0, clamped - score)):
            deltas.append((None, moved))
        score = clamped
    return score


def _of(rules: Sequence[Applied], kind: RuleKind) -> list[Applied]:
    return [rule for rule in rules if rule.kind == kind]


def _acts(before: Array, after: Array, rule: Applied, low: bool | None) -> Flags:
    """Where a rule holds, or is unknown and would widen."""
    if low is None or rule.unknown is None:
        return rule.holds
    return rule.holds | (rule.unknown & (after < before if low else after > before))


def _end(score: Array, rule: Applied, low: bool | None) -> Array:
    """The score after a cap or a raise_to alone; unchanged where it does not act."""
    limit = np.maximum(score, rule.amount) if rule.kind == RuleKind.RAISE_TO else np.minimum(score, rule.amount)
    return np.where(_acts(score, limit, rule, low), limit, score)


def _move(before: Array, after: Array, rule: Applied, where: Flags, low: bool | None, deltas: list[Delta] | None) -> Array:
    acts = where & _acts(before, after, rule, low)
    if deltas is not None:
        deltas.append((rule.rule, np.where(acts, after - before, 0.0)))
    return np.where(acts, after, before)
