"""What changed between two definitions: every key has a cause or changes no score, and a mixture is a definition like any other."""

from __future__ import annotations

import json
from itertools import combinations

import pytest

from scorecard.definition.changes.causes import BESIDE, OF_NODE, TOLD, Cause, cause_of
from scorecard.definition.changes.differences import differences
from scorecard.definition.changes.mixed import mixed
from scorecard.definition.changes.written import same_sources, written_text
from scorecard.definition.schema import schema_for
from scorecard.hooks.contracts import SourceType
from scorecard.hooks.registry import Registry
from scorecard.language.words import LANGUAGES
from scorecard.model.definition import Constant
from scorecard.model.text import Text
from scorecard.report.impact.changes import LONGEST, Changes

REGISTRY = Registry(
    sources={
        "given": SourceType(id="given", title=Text.of("given"), params={"type": "object", "properties": {}}, doc="", open="nowhere:open")
    }
)
MEASURES = {"group", "source", "where", "window", "per", "measure", "type", "params", "choose"}
"""keys of metrics of which the cause is the metric"""
OLD = """
schema: scorecard/1
entity: {key: [c], attributes: [tier]}
bands: {red: {from: 0}, green: {from: 80, title: {en: Healthy, zh: 健康}}}
sources: {t: {type: given}}
groups: {g: {weight: 2}}
metrics:
  a: {title: {en: Alpha, zh: 甲}, group: g, worst: 0, target: 100, thresholds: {green: 70}}
  b: {weight: 2, source: t, measure: b, worst: 0, target: 100}
segments: {s: {when: tier == "s", metrics: {a: {target: 90, weight: 2}}}}
rules: {cut: {when: tier == "s", add: -5, reason: why}}
"""


def pair(*changes: tuple[str, str]):
    new = OLD
    for before, after in changes:
        assert before in new
        new = new.replace(before, after, 1)
    return written_text(OLD, "old.scorecard.yaml", REGISTRY), written_text(new, "new.scorecard.yaml", REGISTRY)


def lines(*changes: tuple[str, str], language: str = "en") -> list[str]:
    old, new = pair(*changes)
    words = Changes(old.scorecard, new.scorecard, language)
    return [words.line(each) for each in differences(old, new)]


def test_every_key_of_a_node_is_of_one_kind() -> None:
    """A new key of the language must be put somewhere, or what it does to scores would be said of metrics."""
    parts = schema_for(REGISTRY)["$defs"]
    keys = {key for part in ("metric_keys", "group", "total") for key in parts[part]["properties"]}
    assert keys == OF_NODE.keys() | MEASURES | {key for key in keys if key in TOLD}


def test_every_section_is_of_one_kind() -> None:
    sections = schema_for(REGISTRY)["properties"].keys()
    scored = {"entity", "period", "scale", "direction", "bands", "sources", "total", "groups", "metrics", "segments", "rules", "exemptions"}
    assert sections - BESIDE == scored


@pytest.mark.parametrize(
    ("where", "cause"),
    [
        (("metrics", "a", "thresholds", "green"), Cause.TARGET),
        (("segments", "s", "metrics", "a", "params", "x"), Cause.CURVE),
        (("metrics", "a", "params", "x"), Cause.METRIC),
        (("segments", "s", "when"), Cause.RULE),
        (("segments", "s", "total", "coverage"), Cause.MISSING),
        (("bands", "green", "title"), None),
        (("bands", "green", "from"), Cause.TARGET),
        (("rules", "cut", "reason"), None),
        (("groups", "title", "weight"), Cause.WEIGHT),
        (("metrics", "owner"), Cause.METRIC),
        (("recommendations", "call", "when"), None),
    ],
)
def test_the_cause_of_a_setting(where: tuple[str, ...], cause: Cause | None) -> None:
    assert cause_of(where) is cause


