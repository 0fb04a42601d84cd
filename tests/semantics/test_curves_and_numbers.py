# ruff: noqa: E501 - a definition stands on one line
"""From a value to a score: lines, thresholds, edges, curves, rounding, scales, bands, ranks."""

from __future__ import annotations

import math

import pytest

HEAD = """
schema: scorecard/1
entity: {key: [c], attributes: [tier]}
sources: {t: {type: given}}
bands: {red: {from: 0}, amber: {from: 60}, green: {from: 80}}
"""


def table(**columns):
    size = len(next(iter(columns.values())))
    return {"c": list("abcdefghijkl"[:size]), "tier": ["x"] * size, **columns}


def scores(evaluate, metric, values, column="score", head=HEAD, more=""):
    text = head + f"metrics: {{x: {{{metric}}}}}\n{more}"
    return list(evaluate(text, t=table(x=values)).metric("x", column).values())


def test_which_way_is_better_follows_from_worst_and_target(evaluate):
    assert scores(evaluate, "worst: 20, target: 120", [0.0, 20.0, 70.0, 120.0, 999.0]) == [0, 0, 50, 100, 100]
    assert scores(evaluate, "worst: 72, target: 8", [80.0, 72.0, 40.0, 8.0, -5.0]) == [0, 0, 50, 100, 100]


def test_a_pair_is_best_in_the_middle(evaluate):
    assert scores(evaluate, "worst: [0, 25], target: [5, 12]", [-1.0, 0.0, 2.5, 5.0, 9.0, 12.0, 18.5, 25.0, 30.0]) == [
        0,
        0,
        50,
        100,
        100,
        100,
        50,
        0,
        0,
    ]
    assert scores(evaluate, "worst: [0, 25], target: 5", [2.5, 5.0, 15.0]) == [50, 100, 50]
    assert scores(evaluate, "worst: [0, 25], target: [5, 12]", [2.9, 3.0, 4.0], "band") == ["red", "amber", "green"]


@pytest.mark.parametrize(
    ("metric", "values", "expected", "bands"),
    [
        (
            "worst: 40, target: 90, thresholds: {amber: 60, green: 80}",
            [40, 50, 60, 70, 80, 85, 90],
            [0, 30, 60, 70, 80, 90, 100],
            "rraagg" + "g",
        ),
        (
            "worst: 72, target: 8, thresholds: {amber: 48, green: 24}",
            [72, 60, 48, 36, 24, 16, 8],
            [0, 30, 60, 70, 80, 90, 100],
            "rraagg" + "g",
        ),
        ("worst: 0, target: 100, thresholds: {green: 50}", [0, 25, 50, 75, 100], [0, 40, 80, 90, 100], "rrggg"),
    ],
)
def test_straight_lines_through_the_thresholds_and_the_edge_on_the_better_side(evaluate, metric, values, expected, bands):
    values = [float(value) for value in values]
    assert scores(evaluate, metric, values) == expected
    assert [band[0] for band in scores(evaluate, metric, values, "band")] == list(bands)


def test_with_a_curve_thresholds_no_longer_bend_and_still_give_the_band(evaluate):
    metric = "worst: 0, target: 100, thresholds: {amber: 20, green: 40}, curve: linear"
    assert scores(evaluate, metric, [19.0, 20.0, 40.0]) == [19, 20, 40]
    assert scores(evaluate, metric, [19.0, 20.0, 40.0], "band") == ["red", "amber", "green"]
    metric = "thresholds: {amber: 20, green: 40}, curve: {steps: [{up_to: 30, score: 100}, {otherwise: 0}]}"
    assert scores(evaluate, metric, [19.0, 30.0, 40.0], "band") == ["red", "amber", "green"]


def test_thresholds_of_a_metric_that_is_only_shown(evaluate):
    text = HEAD + "metrics: {x: {weight: 0, thresholds: {amber: 48, green: 24}}, y: {worst: 0, target: 1}}"
    scored = evaluate(text, t=table(x=[50.0, 48.0, 24.0, None], y=[1.0] * 4))
    assert scored.metric("x", "band") == {"a": "red", "b": "amber", "c": "green", "d": None}
    assert scored.metric("x", "score") == dict.fromkeys("abcd")


def test_a_value_near_an_edge_is_on_it(evaluate):
    metric = "worst: 0, target: 1, thresholds: {amber: 0.3, green: 0.7}"
    assert scores(evaluate, metric, [0.1 + 0.2, 0.3 - 1e-12, 0.3 - 1e-8], "band") == ["amber", "amber", "red"]
    metric = "worst: 1, target: 0, thresholds: {amber: 0.3, green: 0.1}"
    assert scores(evaluate, metric, [0.1 + 0.2, 0.3 + 1e-8], "band") == ["amber", "red"]


