"""Conditions that must hold for everybody, or the run fails."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.ranking import ranks
from scorecard.expression.array import evaluate
from scorecard.expression.values import Coded, Truth, Value
from scorecard.model.definition import Gate
from scorecard.model.period import Period
from scorecard.scoring.block import Block
from scorecard.scoring.cells.states import INSUFFICIENT
from scorecard.scoring.score import PeriodScores

SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A gate in one period: how many rows it holds for, fails, and cannot be judged; the first that fail or cannot be judged."""

    gate: Gate
    period: Period
    holds: int
    fails: int
    unknown: int
    failing: tuple[str, ...] = ()
    unjudged: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Nothing fails, nothing is unknown, and there was something to judge: inconclusive is never a pass."""
        return self.fails == 0 and self.unknown == 0 and self.holds > 0


def judge(evaluation: Evaluation) -> tuple[Judged, ...]:
    """Every gate in every period. A band that a rule with an unknown condition could change leaves its gate open.

    So does a band that too little coverage kept from being given, unless the gate asks for `insufficient` itself. A baseline is judged
    as a gate too.
    """
    return tuple(found for period, scores in evaluation.periods for found in _in_period(evaluation, period, scores))


def _in_period(evaluation: Evaluation, period: Period, scores: PeriodScores) -> Iterator[Judged]:
    for gate in evaluation.plan.scorecard.gates.values():
        yield _judged(evaluation, gate, period, scores)
    if evaluation.baseline is not None:
        yield evaluation.baseline.judge(evaluation, period, scores)


def _judged(evaluation: Evaluation, gate: Gate, period: Period, scores: PeriodScores) -> Judged:
    rows = len(scores)
    block = Block(
        scorecard=evaluation.plan.scorecard,
        variant=scores.variants[0],
        table=scores.table,
        index=slice(None),
        rows=rows,
        fits=scores.fits,
        cells=dict(scores.cells),
    )

    def read(name: str) -> Value:
        if name.endswith(".rank"):
            found = ranks(evaluation, scores, name.removesuffix(".rank"))
            assert found is not None
            return found
        value: Value = block.read(name)
        if name == "total.band" and isinstance(value, Coded) and INSUFFICIENT not in gate.require.text:
            return Coded(np.where(value.codes == value.categories.index(INSUFFICIENT), np.int32(-1), value.codes), value.categories)
        return value

    truth = evaluate(gate.require.tree, read, rows)
    assert isinstance(truth, Truth)
    holds = np.broadcast_to(np.asarray(truth.holds), rows)
    fails = np.broadcast_to(np.asarray(truth.fails), rows)
    unsure = _unsure(evaluation, scores)
    unknown = (~holds & ~fails) | (holds & unsure)
    return Judged(
        gate=gate,
        period=period,
        holds=int((holds & ~unknown).sum()),
        fails=int(fails.sum()),
        unknown=int(unknown.sum()),
        failing=_names(evaluation, scores, np.flatnonzero(fails)[:SHOWN]),
        unjudged=_names(evaluation, scores, np.flatnonzero(unknown)[:SHOWN]),
    )


def _unsure(evaluation: Evaluation, scores: PeriodScores) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Rows that a rule with an unknown condition may still move."""
    unsure = np.zeros(len(scores), dtype=bool)
    for rule in evaluation.scorecard.rules:
        unsure |= np.asarray(scores.cells[f"rule.{rule}.#fired"]) == 2
    return unsure


def _names(evaluation: Evaluation, scores: PeriodScores, rows: np.ndarray[tuple[int], np.dtype[np.intp]]) -> tuple[str, ...]:
    keys = [evaluation.names.of(part, scores.table.entity[rows]) for part in evaluation.scorecard.entity.key]
    return tuple(" ".join(str(part) for part in row) for row in zip(*keys, strict=True))
