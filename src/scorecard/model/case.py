"""A worked example of a definition: what goes in, and what must come out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scorecard.model.issue import Place
from scorecard.model.period import Period
from scorecard.model.text import Text

Cell = str | float | bool | None
Wanted = float | str | tuple[str, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """One thing that must come out, by its dotted name: `total.score`, `csat.state`, `total.rules`; None = no score."""

    name: str
    wanted: Wanted
    decimals: int | None = None
    """to how many decimals a number is compared; None = as it is"""
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Values of metrics or records of sources for one entity in one period, and what must come out.

    A metric that is neither given nor read from records of the case is missing. `earlier` are values of earlier periods.
    """

    id: str
    title: Text = field(default_factory=Text)
    period: Period | None = None
    entity: Mapping[str, Cell] = field(default_factory=dict)
    given: Mapping[str, float | str] = field(default_factory=dict)
    earlier: tuple[tuple[Period, Mapping[str, float | str]], ...] = ()
    records: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)
    expect: tuple[Expectation, ...] = ()
    place: Place | None = None
