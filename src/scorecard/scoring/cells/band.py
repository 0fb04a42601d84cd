"""`n.band`: the band of a node, from its score, its value or a rule."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scorecard.expression.values import Coded, Truth
from scorecard.model.definition import Metric, RuleKind
from scorecard.model.state import Reason, State
from scorecard.scoring.arrays import having
from scorecard.scoring.bands import band_by_thresholds, band_of
from scorecard.scoring.block import Block
from scorecard.scoring.cells.curve import numbers_of
from scorecard.scoring.cells.states import INSUFFICIENT


def band(block: Block, id: str, facet: str) -> Coded:
    """A node's band: of a metric with thresholds from its value, else from its score; then what band rules say.

    `facet` is `score`, or `raw` for the band before the node's own rules.
    """
    bands = block.scorecard.bands
    names = (*(band.id for band in bands), INSUFFICIENT)
    starts = [band.start for band in bands if band.start is not None]
    metric = block.variant.metrics.get(id)
    score = block.numbers(f"{id}.{facet}")
    if metric is not None and metric.thresholds and not isinstance(block.read(f"{id}.value"), Coded):
        codes = _by_thresholds(block, metric)
        if (failed := having(block.cells[f"{id}.#state"], State.FAILED)).any():
            codes = np.where(failed, np.int32(-1), codes)
    elif starts:
        codes = band_of(score, starts, block.scorecard.scale).astype(np.int32)
    else:
        codes = np.full(block.rows, -1, dtype=np.int32)
    if facet == "score":
        for rule in block.scorecard.rules.values():
            if rule.of == id and rule.kind == RuleKind.BAND and rule.band is not None:
                truth = block.read(f"rule.{rule.id}")
                assert isinstance(truth, Truth)
                codes = np.where(truth.holds & ~np.isnan(score), np.int32(names.index(rule.band)), codes)
    if id == "total":
        short = having(block.cells["total.#reason"], Reason.COVERAGE_TOO_LOW)
        codes = np.where(short, np.int32(len(bands)), codes)
    return Coded(codes, names)


def _by_thresholds(block: Block, metric: Metric) -> NDArray[np.int32]:
    at = numbers_of(block, metric)
    starts = [band.start for band in block.scorecard.bands if band.start is not None]
    value = block.numbers(f"{metric.id}.value")
    places = [index for index, band in enumerate(block.scorecard.bands) if band.id in metric.thresholds]
    return band_by_thresholds(value, at, places, len(starts), block.scorecard.scale).astype(np.int32)
