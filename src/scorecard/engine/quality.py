"""What became of the records of every source: how many were read and used, why others were not, how whole they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import narwhals as nw

from scorecard.engine.belonging import Belonging
from scorecard.engine.blocks import Blocks
from scorecard.engine.prepare import FROM, TO, Records
from scorecard.engine.roster import in_any_window
from scorecard.model.issue import Issue

REASONS = ("where", "unknown_where", "no_time", "as_of", "outside", "nobody", "no_key", "not_scored")
"""why a record is not used, in the order in which it is asked; each record that is not used has one"""


@dataclass(frozen=True, kw_only=True, eq=False)
class Quality:
    """The records of one source. `rows` were read; `records` are they once columns across the top are rows, of which `used` count."""

    source: str
    origin: str
    rows: int
    records: int
    used: int
    left_out: Mapping[str, int]
    first: datetime | None
    last: datetime | None
    remarks: tuple[Issue, ...]
    """what the source did to its data while it read them"""
    kept: Blocks
    """the records that where: and time: leave"""

    @cached_property
    def nulls(self) -> Mapping[str, float]:
        """The share of kept records without a value, by column."""
        if not len(self.kept):
            return {}
        counts = [frame.select(nw.all().null_count()).row(0) for frame in self.kept.frames(*self._columns)]
        return {name: sum(each) / len(self.kept) for name, each in zip(self._columns, zip(*counts, strict=True), strict=True)}

    @cached_property
    def duplicates(self) -> int:
        """How many kept records are equal to an earlier one in every column that was read; to say so, all are held."""
        return len(self.kept) - len(self.kept.whole(*self._columns).unique()) if self._columns else 0

    @cached_property
    def _columns(self) -> tuple[str, ...]:
        """The columns that were read."""
        return tuple(name for name in self.kept.head.columns if name not in (FROM, TO))


def quality_of(records: Mapping[str, Records], belonging: Belonging) -> tuple[Quality, ...]:
    """The quality of every source that was measured, in the order of the definition."""
    return tuple(_quality(id, one, belonging) for id, one in records.items())


def _quality(id: str, one: Records, belonging: Belonging) -> Quality:
    left_out = {**one.left_out, **_not_counted(id, one, belonging)}
    return Quality(
        source=id,
        origin=one.opened.data.origin,
        rows=one.read,
        records=one.made,
        used=one.made - sum(left_out.values()),
        left_out={reason: left_out[reason] for reason in REASONS if left_out.get(reason)},
        first=one.first,
        last=one.last,
        remarks=(*one.opened.remarks, *one.mended),
        kept=one.blocks,
    )


def _not_counted(id: str, one: Records, belonging: Belonging) -> dict[str, int]:
    """Why records that were kept are in no number: nobody's, outside of every window, or, of the roster, no entity of it."""
    if id in belonging.outside:
        return {"outside": belonging.outside[id], "nobody": belonging.uncounted(id)}
    roster = belonging.roster
    if id != belonging.plan.scorecard.entity.roster:
        return {}
    left_out = {"no_key": roster.left_out.get("no_key", 0), "unknown_where": one.left_out.get("unknown_where", 0)}
    left_out["unknown_where"] += roster.left_out.get("unknown_where", 0)
    if not roster.plain:
        left_out["outside"] = len(roster.rows) - len(in_any_window(roster.rows, [(each.start, each.end) for each in belonging.periods]))
    kept = len(one.blocks) - left_out["no_key"] - roster.left_out.get("unknown_where", 0)
    return {**left_out, "not_scored": kept - len(roster.rows)}
