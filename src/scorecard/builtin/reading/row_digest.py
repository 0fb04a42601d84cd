"""A fingerprint of records that does not depend on their order, which a database may choose anew every time."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Words = NDArray[np.uint64]
_STEP, _MIX_1, _MIX_2 = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
"""the constants of splitmix64 (Steele, Lea and Flood, 2014)"""
_NOTHING = np.uint64(0x5C0E)


class RowDigest:
    """Grows block by block: each row is mixed to 64 bits; those are added up and counted."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._count = 0
        self._sum = np.uint64(0)
        self._xor = np.uint64(0)

    def add(self, table: pa.Table) -> None:
        self._names = table.column_names
        self._count += len(table)
        if not len(table):
            return
        with np.errstate(over="ignore"):
            rows: Words = np.zeros(len(table), dtype=np.uint64)
            for column in table.columns:
                rows = _mixed(rows * _STEP + _words(column))
            self._sum += rows.sum(dtype=np.uint64)
            self._xor ^= np.bitwise_xor.reduce(rows)

    def hexdigest(self) -> str:
        text = "\n".join([*self._names, str(self._count), str(self._sum), str(self._xor)])
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _words(column: pa.ChunkedArray) -> Words:
    """A word for each cell; blanks share one."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(array, pa.ChunkedArray):
        array = pa.concat_arrays(array.chunks) if array.num_chunks else pa.array([], array.type)
    known = np.asarray(pc.is_valid(array))
    words = _of_texts(array) if pa.types.is_string(array.type) else _of_numbers(array)
    return np.where(known, words, _NOTHING)


def _of_numbers(array: pa.Array) -> Words:
    if pa.types.is_timestamp(array.type):
        array = array.cast(pa.int64())
    numbers: Any = pc.fill_null(pc.cast(array, pa.float64() if not pa.types.is_integer(array.type) else pa.int64()), 0)
    return _mixed(np.ascontiguousarray(numbers).view(np.uint64))


def _of_texts(array: pa.Array) -> Words:
    """The bytes of each text, each weighed by its place, added up."""
    _, offsets, data = array.buffers()
    ends = np.frombuffer(offsets, dtype=np.int32)[array.offset : array.offset + len(array) + 1]
    begin, end = int(ends[0]), int(ends[-1])
    characters = np.frombuffer(data, dtype=np.uint8)[begin:end] if data is not None else np.zeros(0, np.uint8)
    lengths = np.diff(ends)
    places = np.arange(end - begin) - np.repeat(ends[:-1] - begin, lengths)
    weights = _mixed(np.arange(1, int(lengths.max(initial=0)) + 1, dtype=np.uint64))
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum((characters + np.uint64(1)) * weights[places], dtype=np.uint64)])
    return _mixed(sums[ends[1:] - begin] - sums[ends[:-1] - begin] + lengths.astype(np.uint64))


def _mixed(words: Words) -> Words:
    words = words + _STEP
    words = (words ^ (words >> np.uint64(30))) * _MIX_1
    words = (words ^ (words >> np.uint64(27))) * _MIX_2
    return words ^ (words >> np.uint64(31))
