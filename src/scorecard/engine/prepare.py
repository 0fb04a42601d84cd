"""Records as the definition names them: renamed, decoded, cleaned, on the clock of the scorecard, and filtered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

import narwhals as nw

from scorecard.engine.backend import Engine
from scorecard.engine.blocks import Blocks, Frame
from scorecard.engine.clean import Cleaner
from scorecard.engine.expected import ROW, unexpected
from scorecard.engine.join import Joining
from scorecard.engine.open import Opened
from scorecard.engine.receive import coded, decoded, received
from scorecard.errors import DataError
from scorecard.expression import frame as over_rows
from scorecard.model.formula import Formula, Kind
from scorecard.model.issue import Issue, Level

FROM, TO = "time.from", "time.to"
"""the columns with a record's moment or interval; `time.to` is exclusive, null while it is open"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """What moments are read against: the scorecard's time zone, and the day from which records are not read."""

    timezone: str | None = None
    as_of: datetime | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Records:
    """The records of one source, ready to be measured, and what was left out on the way."""

    opened: Opened
    blocks: Blocks
    kinds: Mapping[str, Kind]
    read: int
    made: int = 0
    """how many records they are, once columns across the top are rows"""
    left_out: Mapping[str, int] = field(default_factory=dict)
    """how many records are not used, by why: `where`, `unknown_where`, `no_time`, `as_of`"""
    mended: tuple[Issue, ...] = ()
    """cells that were read in spite of how they are typed"""
    unexpected: tuple[Issue, ...] = ()
    """what is not as `expect:` says, where that does not stop the work"""
    alone: Mapping[str, int] = field(default_factory=dict)
    """how many records found no row in a joined source, by its id"""

    @property
    def timed(self) -> bool:
        return self.opened.source.time is not None

    @property
    def interval(self) -> bool:
        return self.opened.source.time_to is not None

    @cached_property
    def first(self) -> datetime | None:
        return min((moments.min() for moments in self.column(FROM)), default=None) if self.timed else None

    @cached_property
    def last(self) -> datetime | None:
        return max((moments.max() for moments in self.column(FROM)), default=None) if self.timed else None

    def column(self, name: str) -> Iterator[nw.Series[Any]]:
        """A column, block by block; blocks without records are left out."""
        return (values for values in self.blocks.column(name) if len(values))


def prepare(
    opened: Opened,
    wanted: Mapping[str, Kind],
    keys: tuple[str, ...],
    engine: Engine,
    clock: Clock,
    others: Mapping[str, Records],
    *,
    whole: bool = False,
) -> Records:
    """Reads the wanted columns of a source and makes them what formulas take them for. Raises DataError.

    `others` are the sources that it joins. `whole` asks for all records in one block.
    """
    source = opened.source
    wanted = wanted or dict.fromkeys(list(opened.own)[:1], Kind.ANY)  # a frame without columns would have no rows to count
    making = _Making(opened, wanted, keys, engine, clock, others)
    read = received(opened, wanted, engine, whole=whole or making.whole)
    if not read.together:
        making.look(read)
    unlike: tuple[Issue, ...] = ()
    if source.expect is None and source.time_to is None:
        kept = read.remade(lambda frames: map(making.timed, making.made(frames)))
    else:
        made = read.remade(making.made)
        if source.expect is not None:
            unlike = unexpected(made, source.expect, opened, making.kinds)
        if any(issue.level is Level.ERROR for issue in unlike):
            raise DataError(unlike)
        making.see_ends(made)
        kept = made.remade(lambda frames: map(making.timed, frames))
    return Records(
        opened=opened,
        blocks=kept,
        kinds=making.kinds,
        read=len(read),
        made=making.count,
        left_out=making.left_out,
        alone=making.alone,
        unexpected=unlike,
        mended=making.cleaner.mended,
    )


class _Making:
    """How the records of one source are made, block by block, and what is counted on the way."""

    def __init__(
        self,
        opened: Opened,
        wanted: Mapping[str, Kind],
        keys: tuple[str, ...],
        engine: Engine,
        clock: Clock,
        others: Mapping[str, Records],
    ) -> None:
        self.opened = opened
        self.source = opened.source
        self.wanted = wanted
        self.kinds = dict(wanted)
        self.as_of = clock.as_of
        self.cleaner = Cleaner(opened, engine, clock.timezone, keys)
        self.joins = [
            Joining(join, columns, others[join.to].blocks, opened)
            for join in self.source.join
            if (columns := [name for name in join.columns if name in wanted])
        ]
        self.days = False
        self.count = 0
        self.left_out: Counter[str] = Counter()
        self.alone: Counter[str] = Counter()

    @property
    def whole(self) -> bool:
        """Whether all records are needed at once: columns across the top become rows one after the other."""
        return self.source.unpivot is not None

    def look(self, read: Blocks) -> None:
        """What only a whole column can say is asked of all blocks before the first is made."""
        for name in read.head.columns:
            if coded(self.opened, name):
                self.cleaner.look(read.column(name), Kind.TEXT)
            self.cleaner.look(read.column(name, self._decoded), self._asked(name))

    def made(self, frames: Iterable[Frame]) -> Iterator[Frame]:
        """The records, cleaned, with what is joined to them, where the condition of the source holds. Raises DataError."""
        for cleaned in self._cleaned(frames):
            frame = cleaned
            if self.source.unpivot is not None:
                frame = self._unpivoted(frame)
            for joining in self.joins:
                frame, alone = joining.joined(frame)
                self.alone[joining.to] += alone
            self.count += len(frame)
            if self.source.where is not None:
                everything = len(frame)
                frame, unknown = filtered(frame, self.source.where, self.kinds)
                self.left_out["unknown_where"] += unknown
                self.left_out["where"] += everything - len(frame) - unknown
            yield frame

    def timed(self, frame: Frame) -> Frame:
        """The records with a moment, before the day as of which they are read."""
        if ROW in frame.columns:
            frame = frame.drop(ROW)
        if self.source.time is None:
            return frame
        everything = len(frame)
        frame = _timed(frame, self.source.time, self.source.time_to, days=self.days)
        self.left_out["no_time"] += everything - len(frame)
        if self.as_of is not None:
            everything = len(frame)
            frame = _as_of(frame, self.as_of, self.source.time_to)
            self.left_out["as_of"] += everything - len(frame)
        return frame

    def see_ends(self, made: Blocks) -> None:
        """Whether the ends of intervals are days: those of all records that have a beginning."""
        start, end = self.source.time, self.source.time_to
        if start is not None and end is not None:
            self.days = all(_only_days(frame.filter(~nw.col(start).is_null())[end]) for frame in made.frames(start, end))

    def _cleaned(self, frames: Iterable[Frame]) -> Iterator[Frame]:
        """The columns as their uses ask; once a cell does not fit, the rest is looked at for more of them and refused."""
        row = 0
        for read in frames:
            self.cleaner.next_block(row)
            columns = (self.cleaner.cleaned(self._decoded(read[name]), self._asked(name)) for name in read.columns)
            frame = read.with_columns(*columns)
            if self.source.expect is not None:
                frame = frame.with_row_index(ROW).with_columns(nw.col(ROW).cast(nw.Int64()) + row)
            row += len(read)
            if self.cleaner.fits:
                yield frame
        self.cleaner.refuse()

    def _unpivoted(self, frame: Frame) -> Frame:
        unpivot, opened = self.source.unpivot, self.opened
        assert unpivot is not None
        across = [name for name in frame.columns if name in opened.across]
        rest = [name for name in frame.columns if name not in across]
        frame = frame.unpivot(on=across, index=rest, variable_name=unpivot.name, value_name=unpivot.value)
        ours = {name: opened.own[name] for name in self.wanted if opened.own.get(name) in (unpivot.name, unpivot.value)}
        frame = frame.with_columns(*(nw.col(own).alias(name) for name, own in ours.items() if name != own))
        named = [name for name in (unpivot.name, unpivot.value) if name in frame.columns and name in self.kinds]
        named += [name for name, own in opened.own.items() if own in (unpivot.name, unpivot.value) and name in frame.columns]
        columns = (self.cleaner.cleaned(self._decoded(frame[name]), self.kinds.get(name, Kind.ANY)) for name in dict.fromkeys(named))
        frame = frame.with_columns(*columns)
        self.cleaner.refuse()
        return frame

    def _decoded(self, values: nw.Series[Any]) -> nw.Series[Any]:
        return decoded(values, self.opened, self.cleaner.as_text)

    def _asked(self, name: str) -> Kind:
        """The kind to clean a column to; columns across the top take that of the column they become."""
        unpivot = self.source.unpivot
        if unpivot is not None and name in self.opened.across:
            return next((kind for ours, kind in self.kinds.items() if self.opened.own.get(ours, ours) == unpivot.value), Kind.ANY)
        kind = self.kinds[name]
        return (self.opened.written_kind(name) or kind) if kind == Kind.ANY else kind


def filtered(frame: Frame, where: Formula, kinds: Mapping[str, Kind]) -> tuple[Frame, int]:
    """The rows for which a condition holds, and for how many it is unknown."""
    unknown = frame.select(over_rows.unknown(where.tree, kinds, _no_constant).cast(nw.Int64()).sum().alias("n"))
    return frame.filter(over_rows.holds(where.tree, kinds, _no_constant)), int(unknown["n"][0] or 0)


def _no_constant(name: str) -> object:
    raise KeyError(name)


def _timed(frame: Frame, start: str, end: str | None, *, days: bool) -> Frame:
    """With the columns `time.from` and `time.to`: a day at the end is the last day, a moment there is not in it."""
    frame = frame.with_columns(nw.col(start).alias(FROM)).filter(~nw.col(start).is_null())
    if end is None:
        return frame
    return frame.with_columns((nw.col(end) + timedelta(days=1) if days else nw.col(end)).alias(TO))


def _only_days(ends: nw.Series[Any]) -> bool:
    """Whether no moment has a time of day."""
    ends = ends.drop_nulls()
    return bool(((ends.dt.hour() == 0) & (ends.dt.minute() == 0) & (ends.dt.second() == 0)).all())


def _as_of(frame: Frame, day: datetime, end: str | None) -> Frame:
    """The records as they stood: those from that day on are not read, and what ends later is still open, to every formula."""
    frame = frame.filter(nw.col(FROM) < day)
    if end is None:
        return frame
    return frame.with_columns(nw.when(nw.col(TO) <= day).then(nw.col(name)).alias(name) for name in (TO, end))
