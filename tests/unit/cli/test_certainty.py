"""`scorecard certainty`: what is said, written and refused."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from scorecard.cli.leaving import FINE, INCONCLUSIVE, ISSUES, USAGE
from scorecard.cli.main import main

DEFINITION = """
schema: scorecard/1
title: {en: Health, zh: 健康}
entity: {key: [c], roster: r}
bands: {red: {from: 0, title: {en: At risk, zh: 预警}}, green: {from: 60, title: {en: Healthy, zh: 健康}}}
total: {round: {decimals: 1}}
sources:
  r:
    type: inline
    rows: [{c: =1+1, m: 61, n: 62}, {c: b, m: 20, n: 30}, {c: d, m: 99, n: 40}, {c: e, m: null, n: null}]
metrics:
  m: {source: r, worst: 0, target: 100, weight: 2}
  n: {source: r, worst: 0, thresholds: {green: 50}, target: 100}
  both: {measure: m.value + n.value, weight: 0}
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    def command(*arguments: str, text: str = DEFINITION) -> tuple[int, str, str]:
        (tmp_path / "health.scorecard.yaml").write_text(text, encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        with pytest.raises(SystemExit) as left:
            main(["certainty", "health.scorecard.yaml", "--draws", "50", *arguments])
        captured = capsys.readouterr()
        return int(left.value.code or 0), captured.out, captured.err

    return command


def test_the_least_sure_come_first_with_what_every_column_means(run):
    code, out, _ = run()
    assert code == FINE
    lines = out.splitlines()
    body = [line.split()[0] for line in lines if line.startswith(("=1+1", "b ", "d "))]
    assert body[-1] == "b"
    assert "50 draws of the weights (seed 0)" in out
    assert "each moves by 5% of itself" in out
    assert any(line.startswith("weights: in what share") for line in lines)
    assert "What the ranking hangs on" in out


def test_one_entity_is_told_in_sentences(run):
    code, out, _ = run("-e", "c==1+1")
    assert code == FINE
    assert "Healthy stays in" in out
    assert "points less would make it At risk" in out
    assert "score at which Healthy begins" in out
    assert "What its score hangs on" in out


def test_in_chinese(run):
    code, out, _ = run("--lang", "zh")
    assert code == FINE
    assert "名次取决于什么" in out
    assert "预警" in out


def test_every_number_of_the_json_has_a_sentence(run):
    code, out, _ = run("--format", "json", "--most", "1")
    found = json.loads(out)
    assert code == FINE
    assert [one["key"]["c"] for one in found["entities"]][-1] == "b"
    assert len(found["entities"]) == 3
    first, second, _ = found["entities"]
    assert {"weights", "values", "rank", "points"} <= first["said"].keys()
    assert all(number["said"] for number in first["numbers"])
    assert "numbers" not in second
    assert all(choice["said"] for each in found["hangs_on"] for choice in each["choices"])
    assert isinstance(first["rank"], int)


def test_the_csv_holds_everyone_and_no_formula(run):
    code, out, _ = run("--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == FINE
    assert len(rows) == 3
    assert {row["c"] for row in rows} == {"'=1+1", "b", "d"}
    assert all(row["said"] for row in rows)


def test_the_same_seed_gives_the_same_figures_and_another_does_not(run):
    assert run("--format", "csv")[1] == run("--format", "csv")[1]
    assert run("--format", "csv")[1] != run("--format", "csv", "--seed", "1")[1]


def test_noise_of_one_metric_in_its_own_unit(run):
    _, out, _ = run("--noise", "0%", "--noise", "m=0.5")
    assert "m by 0.5, n by 0%" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--spread", "250%"), "SC760"),
        (("--spread", "much"), "SC760"),
        (("--spread", "0"), "SC760"),
        (("--noise", "5"), "SC761"),
        (("--noise", "m=-1"), "SC761"),
        (("--noise", "m=nan"), "SC761"),
        (("--noise", "mm=5%"), "SC731"),
        (("--noise", "both=5%"), "SC762"),
        (("-e", "c=nobody"), "SC70"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_can(run, arguments, said):
    code, _, err = run(*arguments)
    assert code == USAGE
    assert said in err


def test_nobody_with_a_score_is_inconclusive(run):
    nobody = DEFINITION.replace("m: 61, n: 62", "m: null, n: null").replace("m: 20, n: 30", "m: null, n: null")
    code, _, err = run(text=nobody.replace("m: 99, n: 40", "m: null, n: null"))
    assert code == INCONCLUSIVE
    assert "SC763" in err


def test_an_entity_without_a_score_is_inconclusive(run):
    code, _, err = run("-e", "c=e")
    assert code == INCONCLUSIVE
    assert "scorecard explain" in err


def test_without_bands_only_ranks_are_told(run):
    bands = DEFINITION[DEFINITION.index("bands:") : DEFINITION.index("total:")]
    code, out, _ = run(text=DEFINITION.replace(bands, "").replace("thresholds: {green: 50}, ", ""))
    assert code == FINE
    assert "only ranks can be told" in out
    assert "next band" not in out


def test_one_metric_alone_has_nothing_to_weigh(run):
    one = DEFINITION[: DEFINITION.index("  n: {source")]
    code, out, _ = run(text=one)
    assert code == FINE
    assert "No group weighs two things" in out
    assert "nothing to compare" in out


def test_a_definition_with_errors_is_refused(run):
    assert run(text=DEFINITION.replace("worst: 0, target", "wurst: 0, target"))[0] == ISSUES


def test_without_scipy_the_rest_is_told(run, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "scipy.stats", None)
    code, out, _ = run()
    assert code == FINE
    assert "pip install scipy" in out
