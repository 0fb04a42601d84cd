"""Which segments each row belongs to, and the variants of the scorecard that this makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorecard.model.definition import Scorecard
from scorecard.model.variant import Variant, variant_of
from scorecard.scoring.block import Block, PeriodTable

SMALL = 16
"""up to this many segments, combinations are counted in a table; beyond it they are sorted"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segmented:
    """The variants that occur, and for each row which of them applies; `unknown` rows per segment whose condition is unknown."""

    variants: tuple[Variant, ...]
    at: NDArray[np.integer[Any]]
    unknown: dict[str, int]


def segment(scorecard: Scorecard, table: PeriodTable) -> Segmented:
    """Evaluates the conditions of all segments; an unknown condition does not hold and is counted."""
    base = variant_of(scorecard, ())
    rows = len(table)
    if not scorecard.segments:
        return Segmented(variants=(base,), at=np.zeros(rows, dtype=np.uint16), unknown={})
    block = Block(scorecard=scorecard, variant=base, table=table, index=slice(None), rows=rows, fits={})
    few = len(scorecard.segments) <= SMALL
    width: Any = np.uint16 if few else np.int64
    codes = np.zeros(rows, dtype=width)
    unknown: dict[str, int] = {}
    for place, one in enumerate(scorecard.segments.values()):
        truth = block.truth(one.when.tree)
        codes |= truth.holds.astype(width) << width(place)
        if count := rows - int(np.count_nonzero(truth.holds | truth.fails)):
            unknown[one.id] = count
    at: NDArray[np.integer[Any]]
    if few:
        present = np.flatnonzero(np.bincount(codes, minlength=1))
        places = np.zeros(1 << len(scorecard.segments), dtype=np.uint16)
        places[present] = np.arange(len(present))
        at = places[codes]
    else:
        present, at = np.unique(codes, return_inverse=True)
    ids = tuple(scorecard.segments)
    variants = tuple(variant_of(scorecard, tuple(id for k, id in enumerate(ids) if code >> k & 1)) for code in present.tolist())
    return Segmented(variants=variants or (base,), at=at, unknown=unknown)
