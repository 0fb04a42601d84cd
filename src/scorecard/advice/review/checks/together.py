"""Metrics that say the same, or the opposite: their scores rank alike, or they are worked out from the same records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from scorecard.advice.association import correlation, mid_ranks, spearman
from scorecard.advice.observed import Flags, Floats
from scorecard.advice.review.case import ENOUGH, Case
from scorecard.advice.review.finding import Advice, Facts, Finding, Found, Unjudged
from scorecard.model.formula import Cell, walk
from scorecard.model.plan import Pass, Value

ALIKE = 0.9
RELATED = 0.7


def find(case: Case) -> Iterator[Found]:
    """Pairs whose scores have a rank correlation beyond 0.9; of those that read the same figures of records, beyond 0.7."""
    columns = {id: _Column.of(case.score(id)) for id in case.counted}
    enough = [id for id in case.counted if columns[id].there.sum() >= ENOUGH]
    for first, second in combinations(enough, 2):
        both = columns[first].there & columns[second].there
        lighter = case.lightest(first, second)
        other = second if lighter == first else first
        if both.sum() < ENOUGH:
            yield Unjudged(check="together", about=lighter, cause="few", facts={"other": other, "count": int(both.sum()), "needed": ENOUGH})
            continue
        rho = _spearman(columns[first], columns[second], both)
        facts: Facts = {"other": other, "correlation": rho, "count": int(both.sum())}
        if rho > ALIKE:
            yield Finding(check="together", about=lighter, cause="alike", advice=Advice.DROP, facts=facts)
        elif rho < -ALIKE:
            yield Finding(check="together", about=lighter, cause="against", advice=Advice.ADJUST, facts=facts)
        elif rho > RELATED and (text := _same_figures(case, first, second)):
            yield Finding(check="together", about=lighter, cause="same", advice=Advice.ADJUST, facts={**facts, "text": text})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Column:
    """The scores of a metric, where they are there, and their ranks among those."""

    scores: Floats
    there: Flags
    ranks: Floats

    @classmethod
    def of(cls, scores: Floats) -> _Column:
        there = ~np.isnan(scores)
        return cls(scores=scores, there=there, ranks=mid_ranks(scores[there]))


def _spearman(first: _Column, second: _Column, both: Flags) -> float:
    """The rank correlation of the rows that both have; where these are all that either has, nothing is ranked again."""
    if np.array_equal(first.there, second.there):
        return correlation(first.ranks, second.ranks)
    return spearman(first.scores[both], second.scores[both])


def _same_figures(case: Case, first: str, second: str) -> str:
    """The figures that one of two metrics reads where it reads none that the other does not; nothing where each has its own."""
    fewer, more = sorted((_figures(case, id) for id in (first, second)), key=len)
    return ", ".join(sorted(fewer.values())) if fewer and fewer.keys() <= more.keys() else ""


def _figures(case: Case, metric: str) -> Mapping[str, str]:
    """The figures of records that a metric reads, by their name in the plan, where equal ones are one; each with its text."""
    plan = case.evaluation.plan
    step = next(cell.step for cell in plan.cells if isinstance(cell.step, Value) and cell.step.metric == metric)
    trees = [step.tree, *(part.tree for choice in step.choose for part in (choice.when, choice.value) if part is not None)]
    names = {node.name for tree in trees if tree is not None for node in walk(tree) if isinstance(node, Cell)}
    return {
        name: f"{own.text or own.function} of {one.source}"
        for one in plan.passes
        if isinstance(one, Pass)
        for name, own in one.aggregates.items()
        if name in names
    }
