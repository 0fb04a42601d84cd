"""The cheapest way of one entity to a band: solved as a program, and checked by the engine that scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scorecard.advice.reach.questions import questions
from scorecard.advice.reach.tree import Tree
from scorecard.advice.reach.ways import Way, movable, ways
from scorecard.definition.called import band_called, titles_of_bands
from scorecard.errors import UsageError
from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.found import found
from scorecard.expression.values import Coded
from scorecard.model.definition import Rounding, RuleKind, Scorecard
from scorecard.model.issue import Issue
from scorecard.model.plan import Plan
from scorecard.model.state import Fired
from scorecard.scoring.block import Block
from scorecard.scoring.score import PeriodScores, rescore, trials
from scorecard.scoring.shown import at_least, before

ROUNDS = 60
"""how often a program is refined before its answer is taken as it is"""
_SAME = 1e-9
_STILL = 1e-8
"""of a way: values of two rounds that are no further apart show that only the last digits are missing"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One metric moved from its value to another, at an effort."""

    metric: str
    value: float
    needed: float
    effort: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """What takes one entity to a band at the least effort, and what it would then be; without moves it cannot get there.

    `score` and `band` are what the engine gives with all moves made; where the band is out of reach, with every metric moved as
    far as it can be. `exact` says that no other moves are cheaper; else `open_to` names what the program could not say exactly.
    """

    row: int
    goal: str
    before: float
    band_before: str | None
    score: float
    band: str | None
    reached: bool
    moves: tuple[Move, ...]
    held_by: tuple[str, ...] = ()
    """rules that act on the way up and keep the band out of reach"""
    open_to: tuple[str, ...] = ()

    @property
    def effort(self) -> float:
        return sum(move.effort for move in self.moves)

    @property
    def exact(self) -> bool:
        return self.reached and not self.open_to


def cheapest_of(evaluation: Evaluation, key: Mapping[str, str], goal: str | None = None, period: str | None = None) -> Reached:
    """The cheapest way of one entity to a band, the next better one unless named.

    Raises UsageError where the key names no entity or several, where the scorecard has no bands or not this one.
    """
    scores, row = found(evaluation, key, period)
    return cheapest(evaluation, scores, row, goal)


def cheapest(evaluation: Evaluation, scores: PeriodScores, row: int, goal: str | None = None) -> Reached:
    """The cheapest way of the entity in a row of the period's table."""
    scorecard = evaluation.scorecard
    (block,) = rescore(evaluation.plan, scores, np.array([row], dtype=np.intp), trace=True)
    before, band = float(block.numbers("total.score")[0]), band_in(block)
    aim = goal_of(scorecard, band, goal)
    outcome = _Solver(evaluation.plan, scores, block, aim)
    return outcome.reached(row, before, band)


def goal_of(scorecard: Scorecard, now: str | None, goal: str | None) -> str:
    """The band to reach: as called, else the next better one, the best if that is where an entity is. Raises UsageError."""
    known = ranked_bands(scorecard)
    if not known:
        raise UsageError([Issue(code="SC770", values={"reason": "none"})])
    if goal is not None:
        titles = titles_of_bands(scorecard)
        return band_called(goal, {id: titles[id] for id in known}, "SC770")
    return known[min(known.index(now) + 1, len(known) - 1)] if now in known else known[0]


def ranked_bands(scorecard: Scorecard) -> list[str]:
    """The bands that begin at a score, from the worst to the best."""
    bands = [band.id for band in scorecard.bands if band.start is not None]
    return bands[::-1] if scorecard.scale.lower_is_better else bands


def band_in(block: Block, row: int = 0) -> str | None:
    bands = block.read("total.band")
    assert isinstance(bands, Coded)
    code = int(bands.codes[row])
    return bands.categories[code] if code >= 0 else None


