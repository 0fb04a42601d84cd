"""Which segments each row belongs to, and the variants of the scorecard that this makes."""

from __future__ import annotations

from dataclasses import dataclass

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
    at: NDArray[np.intp]
    unknown: dict[str, int]


def segment(scorecard: Scorecard, table: PeriodTable) -> Segmented:
    """Evaluates the conditions of all segments; an unknown condition does not hold and is counted."""
    base = variant_of(scorecard, ())
    rows = len(table)
    if not scorecard.segments:
        return Segmented(variants=(base,), at=np.zeros(rows, dtype=np.intp), unknown={})
    block = Block(scorecard=scorecard, variant=base, table=table, index=slice(None), rows=rows, fits={})
    codes = np.zeros(rows, dtype=np.int64)
    unknown: dict[str, int] = {}
    for place, one in enumerate(scorecard.segments.values()):
        truth = block.truth(one.when.tree)
        codes |= truth.holds.astype(np.int64) << place
        if count := int((~truth.holds & ~truth.fails).sum()):
            unknown[one.id] = count
    if len(scorecard.segments) <= SMALL:
        present = np.flatnonzero(np.bincount(codes, minlength=1))
        at = np.zeros(1 << len(scorecard.segments), dtype=np.intp)
        at[present] = np.arange(len(present))
        at = at[codes]
    else:
        present, at = np.unique(codes, return_inverse=True)
    ids = tuple(scorecard.segments)
    variants = tuple(variant_of(scorecard, tuple(id for k, id in enumerate(ids) if code >> k & 1)) for code in present.tolist())
    return Segmented(variants=variants or (base,), at=at, unknown=unknown)
