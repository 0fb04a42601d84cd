"""A definition as a revision of the repository has it: its layers from there too, its data from the folder at hand, nothing else."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from scorecard.definition.check import check_named
from scorecard.definition.read import LARGEST
from scorecard.definition.revision import opened
from scorecard.errors import UsageError
from scorecard.hooks.registry import Registry

BASE = """\
schema: scorecard/1
entity: {key: [customer_id]}
metrics: {csat: {source: surveys, measure: mean(rating), worst: 0, target: 80}}
"""
CLIENT = """\
extends: ../base.scorecard.yaml
sources: {surveys: {type: csv, path: data/surveys.csv}}
metrics: {csat: {weight: 2}}
"""


def git(*arguments: str) -> None:
    who = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false", "-c", "core.autocrlf=false"]
    subprocess.run(["git", *who, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a client over a base, as committed on `main`, and the base changed since."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "clients").mkdir()
    (tmp_path / "base.scorecard.yaml").write_text(BASE, encoding="utf-8")
    (tmp_path / "clients" / "客户.scorecard.yaml").write_text(CLIENT, encoding="utf-8")
    git("init", "--quiet", "--initial-branch", "main")
    git("add", ".")
    git("commit", "--quiet", "--message", "Begin")
    (tmp_path / "base.scorecard.yaml").write_text(BASE.replace("target: 80", "target: 90"), encoding="utf-8")
    return tmp_path


def reason(name: str) -> object:
    with pytest.raises(UsageError) as stopped:
        opened(name)
    (issue,) = stopped.value.issues
    assert issue.code == "SC951"
    assert issue.values["name"] == name
    return issue.values["reason"]


def test_a_revision_is_read_with_its_own_layers_and_the_data_at_hand(repository: Path, registry: Registry) -> None:
    now, then = (check_named(name, registry).scorecard for name in ("clients/客户.scorecard.yaml", "main:clients/客户.scorecard.yaml"))
    assert now is not None
    assert then is not None
    assert (now.metrics["csat"].target.value, then.metrics["csat"].target.value) == (90, 80)
    assert then.files == ("main:clients/客户.scorecard.yaml", "main:base.scorecard.yaml")
    assert str(then.places["metrics", "csat", "target"]) == "main:base.scorecard.yaml:3:76"
    assert then.sources["surveys"].folder == now.sources["surveys"].folder == "clients"


def test_issues_of_a_revision_name_it(repository: Path, registry: Registry) -> None:
    (repository / "clients" / "客户.scorecard.yaml").write_text(CLIENT.replace("weight: 2", "wieght: 2"), encoding="utf-8")
    git("commit", "--quiet", "--all", "--message", "Weigh")
    assert [str(issue.place) for issue in check_named("HEAD:clients/客户.scorecard.yaml", registry).issues] == [
        "HEAD:clients/客户.scorecard.yaml:3:18"
    ]
    assert check_named("HEAD~1:clients/客户.scorecard.yaml", registry).issues == ()


def test_a_path_with_a_dot_goes_from_the_folder_at_hand(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository / "clients")
    assert (
        opened("main:./客户.scorecard.yaml").file == opened("main:clients/客户.scorecard.yaml").file == "main:clients/客户.scorecard.yaml"
    )
    assert opened("main:../base.scorecard.yaml").file == "main:base.scorecard.yaml"
    assert opened("main:base.scorecard.yaml").tree.at_hand("main:clients/客户.scorecard.yaml") == "客户.scorecard.yaml"


def test_a_file_comes_before_a_revision_of_its_name(repository: Path) -> None:
    if os.name == "nt":
        pytest.skip("no file is called so")
    (repository / "main:odd.yaml").write_text(BASE, encoding="utf-8")
    assert opened("main:odd.yaml").load()[0] is not None
    assert opened("base.scorecard.yaml").tree is opened("main:odd.yaml").tree


@pytest.mark.parametrize(
    "name",
    [
        "--output=x:base.scorecard.yaml",
        "-p:base.scorecard.yaml",
        "main..main:base.scorecard.yaml",
        ":base.scorecard.yaml",
        "main:",
        "a b:c",
        "$(id):x",
    ],
)
def test_what_git_could_take_otherwise_is_refused(repository: Path, name: str) -> None:
    assert reason(name) == "name"
    assert not (repository / "x").exists()


@pytest.mark.parametrize("name", ["main:../../etc/passwd", "main:/etc/passwd", "main:clients/../../x", "main:.."])
def test_nothing_outside_of_the_repository_is_read(repository: Path, name: str) -> None:
    assert reason(name) == "outside"


def test_a_layer_outside_of_the_repository_is_not_read(repository: Path, registry: Registry) -> None:
    (repository / "clients" / "客户.scorecard.yaml").write_text(CLIENT.replace("../base", "../../../base"), encoding="utf-8")
    git("commit", "--quiet", "--all", "--message", "Climb")
    (issue,) = check_named("main:clients/客户.scorecard.yaml", registry).issues
    assert (issue.code, str(issue.place)) == ("SC951", "main:clients/客户.scorecard.yaml:1:10")


def test_a_layer_of_a_file_is_never_a_revision(repository: Path, registry: Registry) -> None:
    (repository / "own.scorecard.yaml").write_text(CLIENT.replace("../base", "main:base"), encoding="utf-8")
    assert [issue.code for issue in check_named("own.scorecard.yaml", registry).issues] == ["SC021"]


def test_what_is_not_there_is_said(
    repository: Path, registry: Registry, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert reason("mian:base.scorecard.yaml") == "revision"
    assert [issue.code for issue in check_named("main:no.yaml", registry).issues] == ["SC001"]
    assert [issue.code for issue in check_named("main:clients", registry).issues] == ["SC001"]
    assert [issue.code for issue in check_named("no.yaml", registry).issues] == ["SC001"]
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert reason("main:base.scorecard.yaml") == "repository"


def test_without_git_it_is_said(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert reason("main:base.scorecard.yaml") == "git"


def test_a_file_too_large_is_not_read_whole(repository: Path, registry: Registry) -> None:
    (repository / "large.yaml").write_bytes(b"#" * (LARGEST + 2))
    git("add", "large.yaml")
    git("commit", "--quiet", "--message", "Grow")
    assert [issue.code for issue in check_named("HEAD:large.yaml", registry).issues] == ["SC004"]
