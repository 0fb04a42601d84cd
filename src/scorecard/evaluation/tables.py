"""An evaluation as tables: scores, metrics and groups, one row for each thing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from scorecard.evaluation.aspects import told
from scorecard.evaluation.details import Detail, bounds, details
from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.ranking import ranks
from scorecard.expression.values import Coded, Truth, Value
from scorecard.model.period import ALL_TIME, Period
from scorecard.model.state import Reason, State
from scorecard.scoring.score import PeriodScores

if TYPE_CHECKING:
    import pandas as pd

STATES = np.array([state.name.lower() for state in State], dtype=object)
REASONS = np.array(["", *(reason.name.lower() for reason in Reason if reason)], dtype=object)


def scores_table(evaluation: Evaluation) -> pd.DataFrame:
    """One row per entity and period: key, attributes, score, band, state, reason, coverage, low, high, rank."""
    return _stacked(evaluation, _scores)


def _scores(evaluation: Evaluation, period: Period, scores: PeriodScores) -> pd.DataFrame:
    frame = _identity(evaluation, period, scores)
    limits = bounds(evaluation.plan, scores, np.arange(len(scores)))
    frame["score"] = np.asarray(scores.cells["total.score"])
    if evaluation.scorecard.bands:
        frame["band"] = _plain(scores.cells["total.band"])
    frame["state"] = STATES[np.asarray(scores.cells["total.#state"])]
    frame["reason"] = REASONS[np.asarray(scores.cells["total.#reason"])]
    frame["coverage"] = np.asarray(scores.cells["total.coverage"])
    frame["low"], frame["high"] = limits.low, limits.high
    places = ranks(evaluation, scores, "total")
    if places is not None:
        frame["rank"] = places
    return frame


def metrics_table(evaluation: Evaluation) -> pd.DataFrame:
    """One row per entity, period and metric; `contribution` is share all the way up times score, `lost` the points it cost.

    Neither is there where the total has no score.
    """
    return _stacked(evaluation, _metrics)


def _metrics(evaluation: Evaluation, period: Period, scores: PeriodScores) -> pd.DataFrame:
    import pandas as pd

    parts = [
        _detailed(evaluation, period, scores, detail, metric)
        for detail in details(evaluation.plan, scores, np.arange(len(scores)))
        for metric in evaluation.scorecard.metrics
    ]
    frame = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
    return (
        frame.sort_values(["#row", "#metric"], kind="stable", ignore_index=True).drop(columns=["#row", "#metric"]) if len(frame) else frame
    )


def _detailed(evaluation: Evaluation, period: Period, scores: PeriodScores, detail: Detail, metric: str) -> pd.DataFrame:
    import pandas as pd

    spec = detail.block.variant.metrics[metric]
    value = detail.block.cells[f"{metric}.value"]
    share, up = detail.shares()[metric]
    score = detail.numbers(f"{metric}.score")
    lost = [line.amount for line in detail.lost() if line.node == metric and line.kind in ("metric", "filled")]
    frame = pd.DataFrame(
        {
            "#row": detail.rows,
            "#metric": list(evaluation.scorecard.metrics).index(metric),
            **_named(evaluation, period, scores, detail.rows),
            "metric": metric,
            "value": np.nan if isinstance(value, Coded) else _number(value),
            "text": value.decode() if isinstance(value, Coded) else None,
            "unit": spec.unit,
            "state": STATES[detail.state(metric)],
            "reason": REASONS[np.asarray(detail.block.cells[f"{metric}.#reason"])],
            "worst": _end(detail, metric, "worst"),
            "target": _end(detail, metric, "target"),
            "score": score,
            "weight": np.broadcast_to(np.asarray(detail.block.figure(spec.weight), dtype=np.float64), len(detail.rows)),
            "share": share,
            "contribution": _contribution(detail, score, up),
            "lost": sum(lost) if lost else 0.0,
        }
    )
    frame["gap"] = frame["target"] - frame["value"]
    if evaluation.scorecard.bands:
        frame["band"] = detail.band(metric).decode()
    return frame


def aspects_table(evaluation: Evaluation) -> pd.DataFrame:
    """One row per entity, period, metric, aspect and part, with its value and unit."""
    return _stacked(evaluation, _aspects)


def _aspects(evaluation: Evaluation, period: Period, scores: PeriodScores) -> pd.DataFrame:
    import pandas as pd

    parts = [
        pd.DataFrame(
            {
                "#row": detail.rows,
                **_named(evaluation, period, scores, detail.rows),
                "metric": metric,
                "aspect": aspect.id,
                "part": part,
                "value": numbers,
                "unit": aspect.unit,
            }
        )
        for detail in details(evaluation.plan, scores, np.arange(len(scores)))
        for metric in evaluation.scorecard.metrics
        for aspect, columns in told(detail, metric)
        for part, numbers in columns.items()
    ]
    if not parts:
        named = _named(evaluation, period, scores, np.arange(0))
        return pd.DataFrame(columns=[*named, "metric", "aspect", "part", "value", "unit"])
    return pd.concat(parts, ignore_index=True).sort_values("#row", kind="stable", ignore_index=True).drop(columns="#row")


def _contribution(detail: Detail, score: NDArray[np.float64], up: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points of the total, none of a total without a score."""
    return np.where(np.isnan(detail.root.score), np.nan, np.where(np.isnan(score), 0.0, up * np.nan_to_num(score)))


