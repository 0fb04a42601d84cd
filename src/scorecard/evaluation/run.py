"""One evaluation, stage by stage: sources opened, a plan drawn, records measured, entities scored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorecard.definition.loading import load
from scorecard.engine.asked import asked, history, latest, spanning, within
from scorecard.errors import DefinitionError, InconclusiveError, UsageError
from scorecard.hooks.edges import Span, asks_for_period
from scorecard.hooks.registry import Registry
from scorecard.model.definition import Scorecard
from scorecard.model.formula import Kind
from scorecard.model.issue import Issue
from scorecard.model.period import ALL_TIME, Calendar, Period
from scorecard.model.plan import Past, Plan
from scorecard.model.sources_read import sources_read

if TYPE_CHECKING:
    from scorecard.engine.backend import Engine
    from scorecard.engine.measure import Measurer
    from scorecard.engine.open import Opened
    from scorecard.engine.prepare import Records
    from scorecard.engine.roster import Roster
    from scorecard.evaluation.evaluation import Evaluation
    from scorecard.scoring.block import PeriodTable
    from scorecard.scoring.score import PeriodScores

HISTORY = "history"
"""asks for all periods that are over and that every source reaches into"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to evaluate, on what: `period` is a label, `latest`, `first..last` or `history`."""

    period: str | None = None
    as_of: date | None = None
    engine: Engine | None = None
    frames: Mapping[str, Any] | None = None
    detail: bool = True
    """keep what explanations and tables of metrics need, not only score, band and coverage"""
    before: int = 0
    """earlier periods that are scored as well and not shown"""
    traced: bool = False
    """keep all that is computed on the way, so that advice on everybody need not score again"""


@dataclass(slots=True, kw_only=True)
class Ground:
    """What was read for a plan: records, entities, periods, and the table of each period, which is measured when it is first asked for."""

    plan: Plan
    opened: Mapping[str, Opened]
    records: Mapping[str, Records]
    roster: Roster
    shown: tuple[Period, ...]
    needed: list[Period]
    measurer: Measurer
    stale: tuple[Issue, ...]
    _tables: dict[str, PeriodTable] = field(default_factory=dict)

    def table(self, period: Period) -> PeriodTable:
        """Raises DataError."""
        if period.label not in self._tables:
            self._tables[period.label] = self.measurer.table(period)
        return self._tables[period.label]


