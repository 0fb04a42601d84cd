"""Whether targets are right: hit rates, trends, proposals and verdicts, worked out by hand on small histories."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from scorecard.advice.targets import targets_of
from scorecard.advice.targets.changes import changes
from scorecard.advice.targets.propose import Wish
from scorecard.advice.targets.side import Side
from scorecard.advice.targets.target import Coming, Kind, Way
from scorecard.advice.trend import natural_limits, pace
from scorecard.language.words import say
from scorecard.report.target_words import Teller
from scorecard.report.targets import as_records, as_rows, remarks

TEXT = """
schema: scorecard/1
entity: {key: [c], roster: roster, attributes: [tier%s]}
period: {every: quarter}
bands: {red: {from: 0}, amber: {from: 60}, green: {from: 80}}
sources: {roster: {type: given}, records: {type: given, time: day}}
defaults: {metrics: {source: records, measure: mean(a)}}
metrics:
  a: {%s}
%s
"""
QUARTERS = [date(2024 + place // 4, 3 * (place % 4) + 2, 15) for place in range(12)]


def records(**by_entity):
    """A record per entity and quarter from 2024-Q1 on; None leaves one out."""
    rows = [(c, day, a) for c, values in by_entity.items() for day, a in zip(QUARTERS, values, strict=False) if a is not None]
    return {"c": [row[0] for row in rows], "day": [row[1] for row in rows], "a": [float(row[2]) for row in rows]}


def judged(evaluate, metric, more="", wish=None, extra=None, period="history", **by_entity):
    """The targets of one metric over such records, and the evaluation."""
    roster = {"c": list(by_entity), "tier": [name[0] for name in by_entity], **(extra or {})}
    attributes = "".join(f", {name}" for name in extra or {})
    text = TEXT % (attributes, metric, more)
    scored = evaluate(text, period=period, roster=roster, records=records(**by_entity)).evaluation
    return scored, targets_of(scored, wish or Wish())


def only(evaluate, metric, more="", **by_entity):
    (target,) = judged(evaluate, metric, more, **by_entity)[1].targets
    return target


def ways(target):
    return {each.way: each for each in target.proposals}


# ------------------------------------------------------------------ how often


def test_each_period_counts_who_meets_its_target(evaluate):
    target = only(evaluate, "worst: 0, target: 80", x=[80, 79, 90, 50, 81], y=[70, 85, None, 50, 80], z=[80, 20, 60, 70, 10])
    assert [(met.period.label, met.met, met.measured, met.median) for met in target.periods] == [
        ("2024-Q1", 2, 3, 80),
        ("2024-Q2", 1, 3, 79),
        ("2024-Q3", 1, 2, 75),
        ("2024-Q4", 0, 3, 50),
        ("2025-Q1", 2, 3, 80),
    ]
    assert (target.met, target.measured) == (6, 14)
    assert ways(target)[Way.WRITTEN].hit == 6 / 14


def test_lower_is_better_where_the_worst_is_above_the_target(evaluate):
    target = only(evaluate, "worst: 72, target: 8", x=[8, 9, 7.9999999999, 8.0000000001, 80])
    assert target.side is Side.BELOW
    assert [met.met for met in target.periods] == [1, 0, 1, 1, 0]


def test_a_range_is_met_between_its_ends(evaluate):
    target = only(evaluate, "worst: [0, 25], target: [5, 12]", x=[5, 4, 12, 13, 8])
    assert target.side is Side.WITHIN
    assert [met.met for met in target.periods] == [1, 0, 1, 0, 1]
    assert target.today == (5, 12)
    assert ways(target)[Way.BASELINE].reason == "range"
    low, high = natural_limits(np.array([5.0, 4, 12, 13, 8]))
    assert low < 0
    assert ways(target)[Way.CONTROL].number == pytest.approx((0, high), abs=0.05)


def test_a_path_is_met_period_by_period_and_compared_at_todays_number(evaluate):
    target = only(evaluate, "worst: 0, target: {2024-03-31: 50, 2025-03-31: 90}", x=[50, 55, 60, 65, 89])
    assert [met.met for met in target.periods] == [1, 0, 0, 0, 0]
    assert target.today == (90, 90)
    assert target.due == date(2025, 3, 31)
    assert ways(target)[Way.WRITTEN].hit == 0


def test_each_segment_that_sets_a_target_is_judged_alone(evaluate):
    segments = 'segments: {big: {when: tier == "b", metrics: {a: {target: 95}}}, new: {when: tier == "n", metrics: {a: {weight: 2}}}}'
    _, found = judged(evaluate, "worst: 0, target: 80", segments, b=[90] * 5, n=[85] * 5, x=[70] * 5)
    assert [(target.segments, target.met, target.measured) for target in found.targets] == [((), 5, 10), (("big",), 0, 5)]
    assert not found.targets[0].alone


def test_what_is_measured_once_for_several_entities_counts_once(evaluate):
    text = """
