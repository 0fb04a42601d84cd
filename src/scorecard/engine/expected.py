"""Whether the records of a source are as its definition expects them: what is not, with counts and the first rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import narwhals as nw
import numpy as np

from scorecard.engine.blocks import Blocks
from scorecard.engine.clean import SHOWN, as_text
from scorecard.engine.environment import hidden
from scorecard.engine.open import Opened
from scorecard.expression import frame as over_rows
from scorecard.language.phrase import Phrase
from scorecard.model.formula import Column, Kind, walk
from scorecard.model.issue import Issue, Place
from scorecard.model.period import Period, Window
from scorecard.model.source import ColumnExpected, Expected

ROW = "#source row"
"""the column with the row of the source that a record came from"""


def unexpected(blocks: Blocks, expected: Expected, opened: Opened, kinds: Mapping[str, Kind]) -> tuple[Issue, ...]:
    """What is not as expected of these records. The blocks have the row of the source that each came from in `ROW`."""
    check = _Check(blocks, expected, opened)
    return (*check.rows(), *check.keys(), *check.columns(), *check.conditions(kinds))


def stale(expected: Expected, opened: Opened, last: datetime | None, period: Period, as_of: datetime | None) -> Iterator[Issue]:
    """Whether the last record before a period's end, or the day as of which the data are read, is too old."""
    if expected.fresh is None or period.end is None:
        return
    end = min(period.end, as_of or period.end)
    start = expected.fresh.bounds(Period(period.label, period.start, end))[0]
    if start is not None and (last is None or last < start):
        values = {"last": last.date().isoformat() if last else "", "window": _stretch(expected.fresh), "end": end.date().isoformat()}
        yield _issue(expected, opened, "SC662", None, reason=None if last else "none", **values)


def _stretch(window: Window) -> Phrase:
    return Phrase(window.unit) if window.count == 1 else Phrase(f"{{count}} {window.unit}s", count=window.count)


class _Check:
    """Holds the columns that one check needs, and no more."""

    def __init__(self, blocks: Blocks, expected: Expected, opened: Opened) -> None:
        self.blocks = blocks
        self.expected = expected
        self.opened = opened

    def rows(self) -> Iterator[Issue]:
        least, most = self.expected.rows
        count = len(self.blocks)
        if (least is not None and count < least) or (most is not None and count > most):
            yield self._issue("SC663", reason="many" if most is not None and count > most else None, count=count, least=least, most=most)

    def keys(self) -> Iterator[Issue]:
        if self.expected.unique:
            yield from self._shared(self.expected.unique)

    def columns(self) -> Iterator[Issue]:
        for column in self.expected.columns:
            values = self.blocks.whole(column.name)[column.name]
            if column.nulls is not None:
                yield from self._blank(column, values)
            if column.between != (None, None):
                yield from self._outside(column, values)
            if column.among is not None:
                words = as_text(values)
                bad = ~words.is_in(column.among) & ~words.is_null()
                yield from self._rows(column, bad, "SC666", words, words=list(column.among))
            if column.unique:
                yield from self._shared((column.name,), column)

    def conditions(self, kinds: Mapping[str, Kind]) -> Iterator[Issue]:
        for name, condition in self.expected.records.items():
            read = {node.name for node in walk(condition.tree) if isinstance(node, Column)}
            fails = self.blocks.whole(*read).select(over_rows.fails(condition.tree, kinds, _no_constant).alias("fails"))["fails"]
            yield from self._rows(None, fails, "SC668", None, condition=name, formula=condition.text)

    def _blank(self, column: ColumnExpected, values: nw.Series[Any]) -> Iterator[Issue]:
        null = values.is_null()
        count = int(null.sum())
        if column.nulls is not None and len(values) and count > column.nulls * len(values) * (1 + 1e-9):
            share, most = _percent(count / len(values)), _percent(column.nulls)
            yield from self._rows(column, null, "SC664", None, share=share, most=most)

    def _outside(self, column: ColumnExpected, values: nw.Series[Any]) -> Iterator[Issue]:
        low, high = column.between
        bad = values.is_null() & ~values.is_null()
        if low is not None:
            bad = bad | (values < low)
        if high is not None:
            bad = bad | (values > high)
        reason = "most" if low is None else "least" if high is None else None
        yield from self._rows(column, bad, "SC665", as_text(values), reason=reason, low=low, high=high)

    def _shared(self, columns: tuple[str, ...], column: ColumnExpected | None = None) -> Iterator[Issue]:
        """Records whose columns all have values, and the same as those of another record."""
        whole = self.blocks.whole(ROW, *columns)
        whole = whole.select(ROW, *(as_text(whole[name]) for name in columns)).drop_nulls(list(columns))
        again = whole.select(*columns).is_duplicated()
        words = whole.select(nw.concat_str([nw.col(name) for name in columns], separator=", ").alias("key"))["key"]
        yield from self._rows(column, again, "SC667", words, whole[ROW], columns=list(columns))

    def _rows(
        self,
        column: ColumnExpected | None,
        bad: nw.Series[Any],
        code: str,
        shown: nw.Series[Any] | None,
        rows: nw.Series[Any] | None = None,
        **values: object,
    ) -> Iterator[Issue]:
        """One issue for all rows that are bad, with the first of them."""
        where = np.flatnonzero(np.asarray(bad.fill_null(False).to_numpy(), dtype=bool))
        if not len(where):
            return
        rows = self.blocks.whole(ROW)[ROW] if rows is None else rows
        examples: list[str] = []
        for at in map(int, where):
            place = self.opened.data.locate(int(rows[at]))
            example = place if shown is None else Phrase("{place}: {shown}", place=place, shown=shown[at])
            # columns across the top make several records of one row
            if example not in examples:
                examples.append(example)
            if len(examples) == SHOWN:
                break
        named = {} if column is None else {"column": column.name}
        yield self._issue(code, None if column is None else column.place, count=len(where), examples=examples, **named, **values)

    def _issue(self, code: str, place: Place | None = None, **values: object) -> Issue:
        return _issue(self.expected, self.opened, code, place, **values)


def _issue(expected: Expected, opened: Opened, code: str, place: Place | None, **values: object) -> Issue:
    given = hidden({key: value for key, value in values.items() if value is not None}, opened.secrets)
    return Issue(code=code, place=place or expected.place, level=expected.level, values={"source": opened.source.id, **given})


def _percent(share: float) -> str:
    return f"{100 * share:.4g}%"


def _no_constant(name: str) -> object:
    raise KeyError(name)
