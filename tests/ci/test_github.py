"""The step of a GitHub job, run as the runner runs it: exit codes, annotations, the job's summary."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from jobs import commit, environment

from scorecard.report.issues import FORMS

ROOT = Path(__file__).parents[2]
ACTION = ROOT / "ci" / "github" / "action.yml"


@pytest.fixture
def step(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., tuple[int, list[str], str]]:
    """Runs the action's checking step with inputs; its exit code, its log and the summary it wrote."""

    def run(**inputs: str) -> tuple[int, list[str], str]:
        action = yaml.safe_load(ACTION.read_text("utf-8"))
        *_, last = action["runs"]["steps"]
        given = {name: inputs.get(name, each["default"]) for name, each in action["inputs"].items()}
        filled = {key: _filled(value, given) for key, value in last["env"].items()}
        summary = tmp_path_factory.mktemp("job") / "summary.md"
        job = environment(GITHUB_ACTIONS="true", GITHUB_WORKSPACE=str(repository), GITHUB_STEP_SUMMARY=str(summary), **filled)
        command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", last["run"]]
        done = subprocess.run(command, cwd=repository, env=job, capture_output=True, encoding="utf-8", check=False)
        return done.returncode, done.stdout.splitlines(), summary.read_text("utf-8") if summary.exists() else ""

    return run


def _filled(value: str, inputs: dict[str, str]) -> str:
    """What the runner puts in for an expression; the action uses inputs and the folder it lies in."""
    if value == "${{ github.action_path }}":
        return str(ACTION.parent)
    name = value.removeprefix("${{ inputs.").removesuffix(" }}")
    return inputs[name]


def test_what_is_fine_passes(step) -> None:
    code, log, summary = step(files="clients")
    assert (code, log) == (0, ["scorecards checked: nothing wrong"])
    assert summary.startswith("**scorecard validate** 1 definition")


def test_an_error_is_annotated_and_fails(step, change) -> None:
    change("worst: 1, target: 5", "wrst: 1, target: 5")
    code, log, summary = step()
    assert code == 1
    assert log[0].startswith(
        "::error file=clients/acme.scorecard.yaml,line=12,endLine=12,col=41,endColumn=45,title=scorecard SC104::unknown key 'wrst'"
    )
    assert "❌ SC104 | clients/acme.scorecard.yaml:12:41" in summary


def test_github_shows_ten_of_a_kind_and_the_rest_is_counted(step, change) -> None:
    change("metrics:\n", "metrics:\n" + "".join(f"  m{at}: {{wrst: 1, target: 5}}\n" for at in range(14)))
    code, log, summary = step()
    assert code == 1
    assert sum(line.startswith("::error ") for line in log) == 10
    assert log[-1] == "::notice title=scorecard::4 more are in the log: GitHub shows 10 annotations of a kind"
    assert sum("SC104" in line and not line.startswith("::") for line in log) == 4
    assert summary.count("❌ SC104") == 14


def test_cases_are_run_where_asked(step, change) -> None:
    assert step(cases="true")[0] == 0
    change("score: 100", "score: 99")
    assert step()[0] == 0
    code, log, summary = step(cases="true")
    assert code == 1
    assert any("score: 100, expected 99" in line for line in log)
    assert "1 case, 1 failed" in summary


def test_no_case_is_no_pass(step, repository: Path) -> None:
    path = repository / "clients" / "acme.scorecard.yaml"
    path.write_text(path.read_text("utf-8").partition("cases:")[0], encoding="utf-8")
    assert step(cases="true")[0] == 4


def test_what_a_change_of_a_layer_does_is_in_the_summary(step, repository: Path) -> None:
    folder = repository / "clients"
    (folder / "base.scorecard.yaml").write_text("schema: scorecard/1\nmetrics: {rating: {target: 5}}\n", encoding="utf-8")
    acme = folder / "acme.scorecard.yaml"
    own = acme.read_text("utf-8").replace("schema: scorecard/1\n", "schema: scorecard/1\nextends: base.scorecard.yaml\n")
    acme.write_text(own.replace("worst: 1, target: 5", "worst: 1"), encoding="utf-8")
    commit(repository)
    assert "rating" not in step(against="main")[2]
    (folder / "base.scorecard.yaml").write_text("schema: scorecard/1\nmetrics: {rating: {target: 4}}\n", encoding="utf-8")
    code, _, summary = step(against="main")
    assert code == 0
    assert "target of Rating: 5 → 4" in summary
    assert summary.count("scorecard diff") == 1
    assert "2 entities compared: 2 with another score" in summary


def test_nothing_to_check_is_no_pass(step) -> None:
    assert step(files="nowhere")[0] == 2


def test_inputs_are_no_commands(step, repository: Path) -> None:
    code, log, _ = step(files="clients; touch broken\n$(touch broken)\n`touch broken`")
    assert code == 2
    assert not (repository / "broken").exists()
    assert log == []


@pytest.mark.parametrize(
    ("command", "old", "new", "code"),
    [
        ("scorecard run clients/acme.scorecard.yaml --fail-under 30", "", "", 0),
        ("scorecard run clients/acme.scorecard.yaml --fail-under 80", "", "", 1),
        ("scorecard run clients/acme.scorecard.yaml --fail-on blue", "", "", 2),
        (
            "scorecard run clients/acme.scorecard.yaml",
            "type: inline\n    rows: [{customer_id",
            "type: csv\n    path: nowhere.csv # [{customer_id",
            3,
        ),
        ("scorecard run clients/acme.scorecard.yaml --fail-under 1", "rating: 3, visits: 2", "visits: ", 4),
        *((f"scorecard validate clients --format {form}", "worst: 1, target: 5", "wrst: 1, target: 5", 1) for form in ("text", *FORMS)),
    ],
)
def test_every_exit_code_and_format_in_a_step(repository: Path, change, command: str, old: str, new: str, code: int) -> None:
    if old:
        change(old, new)
    job = environment(GITHUB_ACTIONS="true", GITHUB_WORKSPACE=str(repository))
    done = subprocess.run(["bash", "-e", "-c", command], cwd=repository, env=job, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert ("SC104" in done.stdout + done.stderr) == ("validate" in command)


def test_the_action_and_the_template_are_what_the_services_take() -> None:
    for schema, file in (("vendor.github-actions", ACTION), ("vendor.gitlab-ci", ROOT / "ci" / "gitlab" / "scorecard.gitlab-ci.yml")):
        command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(file)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stdout


def test_the_gitlab_job_writes_its_report(repository: Path, change) -> None:
    change("worst: 1, target: 5", "wrst: 1, target: 5")
    template = yaml.safe_load((ROOT / "ci" / "gitlab" / "scorecard.gitlab-ci.yml").read_text("utf-8"))
    script = "\n".join(template["scorecard:validate"]["script"])
    job = environment(SCORECARD_FILES="clients", CI_PROJECT_DIR=str(repository))
    done = subprocess.run(["bash", "-e", "-c", script], cwd=repository, env=job, capture_output=True, check=False)
    assert done.returncode == 1
    report: list[dict[str, Any]] = json.loads(
        (repository / template["scorecard:validate"]["artifacts"]["reports"]["codequality"]).read_text("utf-8")
    )
    assert [(each["location"]["path"], each["check_name"], each["severity"]) for each in report] == [
        ("clients/acme.scorecard.yaml", "SC104", "major")
    ]
    assert len(report[0]["fingerprint"]) == 64
