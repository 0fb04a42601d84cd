"""`m.raw`: from value to score."""

from __future__ import annotations

import numpy as np

from scorecard.expression.values import Coded
from scorecard.model.definition import Group, Metric, Range
from scorecard.model.formula import Cell, Formula, walk
from scorecard.model.state import Reason, State
from scorecard.scoring import curves
from scorecard.scoring.arrays import Array, Flags, blank, having
from scorecard.scoring.bands import anchor_score
from scorecard.scoring.block import Block
from scorecard.scoring.curves.at import At
from scorecard.scoring.curves.lines import equal
from scorecard.scoring.extremes import extremes
from scorecard.scoring.rounding import rounded, span_of


def scored(metric: Metric) -> bool:
    """Whether a metric has a score at all: a curve of its own, or a worst value and a target."""
    return metric.curve.kind not in {"straight", "linear", "log"} or (metric.worst is not None and metric.target is not None)


def numbers_of(block: Block, metric: Metric) -> At:
    """The numbers a metric's curve is drawn through, for the rows of the block."""
    at = block.settled.get(metric.id)
    if at is None:
        at = _numbers_of(block, metric)
        if at.settled:
            block.settled[metric.id] = at
    return at


def _numbers_of(block: Block, metric: Metric) -> At:
    scale = block.scorecard.scale
    curve = metric.curve
    bands = [band for band in block.scorecard.bands if band.start is not None]
    starts = [band.start for band in bands if band.start is not None]
    order = range(len(bands)) if not scale.lower_is_better else range(len(bands) - 1, -1, -1)
    return At(
        worst_score=scale.worst if scale.worst is not None else float("nan"),
        best_score=scale.best if scale.best is not None else float("nan"),
        worst=block.ends(metric.worst),
        target=block.ends(metric.target),
        thresholds=tuple(
            (anchor_score(place, starts, scale), block.figure(metric.thresholds[bands[place].id]))
            for place in order
            if bands[place].id in metric.thresholds
        ),
        points=tuple((block.figure(value), block.figure(score)) for value, score in curve.points),
        steps=tuple((None if s.edge is None else block.figure(s.edge), s.inclusive, block.figure(s.score)) for s in curve.steps),
        lookup={key: block.figure(score) for key, score in curve.lookup.items()},
        otherwise=None if curve.otherwise is None else block.figure(curve.otherwise),
        flat_peers=by_peers(metric),
    )


def by_peers(metric: Metric) -> bool:
    """Whether worst and target come from the peers, so that both being equal is a flat group and no mistake."""
    ends = [n for number in (metric.worst, metric.target) for n in ((number.low, number.high) if isinstance(number, Range) else (number,))]
    return all(
        isinstance(end, Formula) and any(isinstance(node, Cell) and node.name.startswith("peer[") for node in walk(end.tree))
        for end in ends
    )


def draw_curve(block: Block, metric: Metric) -> None:
    """`m.raw` and `m.computed`; the state turns to failed where the curve has no answer."""
    id = metric.id
    state = np.asarray(block.cells[f"{id}.#state"])
    value = block.read(f"{id}.value")
    if not scored(metric) or (isinstance(value, Coded) and metric.curve.kind not in {"lookup", "formula"}):
        score, reasons = np.full(block.rows, np.nan), np.zeros(block.rows, dtype=np.int8)
    elif metric.curve.formula is not None:
        score = clamped_to_scale(block, np.broadcast_to(np.asarray(block.figure(metric.curve.formula)), (block.rows,)))
        reasons = np.where(np.isnan(score), np.int8(Reason.CURVE_DOES_NOT_COVER), np.int8(0))
    elif metric.curve.kind == "lookup" and isinstance(value, Coded):
        score, reasons = curves.load("lookup").score_text(value.codes, value.categories, numbers_of(block, metric))
    else:
        score, reasons = curves.load(metric.curve.kind).score(np.asarray(value), numbers_of(block, metric))
    measured = having(state, State.MEASURED)
    if (flat := flat_peers(block, metric)) is not None:
        own = np.asarray(block.cells[f"{id}.#reason"])
        block.cells[f"{id}.#reason"] = np.where(measured & (reasons == 0) & flat, np.int8(Reason.FLAT_PEERS), own)
    if reasons.any() and (failed := measured & (reasons != 0)).any():
        state = np.where(failed, np.int8(State.FAILED), state)
        block.cells[f"{id}.#state"] = state
        block.cells[f"{id}.#reason"] = np.where(failed, reasons, np.asarray(block.cells[f"{id}.#reason"]))
        block.cells[f"{id}.#covered"] = np.asarray(block.cells[f"{id}.#covered"]) & ~failed
        measured = measured & ~failed
    if not measured.all():
        score = blank(score, ~measured)
    if block.gaps != "as they are" and scored(metric):
        filler = extremes(numbers_of(block, metric), block.scorecard.scale)[0 if block.gaps == "worst" else 1]
        gap = having(state, State.MISSING, State.FAILED)
        score = np.where(gap, filler, score)
        block.cells[f"{id}.#state"] = np.where(gap, np.int8(State.MEASURED), state)
        block.cells[f"{id}.#covered"] = np.asarray(block.cells[f"{id}.#covered"]) | gap
    block.cells[f"{id}.computed"] = score
    block.cells[f"{id}.raw"] = rounded_as_written(block, score, metric)


def flat_peers(block: Block, metric: Metric) -> Flags | None:
    """Rows whose worst and target come from peers that are all alike; None where they do not come from peers."""
    if metric.worst is None or metric.target is None or isinstance(metric.worst, Range) or not numbers_of(block, metric).flat_peers:
        return None
    worst, target = block.cells[f"{metric.id}.worst"], block.cells[f"{metric.id}.target"]
    flat = np.broadcast_to(equal(worst, target), (block.rows,))
    return flat if flat.any() else None


def rounded_as_written(block: Block, score: Array, node: Metric | Group) -> Array:
    return score if node.round is None else rounded(score, node.round, span_of(block.scorecard.scale))


def clamped_and_rounded(block: Block, score: Array, node: Metric | Group) -> Array:
    """A score within the ends of a closed scale, rounded as the node says."""
    scale = block.scorecard.scale
    if scale.low is None or scale.high is None:
        return rounded_as_written(block, score, node)
    score = np.clip(score, scale.low, scale.high)
    return score if node.round is None else rounded(score, node.round, span_of(scale), (scale.low, scale.high))


def clamped_to_scale(block: Block, score: Array) -> Array:
    scale = block.scorecard.scale
    return score if scale.low is None else np.clip(score, scale.low, scale.high)
