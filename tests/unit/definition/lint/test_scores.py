"""Between which scores a node can lie, and which bands that leaves."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from scorecard.definition.check import Outcome
from scorecard.definition.lint.scores import Scores

Scored = Callable[[str], Scores]
BANDS = "bands: {red: {from: 0}, amber: {from: 60}, green: {from: 80}}\n"
STEPS = "curve: {steps: [{below: 5, score: 30.4}, {otherwise: 70.6}]}"
SEGMENT = "segments: {s: {when: 'size > 3', metrics: {m0: %s}}}\nentity: {key: [customer_id], attributes: [size]}\n"


def metrics(*keys: str) -> str:
    return "metrics:\n" + "".join(f"  m{at}: {{measure: sum(x{at}), {each}}}\n" for at, each in enumerate(keys))


@pytest.fixture
def scored(check: Callable[[str], Outcome]) -> Scored:
    def scored(fragment: str) -> Scores:
        outcome = check(BANDS + fragment)
        assert outcome.scorecard is not None, [(issue.code, dict(issue.values)) for issue in outcome.issues]
        return Scores(outcome.scorecard)

    return scored


@pytest.mark.parametrize(
    ("fragment", "low", "high"),
    [
        (metrics(STEPS), 30.4, 70.6),
        (metrics("worst: 0, target: 9"), 0, 100),
        (metrics("curve: identity"), 0, 100),
        (metrics("curve: {points: [[0, 20], [5, 90], [9, 40]]}"), 20, 90),
        (metrics("curve: {lookup: {a: 10, b: 90}, otherwise: 5}"), 5, 90),
        (metrics("curve: {steps: [{otherwise: 2 * 20}]}"), 0, 100),
        (metrics(f"{STEPS}, round: {{decimals: 0, mode: floor}}"), 30, 71),
        (metrics(f"{STEPS}, missing: 10"), 10, 70.6),
        (metrics(f"{STEPS}, missing: worst"), 0, 70.6),
        (metrics(f"{STEPS}, missing: no_score"), 30.4, 70.6),
        (metrics(STEPS, "weight: 0, worst: 0, target: 9"), 30.4, 70.6),
        ("total: {aggregation: min}\n" + metrics(STEPS, STEPS), 30.4, 70.6),
        ("total: {aggregation: {worst: 1}}\n" + metrics(STEPS, STEPS), 30.4, 70.6),
        ("total: {aggregation: sum}\n" + metrics(STEPS, STEPS), 0, 100),
        ("total: {aggregation: geometric}\n" + metrics(STEPS, STEPS), 0, 100),
        ("total: {aggregation: {formula: 100 - m0.score}}\n" + metrics(STEPS), 0, 100),
        ("total: {round: {decimals: 0}}\n" + metrics(STEPS), 30, 71),
        ("rules: {r: {when: m0.value > 1, cap: 20}}\n" + metrics(STEPS), 20, 70.6),
        ("rules: {r: {when: m0.value > 1, raise_to: 90}}\n" + metrics(STEPS), 30.4, 90),
        ("rules: {r: {when: m0.value > 1, add: 1}}\n" + metrics(STEPS), 0, 100),
        ("rules: {r: {when: m0.value > 1, cap: m0.value}}\n" + metrics(STEPS), 0, 100),
        ("rules: {r: {when: m0.value > 1, band: red}}\n" + metrics(STEPS), 30.4, 70.6),
        (SEGMENT % "{curve: {steps: [{otherwise: 99}]}}" + metrics(STEPS), 0, 100),
        (SEGMENT % "{missing: 5}" + metrics(STEPS), 0, 100),
        (SEGMENT % "{round: {decimals: 0}}" + metrics(STEPS), 29.4, 71.6),
        (SEGMENT % "{weight: 3}" + metrics("worst: 0, target: 9, weight: 0", STEPS), 0, 100),
        (SEGMENT % "{weight: 3}" + metrics(STEPS), 30.4, 70.6),
    ],
)  # fmt: skip
def test_the_total_lies_between(scored: Scored, fragment: str, low: float, high: float) -> None:
    found = scored(fragment).of("total")
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-12)


@pytest.mark.parametrize(
    ("fragment", "bands"),
    [
        (metrics(STEPS), {"red", "amber"}),
        (metrics("curve: {steps: [{below: 1, score: 60}, {otherwise: 80}]}"), {"amber", "green"}),
        (metrics("curve: {steps: [{otherwise: 59.9}]}"), {"red"}),
        ("total: {round: {decimals: 0}}\n" + metrics("curve: {steps: [{otherwise: 59.9}]}"), {"red", "amber"}),
        ("scale: open\n" + metrics("curve: identity"), {"red", "amber", "green"}),
    ],
)
def test_the_total_can_be_in(scored: Scored, fragment: str, bands: set[str]) -> None:
    assert scored(fragment).bands("total") == bands
