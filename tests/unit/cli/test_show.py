"""`scorecard show`: the effective definition, where its values came from, and one file that scores the same."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import scorecard

CONFIGS = Path(__file__).parents[3] / "configs"
CLIENT = "extends: acme.scorecard.yaml\nmetrics: {rating: {target: 4.5, weight: 3}, nps: null}\n"


@pytest.fixture
def client(folder: Path) -> str:
    (folder / "client.scorecard.yaml").write_text(CLIENT, encoding="utf-8")
    return "client.scorecard.yaml"


def test_values_have_their_file_and_line_behind_them(run, client: str) -> None:
    result = run("show", client, "--of", "rating")
    assert (result.code, result.err) == (0, "")
    lines = [line.split() for line in result.out.splitlines()]
    assert ["target:", "4.5", "#", "client.scorecard.yaml:2"] in lines
    assert ["worst:", "2", "#", "acme.scorecard.yaml:23"] in lines


def test_two_layers_of_one_name_are_told_apart(run, folder: Path, client: str) -> None:
    (folder / "eu").mkdir()
    (folder / "eu" / client).write_text(f"extends: ../{client}\ntitle: EU\n", encoding="utf-8")
    out = run("show", f"eu/{client}").out
    assert f"# eu/{client}:2\n" in out
    assert f"# {client}:2\n" in out
    assert "# acme.scorecard.yaml:23\n" in out


def test_json_says_value_and_place(run, client: str) -> None:
    found = json.loads(run("show", client, "--format", "json").out)
    assert found["layers"] == [client, "acme.scorecard.yaml"]
    (target,) = [value for value in found["values"] if value["path"] == ["metrics", "rating", "target"]]
    assert target == {"path": ["metrics", "rating", "target"], "value": 4.5, "file": client, "line": 2, "column": 28}


def test_the_difference_from_the_layers(run, client: str) -> None:
    lines = [line.split("  #")[0].rstrip() for line in run("show", client, "--diff").out.splitlines()]
    assert lines[0] == "= metrics.rating.weight: 3"
    assert lines[1] == "~ metrics.rating.target: 5 → 4.5"
    assert lines[2].startswith("- metrics.nps: {title: NPS, ")
    assert lines[3] == "1 changed, 1 removed, 1 written again, with the same value"
    found = json.loads(run("show", client, "--diff", "--format", "json", "--of", "nps").out)
    assert [(change["path"], change["change"], change["to"]["line"]) for change in found] == [(["metrics", "nps"], "removed", 2)]


def test_without_layers_there_is_nothing_to_compare_with(run) -> None:
    assert run("show", "acme.scorecard.yaml", "--diff").out == "acme.scorecard.yaml extends no layer; there is nothing to compare it with\n"
    assert "没有继承" in run("show", "acme.scorecard.yaml", "--diff", "--lang", "zh").out


def test_one_file_scores_as_the_layers_do(run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("base", "clients", "industry", "tier"):
        shutil.copytree(CONFIGS / name, tmp_path / name)
    monkeypatch.chdir(tmp_path / "clients" / "yunfan")
    monkeypatch.setenv("ERP_URL", "sqlite:///data/erp.db")
    name = "customer-projects.scorecard.yaml"
    layered = scorecard.evaluate(name, period="2026-Q3")
    (tmp_path / "clients" / "yunfan" / name).write_text(run("show", name, "--plain").out, encoding="utf-8")
    alone = scorecard.evaluate(name, period="2026-Q3")
    assert alone.scorecard.files == (name,)
    assert alone.scorecard.digest == layered.scorecard.digest
    assert alone.scores.equals(layered.scores)


def test_data_that_cannot_be_told_from_the_own_folder_are_named(run, folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "own.scorecard.yaml").write_text("extends: ../acme.scorecard.yaml\n", encoding="utf-8")
    result = run("show", "sub/own.scorecard.yaml", "--plain")
    assert result.code == 0
    assert result.err == ""


def test_issues_of_the_layers_are_said(run, write: Callable[..., str]) -> None:
    result = run("show", write(more="extends: nowhere.yaml\n"))
    assert result.code == 1
    assert "rating:" in result.out
    assert "SC021" in result.err


def test_what_does_not_go_together_is_wrong_usage(run, client: str) -> None:
    assert run("show", client, "--plain", "--diff").code == 2
    assert run("show", client, "--of", "rtaing").code == 2
    assert run("show", "nowhere.yaml").code == 2
    assert run("show", "main:nowhere.yaml").code == 2


def test_a_file_that_is_no_yaml_is_a_definition_with_errors(run, folder: Path) -> None:
    (folder / "broken.yaml").write_text("a: [", encoding="utf-8")
    assert run("show", "broken.yaml").code == 1
    assert run("drift", "broken.yaml").code == 1
    assert run("merge", "acme.scorecard.yaml", "acme.scorecard.yaml", "broken.yaml").code == 1
