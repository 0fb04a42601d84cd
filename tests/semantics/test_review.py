"""A review of a scorecard: each check with records for which it speaks and records for which it must not, worked out by hand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from scorecard.advice.association import area, area_error, at_least, mid_ranks, spearman
from scorecard.advice.review import review
from scorecard.advice.review.case import Case
from scorecard.advice.review.finding import Advice
from scorecard.advice.review.outcome import outcome_for
from scorecard.advice.trend import pace
from scorecard.errors import InconclusiveError, UsageError
from scorecard.report.review import Teller, as_markdown, as_record, as_rows

TEXT = """
schema: scorecard/1
entity: {key: [c], roster: roster, attributes: [gone, money]}
bands: {red: {from: 0}, amber: {from: 60}, green: {from: 80}}
sources: {roster: {type: given}}
defaults: {metrics: {source: roster, worst: 0, target: 100}}
%s
"""
COUNT = 40
EVEN = [100 * (place + 0.5) / COUNT for place in range(COUNT)]
"""1.25, 3.75, … 98.75"""
MIXED = [EVEN[(place * 17) % COUNT] for place in range(COUNT)]
OTHER = [EVEN[(place * 7 + 3) % COUNT] for place in range(COUNT)]
HALVES = [0.0, 100.0] * (COUNT // 2)
QUARTERS = [0.0, 0.0, 100.0, 100.0] * (COUNT // 4)
EIGHTHS = ([0.0] * 4 + [100.0] * 4) * (COUNT // 8)


def scored(evaluate, metrics, **columns):
    roster = {"c": [f"c{place:02d}" for place in range(COUNT)], "gone": [None] * COUNT, "money": [None] * COUNT, **columns}
    return evaluate(TEXT % metrics, roster=roster).evaluation


def reviewed(evaluation, outcome=None, wanted=False):
    """The review, of which every line can be said."""
    found = review(evaluation, None if outcome is None else outcome_for(evaluation, outcome, wanted=wanted))
    teller = Teller(evaluation, found, "en")
    assert all("{" not in f"{told.evidence}{told.proposal}" for told in teller.findings())
    assert all("{" not in line for line in teller.unjudged())
    json.dumps(as_record(teller), allow_nan=False)
    return found


def causes(found, check, about=None):
    return [one.cause for one in found.findings if one.check == check and about in (None, one.about)]


def lacking(found, check):
    return {(one.about, one.cause) for one in found.unjudged if one.check == check}


def facts(found, check, about) -> Mapping:
    (one,) = [one for one in found.findings if (one.check, one.about) == (check, about)]
    return one.facts


# ------------------------------------------------------------------ the arithmetic


def test_equal_figures_share_their_rank():
    assert mid_ranks(np.array([3.0, 1, 3, 2])).tolist() == [3.5, 1, 3.5, 2]


def test_the_rank_correlation_is_spearmans():
    """Intelligence and hours of television of ten people, the worked example of many textbooks: -29/165."""
    intelligence = np.array([106.0, 100, 86, 101, 99, 103, 97, 113, 112, 110])
    hours = np.array([7.0, 27, 2, 50, 28, 29, 20, 12, 6, 17])
    assert spearman(intelligence, hours) == pytest.approx(-29 / 165)
    assert np.isnan(spearman(intelligence, np.ones(10)))


def test_the_area_counts_pairs_in_the_right_order():
    assert area(np.array([1.0, 2, 3, 4]), np.array([False, True, False, True])) == 3 / 4
    assert area(np.array([1.0, 1]), np.array([False, True])) == 1 / 2
    assert np.isnan(area(np.array([1.0, 2]), np.array([True, True])))
    assert area_error(10, 10) == pytest.approx((21 / 1200) ** 0.5)


def test_the_coin_is_fair():
    assert at_least(8, 10) == pytest.approx(56 / 1024)
    assert at_least(0, 7) == pytest.approx(1)
    assert at_least(7, 7) == pytest.approx(2**-7)
    assert at_least(5_100, 10_000) == pytest.approx(0.0233, abs=2e-4)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(arrays(np.float64, st.integers(3, 30), elements=st.integers(-5, 5).map(float)), st.integers(0, 2**31))
def test_the_arithmetic_is_that_of_scipy(figures, seed):
    stats = pytest.importorskip("scipy.stats")
    other = np.random.default_rng(seed).permutation(np.arange(len(figures)) // 2 * 1.0)
    happened = other > np.median(other)
    assert mid_ranks(figures).tolist() == stats.rankdata(figures).tolist()
    if len(set(figures)) > 1:
        assert spearman(figures, other) == pytest.approx(stats.spearmanr(figures, other).statistic, abs=1e-12)
    if happened.any():
        pairs = happened.sum() * (~happened).sum()
        assert area(figures, happened) == pytest.approx(stats.mannwhitneyu(figures[happened], figures[~happened]).statistic / pairs)
    assert pace(np.arange(len(figures)), figures).slope == pytest.approx(stats.theilslopes(figures).slope)
    assert at_least(len(figures) // 2, len(figures)) == pytest.approx(
        stats.binomtest(len(figures) // 2, len(figures), alternative="greater").pvalue
    )


# ------------------------------------------------------------------ spread, always


def test_scores_on_one_number_tell_nobody_apart(evaluate):
    found = reviewed(
        scored(
            evaluate,
            "metrics: {a: {}, b: {curve: {steps: [{below: 200, score: 50}, {otherwise: 100}]}}, d: {}}",
            a=[70.0] * 39 + [1],
            b=EVEN,
            d=MIXED,
        )
    )
    assert causes(found, "spread", "a") == ["alike"]
    assert facts(found, "spread", "a")["share"] == 0.975
    assert causes(found, "spread", "b") == ["one"]
    assert {one.metric: one.advice for one in found.figures if one.metric != "d"} == {"a": Advice.REPLACE, "b": Advice.ADJUST}
    assert causes(found, "spread", "d") == []


def test_scores_close_together_hardly_do(evaluate):
    found = reviewed(
        scored(evaluate, "metrics: {a: {}, b: {worst: 45, target: 55}}", a=[50 + x / 50 for x in EVEN], b=[50 + x / 50 for x in EVEN])
    )
    assert causes(found, "spread", "a") == ["narrow"]
    assert causes(found, "spread", "b") == []
    low, high = np.quantile([50 + x / 50 for x in EVEN], [0.05, 0.95])
    assert (facts(found, "spread", "a")["low"], facts(found, "spread", "a")["high"]) == (low, high)


def test_a_few_scores_say_nothing_about_spread(evaluate):
    found = reviewed(scored(evaluate, "metrics: {a: {}, d: {}}", a=[70.0] * 19 + [None] * 21, d=MIXED))
    assert lacking(found, "spread") == {("a", "few")}
    assert causes(found, "spread") == []


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([120.0] * 38 + [1, 2], ["hit"]),
        ([-20.0] * 38 + [99, 50], ["missed"]),
        ([0.9 * x for x in EVEN], ["never"]),
        ([1.05 * x for x in EVEN], []),
        ([120.0] * 37 + [1, 2, 3], []),
    ],
)
def test_the_best_score_for_everybody_or_nobody(evaluate, values, expected):
    found = reviewed(scored(evaluate, "metrics: {a: {}, d: {}}", a=values, d=MIXED))
    assert causes(found, "always", "a") == expected
    assert not (expected and causes(found, "spread", "a")), "what always says, spread does not say again"


def test_low_scores_can_be_the_good_ones(evaluate):
    text = "scale: {low: 0, high: 100}\ndirection: lower\nmetrics: {a: {worst: 100, target: 0}, d: {worst: 100, target: 0}}".replace(
        "scale: {low: 0, high: 100}\n", ""
    )
    found = reviewed(scored(evaluate, text, a=[-5.0] * 38 + [1, 2], d=MIXED))
    assert causes(found, "always", "a") == ["hit"]


# ------------------------------------------------------------------ together


def test_two_that_rank_alike_count_twice(evaluate):
    found = reviewed(
        scored(
            evaluate,
            "metrics: {a: {weight: 2}, b: {}, d: {}, e: {}}",
            a=EVEN,
            b=[x * x / 100 for x in EVEN],
            d=MIXED,
            e=[100 - x for x in MIXED],
        )
    )
    (alike, against) = [one for one in found.findings if one.check == "together"]
    assert (alike.about, alike.cause, alike.facts["other"], alike.advice) == ("b", "alike", "a", Advice.DROP)
    assert alike.facts["correlation"] == pytest.approx(1)
    assert {against.about, against.facts["other"]} == {"d", "e"}
    assert against.facts["correlation"] == pytest.approx(-1)


def test_those_that_go_their_own_way_are_left_alone(evaluate):
    assert causes(reviewed(scored(evaluate, "metrics: {a: {}, b: {}, d: {}}", a=EVEN, b=MIXED, d=OTHER)), "together") == []


def test_the_same_figures_are_named(evaluate):
    text = """
