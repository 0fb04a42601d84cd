"""Opens sources: what columns they have, by the names the definition gives them."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import narwhals as nw

from scorecard.engine.absent import Nothing, Whatever
from scorecard.engine.environment import UnsetError, filled_in, hidden
from scorecard.engine.guard import GuardedData, failed, within
from scorecard.errors import DataError
from scorecard.hooks.contracts import SourceData, SourceRequest
from scorecard.hooks.edges import Span
from scorecard.hooks.registry import Registry, resolve
from scorecard.language.phrase import Phrase
from scorecard.model.definition import Scorecard
from scorecard.model.formula import Kind
from scorecard.model.issue import Issue, Level
from scorecard.model.source import ColumnSpec, Join, Source

DAY_ORDERS = ("day first", "month first")
"""column types that say how 03/04/2026 is read"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A source whose columns are known. `own` gives, for each of our column names, the name the data use."""

    source: Source
    data: SourceData
    own: Mapping[str, str]
    specs: Mapping[str, ColumnSpec]
    across: tuple[str, ...] = ()
    """columns across the top that `unpivot` turns into rows"""
    secrets: frozenset[str] = frozenset()
    given: bool = False
    """a frame given by the caller"""
    joined: Mapping[str, Kind] = field(default_factory=dict)
    """the columns taken from other sources"""
    absent: tuple[Issue, ...] = ()
    """why it counts as a source without records, though it should have some"""

    @property
    def columns(self) -> Mapping[str, Kind]:
        """What formulas may name, with the kind the data say it is."""
        if self.absent:
            return Whatever(lambda name: self.written_kind(name) or Kind.ANY)
        kinds = self.data.columns
        found = {name: self.written_kind(name) or kinds.get(own, Kind.ANY) for name, own in self.own.items()}
        if self.source.unpivot is not None:
            found |= {self.source.unpivot.name: Kind.TEXT, self.source.unpivot.value: Kind.ANY}
        return found | dict(self.joined)

    def written_kind(self, name: str) -> Kind | None:
        """The kind that the definition gives a column (`columns: {paid: {from: 付款, type: truth}}`)."""
        spec = self.specs.get(name)
        if spec is None or spec.type is None:
            return None
        return Kind.MOMENT if spec.type in DAY_ORDERS else Kind(spec.type)

    @property
    def remarks(self) -> tuple[Issue, ...]:
        """What the source did to its data while it read them."""
        return self.data.remarks() if isinstance(self.data, GuardedData) else ()

    def blocks(self, wanted: Mapping[str, Kind]) -> Generator[Any]:
        """What the source gives of the wanted columns: its blocks, or everything as one. Raises DataError."""
        if isinstance(self.data, GuardedData):
            yield from self.data.blocks(wanted)
        else:
            yield self.data.read(wanted)

    def failed(self, code: str, values: Mapping[str, object]) -> DataError:
        """The error to raise for this source, with nothing in it that came from the environment."""
        return failed(self.source, code, values, self.secrets)


def open_sources(
    scorecard: Scorecard, registry: Registry, frames: Mapping[str, Any], used: frozenset[str], spans: Mapping[str, Span]
) -> dict[str, Opened]:
    """Opens every used source; all that cannot be opened are reported at once. Raises DataError.

    `spans` are the stretches of records that sources are asked for, where they can give less than all.
    """
    opened: dict[str, Opened] = {}
    issues: list[Issue] = []
    for source in scorecard.sources.values():
        if source.id not in used:
            continue
        try:
            opened[source.id] = open_source(source, registry, frames.get(source.id), spans.get(source.id, (None, None)))
        except DataError as error:
            if source.required:
                issues += error.issues
            else:
                opened[source.id] = left_out(source, error.issues)
    if not issues:
        opened, issues = _with_joins(opened)
    if issues:
        raise DataError(issues)
    return opened


def left_out(source: Source, issues: Iterable[Issue]) -> Opened:
    """The source as one without records, with what kept it from being read, or from being used, as warnings."""
    return Opened(
        source=replace(source, unpivot=None, where=None, expect=None, join=()),
        data=Nothing(source.id),
        own=Whatever(str),
        specs={spec.name: spec for spec in source.columns},
        absent=tuple(replace(issue, level=Level.WARNING) for issue in issues),
    )


