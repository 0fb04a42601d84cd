"""What a metric type's function answers, checked before it is believed."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import numpy as np

from scorecard.engine.values import as_value, spread
from scorecard.expression.values import Value


class AnswerError(Exception):
    """An answer that cannot be used; its text goes on from "its type"."""


def answered(native: Any, size: int) -> Value:
    """The values of `size` entities; nothing for those that the answer leaves out. Raises AnswerError.

    An answer is a frame with whole numbers from 0 to size - 1 in `entity`, none twice, and numbers or yes and no in `value`.
    """
    try:
        answer = nw.from_native(native, eager_only=True)
    except TypeError:
        raise AnswerError(f"gave {type(native).__name__} where a frame is due") from None
    if missing := [name for name in ("entity", "value") if name not in answer.columns]:
        raise AnswerError(f"gave a frame without the column '{missing[0]}'")
    entity, value = answer["entity"], answer["value"]
    if not len(answer):
        return np.full(size, np.nan)
    if not entity.dtype.is_integer() or bool(entity.is_null().any()):
        raise AnswerError("gave entities that are no whole numbers")
    at = np.asarray(entity.to_numpy(), dtype=np.intp)
    if at.min() < 0 or at.max() >= size:
        raise AnswerError("gave an entity that it was not asked about")
    if len(np.unique(at)) != len(at):
        raise AnswerError("gave the same entity twice")
    if not value.dtype.is_numeric() and value.dtype != nw.Boolean:
        if bool(value.is_null().all()):
            return np.full(size, np.nan)
        raise AnswerError("gave values that are no numbers")
    return spread(as_value(value), at, size)
