"""Columns taken from another source: for each record those of the one row that agrees."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from scorecard.engine.clean import as_text
from scorecard.engine.open import Opened
from scorecard.model.source import Join

SHOWN = 5
_ROW, _THERE = "#row", "#there"


def joined(
    frame: nw.DataFrame[Any], join: Join, columns: list[str], other: nw.DataFrame[Any], opened: Opened
) -> tuple[nw.DataFrame[Any], int]:
    """The records with the columns, in their order, and how many of them found no row. Raises DataError.

    Two rows that agree in the key and differ in the columns are refused, so that no record is ever counted twice. A blank
    key agrees with nothing, not even with a blank one.
    """
    keys = [f"#on {name}" for name in join.on]
    named = [~nw.col(key).is_null() for key in keys]
    rows = other.select(*_keys(other, join), *(nw.col(name) for name in columns)).filter(*named).unique(maintain_order=True)
    if len(rows.select(keys).unique()) < len(rows):
        raise _several(rows, join, keys, opened)
    records = frame.with_columns(*_keys(frame, join)).with_row_index(_ROW)
    found = records.join(rows.with_columns(nw.lit(1).alias(_THERE)), on=keys, how="left").sort(_ROW)
    alone = len(found.filter(nw.col(_THERE).is_null(), *named))
    return found.drop(*keys, _ROW, _THERE), alone


def _keys(frame: nw.DataFrame[Any], join: Join) -> list[nw.Series[Any]]:
    return [as_text(frame[name]).alias(f"#on {name}") for name in join.on]


def _several(rows: nw.DataFrame[Any], join: Join, keys: list[str], opened: Opened) -> Exception:
    counted = rows.group_by(keys).agg(nw.len().alias("#n")).filter(nw.col("#n") > 1).sort(keys)
    found = counted.head(SHOWN).rows(named=True)
    examples = [" ".join(f"{name}={row[key]}" for name, key in zip(join.on, keys, strict=True)) for row in found]
    return opened.failed("SC480", {"to": join.to, "count": len(counted), "examples": examples})
