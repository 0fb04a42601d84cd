"""Use cases: check a definition, evaluate it. The only place where the stages meet."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorecard.definition.check import Outcome, check_file
from scorecard.errors import DataError, DefinitionError, InconclusiveError, UsageError
from scorecard.hooks.discover import discover
from scorecard.hooks.edges import Span, asks_for_period
from scorecard.hooks.registry import Registry
from scorecard.model.definition import Scorecard
from scorecard.model.formula import Kind
from scorecard.model.issue import Issue, Level
from scorecard.model.period import ALL_TIME, Calendar, Period
from scorecard.model.plan import Past, Plan
from scorecard.model.sources_read import sources_read

if TYPE_CHECKING:
    from scorecard.engine.backend import Engine
    from scorecard.engine.open import Opened
    from scorecard.engine.prepare import Records
    from scorecard.evaluation.evaluation import Evaluation
    from scorecard.scoring.score import PeriodScores

PLUGINS = "SCORECARD_PLUGINS"
"""the environment variable with folders of plugins, separated as in PATH"""
HISTORY = "history"
"""asks for all periods that are over and that every source reaches into"""
SHORTEST = 8
"""periods of a history, as far as any source goes back"""


def registry(folders: Sequence[str | Path] = ()) -> Registry:
    """Everything that the installed plugins offer, and those in the folders given and in SCORECARD_PLUGINS."""
    named = [Path(one) for one in os.environ.get(PLUGINS, "").split(os.pathsep) if one]
    return discover([*named, *(Path(one) for one in folders)])


def check(path: str | Path, plugins: Registry | None = None) -> Outcome:
    """A definition and all its issues; reads no data."""
    return check_file(Path(path), plugins or registry())


def load(path: str | Path, plugins: Registry | None = None) -> Scorecard:
    """A checked definition. Raises DefinitionError with every issue it has."""
    outcome = check(path, plugins)
    if outcome.scorecard is None or any(issue.level == Level.ERROR for issue in outcome.issues):
        raise DefinitionError(outcome.issues)
    return outcome.scorecard


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


def evaluate(
    definition: Scorecard | str | Path,
    *,
    period: str | None = None,
    as_of: date | None = None,
    engine: Engine | None = None,
    frames: Mapping[str, Any] | None = None,
    detail: bool = True,
    before: int = 0,
    plugins: Registry | None = None,
) -> Evaluation:
    """Scores every entity of a definition for a period (`2026-Q3`, `latest`, `2025-Q1..2026-Q3`, `history`).

    `frames` puts a frame of any kind that narwhals takes in place of a source. `as_of` reads the data as they stood. `before` says
    how many earlier periods are scored as well, to compare with.
    Raises DefinitionError, DataError, UsageError; each carries the issues.
    """
    plugins = plugins or registry()
    scorecard = definition if isinstance(definition, Scorecard) else load(definition, plugins)
    request = Request(period=period, as_of=as_of, engine=engine, frames=frames, detail=detail, before=before)
    return _Run(scorecard, plugins, request).evaluation()


def check_sources(scorecard: Scorecard, plugins: Registry, frames: Mapping[str, Any] | None = None) -> tuple[Issue, ...]:
    """Whether the data have what the definition asks: opens every source, plans, and reads nothing more."""
    try:
        return plan(scorecard, plugins, frames)[1]
    except DataError as error:
        return error.issues


def plan(scorecard: Scorecard, plugins: Registry, frames: Mapping[str, Any] | None = None) -> tuple[Plan | None, tuple[Issue, ...]]:
    """What an evaluation would compute on these data; None, with the reasons, where they do not fit. Raises DataError."""
    run = _Run(scorecard, plugins, Request(frames=frames))
    return run.planned(run.opened())


class _Run:
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
        if unknown := [name for name in self.frames if name not in scorecard.sources]:
            raise UsageError([Issue(code="SC701", values={"name": unknown[0], "allowed": list(scorecard.sources)})])

    def evaluation(self) -> Evaluation:
        from scorecard.engine.belonging import Belonging
        from scorecard.engine.measure import Measurer
        from scorecard.engine.prepare import Clock
        from scorecard.engine.quality import quality_of
        from scorecard.engine.record import records_of, roster_of, span, stale_records
        from scorecard.evaluation.evaluation import Evaluation
        from scorecard.evaluation.keep import kept
        from scorecard.evaluation.notes import notes_of
        from scorecard.evaluation.years import only_years
        from scorecard.scoring.score import score

        opened = self.opened()
        plan, issues = self.planned(opened)
        if plan is None:
            raise DefinitionError(issues)
        if self.asking and (spans := self._spans(plan)) != self.spans:
            self.spans = spans
            opened = self.opened()
        calendar = self.scorecard.period
        clock = Clock(timezone=calendar.timezone if calendar else None, as_of=self.as_of)
        records = records_of(plan, opened, self.engine, clock)
        roster = roster_of(plan, records)
        shown, needed = self.periods(plan, records)
        stale = stale_records(records, shown, self.as_of)
        if self._look_further_back(plan, needed):
            opened = self.opened()
            records = records_of(plan, opened, self.engine, clock)
            roster = roster_of(plan, records)
        measurer = Measurer(plan, self.plugins, Belonging(plan, records, roster, calendar, needed))
        keep = kept(plan, detail=self.request.detail)
        results: dict[str, PeriodScores] = {}
        for one in needed:
            earlier = {past: self._earlier(results, past, one) for past in plan.past.values()}
            results[one.label] = score(plan, measurer.table(one), earlier, keep)
        evaluation = Evaluation(
            scorecard=self.scorecard,
            plan=plan,
            names=roster.names(),
            results=results,
            shown=shown,
            provenance=self._provenance(opened, shown),
            last_record=measurer.last_record if self.request.detail else None,
            look_at_data=partial(quality_of, records, measurer.belonging) if self.request.detail else None,
            failures=measurer.failures,
            notes=(*stale, *notes_of(self.scorecard, records, roster, measurer, results, shown)),
            data_until=span(records)[1],
            data_of_years=calendar is not None and calendar.every == "year" and only_years(records),
        )
        if not len(evaluation):
            raise InconclusiveError([Issue(code="SC613", values={"period": ", ".join(p.label for p in shown)}), *evaluation.notes])
        return evaluation

    def opened(self) -> dict[str, Opened]:
        from scorecard.engine.open import open_sources

        for id in self.inner:
            if id in self.used and id not in self.frames:
                self.frames[id] = self._inner(id)
        if self.asking and not self.spans:
            self.spans = self._spans(self._foreseen())
        return open_sources(self.scorecard, self.plugins, self.frames, self.used, self.spans)

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
        run = _Run(self.inner[id], self.plugins, request, (*self.outer, self._path(id)))
        return wide_table(run.evaluation(), with_time=True)

    def _same_time(self, calendar: Calendar | None) -> str | None:
        """The periods of another scorecard that the periods asked for span."""
        asked, own = self.request.period, self.scorecard.period
        if asked in (None, "latest", HISTORY) or calendar is None or own is None or calendar == own:
            return asked if calendar is not None else None
        found = [own.named(name) for name in str(asked).split("..")]
        return None if None in found else _spanning(calendar, found[0].start, found[-1].end)  # type: ignore[union-attr]

    def _look_further_back(self, plan: Plan, needed: list[Period]) -> bool:
        """Whether windows reach periods of another scorecard that are not evaluated yet; those are asked for then."""
        from scorecard.engine.windows import bounds

        further = False
        for id, inner in self.inner.items():
            ends = [bounds(self.scorecard.period, one, period) for one in plan.passes if one.source == id for period in needed]
            starts = [start for start, _ in ends if start is not None]
            if inner.period is None or not starts or id not in self.frames:
                continue
            asked = _spanning(inner.period, min(starts), max(end for _, end in ends if end is not None))
            if asked != self.inner_periods[id]:
                self.inner_periods[id] = asked
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
            shown = _within(shown, first, last, reach(records), whole=not self.outer)
        return shown, self._needed(plan, shown)

    def _shown(self, last: datetime | None, begun: datetime | None, first: datetime | None = None) -> tuple[Period, ...]:
        """The periods asked for, where the records go from `first` to `last` and those of every source have `begun`."""
        calendar, text = self.scorecard.period, self.request.period
        if calendar is not None:
            if text == HISTORY:
                return tuple(_history(calendar, _latest(calendar, last, self.as_of), begun, first))
            return tuple(_asked(calendar, "latest" if text is None else text, last, self.as_of))
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


def _spanning(calendar: Calendar, start: datetime | None, end: datetime | None) -> str:
    """The periods that `[start, end)` touches, as a request."""
    assert start is not None
    assert end is not None
    first, last = calendar.at(start).label, calendar.at(end - timedelta(microseconds=1)).label
    return first if first == last else f"{first}..{last}"


def _asked(calendar: Calendar, text: str, last: datetime | None, as_of: datetime | None) -> list[Period]:
    """The periods that a text names. Raises UsageError where it names none."""
    names = text.split("..")
    found = [_latest(calendar, last, as_of) if name == "latest" else calendar.named(name) for name in names]
    if None in found or len(names) > 2:
        raise UsageError([Issue(code="SC703", values={"period": text, "every": calendar.every, "example": calendar.example})])
    periods = list(calendar.between(found[0], found[-1]))  # type: ignore[arg-type]
    if not periods:
        raise UsageError([Issue(code="SC704", values={"period": text})])
    return periods


def _within(
    periods: tuple[Period, ...], first: datetime | None, last: datetime | None, reach: datetime | None, *, whole: bool
) -> tuple[Period, ...]:
    """The periods that the records, of `first` to `last`, reach into. UsageError where one is beyond, or, unless `whole`, all are."""
    if first is None or last is None:
        return periods
    beyond = [one for one in periods if (reach is not None and _start(one) > reach) or (one.end is not None and one.end <= first)]
    if beyond and (whole or len(beyond) == len(periods)):
        values = {"period": beyond[0].label, "first": first.date().isoformat(), "last": last.date().isoformat()}
        raise UsageError([Issue(code="SC705", values=values)])
    return tuple(one for one in periods if one not in beyond)


def _history(calendar: Calendar, latest: Period, begun: datetime | None, first: datetime | None) -> Iterator[Period]:
    """The periods up to the latest: from where every source has begun, at least `SHORTEST`, as far as there are any records."""
    start = calendar.shift(latest, 1 - SHORTEST)
    if begun is not None:
        start = min(start, calendar.at(begun), key=_start)
    if first is not None:
        start = max(start, calendar.at(first), key=_start)
    yield from calendar.between(min(start, latest, key=_start), latest)


def _start(period: Period) -> datetime:
    assert period.start is not None
    return period.start


def _latest(calendar: Calendar, last: datetime | None, as_of: datetime | None) -> Period:
    """The last period that is over and that the records reach into."""
    today = as_of or datetime.combine(date.today(), time())
    period = calendar.at(min(last, today) if last is not None else today)
    assert period.end is not None
    return period if period.end <= today else calendar.shift(period, -1)
