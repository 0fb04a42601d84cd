"""Records as the definition names them: renamed, decoded, cleaned, on the clock of the scorecard, and filtered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import narwhals as nw

from scorecard.engine.backend import Engine, on_engine
from scorecard.engine.clean import as_text, cleaned
from scorecard.engine.expected import ROW, unexpected
from scorecard.engine.guard import within
from scorecard.engine.join import joined
from scorecard.engine.open import Opened
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """The records of one source, ready to be measured, and what was left out on the way."""

    opened: Opened
    frame: nw.DataFrame[Any]
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
    def first(self) -> datetime | None:
        return self.frame[FROM].min() if FROM in self.frame.columns and len(self.frame) else None

    @property
    def last(self) -> datetime | None:
        return self.frame[FROM].max() if FROM in self.frame.columns and len(self.frame) else None

    @property
    def interval(self) -> bool:
        return TO in self.frame.columns


def prepare(
    opened: Opened, wanted: Mapping[str, Kind], keys: tuple[str, ...], engine: Engine, clock: Clock, others: Mapping[str, Records]
) -> Records:
    """Reads the wanted columns of a source and makes them what formulas take them for. Raises DataError.

    `others` are the sources that it joins.
    """
    source = opened.source
    wanted = wanted or dict.fromkeys(list(opened.own)[:1], Kind.ANY)  # a frame without columns would have no rows to count
    frame = _renamed(opened, wanted, engine)
    read = len(frame)
    kinds = dict(wanted)
    mended: list[Issue] = []
    frame = frame.with_columns(
        *(
            cleaned(
                _decoded(frame[name], opened), _asked(opened, name, kinds), opened, engine, clock.timezone, key=name in keys, mended=mended
            )
            for name in frame.columns
        )
    )
    if source.expect is not None:
        frame = frame.with_row_index(ROW)
    if source.unpivot is not None:
        across = [name for name in frame.columns if name in opened.across]
        rest = [name for name in frame.columns if name not in across]
        frame = frame.unpivot(on=across, index=rest, variable_name=source.unpivot.name, value_name=source.unpivot.value)
        frame = _renamed_after(frame, opened, wanted)
        named = [name for name in (source.unpivot.name, source.unpivot.value) if name in frame.columns and name in kinds]
        named += [name for name, own in opened.own.items() if own in (source.unpivot.name, source.unpivot.value) and name in frame.columns]
        frame = frame.with_columns(
            *(
                cleaned(_decoded(frame[name], opened), kinds.get(name, Kind.ANY), opened, engine, clock.timezone, mended=mended)
                for name in dict.fromkeys(named)
            )
        )
    alone: dict[str, int] = {}
    for join in source.join:
        if columns := [name for name in join.columns if name in kinds]:
            frame, alone[join.to] = joined(frame, join, columns, others[join.to].frame, opened)
    left_out: dict[str, int] = {}
    made = len(frame)
    if source.where is not None:
        frame, left_out["unknown_where"] = filtered(frame, source.where, kinds)
        left_out["where"] = made - len(frame) - left_out["unknown_where"]
    issues: tuple[Issue, ...] = ()
    if source.expect is not None:
        issues = unexpected(frame, source.expect, opened, kinds)
        if any(issue.level is Level.ERROR for issue in issues):
            raise DataError(issues)
        frame = frame.drop(ROW)
    if source.time is not None:
        before = len(frame)
        frame = _timed(frame, source.time, source.time_to)
        left_out["no_time"] = before - len(frame)
        if clock.as_of is not None:
            before = len(frame)
            frame = _as_of(frame, clock.as_of, source.time_to)
            left_out["as_of"] = before - len(frame)
    return Records(
        opened=opened,
        frame=frame,
        kinds=kinds,
        read=read,
        made=made,
        left_out=left_out,
        alone=alone,
        unexpected=issues,
        mended=tuple(mended),
    )


def filtered(frame: nw.DataFrame[Any], where: Formula, kinds: Mapping[str, Kind]) -> tuple[nw.DataFrame[Any], int]:
    """The rows for which a condition holds, and for how many it is unknown."""
    unknown = frame.select(over_rows.unknown(where.tree, kinds, _no_constant).cast(nw.Int64()).sum().alias("n"))
    return frame.filter(over_rows.holds(where.tree, kinds, _no_constant)), int(unknown["n"][0] or 0)


def _no_constant(name: str) -> object:
    raise KeyError(name)


def _renamed(opened: Opened, wanted: Mapping[str, Kind], engine: Engine) -> nw.DataFrame[Any]:
    """The wanted columns by our names; columns across the top keep theirs until they are rows."""
    unpivot = opened.source.unpivot
    made = {unpivot.name, unpivot.value} if unpivot is not None else set()
    ours = {name: opened.own[name] for name in wanted if name in opened.own and opened.own[name] not in made}
    ask: dict[str, Kind] = {own: Kind.ANY if _coded(opened, name) else wanted[name] for name, own in ours.items()}
    if unpivot is not None:
        kind = next((wanted[name] for name in wanted if opened.own.get(name, name) == unpivot.value), Kind.ANY)
        ask |= dict.fromkeys(opened.across, kind)
    read = [opened.data.read(ask)]
    with within(opened.source, opened.secrets):
        frame = on_engine(read.pop, engine)
    frame = frame.select(*(nw.col(own).alias(name) for name, own in ours.items()), *opened.across)
    floats = [name for name, dtype in frame.schema.items() if dtype.is_float()] if engine != "pandas" else []
    return frame.with_columns(nw.col(floats).fill_nan(None)) if floats else frame


def _renamed_after(frame: nw.DataFrame[Any], opened: Opened, wanted: Mapping[str, Kind]) -> nw.DataFrame[Any]:
    """Our names for the two columns that unpivoting made."""
    unpivot = opened.source.unpivot
    assert unpivot is not None
    ours = {name: opened.own[name] for name in wanted if opened.own.get(name) in (unpivot.name, unpivot.value)}
    return frame.with_columns(*(nw.col(own).alias(name) for name, own in ours.items() if name != own))


def _asked(opened: Opened, name: str, kinds: Mapping[str, Kind]) -> Kind:
    """The kind to clean a column to; columns across the top take that of the column they become."""
    unpivot = opened.source.unpivot
    if unpivot is not None and name in opened.across:
        return next((kind for ours, kind in kinds.items() if opened.own.get(ours, ours) == unpivot.value), Kind.ANY)
    kind = kinds[name]
    return (opened.written_kind(name) or kind) if kind == Kind.ANY else kind


def _coded(opened: Opened, name: str) -> bool:
    spec = opened.specs.get(name)
    return bool(spec is not None and (spec.values or spec.otherwise is not None)) or name in opened.source.values


def _decoded(values: nw.Series[Any], opened: Opened) -> nw.Series[Any]:
    """Cells that mean nothing made null, and codes made words."""
    spec = opened.specs.get(values.name)
    codes = {**opened.source.values.get(values.name, {}), **(spec.values if spec is not None else {})}
    otherwise = spec.otherwise if spec is not None else None
    nulls = opened.source.nulls
    if values.dtype == nw.String and nulls:
        nothing = nw.col(values.name).str.strip_chars().is_in(nulls)
        values = values.to_frame().select(nw.when(~nothing).then(nw.col(values.name)))[values.name]
    if not codes and otherwise is None:
        return values
    texts = as_text(values).str.strip_chars()
    distinct = texts.drop_nulls().unique().to_list()
    words = {text: codes.get(text, text if otherwise is None else otherwise) for text in distinct}
    return texts.replace_strict(list(words), list(words.values()), return_dtype=nw.String()) if words else texts


def _timed(frame: nw.DataFrame[Any], start: str, end: str | None) -> nw.DataFrame[Any]:
    """With the columns `time.from` and `time.to`: a day at the end is the last day, a moment there is not in it."""
    frame = frame.with_columns(nw.col(start).alias(FROM)).filter(~nw.col(start).is_null())
    if end is None:
        return frame
    ends = frame[end].drop_nulls()
    days = bool(((ends.dt.hour() == 0) & (ends.dt.minute() == 0) & (ends.dt.second() == 0)).all())
    return frame.with_columns((nw.col(end) + timedelta(days=1) if days else nw.col(end)).alias(TO))


def _as_of(frame: nw.DataFrame[Any], day: datetime, end: str | None) -> nw.DataFrame[Any]:
    """The records as they stood: those from that day on are not read, and what ends later is still open, to every formula."""
    frame = frame.filter(nw.col(FROM) < day)
    if end is None:
        return frame
    return frame.with_columns(nw.when(nw.col(TO) <= day).then(nw.col(name)).alias(name) for name in (TO, end))
