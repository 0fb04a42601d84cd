"""Ways to a better band, and what a budget is best spent on: as records, ready to be printed or written."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorecard.advice.reach.budget import spend
from scorecard.advice.reach.cheapest import Reached, cheapest
from scorecard.advice.reach.portfolio import plans
from scorecard.definition.called import named, titles_of_attributes
from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.found import found
from scorecard.expression.values import Coded
from scorecard.model.period import ALL_TIME, Period
from scorecard.report.csv import harmless
from scorecard.report.digits import one
from scorecard.scoring.score import PeriodScores, tried

EXACTLY = 100
"""up to so many entities every way is the cheapest there is; beyond it they are found quickly, and so many compared"""
COMPARED = 30
Rows = NDArray[np.intp]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """One entity, what of it is moved and what comes of it. `goal` is None where a budget is spent."""

    key: tuple[str, ...]
    score: float | None
    band: str | None
    goal: str | None
    reached: bool
    score_after: float | None
    band_after: str | None
    effort: float
    moves: tuple[tuple[str, float, float], ...]
    """metric, its value, and what it is moved to"""
    held_by: tuple[str, ...] = ()
    open_to: tuple[str, ...] | None = None
    """what could not be said exactly; None where the way was found quickly"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """The ways of a period's entities, the least effort first, those that reach their band before all others.

    Of ways that were found quickly, `compared` is for how many the cheapest was worked out too, and `dearer` by what share the
    quick ones cost more: on average, and at most.
    """

    period: Period
    going: tuple[Going, ...]
    compared: int = 0
    dearer: tuple[float, float] = (0.0, 0.0)
    worth: float | None = None
    """what the points that a budget brings are worth, where an attribute says so"""


def ways_of(evaluation: Evaluation, key: Mapping[str, str], band: str | None) -> Ways:
    """The cheapest way of one entity, or of all. Raises UsageError as `cheapest_of` does."""
    period, scores = list(evaluation.periods)[-1]
    rows = np.array([found(evaluation, key)[1]]) if key else np.arange(len(scores))
    if len(rows) <= EXACTLY:
        each = [_exact(evaluation, scores, cheapest(evaluation, scores, row, band)) for row in rows.tolist()]
        return Ways(period=period, going=_in_order(each))
    quick = plans(evaluation, scores, rows.astype(np.intp), band)
    after = _outcome(evaluation, scores, rows, quick.needed)
    each = [
        _going(
            evaluation,
            scores,
            int(row),
            place,
            quick.needed,
            after,
            float(quick.effort[place]),
            goal=str(quick.goal[place]),
            reached=bool(quick.reached[place]),
        )
        for place, row in enumerate(rows.tolist())
    ]
    dearer = list(_dearer(evaluation, scores, rows, quick.effort, quick.reached, band))
    worst = (float(np.mean(dearer)), max(dearer)) if dearer else (0.0, 0.0)
    return Ways(period=period, going=_in_order(each), compared=len(dearer), dearer=worst)


def spending(evaluation: Evaluation, budget: float, worth: str | None) -> Ways:
    """What an effort is best spent on. `worth` is an attribute with what a point is worth. Raises UsageError where it is none."""
    period, scores = list(evaluation.periods)[-1]
    rows = np.arange(len(scores))
    spent = spend(evaluation, scores, rows, budget, _worth(evaluation, scores, worth))
    after = _outcome(evaluation, scores, rows, spent.needed)
    moved = np.flatnonzero(spent.effort > 0)
    order = moved[np.argsort(-spent.worth[moved], kind="stable")].tolist()
    each = [_going(evaluation, scores, row, row, spent.needed, after, float(spent.effort[row]), goal=None, reached=True) for row in order]
    return Ways(period=period, going=tuple(each), worth=float(spent.worth.sum()) if worth is not None else None)


def _worth(evaluation: Evaluation, scores: PeriodScores, attribute: str | None) -> Floats | None:
    if attribute is None:
        return None
    columns = {name: scores.table.columns.get(f"entity.{name}") for name in evaluation.scorecard.entity.attributes}
    titles = titles_of_attributes(evaluation.scorecard)
    known = {name: titles[name] for name, column in columns.items() if isinstance(column, np.ndarray) and column.dtype.kind == "f"}
    return np.asarray(columns[named(attribute, known, "SC771")], dtype=np.float64)


def _dearer(
    evaluation: Evaluation, scores: PeriodScores, rows: Rows, effort: Floats, reached: NDArray[np.bool_], band: str | None
) -> Iterator[float]:
    """For some of the entities, evenly chosen, by what share their quick way costs more than the cheapest."""
    moved = np.flatnonzero(reached & (effort > 0))
    for place in moved[:: max(len(moved) // COMPARED, 1)][:COMPARED].tolist():
        best = cheapest(evaluation, scores, int(rows[place]), band)
        if best.exact and best.effort > 0:
            yield max(float(effort[place]) / best.effort - 1.0, 0.0)


def _outcome(evaluation: Evaluation, scores: PeriodScores, rows: Rows, needed: Mapping[str, Floats]) -> Mapping[str, Any]:
    return tried(evaluation.plan, scores, rows.astype(np.intp), needed, ["total.score", "total.band"])


def _exact(evaluation: Evaluation, scores: PeriodScores, way: Reached) -> Going:
    return Going(
        key=_key(evaluation, scores, way.row),
        score=_number(way.before),
        band=way.band_before,
        goal=way.goal,
        reached=way.reached,
        score_after=_number(way.score),
        band_after=way.band,
        effort=way.effort,
        moves=tuple((move.metric, move.value, move.needed) for move in way.moves),
        held_by=way.held_by,
        open_to=way.open_to,
    )


def _going(
    evaluation: Evaluation,
    scores: PeriodScores,
    row: int,
    place: int,
    needed: Mapping[str, Floats],
    after: Mapping[str, Any],
    effort: float,
    *,
    goal: str | None,
    reached: bool,
) -> Going:
    moved = [metric for metric, values in needed.items() if not np.isnan(values[place])]
    return Going(
        key=_key(evaluation, scores, row),
        score=_number(float(np.asarray(scores.cells["total.score"])[row])),
        band=_text(scores.cells["total.band"], row),
        goal=goal,
        reached=reached,
        score_after=_number(float(np.asarray(after["total.score"])[place])),
        band_after=_text(after["total.band"], place),
        effort=effort,
        moves=tuple((metric, float(np.asarray(scores.cells[f"{metric}.value"])[row]), float(needed[metric][place])) for metric in moved),
    )


def _key(evaluation: Evaluation, scores: PeriodScores, row: int) -> tuple[str, ...]:
    entity = scores.table.entity[row : row + 1]
    return tuple(str(evaluation.names.of(part, entity)[0]) for part in evaluation.scorecard.entity.key)


def _number(number: float) -> float | None:
    return None if np.isnan(number) else number


def _text(column: Any, row: int) -> str | None:
    assert isinstance(column, Coded)
    code = int(column.codes[row])
    return column.categories[code] if code >= 0 else None


def _in_order(each: Sequence[Going]) -> tuple[Going, ...]:
    return tuple(sorted(each, key=lambda going: (not going.reached, going.effort)))


def as_records(evaluation: Evaluation, ways: Ways) -> Iterator[dict[str, Any]]:
    """A mapping per entity, with the key parts by name."""
    for going in ways.going:
        yield {
            "key": dict(zip(evaluation.scorecard.entity.key, going.key, strict=True)),
            "period": None if ways.period is ALL_TIME else ways.period.label,
            "score": one(going.score),
            "band": going.band,
            "goal": going.goal,
            "reached": going.reached,
            "score_after": one(going.score_after),
            "band_after": going.band_after,
            "effort": one(going.effort),
            "moves": [{"metric": metric, "value": one(value), "needed": one(needed)} for metric, value, needed in going.moves],
            "held_by": list(going.held_by),
            "exact": None if going.open_to is None else going.reached and not going.open_to,
        }


def as_json(evaluation: Evaluation, ways: Ways) -> str:
    return json.dumps(list(as_records(evaluation, ways)), ensure_ascii=False, indent=2, allow_nan=False)


def as_csv(evaluation: Evaluation, ways: Ways) -> str:
    """A line per move, the key parts first; an entity that has none gets one line without."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    facts = ("period", "score", "band", "goal", "reached", "score_after", "band_after", "effort")
    writer.writerow([*evaluation.scorecard.entity.key, *facts, "metric", "value", "needed"])
    for record in as_records(evaluation, ways):
        for move in record["moves"] or [{}]:
            cells = [
                *record["key"].values(),
                *(record[name] for name in facts),
                *(move.get(name) for name in ("metric", "value", "needed")),
            ]
            writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in cells])
    return stream.getvalue()
