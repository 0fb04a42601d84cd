"""Whose record it is: sources with the number of the entity, or of what several entities share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from scorecard.engine.backend import column
from scorecard.engine.blocks import Blocks, Frame
from scorecard.engine.number import Numbering
from scorecard.engine.prepare import Records
from scorecard.engine.roster import NUMBER, Roster, in_any_window
from scorecard.engine.windows import bounds, since
from scorecard.model.formula import Column, walk
from scorecard.model.period import Calendar, Period
from scorecard.model.plan import CallPass, Pass, Plan

_FEW = 3
"""keys that are told of records that belong to nobody"""
Parts = tuple[str, ...]
"""the key parts that a metric is measured once for each value of"""


@dataclass(frozen=True, slots=True)
class Grain:
    """The distinct values of some key parts, numbered, and the number of every entity."""

    keys: nw.DataFrame[Any]
    of_entity: NDArray[np.intp] | None
    size: int


@dataclass(slots=True)
class Belonging:
    """Works out once, for each source and grain, whom the records belong to."""

    plan: Plan
    records: Mapping[str, Records]
    roster: Roster
    calendar: Calendar | None
    periods: Sequence[Period]
    grains: dict[Parts, Grain] = field(default_factory=dict)
    numbered: dict[tuple[str, Parts], Blocks] = field(default_factory=dict)
    nobody: dict[str, int] = field(default_factory=dict)
    """per source how many records belong to no entity, at the grain at which most belong to none"""
    strangers: dict[str, list[str]] = field(default_factory=dict)
    """per source the first keys of such records, and `…` where there are more"""
    alone: dict[str, NDArray[np.uint8]] = field(default_factory=dict)
    """per source a bit for each record that a window reaches, set where it belongs to nobody at every grain"""
    outside: dict[str, int] = field(default_factory=dict)
    """per source how many records no window of it reaches"""

    def grain(self, parts: Parts) -> Grain:
        """The distinct values of some key parts, and where each entity is among them."""
        if parts not in self.grains:
            self.grains[parts] = self._graded(parts)
        return self.grains[parts]

    def _graded(self, parts: Parts) -> Grain:
        keys = self.roster.keys
        if parts == self.roster.key:
            return Grain(keys, None, len(self.roster))
        if not parts:
            return Grain(keys, np.zeros(len(self.roster), dtype=np.intp), 1)
        distinct = keys.select(parts).unique(maintain_order=True)
        return Grain(distinct, Numbering(distinct, parts).of(keys).astype(np.intp), len(distinct))

    def blocks(self, source: str, parts: Parts) -> Blocks:
        """The records of a source with the number of whom they belong to, without the texts of the key."""
        if (source, parts) not in self.numbered:
            self.numbered[source, parts] = self._numbered(source, parts)
        return self.numbered[source, parts]

    def is_roster(self, source: str, parts: Parts) -> bool:
        """Whether the records of a source are the roster's rows, each an entity's own."""
        return source == self.plan.scorecard.entity.roster and parts == self.roster.key and self.roster.complete

    def uncounted(self, source: str) -> int:
        """How many records that a window reaches belong to nobody at every grain."""
        return int.from_bytes(self.alone[source].tobytes()).bit_count()

    def _numbered(self, source: str, parts: Parts) -> Blocks:
        if self.is_roster(source, parts):
            return Blocks.one(self.roster.rows)
        blocks, windows = self.records[source].blocks, self._windows(source)
        read = {name for one in self.plan.passes if one.source == source for name in columns_of(one)}
        numbering = Numbering(self.grain(parts).keys, parts) if parts else None
        alone: list[NDArray[np.uint8]] = []
        strangers: dict[str, None] = {}
        reached = nobody = 0

        def numbered(frame: Frame) -> Frame:
            nonlocal reached, nobody
            frame = in_any_window(frame, windows)
            reached += len(frame)
            if numbering is None:
                alone.append(np.packbits(np.zeros(len(frame), dtype=np.bool_)))
                return frame.with_columns(nw.lit(0).alias(NUMBER))
            numbers = numbering.of(frame)
            alone.append(np.packbits(numbers < 0))
            nobody += (here := int((numbers < 0).sum()))
            if here and len(strangers) <= _FEW:
                strangers.update(dict.fromkeys(_keys_of(frame.select(parts).filter((numbers < 0).tolist()))))
            frame = frame.drop(*(part for part in parts if part not in read))
            frame = frame.with_columns(column(NUMBER, numbers.astype(np.int32), blocks.engine))
            return frame.filter(nw.col(NUMBER) >= 0) if here else frame

        found = blocks.each(numbered)
        self.outside[source] = len(blocks) - reached
        self.alone[source] = np.concatenate(alone) & self.alone.get(source, np.uint8(255))
        if parts and nobody > self.nobody.get(source, 0):
            self.nobody[source] = nobody
            self.strangers[source] = [*list(strangers)[:_FEW], *(["…"] if len(strangers) > _FEW else [])]
        return found

    def _windows(self, source: str) -> list[tuple[datetime | None, datetime | None]]:
        """The stretches of time in which a metric reads the source, for any period; none touches another."""
        found = set()
        for period in self.periods:
            for one in self.plan.passes:
                if one.source == source:
                    start, end = bounds(self.calendar, one, period)
                    found.add((since(start, one), end))
        merged: list[tuple[datetime | None, datetime | None]] = []
        for start, end in sorted(found, key=lambda window: window[0] or datetime.min):
            last = merged[-1][1] if merged else datetime.min
            if merged and (start is None or last is None or start <= last):
                merged[-1] = merged[-1][0], None if None in (end, last) else max(end, last)  # type: ignore[type-var]
            else:
                merged.append((start, end))
        return merged


def _keys_of(frame: Frame) -> list[str]:
    """The first of the keys, each as one text, and one more."""
    first = frame.unique(maintain_order=True).head(_FEW + 1)
    return [" ".join("" if text is None else str(text) for text in row) for row in first.iter_rows()]


def columns_of(one: Pass | CallPass) -> tuple[str, ...]:
    """The columns of records that a pass reads."""
    if isinstance(one, CallPass):
        trees = [one.where.tree] if one.where else []
        return (*one.columns, *(node.name for tree in trees for node in walk(tree) if isinstance(node, Column)))
    prepared = [*one.prepared.values(), *((*one.finer.prepared.values(), one.finer.where) if one.finer else ())]
    names = [node.name for item in prepared if item is not None for node in walk(item.tree) if isinstance(node, Column)]
    return (*names, *(one.finer.columns if one.finer else ()))
