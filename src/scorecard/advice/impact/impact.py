"""One definition beside another one: every entity's score and band under both, and what moved them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from scorecard.advice.impact.split import finest, shapley, union
from scorecard.definition.changes.causes import Cause
from scorecard.definition.changes.differences import Difference, differences
from scorecard.definition.changes.mixed import mixed
from scorecard.definition.changes.written import Written
from scorecard.errors import InconclusiveError
from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.pair import Pair, Side
from scorecard.evaluation.ranking import ranker
from scorecard.evaluation.run import Request
from scorecard.expression.values import Coded
from scorecard.hooks.registry import Registry
from scorecard.language.phrase import Phrase
from scorecard.model.definition import Ranking, Scorecard
from scorecard.model.issue import Issue
from scorecard.model.period import Period
from scorecard.scoring.cells.states import INSUFFICIENT
from scorecard.scoring.rounding import span_of
from scorecard.scoring.score import PeriodScores

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]
Flags = NDArray[np.bool_]
Keys = Mapping[str, NDArray[np.object_]]
Group = tuple[Cause, ...]
LEAST = 1e-9
"""of the scale: what the tidy-up before every comparison takes for nothing"""
NOISE = 1e-12
"""of the scale: what a sum in another order may leave of a part that is none"""
NOBODY = -1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ends:
    """The entities of both rosters under one of the definitions: `score` [n], NaN for none; `band` and `reason` by their codes; `rank`."""

    score: Floats
    band: Codes
    reason: NDArray[np.int8]
    rank: Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Impact:
    """What `new` in the place of `old` does to the entities of both rosters, for one period."""

    old: Written
    new: Written
    evaluations: tuple[Evaluation, Evaluation]
    period: Period
    differences: tuple[Difference, ...]
    keys: Keys
    before: Ends
    after: Ends
    bands: tuple[str | None, ...]
    """what the codes of bands mean, the worst first; None, the last, is no band"""
    causes: tuple[Group, ...]
    """what changed; those of a group move together, for one of them alone would make no valid definition"""
    points: Floats
    """[causes, n]: they add up to the change of the score; NaN where there is no score on both sides"""
    turned: Codes
    """[n]: which of the causes gave the entity its new band; -1 where it has the same"""
    came: Keys
    """entities that only the new roster has"""
    gone: Keys
    """entities that only the old roster has"""

    def __len__(self) -> int:
        return len(self.before.score)

    @property
    def scorecard(self) -> Scorecard:
        return self.new.scorecard

    @property
    def change(self) -> Floats:
        """Points, [n]; NaN where there is no score on both sides."""
        return self.after.score - self.before.score

    @property
    def compared(self) -> Flags:
        """Who has a score on both sides."""
        return ~np.isnan(self.change)

    @property
    def moved(self) -> Flags:
        found: Flags = np.abs(np.nan_to_num(self.change)) > LEAST * span_of(self.scorecard.scale)
        return found

    @property
    def other_band(self) -> Flags:
        found: Flags = self.before.band != self.after.band
        return found

    @property
    def newly_scored(self) -> Flags:
        return np.isnan(self.before.score) & ~np.isnan(self.after.score)

    @property
    def no_longer_scored(self) -> Flags:
        return ~np.isnan(self.before.score) & np.isnan(self.after.score)

    @property
    def matrix(self) -> NDArray[np.int64]:
        """How many go from each band to each, [bands, bands]."""
        count = len(self.bands)
        return np.bincount(self.before.band * count + self.after.band, minlength=count * count).reshape(count, count)


def impact(old: Written, new: Written, plugins: Registry, request: Request) -> Impact:
    """What becomes of everybody. Raises InconclusiveError (SC902) where points or entities of the one are none of the other."""
    found = differences(old, new)
    _comparable(old.scorecard, new.scorecard)
    written = old, new
    old, new = _with_attributes(old.on_data_of(new), new)
    causes = [cause for cause in Cause if any(each.cause is cause for each in differences(old, new))]
    pair = Pair(old, new, plugins, request, measured_alike=Cause.METRIC not in causes)
    mixtures = _Mixtures(pair, old, new, plugins, frozenset(causes))
    groups = finest(causes, mixtures.valid)
    return _measured(pair, written, found, groups, [mixtures.scored(union(groups, chosen)) for chosen in range(1 << len(groups))])


def _comparable(old: Scorecard, new: Scorecard) -> None:
    for reason, before, after in (
        ("key", ", ".join(old.entity.key), ", ".join(new.entity.key)),
        ("scale", _scale(old), _scale(new)),
        ("period", _calendar(old), _calendar(new)),
    ):
        if before != after:
            none = Phrase("none")
            raise InconclusiveError([Issue(code="SC902", values={"reason": reason, "before": before or none, "after": after or none})])


def _scale(scorecard: Scorecard) -> str:
    scale = scorecard.scale
    ends = Phrase("open") if scale.low is None else Phrase("{low} to {high}", low=f"{scale.low:g}", high=f"{scale.high:g}")
    return Phrase("{ends}, lower is better", ends=ends) if scale.lower_is_better else ends


def _calendar(scorecard: Scorecard) -> str:
    """How time is cut; the time zone says which records are of a period, and not which period it is."""
    period = scorecard.period
    if period is None:
        return ""
    every, named = Phrase(period.every), Phrase(period.named_by)
    return Phrase("a {every}, years from month {starts}, named by their {named}", every=every, starts=period.starts, named=named)


def _with_attributes(old: Written, new: Written) -> tuple[Written, Written]:
    """Both with the attributes of either, where they come from the same roster: one more moves nobody by itself."""
    before, after = old.scorecard.entity, new.scorecard.entity
    roster = before.roster
    if roster != after.roster or roster is None or old.data["sources"][roster] != new.data["sources"][roster]:
        return old, new
    both = tuple(dict.fromkeys((*before.attributes, *after.attributes)))
    return old.with_attributes(both), new.with_attributes(both)


class _Mixtures:
    """The scores under every set of causes, each worked out once."""

    def __init__(self, pair: Pair, old: Written, new: Written, plugins: Registry, causes: frozenset[Cause]) -> None:
        self.pair = pair
        self.old = old
        self.new = new
        self.plugins = plugins
        self.causes = causes
        self.found: dict[frozenset[Cause], tuple[Side, PeriodScores] | None] = {
            frozenset(): (pair.old, pair.old.scores(pair.period)),
            causes: (pair.new, pair.new.scores(pair.period)),
        }

    def valid(self, causes: frozenset[Cause]) -> bool:
        """Whether what has these causes can change alone: a valid definition that reads nothing that its side has not."""
        if causes not in self.found:
            self.found[causes] = self._mixed(causes)
        return self.found[causes] is not None

    def scored(self, causes: frozenset[Cause]) -> tuple[Side, PeriodScores]:
        found = self.found[causes]
        assert found is not None
        return found

    def _mixed(self, causes: frozenset[Cause]) -> tuple[Side, PeriodScores] | None:
        scorecard = mixed(self.old, self.new, causes, self.plugins)
        return None if scorecard is None else self.pair.mixture(scorecard, self._sides(causes))

    def _sides(self, causes: frozenset[Cause]) -> Sequence[Side]:
        """The sides that measure as this mixture does."""
        if Cause.METRIC not in self.causes:
            return self.pair.old, self.pair.new
        return (self.pair.new,) if Cause.METRIC in causes else (self.pair.old,)


def _measured(
    pair: Pair,
    written: tuple[Written, Written],
    found: tuple[Difference, ...],
    groups: tuple[Group, ...],
    results: Sequence[tuple[Side, PeriodScores]],
) -> Impact:
    sides = pair.old, pair.new
    keys = [side.evaluation.keys(side.scores(pair.period)) for side in sides]
    counts = [len(side.scores(pair.period)) for side in sides]
    everybody = np.arange(counts[0])
    rows = (everybody, everybody) if pair.old.ground is pair.new.ground else _aligned(keys[0], keys[1], counts[0], counts[1])
    bands = _bands([side.evaluation.scorecard for side in sides])
    at = {id(side): own for side, own in zip(sides, rows, strict=True)}
    totals = np.stack([np.asarray(scores.cells["total.score"], dtype=np.float64)[at[id(side)]] for side, scores in results])
    codes = np.stack([_coded(scores, bands)[at[id(side)]] for side, scores in results])
    before, after = (
        Ends(score=totals[place], band=codes[place], reason=np.asarray(side.scores(pair.period).cells["total.#reason"])[own], rank=rank)
        for place, side, own, rank in zip((0, -1), sides, rows, _ranked(pair, rows[1], totals), strict=True)
    )
    compared = ~np.isnan(totals[0] + totals[-1])
    points = np.full((len(groups), totals.shape[1]), np.nan)
    points[:, compared] = shapley(totals[:, compared])
    points[np.abs(points) < NOISE * span_of(pair.new.evaluation.scorecard.scale)] = 0.0
    return Impact(
        old=written[0],
        new=written[1],
        evaluations=(pair.old.evaluation, pair.new.evaluation),
        period=pair.period,
        differences=found,
        keys=_of(keys[1], rows[1]),
        before=before,
        after=after,
        bands=bands,
        causes=groups,
        points=points,
        turned=_turned(codes, points, totals[-1] - totals[0]),
        came=_of(keys[1], np.setdiff1d(np.arange(counts[1]), rows[1])),
        gone=_of(keys[0], np.setdiff1d(np.arange(counts[0]), rows[0])),
    )


def _aligned(old: Keys, new: Keys, before: int, after: int) -> tuple[Codes, Codes]:
    """The rows of those that both have, in the order of the new ones."""
    codes = np.zeros(before + after, dtype=np.int64)
    for part, texts in old.items():
        own = np.unique(np.concatenate([texts, new[part]]).astype(str), return_inverse=True)[1].reshape(-1)
        codes = np.unique(codes * (own.max(initial=0) + 1) + own, return_inverse=True)[1].reshape(-1)
    _, left, right = np.intersect1d(codes[:before], codes[before:], assume_unique=True, return_indices=True)
    order = np.argsort(right)
    return left[order], right[order]


def _of(keys: Keys, rows: Codes) -> Keys:
    return {part: texts[rows] for part, texts in keys.items()}


def _bands(scorecards: Sequence[Scorecard]) -> tuple[str | None, ...]:
    """The bands of both from the worst to the best, then those that only rules give; the new definition's order comes first."""
    old, new = (_from_worst(scorecard) for scorecard in scorecards)
    found = list(new)
    for place, band in enumerate(old):
        if band not in found:
            behind = next((found.index(one) for one in reversed(old[:place]) if one in found), NOBODY)
            found.insert(behind + 1, band)
    return (*found, INSUFFICIENT, None)


