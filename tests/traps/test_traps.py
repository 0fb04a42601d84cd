# ruff: noqa: E501 - a definition stands on one line
"""What scoring systems get silently wrong, one test per line of the list."""

from __future__ import annotations

import math

import numpy as np
import pytest

from scorecard.errors import DataError, InconclusiveError

HEAD = """
schema: scorecard/1
entity: {key: [c], attributes: [tier]}
sources: {t: {type: given}}
bands: {red: {from: 0}, amber: {from: 60}, green: {from: 80}}
defaults: {metrics: {worst: 0, target: 100}}
"""


def table(**columns):
    size = len(next(iter(columns.values())))
    return {"c": [f"c{i}" for i in range(size)], "tier": ["x"] * size, **columns}


def totals(scored, column="score"):
    return list(scored.total(column).values())


def test_trap_1_nothing_applies_is_no_score(evaluate):
    scored = evaluate(
        HEAD + "metrics: {x: {applies_when: tier == 'q'}, y: {applies_when: tier == 'q'}}\ngates: {g: {require: total.score >= 0}}",
        t=table(x=[1.0], y=[1.0]),
    )
    assert (totals(scored), totals(scored, "band"), totals(scored, "state")) == ([None], [None], ["not_applicable"])
    assert not scored.gates()["g"].passed


@pytest.mark.parametrize("aggregation", ["arithmetic", "geometric", "sum", "min", "max", "{worst: 1}", "{power: 2}"])
def test_trap_2_weights_that_sum_to_zero_are_no_score(evaluate, codes, aggregation):
    text = HEAD + f"total: {{aggregation: {aggregation}}}\nmetrics: {{x: {{weight: WEIGHT}}}}"
    assert "SC414" in codes(text.replace("WEIGHT", "0"))
    scored = evaluate(text.replace("WEIGHT", "'if_else(tier == \"x\", 0, 1)'"), t=table(x=[50.0]))
    assert (totals(scored), totals(scored, "reason")) == ([None], ["no_weight"])


def test_trap_3_a_baseline_of_nan_passes_no_gate(evaluate):
    text = (
        HEAD
        + "metrics: {x: {}, base: {weight: 0}}\ngates: {g: {require: total.score >= base.value}, h: {require: not (total.score < base.value)}}"
    )
    gates = evaluate(text, t=table(x=[50.0], base=[float("nan")])).gates()
    assert [(gates[g].passed, gates[g].unknown) for g in "gh"] == [(False, 1), (False, 1)]


def test_trap_4_a_missing_veto_says_so(evaluate):
    text = (
        HEAD + "metrics: {x: {}, veto: {weight: 0}}\nrules: {v: {when: veto.value > 0, cap: 10}}\ngates: {g: {require: total.score > 10}}"
    )
    scored = evaluate(text, t=table(x=[90.0], veto=[None]))
    assert scored.notes()["SC619"] == 1
    assert (scored.total("low")["c0"], scored.total("high")["c0"]) == (10, 90)
    assert not scored.gates()["g"].passed


def test_trap_5_a_deleted_metric_takes_its_weight_along(evaluate):
    t = table(x=[50.0], y=[100.0])
    assert totals(evaluate(HEAD + "metrics: {x: {weight: 1}, y: {weight: 3}}", t=t)) == [87.5]
    assert totals(evaluate(HEAD + "metrics: {x: {weight: 1}}", t=t)) == [50]


@pytest.mark.parametrize(
    "when",
    [
        "teir == 'x'",
        "y.value > 0",
        "x.vlaue > 0",
        "tier === 'x'",
        "tier = 'x'",
        "x.value => 3",
        "tier is 'x'",
        "x.band == 'gren'",
        "x.state == 'missin'",
    ],
)
def test_trap_6_a_condition_with_a_typo_is_an_issue(codes, when):
    assert codes(HEAD + f'metrics: {{x: {{}}}}\nrules: {{r: {{when: "{when}", cap: 10}}}}')


def test_trap_7_a_derived_metric_comes_after_its_inputs(evaluate):
    text = HEAD + "metrics: {d: {measure: e.value + 1}, e: {measure: x.value * 2}, x: {}}"
    assert evaluate(text, t=table(x=[10.0])).metric("d") == {"c0": 21}


@pytest.mark.parametrize(
    ("metric", "code"),
    [
        ("worst: 5, target: 5", "SC407"),
        ("worst: [10, 5], target: [6, 7]", "SC409"),
        ("worst: 0, target: 10, thresholds: {amber: 8, green: 4}", "SC408"),
        ("curve: {points: [[5, 0], [1, 10], [3, 5]]}", "SC410"),
    ],
)
def test_trap_8_bounds_out_of_order_are_refused(codes, metric, code):
    assert code in codes(HEAD + f"metrics: {{x: {{{metric}}}}}")