schema: scorecard/1
entity: {key: [c], roster: roster}
sources: {roster: {type: given}, orders: {type: given}}
defaults: {metrics: {source: orders, worst: 0, target: 100}}
metrics: {total_amount: {measure: sum(amount)}, each: {measure: sum(amount) / count()}, biggest: {measure: max(other)}}
"""
    rng = np.random.default_rng(5)
    orders = {"c": [], "amount": [], "other": []}
    for place in range(COUNT):
        for _ in range(int(rng.integers(1, 4))):
            orders["c"].append(f"c{place:02d}")
            orders["amount"].append(EVEN[place] / 3)
            orders["other"].append(EVEN[place])
    evaluation = evaluate(text, roster={"c": [f"c{place:02d}" for place in range(COUNT)]}, orders=orders).evaluation
    found = [one for one in reviewed(evaluation).findings if one.check == "together" and one.cause == "same"]
    assert [({one.about, one.facts["other"]}, one.facts["text"]) for one in found] == [({"total_amount", "each"}, "sum(amount) of orders")]


# ------------------------------------------------------------------ coverage, stale


def test_what_too_few_are_measured_by(evaluate):
    some = [x if place < 24 else None for place, x in enumerate(EVEN)]
    most = [x if place < 28 else None for place, x in enumerate(EVEN)]
    metrics = (
        "metrics: {a: {}, b: {}, d: {}, e: {applies_when: money > 5}, "
        "f: {curve: {steps: [{below: 50, score: 10}]}}, g: {applies_when: gone == 1}}"
    )
    found = reviewed(
        scored(evaluate, metrics, a=some, b=most, d=[None] * 40, e=EVEN, f=MIXED, g=most, money=[1.0] * 40, gone=[1.0] * 28 + [0.0] * 12)
    )
    assert {one.about: one.cause for one in found.findings if one.check == "coverage"} == {
        "a": "gaps",
        "d": "none",
        "e": "nobody",
        "f": "failed",
    }
    assert facts(found, "coverage", "a")["share"] == 0.6
    assert {one.metric: one.measured for one in found.figures} == {"a": 0.6, "b": 0.7, "d": 0, "e": None, "f": 0.5, "g": 1}


HISTORY = """
schema: scorecard/1
entity: {key: [c], roster: roster}
period: {every: quarter}
sources: {roster: {type: given}, first: {type: given, time: day}, second: {type: given, time: day}}
defaults: {metrics: {measure: mean(a), worst: 0, target: 100}}
metrics: {a: {source: first, window: %s}, b: {source: second}}
"""
DAYS = [date(2024 + place // 4, 3 * (place % 4) + 2, 15) for place in range(12)]


def history(evaluate, first, second, window="period"):
    """Values by entity and quarter from 2024-Q1 on."""

    def records(values):
        rows = [(c, day, a) for c, own in values.items() for day, a in zip(DAYS, own, strict=False) if a is not None]
        return {"c": [row[0] for row in rows], "day": [row[1] for row in rows], "a": [float(row[2]) for row in rows]}

    roster = {"c": sorted({*first, *second})}
    return evaluate(HISTORY % window, period="history", roster=roster, first=records(first), second=records(second)).evaluation


def test_records_that_ended_are_noticed(evaluate):
    found = reviewed(history(evaluate, {"x": [1, 2, 3, 4]}, {"x": [1, 2, 3, 4, 5, 6]}))
    assert causes(found, "stale", "a") == ["ended"]
    assert facts(found, "stale", "a") == {"period": "2024-Q4", "last": "2025-Q2"}
    assert causes(found, "stale", "b") == []


def test_an_old_source_is_noticed_behind_a_long_window(evaluate):
    found = reviewed(history(evaluate, {"x": [1, 2, 3, 4]}, {"x": [1, 2, 3, 4, 5, 6]}, window="year"))
    assert causes(found, "stale", "a") == ["old"]
    assert facts(found, "stale", "a")["day"] == "2024-11-15"


def test_coverage_begins_with_the_first_that_was_measured(evaluate):
    found = reviewed(history(evaluate, {"x": [None] * 6 + [1, 2], "y": [None] * 6 + [1, 2]}, {"x": [1] * 8, "y": [2] * 8}))
    assert causes(found, "coverage") == []
    assert {one.metric: one.measured for one in found.figures} == {"a": 1, "b": 1}


def test_without_periods_nobody_knows_what_ended(evaluate):
    assert lacking(reviewed(scored(evaluate, "metrics: {a: {}}", a=EVEN)), "stale") == {("total", "no_period")}


# ------------------------------------------------------------------ dominance, dead


def test_what_decides_the_total(evaluate):
    """Variances 2500, 1 and 1, each metric a third of the total, none going with another: shares 2500, 1 and 1 of 2502."""
    small = [[50 + (x - 50) / 50 for x in column] for column in (QUARTERS, EIGHTHS)]
    evaluation = scored(evaluate, "metrics: {a: {}, b: {}, d: {}}", a=HALVES, b=small[0], d=small[1])
    found = reviewed(evaluation)
    assert {one.metric: one.influence for one in found.figures} == pytest.approx({"a": 2500 / 2502, "b": 1 / 2502, "d": 1 / 2502})
    assert {one.metric: one.weight for one in found.figures} == pytest.approx({"a": 1 / 3, "b": 1 / 3, "d": 1 / 3})
    assert {one.about: one.cause for one in found.findings if one.check == "dominance"} == {"a": "decides", "b": "silent", "d": "silent"}
    assert found.rest == pytest.approx(0, abs=1e-12)


def test_weights_that_decide_what_they_weigh_are_left_alone(evaluate):
    found = reviewed(scored(evaluate, "metrics: {a: {}, b: {}, d: {}}", a=HALVES, b=QUARTERS, d=EIGHTHS))
    assert {one.metric: one.influence for one in found.figures} == pytest.approx({"a": 1 / 3, "b": 1 / 3, "d": 1 / 3})
    assert causes(found, "dominance") == []


def test_a_metric_against_the_total_is_named(evaluate):
    """With d = 100 - a/2 the contributions to a third of a + b + d vary by 2500, 2500 and 625; d's covariance with them is -625."""
    found = reviewed(scored(evaluate, "metrics: {a: {}, b: {}, d: {}}", a=HALVES, b=QUARTERS, d=[100 - x / 2 for x in HALVES]))
    assert {one.metric: one.influence for one in found.figures} == pytest.approx({"a": 1250 / 3125, "b": 2500 / 3125, "d": -625 / 3125})
    assert causes(found, "dominance", "d") == ["against"]


