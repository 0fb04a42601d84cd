"""Five million records to two hundred thousand entities by a text key: six metrics over a quarter and a year, against the group-by."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from measure import loaded

DEFINITION = Path(__file__).with_name("records.scorecard.yaml")
PERIOD = "2026-Q3"
END, QUARTER, YEAR = datetime(2026, 10, 1), datetime(2026, 7, 1), datetime(2025, 10, 1)


def data(size: int, library: str) -> dict[str, Any]:
    rng = np.random.default_rng(1)
    entities = max(size // 25, 1)
    who = rng.integers(0, entities, size)
    seconds = rng.integers(0, 730 * 86_400, size).astype("timedelta64[s]")
    columns: dict[str, Any] = {
        "ordered_at": (np.datetime64("2025-01-01", "us") + seconds),
        "amount": rng.random(size) * 100,
        "rating": rng.integers(0, 11, size).astype(float),
        "hours": rng.random(size) * 72,
    }
    names = [f"C{number:06d}" for number in range(entities)]
    if library == "polars":
        import polars as pl

        keys = pl.Series("customer_id", names)
        return {"customers": keys.to_frame(), "orders": pl.DataFrame({"customer_id": keys.gather(who), **columns})}
    import pandas as pd

    keys = pd.Series(names, name="customer_id", dtype="str")
    return {"customers": keys.to_frame(), "orders": pd.DataFrame({"customer_id": keys.take(who).reset_index(drop=True), **columns})}


def by_hand_pandas(frames: dict[str, Any]) -> Any:
    orders, answer = frames["orders"], frames["customers"].set_index("customer_id")
    quarter = {"revenue": ("amount", "sum"), "orders": ("amount", "size"), "rating": ("rating", "mean")}
    year = {"slowest": ("hours", "max"), "basket": ("amount", "mean"), "yearly": ("amount", "sum")}
    for start, metrics in ((QUARTER, quarter), (YEAR, year)):
        recent = orders[(orders["ordered_at"] >= start) & (orders["ordered_at"] < END)]
        answer = answer.join(recent.groupby("customer_id").agg(**metrics))
    return answer


def by_hand_polars(frames: dict[str, Any]) -> Any:
    import polars as pl

    amount, rating, hours = pl.col("amount"), pl.col("rating"), pl.col("hours")
    quarter = [amount.sum().alias("revenue"), pl.len().alias("orders"), rating.mean()]
    year = [hours.max().alias("slowest"), amount.mean().alias("basket"), amount.sum().alias("yearly")]
    answer, orders = frames["customers"].lazy(), frames["orders"].lazy()
    for start, metrics in ((QUARTER, quarter), (YEAR, year)):
        recent = orders.filter((pl.col("ordered_at") >= start) & (pl.col("ordered_at") < END))
        answer = answer.join(recent.group_by("customer_id").agg(metrics), on="customer_id", how="left", maintain_order="left")
    return answer.collect()


def ours(frames: dict[str, Any]) -> Any:
    """The values by the same group-by, and beyond what is written by hand the score, its band and coverage."""
    import scorecard

    definition, plugins = loaded(DEFINITION)
    evaluation = scorecard.evaluate(definition, period=PERIOD, frames=frames, plugins=plugins)
    assert len(evaluation.plan.passes) == 2, "each record is grouped once per window that holds it"
    return evaluation


def same(evaluation: Any, hand: Any) -> bool:
    """Whether both came to the same values."""
    (_, scores), *_ = evaluation.periods
    return all(
        np.allclose(np.asarray(scores.cells[f"{metric}.value"]), np.asarray(hand[metric].to_numpy(), dtype=float), equal_nan=True)
        for metric in ("revenue", "rating", "slowest", "basket", "yearly")
    )
