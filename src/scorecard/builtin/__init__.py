"""Our own metric types, sources and reporters; they enter through the same door as a stranger's."""

from __future__ import annotations

from scorecard.hooks import hookimpl
from scorecard.hooks.contracts import Later, Reporter


@hookimpl
def scorecard_metric_types() -> tuple[Later, ...]:
    from scorecard.builtin.metrics import METRIC_TYPES

    return METRIC_TYPES


@hookimpl
def scorecard_sources() -> tuple[Later, ...]:
    from scorecard.builtin.sources import SOURCES

    return SOURCES


@hookimpl
def scorecard_reporters() -> tuple[Reporter, ...]:
    from scorecard.builtin.reporters import REPORTERS

    return REPORTERS