def _from_worst(scorecard: Scorecard) -> list[str]:
    started = [band.id for band in scorecard.bands if band.start is not None]
    given = [band.id for band in scorecard.bands if band.start is None]
    return [*(reversed(started) if scorecard.scale.lower_is_better else started), *given]


def _coded(scores: PeriodScores, bands: Sequence[str | None]) -> Codes:
    """The total's band in each row, by its place among the bands."""
    found = scores.cells["total.band"]
    assert isinstance(found, Coded)
    return np.array([*map(bands.index, found.categories), len(bands) - 1], dtype=np.intp)[found.codes]


def _ranked(pair: Pair, rows: Codes, totals: Floats) -> tuple[Floats, Floats]:
    """The places before and after among those with a score on both sides, by the new definition's ranking."""
    evaluation, scores = pair.new.evaluation, pair.new.scores(pair.period)
    ranking = evaluation.plan.scorecard.total.rank or Ranking()
    places = ranker(evaluation, scores, replace(ranking, first="best"))
    compared = ~np.isnan(totals[0] + totals[-1])

    def ranked(own: Floats) -> Floats:
        everybody = np.full(len(scores), np.nan)
        everybody[rows[compared]] = own[compared]
        return places(everybody)[rows]

    return ranked(totals[0]), ranked(totals[-1])


def _turned(codes: NDArray[np.intp], points: Floats, change: Floats) -> Codes:
    """For whom the band is another one: the cause that counts most for its being the new one, and of equals the one that moved most."""
    turned = np.full(codes.shape[1], NOBODY, dtype=np.intp)
    rows = np.flatnonzero(codes[0] != codes[-1])
    if not len(rows) or not len(points):
        return turned
    share = shapley((codes[:, rows] == codes[-1, rows]).astype(np.float64))
    with_it = np.nan_to_num(points[:, rows] * np.sign(change[rows]))
    most = share >= share.max(axis=0) - 1e-9
    turned[rows] = np.where(most, with_it, -np.inf).argmax(axis=0)
    return turned
