"""Our metric types, one file each."""

from scorecard.hooks.contracts import MetricType

METRIC_TYPES: tuple[MetricType, ...] = ()
