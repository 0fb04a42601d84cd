"""`ignore`: what a definition accepts, for what, until when, in which layer; and what is said about an entry that does nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from scorecard.definition.check import Outcome, check_file
from scorecard.definition.lint import left, linted
from scorecard.hooks.registry import Registry
from scorecard.model.issue import Issue, Level

TODAY = date(2026, 11, 22)

Lint = Callable[[str], Outcome]
TWO = "metrics: {a: {measure: sum(a), due: 2020-01-01, worst: 0, target: 9}, b: {measure: sum(b), due: 2020-01-01, worst: 0, target: 9}}\n"


def past_due(outcome: Outcome) -> list[object]:
    return [issue.values["name"] for issue in outcome.issues if issue.code == "SC844"]


def about_ignoring(outcome: Outcome) -> list[tuple[str, object]]:
    return [(issue.code, issue.values.get("reason")) for issue in outcome.issues if issue.code in ("SC856", "SC857")]


@pytest.mark.parametrize(
    ("ignore", "left", "said"),
    [
        ("{SC844: We plan anew}", [], []),
        ("{SC844: {reason: {en: We plan anew, zh: 正在重新规划}}}", [], []),
        ("{SC844: {of: [a], reason: We plan anew}}", ["b"], []),
        ("{SC844: {of: [a, b], reason: We plan anew, until: 2026-11-22}}", [], []),
        ("{SC844: {of: [a], reason: We plan anew, until: 2026-11-21}}", ["a", "b"], [("SC857", None)]),
        ("{SC844: {of: [a, c], reason: We plan anew}}", ["b"], [("SC856", "of")]),
        ("{SC811: Both are needed}", ["a", "b"], [("SC856", None)]),
        ("{SC888: Both are needed}", ["a", "b"], [("SC856", "unknown")]),
        ("{SC861: Read by hand}", ["a", "b"], []),
    ],
)
def test_what_is_ignored_and_what_is_said_of_it(lint: Lint, ignore: str, left: list[str], said: list[tuple[str, object]]) -> None:
    outcome = lint(f"{TWO}ignore: {ignore}")
    assert outcome.scorecard is not None
    assert past_due(outcome) == left
    assert [(code, reason) for code, reason in about_ignoring(outcome)] == said


@pytest.mark.parametrize(
    ("ignore", "code"),
    [
        ("{SC844: ''}", "SC107"),
        ("{SC844: {of: [a]}}", "SC102"),
        ("{SC408: Never mind}", "SC106"),
        ("{SC844: {reason: x, unti: 1}}", "SC104"),
    ],
)
def test_an_entry_needs_a_reason_and_hides_no_error(lint: Lint, ignore: str, code: str) -> None:
    outcome = lint(f"{TWO}ignore: {ignore}")
    assert [issue.code for issue in outcome.issues if issue.level is Level.ERROR] == [code]


def test_ignoring_changes_no_digest(lint: Lint) -> None:
    plain, ignoring = lint(TWO).scorecard, lint(f"{TWO}ignore: {{SC844: We plan anew}}").scorecard
    assert plain is not None
    assert ignoring is not None
    assert plain.digest == ignoring.digest


def test_what_others_find_is_ignored_alike(lint: Lint, registry: Registry) -> None:
    outcome = lint(f"{TWO}ignore: {{SC844: We plan anew, SC861: {{of: [a], reason: Read by hand}}, SC862: Seldom}}")
    issues = [Issue(code="SC861", level=Level.WARNING, values={"of": [id]}) for id in ("a", "b")]
    found = left(outcome, issues, ("SC861", "SC862"), registry, TODAY)
    assert [(issue.code, issue.values["of"]) for issue in found] == [("SC861", ["b"]), ("SC856", ("SC862",))]


def test_layers_ignore_and_take_it_back(tmp_path: Path, registry: Registry) -> None:
    base = f"entity: {{key: [c]}}\nsources: {{s: {{type: csv, path: s.csv}}}}\n{TWO}ignore: {{SC844: {{of: [a], reason: We plan anew}}}}\n"
    (tmp_path / "base.yaml").write_text(base, encoding="utf-8")

    def left(text: str) -> list[object]:
        file = tmp_path / "client.yaml"
        file.write_text(f"extends: base.yaml\n{text}", encoding="utf-8")
        return past_due(linted(check_file(file, registry), registry, TODAY))

    assert left("") == ["b"]
    assert left("ignore: {SC844: {of: [a, b]}}") == []
    assert left("ignore: {SC844: null}") == ["a", "b"]


def test_an_issue_stands_in_the_layer_that_holds_the_value(tmp_path: Path, registry: Registry) -> None:
    base = f"entity: {{key: [c]}}\nsources: {{s: {{type: csv, path: s.csv}}}}\n{TWO}"
    (tmp_path / "base.yaml").write_text(base, encoding="utf-8")
    (tmp_path / "client.yaml").write_text("extends: base.yaml\nmetrics: {b: {due: 2021-01-01}}\n", encoding="utf-8")
    outcome = linted(check_file(tmp_path / "client.yaml", registry), registry, TODAY)
    places = {str(issue.values["name"]): issue.place for issue in outcome.issues if issue.code == "SC844"}
    assert {id: (Path(place.file).name, place.line) for id, place in places.items() if place} == {
        "a": ("base.yaml", 3),
        "b": ("client.yaml", 2),
    }


def test_what_a_shared_layer_holds_for_others_is_not_unused(tmp_path: Path, registry: Registry) -> None:
    base = "sources: {s: {type: csv, path: s.csv, columns: {n: N}}, t: {type: csv, path: t.csv}}\n"
    client = "entity: {key: [c], roster: s}\nmetrics: {m: {source: s, measure: sum(x), worst: 0, target: 9}}\n"
    (tmp_path / "base.yaml").write_text(base, encoding="utf-8")
    (tmp_path / "client.yaml").write_text(f"extends: base.yaml\n{client}", encoding="utf-8")
    (tmp_path / "alone.yaml").write_text(base + client, encoding="utf-8")

    def unused(name: str) -> set[str]:
        issues = linted(check_file(tmp_path / name, registry), registry, TODAY).issues
        return {issue.code for issue in issues} & {"SC834", "SC835"}

    assert unused("client.yaml") == set()
    assert unused("alone.yaml") == {"SC834", "SC835"}


def test_a_definition_with_errors_is_not_linted(lint: Lint) -> None:
    outcome = lint(TWO.replace("target: 9", "targt: 9"))
    assert outcome.scorecard is None
    assert past_due(outcome) == []
