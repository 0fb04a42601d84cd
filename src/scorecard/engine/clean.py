"""Columns as their uses ask for them: numbers, moments, truths and texts, or an issue with the rows that are none."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

import narwhals as nw
import numpy as np

from scorecard.engine.backend import Engine, chunks, column
from scorecard.engine.blocks import Column
from scorecard.engine.environment import hidden
from scorecard.engine.moments import AmbiguousError, Flags, day_order, read_moments, read_numbers_as_moments
from scorecard.engine.numerals import read_numbers
from scorecard.engine.open import DAY_ORDERS, Opened, kind_of
from scorecard.errors import DataError
from scorecard.language.phrase import Phrase
from scorecard.model.formula import Kind
from scorecard.model.issue import Issue, Level

TRUE = ("true", "yes", "y", "t", "1", "是", "对", "真", "有")
FALSE = ("false", "no", "n", "f", "0", "否", "错", "假", "无")
SHOWN = 5
"""example rows in an issue"""
_EXAMPLES = 3
_PLAIN = r"^\s*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\s*$"


@dataclass(slots=True)
class _Found:
    """How many cells of a column, and the first of them."""

    count: int = 0
    examples: list[str] = field(default_factory=list)


class Cleaner:
    """Makes the columns of a source what their uses ask for, block by block; what does not fit is told at the end.

    What only a whole column can say, each block finds out for itself, unless all of them were looked at before.
    """

    def __init__(self, opened: Opened, engine: Engine, timezone: str | None, keys: Collection[str]) -> None:
        self._opened = opened
        self._engine = engine
        self._timezone = timezone
        self._keys = keys
        self._row = 0
        self._orders = {spec.name: spec.type for spec in opened.specs.values() if spec.type in DAY_ORDERS}
        self._numeric: dict[str, bool] = {}
        self._whole: dict[str, bool] = {}
        self._signs: dict[str, _Found] = {}
        self._unfit: dict[str, tuple[str, _Found]] = {}
        self._seen_unclear: dict[str, DataError] = {}
        self._refused: dict[str, DataError | None] = {}
        """in the order of the columns"""

    def next_block(self, row: int) -> None:
        """What is cleaned from now on begins with row `row` of the source."""
        self._row = row

    def look(self, column: Column, kind: Kind) -> None:
        """Finds out what only the whole of a column can say, before its blocks are cleaned one by one."""
        name, dtype = column.name, next(iter(column)).dtype
        has = kind_of(dtype)
        if dtype.is_float() and kind in (Kind.TEXT, Kind.TRUTH):
            self._whole[name] = all(map(_whole_numbers, column))
        if has == Kind.TEXT and kind == Kind.ANY:
            self._numeric[name] = _all_numbers(_texts(_trimmed(values)) for values in column)
        if has in (Kind.TEXT, Kind.ANY) and kind == Kind.MOMENT and name not in self._orders:
            try:
                self._orders[name] = day_order(map(_texts, column), self._timezone)
            except AmbiguousError as unclear:
                self._seen_unclear[name] = self._unclear(name, unclear)

    def cleaned(self, values: nw.Series[Any], kind: Kind) -> nw.Series[Any]:
        """A column of a block in the kind its uses ask for; as it is where it does not fit, which `refuse` tells."""
        name, has = values.name, kind_of(values.dtype)
        if self._refused.setdefault(name, self._seen_unclear.get(name)) is not None:
            return values
        if has == Kind.TEXT and not self._opened.given:
            values = _trimmed(values)
        match kind, has:
            case Kind.ANY, Kind.TEXT if not self._opened.given:
                return self._inferred(values)
            case (Kind.ANY, _) | (Kind.NUMBER, Kind.NUMBER) | (Kind.TRUTH, Kind.TRUTH):
                return values
            case Kind.NUMBER, Kind.TRUTH:
                return values.cast(nw.Float64())
            case Kind.NUMBER, Kind.TEXT | Kind.ANY:
                return self._numbers(values)
            case Kind.MOMENT, Kind.MOMENT:
                return _naive(values, self._timezone)
            case Kind.MOMENT, Kind.NUMBER:
                moments, bad = read_numbers_as_moments(values.cast(nw.Float64()).to_numpy())
                self._note(bad, values, "SC607")
                return column(name, moments, self._engine)
            case Kind.MOMENT, Kind.TEXT | Kind.ANY:
                return self._moments(values)
            case Kind.TRUTH, _:
                return self._truths(values)
            case Kind.TEXT, _:
                return values if name in self._keys and values.dtype.is_integer() else self.as_text(values)
        self._refused[name] = self._opened.failed("SC608", {"column": name, "expected": Phrase(kind.value), "found": Phrase(has.value)})
        return values

    def as_text(self, values: nw.Series[Any]) -> nw.Series[Any]:
        """A column as ids and words, as `as_text` makes it of the whole."""
        return as_text(values, self._whole.get(values.name))

    @property
    def fits(self) -> bool:
        """Whether every column is what its uses ask for so far."""
        return not self._unfit and not any(self._refused.values())

    def refuse(self) -> None:
        """Raises DataError for the first column that does not fit, with up to five of the rows that do not."""
        for name, refused in self._refused.items():
            if refused is not None:
                raise refused
            if name in self._unfit:
                code, found = self._unfit[name]
                raise self._opened.failed(code, {"column": name, "count": found.count, "examples": found.examples})

    @property
    def mended(self) -> tuple[Issue, ...]:
        """The cells that were read in spite of signs."""
        source = self._opened.source
        told = [
            {"source": source.id, "column": name, "count": self._signs[name].count, "examples": self._signs[name].examples}
            for name in self._refused
            if name in self._signs
        ]
        return tuple(Issue(code="SC683", place=source.place, level=Level.INFO, values=hidden(one, self._opened.secrets)) for one in told)

    def _numbers(self, values: nw.Series[Any]) -> nw.Series[Any]:
        import pyarrow.compute as pc

        texts = _texts(values)
        numbers, unreadable = read_numbers(texts)
        odd = texts.filter(pc.invert(pc.match_substring_regex(texts, _PLAIN)))
        if len(odd):
            signs = self._signs.setdefault(values.name, _Found())
            signs.count += len(odd)
            signs.examples = list(dict.fromkeys([*signs.examples, *odd.unique()[:_EXAMPLES].to_pylist()]))[:_EXAMPLES]
        self._note(np.asarray(unreadable.to_numpy(zero_copy_only=False), dtype=bool), values, "SC603")
        return column(values.name, _floats(numbers), self._engine)

    def _inferred(self, values: nw.Series[Any]) -> nw.Series[Any]:
        """Numbers where every cell is one and none begins with a zero that would be lost; texts otherwise."""
        texts = _texts(values)
        numeric = self._numeric.get(values.name)
        numbers = _only_numbers(texts) if numeric is not False else None
        if numbers is None or (numeric is None and len(texts) == texts.null_count):
            return values
        return column(values.name, _floats(numbers), self._engine)

    def _moments(self, values: nw.Series[Any]) -> nw.Series[Any]:
        try:
            moments, bad = read_moments(_texts(values), self._timezone, self._orders.get(values.name))
        except AmbiguousError as unclear:
            self._refused[values.name] = self._unclear(values.name, unclear)
            return values
        self._note(bad, values, "SC607")
        return column(values.name, moments, self._engine)

    def _truths(self, values: nw.Series[Any]) -> nw.Series[Any]:
        texts = self.as_text(values) if values.dtype.is_numeric() else values.cast(nw.String()).str.to_lowercase()
        true, false = texts.is_in(TRUE), texts.is_in(FALSE)
        known = true | false | texts.is_null()
        self._note(~known.to_numpy().astype(bool), values, "SC611")
        return _nullable(values.name, true.to_numpy().astype(bool), texts.is_null().to_numpy().astype(bool), values)

    def _note(self, bad: Flags, values: nw.Series[Any], code: str) -> None:
        """Remembers how many rows do not fit, and the first of them."""
        if not bad.any():
            return
        _, found = self._unfit.setdefault(values.name, (code, _Found()))
        found.count += int(bad.sum())
        for row in map(int, np.flatnonzero(bad)[: SHOWN - len(found.examples)]):
            found.examples.append(Phrase("{place}: {shown}", place=self._opened.data.locate(self._row + row), shown=repr(values[row])))

    def _unclear(self, name: str, error: AmbiguousError) -> DataError:
        return self._opened.failed("SC609", {"column": name, "example": str(error)})


def _trimmed(values: nw.Series[Any]) -> nw.Series[Any]:
    trimmed = values.cast(nw.String()).str.strip_chars()
    if not bool((trimmed == "").any()):
        return trimmed
    return trimmed.to_frame().select(nw.when(nw.col(values.name) != "").then(nw.col(values.name)))[values.name]


def _texts(values: nw.Series[Any]) -> Any:
    return chunks(values.cast(nw.String()))


def _floats(numbers: Any) -> Any:
    return np.asarray(numbers.to_numpy(zero_copy_only=False), dtype=np.float64)


def _all_numbers(parts: Iterable[Any]) -> bool:
    """Whether every cell of a column is a number, and there is one."""
    filled = False
    for texts in parts:
        if _only_numbers(texts) is None:
            return False
        filled |= texts.null_count < len(texts)
    return filled


def _only_numbers(texts: Any) -> Any:
    """The numbers of texts; None where one is no number, or begins with a zero that would be lost."""
    import pyarrow.compute as pc

    if pc.any(pc.match_substring_regex(texts, r"^0[0-9]")).as_py():
        return None
    numbers, unreadable = read_numbers(texts)
    return None if pc.any(unreadable).as_py() else numbers


def _naive(values: nw.Series[Any], timezone: str | None) -> nw.Series[Any]:
    """Moments by the clock on the wall of the scorecard's time zone, without a zone."""
    if values.dtype == nw.Date:
        return values.cast(nw.Datetime("us"))
    zone = getattr(values.dtype, "time_zone", None)
    if zone is not None:
        values = values.dt.convert_time_zone(timezone or "UTC").dt.replace_time_zone(None)
    return values.cast(nw.Datetime("us"))