@pytest.mark.parametrize(
    ("change", "english", "chinese"),
    [
        (("target: 100, thresholds", "target: 95.5, thresholds"), "target of Alpha: 100 → 95.5", "甲的目标值：100 → 95.5"),
        (("b: {weight: 2", "b: {weight: 3"), "weight of b: 2 → 3 (share 50% → 60%)", "b的权重：2 → 3（占比 50% → 60%）"),
        (("b: {weight: 2, ", "b: {"), "weight of b: 2 → 1 (share 50% → 33%)", "b的权重：2 → 1（占比 50% → 33%）"),
        (("target: 90, weight: 2", "target: 90"), "for segment s, weight of Alpha: 2 → none", "在分群“s”中，甲的权重：2 → 无"),
        (
            ("target: 90, weight: 2", "target: 90, weight: 2, thresholds: {green: null}"),
            "for segment s, threshold Healthy of Alpha: none → null",
            "在分群“s”中，甲的“健康”的阈值：无 → null",
        ),
        (("green: 70}", "green: 60}"), "threshold Healthy of Alpha: 70 → 60", "甲的“健康”的阈值：70 → 60"),
        ((", thresholds: {green: 70}", ""), "threshold Healthy of Alpha: 70 → none", "甲的“健康”的阈值：70 → 无"),
        (
            ("measure: b", "measure: b * 2"),
            "b measured otherwise: measure b → b * 2",
            "b的计量方式改变：计算公式 b → b * 2",
        ),
        (
            ("  b: {weight: 2, source: t, measure: b, worst: 0, target: 100}\n", ""),
            "metric b removed: weight: 2, source: t, measure: b, worst: 0, target: 100",
            "删除指标“b”：weight: 2, source: t, measure: b, worst: 0, target: 100",
        ),
        (("add: -5", "add: -6"), "rule cut, add: -5 → -6", "规则“cut”，add：-5 → -6"),
        (("rules:", "exemptions: {}\nrules:"), "", ""),
        (("target: 90, weight", "target: 95, weight"), "for segment s, target of Alpha: 90 → 95", "在分群“s”中，甲的目标值：90 → 95"),
        (
            ('s: {when: tier == "s"', 's: {when: tier == "t"'),
            'segment s, condition: tier == "s" → tier == "t"',
            '分群“s”，条件：tier == "s" → tier == "t"',
        ),
        (("from: 80", "from: 75"), "band Healthy, from: 80 → 75", "等级“健康”，起点：80 → 75"),
        (
            ("sources: {t: {type: given}}", "sources: {t: {type: given, nulls: [x, y]}}"),
            "source t, nulls: none → [x, y]",
            "数据源“t”，nulls：无 → [x, y]",
        ),
        (("en: Alpha, zh: 甲", "en: Omega, zh: 乙"), "title of Omega: Alpha → Omega", "乙的名称：甲 → 乙"),
        (
            ("groups: {g: {weight: 2}}", "groups: {g: {weight: 2, coverage: 0.5}}"),
            "least coverage of g: 0 → 0.5",
            "g的最低覆盖率：0 → 0.5",
        ),
        (
            ("groups:", "total: {round: {decimals: 1}}\ngroups:"),
            "rounding of Score: none → {decimals: 1}",
            "总分的取整：无 → {decimals: 1}",
        ),
    ],
)
def test_a_change_in_words(change: tuple[str, str], english: str, chinese: str) -> None:
    assert lines(change) == ([english] if english else [])
    assert lines(change, language="zh") == ([chinese] if chinese else [])


def test_a_long_setting_is_cut() -> None:
    (line,) = lines(("measure: b", f"measure: b{' + b' * 60}"))
    assert len(line) < 3 * LONGEST


def test_a_change_stands_where_it_is_written() -> None:
    old, new = pair(("b: {weight: 2", "b: {weight: 3"), (", reason: why", ""))
    assert [str(each.place) for each in differences(old, new)] == ["new.scorecard.yaml:9:7", "old.scorecard.yaml:11:43"]


