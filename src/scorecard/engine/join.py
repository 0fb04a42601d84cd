"""Columns taken from another source: for each record those of the one row that agrees."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import narwhals as nw

from scorecard.engine.blocks import Blocks, Frame
from scorecard.engine.clean import as_text
from scorecard.engine.open import Opened
from scorecard.model.source import Join

SHOWN = 5
_ROW, _THERE = "#row", "#there"


class Joining:
    """The rows of another source that records look for their columns in. Raises DataError.

    Two rows that agree in the key and differ in the columns are refused, so that no record is ever counted twice. A blank
    key agrees with nothing, not even with a blank one.
    """

    def __init__(self, join: Join, columns: list[str], other: Blocks, opened: Opened) -> None:
        self.to = join.to
        self._join = join
        self._columns = columns
        self._other = other
        self._opened = opened
        self._on = [f"#on {name}" for name in join.on]
        self._named = [~nw.col(key).is_null() for key in self._on]

    def joined(self, frame: Frame) -> tuple[Frame, int]:
        """The records with the columns, in their order, and how many of them found no row."""
        records = frame.with_columns(*_keys(frame, self._join)).with_row_index(_ROW)
        found = records.join(self._rows, on=self._on, how="left").sort(_ROW)
        alone = len(found.filter(nw.col(_THERE).is_null(), *self._named))
        return found.drop(*self._on, _ROW, _THERE), alone

    @cached_property
    def _rows(self) -> Frame:
        other = self._other.whole()
        rows = other.select(*_keys(other, self._join), *(nw.col(name) for name in self._columns))
        rows = rows.filter(*self._named).unique(maintain_order=True)
        if len(rows.select(self._on).unique()) < len(rows):
            raise _several(rows, self._join, self._on, self._opened)
        return rows.with_columns(nw.lit(1).alias(_THERE))


def _keys(frame: Frame, join: Join) -> list[nw.Series[Any]]:
    return [as_text(frame[name]).alias(f"#on {name}") for name in join.on]


def _several(rows: Frame, join: Join, keys: list[str], opened: Opened) -> Exception:
    counted = rows.group_by(keys).agg(nw.len().alias("#n")).filter(nw.col("#n") > 1).sort(keys)
    found = counted.head(SHOWN).rows(named=True)
    examples = [" ".join(f"{name}={row[key]}" for name, key in zip(join.on, keys, strict=True)) for row in found]
    return opened.failed("SC480", {"to": join.to, "count": len(counted), "examples": examples})
