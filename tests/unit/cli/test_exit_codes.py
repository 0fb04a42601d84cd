"""Every exit code, and what is said with it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scorecard.cli.leaving import worst

RAISING_TYPE = """
from scorecard.hooks import hookimpl
from scorecard.hooks.contracts import MetricType
from scorecard.model.formula import Kind
from scorecard.model.text import Text


def fails(records, window, params):
    raise ZeroDivisionError("the plugin divides by zero")


@hookimpl
def scorecard_metric_types():
    params = {"type": "object", "properties": {}, "additionalProperties": False}
    yield MetricType(
        id="fails", title=Text.of("Fails"), params=params, doc="It fails.", function=fails, columns=lambda params: {"rating": Kind.NUMBER}
    )
"""

SURVEYS = """\
  surveys:
    type: inline
    rows:
      - {customer_id: A1, rating: 4.4, nps: 40}
      - {customer_id: A1, rating: 4, nps: 40}
      - {customer_id: 上海某某科技, rating: 2.5, nps: 10}
      - {customer_id: C3, rating: 5}
      - {customer_id: nobody, rating: 1}
"""


def test_0_a_scored_definition(run) -> None:
    result = run("run", "acme.scorecard.yaml")
    assert result.code == 0
    assert "上海某某科技" in result.out
    assert result.err == ""


def test_1_a_definition_with_errors(run, write) -> None:
    result = run("run", write(("target: 5}", "targt: 5}")))
    assert result.code == 1
    assert "own.scorecard.yaml:23:" in result.err
    assert "SC104" in result.err
    assert "did you mean 'target'?" in result.err
    assert "^^^^^" in result.err
    assert result.out == ""


def test_1_a_gate_that_fails_names_who(run, write) -> None:
    result = run("run", write(more="gates: {nobody_red: {require: 'total.band != \"red\"'}}\n"))
    assert result.code == 1
    assert "gate nobody_red fails for 1: 上海某某科技" in result.out


def test_2_no_arguments_show_the_help(run) -> None:
    assert run().code == 2


def test_2_an_unknown_command_is_told_the_near_one(run) -> None:
    result = run("rum")
    assert result.code == 2
    assert "Did you mean 'run'?" in result.err


def test_2_a_definition_in_place_of_a_command(run) -> None:
    assert "scorecard run acme.scorecard.yaml" in run("acme.scorecard.yaml").err


def test_2_a_file_that_is_not_there(run) -> None:
    result = run("run", "acne.scorecard.yaml")
    assert result.code == 2
    assert "SC710" in result.err
    assert "did you mean 'acme.scorecard.yaml'?" in result.err


def test_2_a_band_that_is_not_there(run) -> None:
    result = run("run", "acme.scorecard.yaml", "--only", "Red")
    assert result.code == 2
    assert "allowed: red, amber (Watch), green, insufficient" in result.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("--period", "2026-Q3"),
        ("--as-of", "yesterday"),
        ("--engine", "abacus"),
        ("--format", "yaml"),
        ("--out", "scores.xyz"),
        ("--out", "nowhere/scores.csv"),
        ("--out", "a.csv", "--out", "./a.csv"),
        ("--top", "0"),
        ("--top", "3", "--all"),
        ("--format", "csv", "--top", "3"),
        ("--plugins", "nowhere"),
    ],
)
def test_2_wrong_usage(run, arguments: tuple[str, ...]) -> None:
    result = run("run", "acme.scorecard.yaml", *arguments)
    assert result.code == 2
    assert result.err
    assert "Traceback" not in result.err


def test_3_a_source_that_is_not_there(run, write) -> None:
    result = run("run", write((SURVEYS, "  surveys: {type: csv, path: surveys.csv}\n")))
    assert result.code == 3
    assert "surveys.csv" in result.err


def test_3_a_metric_type_that_raises_still_shows_the_rest(run, write, folder: Path) -> None:
    (folder / "plugins").mkdir()
    (folder / "plugins" / "failing.py").write_text(RAISING_TYPE, encoding="utf-8")
    name = write(more="  broken: {type: fails, source: surveys, worst: 0, target: 1}\n")
    result = run("run", name, "--plugins", "plugins")
    assert result.code == 3
    assert "A1" in result.out
    assert "divides by zero" in result.out


def test_4_a_gate_that_cannot_be_judged(run, write) -> None:
    result = run("run", write(more="gates: {good: {require: total.score > 1}}\n"))
    assert result.code == 4
    assert "gate good cannot be judged for 1: D4" in result.out


def test_4_nobody_can_be_scored(run, write) -> None:
    result = run("run", write(("coverage: 0.5", "coverage: 1"), ("nps: 40", "nps: "), ("nps: 10", "nps: ")))
    assert result.code == 4
    assert "no score" in result.out


def test_trap_18_an_empty_roster_is_no_success(run, write) -> None:
    result = run("run", write(("attributes: [tier]}", 'attributes: [tier], where: tier == "none"}')))
    assert result.code == 4
    assert "SC613" in result.err


def test_70_a_bug_keeps_its_traceback(run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("unforeseen")

    monkeypatch.setattr("scorecard.evaluation.run.Run.evaluation", broken)
    result = run("run", "acme.scorecard.yaml")
    assert result.code == 70
    assert "RuntimeError: unforeseen" in result.err
    assert "bug in scorecard" in result.err


def test_130_an_interruption_has_no_traceback(run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("scorecard.evaluation.run.Run.evaluation", interrupted)
    result = run("run", "acme.scorecard.yaml")
    assert result.code == 130
    assert "Traceback" not in result.err


def test_several_definitions_end_with_the_worst_and_all_are_shown(run, write) -> None:
    bad = write(("target: 5}", "targt: 5}"))
    result = run("run", "acme.scorecard.yaml", bad)
    assert result.code == 1
    assert "Customer health" in result.out
    assert "SC104" in result.err


def test_the_worst_of_exit_codes() -> None:
    assert worst([]) == 0
    assert worst([0, 4]) == 4
    assert worst([4, 1]) == 1
    assert worst([3, 1, 4]) == 3


def test_trap_34_a_secret_is_in_no_output(run, write, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = folder / "s3cr3t-t0ken"
    secret.mkdir()
    (secret / "surveys.csv").write_text("customer_id,rating,nps\nA1,4,\n", encoding="utf-8")
    monkeypatch.setenv("TOKEN", secret.name)
    name = write((SURVEYS, '  surveys: {type: csv, path: "${TOKEN}/surveys.csv"}\n'))
    shown = [run("run", name), run("run", name, "--format", "json"), run("explain", name, "-e", "customer_id=A1", "--format", "json")]
    for text in ("customer_id,rating,nps\nA1,x,\n", "customer_id,nps\nA1,4\n", ""):
        (secret / "surveys.csv").write_text(text, encoding="utf-8")
        shown.append(run("run", name))
        assert shown[-1].code in (1, 3)
    (secret / "surveys.csv").unlink()
    shown.append(run("run", name))
    assert shown[-1].code == 3
    assert not [result for result in shown if secret.name in result.out + result.err]


def test_validate_1_and_all_issues_of_all_files(run, write) -> None:
    first = write(("target: 5}", "targt: 5}"), name="first.scorecard.yaml")
    second = write(("worst: 2", "worst: 5"), name="second.scorecard.yaml")
    result = run("validate", first, second)
    assert result.code == 1
    assert "first.scorecard.yaml:23" in result.err
    assert "second.scorecard.yaml:23" in result.err
    assert result.out == "2 definitions: 2 errors, 0 warnings\n"


def test_validate_finds_definitions_in_folders_and_by_pattern(run, folder: Path) -> None:
    (folder / "below").mkdir()
    (folder / "acme.scorecard.yaml").rename(folder / "below" / "acme.scorecard.yaml")
    (folder / "below" / "other.yaml").write_text("a: 1", encoding="utf-8")
    assert run("validate", ".").out.startswith("1 definition fine\n")
    assert run("validate", "below/*.scorecard.yaml").out.startswith("1 definition fine\n")


@pytest.mark.parametrize("where", ["empty", "*.scorecard.json", "nowhere"])
def test_trap_18_zero_files_are_never_a_pass(run, folder: Path, where: str) -> None:
    (folder / "empty").mkdir()
    result = run("validate", where)
    assert result.code == 2
    assert "SC710" in result.err


def test_layers_in_a_folder_are_checked_with_what_extends_them(run, write, folder: Path) -> None:
    (folder / "base.scorecard.yaml").write_text("schema: scorecard/1\nmetrics: {rating: {decimals: 1}}\n", encoding="utf-8")
    write(("title: {en: Customer", "extends: base.scorecard.yaml\ntitle: {en: Customer"))
    assert run("validate", ".").out.startswith("2 definitions fine\n")
    assert run("validate", "*.scorecard.yaml").out.startswith("2 definitions fine\n")
    named = run("validate", "base.scorecard.yaml", ".")
    assert named.code == 1
    assert "base.scorecard.yaml" in named.err


def test_a_complete_definition_that_another_extends_is_checked_too(run, write, folder: Path) -> None:
    for name, decimals in (("own", 1), ("other", 2)):
        text = f"schema: scorecard/1\nextends: acme.scorecard.yaml\nmetrics: {{rating: {{decimals: {decimals}}}}}\n"
        (folder / f"{name}.scorecard.yaml").write_text(text, encoding="utf-8")
    assert run("validate", ".").out.startswith("3 definitions fine\n")
    acme = folder / "acme.scorecard.yaml"
    acme.write_text(acme.read_text("utf-8").replace("target: 5}", "target: 2}"), encoding="utf-8")
    broken = run("validate", "*.scorecard.yaml")
    assert broken.code == 1
    assert broken.out.startswith("3 definitions: 1 error,")


def test_validate_as_json(run, write) -> None:
    result = run("validate", write(("target: 5}", "targt: 5}")), "--format", "json")
    (issue,) = json.loads(result.out)
    assert issue["code"] == "SC104"
    assert (issue["line"], issue["file"]) == (23, "own.scorecard.yaml")
    assert result.err == ""


def test_validate_with_sources_opens_the_data(run, write, folder: Path) -> None:
    (folder / "surveys.csv").write_text("customer_id,rating\nA1,4\n", encoding="utf-8")
    name = write((SURVEYS, "  surveys: {type: csv, path: surveys.csv}\n"))
    assert run("validate", name).code == 0
    result = run("validate", name, "--with-sources")
    assert result.code != 0
    assert "nps" in result.err


def test_rule_prints_a_page_and_lists_all(run) -> None:
    assert run("rule", "sc104").out.startswith("# SC104")
    assert "SC104: an unknown key" in run("rule").out
    unknown = run("rule", "SC10")
    assert unknown.code == 2
    assert "did you mean" in unknown.err
