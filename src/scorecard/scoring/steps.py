"""What happens to one block at each cell of the plan: a value, a number, a score, a combination, an adjustment."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorecard.expression.values import Coded, Truth, Value
from scorecard.model import plan
from scorecard.model.definition import Formula, Group, Item, Metric, Range, Rule, RuleKind
from scorecard.model.formula import Cell, walk
from scorecard.model.state import Fired, Reason, State
from scorecard.scoring import aggregations, curves
from scorecard.scoring.aggregations import Setting
from scorecard.scoring.aggregations.counting import counting
from scorecard.scoring.bands import anchor_score, band_by_thresholds, band_of, bottom_of, top_of
from scorecard.scoring.block import Block
from scorecard.scoring.curves.at import At
from scorecard.scoring.extremes import extremes
from scorecard.scoring.missing import coverage, filled
from scorecard.scoring.peers import lookup
from scorecard.scoring.rounding import rounded, span_of
from scorecard.scoring.rules import Applied, apply

STATES = tuple(state.name.lower() for state in State)
INSUFFICIENT = "insufficient"

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def compute(block: Block, cell: plan.PlanCell) -> None:
    """Computes one cell of the plan for the block; what it reads is there already."""
    match cell.step:
        case plan.Value():
            _value(block, cell.step)
        case plan.Figure(metric=metric, key=key):
            block.cells[cell.name] = block.ends(getattr(block.variant.metrics[metric], key))
        case plan.Condition():
            block.cells[cell.name] = _condition(block, cell.step)
        case plan.CurveScore(metric=metric):
            _curve(block, block.variant.metrics[metric])
        case plan.Combine(group=group):
            _combine(block, group)
        case plan.Adjust():
            _adjust(block, cell.step)
        case plan.Peer():
            block.cells[cell.name] = _peer(block, cell.name, cell.step)


# ---------------------------------------------------------------- values


def _value(block: Block, step: plan.Value) -> None:
    """`m.value`, with `m.#state`, `m.#reason` and `m.coverage` beside it."""
    metric = block.variant.metrics[step.metric]
    if step.choose:
        found = _chosen(block, step)
    elif isinstance(step.tree, Cell):
        found = block.read(step.tree.name)
    else:
        found = block.evaluate(step.tree) if step.tree is not None else np.nan
    found = _per_row(found, block.rows)
    states = _States(block.rows)
    _without_value(block, metric, step, states, _null(found))
    given: Flags | None = None
    for id in step.exemptions:
        exemption = block.scorecard.exemptions[id]
        holds = block.read(f"exemption.{id}").holds  # type: ignore[union-attr]
        if exemption.exclude or exemption.value is None:
            states.set(State.EXCLUDED, Reason.EXEMPT, holds)
        else:
            found = np.where(holds, block.figure(exemption.value), found)  # type: ignore[call-overload]
            states.set(State.MEASURED, Reason.EXEMPT, holds)
            given = holds if given is None else given | holds
    if metric.applies_when is not None:
        states.set(State.NOT_APPLICABLE, Reason.DOES_NOT_APPLY, block.truth(metric.applies_when.tree).fails)
    lacking = states.state != State.MEASURED
    some_lack = bool(lacking.any())
    block.cells[f"{metric.id}.value"] = _void(found, lacking) if some_lack else found
    block.cells[f"{metric.id}.#state"] = states.state
    block.cells[f"{metric.id}.#reason"] = states.reason
    uncovered = lacking if given is None else lacking | given
    block.cells[f"{metric.id}.coverage"] = (~uncovered).astype(np.float64) if some_lack or given is not None else 1.0


def _without_value(block: Block, metric: Metric, step: plan.Value, states: _States, null: Flags) -> None:
    """Why a metric has no value of its own: no record, too few, several where one is meant, a source without any."""
    everywhere = np.True_
    if null.any():
        states.set(State.MISSING, Reason.NO_VALUE, null)
        if step.records is not None and np.ndim(block.read(step.records)):
            states.set(State.MISSING, Reason.NO_RECORD, null & ~(block.numbers(step.records) > 0))
    if step.records is not None and metric.min_records:
        states.set(State.MISSING, Reason.TOO_FEW_RECORDS, ~(block.numbers(step.records) >= metric.min_records))
    if any(not block.table.rows[one] for one in step.passes):
        states.set(State.MISSING, Reason.SOURCE_EMPTY, everywhere)
    for column in step.single:
        if np.ndim(block.read(column)):
            states.set(State.FAILED, Reason.SEVERAL_RECORDS, block.numbers(column) > 1)
    if metric.id in block.variant.disputed:
        states.set(State.FAILED, Reason.SEGMENTS_DISAGREE, everywhere)


class _States:
    """State and reason per row; what is set later stands above what was set before."""

    def __init__(self, rows: int) -> None:
        self.state = np.zeros(rows, dtype=np.int8)
        self.reason = np.zeros(rows, dtype=np.int8)

    def set(self, state: State, reason: Reason, where: Flags | np.bool_) -> None:
        np.copyto(self.state, np.int8(state), where=where)
        np.copyto(self.reason, np.int8(reason), where=where)


def _chosen(block: Block, step: plan.Value) -> Value:
    """The first choice whose condition holds; an unknown condition before it leaves the value missing."""
    open_rows = np.ones(block.rows, dtype=bool)
    labels = tuple(dict.fromkeys(choice.label for choice in step.choose if choice.label is not None))
    codes = np.full(block.rows, -1, dtype=np.int32)
    numbers = np.full(block.rows, np.nan)
    for choice in step.choose:
        if choice.when is None:
            taken = open_rows
            open_rows = np.zeros(block.rows, dtype=bool)
        else:
            truth = block.truth(choice.when.tree)
            taken = open_rows & truth.holds
            open_rows = open_rows & truth.fails
        if choice.label is not None:
            codes[taken] = labels.index(choice.label)
        elif choice.value is not None:
            numbers[taken] = np.broadcast_to(np.asarray(block.figure(choice.value), dtype=np.float64), block.rows)[taken]
    return Coded(codes, labels) if labels else numbers


def _per_row(value: Value, rows: int) -> Value:
    """A value as one array per row; a condition becomes 1, 0 or no value."""
    match value:
        case Truth(holds, fails):
            return np.broadcast_to(np.where(holds, 1.0, np.where(fails, 0.0, np.nan)), (rows,))
        case Coded():
            return value
        case str():
            return Coded(np.zeros(rows, dtype=np.int32), (value,))
    array = np.asarray(value)
    return array if array.shape == (rows,) else np.broadcast_to(array, (rows,))


def _null(value: Value) -> Flags:
    if isinstance(value, Coded):
        return value.codes < 0
    array = np.asarray(value)
    return np.isnat(array) if array.dtype.kind == "M" else ~np.isfinite(array)


def _void(value: Value, where: Flags) -> Value:
    """The value with nothing where the metric is not measured."""
    if isinstance(value, Coded):
        return Coded(np.where(where, np.int32(-1), value.codes), value.categories)
    array = np.asarray(value)
    return np.where(where, np.datetime64("NaT", "us") if array.dtype.kind == "M" else np.nan, array)


# ---------------------------------------------------------------- conditions and peers


def _condition(block: Block, step: plan.Condition) -> Truth:
    """Whether a rule or an exemption holds, within its dates on the period's last day."""
    kind, _, id = step.adjustment.partition(".")
    adjustment = block.scorecard.rules[id] if kind == "rule" else block.scorecard.exemptions[id]
    day = block.period.last_day
    begun = adjustment.valid_from is None or day is None or adjustment.valid_from <= day
    ended = adjustment.valid_until is not None and day is not None and adjustment.valid_until < day
    if not begun or ended:
        return Truth(np.zeros(block.rows, dtype=bool), np.ones(block.rows, dtype=bool))
    return block.truth(step.tree)


