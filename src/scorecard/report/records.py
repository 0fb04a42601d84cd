"""Every entity as one record, in blocks, so that memory does not grow with their number."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorecard.evaluation.aspects import told
from scorecard.evaluation.details import Detail, bounds, details
from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.ranking import ranks
from scorecard.expression.values import Coded
from scorecard.model.period import ALL_TIME, Period
from scorecard.model.state import Fired, Reason, State
from scorecard.report.digits import facts, twelve
from scorecard.scoring.score import PeriodScores

BLOCK = 2_048
"""entities that are worked out at once"""
STATES = [state.name.lower() for state in State]
REASONS = [None if reason is Reason.NONE else reason.name.lower() for reason in Reason]
FIRED = [fired.name.lower() for fired in Fired]
Rows = NDArray[np.intp]


def records(evaluation: Evaluation) -> Iterator[dict[str, Any]]:
    """One record per entity and period, periods in the order of time, entities in the order of the roster."""
    for period, scores in evaluation.periods:
        keys = evaluation.keys(scores)
        places = ranks(evaluation, scores, "total")
        for start in range(0, len(scores), BLOCK):
            rows = np.arange(start, min(start + BLOCK, len(scores)))
            yield from _block(evaluation, period, scores, rows, keys, places)


def _block(
    evaluation: Evaluation,
    period: Period,
    scores: PeriodScores,
    rows: Rows,
    keys: Mapping[str, NDArray[np.object_]],
    places: NDArray[np.float64] | None,
) -> Iterator[dict[str, Any]]:
    limits = bounds(evaluation.plan, scores, rows)
    low, high = twelve(limits.low), twelve(limits.high)
    rank = None if places is None else twelve(places[rows])
    found: list[dict[str, Any]] = [{} for _ in rows]
    for detail in details(evaluation.plan, scores, rows):
        for row, record in zip(detail.rows, _detailed(evaluation, period, detail), strict=True):
            found[int(row) - int(rows[0])] = record
    for place, row in enumerate(rows):
        record = found[place]
        record["key"] = {part: str(texts[row]) for part, texts in keys.items()}
        record["bounds"] = {"low": low[place], "high": high[place], "guaranteed": limits.guaranteed}
        record["rank"] = None if rank is None else rank[place]
        yield record


def _detailed(evaluation: Evaluation, period: Period, detail: Detail) -> Iterator[dict[str, Any]]:
    """The records of some rows; their keys, bounds and ranks are filled in by the block."""
    scorecard = evaluation.scorecard
    shares = detail.shares()
    lost = _lost(detail)
    root = _node(evaluation, detail, "total")
    attributes = {name: facts(detail.cell(f"entity.{name}")) for name in scorecard.entity.attributes}
    metrics = {id: _metric(evaluation, detail, id, shares[id], lost) for id in scorecard.metrics}
    groups = {id: _group(evaluation, detail, id, shares[id]) for id in scorecard.groups}
    rules = {id: np.asarray(detail.block.cells[f"rule.{id}.#fired"]) for id in scorecard.rules}
    segments = list(detail.block.variant.segments)
    for row in range(len(detail.rows)):
        yield {
            "key": {},
            "period": None if period is ALL_TIME else period.label,
            "attributes": {name: values[row] for name, values in attributes.items()},
            "segments": segments,
            **root(row),
            "bounds": {},
            "rank": None,
            "metrics": {id: of(row) for id, of in metrics.items()},
            "groups": {id: of(row) for id, of in groups.items()},
            "rules": {id: FIRED[int(fired[row])] for id, fired in rules.items()},
        }


Of = Callable[[int], dict[str, Any]]


def _node(evaluation: Evaluation, detail: Detail, id: str) -> Of:
    score, coverage = twelve(detail.numbers(f"{id}.score")), twelve(detail.numbers(f"{id}.coverage"))
    band = detail.band(id).decode() if evaluation.scorecard.bands else None
    state, reason = detail.state(id), np.asarray(detail.block.cells[f"{id}.#reason"])

    def of(row: int) -> dict[str, Any]:
        return {
            "score": score[row],
            "band": None if band is None else band[row],
            "state": STATES[state[row]],
            "reason": REASONS[reason[row]],
            "coverage": coverage[row],
        }

    return of


def _group(evaluation: Evaluation, detail: Detail, id: str, shares: tuple[Any, Any]) -> Of:
    node, share, weight = _node(evaluation, detail, id), twelve(shares[0]), twelve(weight_of(detail, id))
    contribution = _contribution(detail, id, shares[1])

    def of(row: int) -> dict[str, Any]:
        return {**node(row), "weight": weight[row], "share": share[row], "contribution": contribution[row]}

    return of


def _metric(evaluation: Evaluation, detail: Detail, id: str, shares: tuple[Any, Any], lost: Mapping[str, Any]) -> Of:
    node, share, weight = _node(evaluation, detail, id), twelve(shares[0]), twelve(weight_of(detail, id))
    contribution = _contribution(detail, id, shares[1])
    value = _all_rows(detail, detail.block.cells[f"{id}.value"])
    unit = detail.block.variant.metrics[id].unit
    worst, target = ends_of(detail, id, "worst"), ends_of(detail, id, "target")
    gap = gaps(value, target)
    points = twelve(lost[id]) if id in lost else [None] * len(detail.rows)
    aspects = {aspect.id: {name: twelve(numbers) for name, numbers in parts.items()} for aspect, parts in told(detail, id)}

    def of(row: int) -> dict[str, Any]:
        conclusion = node(row)
        del conclusion["coverage"]
        return {
            "value": value[row],
            "unit": unit,
            **conclusion,
            "weight": weight[row],
            "share": share[row],
            "contribution": contribution[row],
            "lost": points[row],
            "worst": worst[row],
            "target": target[row],
            "gap": gap[row],
            **(
                {"aspects": {name: {part: column[row] for part, column in parts.items()} for name, parts in aspects.items()}}
                if aspects
                else {}
            ),
        }

    return of


def weight_of(detail: Detail, id: str) -> Any:
    weight = detail.block.variant.node(id).weight
    found = detail.numbers(f"{id}.#weight") if weight == "sum" else detail.block.figure(weight)
    return np.broadcast_to(np.asarray(found, dtype=np.float64), len(detail.rows))


def _contribution(detail: Detail, id: str, up: Any) -> list[float | None]:
    """Points of the total; nothing without a score of the node, or of the total."""
    points = np.asarray(up) * detail.numbers(f"{id}.score")
    return twelve(np.where(np.isnan(detail.root.score), np.nan, points))


def _lost(detail: Detail) -> dict[str, NDArray[np.float64]]:
    """The points each metric cost, what stood in for it included."""
    found: dict[str, NDArray[np.float64]] = {}
    for line in detail.lost():
        if line.kind in ("metric", "filled"):
            found[line.node] = found[line.node] + line.amount if line.node in found else line.amount
    return found


def ends_of(detail: Detail, id: str, key: str) -> list[Any]:
    """A worst or a target for each row: a number, or a pair."""
    found: Any = detail.block.cells[f"{id}.{key}"]
    if found is None:
        return [None] * len(detail.rows)
    if isinstance(found, tuple):
        low, high = (_all_rows(detail, end) for end in found)
        return [None if ends[0] is None or ends[1] is None else list(ends) for ends in zip(low, high, strict=True)]
    return _all_rows(detail, found)


def _all_rows(detail: Detail, column: Any) -> list[Any]:
    if isinstance(column, Coded):
        return facts(column)
    array = np.asarray(column)
    return facts(np.broadcast_to(array, len(detail.rows)))


def gaps(value: list[Any], target: list[Any]) -> list[float | None]:
    """How far the value is from the target, or from the nearer end of a pair; 0 between them."""
    away = [_away(number, goal) for number, goal in zip(value, target, strict=True)]
    return twelve([np.nan if gap is None else gap for gap in away])


def _away(value: Any, target: Any) -> float | None:
    if not isinstance(value, float) or target is None:
        return None
    if isinstance(target, list):
        low, high = target
        return low - value if value < low else high - value if value > high else 0.0
    return float(target) - value