def _nullable(name: str, holds: Flags, unknown: Flags, like: nw.Series[Any]) -> nw.Series[Any]:
    """A column of truths that keeps what is unknown, which a plain pandas column of booleans cannot."""
    if like.implementation.is_pandas():
        import pandas as pd

        return nw.from_native(pd.Series(pd.arrays.BooleanArray(holds, unknown), name=name), series_only=True)
    import pyarrow as pa

    return _from_arrow(like, pa.array(holds, mask=unknown))


def as_text(values: nw.Series[Any], whole: bool | None = None) -> nw.Series[Any]:
    """Ids and words: whole numbers without a decimal point, where all are whole, or are said to be."""
    if values.dtype.is_float() and (_whole_numbers(values) if whole is None else whole):
        return _whole(values)
    return values.cast(nw.String())


def _whole_numbers(values: nw.Series[Any]) -> bool:
    return bool(((values.drop_nulls() % 1) == 0).all())


def _whole(values: nw.Series[Any]) -> nw.Series[Any]:
    import pyarrow as pa
    import pyarrow.compute as pc

    array = pa.chunked_array([values.cast(nw.Float64()).to_arrow()]).combine_chunks()
    array = pc.if_else(pc.is_nan(array), None, array)
    return _from_arrow(values, pc.cast(pc.cast(array, pa.int64()), pa.string()))


def _from_arrow(like: nw.Series[Any], array: Any) -> nw.Series[Any]:
    import pyarrow as pa

    engine = like.implementation.value
    return nw.from_arrow(pa.table({like.name: array}), backend=engine)[like.name]
