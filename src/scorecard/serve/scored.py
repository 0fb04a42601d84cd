"""One text of a definition after another on the same data: what was read and measured for one serves the next where it reads the same."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from scorecard.definition.changes.causes import Cause
from scorecard.definition.changes.differences import differences
from scorecard.definition.changes.written import Written, same_sources
from scorecard.engine.prepare import Records
from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.keep import kept
from scorecard.evaluation.run import Ground, Request, Run
from scorecard.hooks.edges import asks_for_period
from scorecard.hooks.registry import Registry
from scorecard.model.period import Period
from scorecard.model.plan import Plan
from scorecard.plan.together import alike, reads_enough
from scorecard.scoring.score import PeriodScores
from scorecard.serve.sides import Side


@dataclass(frozen=True, kw_only=True, eq=False)
class Scored:
    """A definition with the result of its last period, and what it was measured on."""

    written: Written
    run: Run
    plan: Plan
    ground: Ground
    evaluation: Evaluation

    @property
    def period(self) -> Period:
        return self.ground.shown[-1]

    @property
    def scores(self) -> PeriodScores:
        return self.evaluation.results[self.period.label]

    @cached_property
    def side(self) -> Side:
        return Side(evaluation=self.evaluation, period=self.period, scores=self.scores)


def scored(written: Written, plugins: Registry, request: Request, last: Scored | None = None) -> Scored:
    """The definition, scored on what was read for the last one as far as both read the same.

    Sources that the two write alike are not opened again, and not read again where no other column is asked of them; nothing is
    measured again where metrics, sources and entities are the same. The result of another scorecard, and a source that is asked for
    a stretch of time, are read anew where anything is. Raises as `Run` does.
    """
    run = Run(written.scorecard, plugins, request)
    shared = same_sources(last.written, written) & last.run.used & run.used if last is not None else frozenset[str]()
    if last is not None:
        run.known = {id: last.ground.opened[id] for id in shared}
    plan, opened = run.prepared()
    if last is not None and shared == last.run.used == run.used and _measured_alike(last, written, plan):
        ground = last.ground
    else:
        if asking := {id for id in shared if asks_for_period(run.scorecard.sources[id].settings)}:
            run = Run(written.scorecard, plugins, request)
            run.known = {id: one for id, one in opened.items() if id in shared - asking}
            plan, opened = run.prepared()
        ground = run.ground(plan, opened, _read(last, plan, shared - asking) if last is not None else None)
    evaluation = run.concluded(plan, ground, run.scored(plan, ground, kept(plan, detail=request.detail)))
    return Scored(written=written, run=run, plan=plan, ground=ground, evaluation=evaluation)


def _measured_alike(last: Scored, written: Written, plan: Plan) -> bool:
    """Whether all that a plan reads was measured for the last definition, in the same way and for the same entities."""
    if plan.passes != last.plan.passes or not reads_enough(last.ground.plan, plan):
        return False
    return all(each.cause is not Cause.METRIC for each in differences(last.written, written))


def _read(last: Scored, plan: Plan, shared: frozenset[str] | set[str]) -> dict[str, Records]:
    """The records of sources that hold every column that a plan reads of them, as the kind that it reads."""
    records, reads = last.ground.records, last.ground.plan.reads
    enough = {id for id in shared if plan.reads.get(id, {}).items() <= reads.get(id, {}).items()}
    if plan.scorecard.entity != last.plan.scorecard.entity:
        enough.discard(str(plan.scorecard.entity.roster))
    return {id: records[id] for id in alike(plan, last.ground.plan, enough) if id in records}
