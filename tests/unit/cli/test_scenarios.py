"""`scorecard whatif --scenarios`: a table with a column for each, and the same as JSON, CSV and Markdown."""

from __future__ import annotations

import csv
import io
import json

import pytest

PLANS = "schema: scorecard-scenarios/1\nscenarios:\n  calls: {rating: 4.5}\n  both: [rating=4.5, nps=50%]\n"
FILE = "acme.scorecard.yaml"


@pytest.fixture
def whatif(folder, run):
    (folder / "plans.yaml").write_text(PLANS, encoding="utf-8")
    return lambda *arguments: run("whatif", FILE, "--scenarios", "plans.yaml", *arguments)


def test_one_entity(whatif):
    shown = whatif("-e", "customer_id=A1").out
    assert [line.split() for line in shown.splitlines()[3:6]] == [
        ["today", "calls", "both"],
        ["Score", "73.8", "81.3", "(+7.5)", "84.4", "(+10.6)"],
        ["band", "Watch", "green", "green"],
    ]
    assert whatif("-e", "customer_id=A1", "--lang", "zh").out.count("现状") == 1


def test_everybody_in_every_form(whatif, folder):
    assert "another band" in whatif("--for-all").out
    records = json.loads(whatif("--for-all", "--format", "json").out)
    assert [record["scenario"] for record in records] == ["calls", "both"]
    (first, *_) = csv.DictReader(io.StringIO(whatif("--for-all", "--format", "csv").out))
    assert list(first) == ["", "today", "calls", "both"]
    assert whatif("--for-all", "--out", "plans.md").code == 0
    assert (folder / "plans.md").read_text("utf-8").startswith("|  | today | calls | both |")


def test_what_is_set_can_be_written_as_a_table_too(run, folder):
    found = run("whatif", FILE, "-e", "customer_id=A1", "--set", "rating=4..5/1", "--format", "markdown").out
    assert found.splitlines()[0] == "|  | today | rating=4 | rating=5 |"


@pytest.mark.parametrize(
    ("arguments", "code", "exit_code"),
    [
        (("--for-all",), "SC730", 2),
        (("--for-all", "--set", "rating=4", "--scenarios", "plans.yaml"), "SC730", 2),
        (("--scenarios", "plans.yaml"), "SC730", 2),
        (("--for-all", "--scenarios", "nowhere.yaml"), "SC001", 1),
        (("--for-all", "--scenarios", FILE), "SC790", 1),
    ],
)
def test_what_is_not_asked_right(run, whatif, arguments, code, exit_code):
    result = run("whatif", FILE, *arguments)
    assert (result.code, code in result.err) == (exit_code, True)