def test_a_mixture_takes_each_setting_from_one_side() -> None:
    old, new = pair(
        ("target: 100, thresholds: {green: 70}", "target: 80, thresholds: {}"),
        ("b: {weight: 2", "b: {weight: 5"),
        ("target: 90, weight: 2", "target: 70, weight: 9"),
        ("add: -5", "cap: 60"),
    )
    for count in range(4):
        for causes in combinations((Cause.WEIGHT, Cause.TARGET, Cause.RULE), count):
            found = mixed(old, new, causes, REGISTRY)
            assert found is not None
            segment = {change.key[0]: change.value for change in found.segments["s"].changes}
            assert (found.metrics["b"].weight, segment["weight"]) == (
                (Constant(5), Constant(9)) if Cause.WEIGHT in causes else (Constant(2), Constant(2))
            )
            assert (found.metrics["a"].target, segment["target"]) == (
                (Constant(80), Constant(70)) if Cause.TARGET in causes else (Constant(100), Constant(90))
            )
            assert len(found.metrics["a"].thresholds) == (Cause.TARGET not in causes)
            assert found.rules["cut"].kind == ("cap" if Cause.RULE in causes else "add")


def test_what_is_said_of_a_metric_that_one_side_lacks_goes_with_it() -> None:
    old, new = pair(
        ("segments:", "  d: {worst: 0, target: 50}\nsegments:"),
        ("metrics: {a: {target: 90, weight: 2}}", "metrics: {a: {target: 80, weight: 2}, d: {target: 60}}"),
    )
    without = mixed(old, new, {Cause.TARGET}, REGISTRY)
    assert without is not None
    assert [change.node for change in without.segments["s"].changes] == ["a", "a"]
    found = mixed(old, new, {Cause.METRIC}, REGISTRY)
    assert found is not None
    assert [(change.node, change.value) for change in found.segments["s"].changes if change.key == ("target",)] == [
        ("a", Constant(90)),
        ("d", Constant(60)),
    ]


def test_a_mixture_that_is_no_definition_is_none() -> None:
    old, new = pair(
        ("segments:", "  d: {weight: 0}\nsegments:"),
        ('cut: {when: tier == "s"', "cut: {when: d.value > 1"),
    )
    assert mixed(old, new, {Cause.RULE}, REGISTRY) is None
    assert mixed(old, new, {Cause.METRIC}, REGISTRY) is not None


def test_sources_written_alike_are_the_same_from_any_folder() -> None:
    sources = 't: {type: given}, u: {type: given, where: x > 1}, v: {type: given, join: {u: {"on": [c], columns: [y]}}}'
    text = OLD.replace("t: {type: given}", sources).replace("attributes: [tier]", "attributes: [tier], roster: t")
    text = text.replace("source: t, measure: b", "source: v, measure: b").replace("  a: {", "  a: {source: t, ")
    one = written_text(text, "here/a.scorecard.yaml", REGISTRY)
    assert same_sources(one, written_text(text, "there/b.scorecard.yaml", REGISTRY)) == {"t", "u", "v"}
    other = written_text(text.replace("x > 1", "x > 2"), "b.scorecard.yaml", REGISTRY)
    assert same_sources(one, other) == {"t"}


def test_sources_written_alike_are_where_the_new_definition_finds_them() -> None:
    old, new = (written_text(OLD, f"{folder}/a.scorecard.yaml", REGISTRY) for folder in ("here", "there"))
    assert (old.scorecard.sources["t"].folder, old.on_data_of(new).scorecard.sources["t"].folder) == ("here", "there")


def test_the_words_of_both_languages_name_every_cause() -> None:
    assert {f"cause.{cause}" for cause in Cause} <= LANGUAGES["en"].keys()
    assert json.dumps([LANGUAGES["zh"][f"cause.{cause}"] for cause in Cause], ensure_ascii=False).isascii() is False
