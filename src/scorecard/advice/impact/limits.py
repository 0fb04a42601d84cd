"""How much another definition may change: gates over the impact."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from scorecard.advice.impact.impact import LEAST, Impact
from scorecard.errors import UsageError
from scorecard.model.issue import Issue
from scorecard.scoring.rounding import span_of

_COUNT = re.compile(r"([0-9]+(?:\.[0-9]+)?)%|([0-9]+)")


class Verdict(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    OPEN = "open"
    """it cannot be judged: nothing was compared, or somebody lost the score, which is no number of points"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """At most so many band changes (a share of the entities of both rosters where `of_all`), points for anybody, points of the mean."""

    band_changes: float | None = None
    of_all: bool = False
    shift: float | None = None
    mean_shift: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One limit and what was found: `bands`, `shift` or `mean`."""

    name: str
    found: float
    limit: float
    verdict: Verdict
    of_all: bool = False


def band_changes(text: str) -> tuple[float, bool]:
    """`12`, or `5%` as a share. Raises UsageError."""
    found = _COUNT.fullmatch(text.strip())
    if found is None:
        raise UsageError([Issue(code="SC903", values={"text": text})])
    return (float(found[1]) / 100, True) if found[1] else (float(found[2]), False)


def judge(impact: Impact, limits: Limits) -> Iterator[Judged]:
    """Every limit that is set. An entity that loses its score changes its band; how far it moves cannot be said."""
    change = np.abs(impact.change[impact.compared])
    nobody = not len(change)
    lost = bool(impact.no_longer_scored.any())
    if limits.band_changes is not None:
        count = float(impact.other_band.sum())
        found = count / max(len(impact), 1) if limits.of_all else count
        yield _judged("bands", found, limits.band_changes, 0.0, is_open=nobody, of_all=limits.of_all)
    tidy = LEAST * span_of(impact.scorecard.scale)
    if limits.shift is not None:
        yield _judged("shift", float(change.max(initial=0)), limits.shift, tidy, is_open=nobody or lost)
    if limits.mean_shift is not None:
        mean = 0.0 if nobody else abs(float(impact.change[impact.compared].mean()))
        yield _judged("mean", mean, limits.mean_shift, tidy, is_open=nobody or lost)


def _judged(name: str, found: float, limit: float, tidy: float, *, is_open: bool, of_all: bool = False) -> Judged:
    verdict = Verdict.FAILED if found > limit + tidy else Verdict.OPEN if is_open else Verdict.PASSED
    return Judged(name=name, found=found, limit=limit, verdict=verdict, of_all=of_all)
