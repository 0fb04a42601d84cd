"""Everything the installed plugins offer, by id."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from scorecard.hooks.contracts import MetricType, Reference, Reporter, SourceType
from scorecard.model.issue import Issue


@dataclass(frozen=True, slots=True, kw_only=True)
class Plugin:
    """One loaded plugin: its name, version and where it came from."""

    name: str
    version: str
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """Metric types, sources and reporters by id, who brought each (`offered_by`, by kind and id), and what went wrong."""

    metric_types: Mapping[str, MetricType] = field(default_factory=dict)
    sources: Mapping[str, SourceType] = field(default_factory=dict)
    reporters: Mapping[str, Reporter] = field(default_factory=dict)
    plugins: tuple[Plugin, ...] = ()
    offered_by: Mapping[tuple[str, str], Plugin] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()


def resolve(reference: Reference) -> Callable[..., Any]:
    """The function a record names, imported now."""
    if callable(reference):
        return reference
    module, _, name = reference.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found
