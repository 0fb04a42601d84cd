"""Who gets a score: the entities by number, their key parts and attributes, period by period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from scorecard.engine.backend import Engine
from scorecard.engine.clean import as_text
from scorecard.engine.open import Opened
from scorecard.engine.prepare import FROM, TO, Records, filtered
from scorecard.engine.values import as_value
from scorecard.expression.values import Value
from scorecard.model.entity import Entity
from scorecard.model.formula import Kind
from scorecard.model.period import Period

NUMBER = "#entity"
"""the column with an entity's number"""
SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """All entities that the roster ever names, numbered in its order.

    `keys` has a row per entity with its key parts and its number; `rows` the roster's records with the number;
    `plain` says that the roster has no time: one row per entity, in the order of the numbers. `complete` says that `rows`
    are all records of the source that belong to somebody, none folded into another.
    """

    key: tuple[str, ...]
    keys: nw.DataFrame[Any]
    rows: nw.DataFrame[Any]
    plain: bool
    complete: bool
    attributes: Mapping[str, Kind]
    left_out: Mapping[str, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.keys)

    def names(self) -> Names:
        return Names(self.keys, self.key)


class Names:
    """The key parts of every entity as texts, made when they are asked for."""

    def __init__(self, keys: nw.DataFrame[Any], key: tuple[str, ...]) -> None:
        self._keys = keys
        self._texts: dict[str, NDArray[np.object_]] = {}
        self.key = key

    def of(self, part: str, entities: NDArray[Any] | None = None) -> NDArray[np.object_]:
        """The texts of one key part, of all entities or of those with these numbers."""
        if part not in self._texts:
            self._texts[part] = np.asarray(as_text(self._keys[part]).to_numpy(), dtype=object)
        texts = self._texts[part]
        return texts if entities is None else texts[entities]


def whole_portfolio(engine: Engine) -> Roster:
    """The one entity of `key: []`."""
    one = nw.new_series(NUMBER, [0], nw.Int64(), backend=engine).to_frame()
    return Roster(key=(), keys=one, rows=one, plain=True, complete=False, attributes={})


def call_the_roll(records: Records, entity: Entity, attributes: Mapping[str, Kind]) -> Roster:
    """Numbers the entities of the roster. Raises DataError where one entity has two rows that differ."""
    frame = records.blocks.whole()
    key = list(entity.key)
    named = frame.filter(*(_filled(frame, part) for part in key))
    left_out = {"no_key": len(frame) - len(named)}
    frame = named
    if entity.where is not None:
        frame, left_out["unknown_where"] = filtered(frame, entity.where, records.kinds)
    timed = FROM in frame.columns
    complete = entity.where is None
    if timed:
        keys = frame.select(key).unique(maintain_order=True)
    else:
        if not _all_different(frame, key):
            shown = [*key, *(name for name in attributes if name in frame.columns and name not in key)]
            frame = frame.unique(subset=shown, maintain_order=True)
            complete = False
            if not _all_different(frame, key):
                raise _twice(records.opened, frame, key)
        keys = frame.select(key)
    keys = _numbered(keys)
    rows = frame.join(keys, on=key, how="left") if timed else _numbered(frame)
    return Roster(key=entity.key, keys=keys, rows=rows, plain=not timed, complete=complete, attributes=attributes, left_out=left_out)


def _filled(frame: nw.DataFrame[Any], part: str) -> nw.Expr:
    """Where a key part names somebody: a blank text is no name."""
    column = nw.col(part)
    return ~column.is_null() & (column.str.strip_chars() != "") if frame.schema[part] == nw.String else ~column.is_null()


def _numbered(frame: nw.DataFrame[Any]) -> nw.DataFrame[Any]:
    return frame.with_row_index(NUMBER)


def _all_different(frame: nw.DataFrame[Any], key: list[str]) -> bool:
    if len(key) == 1:
        return bool(frame[key[0]].n_unique() == len(frame))
    return len(frame.select(key).unique()) == len(frame)


def _twice(opened: Opened, frame: nw.DataFrame[Any], key: list[str]) -> Exception:
    counted = frame.select(key).group_by(key).agg(nw.len().alias("#n")).filter(nw.col("#n") > 1).sort(key)
    examples = [" ".join(f"{part}={row[part]}" for part in key) for row in counted.head(SHOWN).rows(named=True)]
    return opened.failed("SC612", {"count": len(counted), "examples": examples})


def present(roster: Roster, period: Period, opened: Opened | None) -> tuple[NDArray[np.int32], dict[str, Value]]:
    """The entities that exist in a period, by number ascending, and their attributes and key parts then.

    A roster with moments has one row per entity and period. Of one with intervals the row that is valid last counts.
    Raises DataError where two rows of one entity remain.
    """
    rows = roster.rows if roster.plain else _of_period(roster.rows, period)
    numbers = np.asarray(rows[NUMBER].to_numpy(), dtype=np.int32)
    if not roster.plain:
        order = np.argsort(numbers, kind="stable")
        numbers, rows = numbers[order], rows[order.tolist()] if len(order) else rows
        again = np.flatnonzero(numbers[1:] == numbers[:-1])
        if len(again):
            assert opened is not None
            raise _twice(opened, rows, list(roster.key))
    columns = {f"entity.{name}": as_value(as_text(rows[name]) if name in roster.key else rows[name]) for name in roster.attributes}
    return numbers, columns


def _of_period(rows: nw.DataFrame[Any], period: Period) -> nw.DataFrame[Any]:
    rows = in_window(rows, period.start, period.end)
    if TO not in rows.columns:
        return rows
    at_end = nw.col(TO).is_null() if period.end is None else (nw.col(TO) >= period.end) | nw.col(TO).is_null()
    rows = rows.with_columns(at_end.alias("#at end"))
    valid = rows.filter(nw.col("#at end"))
    return valid if _repeated(valid) else rows.sort("#at end", FROM).unique(subset=[NUMBER], keep="last", maintain_order=True)


def _repeated(rows: nw.DataFrame[Any]) -> bool:
    return bool(rows[NUMBER].n_unique() != len(rows))


def in_window(frame: nw.DataFrame[Any], start: datetime | None, end: datetime | None) -> nw.DataFrame[Any]:
    """The records of `[start, end)`: those with a moment in it, those whose interval overlaps it; without time, all."""
    conditions = _within(frame, start, end)
    return frame.filter(*conditions) if conditions else frame


def in_any_window(frame: nw.DataFrame[Any], windows: Sequence[tuple[datetime | None, datetime | None]]) -> nw.DataFrame[Any]:
    """The records of at least one of some windows."""
    if len(windows) == 1:
        return in_window(frame, *windows[0])
    conditions = [_within(frame, start, end) for start, end in windows]
    if not all(conditions):
        return frame
    return frame.filter(nw.any_horizontal(*(nw.all_horizontal(*one, ignore_nulls=True) for one in conditions), ignore_nulls=True))


def _within(frame: nw.DataFrame[Any], start: datetime | None, end: datetime | None) -> list[nw.Expr]:
    """What holds of the records of a window; nothing where it has all of them."""
    conditions: list[nw.Expr] = []
    if FROM not in frame.columns:
        return conditions
    if end is not None:
        conditions.append(nw.col(FROM) < end)
    if start is not None:
        conditions.append((nw.col(TO) > start) | nw.col(TO).is_null() if TO in frame.columns else nw.col(FROM) >= start)
    return conditions
