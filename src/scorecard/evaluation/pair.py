"""Two definitions of the same entities on the same data: what both read is read once, and any mixture of them can be scored."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from scorecard.definition.changes.written import Written, same_sources
from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.keep import kept
from scorecard.evaluation.run import Ground, Request, Run
from scorecard.hooks.registry import Registry
from scorecard.model.definition import Scorecard
from scorecard.model.period import Period
from scorecard.model.plan import Plan
from scorecard.plan.draw import draw
from scorecard.plan.together import alike, reads_enough, together
from scorecard.scoring.score import PeriodScores

CELLS = ("total.score", "total.band")
"""what is kept of a mixture"""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Side:
    """One of the two, with the ground that it was measured on and its evaluation."""

    run: Run
    plan: Plan
    ground: Ground
    evaluation: Evaluation

    def scores(self, period: Period) -> PeriodScores:
        return self.evaluation.results[period.label]


class Pair:
    """Both definitions, evaluated for one period, the last that is asked for. Raises as `Run` does.

    The new one goes first: it says where the data are and, of `latest`, which period is meant.
    """

    def __init__(self, old: Written, new: Written, plugins: Registry, request: Request, *, measured_alike: bool) -> None:
        self.plugins = plugins
        before, after = (Run(one.scorecard, plugins, request) for one in (old, new))
        shared = same_sources(old, new) & before.used & after.used
        next_plan, opened = after.prepared()
        before.known = {id: opened[id] for id in shared}
        plan, others = before.prepared()
        shared = alike(plan, next_plan, shared)
        opened = after.asked_for(_with_passes(next_plan, plan, shared), opened)
        ground = after.ground(together(next_plan, plan, shared), opened)
        self.period = ground.shown[-1]
        self.new = _side(after, next_plan, ground)
        if not (measured_alike and shared == before.used == after.used and plan.passes == next_plan.passes):
            if old.scorecard.period is not None:
                before.request = replace(request, period=self.period.label)
            known = {id: records for id, records in ground.records.items() if id in shared}
            ground = before.ground(together(plan, next_plan, shared), {**others, **{id: opened[id] for id in shared}}, known)
        self.old = _side(before, plan, ground)

    def mixture(self, scorecard: Scorecard, sides: Sequence[Side]) -> tuple[Side, PeriodScores] | None:
        """A mixture scored on the ground of the first of these sides that has what it reads, as it reads it; None where none has."""
        for side in sides:
            columns = {id: one.columns for id, one in side.ground.opened.items()}
            plan, _ = draw(replace(scorecard, sources=side.run.scorecard.sources), self.plugins, columns)
            if plan is not None and plan.passes == side.plan.passes and reads_enough(side.ground.plan, plan):
                return side, side.run.scored(plan, side.ground, (*CELLS, *(past.cell for past in plan.past.values())))[self.period.label]
        return None


def _side(run: Run, plan: Plan, ground: Ground) -> Side:
    results = run.scored(plan, ground, kept(plan, detail=False))
    return Side(run=run, plan=plan, ground=ground, evaluation=run.concluded(plan, ground, results))


def _with_passes(plan: Plan, other: Plan, sources: Collection[str]) -> Plan:
    """The plan with the passes of another one over these sources, for how far back they read."""
    return replace(plan, passes=(*plan.passes, *(one for one in other.passes if one.source in sources)))
