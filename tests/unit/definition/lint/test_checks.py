"""Each check at its edges: what it must find beyond the example of its page, and what it must leave alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Found = Callable[[str, str], list[dict[str, Any]]]
BANDS = "bands: {red: {from: 0}, amber: {from: 60}, green: {from: 80}}\n"
TIERS = """entity: {key: [customer_id], attributes: [tier, size]}
sources: {c: {type: csv, path: c.csv, columns: {tier: {from: T, values: {A: gold, B: silver, C: bronze}, otherwise: none}}}}
"""
ROUNDED = BANDS + "total: {round: {decimals: 1}}\n"


def metrics(*keys: str) -> str:
    return "metrics:\n" + "".join(f"  m{at}: {{measure: sum(x{at}), {each}}}\n" for at, each in enumerate(keys))


def rules(*each: str) -> str:
    return "rules:\n" + "".join(f"  r{at}: {{when: {one}}}\n" for at, one in enumerate(each))


def segments(*each: tuple[str, str]) -> str:
    return "segments:\n" + "".join(f"  s{at}: {{when: {when}, metrics: {{csat: {{{keys}}}}}}}\n" for at, (when, keys) in enumerate(each))


LINE = "worst: 0, target: 100"
STEADY = metrics("curve: {steps: [{otherwise: 70}]}")
CSAT = "type: csat, worst: 0, target: 9"


@pytest.mark.parametrize(
    ("fragment", "code", "of"),
    [
        # bands
        ("bands: {a: {from: 0}, b: {from: 20.5}, c: {from: 20.9}}\ntotal: {round: {decimals: 0}}", "SC801", ["b"]),
        ("bands: {a: {from: 0}, b: {from: 20.5}, c: {from: 20.9}}", "SC801", []),
        ("bands: {a: {from: 0}, b: {from: 60}, lost: {}}", "SC801", ["lost"]),
        ("bands: {a: {from: 0}, b: {from: 60}, lost: {}}\nrules: {r: {when: csat.value > 1, band: lost}}", "SC801", []),
        (BANDS + metrics("curve: {lookup: {a: 0, b: 70}, otherwise: 50}"), "SC801", ["green"]),
        (BANDS + metrics("curve: {lookup: {a: 0, b: 70}}", LINE), "SC801", []),
        (BANDS + STEADY + "rules: {r: {when: m0.value > 1, add: 20}}", "SC801", []),
        (BANDS + STEADY + "rules: {r: {when: m0.value > 1, raise_to: 90}}", "SC801", ["red"]),
        (BANDS + metrics("curve: {steps: [{otherwise: 70}]}, missing: 10") + "total: {aggregation: sum}", "SC801", []),
        (BANDS + metrics("curve: {points: [[0, 0], [9, 79]]}, round: {decimals: 0, mode: up}"), "SC801", ["green"]),
        (BANDS + metrics("curve: {points: [[0, 0], [9, 79.5]]}, round: {decimals: 0}"), "SC801", []),
        ("direction: lower\n" + BANDS + metrics("curve: {points: [[0, 65], [9, 100]]}"), "SC801", ["red"]),
        (BANDS + metrics("curve: {steps: [{below: 5, score: 150}, {otherwise: 200}]}"), "SC801", ["red", "amber"]),
        (BANDS + metrics("curve: {steps: [{below: 5, score: -20}, {otherwise: -10}]}"), "SC801", ["amber", "green"]),
        # thresholds
        (BANDS + metrics("worst: 0, thresholds: {amber: 40, green: 70}, target: 100"), "SC802", []),
        (BANDS + metrics("worst: 0, thresholds: {red: 0, amber: 40}, target: 100"), "SC802", ["m0"]),
        ("direction: lower\n" + BANDS + metrics("worst: 100, thresholds: {amber: 40, red: 20}, target: 0"), "SC802", []),
        (BANDS + metrics("worst: 0, thresholds: {amber: 0.9 * target, green: 1.1 * target}, target: 50"), "SC803", ["m0"]),
        (BANDS + metrics("worst: 0, thresholds: {amber: 0.5 * target, green: 0.9 * target}, target: 50"), "SC803", []),
        (BANDS + metrics("worst: 60, thresholds: {amber: 0.5 * target, green: 0.9 * target}, target: 80"), "SC803", ["m0"]),
        (BANDS + metrics("curve: linear, worst: 9, thresholds: {amber: 5, green: 2}, target: 1"), "SC803", []),
        (BANDS + metrics("curve: linear, worst: 9, thresholds: {amber: 5, green: 2}, target: 3"), "SC803", ["m0"]),
        # rules
        (ROUNDED + "rules: {r: {when: csat.value > 1, cap: 100}}", "SC804", ["r"]),
        (ROUNDED + "rules: {r: {when: csat.value > 1, cap: 99.9}}", "SC804", []),
        (ROUNDED + "rules: {r: {when: csat.value > 1, raise_to: red}}", "SC804", ["r"]),
        (ROUNDED + "rules: {r: {when: csat.value > 1, raise_to: amber}}", "SC804", []),
        (ROUNDED + "rules: {r: {when: csat.value > 1, multiply: 1}}", "SC804", ["r"]),
        (ROUNDED + STEADY + "rules: {r: {when: m0.value > 1, cap: 75}}", "SC804", ["r"]),
        (ROUNDED + STEADY + rules("m0.value > 1, cap: 75", "m0.value > 2, add: 9"), "SC804", []),
        (ROUNDED + "rules: {r: {when: csat.value < 5, cap: amber}, s: {when: csat.value < 5, cap: amber}}", "SC805", ["s"]),
        (ROUNDED + "rules: {r: {when: csat.value < 5, cap: 40}, s: {when: csat.value < 9, cap: 50}}", "SC805", []),
        (ROUNDED + "rules: {r: {when: csat.value < 5, cap: 50}, s: {when: csat.value < 9, cap: 40}}", "SC805", ["r"]),
        (ROUNDED + "rules: {r: {when: csat.value < 5, raise_to: 40}, s: {when: csat.value < 9, raise_to: 50}}", "SC805", ["r"]),
        (ROUNDED + "rules: {r: {when: csat.value < 5, band: red}, s: {when: csat.value < 9, band: amber}}", "SC805", ["r"]),
        (ROUNDED + "rules: {r: {when: csat.value < 5, add: -5}, s: {when: csat.value < 5, add: -5}}", "SC805", []),
        (ROUNDED + "period: {every: year}\n" + rules("csat.value < 5, cap: 50", "csat.value < 9, cap: 40, until: 2026-01-01"), "SC805", []),
        (ROUNDED + "period: {every: year}\n" + rules("csat.value < 5, cap: 50", "csat.value < 9, cap: 40, from: 2026-01-01"), "SC805", []),
        (ROUNDED + "period: {every: year}\n"
         + rules("csat.value < 5, cap: 50, from: 2026-02-01", "csat.value < 9, cap: 40, from: 2026-01-01"), "SC805", ["r0"]),
        # conditions
        ("rules: {r: {when: 'false', add: 1}}", "SC806", []),
        ("gates: {g: {require: total.score >= 0}}", "SC806", []),
        ("gates: {g: {require: total.score > 100}}", "SC806", ["g"]),
        ("recommendations: {r: {when: csat.score < 0, action: Call}}", "SC806", ["r"]),
        (metrics(f"{LINE}, where: a == \"x\" and a == \"y\""), "SC806", ["m0"]),
        (TIERS + "segments: {s: {when: tier != \"gold\" and tier == \"gold\", metrics: {csat: {target: 9}}}}", "SC806", ["s"]),
        (TIERS + "segments: {s: {when: tier == \"platin\", metrics: {csat: {target: 9}}}}", "SC806", []),
        (TIERS + "segments: {s: {when: tier == \"platin\", metrics: {csat: {target: 9}}}}", "SC807", ["s"]),
        (TIERS + metrics(f"{LINE}, where: 'tier in [\"gold\", \"A\"]'"), "SC807", ["m0"]),
        (TIERS + "metrics: {m: {measure: 'count(where=tier == \"Gold\")', worst: 0, target: 1}}", "SC807", ["m"]),
        (TIERS.replace(", otherwise: none", "") + metrics(f"{LINE}, where: tier == \"x\""), "SC807", []),
        (TIERS.replace("columns:", "values: {tier: {P: platin}}, columns:") + metrics(f'{LINE}, where: tier == "platin"'), "SC807", []),
        (TIERS + metrics(f'{LINE}, where: tier == "platin"'), "SC807", ["m0"]),
        ("sources: {s: {type: csv, path: s.csv, expect: {columns: {tier: {among: [gold]}}}}}\n" + metrics(f'{LINE}, where: tier == "x"'),
         "SC807", ["m0"]),
        ("sources: {s: {type: csv, path: s.csv, expect: {failing: warn, columns: {tier: {among: [gold]}}}}}\n"
         + metrics(f'{LINE}, where: tier == "x"'), "SC807", []),
        # metrics
        (metrics(f"{LINE}, measure: sum(x)", LINE).replace("measure: sum(x0), ", ""), "SC811", []),
        ("metrics: {a: {type: csat, worst: 0, target: 9}, b: {type: csat, window: year, worst: 0, target: 9}}", "SC811", []),
        ("metrics: {a: {type: csat, worst: 0, target: 9}, b: {type: csat, weight: 0, worst: 0, target: 9}}", "SC811", []),
        ("metrics: {a: {type: csat, worst: 0, target: 9}, b: {type: csat, params: {scale: [1, 7]}, worst: 0, target: 9}}", "SC811", []),
        ("metrics: {a: {type: csat, worst: 0, target: 9}, b: {type: csat, worst: 1, target: 9}}", "SC811", ["b"]),
        (TIERS + f"metrics: {{a: {{{CSAT}, applies_when: size > 3}}, b: {{{CSAT}}}}}", "SC811", []),
        (metrics(*[LINE] * 120), "SC812", []),
        (metrics(LINE, f"{LINE}, weight: 0.002"), "SC812", ["m1"]),
        (metrics(f"{LINE}, weight: 70", LINE), "SC813", []),
        ("total: {aggregation: min}\n" + metrics(f"{LINE}, weight: 70", LINE, LINE, LINE), "SC813", []),
        ("groups: {g: {weight: sum}}\n" + metrics(f"{LINE}, weight: 7, group: g", f"{LINE}, group: g", LINE, LINE), "SC813", ["m0"]),
        (metrics(f"{LINE}, weight: 50", f"{LINE}, weight: 45"), "SC814", ["total"]),
        (metrics(f"{LINE}, weight: 50", f"{LINE}, weight: 50"), "SC814", []),
        (metrics(f"{LINE}, weight: 33", f"{LINE}, weight: 33", f"{LINE}, weight: 33"), "SC814", []),
        (metrics(f"{LINE}, weight: 5", f"{LINE}, weight: 3"), "SC814", []),
        (metrics(f"{LINE}, weight: 0.5", f"{LINE}, weight: 95"), "SC814", []),
        (metrics("curve: {steps: [{below: 5, score: 50}, {otherwise: 50}]}"), "SC815", ["m0"]),
        (metrics("curve: {steps: [{below: 5, score: 50}]}"), "SC815", []),
        ("total: {aggregation: {formula: m0.score}}\n" + metrics(LINE, LINE) + "gates: {g: {require: m1.value > 0}}", "SC815", []),
        (metrics(LINE, f"{LINE}, weight: 0") + "recommendations: {r: {when: m0.value > 1, action: 'It is {m1.value}'}}", "SC816", []),
        (metrics(LINE, "weight: 0"), "SC816", []),
        ("groups: {g: {weight: 0}}\n" + metrics(LINE, f"{LINE}, group: g"), "SC816", ["m1"]),
        # segments
        (TIERS + segments(('size > 3', "target: 9"), ('size > 5', "target: 9")), "SC821", []),
        (TIERS + segments(('size > 3', "target: 9"), ('size > 5', "worst: 1")), "SC821", []),
        (TIERS + segments(('tier == "gold"', "target: 9"), ('tier != "silver"', "target: 8")), "SC821", ["s1"]),
        (TIERS + segments(('tier == "gold"', "target: 9"), ('tier == "silver"', "target: 8")), "SC821", []),
        (TIERS + segments(('tier == "gold"', "target: 9"), ('tier == "silver"', "target: 8")), "SC823", []),
        # numbers
        (metrics("unit: percent, worst: -50%, target: 3"), "SC831", ["m0"]),
        (metrics("unit: percent, worst: -0.5, target: 3"), "SC831", []),
        (metrics("unit: percent, worst: 50, target: 90"), "SC831", ["m0", "m0"]),
        (metrics("unit: points, worst: 50, target: 90%"), "SC831", ["m0"]),
        (metrics("worst: 50%, target: 90%"), "SC831", []),
        ("metrics: {m: {type: csat, worst: 50%, target: 90%}}", "SC831", ["m", "m"]),
        (metrics("unit: points, worst: 0%, target: 90"), "SC831", []),
        (BANDS + metrics(f"{LINE}, missing: 79"), "SC833", []),
        ("direction: lower\n" + BANDS + metrics("worst: 9, target: 0, missing: 59"), "SC833", ["m0"]),
        # sources
        ("sources: {a: {type: csv, path: a.csv, join: {b: {on: k, columns: [x]}}}, b: {type: csv, path: b.csv}}\n"
         "entity: {key: [k], roster: a}\n"
         "metrics: {m: {source: a, measure: sum(x), worst: 0, target: 9}}", "SC834", []),
        ("sources: {a: {type: csv, path: a.csv, time: at, columns: {customer_id: K, at: T, n: N, f: F}, where: f > 1}}\n"
         "period: {every: year}\n"
         "metrics: {m: {measure: 'count(each=n)', worst: 0, target: 9}}", "SC835", []),
        ("sources: {a: {type: csv, path: a.csv, columns: {k: K, t: T, s: S}, join: {b: {on: k, columns: [x]}}},\n"
         " b: {type: csv, path: b.csv}}\n"
         "entity: {key: [c], roster: a, attributes: [t], where: s > 1}\nmetrics: {m: {source: a, measure: sum(x), worst: 0, target: 9}}",
         "SC835", []),
        ("sources: {a: {type: csv, path: a.csv, columns: {k: K, t: T, s: S}}}\nmetrics: {m: {measure: sum(k), worst: 0, target: 9}}",
         "SC835", ["a", "a"]),
        # dates
        ("period: {every: year}\n" + metrics("worst: 0, target: {2025: 80, 2026: 90}"), "SC851", []),
        ("period: {every: year}\n" + metrics("worst: 0, target: {2024: 80, 2025: 90}"), "SC851", ["m0"]),
        # YAML
        ("sources: {s: {type: inline, rows: [{customer_id: a, d: 12:30}, {customer_id: b, d: 13:45}]}}", "SC854", []),
        ("sources: {s: {type: inline, rows: [{customer_id: a, n: 3}, {n: '01'}, {n: 01}]}}", "SC854", ["s"]),
        ("sources: {s: {type: inline, rows: [{customer_id: 1.5, n: 3}, {customer_id: 1.50, n: 3}]}}", "SC854", ["s"]),
    ],
)  # fmt: skip
def test_a_check_finds_what_it_must_and_nothing_else(found: Found, fragment: str, code: str, of: list[str]) -> None:
    assert [values["of"][0] for values in found(fragment, code)] == of


def test_what_a_condition_runs_from_and_to_is_said(found: Found) -> None:
    (values,) = found("metrics: {m: {measure: share(late), worst: 1, target: 0}}\ngates: {g: {require: m.value > 5}}", "SC806")
    assert values["reason"] == "never_between"
    assert (values["term"], values["low"], values["high"]) == ("m.value", "0", "1")


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        ("m.value > 5", "never_between"),
        ("not (m.value <= 1)", "never_between"),
        ("m.value > 0.5 and m.value < 0.2", "never"),
        ("total.rank < 1 or m.value < 0", "never_from"),
        ('csat.state == "measured" and g.band == "c"', "never_among"),
    ],
)
def test_why_a_condition_never_holds_is_said(found: Found, condition: str, reason: str) -> None:
    bands = "bands: {a: {from: 0}, b: {from: 50}, c: {from: 70}}\n"
    two = "metrics: {m: {measure: share(x), worst: 1, target: 0}, csat: {group: g, measure: sum(x), curve: {steps: [{otherwise: 60}]}}}\n"
    group = "groups: {g: {}}\n"
    (values,) = found(f"{bands}{two}{group}rules: {{r: {{when: '{condition}', add: -1}}}}", "SC806")
    assert values["reason"] == reason


def test_what_was_meant_is_guessed(found: Found) -> None:
    (values,) = found(TIERS + 'segments: {s: {when: tier == "glod", metrics: {csat: {target: 9}}}}', "SC807")
    assert (values["term"], values["did_you_mean"]) == ("tier", ["gold"])


def test_what_nobody_has_is_said_once(found: Found) -> None:
    (values,) = found(metrics(LINE, LINE, LINE), "SC842")
    assert (values["reason"], values["of"]) == ("none", ("m0", "m1", "m2"))
    (values,) = found(metrics(LINE, f"{LINE}, owner: Ann", f"{LINE}, owner: Bo"), "SC842")
    assert values["of"] == ("m0",)