def test_rules_and_other_means_are_the_rest(evaluate):
    metrics = "rules: {low: {when: a.value > 90, add: -30}}\nmetrics: {a: {}, b: {}, d: {}}"
    found = reviewed(scored(evaluate, metrics, a=HALVES, b=QUARTERS, d=EIGHTHS))
    assert found.rest is not None
    assert abs(found.rest) > 0.04
    assert sum(one.influence for one in found.figures) + found.rest == pytest.approx(1)


def test_what_changes_no_band_is_dead(evaluate):
    """Totals lie below 55 or above 82 with d and without it."""
    apart = [10.0, 95.0] * 20
    metrics = "metrics: {a: {weight: 9}, d: {weight: 1}}"
    found = reviewed(scored(evaluate, metrics, a=apart, d=MIXED))
    assert causes(found, "dead") == ["nothing"]
    (one,) = [one for one in found.findings if one.check == "dead"]
    assert (one.about, one.advice) == ("d", Advice.DROP)
    assert one.facts["moved"] == pytest.approx(np.mean([abs(x - y) / 10 for x, y in zip(apart, MIXED, strict=True)]))
    assert {one.metric: one.moved for one in found.figures}["d"] == 0


def test_what_a_rule_reads_is_not_dropped(evaluate):
    metrics = "rules: {low: {when: d.value > 1000, add: -5}}\nmetrics: {a: {weight: 9}, d: {weight: 1}}"
    found = reviewed(scored(evaluate, metrics, a=[10.0, 95.0] * 20, d=MIXED))
    assert [(one.about, one.cause, one.advice) for one in found.findings if one.check == "dead"] == [("d", "read", Advice.ADJUST)]