def _number(value: Value) -> NDArray[np.float64]:
    array = np.asarray(value)
    return array.astype("datetime64[us]").astype(np.float64) if array.dtype.kind == "M" else array.astype(np.float64)


def _end(detail: Detail, metric: str, key: str) -> Any:
    """A worst or a target; of a pair the end nearer to the value."""
    found: Any = detail.block.cells[f"{metric}.{key}"]
    if found is None:
        return np.nan
    if isinstance(found, tuple):
        value = detail.block.cells[f"{metric}.value"]
        low, high = (np.broadcast_to(np.asarray(end, dtype=np.float64), len(detail.rows)) for end in found)
        return np.where(np.asarray(value) > (low + high) / 2, high, low)
    return np.broadcast_to(np.asarray(found, dtype=np.float64), len(detail.rows))


def groups_table(evaluation: Evaluation) -> pd.DataFrame:
    """One row per entity, period and group, the total included."""
    return _stacked(evaluation, _groups)


def _groups(evaluation: Evaluation, period: Period, scores: PeriodScores) -> pd.DataFrame:
    import pandas as pd

    parts = []
    ids = [*evaluation.scorecard.groups, "total"]
    for detail in details(evaluation.plan, scores, np.arange(len(scores))):
        shares = detail.shares()
        one = np.ones(len(detail.rows))
        for place, group in enumerate(ids):
            share, up = shares.get(group, (one, one))
            score = detail.numbers(f"{group}.score")
            frame = pd.DataFrame(
                {
                    "#row": detail.rows,
                    "#group": place,
                    **_named(evaluation, period, scores, detail.rows),
                    "group": group,
                    "score": score,
                    "raw": detail.numbers(f"{group}.raw"),
                    "state": STATES[detail.state(group)],
                    "reason": REASONS[np.asarray(detail.block.cells[f"{group}.#reason"])],
                    "coverage": detail.numbers(f"{group}.coverage"),
                    "share": share,
                    "contribution": _contribution(detail, score, up),
                }
            )
            if evaluation.scorecard.bands:
                frame["band"] = detail.band(group).decode()
            parts.append(frame)
    frame = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
    return frame.sort_values(["#row", "#group"], kind="stable", ignore_index=True).drop(columns=["#row", "#group"]) if len(frame) else frame


def wide_table(evaluation: Evaluation, *, with_time: bool = False) -> pd.DataFrame:
    """The scores with `<metric>.value`, `<metric>.score` and `<group>.score` beside them.

    With time, `period_start` lets another scorecard read the rows as records.
    """

    import pandas as pd

    def wide(evaluation: Evaluation, period: Period, scores: PeriodScores) -> pd.DataFrame:
        columns: dict[str, Any] = {}
        if with_time and period.start is not None:
            columns["period_start"] = np.datetime64(period.start, "us")
        for name, value in scores.cells.items():
            if name.endswith((".value", ".score")) and name != "total.score":
                columns[name] = _plain(value)
        return pd.concat([_scores(evaluation, period, scores), pd.DataFrame(columns, index=range(len(scores)))], axis=1)

    return _stacked(evaluation, wide)


def _stacked(evaluation: Evaluation, table: Any) -> pd.DataFrame:
    import pandas as pd

    parts: list[pd.DataFrame] = [table(evaluation, period, scores) for period, scores in evaluation.periods]
    filled = [part for part in parts if len(part)]
    return pd.concat(filled, ignore_index=True) if filled else parts[0]


def _identity(evaluation: Evaluation, period: Period, scores: PeriodScores) -> pd.DataFrame:
    """Period, key and attributes of every row."""
    import pandas as pd

    columns: dict[str, Any] = _named(evaluation, period, scores, np.arange(len(scores)))
    for name in evaluation.scorecard.entity.attributes:
        if f"entity.{name}" in scores.table.columns:
            columns[name] = _plain(scores.table.columns[f"entity.{name}"])
    return pd.DataFrame(columns, index=range(len(scores)))


def _named(evaluation: Evaluation, period: Period, scores: PeriodScores, rows: NDArray[np.intp]) -> dict[str, Any]:
    named: dict[str, Any] = {} if period is ALL_TIME else {"period": period.label}
    return named | {part: values[rows] for part, values in evaluation.keys(scores).items()}


def _plain(value: Value) -> Any:
    """A column as people's tools take it: texts as objects, truths as True, False or None."""
    match value:
        case Coded():
            return value.decode()
        case Truth(holds, fails):
            return np.where(holds, True, np.where(fails, False, None))  # type: ignore[call-overload]
    return np.asarray(value)


def rows_of_table(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """The rows as plain records, None where there is nothing."""
    for record in frame.to_dict(orient="records"):
        yield {str(name): None if value is None or value != value else value for name, value in record.items()}  # noqa: PLR0124