schema: scorecard/1
entity: {key: [c, p], roster: roster}
period: {every: quarter}
sources: {roster: {type: given}, records: {type: given, time: day}}
metrics: {a: {source: records, per: [c], measure: mean(a), worst: 0, target: 80}}
"""
    roster = {"c": ["x", "x", "x", "y"], "p": ["1", "2", "3", "1"]}
    scored = evaluate(text, period="history", roster=roster, records=records(x=[90] * 5, y=[70] * 5)).evaluation
    (target,) = targets_of(scored).targets
    assert (target.met, target.measured) == (5, 10)


def test_thresholds_and_the_percentile_of_the_target(evaluate):
    target = only(
        evaluate, "worst: 0, thresholds: {amber: 50, green: 70}, target: 80", u=[90] * 5, v=[80] * 5, x=[75] * 5, y=[60] * 5, z=[10] * 5
    )
    assert target.edges == {"amber": 0.8, "green": 0.6}
    assert target.percentile == pytest.approx(3 / 5 + 0.5 / 5)


def test_metrics_without_a_target_are_named_with_the_reason(evaluate):
    more = """
  b: {worst: 0, target: 5, measure: "sum(a, where=a > 1000)"}
  t: {choose: [{when: a.value > 1, label: high}, {otherwise: low}], source: null, measure: null, curve: {lookup: {high: 100, low: 0}}}
  s: {curve: {steps: [{below: 5, score: 0}, {otherwise: 100}]}}
  u: {curve: identity, target: 90}
