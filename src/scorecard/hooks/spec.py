"""The hooks a plugin may offer. Each returns records; none is given a registry to change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from scorecard.hooks.contracts import Later, MetricType, Reporter, SourceType

PROJECT = "scorecard"
"""the group of entry points, and the mark that `hookimpl` leaves"""

hookimpl = pluggy.HookimplMarker(PROJECT)
"""Marks a function of a plugin as a hook."""

_hookspec = pluggy.HookspecMarker(PROJECT)


class Hooks:
    """Every hook, by its name."""

    @_hookspec
    def scorecard_metric_types(self) -> Iterable[MetricType | Later]:
        """The named calculations this plugin brings, each a formula template or a function over records."""
        raise NotImplementedError

    @_hookspec
    def scorecard_sources(self) -> Iterable[SourceType | Later]:
        """The kinds of places this plugin reads records from."""
        raise NotImplementedError

    @_hookspec
    def scorecard_reporters(self) -> Iterable[Reporter | Later]:
        """The ways this plugin writes an evaluation."""
        raise NotImplementedError


HOOKS = ("scorecard_metric_types", "scorecard_sources", "scorecard_reporters")
"""in the order in which they are called"""
