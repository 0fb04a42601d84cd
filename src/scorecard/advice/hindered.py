"""Why moving a metric alone brings nothing, where it is short of its best."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from scorecard.advice.aims import inverse, invertible, may_move, searchable
from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.found import found
from scorecard.expression.values import Coded
from scorecard.model.definition import Metric
from scorecard.model.state import Fired, Reason, State
from scorecard.scoring.arrays import having
from scorecard.scoring.block import Block
from scorecard.scoring.cells.curve import numbers_of, scored
from scorecard.scoring.moved import Move, Moving
from scorecard.scoring.score import rescore


class Why(StrEnum):
    """What stands in the way."""

    FIXED = "fixed"
    """the definition says that nobody can move it"""
    EXEMPT = "exempt"
    """an exemption gives its value"""
    WORDS = "words"
    """its values are words, between which nothing lies"""
    NO_WAY = "no_way"
    """nothing says which value a score needs: a formula without a target"""
    RULE = "rule"
    """rules on the way up take what it would bring"""
    OTHERS = "others"
    """its group does not rise with it: another is the lowest"""
    TOO_LITTLE = "too_little"
    """rounding leaves nothing of it"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hindered:
    """One metric that is short of its best, and why moving it alone brings nothing; `rules` for a rule, `node` is where it ends."""

    metric: str
    why: Why
    node: str | None = None
    rules: tuple[str, ...] = ()


def hindered_of(evaluation: Evaluation, key: Mapping[str, str], moved: Collection[str], period: str | None = None) -> tuple[Hindered, ...]:
    """For one entity, the metrics that count and are short of their best but not among those that bring something when `moved`."""
    scores, row = found(evaluation, key, period)
    (block,) = rescore(evaluation.plan, scores, np.array([row], dtype=np.intp), trace=True)
    moving = Moving(evaluation.plan, block)
    others = (metric for metric in block.variant.metrics.values() if metric.id not in moved and _is_short(block, metric))
    return tuple(_why(moving, metric) for metric in others)


def _is_short(block: Block, metric: Metric) -> bool:
    """Whether a metric was measured, counts and could score better."""
    measured = bool(having(block.cells[f"{metric.id}.#state"], State.MEASURED)[0])
    if not measured or not scored(metric) or float(np.ravel(block.figure(metric.weight))[0]) == 0:
        return False
    at = numbers_of(block, metric)
    return at.closed and not bool(at.reaches(block.numbers(f"{metric.id}.score"), at.attainable)[0])


def _why(moving: Moving, metric: Metric) -> Hindered:
    block, id = moving.block, metric.id
    if metric.fixed:
        return Hindered(metric=id, why=Why.FIXED)
    if isinstance(block.cells[f"{id}.value"], Coded) or metric.curve.kind == "lookup":
        return Hindered(metric=id, why=Why.WORDS)
    if bool(having(block.cells[f"{id}.#reason"], Reason.EXEMPT)[0]):
        return Hindered(metric=id, why=Why.EXEMPT)
    at = numbers_of(block, metric)
    if not (invertible(block, metric) or searchable(block, metric)):
        return Hindered(metric=id, why=Why.NO_WAY)
    goal = np.asarray(inverse(block, metric, at, at.attainable), dtype=np.float64).reshape(-1)
    where = may_move(block, metric, at) & np.isfinite(goal)
    if not where.any():
        return Hindered(metric=id, why=Why.NO_WAY)
    return _on_the_way_up(block, moving.after(Move(metric=id, values=[goal], where=where)), metric)


def _on_the_way_up(before: Block, after: Block, metric: Metric) -> Hindered:
    """The first node above a metric that does not rise with what is below it, and what holds it."""
    node = metric.id
    while True:
        if _same(before, after, f"{node}.score"):
            rules = tuple(rule.id for rule in before.scorecard.rules.values() if rule.of == node and _acts(after, rule.id))
            held = bool(rules) and not _same(before, after, f"{node}.raw")
            return Hindered(metric=metric.id, why=Why.RULE if held else Why.TOO_LITTLE, node=node, rules=rules if held else ())
        if node == "total":
            return Hindered(metric=metric.id, why=Why.TOO_LITTLE, node=node)
        parent = before.variant.node(node).parent or "total"
        if _same(before, after, f"{parent}.computed"):
            return Hindered(metric=metric.id, why=Why.OTHERS, node=parent)
        node = parent


def _same(before: Block, after: Block, cell: str) -> bool:
    return bool(abs(before.numbers(cell)[0] - after.numbers(cell)[0]) <= 1e-9)


def _acts(block: Block, rule: str) -> bool:
    return int(block.cells[f"rule.{rule}.#fired"][0]) == Fired.YES
