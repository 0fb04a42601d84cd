"""A case is scored as everybody is: segments, rules, earlier periods, exemptions, what is missing."""

from __future__ import annotations

import pytest

from scorecard.app import registry
from scorecard.cases.run import tried
from scorecard.cases.uncovered import coverage
from scorecard.definition.check import check_text

TEXT = """
schema: scorecard/1
entity: {key: [c, p], roster: roster, attributes: [tier, since]}
period: {every: quarter}
bands: {red: {from: 0}, amber: {from: 60}, green: {from: 80}}
total: {coverage: 0.6, round: {decimals: 1}}
sources:
  roster: {type: csv, path: nowhere.csv, time: {from: begun, to: ended}, where: status == "live", columns: {c: 客户}}
  orders: {type: csv, path: nowhere.csv, time: at, columns: {c: 客户, amount: 金额}, where: kind != "test", expect: {rows: 1000}}
  plan: {type: csv, path: nowhere.csv}
groups: {sales: {missing: worst}}
defaults: {metrics: {worst: 0, target: 100}}
metrics:
  csat: {source: plan}
  revenue: {group: sales, source: orders, measure: sum(amount), window: year, target: {2026-06-30: 100, 2026-12-31: 200}}
  growth: {group: sales, measure: revenue.value - previous(revenue.value), target: 50}
  mood: {weight: 0, choose: [{when: csat.value > 50, label: good}, {otherwise: bad}]}
  open: {weight: 0, source: plan}
segments: {key: {when: tier == "key", metrics: {csat: {target: 50}}}}
rules:
  open: {when: open.value > 0, cap: amber}
  late: {when: csat.value < 10, add: -5, from: 2026-10-01}
exemptions: {new: {of: csat, when: since > period.start, exclude: true, until: 2027-12-31, reason: new}}
recommendations: {call: {of: csat, when: csat.score < 50, action: call}}
cases:
"""
GOOD = "{period: 2026-Q4, given: {csat: 80, revenue: 200, growth: 50}, "
OPEN = "{period: 2026-Q4, given: {csat: 80, revenue: 200, growth: 50, open: 1}, "


def run(case: str):
    outcome = check_text(TEXT + f"  a: {case}\n", "a.scorecard.yaml", registry())
    assert not outcome.issues, outcome.issues
    assert outcome.scorecard is not None
    return tried(outcome.scorecard, outcome.scorecard.cases["a"], registry()), outcome.scorecard


@pytest.mark.parametrize(
    "case",
    [
        GOOD + "expect: {score: 90, band: green, csat.score: 80, sales.score: 100, rules: []}}",
        "{period: 2026-Q2, given: {csat: 80, revenue: 100, growth: 50}, expect: {score: 90, revenue.score: 100}}",
        "{period: 2026-Q4, entity: {tier: key}, given: {csat: 25, revenue: 200, growth: 50}, expect: {csat.score: 50, segments: [key]}}",
        OPEN + "expect: {score: 79.9, band: amber, rules: [open]}}",
        "{period: 2026-Q4, given: {csat: 0, revenue: 200, growth: 50},"
        " expect: {score: 45, rules: [late], recommendations: [call], mood.value: bad}}",
        "{period: 2026-Q3, given: {csat: 0, revenue: 200, growth: 50}, expect: {score: 50, rules: []}}",
        "{period: 2026-Q4, given: {csat: 80},"
        " expect: {score: none, band: insufficient, sales.score: none, growth.state: missing, coverage: 0.5}}",
        "{period: 2026-Q4, earlier: {2026-Q3: {revenue: 150}}, given: {csat: 80, revenue: 190},"
        " expect: {growth.value: 40, growth.score: 80}}",
        "{period: 2026-Q4, entity: {since: 2026-11-02}, given: {csat: 80, revenue: 200, growth: 50},"
        " expect: {csat.state: excluded, score: 100}}",
        "{period: 2026-Q4, given: {mood: good, csat: 1}, expect: {mood.value: good}}",
        "{period: 2026-Q4, given: {}, expect: {state: missing, score: none, coverage: 0}}",
        "{period: 2026-Q4, entity: {c: C1, p: P1}, records: {orders: [{客户: C1, p: P1, 金额: 90, kind: real, at: 2026-02-01},"
        " {客户: C1, p: P1, 金额: 10, kind: real, at: 2026-11-01}, {客户: C1, p: P1, 金额: 50, kind: test, at: 2026-11-01},"
        " {客户: C1, p: P1, 金额: 7, kind: real, at: 2025-11-01}]}, expect: {revenue.value: 100, growth.value: 3}}",
        "{period: 2026-Q4, entity: {c: C1, p: P1}, given: {csat: 70},"
        " records: {roster: [{客户: C1, p: P1, tier: key, status: live, begun: 2026-01-01}]},"
        " expect: {segments: [key], csat.score: 100}}",
    ],
)
def test_comes_out_as_worked_out_by_hand(case: str) -> None:
    found, _ = run(case)
    assert not found.issues, found.issues
    assert [(check.expectation.name, check.expectation.wanted, check.found) for check in found.checks if not check.holds] == []


def test_one_whom_the_roster_leaves_out_is_not_scored() -> None:
    found, _ = run(
        "{period: 2026-Q4, entity: {c: C1, p: P1}, given: {csat: 70},"
        " records: {roster: [{客户: C1, p: P1, status: gone, begun: 2026-01-01}]}, expect: {score: 1}}"
    )
    assert [issue.code for issue in found.issues] == ["SC613", "SC610"]


def test_each_part_that_no_case_shows_is_named() -> None:
    found, scorecard = run("{period: 2026-Q4, entity: {tier: key}, given: {csat: 5, open: 1}, expect: {band: insufficient}}")
    shown = {one.kind: (one.shown, one.not_shown) for one in coverage(scorecard, [found])}
    assert shown == {
        "bands": (("insufficient",), ("red", "amber", "green")),
        "rules": (("open", "late"), ()),
        "segments": (("key",), ()),
        "exemptions": ((), ("new",)),
        "recommendations": (("call",), ()),
        "missing": (("sales: worst", "total: coverage", "skip"), ()),
    }


def test_a_blank_column_is_no_number_rather_than_text(evaluate) -> None:
    text = """
schema: scorecard/1
entity: {key: [c], roster: roster}
sources: {roster: {type: given}}
metrics: {a: {worst: 0, target: 10}, b: {weight: 0}}
rules: {r: {when: b.value > 3, add: -10}}
"""
    evaluation = evaluate(text, roster={"c": ["x"], "a": [5.0], "b": [None]}).evaluation
    assert evaluation.scores["score"].tolist() == [50.0]
    assert evaluation.scores["low"].tolist() == [40.0]
