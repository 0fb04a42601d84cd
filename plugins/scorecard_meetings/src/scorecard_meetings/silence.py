"""How long contact was interrupted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import narwhals as nw

from scorecard_meetings import STARTS

Window = tuple[datetime | None, datetime | None]


def longest_silence(records: nw.DataFrame[Any], window: Window, params: Mapping[str, Any]) -> nw.DataFrame[Any]:
    """`entity` and `value`: the most days between two meetings, or between the last one and the window's end."""
    starts = params.get("starts", STARTS)
    met = records.filter(~nw.col(starts).is_null()).sort(starts)
    following = nw.col(starts).shift(-1).over("entity", order_by=starts)
    if window[1] is not None:
        following = nw.coalesce(following, nw.lit(window[1]).cast(nw.Datetime("us")))
    gap = (following - nw.col(starts)).dt.total_seconds() / 86_400
    return met.with_columns(gap.alias("gap")).group_by("entity").agg(nw.col("gap").max().alias("value"))
