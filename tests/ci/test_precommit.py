"""The hooks, run by pre-commit itself on a repository that commits a definition."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from jobs import commit, environment

from scorecard.report.issues import FORMS

HOOKS = Path(__file__).parents[2] / ".pre-commit-hooks.yaml"


WAYS = [
    ("scorecard validate clients", None, 0),
    ("scorecard validate clients", ("worst: 1, target: 5", "wrst: 1, target: 5"), 1),
    ("scorecard test clients", ("score: 100", "score: 99"), 1),
    ("scorecard run clients/acme.scorecard.yaml --fail-under 80", None, 1),
    ("scorecard run clients/acme.scorecard.yaml --fail-on blue", None, 2),
    (
        "scorecard run clients/acme.scorecard.yaml",
        ("type: inline\n    rows: [{customer_id", "type: csv\n    path: nowhere.csv # [{customer_id"),
        3,
    ),
    ("scorecard run clients/acme.scorecard.yaml --fail-under 1", ("rating: 3, visits: 2", "visits: "), 4),
]
"""a command, a change of the definition, and the exit code that it then has"""


@pytest.fixture
def hooks(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[int, str]]:
    """Runs one of the hooks over all files. They are those of the manifest, but for this interpreter in place of one of their own."""
    ours = [{**hook, "language": "system"} for hook in yaml.safe_load(HOOKS.read_text("utf-8"))]
    ours += [_own(f"way-{at}", command) for at, (command, _, _) in enumerate(WAYS)]
    ours += [_own(f"form-{form}", f"scorecard validate clients --format {form}") for form in FORMS]
    (repository / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [{"repo": "local", "hooks": ours}]}), encoding="utf-8")
    commit(repository)
    home = tmp_path_factory.mktemp("pre-commit")

    def run(id: str) -> tuple[int, str]:
        command = [sys.executable, "-m", "pre_commit", "run", id, "--all-files", "--color=never"]
        done = subprocess.run(
            command, cwd=repository, env=environment(PRE_COMMIT_HOME=str(home)), capture_output=True, encoding="utf-8", check=False
        )
        return done.returncode, done.stdout

    return run


def _own(id: str, entry: str) -> dict[str, object]:
    """A hook that a team writes for itself."""
    return {"id": id, "name": id, "entry": entry, "language": "system", "pass_filenames": False, "always_run": True, "verbose": True}


@pytest.mark.parametrize("at", range(len(WAYS)), ids=lambda at: f"{WAYS[at][0]} → {WAYS[at][2]}")
def test_every_exit_code_reaches_the_person_who_commits(hooks, change, repository: Path, at: int) -> None:
    _, changed, code = WAYS[at]
    if changed is not None:
        change(*changed)
        commit(repository)
    failed, said = hooks(f"way-{at}")
    assert failed == (code != 0)
    assert (f"exit code: {code}" in said) == (code != 0), said


@pytest.mark.parametrize("form", FORMS)
def test_every_format_says_what_is_wrong(hooks, change, repository: Path, form: str) -> None:
    change("worst: 1, target: 5", "wrst: 1, target: 5")
    commit(repository)
    failed, said = hooks(f"form-{form}")
    assert failed == 1
    assert "SC104" in said


def test_the_manifest_is_one() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", str(HOOKS)]
    assert subprocess.run(command, check=False, env=environment()).returncode == 0


@pytest.mark.parametrize("id", ["scorecard-validate", "scorecard-fix", "scorecard-test"])
def test_what_is_fine_passes(hooks, id: str) -> None:
    code, said = hooks(id)
    assert code == 0, said
    assert "Passed" in said


def test_an_error_fails_with_its_place(hooks, change, repository: Path) -> None:
    change("worst: 1, target: 5", "wrst: 1, target: 5")
    commit(repository)
    code, said = hooks("scorecard-validate")
    assert code == 1
    assert "exit code: 1" in said
    assert "clients/acme.scorecard.yaml:12:41: SC104" in said


def test_what_is_mended_fails_so_that_it_is_looked_at(hooks, change, repository: Path) -> None:
    change("worst: 1, target: 5", "wrst: 1, target: 5")
    commit(repository)
    code, said = hooks("scorecard-fix")
    assert code == 1
    assert "files were modified by this hook" in said
    assert "worst: 1, target: 5" in (repository / "clients" / "acme.scorecard.yaml").read_text("utf-8")
    commit(repository)
    assert hooks("scorecard-fix")[0] == 0


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [("score: 100", "score: 99", 1), ("cases:\n  best: {given: {rating: 5, visits: 10}, expect: {score: 100, band: green}}\n", "", 4)],
)
def test_cases_that_fail_or_are_not_there_fail(hooks, change, repository: Path, old: str, new: str, code: int) -> None:
    change(old, new)
    commit(repository)
    failed, said = hooks("scorecard-test")
    assert failed == 1
    assert f"exit code: {code}" in said
