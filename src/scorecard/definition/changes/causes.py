"""Why a score is another one under another definition: what kind of setting changed."""

from __future__ import annotations

from enum import StrEnum

from scorecard.definition.document import Where


class Cause(StrEnum):
    """One kind of setting; each of the keys that scores depend on is of one kind."""

    WEIGHT = "weight"
    """weights of metrics and groups"""
    TARGET = "target"
    """worst, thresholds and targets, and where the bands begin"""
    CURVE = "curve"
    """curves with the params that segments give them, aggregations and rounding"""
    RULE = "rule"
    """rules, exemptions, to whom a segment, a metric or a group applies"""
    MISSING = "missing"
    """what stands in for a score that is not there, coverage, and how many records are too few"""
    METRIC = "metric"
    """metrics and groups that come, go or move, how a metric is measured, sources, and who is scored"""


OF_NODE = {
    "weight": Cause.WEIGHT,
    "worst": Cause.TARGET,
    "target": Cause.TARGET,
    "thresholds": Cause.TARGET,
    "curve": Cause.CURVE,
    "aggregation": Cause.CURVE,
    "round": Cause.CURVE,
    "missing": Cause.MISSING,
    "coverage": Cause.MISSING,
    "min_records": Cause.MISSING,
    "applies_when": Cause.RULE,
}
"""by key of the total, a group or a metric; what is not listed here or below is of `metric`"""
TOLD = frozenset(
    {"title", "description", "objective", "unit", "decimals", "color", "owner", "due", "reason", "approved_by", "rank"}
    | {"baseline", "effort", "max_change", "fixed", "moves_with", "library"}
)
"""keys, wherever they stand, that are shown or advised from and change no score"""
BESIDE = frozenset({"schema", "id", "extends", "defaults", "recommendations", "gates", "cases", "ignore"}) | TOLD
"""sections that change no score; what `defaults` says stands in the metrics and groups already"""


def cause_of(where: Where) -> Cause | None:
    """What a setting can cause, by the way to it in the merged definition; None for what changes no score."""
    match where:
        case (str() as section, *_) if section in BESIDE:
            return None
        case ("total", str() as key, *_) | ("metrics" | "groups" | "rules" | "exemptions" | "segments" | "bands", _, str() as key, *_) if (
            key in TOLD
        ):
            return None
        case ("entity", "attributes", _, _, *_):
            return None
        case ("bands", *_):
            return Cause.TARGET
        case ("rules" | "exemptions", *_):
            return Cause.RULE
        case ("segments", _, "metrics" | "groups", _, str() as key, *_) | ("segments", _, "total", str() as key, *_):
            return Cause.CURVE if key == "params" else OF_NODE.get(key, Cause.METRIC)
        case ("segments", *_):
            return Cause.RULE
        case ("total", str() as key, *_) | ("metrics" | "groups", _, str() as key, *_):
            return OF_NODE.get(key, Cause.METRIC)
    return Cause.METRIC
