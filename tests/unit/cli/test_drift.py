"""`scorecard drift` on a folder of clients, in every form."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

CLIENTS = {
    "acme": "metrics: {rating: {target: 4.5}, nps: {title: NPS}}",
    "beta": "metrics: {rating: {target: 4.5}, nps: null}",
    "gamma": "total: {rank: null}",
}


@pytest.fixture(autouse=True)
def _clients(folder: Path) -> None:
    (folder / "acme.scorecard.yaml").rename(folder / "base.scorecard.yaml")
    (folder / "clients").mkdir()
    for name, said in CLIENTS.items():
        (folder / "clients" / f"{name}.scorecard.yaml").write_text(f"extends: ../base.scorecard.yaml\n{said}\n", encoding="utf-8")


def test_the_table_says_what_and_by_whom(run) -> None:
    result = run("drift", "clients/")
    assert (result.code, result.err) == (0, "")
    lines = [" ".join(line.split()) for line in result.out.splitlines()]
    assert lines[0] == "definitions: 3; base: base.scorecard.yaml"
    assert "metrics.rating.target 5 2 of 3 4.5: acme, beta" in lines
    assert "metrics.nps.title NPS 1 of 3 NPS (same as the base): acme" in lines
    assert "total.rank {ties: best} 1 of 3 taken away: gamma" in lines
    assert "acme 2 1 0 0" in lines


def test_it_is_said_in_chinese(run) -> None:
    assert "基础层" in run("drift", "clients/", "--lang", "zh").out


def test_the_other_forms_say_the_same(run, folder: Path) -> None:
    found = json.loads(run("drift", "clients/", "--format", "json").out)
    (target,) = [one for one in found["overridden"] if one["path"] == ["metrics", "rating", "target"]]
    assert [(each["value"], each["line"], each["outlier"]) for each in target["overrides"]] == [(4.5, 2, False)] * 2
    assert found["clients"][1]["overrides"] == 2
    assert "| metrics.rating.target | 5 | 2 of 3 | 4.5: acme, beta |" in run("drift", "clients/", "--format", "markdown").out
    run("drift", "clients/", "--out", "drift.csv")
    assert 'metrics.rating.target,5,2 of 3,"4.5: acme, beta"' in (folder / "drift.csv").read_text("utf-8-sig")


def test_two_clients_of_one_name_are_told_apart(run, folder: Path) -> None:
    (folder / "clients" / "old").mkdir()
    (folder / "clients" / "old" / "acme.scorecard.yaml").write_text("extends: ../../base.scorecard.yaml\ntitle: Old\n", encoding="utf-8")
    out = run("drift", "clients/").out
    assert "clients/acme.scorecard.yaml, beta" in out
    assert "clients/old/acme.scorecard.yaml" in out


def test_no_base_in_common_is_wrong_usage(run, folder: Path) -> None:
    result = run("drift", "base.scorecard.yaml", "clients/")
    assert result.code == 2
    assert "SC952" in result.err
