"""Whether a definition fits its data: what is found, where, and what a definition accepts."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorecard.app import lint, lint_with_data, registry
from scorecard.describe import render

TEXT = """\
schema: scorecard/1
entity: {key: [c], roster: r, attributes: [tier]}
bands: {low: {from: 0}, high: {from: 50}}
total: {round: {decimals: 1}}
sources: {r: {type: csv, path: r.csv}}
metrics:
  a: {worst: 0, target: 100}
  b: {worst: 0, target: 100}
segments:
  key: {when: tier == "key", metrics: {a: {target: 90}}}
rules:
  veto: {when: a.score < 5, cap: low}
"""


@pytest.fixture
def issues(tmp_path: Path):
    def found(*changes: tuple[str, str], rows: int = 40, row=None) -> list[str]:
        text = TEXT
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        given = row or (lambda at: ["key" if at % 3 else "other", at * 2.4, 90 - at])
        lines = ["c,tier,a,b", *(",".join(map(str, [f"C{at}", *given(at)])) for at in range(rows))]
        (tmp_path / "r.csv").write_text("\n".join(lines), encoding="utf-8")
        (tmp_path / "a.scorecard.yaml").write_text(text, encoding="utf-8")
        plugins = registry()
        outcome = lint(tmp_path / "a.scorecard.yaml", plugins)
        assert not outcome.errors, outcome.errors
        told = lint_with_data(outcome, plugins)
        assert all(render(issue, language) for issue in told for language in ("en", "zh"))
        return [
            f"{issue.place.line}:{issue.place.column} {issue.code} {issue.values.get('reason', '')}".strip()
            for issue in told
            if issue.place
        ]

    return found


def test_what_fits_is_not_spoken_of(issues) -> None:
    assert issues() == ["8:25 SC860 never"]  # the target of b is 100, and its best value 90: a note


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([("b: {worst: 0, target: 100}", "b: {worst: -50, target: 40}")], "8:27 SC860 hit"),
        ([("b: {worst: 0, target: 100}", "b: {worst: 300, target: 500}")], "8:27 SC860 missed"),
        ([("b: {worst: 0, target: 100}", "b: {worst: 0, target: 9000}")], "8:25 SC865"),
        ([("b: {worst: 0, target: 100}", "b: {worst: 0, target: 9000}")], "8:25 SC861 narrow"),
        ([("from: 50", "from: 50}, top: {from: 99.5")], "3:1 SC863 bands"),
        ([('tier == "key"', 'tier == "kye"')], "10:23 SC866"),
        ([('tier == "key"', 'tier == "kye"')], "10:15 SC867 nobody"),
        ([('tier == "key"', "\"tier in ['key', 'other']\"")], "10:15 SC867 everybody"),
        ([("a.score < 5", "a.score < -1")], "12:16 SC867 nobody"),
        ([("b: {worst: 0, target: 100}", 'b: {applies_when: tier == "no", worst: 0, target: 100}')], "8:3 SC862 nobody"),
    ],
)
def test_what_does_not_fit_is_said_at_its_place(issues, changes: list[tuple[str, str]], expected: str) -> None:
    assert expected in issues(*changes)


def test_a_metric_that_is_mostly_missing(issues) -> None:
    assert "8:3 SC862 gaps_ever" in issues(row=lambda at: ["key" if at % 3 else "other", at * 2.4, 90 - at if at % 4 == 0 else ""])


def test_of_few_rows_nothing_is_said(issues) -> None:
    assert issues(('tier == "key"', 'tier == "other"'), rows=10) == []


def test_names_and_comments_are_no_words_of_a_list(issues) -> None:
    assert issues(('tier == "key"', 'tier == "T1"'), rows=300, row=lambda at: [f"T{at}", at % 101, (at * 7) % 101]) == []


def test_a_definition_accepts_with_a_reason(issues) -> None:
    wrong = ('tier == "key"', 'tier == "kye"')
    assert issues(wrong, ("rules:", "ignore: {SC866: {of: [tier], reason: they come in May}, SC867: none yet, SC860: far}\nrules:")) == []
