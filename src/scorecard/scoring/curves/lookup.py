"""The score written for each value."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from scorecard.model.state import Reason
from scorecard.scoring.arrays import Array, Codes, Num, Reasons
from scorecard.scoring.curves.at import At

_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+")


def score(value: Array, at: At) -> tuple[Array, Reasons]:
    """Scores and reasons, [n], for values that are numbers: each is looked up by its shortest text."""
    known = np.isfinite(value)
    distinct, found = np.unique(value[known], return_inverse=True)
    codes = np.full(value.shape, -1, dtype=np.int64)
    codes[known] = found
    return score_text(codes, [_text(number) for number in distinct.tolist()], at)


def score_text(codes: Codes, categories: Sequence[str], at: At) -> tuple[Array, Reasons]:
    """Scores and reasons, [n]; `codes` name a category per row, -1 = no value.

    `1.0` and `1` are one number; `01` is text. CURVE_DOES_NOT_COVER where neither an entry nor `otherwise` answers.
    """
    entries = {shortest(key): number for key, number in at.lookup.items()}
    none = (codes < 0) if len(categories) else np.ones(codes.shape, dtype=bool)
    scores = np.full(codes.shape, np.nan)
    answered = [entries.get(shortest(text), at.otherwise) for text in categories]
    if all(number is None or np.ndim(number) == 0 for number in answered):
        table = np.array([np.nan if number is None else number for number in answered] + [np.nan])
        scores = table[np.where(none, len(categories), codes)]
    else:
        scores = _per_row(codes, answered)
    covered = np.array([number is not None for number in answered] + [True])[np.where(none, len(categories), codes)]
    missing = covered & ~none & np.isnan(scores)
    reasons = np.where(covered, np.int8(Reason.NONE), np.int8(Reason.CURVE_DOES_NOT_COVER))
    return at.clamp(scores), np.where(missing, np.int8(Reason.NUMBER_MISSING), reasons)


def _per_row(codes: Codes, answered: Sequence[Num | None]) -> Array:
    scores = np.full(codes.shape, np.nan)
    for code, number in enumerate(answered):
        if number is not None:
            scores = np.where(codes == code, number, scores)
    return scores


def shortest(text: str) -> str:
    """A decimal without the zeros it can do without: `1.0` is `1`; anything else as it is."""
    text = text.strip()
    return _text(float(text)) if _DECIMAL.fullmatch(text) else text


def _text(number: float) -> str:
    """The shortest text of a number, without the last digits that a sum in another order changes."""
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else f"{number:.12g}"