def _peer(block: Block, name: str, step: plan.Peer) -> Floats:
    fit = block.fits[name]
    codes = None
    if step.by is not None:
        by = block.read(f"entity.{step.by}")
        assert isinstance(by, Coded)
        codes = by.codes
    return lookup(fit, codes, block.rows, block.numbers(step.of) if step.function == "peer_rank" else None)


# ---------------------------------------------------------------- scores


def scored(metric: Metric) -> bool:
    """Whether a metric has a score at all: a curve of its own, or a worst value and a target."""
    return metric.curve.kind not in {"straight", "linear", "log"} or (metric.worst is not None and metric.target is not None)


def numbers_of(block: Block, metric: Metric) -> At:
    """The numbers a metric's curve is drawn through, for the rows of the block."""
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
        flat_peers=_by_peers(metric),
    )


def _by_peers(metric: Metric) -> bool:
    """Whether worst and target come from the peers, so that both being equal is a flat group and no mistake."""
    ends = [n for number in (metric.worst, metric.target) for n in ((number.low, number.high) if isinstance(number, Range) else (number,))]
    return all(
        isinstance(end, Formula) and any(isinstance(node, Cell) and node.name.startswith("peer[") for node in walk(end.tree))
        for end in ends
    )


def _curve(block: Block, metric: Metric) -> None:
    """`m.raw` and `m.computed`; the state turns to failed where the curve has no answer."""
    id = metric.id
    state = np.asarray(block.cells[f"{id}.#state"])
    value = block.cells[f"{id}.value"]
    if not scored(metric):
        score, reasons = np.full(block.rows, np.nan), np.zeros(block.rows, dtype=np.int8)
    elif metric.curve.formula is not None:
        score = _clamped(block, np.broadcast_to(np.asarray(block.figure(metric.curve.formula)), (block.rows,)))
        reasons = np.where(np.isnan(score), np.int8(Reason.CURVE_DOES_NOT_COVER), np.int8(0))
    elif metric.curve.kind == "lookup" and isinstance(value, Coded):
        score, reasons = curves.load("lookup").score_text(value.codes, value.categories, numbers_of(block, metric))  # type: ignore[attr-defined]
    else:
        score, reasons = curves.load(metric.curve.kind).score(np.asarray(value), numbers_of(block, metric))
    measured = state == State.MEASURED
    if reasons.any() and (failed := measured & (reasons != 0)).any():
        state = np.where(failed, np.int8(State.FAILED), state)
        block.cells[f"{id}.#state"] = state
        block.cells[f"{id}.#reason"] = np.where(failed, reasons, np.asarray(block.cells[f"{id}.#reason"]))
        block.cells[f"{id}.coverage"] = np.where(failed, 0.0, np.asarray(block.cells[f"{id}.coverage"]))
        measured = measured & ~failed
    if not measured.all():
        score = np.where(measured, score, np.nan)
    if block.gaps != "as they are" and scored(metric):
        filler = extremes(numbers_of(block, metric), block.scorecard.scale)[0 if block.gaps == "worst" else 1]
        score = np.where((state == State.MISSING) | (state == State.FAILED), filler, score)
    block.cells[f"{id}.computed"] = score
    block.cells[f"{id}.raw"] = _rounded(block, score, metric)