def test_bands_near_an_edge_keep_a_metric_alive(evaluate):
    found = reviewed(scored(evaluate, "metrics: {a: {weight: 9}, d: {weight: 1}}", a=[58.0, 82.0] * 20, d=MIXED))
    assert causes(found, "dead") == []


def test_without_a_metric_is_as_if_its_weight_were_zero(evaluate):
    grouped = "groups: {g: {weight: %s}, h: {}}\nmetrics: {a: {group: h}, b: {group: h}, d: {group: g}}"
    columns = {"a": EVEN, "b": MIXED, "d": OTHER}
    case = Case(scored(evaluate, grouped % 1, **columns), None)
    zero = scored(evaluate, grouped % 0, **columns).scores
    before = case.evaluation.scores
    assert case.without["d"].rows == COUNT
    assert case.without["d"].changed == int((zero["band"] != before["band"]).sum())
    assert case.without["d"].moved == pytest.approx((zero["score"] - before["score"]).abs().mean())


# ------------------------------------------------------------------ bunching

HEAP = [80 + place / 8 for place in range(30)] + [76 + place / 2 for place in range(6)] + [85.5, 88.5, 20, 40]
"""30 values within 5 points above 80, 6 within 5 below, 2 within 5 beyond"""


def test_values_just_above_an_edge_are_shown_with_their_counts(evaluate):
    found = reviewed(scored(evaluate, "metrics: {a: {thresholds: {amber: 50, green: 80}}, d: {}}", a=HEAP, d=MIXED))
    heap = facts(found, "bunching", "a")
    assert (heap["better"], heap["worse"], heap["beyond"], heap["edge"], heap["width"]) == (30, 6, 2, "green", 5)
    assert heap["chance"] == pytest.approx(at_least(30, 36))


