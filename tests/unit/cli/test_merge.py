"""`scorecard merge`: a diff that git takes, a file written whole or not at all, and what is left to decide."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

OLD, NEW, CLIENT = "old.scorecard.yaml", "new.scorecard.yaml", "client.scorecard.yaml"


@pytest.fixture(autouse=True)
def _files(write: Callable[..., str]) -> None:
    write(name=OLD)
    write(("target: 5}", "target: 4.8}"), ("weight: 3", "weight: 2"), name=NEW)
    write(("weight: 3", "weight: 4"), more="id: client\n", name=CLIENT)


def test_a_copy_gets_a_diff_and_a_conflict_is_exit_code_one(run, folder: Path) -> None:
    result = run("merge", OLD, NEW, CLIENT)
    assert result.code == 1
    assert "taken over: metrics.rating.target: 5 (old.scorecard.yaml:23) → 4.8 (new.scorecard.yaml:23)\n" in result.err
    assert "conflict: metrics.rating.weight: 3 (old.scorecard.yaml:23) → 2 (new.scorecard.yaml:23); " in result.err
    assert "the definition has 4 (client.scorecard.yaml:23)\n" in result.err
    assert "taken over: 1; already there: 0; left to decide: 1; own values kept: 1\n" in result.err
    before = (folder / CLIENT).read_text("utf-8")
    subprocess.run(["git", "apply", "-"], input=result.out.encode(), cwd=folder, check=True)
    assert (folder / CLIENT).read_text("utf-8") == before.replace("target: 5}", "target: 4.8}")


def test_without_a_conflict_it_is_fine_and_written(run, folder: Path, write: Callable[..., str]) -> None:
    write(name=CLIENT, more="id: client\n")
    result = run("merge", OLD, NEW, CLIENT, "--write")
    assert (result.code, result.out) == (0, "")
    assert (folder / CLIENT).read_text("utf-8") == (folder / NEW).read_text("utf-8") + "id: client\n"
    again = run("merge", OLD, NEW, CLIENT, "--write")
    assert (again.code, "already there: 2" in again.err, "wrote" in again.err) == (0, True, False)


def test_json_holds_the_diff_and_all_sides(run) -> None:
    found = json.loads(run("merge", OLD, NEW, CLIENT, "--format", "json").out)
    (conflict,) = found["conflicts"]
    assert conflict["client"] == {"value": 4, "file": CLIENT, "line": 23}
    assert found["patch"].startswith(f"--- a/{CLIENT}\n")
    assert [kept["path"] for kept in found["kept"]] == [["id"]]


def test_one_that_extends_the_base_is_told_what_reaches_it(run, folder: Path) -> None:
    (folder / CLIENT).write_text(f"extends: {NEW}\nmetrics: {{rating: {{weight: 4}}}}\n", encoding="utf-8")
    result = run("merge", OLD, NEW, CLIENT)
    assert (result.code, result.err) == (0, "")
    assert result.out.splitlines() == [
        "metrics.rating.weight: 3 → 2; the definition keeps its own, 4 (client.scorecard.yaml:2:28); is that still wanted?",
        "metrics.rating.target: 5 → 4.8; reaches the definition",
        "changes of the base: 2; reaching the definition: 1",
    ]
    assert [one["standing"] for one in json.loads(run("merge", OLD, NEW, CLIENT, "--format", "json").out)] == ["overridden", "inherited"]
    assert "会生效" in run("merge", OLD, NEW, CLIENT, "--lang", "zh").out
    assert run("merge", OLD, NEW, CLIENT, "--write").code == 2
    assert run("merge", NEW, NEW, CLIENT).out == "the base has not changed\n"


def test_a_new_base_that_breaks_the_client_fails(run, folder: Path, write: Callable[..., str]) -> None:
    (folder / CLIENT).write_text(f"extends: {OLD}\nrules: {{low: {{when: nps.value < 0, add: -5}}}}\n", encoding="utf-8")
    text = (folder / OLD).read_text("utf-8")
    (folder / NEW).write_text("\n".join(line for line in text.splitlines() if not line.startswith("  nps:")), encoding="utf-8")
    result = run("merge", OLD, NEW, CLIENT)
    assert result.code == 1
    assert "client.scorecard.yaml:2:21: SC303" in result.err


def test_the_old_base_can_be_a_revision(run, folder: Path) -> None:
    git = ["git", "-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
    for command in (["init", "--quiet", "--initial-branch", "main"], ["add", OLD], ["commit", "--quiet", "--message", "Begin"]):
        subprocess.run([*git, *command], cwd=folder, check=True)
    (folder / OLD).write_text((folder / NEW).read_text("utf-8"), encoding="utf-8")
    (folder / CLIENT).write_text(f"extends: {OLD}\n", encoding="utf-8")
    assert "reaching the definition: 2" in run("merge", f"main:{OLD}", OLD, CLIENT).out


@pytest.mark.parametrize("names", [("nowhere.yaml", NEW, CLIENT), (OLD, "main:nowhere.yaml", CLIENT), (OLD, NEW, "nowhere.yaml")])
def test_what_is_not_there_is_wrong_usage(run, names: tuple[str, ...]) -> None:
    assert run("merge", *names).code == 2


def test_a_copy_that_the_changes_break_fails(run, folder: Path, write: Callable[..., str]) -> None:
    text = (folder / OLD).read_text("utf-8")
    (folder / NEW).write_text("\n".join(line for line in text.splitlines() if not line.startswith("  nps:")), encoding="utf-8")
    write(name=CLIENT, more="rules: {low: {when: nps.value < 0, add: -5}}\n")
    result = run("merge", OLD, NEW, CLIENT)
    assert result.code == 1
    assert "left to decide: 0" in result.err
    assert "SC303 there is no metric or group 'nps'" in result.err