def test_numbers_out_of_order_for_one_entity_fail_there(evaluate):
    text = HEAD + "metrics: {x: {worst: 0, target: 100, thresholds: {amber: 50, green: 'if_else(tier == \"q\", 40, 70)'}}}"
    scored = evaluate(text, t=table(x=[80.0, 80.0], tier=["x", "q"]))
    assert scored.metric("x", "reason") == {"a": "", "b": "numbers_out_of_order"}
    assert scored.metric("x", "band") == {"a": "green", "b": None}


@pytest.mark.parametrize(
    ("curve", "values", "expected"),
    [
        ("curve: log, worst: 100, target: 10000", [10.0, 100.0, 1000.0, 10000.0, 0.0, -5.0], [0, 0, 50, 100, 0, 0]),
        ("curve: identity", [-5.0, 50.0, 105.0], [0, 50, 100]),
        ("curve: {points: [[0, 10], [10, 90], [20, 50]]}", [-1.0, 0.0, 5.0, 10.0, 15.0, 25.0], [10, 10, 50, 90, 70, 50]),
        (
            "curve: {steps: [{up_to: 8, score: 3}, {below: 20, score: 1}, {otherwise: 0}]}",
            [8.0, 8.000001, 20.0 - 1e-9, 19.99, 20.0],
            [3, 1, 0, 1, 0],
        ),
        ("curve: {steps: [{up_to: 8, score: 3}, {below: 20, score: 1}]}", [20.0], [None]),
        ("curve: {lookup: {1: 10, 2.0: 20, 2.5: 30}, otherwise: 3}", [1.0, 2.0, 2.5, 7.0], [10, 20, 30, 3]),
        ("curve: {lookup: {1: 10}}", [2.0], [None]),
        ("curve: {formula: value * params.k}, params: {k: 2}", [10.0, 60.0, -1.0], [20, 100, 0]),
        ("curve: {formula: 100 / value}", [0.0, 2.0], [None, 50]),
        ("curve: {formula: '100 * lognormal(value, 90, 50)'}", [50.0, 90.0], [50, 90]),
    ],
)
def test_curves(evaluate, curve, values, expected):
    assert scores(evaluate, curve, values) == [None if e is None else pytest.approx(e, abs=1e-9) for e in expected]


def test_percentages_are_shares(evaluate):
    assert scores(evaluate, "worst: -20%, target: 20%, thresholds: {amber: 0%, green: 10%}", [-0.2, 0.0, 0.1, 0.2]) == [0, 60, 80, 100]


def test_formulas_of_numbers_may_name_the_target(evaluate):
    metric = "worst: 0, target: 50, thresholds: {amber: 0.5 * target, green: 0.8 * target}"
    assert scores(evaluate, metric, [25.0, 40.0, 50.0]) == [60, 80, 100]


@pytest.mark.parametrize(
    ("mode", "expected"),
    [("half_up", [2.5, -0.5, 1.1]), ("half_even", [2.4, -0.4, 1.1])],
)
def test_rounding_modes(evaluate, mode, expected):
    head = HEAD.replace("bands: {red: {from: 0}, amber: {from: 60}, green: {from: 80}}", "scale: open")
    assert scores(evaluate, f"curve: identity, round: {{decimals: 1, mode: {mode}}}", [2.45, -0.45, 1.1000000001], head=head) == expected


def test_what_is_rounded_goes_on(evaluate):
    text = (
        HEAD
        + """
total: {round: {decimals: 0}, rank: {}}
groups: {g: {round: {decimals: 0}}}
metrics: {x: {group: g, worst: 0, target: 100}, y: {worst: 0, target: 100, round: {decimals: 0}}}
"""
    )
    scored = evaluate(text, t=table(x=[79.5, 79.4, 79.4999999999999], y=[79.5, 79.5, 79.4]))
    assert scored.group("g") == {"a": 80, "b": 79, "c": 80}
    assert scored.metric("y", "score") == {"a": 80, "b": 80, "c": 79}
    assert scored.total() == {"a": 80, "b": 80, "c": 80}
    assert scored.total("band") == dict.fromkeys("abc", "green")
    assert scored.total("rank") == dict.fromkeys("abc", 1)


def test_bands_and_ranks_are_made_after_a_tidy_up(evaluate):
    text = HEAD + "total: {rank: {}}\nmetrics: {x: {worst: 0, target: 100}}"
    scored = evaluate(text, t=table(x=[60.0, 59.99999999999, 100 * (0.1 + 0.2) * 2, 59.9999]))
    assert list(scored.total("band").values()) == ["amber", "amber", "amber", "red"]
    assert list(scored.total("rank").values()) == [1, 1, 1, 4]


@pytest.mark.parametrize(
    ("ties", "expected"),
    [("best", [1, 2, 2, 4, None]), ("worst", [1, 3, 3, 4, None]), ("dense", [1, 2, 2, 3, None]), ("mean", [1, 2.5, 2.5, 4, None])],
)
def test_ties(evaluate, ties, expected):
    text = HEAD + f"total: {{rank: {{ties: {ties}}}}}\nmetrics: {{x: {{worst: 0, target: 100}}}}"
    assert list(evaluate(text, t=table(x=[9.0, 5.0, 5.0, 1.0, None])).total("rank").values()) == expected