def test_the_better_side_may_be_below(evaluate):
    found = reviewed(
        scored(
            evaluate, "metrics: {a: {worst: 100, target: 0, thresholds: {amber: 50, green: 20}}, d: {}}", a=[100 - x for x in HEAP], d=MIXED
        )
    )
    assert (facts(found, "bunching", "a")["better"], facts(found, "bunching", "a")["worse"]) == (30, 6)


def test_a_slope_an_even_spread_and_coarse_steps_are_no_heap(evaluate):
    slope = [80 + place / 8 for place in range(20)] + [85 + place / 16 for place in range(14)] + [76 + place / 2 for place in range(6)]
    steep = [85 + place / 40 for place in range(25)] + [80 + place / 4 for place in range(11)] + [76.0, 77, 78, 79]
    coarse = [80.0] * 30 + [75.0] * 5 + [70.0] * 5
    thresholds = "thresholds: {amber: 50, green: 80}"
    metrics = f"metrics: {{a: {{{thresholds}}}, b: {{{thresholds}}}, d: {{{thresholds}}}, e: {{{thresholds}}}}}"
    found = reviewed(scored(evaluate, metrics, a=slope[::-1], b=steep, d=coarse, e=EVEN))
    assert {one.about for one in found.findings if one.check == "bunching"} <= {"a"}
    assert ("d", "coarse") in lacking(found, "bunching")
    assert ("e", "few") in lacking(found, "bunching")


