# ruff: noqa: E501 - a definition stands on one line
"""Numbers from peers: min-max, flat groups, one member, by an attribute, ranks, and gaps filled by peers."""

from __future__ import annotations

import pytest

HEAD = """
schema: scorecard/1
entity: {key: [c], attributes: [region, tier]}
sources: {t: {type: given}}
defaults: {metrics: {worst: 0, target: 100}}
"""


def table(**columns):
    size = len(next(iter(columns.values())))
    return {"c": list("abcdefgh"[:size]), "region": [None] * size, "tier": ["x"] * size, **columns}


def test_min_max_against_peers(evaluate):
    text = HEAD + "metrics: {v: {worst: peer_min(), target: peer_max()}, w: {worst: peer_max(), target: peer_min()}}"
    scored = evaluate(text, t=table(v=[1.0, 2.0, 5.0, None], w=[1.0, 2.0, 5.0, None]))
    assert scored.metric("v", "score") == {"a": 0, "b": 25, "c": 100, "d": None}
    assert scored.metric("w", "score") == {"a": 100, "b": 75, "c": 0, "d": None}
    assert scored.metric("v", "state")["d"] == "missing"


@pytest.mark.parametrize("values", [[3.0, 3.0, 3.0], [0.1 + 0.2, 0.3, 0.3], [7.0], [7.0, None, None]])
def test_a_flat_peer_group_scores_the_middle_of_the_scale(evaluate, values):
    text = HEAD + "scale: [1, 5]\nmetrics: {v: {worst: peer_min(), target: peer_max()}}"
    scores = evaluate(text, t=table(v=values)).metric("v", "score")
    assert [scores[c] for c, v in zip("abc", values, strict=False)] == [None if v is None else 3 for v in values]


def test_peers_by_an_attribute(evaluate):
    text = HEAD + "metrics: {v: {worst: peer_min(by=region), target: peer_max(by=region)}}"
    scored = evaluate(text, t=table(v=[1.0, 2.0, 3.0, 10.0, 4.0], region=["n", "n", "n", "s", None]))
    assert scored.metric("v", "score") == {"a": 0, "b": 50, "c": 100, "d": 50, "e": None}
    assert scored.metric("v", "reason")["e"] == "number_missing"


def test_peers_by_an_attribute_that_is_written_in_digits(evaluate):
    text = (
        HEAD
        + "metrics: {v: {worst: peer_min(by=region), target: peer_max(by=region), missing: {impute: mean, by: region}}}\ntotal: {rank: {by: [region]}}"
    )
    scored = evaluate(text, t=table(v=[1.0, 2.0, 3.0, 10.0], region=[1, 1, 2, 2]))
    assert scored.metric("v", "score") == {"a": 0, "b": 100, "c": 0, "d": 100}
    assert scored.total("rank") == {"a": 2, "b": 1, "c": 2, "d": 1}


@pytest.mark.parametrize("region", [["1", "1", "2"], [1, 1, 2], [True, True, False], [1.5, 1.5, 2.0]])
def test_ranks_by_an_attribute_of_any_kind(evaluate, region):
    text = HEAD + "metrics: {v: {}}\ntotal: {rank: {by: [region]}}"
    assert evaluate(text, t=table(v=[1.0, 2.0, 3.0], region=region)).total("rank") == {"a": 2, "b": 1, "c": 1}


def test_statistics_of_peers(evaluate):
    text = (
        HEAD
        + """
metrics:
  v: {}
  mean: {measure: peer_mean(v.value)}
  stdev: {measure: peer_stdev(v.value)}
  q: {measure: 'peer_quantile(v.value, 0.25)'}
  rank: {measure: peer_rank(v.value)}
  best: {measure: 'peer_max(v.score, by=tier)'}
  own: {measure: v.value, target: peer_mean()}
"""
    )
    scored = evaluate(text, t=table(v=[1.0, 2.0, 2.0, 5.0, None]))
    got = {m: scored.metric(m)["a"] for m in ("mean", "stdev", "q", "best")}
    assert got == {"mean": 2.5, "stdev": pytest.approx(3**0.5), "q": 1.75, "best": 5}
    assert scored.metric("rank") == {"a": 4, "b": 2, "c": 2, "d": 1, "e": None}
    assert scored.metric("own", "target")["a"] == 2.5


