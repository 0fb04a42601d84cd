"""`scorecard test`: what it runs, prints, writes and refuses; an evaluation of the same records comes out the same."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

FILE, BESIDE = "acme.scorecard.yaml", "acme.cases.yaml"
RIGHT = """\
cases:
  best: {title: {en: All well, zh: 一切都好}, given: {rating: 5, nps: 60%}, expect: {score: 100, band: green, coverage: 100%}}
  half: {given: {rating: 3.5}, expect: {score: 50, band: red, nps.state: missing, coverage: 0.75, rating.value: 3.5}}
  nothing: {given: {nps: 60%}, expect: {score: none, band: insufficient}}
  rows:
    entity: {customer_id: A1}
    records: {surveys: [{customer_id: A1, rating: 4.4, nps: 40}, {customer_id: A1, rating: 4, nps: 40}, {customer_id: B2, rating: 1}]}
    expect: {rating.value: 4.2, score: 73.8, nps.value: 40%}
"""


@pytest.fixture
def beside():
    def write(text: str) -> None:
        Path(BESIDE).write_text(text, encoding="utf-8")

    return write


def test_cases_pass_and_what_none_shows_is_listed(run, beside) -> None:
    beside(RIGHT)
    result = run("test", FILE)
    assert (result.code, result.err) == (0, "")
    assert result.out.splitlines() == [
        FILE,
        "  ✓ best  All well",
        "  ✓ half",
        "  ✓ nothing",
        "  ✓ rows",
        "4 cases, as expected",
    ]


def test_rows_score_as_the_data_do(run, beside) -> None:
    beside(RIGHT)
    assert "A1,strategic,73.8" in run("run", FILE, "--format", "csv").out


def test_what_differs_is_said_with_its_place_and_the_numbers_it_comes_from(run, beside) -> None:
    beside("cases:\n  a:\n    given: {rating: 5, nps: 20%}\n    expect: {score: 91, band: green, nps.value: 21%}\n")
    result = run("test", FILE)
    assert result.code == 1
    assert "score: 87.5, expected 91  (acme.cases.yaml:4:21)" in result.out
    assert "nps.value: 20%, expected 21%  (acme.cases.yaml:4:" in result.out
    assert "rating 5 → 100.0 · nps 20% → 50.0" in result.out
    assert "band:" not in result.out
    assert "1 case, 1 failed" in result.out


@pytest.mark.parametrize(("wanted", "code"), [("87.5", 0), ("87.50", 0), ("87.4", 1), ("88", 1), ("87.45", 1), ("none", 1)])
def test_a_number_is_compared_at_its_decimals_and_a_whole_one_as_it_is(run, beside, wanted: str, code: int) -> None:
    beside(f"cases: {{a: {{given: {{rating: 5, nps: 20%}}, expect: {{score: {wanted}}}}}}}\n")
    assert run("test", FILE).code == code


def test_one_case_by_its_name(run, beside) -> None:
    beside(RIGHT)
    result = run("test", FILE, "--case", "half")
    assert result.code == 0
    assert result.out.splitlines() == [FILE, "  ✓ half", "1 case, as expected"]
    wrong = run("test", FILE, "--case", "hlaf")
    assert wrong.code == 2
    assert "did you mean 'half'" in wrong.err


def test_no_case_is_no_pass(run) -> None:
    result = run("test", FILE)
    assert result.code == 4
    assert "SC916" in result.err


def test_a_definition_with_errors_runs_nothing(run, beside) -> None:
    beside("cases:\n  a: {given: {ratign: 5}, expect: {score: 1, csat.score: 2, rules: [veto], state: good, nps.points: 3}}\n")
    result = run("test", FILE)
    assert result.code == 1
    assert [line.split()[1] for line in result.err.splitlines() if line.startswith(BESIDE)] == ["SC203", "SC203", "SC914", "SC915", "SC913"]
    assert "did you mean 'rating'" in result.err
    assert run("validate", FILE).code == 1


def test_a_file_of_cases_holds_nothing_else(run, beside) -> None:
    beside("case:\n  a: {given: {}, expect: {score: none}}\n")
    result = run("test", FILE)
    assert result.code == 1
    assert "acme.cases.yaml:1:1: SC104" in result.err
    assert "did you mean 'cases'" in result.err


def test_a_case_that_cannot_be_scored_is_an_error_that_says_why(run, beside) -> None:
    beside("cases:\n  a: {records: {surveys: [{customer: A1, rating: 4}]}, expect: {score: 50}}\n")
    result = run("test", FILE, "--format", "junit")
    assert result.code == 1
    (error,) = ElementTree.fromstring(result.out).iter("error")
    assert "SC602" in error.attrib["message"]


def test_a_roster_in_a_case_needs_a_key(run, beside) -> None:
    beside("cases:\n  a: {records: {customers: [{customer_id: A1, tier: key}]}, given: {rating: 5, nps: 60%}, expect: {score: 100}}\n")
    result = run("test", FILE)
    assert result.code == 1
    assert "SC918" in result.out
    beside(
        "cases:\n  a: {entity: {customer_id: A1}, records: {customers: [{customer_id: A1, tier: key}]},"
        " given: {rating: 5, nps: 60%}, expect: {score: 100}}\n"
    )
    assert run("test", FILE).code == 0


def test_files_for_build_servers(run, beside, tmp_path) -> None:
    beside(RIGHT.replace("score: 50, band: red", "score: 51, band: red"))
    result = run("test", FILE, "--out", "cases.xml", "--out", "cases.json", "--out", "cases.md")
    assert result.code == 1
    suite = ElementTree.parse("cases.xml").getroot()[0]
    assert suite.attrib == {"name": FILE, "tests": "4", "failures": "1", "errors": "0", "skipped": "0"}
    (failed,) = [case for case in suite if len(case)]
    assert failed.attrib == {"name": "half", "classname": "acme", "file": BESIDE, "line": "3"}
    assert failed[0].attrib["message"].startswith("score: 50, expected 51")
    (found,) = json.loads(Path("cases.json").read_text("utf-8"))
    assert [case["passed"] for case in found["cases"]] == [True, False, True, True]
    assert found["coverage"]["bands"] == {"shown": ["red", "amber", "green", "insufficient"], "not_shown": []}
    assert "| half | acme.scorecard.yaml | failed |" in Path("cases.md").read_text("utf-8")


def test_in_chinese(run, beside) -> None:
    beside(RIGHT)
    out = run("test", FILE, "--lang", "zh").out
    assert "✓ best  一切都好" in out
    assert out.splitlines()[-1] == "4 个案例，全部相符"


def test_cases_change_neither_the_score_nor_what_identifies_the_definition(run, beside) -> None:
    before = json.loads(run("run", FILE, "--format", "json").out)
    beside(RIGHT)
    after = json.loads(run("run", FILE, "--format", "json").out)
    assert before["provenance"]["digest"] == after["provenance"]["digest"]
    assert before["entities"] == after["entities"]