def test_edges_that_follow_the_values_are_not_looked_at(evaluate):
    found = reviewed(scored(evaluate, "metrics: {a: {thresholds: {green: peer_quantile(0.25)}}, d: {}}", a=HEAP, d=MIXED))
    assert causes(found, "bunching") == []


# ------------------------------------------------------------------ prediction

GONE = [1.0] * 15 + [0.0] * 25
"""of those who are gone EVEN is the least"""


def test_what_does_not_tell_the_outcome(evaluate):
    columns = {"a": EVEN, "b": [100 - x for x in EVEN], "d": [x + (place % 2) / 10 for place, x in enumerate(MIXED)]}
    evaluation = scored(evaluate, "metrics: {a: {weight: 5}, b: {}, d: {}}", gone=GONE, **columns)
    found = reviewed(evaluation, "gone")
    assert {one.metric: one.area for one in found.figures} | {"d": None} == {"a": 1, "b": 0, "d": None}
    assert causes(found, "prediction", "b") == ["wrong"]
    assert causes(found, "prediction", "a") == []
    assert ("d", "unsure") in lacking(found, "prediction")
    turned = reviewed(evaluation, "gone=1", wanted=True)
    assert causes(turned, "prediction", "a") == ["wrong"]
    assert causes(turned, "prediction", "b") == []


