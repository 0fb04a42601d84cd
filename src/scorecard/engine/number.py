"""Whose record it is: the number of the entity (or of a value of some key parts) for every record, by its key parts.

Arrow's hash lookup on each key part, in halves on as many threads as there are cores; several parts are put together as
one number. No text is compared twice and no column is copied. Of one key part polars is asked, whose join is quicker still.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from scorecard.engine.backend import chunks

if TYPE_CHECKING:
    import pyarrow as pa

Numbers = NDArray[np.int64]
PARALLEL_FROM = 100_000


class Numbering:
    """Distinct rows of some key parts, numbered in their order. Raises nothing: what is unknown or blank is -1."""

    def __init__(self, keys: nw.DataFrame[Any], parts: tuple[str, ...]) -> None:
        import pyarrow.compute as pc

        self._parts = parts
        self._keys = keys.select(parts)
        self._known: list[pa.Array] = []
        if len(parts) == 1:
            self._known.append(chunks(keys[parts[0]]).combine_chunks())
            return
        codes = np.zeros(len(keys), dtype=np.int64)
        for part in parts:
            column = chunks(keys[part])
            distinct = pc.unique(column)
            self._known.append(distinct)
            codes = codes * len(distinct) + _looked_up(column, distinct)
        self._order = np.argsort(codes, kind="stable")
        self._codes = codes[self._order]

    def of(self, frame: nw.DataFrame[Any]) -> Numbers:
        """The number for every row of a frame with these key parts, [n]; -1 for a blank or unknown one."""
        if len(self._parts) == 1:
            return self._of_one_part(frame.select(self._parts))
        codes = np.zeros(len(frame), dtype=np.int64)
        unknown = np.zeros(len(frame), dtype=bool)
        for part, known in zip(self._parts, self._known, strict=True):
            found = _looked_up(_like(chunks(frame[part]), known), known)
            unknown |= found < 0
            codes = codes * len(known) + found
        places = np.searchsorted(self._codes, codes).clip(max=max(len(self._codes) - 1, 0))
        if not len(self._codes):
            return np.full(len(frame), -1, dtype=np.int64)
        return np.where(unknown | (self._codes[places] != codes), -1, self._order[places])

    def _of_one_part(self, frame: nw.DataFrame[Any]) -> Numbers:
        if frame.implementation.is_polars() and frame.schema == self._keys.schema:
            return _joined(frame, self._keys)
        return _looked_up(_like(chunks(frame[self._parts[0]]), self._known[0]), self._known[0])


def _joined(records: nw.DataFrame[Any], keys: nw.DataFrame[Any]) -> Numbers:
    """The row of each record's key among the keys. A join keeps no order, so that the records' rows come along."""
    rows, numbers = "#row", "#number"
    left, right = records.with_row_index(rows).lazy(), keys.with_row_index(numbers).lazy()
    found = left.join(right, on=keys.columns, how="left").select(rows, nw.col(numbers).cast(nw.Int64()).fill_null(-1)).collect()
    answer = np.empty(len(records), dtype=np.int64)
    answer[found[rows].to_numpy()] = found[numbers].to_numpy()
    return answer


def _like(array: pa.ChunkedArray, known: pa.Array) -> pa.ChunkedArray:
    """Keys in the type of the known ones; whole numbers and texts compare as texts."""
    import pyarrow as pa
    from pyarrow import types

    if array.type == known.type:
        return array
    if types.is_floating(array.type):
        array = array.cast(pa.int64(), safe=False)
    return (
        array.cast(known.type, safe=False)
        if not types.is_integer(known.type) or types.is_integer(array.type)
        else _whole(array, known.type)
    )


def _whole(texts: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray:
    """Texts as whole numbers; what is written in any other way is unknown, `007` too."""
    import pyarrow.compute as pc

    plain = pc.match_substring_regex(texts, r"^(0|-?[1-9][0-9]{0,17})$")
    return pc.cast(pc.if_else(plain, texts, None), kind)


def _looked_up(array: pa.ChunkedArray, known: pa.Array) -> Numbers:
    """The place of every value among the known ones; -1 for null and for unknown values."""
    import pyarrow.compute as pc

    def look_up(part: pa.ChunkedArray) -> Numbers:
        found = pc.index_in(part, value_set=known, skip_nulls=True)
        return np.asarray(pc.fill_null(found, -1).to_numpy(), dtype=np.int64)

    threads = os.cpu_count() or 1
    if len(array) < PARALLEL_FROM or threads == 1:
        return look_up(array)
    size = -(-len(array) // threads)
    with ThreadPoolExecutor(threads) as pool:
        return np.concatenate(list(pool.map(look_up, [array.slice(start, size) for start in range(0, len(array), size)])))
