"""A million entities with twelve metrics already in columns, against the same scorecard written by hand.

Four anchors per metric, three segments that change weights, targets and thresholds, one value in twenty missing and its
weight given to the others, a cap, rounding to one decimal, bands.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from measure import loaded

DEFINITION = Path(__file__).with_name("entities.scorecard.yaml")
TIERS = ("strategic", "key", "new", "standard")
METRICS = tuple(f"m{number}" for number in range(12))
WEIGHTS = {metric: float(number + 1) for number, metric in enumerate(METRICS)}
ANCHORS = (0.0, 40.0, 70.0, 90.0)
SCORES = (0.0, 60.0, 80.0, 100.0)
OTHER_WEIGHTS = {("strategic", "m1"): 5.0, ("key", "m3"): 9.0, ("new", "m6"): 3.0}
OTHER_ANCHORS = {
    ("strategic", "m0"): (0.0, 40.0, 70.0, 95.0),
    ("key", "m2"): (0.0, 40.0, 70.0, 85.0),
    ("new", "m4"): (0.0, 50.0, 70.0, 90.0),
}
BANDS = ("red", "amber", "green")


def data(size: int, library: str) -> dict[str, Any]:
    rng = np.random.default_rng(1)
    columns: dict[str, Any] = {"customer_id": np.arange(size)}
    tiers = rng.integers(0, len(TIERS), size)
    for metric in METRICS:
        columns[metric] = rng.random(size) * 100
        columns[metric][rng.random(size) < 0.05] = np.nan
    if library == "polars":
        import polars as pl

        frame = pl.DataFrame(columns).with_columns(pl.col(METRICS).fill_nan(None))
        return {"customers": frame.with_columns(tier=pl.Series(TIERS).gather(tiers))}
    import pandas as pd

    frame = pd.DataFrame(columns, copy=False)
    frame.insert(1, "tier", pd.Series(TIERS, dtype="str").take(tiers).reset_index(drop=True))
    return {"customers": frame}


def by_hand_pandas(frames: dict[str, Any]) -> Any:
    import pandas as pd

    frame = frames["customers"]
    tier = {name: (frame["tier"] == name).to_numpy() for name in TIERS}
    points, counted, weights = np.zeros(len(frame)), np.zeros(len(frame)), np.zeros(len(frame))
    for metric in METRICS:
        value = frame[metric].to_numpy()
        score = np.interp(value, ANCHORS, SCORES)
        weight = np.full(len(frame), WEIGHTS[metric])
        for (name, one), anchors in OTHER_ANCHORS.items():
            if one == metric:
                score[tier[name]] = np.interp(value[tier[name]], anchors, SCORES)
        for (name, one), other in OTHER_WEIGHTS.items():
            if one == metric:
                weight[tier[name]] = other
        measured = ~np.isnan(value)
        points += np.where(measured, score * weight, 0.0)
        counted += np.where(measured, weight, 0.0)
        weights += weight
    score = points / counted
    score = np.where(frame["m5"].to_numpy() < 10, np.minimum(score, 79.9), score)
    score = np.floor(score * 10 + 0.5) / 10
    band = pd.cut(score, [-np.inf, 60, 80, np.inf], right=False, labels=BANDS)
    return pd.DataFrame({"customer_id": frame["customer_id"], "score": score, "band": band, "coverage": counted / weights})


def by_hand_polars(frames: dict[str, Any]) -> Any:
    import polars as pl

    def line(value: pl.Expr, anchors: tuple[float, ...]) -> pl.Expr:
        """The straight lines through the anchors: a rise per stretch, each clipped to its own."""
        rises = []
        for left, right, low, high in zip(anchors, anchors[1:], SCORES, SCORES[1:], strict=False):
            rises.append((value.clip(left, right) - left) * ((high - low) / (right - left)))
        return pl.sum_horizontal(rises, ignore_nulls=False)

    def by_tier(metric: str, usual: Any, others: dict[tuple[str, str], Any]) -> pl.Expr:
        chosen = usual
        for (name, one), other in others.items():
            if one == metric:
                chosen = pl.when(pl.col("tier") == name).then(other).otherwise(chosen)
        return chosen if isinstance(chosen, pl.Expr) else pl.lit(chosen)

    points, counted, weights = [], [], []
    for metric in METRICS:
        value = pl.col(metric)
        others = {place: line(value, anchors) for place, anchors in OTHER_ANCHORS.items()}
        score = by_tier(metric, line(value, ANCHORS), others)
        weight = by_tier(metric, WEIGHTS[metric], OTHER_WEIGHTS)
        points.append(score * weight)
        counted.append(pl.when(value.is_not_null()).then(weight))
        weights.append(weight)
    return (
        frames["customers"]
        .lazy()
        .select(
            "customer_id",
            "m5",
            score=pl.sum_horizontal(points) / pl.sum_horizontal(counted),
            coverage=pl.sum_horizontal(counted) / pl.sum_horizontal(weights),
        )
        .with_columns(score=pl.when(pl.col("m5") < 10).then(pl.min_horizontal("score", 79.9)).otherwise("score"))
        .with_columns(score=(pl.col("score") * 10 + 0.5).floor() / 10)
        .with_columns(band=pl.col("score").cut([60, 80], labels=BANDS, left_closed=True))
        .drop("m5")
        .collect()
    )


def ours(frames: dict[str, Any], *, detail: bool = False) -> Any:
    """Score, band and coverage; with detail, everything that an explanation and the tables of metrics start from."""
    import scorecard

    definition, plugins = loaded(DEFINITION)
    return scorecard.evaluate(definition, frames=frames, detail=detail, plugins=plugins)


def same(evaluation: Any, hand: Any) -> bool:
    """Whether both came to the same scores, bands and coverage."""
    (_, scores), *_ = evaluation.periods
    total = np.asarray(scores.cells["total.score"])
    codes = np.asarray(scores.cells["total.band"].codes)
    band = np.searchsorted([60, 80], total, side="right")
    apart = np.abs(total - hand["score"].to_numpy())
    return bool(
        apart.max() < 0.1 + 1e-9  # a score on the edge of rounding may go either way
        and (apart < 1e-9).mean() > 0.9999
        and (codes == band).all()
        and np.allclose(np.asarray(scores.cells["total.coverage"]), hand["coverage"].to_numpy())
    )
