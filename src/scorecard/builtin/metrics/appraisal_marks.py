"""Ratings by several raters made into one mark per entity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from scorecard.builtin.metrics.appraisal import GROUPS, ROLES, SCALE, role_column, weights

Numbers = NDArray[np.float64]


def appraisal(records: nw.DataFrame[Any], window: tuple[datetime | None, datetime | None], params: Mapping[str, Any]) -> nw.DataFrame[Any]:
    """`entity` and `value`: the mean of the roles by weight, each the mean of its groups by weight."""
    entities = records.select("entity").unique().sort("entity")
    roles = weights(params, "roles", ROLES)
    marks = [_of_role(records.filter(nw.col(role_column(params)) == role), entities, params) for role in roles]
    value = _mean(marks, list(roles.values()))
    return entities.with_columns(nw.Series.from_numpy("value", value, backend=entities.implementation))


def _of_role(ratings: nw.DataFrame[Any], entities: nw.DataFrame[Any], params: Mapping[str, Any]) -> Numbers:
    """The mark that the raters of one role give each entity, on 0 to 100; NaN where they give none."""
    low, high = params.get("scale", SCALE)
    items = [item for group in params["items"].values() for item in group]
    statistics = [
        each
        for at, item in enumerate(items)
        for each in (
            nw.col(item).mean().alias(f"mean {at}"),
            nw.col(item).min().alias(f"min {at}"),
            nw.col(item).max().alias(f"max {at}"),
        )
    ]
    of_entity = entities.join(ratings.group_by("entity").agg(*statistics), on="entity", how="left").sort("entity")

    def mark(item: str) -> Numbers:
        at = items.index(item)
        mean, least, most = (_floats(of_entity[f"{statistic} {at}"]) for statistic in ("mean", "min", "max"))
        return np.where((least >= low) & (most <= high), 100 * (mean - low) / (high - low), np.nan)

    groups = weights(params, "groups", GROUPS)
    rated = [group for group in groups if group in params["items"]]
    means = [_mean([mark(item) for item in params["items"][group]], [1.0] * len(params["items"][group])) for group in rated]
    return _mean(means, [groups[group] for group in rated])


def _mean(parts: Sequence[Numbers], weighing: Sequence[float]) -> Numbers:
    """The mean by weight of the parts that are there, row by row; NaN where their weights are all 0."""
    values, weight = np.stack(parts), np.asarray(weighing)[:, np.newaxis]
    there = ~np.isnan(values)
    sum_of_weights = (there * weight).sum(axis=0)
    sums = np.where(there, values, 0.0).T @ weight[:, 0]
    return np.asarray(np.divide(sums, sum_of_weights, out=np.full(len(sums), np.nan), where=sum_of_weights > 0), dtype=np.float64)


def _floats(column: nw.Series[Any]) -> Numbers:
    return np.asarray(column.cast(nw.Float64()).to_numpy(), dtype=np.float64)
