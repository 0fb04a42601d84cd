"""Building: every form that a definition may write, as the record it becomes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import date
from typing import Any

import pytest

from scorecard.definition.check import Outcome
from scorecard.definition.schema import schema_for
from scorecard.hooks.registry import Registry
from scorecard.model.definition import (
    Aggregation,
    Band,
    Constant,
    Curve,
    Entity,
    Exemption,
    Gate,
    Group,
    Ignored,
    Metric,
    Missing,
    Path,
    Range,
    Ranking,
    Recommendation,
    Rounding,
    Rule,
    RuleKind,
    Scale,
    Scorecard,
    Segment,
    Step,
    Table,
    Task,
)
from scorecard.model.formula import Call, Cell, Column, Formula, Kind, walk
from scorecard.model.period import Calendar, Window
from scorecard.model.source import ColumnSpec, Source, Unpivot

Checker = Callable[[str], Outcome]


@pytest.fixture
def card(check: Checker) -> Callable[[str], Scorecard]:
    def build(fragment: str) -> Scorecard:
        outcome = check(fragment)
        assert outcome.scorecard is not None, [(issue.code, str(issue.place), dict(issue.values)) for issue in outcome.issues]
        return outcome.scorecard

    return build


def metric(card: Callable[[str], Scorecard], keys: str, more: str = "") -> Metric:
    return card(f"{more}\nmetrics: {{m: {{{keys}}}}}").metrics["m"]


@pytest.mark.parametrize(
    ("written", "value"),
    [("1e3", 1000.0), ("85%", 0.85), ("-20%", -0.2), ("'85'", 85.0), ("12.5%", 0.125), ("'-3'", -3.0), ("'- 3'", -3.0), ("+1", 1.0)],
)
def test_a_number_as_written(card: Callable[[str], Scorecard], written: str, value: float) -> None:
    assert metric(card, f"measure: x, source: surveys, worst: -100, target: {written}").target == Constant(value)


@pytest.mark.parametrize("written", ["1_000", "08", "0x1F", "'1,000'", "1_000%", "'1 000'", "007", "1.2.3"])
def test_trap_26_a_text_that_looks_like_a_number_is_an_issue(codes: Callable[[str], list[str]], written: str) -> None:
    assert codes(f"metrics: {{m: {{measure: x, worst: -1, target: {written}}}}}") == ["SC401"]


def test_numbers_by_date_and_by_period(card: Callable[[str], Scorecard]) -> None:
    found = metric(
        card,
        "measure: sum(x), worst: {2026-Q1: 1, 2026-Q2: 2%}, target: {2026-12-31: 90, 2025-12-31: 82}, weight: {2026-Q1: 2}",
        "period: {every: quarter}",
    )
    assert found.worst == Table({"2026-Q1": 1.0, "2026-Q2": 0.02})
    assert found.target == Path(((date(2025, 12, 31), 82.0), (date(2026, 12, 31), 90.0)))
    assert found.weight == Table({"2026-Q1": 2.0})


def test_period_labels_that_look_like_numbers(card: Callable[[str], Scorecard]) -> None:
    assert metric(card, "measure: sum(x), worst: 0, target: {2026: 5}", "period: {every: year}").target == Table({"2026": 5.0})


def test_a_pair_is_a_range(card: Callable[[str], Scorecard]) -> None:
    found = metric(card, "measure: sum(x), worst: [0, 25], target: [5, 12]")
    assert found.worst == Range(Constant(0.0), Constant(25.0))
    assert found.target == Range(Constant(5.0), Constant(12.0))


def test_a_number_may_be_a_formula_over_entities_peers_and_the_past(card: Callable[[str], Scorecard]) -> None:
    found = metric(
        card,
        "measure: sum(x), worst: peer_min(), target: \"if_else(tier == 'a', 5, previous(value) + 2)\"",
        "entity: {key: [customer_id], attributes: [tier]}\nperiod: {every: month}",
    )
    assert isinstance(found.target, Formula)
    assert found.target.kind is Kind.NUMBER
    names = {node.name for node in walk(found.target.tree) if isinstance(node, Cell)}
    assert names == {"entity.tier", "m.value"}
    assert isinstance(found.worst, Formula)


@pytest.mark.parametrize(
    ("written", "kind"),
    [("linear", "linear"), ("log", "log"), ("identity", "identity")],
)
def test_curves_by_name(card: Callable[[str], Scorecard], written: str, kind: str) -> None:
    assert metric(card, f"measure: sum(x), worst: 1, target: 2, curve: {written}").curve == Curve(kind=kind)


def test_curves_by_their_parts(card: Callable[[str], Scorecard]) -> None:
    def curve(written: str) -> Curve:
        return metric(card, f"measure: sum(x), params: {{k: 2}}, curve: {{{written}}}").curve

    one, zero = Constant(1.0), Constant(0.0)
    assert curve("points: [[0, 0], [1, 100%]]").points == ((zero, zero), (one, one))
    assert curve("steps: [{up_to: 8, score: 3}, {below: 20, score: 1}, {otherwise: 0}]").steps == (
        Step(Constant(8.0), True, Constant(3.0)),
        Step(Constant(20.0), False, one),
        Step(None, False, zero),
    )
    lookup = curve("lookup: {A: 0, 1: 1}, otherwise: 3")
    assert (lookup.lookup, lookup.otherwise) == ({"A": zero, "1": one}, Constant(3.0))
    formula = curve("formula: value * params.k").formula
    assert formula is not None
    assert {node.name for node in walk(formula.tree) if isinstance(node, Cell)} == {"m.value", "params.k"}


@pytest.mark.parametrize(
    ("written", "aggregation"),
    [
        ("arithmetic", Aggregation()),
        ("geometric", Aggregation(kind="geometric")),
        ("{geometric: {on: [10, 1]}}", Aggregation(kind="geometric", on=(10.0, 1.0))),
        ("{power: -1}", Aggregation(kind="power", power=-1.0)),
        ("{worst: 2}", Aggregation(kind="worst", count=2)),
        ("sum", Aggregation(kind="sum")),
        ("min", Aggregation(kind="min")),
    ],
)
def test_aggregations(card: Callable[[str], Scorecard], written: str, aggregation: Aggregation) -> None:
    assert card(f"total: {{aggregation: {written}}}").total.aggregation == aggregation


def test_an_aggregation_by_formula(card: Callable[[str], Scorecard]) -> None:
    found = card("total: {aggregation: {formula: csat.score * 0.5}}").total.aggregation
    assert found.formula is not None
    assert [node.name for node in walk(found.formula.tree) if isinstance(node, Cell)] == ["csat.score"]


@pytest.mark.parametrize(
    ("written", "missing"),
    [
        ("skip", Missing()),
        ("no_score", Missing(policy="no_score")),
        ("worst", Missing(policy="worst")),
        ("0", Missing(policy="score", score=0.0)),
        ("{impute: mean, by: region}", Missing(policy="impute", by="region")),
    ],
)
def test_fillers(card: Callable[[str], Scorecard], written: str, missing: Missing) -> None:
    more = "entity: {key: [customer_id], attributes: [region]}"
    assert metric(card, f"measure: sum(x), worst: 0, target: 1, missing: {written}", more).missing == missing


def test_rounding_ranking_scale_and_direction(card: Callable[[str], Scorecard]) -> None:
    found = card(
        "entity: {key: [customer_id], attributes: [region]}\nscale: [1, 10]\ndirection: lower\n"
        "total: {round: {decimals: 2, mode: half_even, binary: true}, rank: {ties: dense, first: lowest, by: [region]}}"
    )
    assert found.scale == Scale(low=1.0, high=10.0, lower_is_better=True)
    assert found.total.round == Rounding(decimals=2, mode="half_even", binary=True)
    assert found.total.rank == Ranking(ties="dense", first="lowest", by=("region",))


def test_an_open_scale(card: Callable[[str], Scorecard]) -> None:
    assert card("scale: open\nmetrics: {m: {measure: sum(x), curve: identity}}").scale.open


def test_bands_are_sorted_and_those_of_rules_come_last(card: Callable[[str], Scorecard]) -> None:
    found = card("bands: {escalated: {title: E}, green: {from: 80, color: '#0a0'}, red: {from: 0%}}").bands
    assert [(band.id, band.start) for band in found] == [("red", 0.0), ("green", 80.0), ("escalated", None)]


def test_thresholds_run_from_the_worst_band_to_the_best(card: Callable[[str], Scorecard]) -> None:
    bands = "bands: {low: {from: 0}, mid: {from: 40}, high: {from: 70}}"
    keys = "measure: sum(x), worst: 9, thresholds: {high: 2, mid: 5}, target: 1"
    assert list(metric(card, keys, bands).thresholds) == ["mid", "high"]
    keys = "measure: sum(x), worst: 9, thresholds: {low: 2, mid: 5}, target: 1"
    assert list(metric(card, keys, f"{bands}\ndirection: lower").thresholds) == ["mid", "low"]


def test_fiscal_years(card: Callable[[str], Scorecard]) -> None:
    found = card("period: {every: quarter, year: {starts: april, named_by: end}, timezone: Asia/Shanghai}").period
    assert found == Calendar(every="quarter", starts=4, named_by="end", timezone="Asia/Shanghai")


def test_a_measure_over_records_keeps_its_names_as_written(card: Callable[[str], Scorecard]) -> None:
    found = metric(card, "measure: sum(amount) / count(), where: tier == 1, window: 6 months, worst: 0, target: 1")
    assert found.source == "surveys"
    assert found.window == Window("month", 6)
    assert found.measure is not None
    assert found.where is not None
    assert Column(name="tier", start=0, end=4) in list(walk(found.where.tree))


def test_a_measure_over_nodes_has_no_source_and_is_resolved(card: Callable[[str], Scorecard]) -> None:
    found = card(
        "entity: {key: [customer_id], attributes: [size]}\n"
        "metrics: {a: {measure: sum(x), worst: 0, target: 1}, b: {measure: a.value / size, worst: 0, target: 1}}"
    )
    b = found.metrics["b"]
    assert b.source is None
    assert b.measure is not None
    assert {node.name for node in walk(b.measure.tree) if isinstance(node, Cell)} == {"a.value", "entity.size"}


def test_without_a_measure_it_is_the_column_named_like_the_metric(card: Callable[[str], Scorecard]) -> None:
    found = metric(card, "worst: 0, target: 1")
    assert found.measure is not None
    assert isinstance(found.measure.tree, Column)
    assert found.measure.tree.name == "m"


def test_a_metric_type_keeps_its_params_and_gives_its_unit(card: Callable[[str], Scorecard]) -> None:
    found = metric(card, "type: csat, params: {scale: [1, 7]}, worst: 0, target: 1")
    assert (found.type, found.params, found.unit, found.measure, found.source) == ("csat", {"scale": [1, 7]}, "points", None, "surveys")


def test_choices_by_label_and_by_value(card: Callable[[str], Scorecard]) -> None:
    found = card(
        "metrics:\n  a: {measure: sum(x), worst: 0, target: 1}\n"
        "  b: {choose: [{when: a.value > 1, label: 5}, {otherwise: no}], curve: {lookup: {5: 1}, otherwise: 0}}\n"
        "  c: {choose: [{when: a.value > 1, value: a.value * 2}, {otherwise: 7}], curve: identity}\n"
    )
    b, c = found.metrics["b"].choose, found.metrics["c"].choose
    assert [choice.label for choice in b] == ["5", "no"]
    assert [choice.value and choice.value.text for choice in c] == ["a.value * 2", "7"]
    assert b[1].when is None
    assert found.metrics["b"].source is None


def test_sources_with_everything(card: Callable[[str], Scorecard]) -> None:
    found = card(
        "sources:\n  surveys:\n    type: csv\n    path: a.csv\n    encoding: gbk\n    time: {from: a, to: b}\n"
        "    where: x > 1\n    nulls: [/, 0, no]\n"
        "    columns: {x: X, y: [Y, Z], z: {from: Q, values: {1: one, 2: true}, otherwise: 3, type: number}, w: {type: text}}\n"
        "    values: {y: {A: 1}}\n    unpivot: {matching: '^Q', name: month, value: amount}\n"
    ).sources["surveys"]
    assert (found.time, found.time_to, found.nulls) == ("a", "b", ("/", "0", "no"))
    assert found.settings == {"path": "a.csv", "encoding": "gbk"}
    columns = {column.name: (column.spellings, column.values, column.otherwise, column.type) for column in found.columns}
    assert columns == {
        "x": (("X",), {}, None, None),
        "y": (("Y", "Z"), {}, None, None),
        "z": (("Q",), {"1": "one", "2": "true"}, "3", "number"),
        "w": (("w",), {}, None, "text"),
    }
    assert found.values == {"y": {"A": "1"}}
    assert found.unpivot == Unpivot(matching="^Q", name="month", value="amount")
    assert found.where is not None


def test_another_scorecard_as_a_source(card: Callable[[str], Scorecard], codes: Callable[[str], list[str]]) -> None:
    found = card(
        "entity: {key: []}\nsources: {projects: {type: scorecard, path: p.scorecard.yaml}}\n"
        "metrics: {m: {measure: 'share(band == \"red\")', worst: 1, target: 0}}"
    )
    assert found.sources["projects"].settings == {"path": "p.scorecard.yaml"}
    assert codes("sources: {surveys: {type: scorecard}}") == ["SC112"]


def test_rules_of_every_kind(card: Callable[[str], Scorecard]) -> None:
    rules = card(
        "bands: {red: {from: 0}, amber: {from: 60}, special: {}}\ntotal: {round: {decimals: 1}}\nrules:\n"
        "  a: {of: csat, when: csat.value > 1, add: -5%}\n  b: {when: csat.value > 1, multiply: 0.5}\n"
        "  c: {when: csat.value > 1, raise_to: amber}\n  d: {when: csat.value > 1, cap: 59}\n  e: {when: csat.value > 1, cap: red}\n"
        "  f: {when: csat.value > 1, band: special, reason: {en: why}}\n"
    ).rules
    assert [(rule.kind, rule.amount, rule.band) for rule in rules.values()] == [
        (RuleKind.ADD, Constant(-0.05), None),
        (RuleKind.MULTIPLY, Constant(0.5), None),
        (RuleKind.RAISE_TO, None, "amber"),
        (RuleKind.CAP, Constant(59.0), None),
        (RuleKind.CAP, None, "red"),
        (RuleKind.BAND, None, "special"),
    ]
    assert [rule.of for rule in rules.values()] == ["csat"] + ["total"] * 5


def test_segments_change_every_key_they_may(card: Callable[[str], Scorecard]) -> None:
    found = card(
        "bands: {red: {from: 0}, amber: {from: 50}}\ngroups: {g: {}}\n"
        "metrics: {csat: {group: g, measure: sum(x), worst: 0, thresholds: {amber: 3}, target: 9, params: {k: 1}}}\n"
        "segments:\n  s:\n    when: customer_id == '1'\n    metrics:\n      csat:\n"
        "        {weight: 2, worst: [1, 9], target: [2, 3], thresholds: {amber: null}, missing: 0,\n"
        "         applies_when: 'false', round: {decimals: 1}, params: {k: 3}, curve: {formula: value * params.k}}\n"
        "    groups: {g: {weight: sum, coverage: 50%}}\n    total: {coverage: 0.9, round: {decimals: 2}}\n"
    )
    changes = {(change.node, *change.key): change.value for change in found.segments["s"].changes}
    assert changes["csat", "weight"] == Constant(2.0)
    assert changes["csat", "target"] == Range(Constant(2.0), Constant(3.0))
    assert changes["csat", "thresholds", "amber"] is None
    assert changes["csat", "missing"] == Missing(policy="score", score=0.0)
    assert changes["csat", "params", "k"] == 3
    assert changes["csat", "curve"].kind == "formula"
    assert changes["csat", "round"] == changes["total", "round"].__class__(decimals=1)
    assert changes["g", "weight"] == "sum"
    assert changes["g", "coverage"] == Constant(0.5)
    assert changes["total", "coverage"] == Constant(0.9)
    assert all(change.place is not None for change in found.segments["s"].changes)


def test_exemptions_by_value(card: Callable[[str], Scorecard]) -> None:
    found = card("period: {every: month}\nexemptions: {e: {of: csat, when: customer_id == '1', value: 80, until: 2026-12-31, reason: r}}")
    assert (found.exemptions["e"].exclude, found.exemptions["e"].value) == (False, Constant(80.0))


def test_trap_25_an_exemption_without_an_end_is_an_issue(codes: Callable[[str], list[str]]) -> None:
    assert codes("period: {every: month}\nexemptions: {e: {of: csat, when: customer_id == '1', reason: r}}") == ["SC102"]


def test_trap_6_a_condition_with_a_typing_error_is_an_issue(codes: Callable[[str], list[str]]) -> None:
    assert codes("rules: {r: {when: csat.vlaue > 1, add: 1}}") == ["SC303"]
    assert codes("rules: {r: {when: csat.value => 1, add: 1}}") == ["SC301"]
    assert codes("bands: {red: {from: 0}}\nrules: {r: {when: 'csat.band == \"rde\"', add: 1}}") == ["SC311"]


def test_trap_16_one_id_in_two_groups_is_a_duplicate_key(codes: Callable[[str], list[str]]) -> None:
    text = "groups: {a: {}, b: {}}\nmetrics:\n  m: {group: a, worst: 0, target: 1}\n  m: {group: b, worst: 0, target: 1}"
    assert "SC009" in codes(text)
    assert codes("groups: {m: {}}\nmetrics: {m: {group: m, worst: 0, target: 1}}") == ["SC208"]


@pytest.mark.parametrize("id", ["total", "entity", "period", "window", "params", "col", "and", "None", "true"])
def test_words_of_the_language_cannot_be_ids(codes: Callable[[str], list[str]], id: str) -> None:
    assert "SC207" in codes(f"metrics: {{{id}: {{measure: sum(x), worst: 0, target: 1}}}}")


def test_names_may_be_chinese(card: Callable[[str], Scorecard]) -> None:
    found = card("metrics: {满意度: {measure: mean(评分), worst: 0, target: 1}}\nrules: {r: {when: 满意度.value < 1, add: 1}}")
    assert list(found.metrics) == ["满意度"]


@pytest.mark.parametrize(
    ("fragment", "code"),
    [
        ("entity: {key: [customer_id], roster: nowhere}", "SC201"),
        ("metrics: {m: {type: nps, worst: 0, target: 1}}", "SC204"),
        ("rules: {r: {of: nothing, when: csat.value > 1, add: 1}}", "SC203"),
        ("rules: {r: {when: csat.value > 1, cap: gren}}", "SC206"),
        ("rules: {r: {when: csat.value > 1}}", "SC112"),
        ("rules: {r: {when: csat.value > 1, cap: 1, add: 1}}", "SC112"),
        ("bands: {insufficient: {from: 0}}", "SC207"),
        ("metrics: {m: {choose: [{label: a}], weight: 0}}", "SC116"),
        ("metrics: {m: {measure: sum(x), curve: {points: [[0, 0]], lookup: {a: 1}}}}", "SC112"),
        ("metrics: {m: {measure: sum(x), curve: {points: [[0, 0]], otherwise: 1}}}", "SC102"),
        ("segments: {s: {when: csat.value > 1, metrics: {csat: {target: 5}}}}", "SC303"),
        ("segments: {s: {when: customer_id == '1', metrics: {csat: {measure: sum(y)}}}}", "SC104"),
        ("total: {weight: 2}", "SC104"),
        ("title: {en: '{nowhere.value}'}", "SC213"),
        ("gates: {g: {require: total.score > nothing}}", "SC303"),
        ("recommendations: {r: {of: none, when: csat.value > 1, action: x}}", "SC203"),
        ("cases: {c: {given: {none: 1}, expect: {score: 1}}}", "SC203"),
        ("period: {every: quarter}\ncases: {c: {period: 2026, given: {csat: 1}, expect: {score: 1}}}", "SC403"),
    ],
)
def test_what_leads_nowhere(codes: Callable[[str], list[str]], fragment: str, code: str) -> None:
    assert code in codes(fragment)


YAML_NAMES: dict[type, dict[str, str]] = {
    Rule: {"valid_from": "from", "valid_until": "until"},
    Exemption: {"valid_from": "from", "valid_until": "until"},
    Group: {"parent": "group"},
    Metric: {"parent": "group"},
    Band: {"start": "from"},
    ColumnSpec: {"spellings": "from"},
}
NOT_KEYS: dict[type, set[str]] = {
    Entity: {"called"},
    Scorecard: {"files", "digest", "places"},
    Source: {"settings", "time_to", "folder"},
    Rule: {"kind", "amount"},
    ColumnSpec: {"name"},
    Segment: {"changes"},
    Metric: {"actions"},
    Ignored: {"code"},
}
MORE_KEYS: dict[type, set[str]] = {
    Scorecard: {"schema", "extends", "description", "direction", "defaults", "recommendations", "library", "cases"},
    Rule: {"add", "multiply", "raise_to", "cap"},
    Segment: {"metrics", "groups", "total"},
    Metric: {"library"},
}


@pytest.mark.parametrize(
    ("record", "part"),
    [
        (Scorecard, None), (Entity, "entity"), (Band, "band"), (Source, "source"), (ColumnSpec, "column"), (Group, "group"),
        (Metric, "metric_keys"), (Segment, "segment"), (Rule, "rule"), (Exemption, "exemption"), (Gate, "gate"), (Ignored, "ignored"),
        (Recommendation, "recommendation"),
        (Task, "task"), (Rounding, "round"),
        (Ranking, "rank"),
    ],
)  # fmt: skip
def test_records_and_schema_have_the_same_keys(registry: Registry, record: Any, part: str | None) -> None:
    schema = schema_for(registry)
    keys = set((schema["$defs"][part] if part else schema)["properties"])
    named = YAML_NAMES.get(record, {})
    own = {named.get(field.name, field.name) for field in fields(record)} - {"id", "place"} - NOT_KEYS.get(record, set())
    assert own | MORE_KEYS.get(record, set()) == keys - {"id"}


def test_a_formula_remembers_where_it_stands(card: Callable[[str], Scorecard]) -> None:
    found = card("rules: {r: {when: 'csat.value > 1', add: 1}}").rules["r"].when
    assert found.place is not None
    assert (found.place.line, found.place.column) == (1, 20)
    assert not any(isinstance(node, Call) for node in walk(found.tree))