def test_trap_9_a_flat_peer_group_scores_the_middle(evaluate):
    scored = evaluate(HEAD + "metrics: {x: {worst: peer_min(), target: peer_max()}}", t=table(x=[7.0, 7.0]))
    assert totals(scored) == [50, 50]


def test_trap_10_a_negative_weight_is_refused(evaluate, codes):
    assert "SC415" in codes(HEAD + "metrics: {x: {weight: -1}, y: {}}")
    scored = evaluate(HEAD + "metrics: {x: {weight: 'if_else(tier == \"x\", -1, 1)'}, y: {}}", t=table(x=[0.0], y=[80.0]))
    assert totals(scored) == [80]


def test_trap_11_an_edge_of_two_decimals_lies_in_the_upper_band(evaluate):
    cents = np.arange(0, 10001) / 100
    for edge in (28.0, 33.33, 57.29, 60.07):
        text = HEAD.replace("{from: 60}", f"{{from: {edge}}}") + "total: {rank: {}}\nmetrics: {x: {}, y: {}, z: {}}"
        around = cents[np.abs(cents - edge) < 0.05]
        scored = evaluate(text, t=table(x=(around * 0.9).tolist(), y=around.tolist(), z=(around * 1.1).tolist()))
        assert totals(scored, "band") == ["amber" if value >= edge else "red" for value in around.tolist()]


def test_trap_12_equal_scores_stay_apart(evaluate):
    scored = evaluate(HEAD + "total: {rank: {}}\nmetrics: {x: {}}", t=table(x=[50.0, 50.0, 50.0]))
    assert (len(scored.evaluation), totals(scored, "rank")) == (3, [1, 1, 1])


def test_trap_13_a_skipped_metric_stays_in_the_report(evaluate):
    scored = evaluate(HEAD + "metrics: {x: {}, y: {}}", t=table(x=[50.0], y=[None]))
    assert list(scored.evaluation.metrics["metric"]) == ["x", "y"]
    assert [child.state.name for child in scored.explain("c0").total.children] == ["MEASURED", "MISSING"]


def test_trap_14_a_value_that_does_not_parse_is_an_error_with_its_row(evaluate):
    with pytest.raises(DataError) as raised:
        evaluate(HEAD + "metrics: {x: {}}", t=table(x=["50", "n/a", "7o"]))
    (issue,) = raised.value.issues
    assert (issue.code, issue.values["count"]) == ("SC603", 2)
    assert "row" in str(issue.values["examples"])


def test_trap_15_the_share_shown_is_the_one_used(evaluate):
    scored = evaluate(
        HEAD + "metrics: {x: {weight: 3}, y: {weight: 2}, z: {weight: 5}}", t=table(x=[80.0, 80.0], y=[40.0, None], z=[20.0, 20.0])
    )
    for key, total in scored.total().items():
        shares = [scored.metric(m, "share")[key] for m in "xyz"]
        found = [scored.metric(m, "score")[key] or 0 for m in "xyz"]
        assert math.fsum(shares) == pytest.approx(1)
        assert math.fsum(s * f for s, f in zip(shares, found, strict=True)) == pytest.approx(total)


def test_trap_16_the_same_id_twice_is_refused(codes):
    assert "SC208" in codes(HEAD + "groups: {x: {}}\nmetrics: {x: {group: x}}")
    assert codes(HEAD + "metrics: {x: {}, x: {weight: 2}}")


def test_trap_17_nothing_is_not_zero_and_nothing_equals_nothing(evaluate):
    text = (
        HEAD.replace("[tier]", "[tier, other]")
        + "metrics: {x: {}, y: {}}\nrules: {r: {when: tier == other, cap: 1}, s: {when: x.value == 0, cap: 2}}"
    )
    scored = evaluate(text, t={"c": ["a", "b"], "tier": [None, "q"], "other": [None, "q"], "x": [None, 50.0], "y": [80.0, 80.0]})
    assert totals(scored) == [80, 1]


def test_trap_17_keys_that_are_blank_match_nobody(evaluate):
    text = "schema: scorecard/1\nentity: {key: [c], roster: r}\nsources: {r: {type: given}, t: {type: given}}\nmetrics: {n: {source: t, measure: count(), worst: 0, target: 10}}"
    scored = evaluate(text, r={"c": ["a", None]}, t={"c": ["a", None, None]})
    assert scored.metric("n") == {"a": 1}
    assert (scored.notes()["SC610"], scored.notes()["SC616"]) == (2, 1)