class _Solver:
    """One entity, one band."""

    def __init__(self, plan: Plan, scores: PeriodScores, block: Block, goal: str) -> None:
        self.plan, self.scores, self.block, self.goal = plan, scores, block, goal
        asked = questions(plan, list(movable(plan, block)))
        self.ways = ways(plan, scores, block, asked.of)
        self.tree = Tree(plan, block, self.ways, asked)
        self.bands = ranked_bands(block.scorecard)

    def reached(self, row: int, before: float, band: str | None) -> Reached:
        def told(values: Mapping[str, float], open_to: Sequence[str] = ()) -> Reached:
            score, found, good = self._check(values)
            held = () if good else self._holding(values)
            moves = tuple(
                Move(metric=way.metric, value=way.value, needed=values[way.metric], effort=way.cost(values[way.metric]))
                for way in self.ways
                if abs(values[way.metric] - way.value) > _SAME * max(1.0, abs(way.value))
            )
            return Reached(
                row=row,
                goal=self.goal,
                before=before,
                band_before=band,
                score=score,
                band=found,
                reached=good,
                moves=moves if good else (),
                held_by=held,
                open_to=tuple(open_to),
            )

        stay, furthest = ({way.metric: getattr(way, end) for way in self.ways} for end in ("value", "end"))
        if np.isnan(before) or not self.ways or self._check(stay)[2]:
            return told(stay)
        self.tree.build()
        solution = self._solve()
        if solution is not None:
            return told(solution, sorted(self.tree.inexact))
        return told(furthest, sorted(self.tree.inexact | {"total"}))  # where that reaches the band, no program found less

    def _solve(self) -> dict[str, float] | None:
        """Values with which the engine gives the band, at the least effort that the program knows; None where there are none."""
        tree = self.tree
        self._band_rules()
        goal, span = self._least_raw(), self._span
        slack, last = 0.0, dict[str, float]()
        for _ in range(ROUNDS):
            program = tree.program
            rows = len(program.rows)
            total = tree.score["total"]
            program.not_negative((total - (goal + slack) if tree.sign > 0 else (total - (goal - slack)) * -1.0) + _SAME * span)
            solution = program.least(tree.effort)
            del program.rows[rows:]
            if solution is None:
                return None
            values = {way.metric: _snapped(way, tree.value[way.metric].at(solution)) for way in self.ways}
            if self._check(values)[2]:
                return values
            tree.cut(solution)
            if last and all(abs(values[way.metric] - last[way.metric]) <= _STILL * abs(way.end - way.value) for way in self.ways):
                slack = max(_STILL * span, 4 * slack)
            last = values
        return None

    def _tried(self, values: Mapping[str, float]) -> Block:
        given = {metric: np.array([value]) for metric, value in values.items()}
        ((_, block),) = trials(self.plan, self.scores, np.asarray(self.block.index)[:1], given)
        return block

    def _holding(self, values: Mapping[str, float]) -> tuple[str, ...]:
        """The rules that act with these values and lower a group or the total, or name a band."""
        block = self._tried(values)
        acting = [rule for rule in block.scorecard.rules.values() if int(block.cells[f"rule.{rule.id}.#fired"][0]) == Fired.YES]
        lower = [
            rule for rule in acting if self.tree.sign * float(block.numbers(f"{rule.of}.score")[0] - block.numbers(f"{rule.of}.raw")[0]) < 0
        ]
        return tuple(rule.id for rule in acting if rule in lower or rule.kind == RuleKind.BAND)

    def _check(self, values: Mapping[str, float]) -> tuple[float, str | None, bool]:
        """What the engine gives: the score, the band, and whether it is the goal or better."""
        block = self._tried(values)
        band = band_in(block)
        good = band in self.bands and self.bands.index(band) >= self.bands.index(self.goal)
        return float(block.numbers("total.score")[0]), band, good

    def _least_raw(self) -> float:
        """The worst total that is still shown in the band or a better one, before rounding; after rules that is what it is shown as."""
        starts = {band.id: band.start for band in self.block.scorecard.bands if band.start is not None}
        how, lower = self.block.variant.total.round, self.tree.sign < 0
        following = list(starts).index(self.goal) + 1
        if lower and following == len(starts):
            edge = float(self.block.scorecard.scale.high or np.inf)
        else:
            edge = list(starts.values())[following] if lower else starts[self.goal]
            if how is not None:
                edge = before(edge, how) if lower else at_least(edge, how)
        return edge if how is None else edge - self.tree.sign * _given_by(how, edge, self.tree.sign) * 10.0**-how.decimals

    def _band_rules(self) -> None:
        """A rule that puts the total in a worse band must not act; one that gives it a better one is not counted on."""
        for rule in self.block.scorecard.rules.values():
            if rule.of == "total" and rule.kind == RuleKind.BAND and rule.band is not None:
                worse = rule.band not in self.bands or self.bands.index(rule.band) < self.bands.index(self.goal)
                acting = self.tree.acting(rule)
                if worse:
                    self.tree.program.not_negative(acting * -1.0)
                elif acting.terms:
                    self.tree.inexact.add(rule.id)

    @property
    def _span(self) -> float:
        scale = self.block.scorecard.scale
        return float((scale.high or 0.0) - (scale.low or 0.0))


def _given_by(how: Rounding, edge: float, sign: float) -> float:
    """How much of a unit rounding gives towards the better side: half, nearly a whole one, or nothing."""
    if how.mode in ("half_up", "half_even"):
        return 0.5
    upwards = how.mode == "ceiling" or (how.mode == "up" and edge > 0) or (how.mode == "down" and edge <= 0)
    downwards = how.mode == "floor" or (how.mode == "down" and edge > 0) or (how.mode == "up" and edge <= 0)
    return 1.0 - 1e-6 if (upwards if sign > 0 else downwards) else 0.0


def _snapped(way: Way, value: float) -> float:
    """A value of a solution on the nearest point that stands out, where it misses it by no more than solvers do."""
    points = [point for one in way.stretches for point in (one.start, one.end)]
    nearest = min(points, key=lambda point: abs(point - value))
    return nearest if abs(nearest - value) <= 1e-9 * max(1.0, abs(value), abs(way.end - way.value)) else value
