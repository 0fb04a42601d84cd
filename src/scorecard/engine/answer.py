"""What a metric type's function answers, checked before it is believed."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from scorecard.engine.values import as_value, spread
from scorecard.expression.values import Value


class AnswerError(Exception):
    """An answer that cannot be used; its text goes on from "its type"."""


def answered(native: Any, size: int, columns: Collection[str] = ("value",)) -> dict[str, Value]:
    """The columns that are due, for `size` entities; nothing for those that the answer leaves out. Raises AnswerError.

    An answer is a frame with whole numbers from 0 to size - 1 in `entity`, none twice, and numbers or yes and no in the others.
    """
    try:
        answer = nw.from_native(native, eager_only=True)
    except TypeError:
        raise AnswerError(f"gave {type(native).__name__} where a frame is due") from None
    if missing := [name for name in ("entity", *columns) if name not in answer.columns]:
        raise AnswerError(f"gave a frame without the column '{missing[0]}'")
    entity = answer["entity"]
    if not len(answer):
        return {name: np.full(size, np.nan) for name in columns}
    if not entity.dtype.is_integer() or bool(entity.is_null().any()):
        raise AnswerError("gave entities that are no whole numbers")
    at = np.asarray(entity.to_numpy(), dtype=np.intp)
    if at.min() < 0 or at.max() >= size:
        raise AnswerError("gave an entity that it was not asked about")
    if len(np.unique(at)) != len(at):
        raise AnswerError("gave the same entity twice")
    return {name: _spread(answer[name], at, size) for name in columns}


def _spread(column: nw.Series[Any], at: NDArray[np.intp], size: int) -> Value:
    if not column.dtype.is_numeric() and column.dtype != nw.Boolean:
        if bool(column.is_null().all()):
            return np.full(size, np.nan)
        raise AnswerError("gave values that are no numbers")
    return spread(as_value(column), at, size)