class Run:
    """One evaluation, stage by stage."""

    def __init__(self, scorecard: Scorecard, plugins: Registry, request: Request, outer: tuple[str, ...] = ()) -> None:
        from scorecard.engine.choose import engine_for

        self.scorecard = scorecard
        self.plugins = plugins
        self.request = request
        self.outer = outer
        self.frames = dict(request.frames or {})
        self.inner: dict[str, Scorecard] = {}
        self.inner_periods: dict[str, str | None] = {}
        self._take_inner()
        self.engine = request.engine or engine_for(self.frames.values())
        self.as_of = datetime.combine(request.as_of, time()) if request.as_of else None
        self.used = sources_read(self.scorecard)
        self.asking = any(asks_for_period(self.scorecard.sources[id].settings) for id in self.used if id not in self.frames)
        self.spans: dict[str, Span] = {}
        self.known: Mapping[str, Opened] = {}
        """sources that another run has opened"""
        if unknown := [name for name in self.frames if name not in scorecard.sources]:
            raise UsageError([Issue(code="SC701", values={"name": unknown[0], "allowed": list(scorecard.sources)})])

    def evaluation(self) -> Evaluation:
        """Every entity scored, in all periods asked for."""
        from scorecard.evaluation.keep import kept

        plan, opened = self.prepared()
        ground = self.ground(plan, opened)
        return self.concluded(plan, ground, self.scored(plan, ground, kept(plan, detail=self.request.detail)))

    def prepared(self) -> tuple[Plan, dict[str, Opened]]:
        """What will be computed, on sources that are open. Raises DefinitionError where the definition does not fit the data."""
        opened = self.opened()
        plan, issues = self.planned(opened)
        if plan is None:
            raise DefinitionError(issues)
        return plan, self.asked_for(plan, opened)

    def asked_for(self, plan: Plan, opened: dict[str, Opened]) -> dict[str, Opened]:
        """The sources, opened anew where a plan reads another stretch of records than they were asked for."""
        if self.asking and (spans := self._spans(plan)) != self.spans:
            self.spans = spans
            return self.opened()
        return opened

    def ground(self, plan: Plan, opened: dict[str, Opened], known: Mapping[str, Records] | None = None) -> Ground:
        """Everything that a plan reads, those sources left out that are `known`, for the periods asked for and those they look back on."""
        from scorecard.engine.belonging import Belonging
        from scorecard.engine.measure import Measurer
        from scorecard.engine.prepare import Clock
        from scorecard.engine.record import records_of, roster_of, stale_records

        calendar = self.scorecard.period
        clock = Clock(timezone=calendar.timezone if calendar else None, as_of=self.as_of)
        records = records_of(plan, opened, self.engine, clock, known)
        roster = roster_of(plan, records)
        shown, needed = self.periods(plan, records)
        stale = stale_records(records, shown, self.as_of)
        if self._look_further_back(plan, needed):
            opened = self.opened()
            records = records_of(plan, opened, self.engine, clock, known)
            roster = roster_of(plan, records)
        measurer = Measurer(plan, self.plugins, Belonging(plan, records, roster, calendar, needed))
        return Ground(plan=plan, opened=opened, records=records, roster=roster, shown=shown, needed=needed, measurer=measurer, stale=stale)

    def scored(self, plan: Plan, ground: Ground, keep: Iterable[str]) -> dict[str, PeriodScores]:
        """Every period by its label, in the order of time, with the cells to keep; the ground is one that has all that the plan reads."""
        from scorecard.scoring.score import score

        keep = tuple(keep)
        results: dict[str, PeriodScores] = {}
        for one in ground.needed:
            earlier = {past: self._earlier(results, past, one) for past in plan.past.values()}
            results[one.label] = score(plan, ground.table(one), earlier, keep, traced=self.request.traced and one in ground.shown)
        return results

    def concluded(self, plan: Plan, ground: Ground, results: Mapping[str, PeriodScores]) -> Evaluation:
        """The evaluation of what was scored. Raises InconclusiveError where there is no entity."""
        from scorecard.engine.quality import quality_of
        from scorecard.engine.record import span
        from scorecard.evaluation.evaluation import Evaluation
        from scorecard.evaluation.notes import notes_of
        from scorecard.evaluation.years import only_years

        calendar, records, measurer = self.scorecard.period, ground.records, ground.measurer
        notes = notes_of(self.scorecard, records, ground.roster, measurer, results, ground.shown)
        evaluation = Evaluation(
            scorecard=self.scorecard,
            plan=plan,
            names=ground.roster.names(),
            results=results,
            shown=ground.shown,
            provenance=self._provenance(ground.opened, ground.shown),
            last_record=measurer.last_record if self.request.detail else None,
            look_at_data=partial(quality_of, records, measurer.belonging) if self.request.detail else None,
            failures=measurer.failures,
            notes=(*ground.stale, *notes),
            data_until=span(records)[1],
            data_of_years=calendar is not None and calendar.every == "year" and only_years(records),
        )
        if not len(evaluation):
            raise InconclusiveError([Issue(code="SC613", values={"period": ", ".join(p.label for p in ground.shown)}), *evaluation.notes])
        return evaluation

    def opened(self) -> dict[str, Opened]:
        from scorecard.engine.open import open_sources

        for id in self.inner:
            if id in self.used and id not in self.frames:
                self.frames[id] = self._inner(id)
        if self.asking and not self.spans:
            self.spans = self._spans(self._foreseen())
        return {**open_sources(self.scorecard, self.plugins, self.frames, self.used - self.known.keys(), self.spans), **self.known}

    def planned(self, opened: Mapping[str, Opened]) -> tuple[Plan | None, tuple[Issue, ...]]:
        from scorecard.plan.draw import draw

        return draw(self.scorecard, self.plugins, {id: one.columns for id, one in opened.items()})

    def _foreseen(self) -> Plan | None:
        """The plan as it will be if the sources have every column that the definition names: they are not open yet."""
        from scorecard.engine.absent import Whatever
        from scorecard.plan.draw import draw

        return draw(self.scorecard, self.plugins, dict.fromkeys(self.used, Whatever(lambda _: Kind.ANY)))[0]

    def _spans(self, plan: Plan | None) -> dict[str, Span]:
        """The stretch of records that each source is asked for; without a plan that of the periods alone."""
        from scorecard.engine.spans import span_of, spans

        shown = self._shown(None, None)
        if plan is None:
            return dict.fromkeys(self.used, span_of(shown, self.scorecard.period))
        return spans(plan, self._needed(plan, shown))

    # ------------------------------------------------------------ another scorecard's result as a source

    def _take_inner(self) -> None:
        """Loads the scorecards that are sources; where such a source has no time, its rows are of the period they are for."""
        sources = dict(self.scorecard.sources)
        for id, source in self.scorecard.sources.items():
            if source.type != "scorecard" or id in self.frames:
                continue
            path = self._path(id)
            if path in self.outer:
                raise DefinitionError([Issue(code="SC709", place=source.place, values={"circle": [*self.outer, path]})])
            inner = self.inner[id] = load(path, self.plugins)
            self.inner_periods[id] = self._same_time(inner.period)
            if source.time is None and inner.period is not None and self.scorecard.period is not None:
                sources[id] = replace(source, time="period_start")
        self.scorecard = replace(self.scorecard, sources=sources)

    def _path(self, id: str) -> str:
        source = self.scorecard.sources[id]
        return str((Path(source.folder) / str(source.settings["path"])).resolve())

    def _inner(self, id: str) -> Any:
        """Another scorecard's result, as a frame."""
        from scorecard.evaluation.tables import wide_table

        request = Request(period=self.inner_periods[id], as_of=self.request.as_of, engine=self.engine)
        run = Run(self.inner[id], self.plugins, request, (*self.outer, self._path(id)))
        return wide_table(run.evaluation(), with_time=True)

    def _same_time(self, calendar: Calendar | None) -> str | None:
        """The periods of another scorecard that the periods asked for span."""
        text, own = self.request.period, self.scorecard.period
        if text in (None, "latest", HISTORY) or calendar is None or own is None or calendar == own:
            return text if calendar is not None else None
        found = [own.named(name) for name in str(text).split("..")]
        return None if None in found else spanning(calendar, found[0].start, found[-1].end)  # type: ignore[union-attr]

    def _look_further_back(self, plan: Plan, needed: list[Period]) -> bool:
        """Whether windows reach periods of another scorecard that are not evaluated yet; those are asked for then."""
        from scorecard.engine.windows import bounds

        further = False
        for id, inner in self.inner.items():
            ends = [bounds(self.scorecard.period, one, period) for one in plan.passes if one.source == id for period in needed]
            starts = [start for start, _ in ends if start is not None]
            if inner.period is None or not starts or id not in self.frames:
                continue
            wanted = spanning(inner.period, min(starts), max(end for _, end in ends if end is not None))
            if wanted != self.inner_periods[id]:
                self.inner_periods[id] = wanted
                del self.frames[id]
                further = True
        return further

    def periods(self, plan: Plan, records: Mapping[str, Records]) -> tuple[tuple[Period, ...], list[Period]]:
        """The periods asked for, and all that must be computed for them, in the order of time.

        Where a source is asked for a stretch of records, that stretch is what `latest` means: the last period that is over.
        """
        from scorecard.engine.record import begun, reach, span

        first, last = span(records)
        shown = self._shown(None, None) if self.asking else self._shown(last, begun(plan, records), first)
        if self.scorecard.period is not None and (self.asking or self.request.period not in (None, "latest", HISTORY)):
            shown = within(shown, first, last, reach(records), whole=not self.outer)
        return shown, self._needed(plan, shown)

    def _shown(self, last: datetime | None, begun: datetime | None, first: datetime | None = None) -> tuple[Period, ...]:
        """The periods asked for, where the records go from `first` to `last` and those of every source have `begun`."""
        calendar, text = self.scorecard.period, self.request.period
        if calendar is not None:
            if text == HISTORY:
                return tuple(history(calendar, latest(calendar, last, self.as_of), begun, first))
            return tuple(asked(calendar, "latest" if text is None else text, last, self.as_of))
        if text not in (None, "latest", HISTORY, ALL_TIME.label):
            raise UsageError([Issue(code="SC702", values={"period": text})])
        return (ALL_TIME,)

    def _needed(self, plan: Plan, shown: tuple[Period, ...]) -> list[Period]:
        from scorecard.engine.windows import shift

        calendar = self.scorecard.period
        if calendar is None:
            return list(shown)
        scored = [*shown, *(calendar.shift(shown[0], -back) for back in range(1, self.request.before + 1) if shown)]
        needed = {one.start: one for one in scored}
        for one in scored:
            for offset in plan.offsets:
                before = shift(calendar, one, offset)
                needed.setdefault(before.start, before)
        return [needed[start] for start in sorted(needed)]  # type: ignore[type-var]

    def _earlier(self, results: Mapping[str, PeriodScores], past: Past, period: Period) -> PeriodScores | None:
        from scorecard.engine.windows import shift

        return results.get(shift(self.scorecard.period, period, past.shift).label)

    def _provenance(self, opened: Mapping[str, Opened], shown: tuple[Period, ...]) -> Any:
        from scorecard import __version__
        from scorecard.evaluation.evaluation import Provenance

        return Provenance(
            scorecard=self.scorecard.id,
            digest=self.scorecard.digest,
            version=__version__,
            engine=self.engine,
            sources={id: one.data.fingerprint() for id, one in opened.items()},
            plugins={plugin.name: plugin.version for plugin in self.plugins.plugins},
            periods=tuple(one.label for one in shown),
            as_of=self.request.as_of.isoformat() if self.request.as_of else None,
            made_at=datetime.now().astimezone().isoformat(timespec="seconds"),
        )