def test_trap_18_no_rows_is_inconclusive(evaluate, codes):
    with pytest.raises(InconclusiveError) as raised:
        evaluate(HEAD + "metrics: {x: {}}", t={"c": [], "tier": [], "x": []})
    assert raised.value.exit_code == 4
    assert codes("")
    assert codes(HEAD)


def test_trap_19_a_removed_source_shows_in_coverage_and_bounds(evaluate):
    text = HEAD + "groups: {g: {weight: sum}}\nmetrics: {x: {}, y: {group: g}, z: {group: g}}"
    scored = evaluate(text, t=table(x=[90.0, 90.0], y=[30.0, None], z=[30.0, None]))
    assert totals(scored) == [50, 90]
    assert totals(scored, "coverage") == [1, pytest.approx(1 / 3)]
    assert (totals(scored, "low"), totals(scored, "high")) == ([50, 30], [50, pytest.approx(290 / 3)])


def test_trap_20_a_cap_on_a_group_is_a_line_and_the_parts_add_up(evaluate):
    scored = evaluate(
        HEAD + "groups: {g: {}}\nmetrics: {x: {group: g}, y: {}}\nrules: {r: {of: g, when: tier == 'x', cap: 40}}",
        t=table(x=[90.0], y=[60.0]),
    )
    explained = scored.explain("c0")
    assert {line.rule: line.amount[0] for line in explained.ledger if line.kind == "rule"} == {"r": -25}
    assert math.fsum(line.amount[0] for line in explained.ledger) == totals(scored)[0] == 50


def test_trap_21_every_edge_has_one_owner(evaluate):
    text = HEAD + "metrics: {x: {thresholds: {amber: 60, green: 80}}, y: {weight: 0}}"
    scored = evaluate(text, t=table(x=[79.99, 80.0, 60.0, 59.99], y=[80.0, 80.0, 60.0, 59.99]))
    assert totals(scored, "band") == list(scored.metric("x", "band").values()) == ["amber", "green", "amber", "red"]
    assert list(scored.metric("y", "band").values()) == ["green", "green", "amber", "red"]
    assert [scored.explain(f"c{i}").total.band for i in range(4)] == totals(scored, "band")


def test_trap_22_segments_that_disagree_fail_in_any_order(evaluate):
    parts = ["a: {when: tier == 'x', metrics: {x: {target: 50}}}", "b: {when: c == 'c0', metrics: {x: {target: 80}}}"]
    for order in (parts, parts[::-1]):
        scored = evaluate(HEAD + "metrics: {x: {}}\nsegments: {" + ", ".join(order) + "}", t=table(x=[40.0, 40.0]))
        assert (totals(scored), list(scored.metric("x", "reason").values())) == ([None, 80], ["segments_disagree", ""])


def test_trap_23_an_edit_of_the_definition_shows_in_its_hash(evaluate):
    t = table(x=[40.0])
    digests = [evaluate(HEAD + f"metrics: {{x: {{target: {target}}}}}", t=t).evaluation.provenance.digest for target in (100, 100, 90)]
    assert digests[0] == digests[1] != digests[2]


def test_trap_24_old_periods_are_judged_by_their_own_targets(evaluate):
    text = (
        HEAD.replace("{type: given}", "{type: given, time: y}")
        + "period: {every: year}\nmetrics: {x: {target: {2024-12-31: 50, 2025-12-31: 80}}}"
    )
    t = {"c": ["a"] * 2, "tier": ["x"] * 2, "x": [40.0] * 2, "y": [2024, 2025]}
    scored = evaluate(text, "2024..2025", t=t)
    assert [scored.total(period=year)["a"] for year in ("2024", "2025")] == [80, 50]


def test_trap_25_an_exemption_must_end_and_ends(evaluate, codes):
    text = (
        HEAD + "period: {every: year}\nmetrics: {x: {}, y: {}}\nexemptions: {e: {of: y, when: tier == 'x', exclude: true, UNTIL reason: r}}"
    )
    assert codes(text.replace("UNTIL", "")) == ["SC102"]
    t = table(x=[40.0], y=[80.0])
    text = text.replace("UNTIL", "until: 2025-12-31,")
    assert [totals(evaluate(text, period, t=t)) for period in ("2025", "2026")] == [[40], [60]]


def test_trap_26_scalars_are_what_their_author_meant(evaluate, codes):
    text = HEAD.replace("{type: given}", "{type: given, nulls: [no, on, 08]}") + "metrics: {x: {}}"
    assert totals(evaluate(text, t=table(x=["50", "no", "08"]))) == [50, None, None]
    text = HEAD + "metrics: {x: {weight: 0, choose: [{when: tier == 'x', label: no}, {otherwise: 08}]}, y: {target: 1e2}}"
    scored = evaluate(text, t=table(y=[50.0, 50.0], tier=["x", "q"]))
    assert list(scored.metric("x", "text").values()) == ["no", "08"]
    assert totals(scored) == [50, 50]
    assert codes(HEAD + "metrics: {x: {target: 1_000}}")