def _rounded(block: Block, score: Floats, node: Any) -> Floats:
    return score if node.round is None else rounded(score, node.round, span_of(block.scorecard.scale))


def _clamped(block: Block, score: Floats) -> Floats:
    scale = block.scorecard.scale
    return score if scale.low is None else np.clip(score, scale.low, scale.high)


def _combine(block: Block, id: str) -> None:
    """`g.raw`: the children's scores as the group counts them; with `g.#state`, `g.#reason` and `g.coverage`."""
    group = block.variant.group(id)
    children = [block.variant.node(child.id) for child in block.scorecard.children(id)]
    rows = block.rows
    weights = [_weight(block, child) for child in children]
    weighed = _as_weights(weights, rows)
    used = np.empty((len(children), rows))
    covered: list[float | Floats] = []
    applicable: list[bool | Flags] = []
    voided = np.zeros(rows, dtype=bool)
    for k, child in enumerate(children):
        state = np.asarray(block.cells[f"{child.id}.#state"])
        used[k], voids = _counted(block, child, state)
        if voids is not None:
            voided |= voids & (weighed[k] > 0)
        covered.append(block.read(f"{child.id}.coverage"))  # type: ignore[arg-type]
        away = (state == State.NOT_APPLICABLE) | (state == State.EXCLUDED)
        applicable.append(~away if away.any() else True)
    setting = Setting(scale=block.scorecard.scale, on=group.aggregation.on, power=group.aggregation.power, count=group.aggregation.count)
    if group.aggregation.formula is not None:
        score = np.broadcast_to(np.asarray(block.figure(group.aggregation.formula), dtype=np.float64), (rows,))
    else:
        score = aggregations.load(group.aggregation.kind).combine(used, weighed, setting)
    covering = np.broadcast_to(coverage(covered, weighed, applicable), (rows,))
    states = _group_states(block, group, score, voided, covering, weighed, applicable)
    if (lacking := states.state != State.MEASURED).any():
        score = np.where(lacking, np.nan, score)
    block.cells[f"{id}.#state"] = states.state
    block.cells[f"{id}.#reason"] = states.reason
    block.cells[f"{id}.coverage"] = covering
    block.cells[f"{id}.computed"] = score
    if group.weight == "sum":
        block.cells[f"{id}.#weight"] = counting(used, weighed)[0].sum(axis=0)
    block.cells[f"{id}.raw"] = _rounded(block, _clamped(block, score), group)
    if block.trace is not None:
        block.trace[id] = {
            "children": tuple(child.id for child in children),
            "weights": weighed,
            "used": np.where(states.state == State.MEASURED, used, np.nan),
            "setting": setting,
            "aggregation": group.aggregation,
        }