def _with_joins(opened: Mapping[str, Opened]) -> tuple[dict[str, Opened], list[Issue]]:
    """The sources with the columns they take from others; an issue for each column that is not there, or there twice."""
    finished: dict[str, Opened] = {}
    issues: list[Issue] = []

    def finish(id: str) -> Opened:
        if id not in finished:
            one = opened[id]
            for join in one.source.join:
                other = finish(join.to)
                issues.extend(_lacking(one, join.on, join))
                issues.extend(_lacking(other, (*join.on, *join.columns), join))
                issues.extend(
                    Issue(code="SC481", place=join.place, values={"source": id, "to": join.to, "name": name})
                    for name in join.columns
                    if name in one.columns
                )
                one = replace(one, joined={**one.joined, **{name: other.columns.get(name, Kind.ANY) for name in join.columns}})
            finished[id] = one
        return finished[id]

    return {id: finish(id) for id in opened}, issues


def _lacking(opened: Opened, names: tuple[str, ...], join: Join) -> Iterator[Issue]:
    have = opened.columns
    for name in names:
        if name not in have:
            yield Issue(code="SC601", place=join.place, values={"source": opened.source.id, "name": name, "allowed": list(have)})


def open_source(source: Source, registry: Registry, frame: Any = None, span: Span = (None, None)) -> Opened:
    """Opens one source, or takes the caller's frame in its place. Raises DataError."""
    if frame is not None:
        return _named(source, FrameData(frame, source.id), frozenset(), given=True)
    try:
        settings, secrets = filled_in(source.settings)
    except UnsetError as unset:
        raise failed(source, "SC604", {"name": unset.name}, frozenset()) from None
    spellings = tuple(spec.spellings for spec in source.columns if len(spec.spellings) > 1)
    request = SourceRequest(settings=settings, folder=source.folder, nulls=source.nulls, spellings=spellings, span=span)
    with within(source, secrets):
        data = resolve(registry.sources[source.type].open)(request)
    return _named(source, GuardedData(data, source, secrets), secrets)


def _named(source: Source, data: SourceData, secrets: frozenset[str], *, given: bool = False) -> Opened:
    have = list(data.columns)
    across = _across(source, have)
    made = {source.unpivot.name, source.unpivot.value} if source.unpivot is not None else set()
    own = {name: name for name in have if name not in across}
    specs: dict[str, ColumnSpec] = {}
    issues: list[Issue] = []
    for spec in source.columns:
        specs[spec.name] = spec
        found = next((spelling for spelling in spec.spellings if spelling in have or spelling in made), None)
        if found is None:
            values = {"source": source.id, "name": " / ".join(spec.spellings), "origin": data.origin, "allowed": have}
            issues.append(Issue(code="SC606", place=spec.place or source.place, values=hidden(values, secrets)))
            continue
        if own.get(found) == found and not any(other.name == found for other in source.columns):
            del own[found]
        own[spec.name] = found
    if issues:
        raise DataError(issues)
    return Opened(source=source, data=data, own=own, specs=specs, across=across, secrets=secrets, given=given)


def _across(source: Source, have: list[str]) -> tuple[str, ...]:
    unpivot = source.unpivot
    if unpivot is None:
        return ()
    if unpivot.matching is not None:
        found = tuple(name for name in have if re.fullmatch(unpivot.matching, name))
    else:
        found = tuple(name for name in unpivot.columns if name in have)
        if missing := [name for name in unpivot.columns if name not in have]:
            raise DataError(
                [Issue(code="SC606", place=source.place, values={"source": source.id, "name": " / ".join(missing), "allowed": have})]
            )
    if not found:
        values = {"source": source.id, "name": unpivot.matching or "", "allowed": have}
        raise DataError([Issue(code="SC606", place=source.place, values=values)])
    return found


class FrameData:
    """A frame that the caller gave in place of a source."""

    def __init__(self, frame: Any, name: str) -> None:
        self._frame = nw.from_native(frame)
        self._name = name

    @property
    def columns(self) -> Mapping[str, Kind]:
        return {str(name): kind_of(dtype) for name, dtype in self._frame.collect_schema().items()}

    @property
    def origin(self) -> str:
        return Phrase("the frame given for {source}", source=self._name)

    def read(self, wanted: Mapping[str, Kind]) -> Any:
        return self._frame.select(*wanted).to_native()

    def fingerprint(self) -> str:
        return "given"

    def locate(self, row: int) -> str:
        return Phrase("{origin}, row {row}", origin=self.origin, row=row)


def kind_of(dtype: Any) -> Kind:
    """What a column of a frame holds."""
    if dtype.is_numeric():
        return Kind.NUMBER
    if isinstance(dtype, (nw.Datetime, nw.Date)) or dtype in (nw.Datetime, nw.Date):
        return Kind.MOMENT
    if dtype == nw.Boolean:
        return Kind.TRUTH
    if dtype in (nw.String, nw.Categorical, nw.Enum):
        return Kind.TEXT
    return Kind.ANY
