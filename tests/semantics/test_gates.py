"""Gates: a pass is never given to what cannot be judged."""

from __future__ import annotations

import pytest

HEAD = """
schema: scorecard/1
entity: {key: [c], attributes: [tier]}
period: {every: year}
sources: {t: {type: given, time: y}}
bands: {red: {from: 0}, green: {from: 60}}
total: {coverage: 0.5, rank: {}}
defaults: {metrics: {worst: 0, target: 100}}
metrics: {x: {}, z: {}}
"""


def judged(evaluate, require, x=(80.0,), z=None, period="2026"):
    size = len(x)
    t = {"c": list("abcdefgh"[:size]), "tier": ["s"] * size, "x": list(x), "z": list(z or x), "y": [2026] * size}
    gate = evaluate(HEAD + f"gates: {{g: {{require: '{require}'}}}}", period, t=t).gates()["g"]
    return gate.holds, gate.fails, gate.unknown


@pytest.mark.parametrize(
    ("require", "expected"),
    [
        ("total.score >= 60", (1, 1, 1)),
        ('total.band == "green"', (1, 1, 1)),
        ('not (tier == "s" and total.band == "red")', (1, 1, 1)),
        ('not (tier == "q" and total.band == "red")', (3, 0, 0)),
        ("x.value > 0", (2, 0, 1)),
        ('x.state == "measured"', (2, 1, 0)),
        ('total.band != "insufficient"', (2, 1, 0)),
        ("total.coverage >= 0.5", (2, 1, 0)),
        ("x.target == 100", (3, 0, 0)),
        ("total.rank <= 1", (1, 1, 1)),
        ('c != "b"', (2, 1, 0)),
        ('period.end > "2026-06-01"', (3, 0, 0)),
        ("x.score >= peer_mean(x.score)", (1, 1, 1)),
        ("total.raw >= 0", (2, 0, 1)),
        ('x.band == "green" or x.weight == 1', (3, 0, 0)),
    ],
)
def test_gates(evaluate, require, expected):
    assert judged(evaluate, require, (80.0, 40.0, None)) == expected


@pytest.mark.parametrize("score", [60.0, 59.9999999999, 0.1 + 0.2 + 59.7])
def test_a_gate_on_an_edge_is_tidied(evaluate, score):
    assert judged(evaluate, "total.score >= 60", (score,)) == (1, 0, 0)


def test_a_gate_that_looks_back(evaluate):
    text = HEAD + "gates: {g: {require: total.score >= previous(total.score)}}"
    t = {"c": ["a", "b", "a"], "tier": ["s"] * 3, "x": [80.0, 50.0, 70.0], "z": [80.0, 50.0, 70.0], "y": [2026, 2026, 2025]}
    gate = evaluate(text, "2026", t=t).gates()["g"]
    assert (gate.holds, gate.fails, gate.unknown) == (1, 0, 1)
    assert not gate.passed
