"""The period that a scorecard reads, as an API wants to be asked for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from scorecard.hooks.contracts import SourceError
from scorecard.hooks.edges import EDGE, Span

_MARK = re.compile(EDGE + r"(?:\.(?P<form>date|epoch|epoch_ms|utc))?(?![\w.])")


def with_period(value: Any, span: Span, origin: str) -> Any:
    """A setting with the period's edges in place of `:period_start` and `:period_end`.

    An edge is written as ISO 8601 unless it says otherwise: `.date`, `.utc` (with a Z), `.epoch` (seconds), `.epoch_ms`. A key
    whose whole value is an edge that is open is left out: without a period all records are asked for.
    """
    if isinstance(value, Mapping):
        return {key: with_period(item, span, origin) for key, item in value.items() if not _is_open(item, span)}
    if isinstance(value, list):
        return [with_period(item, span, origin) for item in value if not _is_open(item, span)]
    if not isinstance(value, str):
        return value
    if whole := _MARK.fullmatch(value):
        return _written(whole, span, origin)
    return _MARK.sub(lambda mark: str(_written(mark, span, origin)), value)


def _is_open(value: object, span: Span) -> bool:
    mark = _MARK.fullmatch(value) if isinstance(value, str) else None
    return mark is not None and _edge(mark, span) is None


def _edge(mark: re.Match[str], span: Span) -> datetime | None:
    return span[0] if mark["edge"] == "start" else span[1]


def _written(mark: re.Match[str], span: Span, origin: str) -> str | int:
    moment = _edge(mark, span)
    if moment is None:
        raise SourceError("SC651", origin=origin, name=mark[0])
    zoned = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    match mark["form"]:
        case "date":
            return moment.date().isoformat()
        case "epoch":
            return int(zoned.timestamp())
        case "epoch_ms":
            return int(zoned.timestamp() * 1000)
        case "utc":
            return zoned.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return moment.isoformat()
