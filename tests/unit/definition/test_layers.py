"""Layers: which of two values wins, what null removes, and where each value came from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scorecard.definition.layers import Layered, layer, load
from scorecard.model.issue import Issue


def layered(folder: Path, **files: str) -> tuple[Layered, list[Issue]]:
    """The layers of `top`, all files written to a folder first."""
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    document, issues = load(str(folder / "top.yaml"))
    assert document is not None, issues
    return layer(document)


def data(folder: Path, **files: str) -> dict[str, Any]:
    found, issues = layered(folder, **files)
    assert issues == []
    return found.data


def test_the_later_and_the_nearer_win_by_key(tmp_path: Path) -> None:
    found = data(
        tmp_path,
        top="extends: [one.yaml, two.yaml]\nbands: {green: {title: G}}\n",
        one="bands: {green: {from: 1, title: a}, red: {from: 0}}\ntitle: one\n",
        two="title: two\nbands: {green: {from: 2}}\n",
    )
    assert found == {"bands": {"green": {"from": 2, "title": "G"}, "red": {"from": 0}}, "title": "two"}


def test_a_layer_of_a_layer_is_relative_to_the_file_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "mid.yaml").write_text("extends: ../low.yaml\nid: mid", encoding="utf-8")
    found, issues = layered(tmp_path, top="extends: deep/mid.yaml", low="title: low\nid: low")
    assert issues == []
    assert found.data == {"title": "low", "id": "mid"}
    assert found.files == tuple(str(tmp_path / name) for name in ("top.yaml", "deep/mid.yaml", "low.yaml"))
    assert found.root.at(("title",)).file == str(tmp_path / "low.yaml")
    assert found.root.at(("id",)).file == str(tmp_path / "deep/mid.yaml")


def test_null_removes_what_a_lower_layer_wrote(tmp_path: Path) -> None:
    assert data(tmp_path, top="extends: low.yaml\nmetrics: {a: null}", low="metrics: {a: {weight: 1}, b: {}}") == {"metrics": {"b": {}}}


def test_removing_what_is_not_there_is_an_issue(tmp_path: Path) -> None:
    found, issues = layered(tmp_path, top="extends: low.yaml\nmetrics: {a: {unit: null}}\n", low="metrics: {a: {weight: 1}}")
    assert [(issue.code, issue.values["key"], issue.place and issue.place.column) for issue in issues] == [("SC022", "unit", 15)]
    assert found.data == {"metrics": {"a": {"weight": 1}}}


@pytest.mark.parametrize(
    ("key", "low", "top"),
    [
        ("curve", "{lookup: {A: 0}, otherwise: 3}", "{points: [[0, 0], [1, 1]]}"),
        ("target", "{2025-12-31: 82, 2026-12-31: 90}", "{2027-12-31: 95}"),
        ("worst", "{2025-Q1: 1}", "{2026-Q1: 2}"),
        ("choose", "[{otherwise: a}]", "[{otherwise: b}]"),
        ("aggregation", "{power: 2}", "{worst: 2}"),
        ("missing", "{impute: mean, by: region}", "{impute: mean}"),
    ],
)
def test_a_choice_between_forms_is_replaced_whole(tmp_path: Path, key: str, low: str, top: str) -> None:
    written = data(tmp_path, top=f"metrics: {{a: {{{key}: {top}}}}}")
    both = data(tmp_path, top=f"extends: low.yaml\nmetrics: {{a: {{{key}: {top}}}}}", low=f"metrics: {{a: {{{key}: {low}}}}}")
    assert both == written


def test_thresholds_and_params_are_merged_by_key(tmp_path: Path) -> None:
    found = data(
        tmp_path,
        top="extends: low.yaml\nmetrics: {a: {thresholds: {green: {2026-Q1: 9}}, params: {x: 2}}}",
        low="metrics: {a: {thresholds: {amber: 1, green: {2025-Q1: 2}}, params: {x: 1, y: 1}}}",
    )
    assert found["metrics"]["a"] == {"thresholds": {"amber": 1, "green": {"2026-Q1": 9}}, "params": {"x": 2, "y": 1}}


@pytest.mark.parametrize(
    ("low", "top", "left"),
    [
        ("{measure: mean(x)}", "{type: csat}", {"type": "csat"}),
        ("{type: csat, params: {s: 1}}", "{measure: mean(x)}", {"measure": "mean(x)"}),
        ("{type: csat, params: {s: 1}}", "{type: nps}", {"type": "nps"}),
        ("{type: csat, params: {s: 1}}", "{type: csat, params: {t: 1}}", {"type": "csat", "params": {"s": 1, "t": 1}}),
        ("{choose: [{otherwise: a}]}", "{measure: x}", {"measure": "x"}),
        ("{measure: x}", "{choose: [{otherwise: a}]}", {"choose": [{"otherwise": "a"}]}),
    ],
)
def test_ways_to_a_value_displace_one_another(tmp_path: Path, low: str, top: str, left: dict[str, Any]) -> None:
    found = data(tmp_path, top=f"extends: low.yaml\nmetrics: {{a: {top}}}", low=f"metrics: {{a: {low}}}")
    assert found["metrics"]["a"] == left


def test_defaults_fill_what_no_layer_wrote(tmp_path: Path) -> None:
    found, issues = layered(
        tmp_path,
        top="extends: low.yaml\nmetrics: {a: {}, b: {source: t, type: csat}}\ntotal: {}",
        low="defaults: {metrics: {source: s, measure: x, thresholds: {g: 1}}, groups: {missing: worst}}\n"
        "groups: {k: {}}\nmetrics: {a: {thresholds: {h: 2}}}",
    )
    assert issues == []
    assert found.data["metrics"] == {
        "a": {"source": "s", "measure": "x", "thresholds": {"g": 1, "h": 2}},
        "b": {"source": "t", "type": "csat", "thresholds": {"g": 1}},
    }
    assert found.data["groups"] == {"k": {"missing": "worst"}}
    assert found.data["total"] == {}
    assert found.root.at(("metrics", "a", "source")).value.line == 1


def test_null_keeps_a_default_away(tmp_path: Path) -> None:
    assert data(tmp_path, top="defaults: {metrics: {unit: h}}\nmetrics: {a: {unit: null}}")["metrics"] == {"a": {}}


def test_a_segment_may_take_a_threshold_away(tmp_path: Path) -> None:
    text = "metrics: {a: {thresholds: {g: 1}}}\nsegments: {s: {metrics: {a: {thresholds: {g: null}}}}}"
    assert data(tmp_path, top=text)["segments"]["s"]["metrics"]["a"]["thresholds"] == {"g": None}
    assert [issue.code for issue in layered(tmp_path, top=text.replace("{g: null}", "{h: null}"))[1]] == ["SC022"]


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"top": "extends: top.yaml"}, "SC020"),
        ({"top": "extends: a.yaml", "a": "extends: b.yaml", "b": "extends: [a.yaml]"}, "SC020"),
        ({"top": "extends: nowhere.yaml"}, "SC021"),
        ({"top": "extends: 5"}, "SC101"),
        ({"top": "extends: [{}]"}, "SC101"),
        ({"top": "extends: a.yaml", "a": "x: [1"}, "SC008"),
    ],
)
def test_layers_that_cannot_be_had(tmp_path: Path, files: dict[str, str], code: str) -> None:
    found, issues = layered(tmp_path, **files)
    assert [issue.code for issue in issues] == [code]
    assert not found.complete


def test_a_circle_is_printed(tmp_path: Path) -> None:
    _, issues = layered(tmp_path, top="extends: a.yaml", a="extends: top.yaml")
    assert issues[0].values["circle"] == "top.yaml -> a.yaml -> top.yaml"


def test_two_ways_to_one_layer_are_no_circle(tmp_path: Path) -> None:
    found = data(tmp_path, top="extends: [a.yaml, b.yaml]", a="extends: c.yaml\nid: a", b="extends: c.yaml", c="id: c\ntitle: c")
    assert found == {"id": "c", "title": "c"}


def test_a_chain_without_end_is_refused(tmp_path: Path) -> None:
    files = {f"f{at}": f"extends: f{at + 1}.yaml" for at in range(40)}
    _, issues = layered(tmp_path, top="extends: f0.yaml", **files)
    assert [issue.code for issue in issues] == ["SC023"]


def test_layers_that_double_are_read_once(tmp_path: Path) -> None:
    files = {f"f{at}": f"extends: [f{at + 1}.yaml, f{at + 1}.yaml]" for at in range(25)}
    assert data(tmp_path, top="extends: f0.yaml", **files, f25="id: x") == {"id": "x"}