"""
    more = more.replace(", source: null, measure: null", "").replace("  t: {", "  t: {weight: 1, ")
    text_only = TEXT % ("", "worst: 0, target: 80", more.replace("  t: {weight: 1, choose", "  # t: {choose"))
    scored = evaluate(text_only, period="history", roster={"c": ["x"], "tier": ["x"]}, records=records(x=[1, 2, 3, 4, 5])).evaluation
    found = targets_of(scored)
    assert dict(found.without) == {"b": "nobody", "s": "target", "u": "side"}
    assert len(list(remarks(Teller(scored, "en"), found))) == 1 + 3


# ------------------------------------------------------------------ where it goes


def test_the_slope_is_theil_sens():
    """The slopes between any two: -1, 1/2, 1, 4/3, 2, 3, 22.5, 29.3, 44.5, 86; the middle ones are 2 and 3."""
    found = pace(np.arange(5), np.array([10.0, 12, 11, 14, 100]))
    assert found.slope == 2.5
    assert (found.rising, found.falling, found.pairs) == (9, 1, 10)


def test_a_period_that_is_left_out_counts_as_time():
    assert pace(np.array([0, 1, 3]), np.array([0.0, 2, 6])).slope == 2


def test_the_control_limits_are_those_of_an_individuals_chart():
    """NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2: flow rates with limits 45.8159 and 55.8041."""
    rates = np.array([49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1])
    assert natural_limits(rates) == pytest.approx((45.8159, 55.8041), abs=2e-3)


@pytest.mark.parametrize(
    ("due", "coming", "arrives"),
    [
        ("", Coming.ARRIVES, "2026-Q1"),
        (", due: 2026-03-31", Coming.IN_TIME, "2026-Q1"),
        (", due: 2026-02-01", Coming.IN_TIME, "2026-Q1"),
        (", due: 2025-12-31", Coming.LATE, "2026-Q1"),
    ],
)
def test_when_the_median_reaches_the_target(evaluate, due, coming, arrives):
    """From 58 in 2025-Q1 by 2 a quarter: 60, 62, 64 and, in the fourth quarter from then, 66."""
    target = only(evaluate, f"worst: 0, target: 66{due}", x=[50, 52, 54, 56, 58])
    assert target.pace.slope == 2
    assert target.reach.coming is coming
    assert target.reach.arrives.label == arrives
    if due == ", due: 2025-12-31":
        assert target.reach.projected == 64


@pytest.mark.parametrize(
    ("values", "coming"),
    [([50, 50, 50, 50, 50], Coming.NEVER), ([58, 56, 54, 52, 50], Coming.NEVER), ([60, 62, 64, 66, 68], Coming.REACHED)],
)
def test_a_median_that_is_there_or_never_will_be(evaluate, values, coming):
    assert only(evaluate, "worst: 0, target: 66", x=values).reach.coming is coming


def test_a_path_is_reached_where_it_stands_on_the_due_day(evaluate):
    target = only(evaluate, "worst: 0, target: {2024-12-31: 50, 2025-12-31: 90, 2026-12-31: 200}, due: 2025-12-31", x=[50, 52, 54, 56, 58])
    assert target.reach.goal == 90


def test_periods_whose_window_begins_before_the_records_do_not_count(evaluate):
    target = only(evaluate, "worst: 0, target: 66, window: year", x=[50] * 9)
    assert target.cut == 3
    assert len(target.periods) == 6
    assert target.shared


def test_a_metric_of_which_no_period_counts_is_named(evaluate):
    _, found = judged(evaluate, "worst: 0, target: 66, window: year", x=[50] * 3)
    assert (found.targets, dict(found.without)) == ((), {"a": "cut"})


# ------------------------------------------------------------------ other targets


def test_proposals_come_with_the_share_that_would_have_met_them(evaluate):
    """The last values are 10, 20, 30, 40, 50; three quarters of them are below 40. Every quarter is like the last."""
    by_entity = {name: [10.0 * (place + 1)] * 5 for place, name in enumerate("abcde")}
    target = only(evaluate, "worst: 0, target: 45, baseline: 25", **by_entity)
    found = ways(target)
    assert (found[Way.PEERS].number, found[Way.PEERS].hit) == ((40, 40), 0.4)
    assert (found[Way.BASELINE].number, found[Way.BASELINE].hit) == ((29.5, 29.5), 0.6)
    assert (found[Way.CONTROL].number, found[Way.CONTROL].hit) == ((30, 30), 0.6)
    assert Way.BENCHMARK not in found


def test_better_the_other_way_round(evaluate):
    by_entity = {name: [10.0 * (place + 1)] * 5 for place, name in enumerate("abcde")}
    target = only(evaluate, "worst: 100, target: 15, baseline: 25", **by_entity)
    found = ways(target)
    assert (found[Way.PEERS].number, found[Way.PEERS].hit) == ((20, 20), 0.4)
    assert (found[Way.BASELINE].number, found[Way.BASELINE].hit) == ((16.5, 16.5), 0.2)


def test_what_nobody_ever_reached_is_not_proposed(evaluate):
    target = only(evaluate, "worst: 0, target: 45, baseline: 49", **{name: [10.0 * (place + 1)] * 5 for place, name in enumerate("abcde")})
    assert (ways(target)[Way.BASELINE].reason, ways(target)[Way.BASELINE].number) == ("beyond", None)


def test_no_number_that_cannot_be_is_proposed(evaluate):
    share = only(evaluate, "unit: percent, worst: 0%, target: 95%", x=[0.95, 1, 0.96, 1, 0.99], y=[0.97] * 5)
    assert {proposal.number for proposal in share.proposals if proposal.way is not Way.WRITTEN and proposal.number} >= {(1.0, 1.0)}
    assert all(proposal.number is None or proposal.number[1] <= 1 for proposal in share.proposals)
    ratio = only(evaluate, "unit: percent, worst: 0%, target: 95%", x=[0.95, 1.3, 0.96, 1.3, 1.2])
    assert any(proposal.number and proposal.number[1] > 1 for proposal in ratio.proposals)


def test_a_median_that_follows_a_trend_has_no_control_limit(evaluate):
    """Medians 50, 52, … 66 lie around 58 with moving ranges of 2: the limit, 63.32, is behind the last of them."""
    rising = ways(only(evaluate, "worst: 0, target: 90", x=[50 + 2 * place for place in range(9)]))[Way.CONTROL]
    assert (rising.reason, rising.number) == ("trend", None)
    assert rising.facts["high"] == pytest.approx(63.32)
    falling = ways(only(evaluate, "worst: 90, target: 1", x=[66 - 2 * place for place in range(9)]))[Way.CONTROL]
    assert falling.reason == "trend"
    assert falling.facts["low"] == pytest.approx(52.68)


def test_few_peers_are_none(evaluate):
    assert ways(only(evaluate, "worst: 0, target: 45", x=[1] * 5, y=[2] * 5))[Way.PEERS].reason == "few"


def test_a_benchmark_is_an_attribute_that_is_called_so(evaluate):
    _, found = judged(evaluate, "worst: 0, target: a_benchmark", extra={"a_benchmark": [60.0, 80.0]}, x=[70] * 5, y=[50] * 5)
    (target,) = found.targets
    assert target.today is None
    assert (ways(target)[Way.BENCHMARK].number, ways(target)[Way.BENCHMARK].hit) == ((70, 70), 0.5)


def test_wishes_move_the_proposals(evaluate):
    by_entity = {name: [10.0 * (place + 1)] * 5 for place, name in enumerate("abcde")}
    _, found = judged(evaluate, "worst: 0, target: 45, baseline: 25", wish=Wish(best=0.5, stretch=0.2), **by_entity)
    assert (ways(found.targets[0])[Way.PEERS].number, ways(found.targets[0])[Way.BASELINE].number) == ((30, 30), (34, 34))


# ------------------------------------------------------------------ what is advised

HIGH = {name: [80.0 + place] * 5 for place, name in enumerate("abcdefghij")}
"""80 to 89, in each of five quarters"""


@pytest.mark.parametrize(
    ("metric", "kind", "cause", "number"),
    [
        ("worst: 0, target: 60", Kind.RAISE, "easy", 86.8),
        ("worst: 0, target: 99", Kind.RELAX, "hard", 86.8),
        ("worst: 0, target: 86", Kind.KEEP, "fair", None),
        ("worst: 0, target: 86, due: 2026-12-31", Kind.KEEP, "not_closing", None),
        ("worst: 0, target: peer_max()", Kind.KEEP, "peers", None),
        ("worst: 100, target: 60", Kind.RELAX, "hard", 82.2),
    ],
)
def test_a_target_is_kept_relaxed_or_raised(evaluate, metric, kind, cause, number):
    verdict = only(evaluate, metric, **HIGH).verdict
    assert (verdict.kind, verdict.cause) == (kind, cause)
    assert (verdict.proposal.number[0] if verdict.proposal else None) == number


RISING = {name: [50.0 + 2 * quarter + place for quarter in range(5)] for place, name in enumerate("abc")}
"""medians 51, 53, 55, 57, 59"""


@pytest.mark.parametrize(
    ("metric", "kind", "cause", "day"),
    [
        ("worst: 0, target: 66, due: 2025-12-31", Kind.RETIME, "late", date(2026, 3, 31)),
        ("worst: 0, target: 66", Kind.RETIME, "undated", date(2026, 3, 31)),
        ("worst: 0, target: 66, due: 2026-12-31", Kind.KEEP, "coming", None),
        ("worst: 0, target: 90", Kind.RELAX, "hard", None),
    ],
)
def test_a_target_gets_the_day_on_which_the_median_is_there(evaluate, metric, kind, cause, day):
    verdict = only(evaluate, metric, **RISING).verdict
    assert (verdict.kind, verdict.cause, verdict.day) == (kind, cause, day)


def test_a_number_that_leaves_the_thresholds_alone_is_preferred(evaluate):
    """86.8 lies below the threshold of green at 87; 88.2 would mean that the thresholds stay."""
    target = only(evaluate, "worst: 0, thresholds: {amber: 50, green: 87}, target: 99, baseline: 78.3", **HIGH)
    assert [(each.way, each.fits) for each in target.proposals if each.number] == [
        (Way.WRITTEN, True),
        (Way.PEERS, False),
        (Way.BASELINE, True),
        (Way.CONTROL, False),
    ]
    assert target.verdict.proposal.number == (88.2, 88.2)


def test_thresholds_that_only_a_segment_has_are_minded_there(evaluate):
    segments = 'segments: {big: {when: tier == "b", metrics: {a: {target: 99, thresholds: {green: 95}}}}}'
    big = {f"b{place}": [80.0 + place] * 5 for place in range(10)}
    _, found = judged(evaluate, "worst: 0, target: 60", segments, x=[70] * 5, **big)
    assert [target.verdict.proposal.fits for target in found.targets if target.segments] == [False]


def test_a_day_that_has_passed_is_said_to_have(evaluate):
    scored, found = judged(evaluate, "worst: 0, target: 66, due: 2024-06-30", x=[60, 70, 60, 70, 60, 58])
    assert found.targets[0].verdict.cause == "not_closing"
    assert "2024-06-30, has passed" in Teller(scored, "en").reason(found.targets[0])


def test_four_periods_are_too_few(evaluate):
    scored, found = judged(evaluate, "worst: 0, target: 66", x=[1, 2, 3, 4])
    (target,) = found.targets
    assert (target.verdict.kind, target.pace, target.proposals) == (Kind.UNKNOWN, None, ())
    assert "5 are needed" in Teller(scored, "en").reason(target)


def test_without_periods_nothing_is_known_but_the_share(evaluate):
    text = (TEXT % ("", "worst: 0, target: 2", "")).replace("period: {every: quarter}\n", "").replace(", time: day", "")
    scored = evaluate(text, period="history", roster={"c": ["x", "y"], "tier": ["x", "y"]}, records={"c": ["x", "y"], "a": [1.0, 3.0]})
    found = targets_of(scored.evaluation)
    (target,) = found.targets
    assert (target.met, target.measured, target.verdict.kind) == (1, 2, Kind.UNKNOWN)
    assert Teller(scored.evaluation, "en").reason(target) == say("targets.no_history")


def test_every_verdict_is_told_and_written_down(evaluate):
    for metric, by_entity in [
        ("worst: 0, target: 99", HIGH),
        ("worst: 0, target: 66, due: 2025-12-31", RISING),
        ("worst: [0, 200], target: [5, 12]", HIGH),
    ]:
        scored, found = judged(evaluate, metric, **by_entity)
        teller = Teller(scored, "en")
        told = teller.told(found.targets[0])
        assert told.reason.endswith(".")
        (record,) = as_records(teller, found)
        assert record["reason"] == told.reason
        heads, (row,) = as_rows(teller, found)
        assert len(heads) == len(row)


@pytest.mark.parametrize("seed", range(4))
def test_a_scorecard_seen_in_the_mirror_gets_the_same_advice(evaluate, seed):
    """Values, worst, target and baseline with the other sign: the same shares, and numbers and slopes with the other sign."""
    rng = np.random.default_rng(seed)
    values = {name: np.round(rng.normal(50, 12, 7), 1).tolist() for name in "abcdef"}
    goal = float(rng.choice([40, 55, 75]))
    plain = only(evaluate, f"worst: 10, target: {goal}, baseline: 45, due: 2026-12-31", **values)
    mirrored = {name: [-value for value in own] for name, own in values.items()}
    mirror = only(evaluate, f"worst: -10, target: {-goal}, baseline: -45, due: 2026-12-31", **mirrored)
    assert [met.met for met in mirror.periods] == [met.met for met in plain.periods]
    assert mirror.pace.slope == pytest.approx(-plain.pace.slope)
    assert (mirror.reach.coming, mirror.reach.arrives) == (plain.reach.coming, plain.reach.arrives)
    assert mirror.percentile == pytest.approx(plain.percentile)
    assert (mirror.verdict.kind, mirror.verdict.cause, mirror.verdict.day) == (plain.verdict.kind, plain.verdict.cause, plain.verdict.day)
    for there, here in zip(mirror.proposals, plain.proposals, strict=True):
        assert (there.way, there.hit, there.reason) == (here.way, here.hit, here.reason)
        assert there.number == (None if here.number is None else pytest.approx((-here.number[1], -here.number[0])))


# ------------------------------------------------------------------ the definition


def test_plain_numbers_are_changed_where_they_stand(evaluate):
    segments = 'segments: {big: {when: tier == "b", metrics: {a: {target: 98}}}}'
    _, found = judged(evaluate, "worst: 0, target: 60, unit: percent", segments, **{**HIGH, "bb": [82] * 5, "bc": [83] * 5})
    wanted = changes(found)
    assert set(wanted.values) == {("metrics", "a", "target"), ("segments", "big", "metrics", "a", "target")}
    assert wanted.values["metrics", "a", "target"].endswith("%")


@pytest.mark.parametrize(
    ("metric", "more", "by_entity", "reason"),
    [
        ("worst: 0, target: {2024-12-31: 98, 2025-12-31: 99}", "", HIGH, "shape"),
        ("worst: 0, target: '60 + 0'", "", HIGH, "shape"),
        ("worst: 0, thresholds: {green: 59}, target: 60, due: 2024-12-31", "", {"x": [60] * 5}, "nothing"),
        ("worst: 0, thresholds: {amber: 50, green: 95}, target: 99", "", HIGH, "thresholds"),
        (
            "worst: 0, target: 66, due: 2025-12-31",
            'segments: {z: {when: tier == "z", metrics: {a: {target: 5}}}}',
            {**RISING, "z": [1] * 5},
            "segments",
        ),
    ],
)
def test_what_is_no_plain_number_stays_and_is_named(evaluate, metric, more, by_entity, reason):
    wanted = changes(judged(evaluate, metric, more, **by_entity)[1])
    assert reason in [why for _, why in wanted.left]
    assert ("metrics", "a", "target") not in wanted.values


def test_a_day_is_written_for_everybody(evaluate):
    wanted = changes(judged(evaluate, "worst: 0, target: 66, due: 2025-12-31", **RISING)[1])
    assert wanted.values == {("metrics", "a", "due"): "2026-03-31"}


def test_the_patch_keeps_the_rest_of_the_file(tmp_path: Path, monkeypatch, capsys):
    from scorecard.cli.main import invoke

    rows = "\n".join(f"{c},{day},{a}" for c, values in HIGH.items() for day, a in zip(QUARTERS, values, strict=False))
    (tmp_path / "records.csv").write_text(f"c,day,a\n{rows}\n")
    (tmp_path / "roster.csv").write_text("c\n" + "\n".join(HIGH) + "\n")
    (tmp_path / "small.scorecard.yaml").write_text(
        """schema: scorecard/1
entity: {key: [c], roster: roster}
period: {every: quarter}
sources:
  roster: {type: csv, path: roster.csv}
  records: {type: csv, path: records.csv, time: day}
metrics:
  a: {source: records, measure: mean(a), worst: 0, target: 99}   # as the board wished
  b: {source: records, measure: max(a), worst: 0, target: {2024-01-01: 98, 2025-01-01: 99}}
"""
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert invoke(["targets", "small.scorecard.yaml", "--patch", "--out", "targets.csv", "--out", "targets.md"]) == 0
    printed = capsys.readouterr()
    assert "-  a: {source: records, measure: mean(a), worst: 0, target: 99}   # as the board wished\n" in printed.out
    assert "+  a: {source: records, measure: mean(a), worst: 0, target: 86.8}   # as the board wished\n" in printed.out
    assert "not changed: b: relax, but the target is no plain number" in printed.err
    assert (tmp_path / "targets.csv").read_text("utf-8-sig").startswith("metric,segments,target")
    page = (tmp_path / "targets.md").read_text("utf-8")
    assert "| relax | a |" in page
    assert "| a | 99: 0% | 86.8: 30% |" in page
