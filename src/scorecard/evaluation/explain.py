"""Why one entity's score is what it is: a tree of its nodes, the ledger, the points lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np

from scorecard.evaluation.aspects import told
from scorecard.evaluation.details import Bounds, Detail, bounds, details
from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.found import period_named, row_of
from scorecard.evaluation.inputs import inputs, lacking, scalar
from scorecard.evaluation.ranking import ranked_with, ranks
from scorecard.model.definition import Constant, Group, Item, Metric, Missing, Number, Path, Range, Table
from scorecard.model.formula import Formula
from scorecard.model.issue import Issue, Place
from scorecard.model.period import Period
from scorecard.model.plan import Value as ValueStep
from scorecard.model.state import Fired, Reason, State
from scorecard.model.text import Text
from scorecard.scoring.branch import Branch, Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a number that applies comes from: as written, the segment that set it, and its place."""

    written: str
    segment: str | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleOutcome:
    """What one rule did to a node: `change` in points of the node; 0 where it did not fire or changed nothing."""

    id: str
    title: Text
    kind: str
    fired: Fired
    change: float
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Exempted:
    """The exemption that excluded a metric, or gave the value in its place."""

    id: str
    title: Text
    gives_value: bool
    until: date | None
    reason: Text
    approved_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AspectTold:
    """A side of a metric beside its value, its parts from the highest number to the lowest; parts without one come last."""

    id: str
    title: Text
    unit: str | None
    parts: tuple[tuple[str, float | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One node for one entity. Numbers are None where there is nothing; fields from `value` to `inputs` are a metric's."""

    id: str
    title: Text
    metric: bool
    state: State
    reason: Reason
    score: float | None
    computed: float | None
    """before rounding and the node's own rules"""
    band: str | None
    weight: float | None
    """as written"""
    share: float | None
    """as used among its siblings"""
    contribution: float | None
    """points of the total; nothing where the total has no score"""
    lost: float | None
    """points of the total that it lost"""
    coverage: float | None
    wanted: float | None = None
    """the coverage that a group must have"""
    filled: float | None = None
    """what the parent used in place of a score"""
    missing: Missing = field(default_factory=Missing)
    """what the parent does when it has no score"""
    voided_by: tuple[str, ...] = ()
    """the children without which a group has no score"""
    rules: tuple[RuleOutcome, ...] = ()
    children: tuple[Explained, ...] = ()
    aggregation: str | None = None
    value: float | str | None = None
    unit: str | None = None
    decimals: int | None = None
    worst: float | tuple[float, float] | None = None
    target: float | tuple[float, float] | None = None
    target_origin: Origin | None = None
    thresholds: tuple[tuple[str, float], ...] = ()
    curve: str | None = None
    measure: str | None = None
    shared_by: tuple[str, ...] | None = None
    """the key parts it is measured for, where that is fewer than the entity's"""
    records: int | None = None
    last_record: date | None = None
    """of a metric without records in its window, the day of the last one before"""
    inputs: tuple[tuple[str, float | str | None], ...] = ()
    """the pieces of its formula with their values"""
    lacking: tuple[str, ...] = ()
    """those without a value, where that leaves the formula without one"""
    aspects: tuple[AspectTold, ...] = ()
    exempted: Exempted | None = None
    disputed: tuple[str, str] | None = None
    failure: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One entity in one period. `ledger` sums to the score, `lost` to best less score."""

    key: Mapping[str, str]
    period: Period
    attributes: Mapping[str, Any]
    segments: tuple[str, ...]
    total: Explained
    low: float | None
    high: float | None
    guaranteed: bool
    rank: float | None
    ranked: int
    """how many have a rank, of those it is ranked with"""
    ledger: tuple[Line, ...]
    lost: tuple[Line, ...]
    bands: tuple[str, ...] = ()
    notes: tuple[Issue, ...] = field(default_factory=tuple)


def explain(evaluation: Evaluation, key: Mapping[str, str], period: str | None = None) -> Explanation:
    """Why this entity's score is what it is. Raises UsageError where the key names no entity, or several."""
    one, scores = period_named(evaluation, period)
    row = row_of(evaluation, scores, key)
    rows = np.array([row], dtype=np.intp)
    detail = next(details(evaluation.plan, scores, rows))
    limits: Bounds = bounds(evaluation.plan, scores, rows)
    places = ranks(evaluation, scores, "total")
    ledger, lost = detail.ledger(), detail.lost()
    shares = detail.shares()
    total = _node(evaluation, detail, detail.root, (1.0, 1.0), shares, lost)
    return Explanation(
        key={part: str(values[row]) for part, values in evaluation.keys(scores).items()},
        period=one,
        attributes={name: scalar(detail.cell(f"entity.{name}")) for name in evaluation.scorecard.entity.attributes},
        segments=detail.block.variant.segments,
        total=total,
        low=_none(limits.low[0]),
        high=_none(limits.high[0]),
        guaranteed=limits.guaranteed,
        rank=_none(places[row]) if places is not None else None,
        ranked=ranked_with(evaluation, scores, "total", row) if places is not None else 0,
        ledger=ledger,
        lost=lost,
        bands=tuple(band.id for band in evaluation.scorecard.bands),
    )


def _node(
    evaluation: Evaluation,
    detail: Detail,
    branch: Branch,
    share: tuple[Any, Any],
    shares: Mapping[str, tuple[Any, Any]],
    lost: tuple[Line, ...],
) -> Explained:
    id = branch.node
    node = detail.block.variant.node(id)
    score = _none(branch.score[0])
    up = float(np.asarray(share[1]).reshape(-1)[0])
    own_lost = [float(line.amount[0]) for line in lost if line.node == id and line.kind in ("metric", "filled")]
    common: dict[str, Any] = {
        "id": id,
        "title": node.title,
        "metric": branch.kind == "metric",
        "state": State(int(detail.state(id)[0])),
        "reason": Reason(int(np.asarray(detail.block.cells[f"{id}.#reason"])[0])),
        "score": score,
        "computed": _none(branch.computed[0]),
        "band": scalar(detail.band(id)) if evaluation.scorecard.bands else None,
        "weight": _weight(detail, node),
        "share": float(np.asarray(share[0]).reshape(-1)[0]),
        "contribution": None if score is None or not _scored(detail) else up * score,
        "lost": sum(own_lost) if own_lost and _scored(detail) else None,
        "coverage": _first(detail.numbers(f"{id}.coverage")),
        "missing": node.missing,
        "rules": tuple(_rules(detail, branch)),
    }
    if isinstance(node, Group):
        used = branch.used
        children = []
        for place, child in enumerate(branch.children):
            found = _node(evaluation, detail, child, shares[child.node], shares, lost)
            stand_in = None if used is None or found.score is not None else _none(used[place][0])
            children.append(found if stand_in is None else _filled(detail, found, stand_in, float(shares[child.node][1][0])))
        return Explained(
            **common,
            children=tuple(children),
            aggregation=branch.aggregation,
            wanted=_first(detail.block.figure(node.coverage)),
            voided_by=tuple(child.id for child in children if _voids(child)) if common["reason"] is Reason.CHILDREN_MISSING else (),
        )
    return Explained(**common, **_measured(evaluation, detail, id), last_record=_last_record(evaluation, detail, id, common["reason"]))


def alone(evaluation: Evaluation, detail: Detail, id: str) -> Explained:
    """A node of one row by itself: what became of it and why, without its share and points.

    A group has children only where they say why it has no score.
    """
    nothing = np.zeros(1)
    branch, parent, place = _placed(detail.root, id)
    children = branch.children if Reason(int(np.asarray(detail.block.cells[f"{id}.#reason"])[0])) is Reason.CHILDREN_MISSING else ()
    shares = dict.fromkeys((*detail.scorecard.groups, *detail.scorecard.metrics), (nothing, nothing))
    found = _node(evaluation, detail, replace(branch, children=children), (nothing, nothing), shares, ())
    used = None if parent is None or parent.used is None or found.score is not None else _none(parent.used[place][0])
    return found if used is None else replace(found, filled=used)


def _placed(root: Branch, id: str) -> tuple[Branch, Branch | None, int]:
    """The branch of a node, the one it hangs on and its place there."""
    if root.node == id:
        return root, None, 0
    waiting = [root]
    while waiting:
        parent = waiting.pop()
        for place, child in enumerate(parent.children):
            if child.node == id:
                return child, parent, place
            waiting.append(child)
    raise KeyError(id)


def _scored(detail: Detail) -> bool:
    return not np.isnan(detail.root.score[0])


def _weight(detail: Detail, node: Item) -> float | None:
    return _first(detail.numbers(f"{node.id}.#weight")) if node.weight == "sum" else _first(detail.block.figure(node.weight))


def _voids(child: Explained) -> bool:
    """Whether a child has no score and nothing may stand in for it: `no_score`, or a filler that does not fill what failed."""
    away = child.state in (State.NOT_APPLICABLE, State.EXCLUDED)
    return child.score is None and not away and child.missing.policy != "skip" and (child.weight or 0) > 0 and _unfilled(child)


def _unfilled(child: Explained) -> bool:
    return child.missing.policy in ("no_score", "impute") or child.state is State.FAILED


def _filled(detail: Detail, node: Explained, stand_in: float, up: float) -> Explained:
    return replace(node, filled=stand_in, contribution=up * stand_in if _scored(detail) else None)


def _rules(detail: Detail, branch: Branch) -> Iterator[RuleOutcome]:
    changes = {rule: float(delta[0]) for rule, delta in branch.rules if rule is not None}
    for rule in detail.scorecard.rules.values():
        if rule.of == branch.node:
            fired = Fired(int(np.asarray(detail.block.cells[f"rule.{rule.id}.#fired"])[0]))
            change = changes.get(rule.id, 0.0)
            yield RuleOutcome(id=rule.id, title=rule.title, kind=rule.kind.value, fired=fired, change=change, reason=rule.reason)


def _measured(evaluation: Evaluation, detail: Detail, id: str) -> dict[str, Any]:
    metric = detail.block.variant.metrics[id]
    step = value_step(detail, id)
    written = evaluation.scorecard.metrics[id]
    return {
        "value": scalar(detail.block.cells[f"{id}.value"]),
        "unit": metric.unit,
        "decimals": metric.decimals,
        "worst": _ends(detail.block.cells[f"{id}.worst"]),
        "target": _ends(detail.block.cells[f"{id}.target"]),
        "target_origin": origin(evaluation, detail, metric, "target"),
        "thresholds": tuple(
            (band, edge) for band, number in metric.thresholds.items() if (edge := _first(detail.block.figure(number))) is not None
        ),
        "curve": metric.curve.kind,
        "measure": written.measure.text if written.measure is not None else written.type or (None if written.choose else id),
        "shared_by": shared(detail, step, evaluation.scorecard.entity.key),
        "records": None if step.records is None else int(np.nan_to_num(_first(detail.numbers(step.records)) or 0.0)),
        "inputs": tuple(inputs(detail, step)),
        "lacking": tuple(lacking(detail, step)),
        "aspects": tuple(_aspects(detail, id)),
        "exempted": _exempted(detail, step),
        "disputed": detail.block.variant.disputed.get(id),
        "failure": evaluation.failures.get(id),
    }


def value_step(detail: Detail, metric: str) -> ValueStep:
    """How the value of a metric is worked out."""
    step = next(cell.step for cell in detail.plan.cells if cell.name == f"{metric}.value")
    assert isinstance(step, ValueStep)
    return step


def _aspects(detail: Detail, id: str) -> Iterator[AspectTold]:
    for aspect, columns in told(detail, id):
        parts = [(name, _first(numbers)) for name, numbers in columns.items()]
        parts.sort(key=lambda part: -np.inf if part[1] is None else part[1], reverse=True)
        yield AspectTold(id=aspect.id, title=aspect.title, unit=aspect.unit, parts=tuple(parts))


def _last_record(evaluation: Evaluation, detail: Detail, id: str, reason: Reason) -> date | None:
    """The day of the last record there is, of a metric that has none in its window."""
    if reason not in (Reason.NO_RECORD, Reason.TOO_FEW_RECORDS) or evaluation.last_record is None:
        return None
    return evaluation.last_record(id, int(detail.block.table.entity[detail.rows[0]]), detail.block.period)


def shared(detail: Detail, step: ValueStep, key: tuple[str, ...]) -> tuple[str, ...] | None:
    grains = {one.grain for one in detail.plan.passes if one.id in step.passes}
    grain = next(iter(grains), key)
    return None if grain == key else grain


def _exempted(detail: Detail, step: ValueStep) -> Exempted | None:
    """The exemption that decided; of several that hold the last."""
    if Reason(int(np.asarray(detail.block.cells[f"{step.metric}.#reason"])[0])) is not Reason.EXEMPT:
        return None
    holding = [id for id in step.exemptions if scalar(detail.cell(f"exemption.{id}")) is True]
    exemption = detail.scorecard.exemptions[holding[-1]]
    return Exempted(
        id=exemption.id,
        title=exemption.title,
        gives_value=not exemption.exclude and exemption.value is not None,
        until=exemption.valid_until,
        reason=exemption.reason,
        approved_by=exemption.approved_by,
    )


def origin(evaluation: Evaluation, detail: Detail, metric: Metric, key: str) -> Origin | None:
    number = getattr(metric, key)
    if number is None:
        return None
    for segment in detail.block.variant.segments:
        for change in evaluation.scorecard.segments[segment].changes:
            if change.node == metric.id and change.key == (key,):
                return Origin(written=written(number), segment=segment, place=change.place)
    return Origin(written=written(number), place=evaluation.scorecard.places.get(("metrics", metric.id, key)))


def written(number: Number | Range) -> str:
    """A number as the definition has it."""
    match number:
        case Constant(value):
            return f"{value:.12g}"
        case Formula(text=text):
            return text
        case Path(points):
            return ", ".join(f"{day}: {value:.12g}" for day, value in points)
        case Table(entries):
            return ", ".join(f"{label}: {value:.12g}" for label, value in entries.items())
        case Range(low, high):
            return f"[{written(low)}, {written(high)}]"


def _ends(found: Any) -> float | tuple[float, float] | None:
    if found is None:
        return None
    if isinstance(found, tuple):
        low, high = _first(found[0]), _first(found[1])
        return None if low is None or high is None else (low, high)
    return _first(found)


def _first(value: Any) -> float | None:
    return _none(np.asarray(value, dtype=np.float64).reshape(-1)[0])


def _none(value: Any) -> float | None:
    return None if np.isnan(value) else float(value)
