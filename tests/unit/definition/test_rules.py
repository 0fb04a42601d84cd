"""Semantic checks: what is said although every part alone has the right form."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from scorecard.definition.check import Outcome
from scorecard.model.issue import Level

Codes = Callable[[str], list[str]]
BANDS = "bands: {red: {from: 0}, amber: {from: 60}, green: {from: 80}}\n"
NARROW = "scale: [1, 5]\nbands: {poor: {from: 1}, fair: {from: 4.2}, good: {from: 4.8}}\ntotal: {round: {decimals: %d}}\n"


def metric(keys: str) -> str:
    return f"metrics: {{m: {{measure: sum(x), {keys}}}}}"


@pytest.mark.parametrize(
    ("fragment", "found"),
    [
        ("metrics: {}", ["SC413"]),
        (metric("worst: 0, target: 1, weight: 0"), ["SC414"]),
        ("groups: {g: {weight: 0}}\n" + metric("group: g, worst: 0, target: 1"), ["SC414"]),
        ("groups: {g: {weight: sum}}\n" + metric("group: g, worst: 0, target: 1"), []),
        ("groups: {a: {group: b}, b: {group: a}}\n" + metric("group: a, worst: 0, target: 1"), ["SC211"]),
        ("groups: {a: {group: a}}\n" + metric("group: a, worst: 0, target: 1"), ["SC211"]),
        (metric("worst: 5, target: 5"), ["SC407"]),
        (metric("worst: 50%, target: 0.5"), ["SC407"]),
        (metric("worst: 0, target: 1, curve: log"), ["SC424"]),
        (metric("target: 1"), ["SC425"]),
        (metric("target: 1, curve: {points: [[0, 0], [1, 1]]}"), []),
        (metric("weight: 0") + "\n" + "total: {}", ["SC414"]),
        (metric("curve: {points: [[0, 0], [1, 1], [1, 2]]}"), ["SC410"]),
        (metric("curve: {points: [[2, 0], [1, 1], [0, 2]]}"), []),
        (metric("curve: {steps: [{up_to: 1, score: 1}, {below: 1, score: 2}]}"), ["SC411"]),
        (metric("curve: {steps: [{below: 1, score: 1}, {up_to: 1, score: 2}]}"), []),
        (metric("curve: {steps: [{otherwise: 1}, {up_to: 1, score: 2}]}"), ["SC411"]),
        ("scale: open\n" + metric("worst: 0, target: 1"), ["SC427"]),
        ("bands: {a: {from: 0}, b: {from: 0}}", ["SC416"]),
        ("bands: {a: {from: -1}, b: {from: 50}}", ["SC417"]),
        ("bands: {a: {from: 0}, b: {from: 101}}", ["SC417"]),
        ("bands: {a: {from: 0}, b: {from: 100}}", []),
        ("scale: open\nbands: {a: {from: 5}}\n" + metric("curve: identity"), []),
        ("total: {coverage: 1.01}", ["SC422"]),
        ("total: {coverage: -1%}", ["SC422"]),
        (metric("worst: 0, target: 1, missing: 101"), ["SC421"]),
        ("rules: {r: {when: csat.value > 1, raise_to: 101}}", ["SC421"]),
        ("rules: {r: {when: csat.value > 1, add: 101}}", []),
        (BANDS + "rules: {r: {of: csat, when: csat.value > 1, cap: red}}", ["SC420"]),
        (BANDS + "rules: {r: {of: csat, when: csat.value > 1, raise_to: amber}}", []),
        (NARROW % 0 + "rules: {r: {when: csat.value > 1, cap: fair}}", ["SC474"]),
        (NARROW % 0 + "rules: {r: {when: csat.value > 1, raise_to: fair}}", ["SC474"]),
        (NARROW % 1 + "rules: {r: {when: csat.value > 1, cap: fair}}", []),
        (NARROW % 0 + "rules: {r: {when: csat.value > 1, cap: poor}}", []),
        (
            NARROW % 0
            + "rules: {r: {of: csat, when: csat.value > 1, raise_to: fair}}\n"
            + 'segments: {s: {when: tier == "a", metrics: {csat: {round: {decimals: 0}}}}}\nentity: {key: [c], attributes: [tier]}',
            ["SC474"],
        ),
        ("rules: {r: {when: csat.value > 1, add: 1, until: 2026-01-01}}", ["SC426"]),
        (metric("worst: 5, target: [1, 3]"), ["SC409"]),
        (metric("worst: [0, 4], target: [1, 5]"), ["SC409"]),
        (metric("worst: [0, 4], target: 2"), []),
    ],
)
def test_rules(codes: Codes, fragment: str, found: list[str]) -> None:
    assert codes(fragment) == found


@pytest.mark.parametrize(
    ("keys", "fine"),
    [
        ("worst: 40, thresholds: {amber: 60, green: 80}, target: 90", True),
        ("worst: 72, thresholds: {amber: 48, green: 24}, target: 8", True),
        ("worst: 40, thresholds: {amber: 80, green: 60}, target: 90", False),
        ("worst: 40, thresholds: {amber: 60, green: 60}, target: 90", False),
        ("worst: 40, thresholds: {amber: 60, green: 90}, target: 90", False),
        ("worst: 40, thresholds: {amber: 30, green: 60}, target: 90", False),
        ("worst: 40, thresholds: {amber: 60, green: 95}, target: 90", False),
        ("worst: 40, thresholds: {red: 40, amber: 60}, target: 90", True),
        ("worst: 40, thresholds: {red: 50, amber: 60}, target: 90", True),
        ("worst: 40, thresholds: {amber: 0.8 * target, green: 20}, target: 90", False),
        ("worst: 40, thresholds: {amber: 0.8 * target, green: 80}, target: 90", True),
        ("curve: identity, thresholds: {amber: 3, green: 2}", True),
        ("curve: identity, thresholds: {red: 1, amber: 3, green: 2}", False),
    ],
)
def test_trap_8_thresholds_lie_in_order_between_worst_and_target(codes: Codes, keys: str, *, fine: bool) -> None:
    assert codes(BANDS + metric(keys)) == ([] if fine else ["SC408"])


@pytest.mark.parametrize("weight", ["-1", "-10%", "{2026-Q1: 1, 2026-Q2: -1}"])
def test_trap_10_a_negative_weight_is_an_issue(codes: Codes, weight: str) -> None:
    assert codes("period: {every: quarter}\n" + metric(f"worst: 0, target: 1, weight: {weight}")) == ["SC415"]


def test_trap_10_in_a_segment_too(codes: Codes) -> None:
    assert codes("segments: {s: {when: customer_id == '1', metrics: {csat: {weight: -1}}}}") == ["SC415"]


def test_trap_5_a_group_that_lost_its_metrics_is_a_warning(check: Callable[[str], Outcome]) -> None:
    outcome = check("groups: {g: {weight: 40}}")
    assert [(issue.code, issue.level) for issue in outcome.issues] == [("SC214", Level.WARNING)]
    assert outcome.scorecard is not None


def test_trap_21_every_score_has_an_owner(codes: Codes) -> None:
    assert codes("bands: {amber: {from: 60}, green: {from: 80}}") == ["SC418"]
    assert codes(BANDS) == []
    assert codes("scale: [0, 1]\nbands: {low: {from: 0}, high: {from: 0.7}}") == []


def test_a_segments_numbers_are_judged_with_the_rest_of_the_metric(check: Callable[[str], Outcome]) -> None:
    outcome = check(
        BANDS
        + "metrics: {csat: {measure: sum(x), worst: 40, thresholds: {amber: 60, green: 80}, target: 90}}\n"
        + "segments: {s: {when: customer_id == '1', metrics: {csat: {target: 70}}}}"
    )
    assert [(issue.code, issue.place and issue.place.line) for issue in outcome.issues] == [("SC408", 3)]


def test_labels_that_the_lookup_does_not_know(check: Callable[[str], Outcome]) -> None:
    text = (
        "metrics:\n  csat: {measure: sum(x), worst: 0, target: 1}\n"
        "  k: {choose: [{when: csat.value > 1, label: a}, {otherwise: b}], curve: {lookup: {a: 1}}}"
    )
    (issue,) = check(text).issues
    assert (issue.code, issue.values["labels"]) == ("SC428", ["b"])


def test_a_join_to_a_source_that_is_left_out_for_its_shape_is_no_circle(codes: Callable[[str], list[str]]) -> None:
    sources = "sources:\n  a: {type: csv, path: a.csv, join: {b: {on: c, columns: [x]}}}\n  b: {path: b.csv}\n"
    metrics = "metrics: {m: {source: a, measure: mean(x), worst: 0, target: 1}}\n"
    assert codes(f"entity: {{key: [c], roster: a}}\n{sources}{metrics}") == ["SC102"]