def _weight(block: Block, child: Item) -> float | Floats:
    return block.numbers(f"{child.id}.#weight") if child.weight == "sum" else block.figure(child.weight)  # type: ignore[arg-type]


def _as_weights(weights: list[float | Floats], rows: int) -> Floats:
    """[k] where every weight is one number, else [k, n]; what is no weight (nothing, negative) counts as 0."""
    if all(isinstance(weight, float) for weight in weights):
        full = np.array(weights, dtype=np.float64)
    else:
        full = np.stack([np.broadcast_to(np.asarray(weight, dtype=np.float64), (rows,)) for weight in weights])
    return np.where(full >= 0, full, 0.0)


def _counted(block: Block, child: Item, state: NDArray[np.int8]) -> tuple[Floats, Flags | None]:
    """What the parent takes for a child, and where the child leaves the parent without a score.

    A child that is measured but has no score (nothing to score it with) is missing to its parent; one with a score counts.
    """
    score = block.numbers(f"{child.id}.score")
    if child.missing.policy == "skip":
        return score, None
    known = ~np.isnan(score)
    state = np.where(known, np.int8(State.MEASURED), np.where(state == State.MEASURED, np.int8(State.MISSING), state))
    scale = block.scorecard.scale
    imputed = block.numbers(plan.imputed(child.id, child.missing)) if child.missing.policy == "impute" else None
    worst = extremes(numbers_of(block, child), scale)[0] if isinstance(child, Metric) and scale.open else None
    return filled(score, state, child.missing, scale, imputed, worst)


def _group_states(
    block: Block, group: Group, score: Floats, voided: Flags, covering: Floats, weights: Floats, applicable: list[bool | Flags]
) -> _States:
    """Why a group has no score: its children have none, no weight, too little coverage, nothing that applies."""
    rows = block.rows
    states = _States(rows)
    empty = np.isnan(score)
    if voided.any() or empty.any():
        states.set(State.MISSING, Reason.CHILDREN_MISSING, empty | voided)
    weighs = np.broadcast_to((weights > 0).any(axis=0), (rows,))
    if not weighs.all():
        states.set(State.MISSING, Reason.NO_WEIGHT, ~weighs)
    least = block.figure(group.coverage)
    if block.gaps == "as they are" and np.any(np.asarray(least) > 0):
        states.set(State.MISSING, Reason.COVERAGE_TOO_LOW, np.nan_to_num(covering) < np.asarray(least) - 1e-9)
    if group.applies_when is not None:
        states.set(State.NOT_APPLICABLE, Reason.DOES_NOT_APPLY, block.truth(group.applies_when.tree).fails)
    if not any(applies is True for applies in applicable) or not weighs.all():
        any_applies = np.zeros(rows, dtype=bool)
        for applies, weight in zip(applicable, weights, strict=True):
            any_applies |= np.asarray(applies) & (weight > 0)
        states.set(State.NOT_APPLICABLE, Reason.NOTHING_APPLIES, ~any_applies & weighs)
    return states


