"""`scorecard weights`: what it prints, writes and refuses."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from pathlib import Path

import pytest

FILE = "acme.scorecard.yaml"
JUDGEMENTS = "schema: scorecard-judgements/1\ngroups:\n  total:\n    Chen: {rating > nps: 4}\n    Lee: {nps > rating: 1/9}\n"


@pytest.fixture
def board() -> str:
    Path("board.yaml").write_text(JUDGEMENTS, encoding="utf-8")
    return "board.yaml"


def test_weights_of_a_ranking_beside_todays(run) -> None:
    result = run("weights", FILE, "--ranking", "nps, rating", "--lang", "zh")
    assert (result.code, result.err) == (0, "")
    lines = [line.split() for line in result.out.splitlines()]
    assert ["NPS", "1", "25%", "75", "75%", "+50"] in lines
    assert ["平均评分", "3", "75%", "25", "25%", "−50"] in lines


def test_judgements_are_combined_and_shown_beside_each_other(run, board: str) -> None:
    result = run("weights", FILE, "--judgements", board)
    lines = [line.split() for line in result.out.splitlines()]
    assert ["Mean", "rating", "3", "75%", "86", "86%", "+11"] in lines
    assert ["Lee", "90%", "10%", "–"] in lines
    assert ["together", "86%", "14%", "–"] in lines


def test_the_patch_is_a_diff_that_git_takes_and_the_definition_stays(run, board: str) -> None:
    before = Path(FILE).read_bytes()
    result = run("weights", FILE, "--judgements", board, "--patch")
    assert result.code == 0
    assert Path(FILE).read_bytes() == before
    Path("weights.diff").write_text(result.out, encoding="utf-8")
    subprocess.run(["git", "apply", "weights.diff"], check=True)
    changed = Path(FILE).read_text(encoding="utf-8")
    expected = before.decode().replace("weight: 3,", "weight: 86,").replace("target: 60%}", "target: 60%, weight: 14}")
    assert changed == expected
    again = run("weights", FILE, "--judgements", board, "--patch")
    assert (again.out, again.err) == ("", "nothing to change\n")


def test_files_by_their_suffix(run, board: str) -> None:
    result = run("weights", FILE, "--judgements", board, "--out", "w.diff", "--out", "w.json", "--format", "csv")
    assert result.code == 0
    assert Path("w.diff").read_text(encoding="utf-8").startswith(f"--- a/{FILE}\n+++ b/{FILE}\n")
    record = json.loads(Path("w.json").read_text(encoding="utf-8"))
    assert [(each["node"], each["proposed"], each["change"]) for each in record["groups"]["total"]] == [
        ("rating", 86, 0.11),
        ("nps", 14, -0.11),
    ]
    assert record["judgements"]["total"]["judges"]["Chen"]["weights"] == {"rating": 0.8, "nps": 0.2}
    rows = list(csv.DictReader(io.StringIO(result.out)))
    assert [(row["group"], row["title"], row["today"], row["proposed"]) for row in rows] == [
        ("total", "Mean rating", "3", "86"),
        ("total", "NPS", "1", "14"),
    ]


def test_markdown(run) -> None:
    assert (
        "| total | nps | NPS | 1 | 0.25 | 75 | 0.75 | 0.5 |" in run("weights", FILE, "--ranking", "nps,rating", "--format", "markdown").out
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "say where the weights come from"),
        (["--by", "sum"], "--by sum takes a ranking"),
        (["--by", "critic", "--ranking", "nps,rating"], "--by critic takes the data"),
        (["--by", "critic", "--outcome", "tier"], "one of --judgements"),
        (["--ranking", "nps,rating", "--outcome", "tier"], "one of --judgements"),
        (["--by", "critic", "--of", "nobody"], "there is no group 'nobody'"),
        (["--outcome", "tier"], "name the value that is meant"),
        (["--outcome", "nps=0.4"], "counts in the score"),
        (["--ranking", "nps,rating", "--out", "weights.xlsx"], "cannot be told from its suffix"),
    ],
)
def test_requests_that_do_not_fit(run, arguments: list[str], said: str) -> None:
    result = run("weights", FILE, *arguments)
    assert (result.code, result.out) == (2, "")
    assert said in result.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--by", "critic"], "measured for 2 of 4 entities, and 5 are needed"),
        (["--outcome", "tier=strategic"], "1 with tier = strategic and 1 without are too few; 10 of each are needed"),
        (["--outcome", "tier=gold"], "nobody has tier = gold"),
    ],
)
def test_data_that_cannot_tell_are_inconclusive(run, arguments: list[str], said: str) -> None:
    result = run("weights", FILE, *arguments)
    assert (result.code, result.out) == (4, "")
    assert said in result.err