def test_stdev_of_one_peer_is_null(evaluate):
    assert evaluate(HEAD + "metrics: {v: {}, s: {measure: peer_stdev(v.value)}}", t=table(v=[1.0])).metric("s") == {"a": None}


def test_peers_are_those_with_a_measured_value(evaluate):
    text = (
        HEAD
        + """
metrics: {v: {applies_when: tier == "x", worst: peer_min(), target: peer_max()}, m: {measure: peer_mean(v.value)}}
period: {every: year}
exemptions: {e: {of: v, when: c == "d", exclude: true, until: 2026-12-31, reason: r}}
"""
    )
    scored = evaluate(text, "2026", t=table(v=[1.0, 3.0, 100.0, 50.0], tier=["x", "x", "y", "x"]))
    assert scored.metric("m") == {"a": 2, "b": 2, "c": 2, "d": 2}
    assert scored.metric("v", "score") == {"a": 0, "b": 100, "c": None, "d": None}


def test_peers_of_each_period_are_its_own(evaluate):
    text = """
schema: scorecard/1
entity: {key: [c], roster: t}
period: {every: year}
sources: {t: {type: given, time: y}}
metrics: {v: {worst: peer_min(), target: peer_max()}, p: {measure: previous(v.score), worst: 0, target: 100}, q: {measure: previous(peer_max(v.value)), worst: 0, target: 100}}
"""
    text = text.replace(", q: {measure: previous(peer_max(v.value)), worst: 0, target: 100}", "")
    t = {"c": list("abc") * 2, "y": [2024] * 3 + [2025] * 3, "v": [1.0, 2.0, 3.0, 9.0, 8.0, 4.0]}
    scored = evaluate(text, "2025", t=t)
    assert scored.metric("v", "score") == {"a": 100, "b": 80, "c": 0}
    assert scored.metric("p") == {"a": 0, "b": 50, "c": 100}


def test_impute_takes_the_mean_score_of_the_peers(evaluate):
    text = HEAD + "metrics: {v: {missing: {impute: mean, by: region}}, w: {missing: {impute: mean}}, k: {}}"
    scored = evaluate(
        text,
        t=table(v=[10.0, 30.0, None, None, 50.0], w=[10.0, 20.0, 30.0, None, None], k=[0.0] * 5, region=["n", "n", "n", "s", None]),
    )
    assert scored.total() == {
        "a": pytest.approx(20 / 3),
        "b": pytest.approx(50 / 3),
        "c": pytest.approx((20 + 30) / 3),
        "d": None,
        "e": pytest.approx((50 + 20) / 3),
    }
    assert scored.total("coverage")["c"] == pytest.approx(2 / 3)
    assert scored.total("reason")["d"] == "children_missing"


def test_impute_of_a_group(evaluate):
    text = HEAD + "groups: {g: {missing: {impute: mean}}}\nmetrics: {v: {group: g}, k: {}}"
    assert evaluate(text, t=table(v=[10.0, 30.0, None], k=[0.0] * 3)).total() == {"a": 5, "b": 15, "c": 10}


def test_flat_peers_stand_apart_from_a_mistake(evaluate):
    text = HEAD + "metrics: {v: {worst: 'if_else(tier == \"x\", 5, 0)', target: 5}}"
    scored = evaluate(text, t=table(v=[1.0, 3.0], tier=["x", "y"]))
    assert scored.metric("v", "reason") == {"a": "numbers_out_of_order", "b": ""}
    assert scored.metric("v", "score") == {"a": None, "b": 60}