@pytest.mark.parametrize(
    "text",
    ["a: &a [x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n", "[" * 10_000, "{a: " * 10_000, "x: !!python/object/apply:os.system [ls]"],
)
def test_trap_27_hostile_yaml_is_an_issue(codes, text):
    assert codes(text)


@pytest.mark.parametrize(("cell", "value"), [("１２．５", 12.5), ("1,250", 1250), ("12.5%", 0.125), ("¥1,250.50", 1250.5), ("  7 ", 7)])
def test_trap_30_cells_as_people_type_them(evaluate, cell, value):
    assert evaluate(HEAD + "metrics: {x: {target: 10000}}", t=table(x=[cell, "1"])).metric("x")["c0"] == value


DATED = "schema: scorecard/1\nentity: {key: [c], roster: r}\nperiod: {every: quarter}\nsources: {r: {type: given}, t: {type: given, time: at}}\nmetrics: {n: {source: t, measure: count(), worst: 0, target: 10}}"


@pytest.mark.parametrize(
    "at",
    [
        ["31/12/2025", "13/01/2026"],
        ["2025-12-31", "2026-01-13"],
        [46022, 46035],
        ["2025年12月31日", "2026年1月13日"],
        ["20251231", "20260113"],
    ],
)
def test_trap_31_dates_in_the_forms_people_send(evaluate, at):
    assert evaluate(DATED, "2026-Q1", r={"c": ["a"]}, t={"c": ["a", "a"], "at": at}).metric("n") == {"a": 1}


def test_trap_31_dates_that_can_be_read_two_ways_are_refused(evaluate):
    with pytest.raises(DataError) as raised:
        evaluate(DATED, "2026-Q1", r={"c": ["a"]}, t={"c": ["a", "a"], "at": ["01/02/2026", "03/04/2026"]})
    assert raised.value.issues[0].code == "SC609"


def test_trap_32_two_roster_rows_are_an_error_and_a_survey_counts_once_for_its_customer(evaluate):
    with pytest.raises(DataError) as raised:
        evaluate(HEAD + "metrics: {x: {}}", t={"c": ["a", "a"], "tier": ["x", "y"], "x": [1.0, 1.0]})
    assert raised.value.issues[0].code == "SC612"
    text = "schema: scorecard/1\nentity: {key: [c, p], roster: r}\nsources: {r: {type: given}, t: {type: given}}\nmetrics: {n: {source: t, measure: count(), worst: 0, target: 10}}"
    scored = evaluate(text, r={"c": ["a", "a"], "p": ["1", "2"]}, t={"c": ["a", "a", "a"]})
    assert scored.metric("n") == {"a 1": 3, "a 2": 3}


def test_trap_33_ids_keep_their_zeros_and_gain_no_point(evaluate):
    text = "schema: scorecard/1\nentity: {key: [c], roster: r}\nsources: {r: {type: given}, t: {type: given}}\nmetrics: {n: {source: t, measure: count(), worst: 0, target: 10}}"
    scored = evaluate(text, r={"c": ["007", "1001", "7"]}, t={"c": ["007", "7", "1001", "1001.0"]})
    assert scored.metric("n") == {"007": 1, "1001": 1, "7": 1}
    assert evaluate(text, r={"c": [1001.0, 7.0]}, t={"c": ["1001", "1001", "007"]}).metric("n") == {"1001": 2, "7": 0}


def test_trap_34_a_secret_is_in_no_error(monkeypatch):
    from scorecard.engine.open import open_source
    from scorecard.hooks.contracts import SourceType
    from scorecard.hooks.registry import Registry
    from scorecard.model.source import Source
    from scorecard.model.text import Text

    def open_it(request):
        raise RuntimeError(f"cannot reach {request.settings['url']}")

    kind = SourceType(id="leaky", title=Text.of("leaky"), params={}, doc="", open=open_it)
    source = Source(id="t", type="leaky", settings={"url": "db://me:${TRAP_34_PASSWORD}@host"})
    monkeypatch.setenv("TRAP_34_PASSWORD", "hunter2")
    with pytest.raises(DataError) as raised:
        open_source(source, Registry(sources={"leaky": kind}))
    assert "hunter2" not in str([dict(issue.values) for issue in raised.value.issues])
    assert raised.value.__cause__ is None or "hunter2" not in str(raised.value)
