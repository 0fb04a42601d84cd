"""SC860 to SC864: what a review finds about metrics that a definition can be mended for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scorecard.advice.review.case import Case
from scorecard.advice.review.checks import CHECKS
from scorecard.advice.review.finding import Fact, Finding
from scorecard.model.issue import Issue, Level, Place
from scorecard.model.period import ALL_TIME

CODES = {"SC860": "always", "SC861": "spread", "SC862": "coverage", "SC863": "unreached", "SC864": "stale"}
"""by code the check of the review"""
_NOTES = {("always", "never"), ("unreached", "bands"), ("unreached", "thresholds")}
"""what may well be meant: a target to grow to"""
_KEYS = {"always": "target", "spread": "target", "unreached": "thresholds", "coverage": "measure"}
"""the key that is to blame, where the metric has it"""
_SHARES = frozenset({"share"})
_COUNTS = frozenset({"count", "measured", "failed"})


def find(case: Case) -> Iterator[Issue]:
    for code, check in CODES.items():
        for found in CHECKS[check](case):
            if isinstance(found, Finding):
                level = Level.INFO if (check, found.cause) in _NOTES else Level.WARNING
                place = _place(case, found)
                yield Issue(code=code, place=place, level=level, values={"of": (found.about,), "name": found.about, **_values(found)})


def _place(case: Case, found: Finding) -> Place | None:
    places = case.scorecard.places
    if found.about == "total":
        return places.get(("bands",))
    ways = (("metrics", found.about, _KEYS.get(found.check, "")), ("metrics", found.about))
    return next((places[way] for way in ways if way in places), None)


def _values(found: Finding) -> Mapping[str, object]:
    always = "_ever" if found.facts.get("since") == ALL_TIME.label else ""
    return {"reason": f"{found.cause}{always}", **{name: _said(name, fact) for name, fact in found.facts.items()}}


def _said(name: str, fact: Fact) -> object:
    if not isinstance(fact, float | int):
        return fact or ""
    if name in _SHARES:
        return f"{fact:.0%}"
    return f"{fact:,.0f}" if name in _COUNTS else f"{fact:.6g}"
