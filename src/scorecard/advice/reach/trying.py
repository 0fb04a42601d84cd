"""Trying: what the engine gives many entities with their metrics moved by shares of their ways."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from scorecard.advice.reach.room import Floats, Room, Rows
from scorecard.evaluation.evaluation import Evaluation
from scorecard.scoring.score import PeriodScores, tried


@dataclass(frozen=True, slots=True)
class Trying:
    """The rows of a room, asked for at their places in it."""

    evaluation: Evaluation
    scores: PeriodScores
    able: Room

    @property
    def sign(self) -> float:
        return -1.0 if self.evaluation.scorecard.scale.lower_is_better else 1.0

    def cell(self, places: Rows, share: Floats, name: str) -> Any:
        """A cell of the rows at some places with their units at shares of their ways, [units, places]."""
        values = {metric: numbers for metric, numbers in self.able.at(share, places).items() if not np.isnan(numbers).all()}
        return tried(self.evaluation.plan, self.scores, self.able.rows[places], values, [name])[name]

    def total(self, places: Rows, share: Floats) -> Floats:
        """The totals, turned so that more is better."""
        return self.sign * np.asarray(self.cell(places, share, "total.score"), dtype=np.float64)

    def brings(self, places: Rows) -> tuple[Floats, Floats, Floats]:
        """Per unit and stop the share of the way, what it brings and what it costs, [units, stops, places].

        What a stop brings is the more of what it brings alone, and what it brings where all others have gone as far as they can:
        under a cap or in a lowest score one metric alone brings nothing.
        """
        full, stops = self.able.share[:, places], self.able.stops[:, :, places]
        now = self._before_rules(places, np.zeros_like(full))
        gains = np.zeros_like(stops)
        for unit in range(len(self.able.units)):
            others = full.copy()
            others[unit] = 0.0
            without = self._before_rules(places, others)
            for stop in range(1, stops.shape[1]):
                if np.array_equal(stops[unit, stop], stops[unit, stop - 1]):
                    gains[unit, stop] = gains[unit, stop - 1]
                    continue
                only = np.zeros_like(full)
                only[unit] = others[unit] = stops[unit, stop]
                gains[unit, stop] = np.fmax(self._before_rules(places, only) - now, self._before_rules(places, others) - without)
        return stops, np.nan_to_num(gains), stops * self.able.cost()[:, None, places]

    def _before_rules(self, places: Rows, share: Floats) -> Floats:
        return self.sign * np.asarray(self.cell(places, share, "total.computed"), dtype=np.float64)
