"""The effective definition: every value with its file and line, what a file changes against its layers, and all of it in one file."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from scorecard import app
from scorecard.definition.check import check_file
from scorecard.definition.departures import Kind
from scorecard.definition.effective import Effective, about, effective, with_own_paths
from scorecard.definition.emit import as_yaml
from scorecard.definition.layers import FOLDERS
from scorecard.definition.revision import Opened
from scorecard.errors import DefinitionError, UsageError
from scorecard.hooks.registry import Registry

ROOT = Path(__file__).parents[3]
BASE = """\
schema: scorecard/1
bands: {red: {from: 0}, green: {from: 80}}
defaults: {metrics: {missing: worst, unit: points}}
sources: {surveys: {type: csv, path: data/*.csv}, orders: {type: sql, url: "sqlite:///data/erp.db", query: select 1}}
metrics:
  csat: {source: surveys, measure: mean(rating), worst: 0, target: 80}
  nps: {source: surveys, measure: mean(nps), worst: 0, target: 50}
rules: {veto: {when: csat.value < 10, add: -5}}
"""
CLIENT = """\
extends: shared/base.scorecard.yaml
title: Client
entity: {key: [customer_id], roster: surveys}
metrics:
  csat: {unit: null, target: 85, worst: 0}
  nps: null
segments: {key: {when: customer_id == "1", metrics: {csat: {target: 90}}}}
"""


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Effective:
    monkeypatch.chdir(tmp_path)
    Path("shared").mkdir()
    Path("shared/base.scorecard.yaml").write_text(BASE, encoding="utf-8")
    return shown(CLIENT)


def shown(text: str) -> Effective:
    Path("client.scorecard.yaml").write_text(text, encoding="utf-8")
    return effective(Opened(FOLDERS, "client.scorecard.yaml"))


def test_every_value_has_the_place_it_came_from(client: Effective) -> None:
    found = {value.where: (str(value.place), value.is_default) for value in client.values()}
    base = "shared/base.scorecard.yaml"
    assert found["metrics", "csat", "target"] == ("client.scorecard.yaml:5:30", False)
    assert found["metrics", "csat", "measure"] == (f"{base}:6:36", False)
    assert found["metrics", "csat", "missing"] == (f"{base}:3:31", True)
    assert not any(where[0] == "defaults" for where in found)
    assert ("metrics", "csat", "unit") not in found
    assert not any(where[:2] == ("metrics", "nps") for where in found)
    for where, (place, is_default) in found.items():
        assert (str(client.value(where).place), client.value(where).is_default) == (place, is_default)


def test_sections_come_as_the_reference_has_them_and_defaults_last(client: Effective) -> None:
    data, _ = client.part
    assert list(data) == ["schema", "title", "entity", "bands", "sources", "metrics", "segments", "rules"]
    assert list(data["metrics"]["csat"]) == ["source", "measure", "worst", "target", "missing"]


def test_what_is_changed_against_the_layers(client: Effective) -> None:
    found = {change.where: change for change in client.departures()}
    assert {where: (change.kind, change.before, change.after) for where, change in found.items() if where[0] == "metrics"} == {
        ("metrics", "csat", "worst"): (Kind.REPEATED, 0, 0),
        ("metrics", "csat", "target"): (Kind.CHANGED, 80, 85),
        ("metrics", "csat", "unit"): (Kind.REMOVED, "points", None),
        ("metrics", "nps"): (
            Kind.REMOVED,
            {"source": "surveys", "measure": "mean(nps)", "worst": 0, "target": 50, "missing": "worst", "unit": "points"},
            None,
        ),
    }
    assert found["segments", "key"].kind is Kind.ADDED
    assert str(found["metrics", "csat", "target"].before_place) == "shared/base.scorecard.yaml:6:68"
    assert str(client.removed_at(("metrics", "nps"))) == "client.scorecard.yaml:6:8"
    assert not any(where[0] in ("schema", "extends") for where in found)


def test_a_definition_that_extends_nothing_changes_nothing_of_a_base(client: Effective) -> None:
    assert {change.kind for change in shown(BASE).departures()} == {Kind.ADDED}


def test_alone_it_loads_as_the_same_definition(client: Effective, registry: Registry) -> None:
    assert check_file("client.scorecard.yaml", registry).issues == ()
    assert_same_alone(client, registry)


@pytest.mark.parametrize("file", sorted((ROOT / "configs").rglob("*.scorecard.yaml")), ids=lambda file: file.name)
def test_a_worked_scorecard_alone_is_the_same_definition(file: Path, client: Effective) -> None:
    assert_same_alone(effective(Opened(FOLDERS, str(file))), app.registry())


def assert_same_alone(whole: Effective, registry: Registry) -> None:
    """In one file, a definition has the same data, `defaults` spread over what they fill, and as few issues."""
    text = as_yaml(whole.part)
    alone = shown(text)
    assert alone.layered.data == {section: value for section, value in whole.layered.data.items() if section != "defaults"}
    removed_nothing = Counter(issue.code for issue in whole.issues)
    files = whole.document.file, "client.scorecard.yaml"
    before, after = (Counter(issue.code for issue in check_file(file, registry).errors) for file in files)
    assert after == before - removed_nothing


def test_paths_are_told_from_the_own_folder(client: Effective) -> None:
    (data, _), left = with_own_paths(client)
    assert data["sources"]["surveys"]["path"] == "shared/data/*.csv"
    assert left == ("orders",)
    assert client.layered.data["sources"]["surveys"]["path"] == "data/*.csv"
    for path in ("https://example.org/a.csv", "${DATA}/a.csv", "~/a.csv", str(Path.cwd() / "a.csv")):
        Path("shared/base.scorecard.yaml").write_text(BASE.replace("data/*.csv", f"'{path}'"), encoding="utf-8")
        assert with_own_paths(shown(CLIENT))[0][0]["sources"]["surveys"]["path"] == path


def test_all_that_is_said_of_one_node(client: Effective) -> None:
    data, _ = about(client.part, "csat")
    assert {section: list(entries) for section, entries in data.items()} == {"metrics": ["csat"], "segments": ["key"]}
    assert data["segments"]["key"] == {"when": 'customer_id == "1"', "metrics": {"csat": {"target": 90}}}
    with pytest.raises(UsageError) as stopped:
        about(client.part, "csta")
    assert stopped.value.issues[0].values["did_you_mean"] == ["csat"]


def test_the_total_has_the_rules_that_name_no_node(client: Effective) -> None:
    data, _ = about(shown(f"{CLIENT}total: {{coverage: 0.5}}\n").part, "total")
    assert data == {"total": {"coverage": 0.5}, "rules": {"veto": {"when": "csat.value < 10", "add": -5}}}


@pytest.mark.parametrize(
    ("text", "code", "there"),
    [
        ("extends: nowhere.yaml\ntitle: t\n", "SC021", ("title",)),
        ("extends: [shared/base.scorecard.yaml, client.scorecard.yaml]\ntitle: t\n", "SC020", ("bands", "red", "from")),
        ("title: t\nmetrics: [1]\ntotal: {wieght: 1}\nid: !x y\n", "SC010", ("total", "wieght")),
    ],
)
def test_a_definition_with_errors_is_shown_as_far_as_it_can_be_read(
    client: Effective, text: str, code: str, there: tuple[str, ...]
) -> None:
    found = shown(text)
    assert [issue.code for issue in found.issues] == [code]
    assert there in {value.where for value in found.values()}
    assert as_yaml(found.part)


def test_what_is_no_yaml_is_said(client: Effective) -> None:
    with pytest.raises(DefinitionError) as stopped:
        shown("a: [")
    assert [issue.code for issue in stopped.value.issues] == ["SC008"]
