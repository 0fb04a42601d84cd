"""Columns of a whole period, put together from what its blocks computed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scorecard.expression.values import Coded, Truth, Value


class Columns:
    """Full-length columns that blocks write their rows into."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self.columns: dict[str, Value] = {}

    def write(self, name: str, index: slice | NDArray[np.intp], value: Value) -> None:
        match value:
            case Coded(codes, categories):
                column = self.columns.setdefault(name, Coded(np.full(self.rows, -1, dtype=np.int32), categories))
                assert isinstance(column, Coded)
                column.codes[index] = codes if column.categories == categories else _recoded(column, name, value, self)
            case Truth():
                raise TypeError(f"{name} is a condition")
            case _:
                array = np.asarray(value)
                full = self.columns.get(name)
                if full is None:
                    full = self.columns.setdefault(name, np.empty(self.rows, dtype=array.dtype))
                assert isinstance(full, np.ndarray)
                full[index] = array


def _recoded(column: Coded, name: str, value: Coded, columns: Columns) -> NDArray[np.int32]:
    """The codes of a value in the categories of its column, which grows by those it lacks."""
    categories = (*column.categories, *(text for text in value.categories if text not in column.categories))
    columns.columns[name] = Coded(column.codes, categories)
    places = np.array([*(categories.index(text) for text in value.categories), -1], dtype=np.int32)
    return places[value.codes]
