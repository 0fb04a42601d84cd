"""The library: what the types of metrics say can be done, for entities that are short of a target and would gain by reaching it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scorecard.advice.levers import Levers
from scorecard.model.action import Action
from scorecard.model.definition import Metric, Recommendation, Scorecard
from scorecard.model.formula import Formula, Literal
from scorecard.model.period import Window
from scorecard.model.text import Text

Rows = NDArray[np.intp]
_ALWAYS = Formula(text="true", tree=Literal(value=True))


@dataclass(frozen=True, slots=True)
class Offer:
    """One action about one metric, as it is recommended."""

    action: Action
    recommendation: Recommendation


def offers(scorecard: Scorecard) -> tuple[Offer, ...]:
    """Every action about a metric that the definition recommends nothing about itself, in the order of the metrics."""
    written_about = {one.of for one in scorecard.recommendations.values()}
    metrics = (metric for metric in scorecard.metrics.values() if metric.id not in written_about)
    return tuple(_offer(scorecard, metric, action) for metric in metrics for action in metric.actions)


def _offer(scorecard: Scorecard, metric: Metric, action: Action) -> Offer:
    owner = _owner(scorecard, metric)
    said = Recommendation(
        id=f"{metric.id}.{action.id}",
        of=metric.id,
        when=_ALWAYS,
        action=action.text,
        owner=Text.of(owner) if owner else Text(),
        due=Window.named(action.due),
        effort=action.effort,
    )
    return Offer(action, said)


def _owner(scorecard: Scorecard, metric: Metric) -> str | None:
    """Who answers for a metric, or else for the nearest group that it is in."""
    owner, parent = metric.owner, metric.parent
    while owner is None:
        group = scorecard.total if parent == "total" else scorecard.groups[parent]
        if group.parent is None:
            return group.owner
        owner, parent = group.owner, group.parent
    return owner


class Offering:
    """Makes the offers to the rows of a block, metric by metric in the order of the definition."""

    def __init__(self, every: Sequence[Offer], rows: int) -> None:
        self.every = every
        self.rows = rows
        self.told: list[tuple[Action, NDArray[np.bool_]]] = []

    def about(self, own: Levers) -> Iterator[tuple[int, Rows]]:
        """For each offer about a metric, by its place, the rows that it is made to, as places among those of the levers.

        A row gets the first that fits and that was not made to it about a metric before.
        """
        offers = [(place, offer) for place, offer in enumerate(self.every) if offer.recommendation.of == own.metric]
        if not offers:
            return
        open_rows = np.ones(len(own), dtype=bool)
        on_the_way = _on_the_way(own)
        for place, offer in offers:
            told = self._told(offer.action)
            found = np.flatnonzero(open_rows & ~told[own.places] & (on_the_way < offer.action.below))
            open_rows[found] = False
            told[own.places[found]] = True
            yield place, found

    def _told(self, action: Action) -> NDArray[np.bool_]:
        """The rows that an action was offered to; two metrics of one type bring the same one."""
        for known, rows in self.told:
            if known == action:
                return rows
        self.told.append((action, np.zeros(self.rows, dtype=bool)))
        return self.told[-1][1]


def _on_the_way(own: Levers) -> NDArray[np.float64]:
    """How far scores are from the worst to the best, 0 to 1; of rows with a lever never 1."""
    scale = own.before.scorecard.scale
    assert scale.worst is not None
    assert scale.best is not None
    scores = own.before.numbers(f"{own.metric}.score")[own.places]
    return np.minimum((scores - scale.worst) / (scale.best - scale.worst), np.nextafter(1.0, 0.0))
