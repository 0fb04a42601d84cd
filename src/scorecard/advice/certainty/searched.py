"""Between which numbers a verdict stays, searched for with the one function that scores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from scorecard.advice.certainty.strata import Rows
from scorecard.advice.certainty.written import Key, Number
from scorecard.evaluation.evaluation import Evaluation
from scorecard.expression.values import codes_of
from scorecard.scoring.arrays import Array, Flags
from scorecard.scoring.score import PeriodScores
from scorecard.scoring.trials import trials

_LOOKS = (0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999, 1 - 1e-6)
"""parts of the way to the farthest a number may go, at which the verdict is looked at first"""
_HALVINGS = 34
_BATCH = 100_000


def ends_that_keep(
    evaluation: Evaluation, scores: PeriodScores, rows: Rows, written: Mapping[Key, Number], wanted: Mapping[Key, Flags]
) -> dict[Key, tuple[Array, Array]]:
    """The nearest numbers below and above the written one at which the wanted rows lose their band, or the farthest they may go.

    A weighted mean of any kind runs one way as a number grows, so its band turns once; between two looks another verdict
    could turn and turn back unseen.
    """
    ends = {key: (number.least.copy(), number.most.copy()) for key, number in written.items()}
    for keys in _together(written):
        aims = [(np.full(int(wanted[key].sum()), k), np.flatnonzero(wanted[key])) for k, key in enumerate(keys)]
        which, place = (np.concatenate(parts) for parts in zip(*aims, strict=True))
        for upward in (False, True):
            for start in range(0, len(which), _BATCH):
                part = slice(start, start + _BATCH)
                search = _Search(evaluation, scores, rows, {key: written[key] for key in keys}, which[part], place[part], upward)
                aim, turned = search.turned()
                for k, key in enumerate(keys):
                    mine = which[part][aim] == k
                    ends[key][upward][place[part][aim][mine]] = turned[mine]
    return ends


def _together(written: Mapping[Key, Number]) -> Iterator[Sequence[Key]]:
    """The keys that one scoring can set for all rows; a number that some rows do not have is set alone. A weight they lack is 0."""
    alone = [key for key, number in written.items() if key[1] != ("weight",) and np.isnan(number.written).any()]
    if together := [key for key in written if key not in alone]:
        yield together
    for key in alone:
        yield [key]


class _Search:
    """One search per aim, all at once: `which` of the numbers is moved for the row at `place`, the others as written."""

    def __init__(
        self,
        evaluation: Evaluation,
        scores: PeriodScores,
        rows: Rows,
        written: Mapping[Key, Number],
        which: Rows,
        place: Rows,
        upward: bool,
    ) -> None:
        self.evaluation, self.scores, self.rows, self.written = evaluation, scores, rows, written
        self.which, self.place, self.upward = which, place, upward
        self.bands = codes_of(scores.cells["total.band"])[rows]

    def turned(self) -> tuple[Rows, Array]:
        """The aims whose verdict turns, and their numbers at the last moment before it does."""
        safe, turned = np.zeros(len(self.which)), np.full(len(self.which), np.nan)
        for look in _LOOKS:
            unturned = np.flatnonzero(np.isnan(turned))
            stays = self._stays(unturned, np.full(len(unturned), look))
            safe[unturned[stays]], turned[unturned[~stays]] = look, look
        found = np.flatnonzero(~np.isnan(turned))
        for _ in range(_HALVINGS):
            middle = (safe[found] + turned[found]) / 2
            stays = self._stays(found, middle)
            safe[found[stays]], turned[found[~stays]] = middle[stays], middle[~stays]
        return found, self._moved(found, safe[found])

    def _stays(self, aims: Rows, way: Array) -> Flags:
        if not len(aims):
            return np.zeros(0, dtype=bool)
        which, place, moved = self.which[aims], self.place[aims], self._moved(aims, way)
        own = {
            key: np.where(which == k, moved, np.nan_to_num(number.written[place])) for k, (key, number) in enumerate(self.written.items())
        }
        cells = trials(self.evaluation.plan, self.scores, self.rows[place], own, ("total.band",))
        return np.asarray(codes_of(cells["total.band"]) == self.bands[place])

    def _moved(self, aims: Rows, way: Array) -> Array:
        """The number of each aim, moved a part of the way to the farthest it may go."""
        moved = np.full(len(aims), np.nan)
        for k, number in enumerate(self.written.values()):
            mine = self.which[aims] == k
            start, part = number.written[self.place[aims][mine]], way[mine]
            end = (number.most if self.upward else number.least)[self.place[aims][mine]]
            with np.errstate(invalid="ignore"):
                moved[mine] = np.where(np.isinf(end), start / (1 - part), start + part * (end - start))
        return moved