def test_a_coin_is_told_where_there_are_enough(evaluate):
    text = TEXT % "metrics: {a: {}, d: {}}"
    count = 400
    roster = {
        "c": [f"c{place:03d}" for place in range(count)],
        "gone": [float(place % 2) for place in range(count)],
        "money": [None] * count,
    }
    roster |= {
        "a": [float(place // 2 % 100) for place in range(count)],
        "d": [100.0 - 60 * (place % 2) + place % 7 for place in range(count)],
    }
    found = reviewed(evaluate(text, roster=roster).evaluation, "gone")
    assert {one.metric: one.area for one in found.figures} == {"a": 0.5, "d": 1.0}
    assert causes(found, "prediction") == ["nothing"]


def test_an_outcome_in_figures_is_ranked(evaluate):
    columns = {"a": EVEN, "b": [100 - x for x in EVEN], "d": MIXED}
    found = reviewed(
        scored(evaluate, "metrics: {a: {weight: 5}, b: {}, d: {}}", money=[x * x for x in EVEN], **columns), "money", wanted=True
    )
    assert {one.metric: one.area for one in found.figures if one.metric != "d"} == pytest.approx({"a": 1, "b": 0})
    assert causes(found, "prediction", "b") == ["wrong_figures"]
    assert facts(found, "prediction", "b")["correlation"] == pytest.approx(-1)
    turned = reviewed(scored(evaluate, "metrics: {a: {weight: 5}, b: {}, d: {}}", money=[x * x for x in EVEN], **columns), "money")
    assert causes(turned, "prediction", "a") == ["wrong_figures"]
    assert facts(turned, "prediction", "a")["correlation"] == pytest.approx(1)


def test_few_of_a_kind_tell_nothing(evaluate):
    found = reviewed(scored(evaluate, "metrics: {a: {}}", a=EVEN, gone=[1.0] * 9 + [0.0] * 31), "gone")
    assert lacking(found, "prediction") == {("a", "few"), ("total", "few")}
    assert lacking(reviewed(scored(evaluate, "metrics: {a: {}}", a=EVEN)), "prediction") == {("total", "no_outcome")}


def test_scores_of_one_period_are_compared_with_the_outcome_of_the_next(evaluate):
    text = HISTORY.replace("b: {source: second}", "b: {source: second, weight: 0}")
    names = [f"c{place:02d}" for place in range(COUNT)]
    first = [
        (c, day, value if place == 0 else 100 - value) for c, value in zip(names, EVEN, strict=True) for place, day in enumerate(DAYS[:2])
    ]
    second = [
        (c, day, float(place == 1 and value < 40)) for c, value in zip(names, EVEN, strict=True) for place, day in enumerate(DAYS[:2])
    ]
    columns = [{"c": [row[0] for row in rows], "day": [row[1] for row in rows], "a": [row[2] for row in rows]} for rows in (first, second)]
    evaluation = evaluate(text % "period", period="history", roster={"c": names}, first=columns[0], second=columns[1]).evaluation
    found = reviewed(evaluation, "b=1")
    assert found.figures[0].area == 1


def test_an_outcome_that_cannot_be_used_is_refused(evaluate):
    evaluation = scored(evaluate, "metrics: {a: {}, b: {weight: 0}}", a=EVEN, b=MIXED, gone=GONE)
    with pytest.raises(UsageError, match="SC748"):
        outcome_for(evaluation, "a", wanted=False)
    with pytest.raises(UsageError, match="SC746"):
        outcome_for(evaluation, "nothing", wanted=False)
    with pytest.raises(InconclusiveError, match="SC747"):
        outcome_for(evaluation, "gone=7", wanted=False)


# ------------------------------------------------------------------ objectives, unreached


def test_objectives_that_nothing_measures(evaluate):
    metrics = """groups: {g: {objective: Everybody is well}, h: {objective: Nobody waits}}
metrics: {a: {group: g, objective: Fewer}, b: {group: h}}"""
    found = reviewed(scored(evaluate, metrics, a=EVEN, b=[None] * COUNT))
    assert {one.about: one.cause for one in found.findings if one.check == "objectives"} == {"h": "unmeasured"}


def test_bands_and_thresholds_that_nobody_reaches(evaluate):
    metrics = "metrics: {a: {thresholds: {amber: 40, green: 95}}, b: {thresholds: {amber: 40, green: 60}}}"
    found = reviewed(scored(evaluate, metrics, a=[0.7 * x for x in EVEN], b=[0.7 * x for x in MIXED]))
    assert {one.about: one.facts["bands"] for one in found.findings if one.check == "unreached"} == {"total": "green", "a": "green"}
    assert facts(found, "unreached", "a")["best"] == pytest.approx(0.7 * 98.75)
    assert causes(reviewed(scored(evaluate, "metrics: {a: {}}", a=EVEN)), "unreached") == []


# ------------------------------------------------------------------ moves

STEPS = [50, 51, 50, 51, 50, 51, 50]


def test_a_move_beyond_its_own_history(evaluate):
    """Changes 1, -1, 1, -1, 1, -1, 20: median 1, deviations 0, 2, 0, 2, 0, 2, 19 with median 2; z = 19 / (1.4826 x 2)."""
    found = reviewed(history(evaluate, {"x": [*STEPS, 70]}, {"x": [*STEPS, 51]}))
    assert [(move.metric, move.who) for move in found.moves] == [("a", None), ("a", {"c": "x"})]
    for move in found.moves:
        assert (move.before, move.after, move.usual, move.period.label, move.better) == (50, 70, 1, "2025-Q4", True)
        assert move.spread == pytest.approx(2.9652)
        assert move.z == pytest.approx(19 / 2.9652)


def test_one_that_hardly_moved_is_measured_by_the_others(evaluate):
    """y has never moved; by 10 it is odd beside entities that move by 1, and not beside those that move by 20."""
    calm = {name: [50 + (place * step) % 2 for step in range(8)] for place, name in enumerate("abcdefg", start=1)}
    found = reviewed(history(evaluate, {**calm, "y": [50] * 7 + [60]}, {"y": [50] * 8}))
    assert [move.who for move in found.moves if move.metric == "a"] == [{"c": "y"}]
    wild = {
        name: [30, 50, 30, 50, 30, 50, 30, 50] if place % 2 else [50, 30, 50, 30, 50, 30, 50, 30] for place, name in enumerate("abcdefg")
    }
    assert reviewed(history(evaluate, {**wild, "y": [50] * 7 + [60]}, {"y": [50] * 8})).moves == ()


def test_what_happened_before_is_not_odd_again(evaluate):
    """Days since the last purchase fall back to 5 at each one; the fall in the last period is one of several."""
    days = [35, 64, 95, 5, 36, 65, 96, 10]
    found = reviewed(history(evaluate, {"x": days}, {"x": [*days[:-1], 400]}))
    assert {move.metric for move in found.moves} == {"b"}


def test_four_periods_and_still_waters_say_nothing(evaluate):
    found = reviewed(history(evaluate, {"x": [1, 2, 3, 90]}, {"x": [1, 2, 3, 90]}))
    assert found.moves == ()
    assert lacking(found, "moves") == {("a", "few"), ("b", "few")}
    still = reviewed(history(evaluate, {"x": [5] * 8, "y": [7] * 7 + [9]}, {"x": [1, 2] * 4}))
    assert ("a", "still") in lacking(still, "moves")
    assert [move.metric for move in still.moves] == []


# ------------------------------------------------------------------ said and written


def test_the_gravest_comes_first_and_every_form_says_the_same(evaluate):
    evaluation = scored(
        evaluate, "metrics: {a: {weight: 9}, d: {weight: 1}, e: {weight: 0}}", a=[10.0, 95.0] * 20, d=[0.1 * x + 45 for x in MIXED], e=EVEN
    )
    teller = Teller(evaluation, review(evaluation), "en")
    told = list(teller.findings())
    assert [one.finding.advice for one in told] == sorted((one.finding.advice for one in told), reverse=True)
    record = as_record(teller)
    assert [one["evidence"] for one in record["findings"]] == [one.evidence for one in told]
    heads, rows = as_rows(teller)
    assert all(len(row) == len(heads) for row in rows)
    assert all(one.name in as_markdown(teller) for one in told)


def test_the_command_writes_its_review(tmp_path: Path, monkeypatch, capsys):
    from scorecard.cli.main import invoke

    lines = "\n".join(f"c{place:02d},{gone},{a},{d}" for place, (gone, a, d) in enumerate(zip(GONE, EVEN, MIXED, strict=True)))
    (tmp_path / "roster.csv").write_text(f"c,gone,a,d\n{lines}\n")
    (tmp_path / "small.scorecard.yaml").write_text(
        (TEXT % "metrics: {a: {}, d: {}}").replace("[gone, money]", "[gone]").replace("type: given", "type: csv, path: roster.csv")
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert invoke(["review", "small.scorecard.yaml", "--outcome", "gone=1", "--out", "review.md", "--out", "review.csv"]) == 0
    assert "tells the outcome" in capsys.readouterr().out
    assert "# small" in (tmp_path / "review.md").read_text("utf-8")
    assert (tmp_path / "review.csv").read_text("utf-8-sig").startswith("check,about,advice,evidence,proposal")
    assert invoke(["review", "small.scorecard.yaml", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["metrics"][0]["metric"] == "a"