def test_where_lower_is_better_worst_target_fillers_ranks_and_bands_follow(evaluate):
    text = HEAD + "direction: lower\ntotal: {rank: {}}\nmetrics: {x: {worst: 0, target: 100}, y: {worst: 100, target: 0, missing: worst}}"
    scored = evaluate(text, t=table(x=[100.0, 0.0, 50.0], y=[0.0, 100.0, None]))
    assert scored.total() == {"a": 0, "b": 100, "c": 75}
    assert scored.total("band") == {"a": "red", "b": "green", "c": "amber"}
    assert scored.total("rank") == {"a": 1, "b": 3, "c": 2}


def test_thresholds_where_lower_is_better(evaluate):
    text = """
schema: scorecard/1
entity: {key: [c], attributes: [tier]}
sources: {t: {type: given}}
direction: lower
bands: {good: {from: 0}, watch: {from: 20}, bad: {from: 60}}
metrics: {x: {worst: 10, target: 0, thresholds: {watch: 6, good: 2}}}
"""
    scored = evaluate(text, t=table(x=[10.0, 6.5, 6.0, 2.0, 1.0, 0.0]))
    assert list(scored.metric("x", "band").values()) == ["bad", "bad", "watch", "good", "good", "good"]
    assert list(scored.metric("x", "score").values()) == [100, 65, 60, 20, 10, 0]


@pytest.mark.parametrize(("aggregation", "expected"), [("{worst: 1}", 90), ("min", 10), ("max", 90), ("{worst: 2}", 70)])
def test_worst_turns_and_min_does_not(evaluate, aggregation, expected):
    text = (
        HEAD
        + f"direction: lower\ntotal: {{aggregation: {aggregation}}}\nmetrics: {{x: {{curve: identity}}, y: {{curve: identity}}, z: {{curve: identity}}}}"
    )
    assert evaluate(text, t=table(x=[10.0], y=[90.0], z=[50.0])).total() == {"a": expected}


def test_an_open_scale_has_no_ends(evaluate):
    text = HEAD.replace(
        "bands: {red: {from: 0}, amber: {from: 60}, green: {from: 80}}",
        "scale: open\nbands: {low: {from: 5}, mid: {from: 10}, top: {from: 20}}",
    )
    text += "total: {aggregation: sum}\nmetrics: {x: {curve: {points: [[0, -50], [10, 50]]}}, y: {curve: identity, weight: 2}}"
    scored = evaluate(text, t=table(x=[0.0, 10.0, 5.0], y=[-10.0, 200.0, 5.0]))
    assert scored.total() == {"a": -70, "b": 450, "c": 10}
    assert scored.total("band") == {"a": "low", "b": "top", "c": "mid"}


@pytest.mark.parametrize(
    ("aggregation", "expected"),
    [
        ("arithmetic", 55),
        ("geometric", math.exp((3 * math.log(40) + math.log(100)) / 4)),
        ("{geometric: {on: [10, 1]}}", None),
        ("{power: -1}", 4 / (3 / 40 + 1 / 100)),
        ("min", 40),
        ("max", 100),
        ("{worst: 1}", 40),
        ("sum", 100),
        ("{formula: '(x.score + y.score) / 2 - 1'}", 69),
    ],
)
def test_aggregations(evaluate, aggregation, expected):
    text = HEAD + f"total: {{aggregation: {aggregation}}}\nmetrics: {{x: {{curve: identity, weight: 3}}, y: {{curve: identity}}}}"
    if expected is None:
        on = [10 + s / 100 * (1 - 10) for s in (40, 100)]
        mean = math.exp((3 * math.log(on[0]) + math.log(on[1])) / 4)
        expected = (mean - 10) / (1 - 10) * 100
    assert evaluate(text, t=table(x=[40.0], y=[100.0])).total() == {"a": pytest.approx(expected, rel=1e-12)}


def test_zero_is_a_threshold_that_is_shown(evaluate):
    text = HEAD + "metrics: {x: {worst: -20, target: 20, thresholds: {amber: 0, green: 10}}}"
    explained = evaluate(text, t=table(x=[5.0])).explain("a").total.children[0]
    assert explained.thresholds == (("amber", 0.0), ("green", 10.0))


def test_an_end_of_a_range_that_is_unknown_is_not_shown_as_zero(evaluate):
    text = HEAD + "metrics: {x: {worst: ['if_else(tier == \"q\", 0, null)', 25], target: [5, 12]}, y: {curve: identity}}"
    explained = evaluate(text, t=table(x=[5.0], y=[1.0])).explain("a").total.children[0]
    assert explained.reason.name == "NUMBER_MISSING"
    assert explained.worst is None or math.isnan(explained.worst[0])