# ---------------------------------------------------------------- rules


def _adjust(block: Block, step: plan.Adjust) -> None:
    """`n.score` and what its own rules did: `rule.<id>.#fired` per row."""
    id = step.node
    node = block.variant.node(id)
    raw = block.numbers(f"{id}.raw")
    score = raw
    if step.rules:
        applied = [_applied(block, block.scorecard.rules[rule]) for rule in step.rules]
        score, deltas = apply(raw, applied, block.scorecard.scale, block.gaps)
        score = _rounded(block, score, node)
        for rule, each in zip(step.rules, applied, strict=True):
            fired = np.where(each.holds, np.int8(Fired.YES), np.where(each.unknown, np.int8(Fired.UNKNOWN), np.int8(Fired.NO)))
            block.cells[f"rule.{rule}.#fired"] = fired
        if block.trace is not None:
            block.trace.setdefault(id, {})["rules"] = deltas
    block.cells[f"{id}.score"] = score


def _applied(block: Block, rule: Rule) -> Applied:
    """A rule's amount per row, and where it holds or is unknown."""
    truth = block.read(f"rule.{rule.id}")
    assert isinstance(truth, Truth)
    return Applied(rule=rule.id, kind=rule.kind, amount=_amount(block, rule), holds=truth.holds, unknown=~truth.holds & ~truth.fails)


def _amount(block: Block, rule: Rule) -> float | Floats:
    if rule.kind == RuleKind.BAND:
        return float("nan")
    if rule.band is None:
        assert rule.amount is not None
        return block.figure(rule.amount)
    starts = [band.start for band in block.scorecard.bands if band.start is not None]
    place = [band.id for band in block.scorecard.bands].index(rule.band)
    node = block.variant.node(rule.of)
    if rule.kind == RuleKind.CAP:
        return top_of(place, starts, node.round, block.scorecard.scale)
    return bottom_of(place, starts, node.round, block.scorecard.scale)


# ---------------------------------------------------------------- bands


def band(block: Block, id: str, facet: str) -> Coded:
    """A node's band: of a metric with thresholds from its value, else from its score; then what band rules say.

    `facet` is `score`, or `raw` for the band before the node's own rules.
    """
    bands = block.scorecard.bands
    names = (*(band.id for band in bands), INSUFFICIENT)
    starts = [band.start for band in bands if band.start is not None]
    metric = block.variant.metrics.get(id)
    score = block.numbers(f"{id}.{facet}")
    if metric is not None and metric.thresholds and not isinstance(block.cells[f"{id}.value"], Coded):
        codes = _by_thresholds(block, metric)
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
        short = np.asarray(block.cells["total.#reason"]) == Reason.COVERAGE_TOO_LOW
        codes = np.where(short, np.int32(len(bands)), codes)
    return Coded(codes, names)


def _by_thresholds(block: Block, metric: Metric) -> NDArray[np.int32]:
    at = numbers_of(block, replace(metric, curve=replace(metric.curve, points=(), steps=(), lookup={}, otherwise=None)))
    starts = [band.start for band in block.scorecard.bands if band.start is not None]
    value = np.asarray(block.cells[f"{metric.id}.value"], dtype=np.float64)
    places = [index for index, band in enumerate(block.scorecard.bands) if band.id in metric.thresholds]
    return band_by_thresholds(value, at, places, len(starts), block.scorecard.scale).astype(np.int32)
