"""Choices of whoever writes a definition, and what could have been chosen as well: the factors of a sensitivity analysis.

The levels are those of Saisana, Saltelli and Tarantola (2005), Uncertainty and sensitivity analysis techniques as tools for the
quality assessment of composite indicators, J. R. Statist. Soc. A 168(2), and of the OECD/JRC Handbook on Constructing Composite
Indicators (2008), part 7: each way is as likely as another, and weights spread around what is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from scorecard.model.definition import Aggregation, Change, Curve, Metric, Missing, Range, Scorecard
from scorecard.model.state import State
from scorecard.scoring.arrays import having
from scorecard.scoring.score import PeriodScores

WEIGHTS = "weights"
AS_WRITTEN: tuple[Change, ...] = ()
NO_ZERO = (1.0, 100.0)
"""what a scale is mapped to before a geometric mean is taken, so that one score of nothing does not make nothing of all"""


@dataclass(frozen=True, slots=True)
class Factor:
    """One choice: its id, and the changes of the definition that each way of making it needs. The weights have no levels but draws."""

    id: str
    levels: tuple[tuple[Change, ...], ...] = ()


def factors(scorecard: Scorecard, scores: PeriodScores) -> Iterator[Factor]:
    """The choices that could be made otherwise in this definition and on these data; weights first."""
    yield Factor(WEIGHTS)
    if straight := tuple(_straight(scorecard)):
        yield Factor("curves", (AS_WRITTEN, straight))
    if means := tuple(_means(scorecard)):
        yield Factor("aggregation", tuple(zip(*means, strict=True)))
    if gaps := list(_gaps(scorecard, scores)):
        yield Factor("missing", tuple(_fillings(gaps)))


def _straight(scorecard: Scorecard) -> Iterator[Change]:
    """One straight line from worst to target, for the metrics whose curve bends."""
    for metric in scorecard.metrics.values():
        ends = (metric.worst, metric.target)
        bends = metric.curve.kind not in ("straight", "linear") or (metric.curve.kind == "straight" and metric.thresholds)
        if bends and not any(end is None or isinstance(end, Range) for end in ends):
            yield Change(node=metric.id, key=("curve",), value=Curve(kind="linear"))


def _means(scorecard: Scorecard) -> Iterator[tuple[Change, Change]]:
    """Of every group that is a mean, the arithmetic one and the geometric one."""
    if scorecard.scale.open:
        return
    for group in (scorecard.total, *scorecard.groups.values()):
        if group.aggregation.kind in ("arithmetic", "geometric"):
            geometric = group.aggregation if group.aggregation.kind == "geometric" else Aggregation(kind="geometric", on=NO_ZERO)
            yield _aggregated(group.id, Aggregation()), _aggregated(group.id, geometric)


def _aggregated(group: str, how: Aggregation) -> Change:
    return Change(node=group, key=("aggregation",), value=how)


def _gaps(scorecard: Scorecard, scores: PeriodScores) -> Iterator[tuple[Metric, float]]:
    """The metrics that are missing for somebody and scored for somebody, with the mean of those scores."""
    for metric in scorecard.metrics.values():
        score = np.asarray(scores.cells[f"{metric.id}.score"])
        if having(np.asarray(scores.cells[f"{metric.id}.#state"]), State.MISSING).any() and not np.isnan(score).all():
            yield metric, float(np.nanmean(score))


def _fillings(gaps: list[tuple[Metric, float]]) -> Iterator[tuple[Change, ...]]:
    """What is missing leaves its weight to its siblings, or counts as the mean of those who have it; or as written, if that is neither."""
    yield tuple(_missing(metric, Missing()) for metric, _ in gaps)
    yield tuple(_missing(metric, Missing(policy="score", score=mean)) for metric, mean in gaps)
    if any(metric.missing.policy not in ("skip", "impute") for metric, _ in gaps):
        yield AS_WRITTEN


def _missing(metric: Metric, what: Missing) -> Change:
    return Change(node=metric.id, key=("missing",), value=what)
