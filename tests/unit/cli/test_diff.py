"""`scorecard diff`: files and revisions, every form, every exit code."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

OLD, NEW = "acme.scorecard.yaml", "new.scorecard.yaml"
SCHEMA = json.loads((Path(__file__).parents[3] / "schemas" / "diff.schema.json").read_text("utf-8"))
WHO = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false", "-c", "core.autocrlf=false"]


@pytest.fixture
def change(folder):
    """Writes the definition with some of its text changed as the new one."""

    def changed(*pairs: tuple[str, str], name: str = NEW) -> None:
        text = (folder / OLD).read_text("utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new, 1)
        (folder / name).write_text(text, "utf-8")

    return changed


@pytest.fixture
def diff(run, change):
    change(("weight: 3, worst: 2, target: 5", "weight: 1, worst: 2, target: 4.4"))
    return lambda *arguments: run("diff", OLD, NEW, *arguments)


def test_what_changed_and_whom_it_moves(diff):
    shown = diff().out
    assert "target of Mean rating: 5 → 4.4" in shown
    assert "weight of Mean rating: 3 → 1 (share 75% → 50%)" in shown
    assert "3 entities compared: 2 with another score" in shown
    assert "D4" not in shown


def test_it_speaks_chinese(diff):
    shown = diff("--lang", "zh").out
    assert "平均评分的目标值：5 → 4.4" in shown
    assert "平均评分的权重：3 → 1（占比 75% → 50%）" in shown
    assert "比较 3 个对象" in shown


def test_the_json_form_fits_its_schema_and_adds_up(diff, run):
    Draft202012Validator.check_schema(SCHEMA)
    found = json.loads(diff("--format", "json", "--max-shift", "1").out)
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(found)] == []
    assert [change["cause"] for change in found["changes"]] == ["weight", "target"]
    assert len(found["entities"]) == 4
    for entity in found["entities"]:
        if entity["status"] == "compared":
            assert sum(entity["parts"]) == pytest.approx(entity["change"], abs=1e-9)
            assert entity["change"] == pytest.approx(entity["after"]["score"] - entity["before"]["score"], abs=1e-9)
    assert json.loads(run("schema", "--diff").out) == SCHEMA


def test_the_csv_form_has_a_row_for_each_entity_and_a_column_for_each_cause(diff):
    rows = list(csv.DictReader(io.StringIO(diff("--format", "csv").out)))
    assert [row["status"] for row in rows].count("no_score") == 1
    for row in rows:
        causes = [row[cause] for cause in ("weight", "target", "curve", "rule", "missing", "metric")]
        if row["status"] == "compared":
            assert sum(map(float, causes)) == pytest.approx(float(row["change"]), abs=1e-9)
            assert causes[2:] == ["0", "0", "0", "0"]
        else:
            assert causes == [""] * 6


def test_the_comment_is_short_and_harmless(folder, change, run):
    text = (folder / OLD).read_text("utf-8")
    names = [f"<b>{number}|" for number in range(3000)]
    rated = "".join(f"      - {{customer_id: '{name}', rating: {1 + at % 5}}}\n" for at, name in enumerate(names))
    listed = "".join(f"      - {{customer_id: '{name}', tier: standard}}\n" for name in names)
    text = text.replace("      - {customer_id: nobody", f"{rated}      - {{customer_id: nobody")
    (folder / OLD).write_text(text.replace("  surveys:", f"{listed}  surveys:", 1), "utf-8")
    change(("target: 5", "target: 4"), ("worst: 2", "worst: 1"))
    comment = run("diff", OLD, NEW, "--format", "markdown").out
    assert len(comment) < 60_000
    assert comment.startswith("<!-- scorecard diff: new -->\n### ")
    assert comment.count("<details>") == comment.count("</details>") == 5
    assert "more not shown" in comment
    assert "<b>" not in comment


def test_an_id_cannot_end_the_comment_it_stands_in(change, run):
    change(("schema: scorecard/1", 'schema: scorecard/1\nid: "--><script>"'))
    assert "<script>" not in run("diff", OLD, NEW, "--format", "markdown").out


def test_files_are_written(diff, folder):
    assert diff("--out", "comment.md", "--out", "all.json", "--out", "rows.csv").code == 0
    assert {(folder / name).stat().st_size > 100 for name in ("comment.md", "all.json", "rows.csv")} == {True}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), 0),
        (("--max-band-changes", "0"), 1),
        (("--max-band-changes", "4"), 0),
        (("--max-band-changes", "20%"), 1),
        (("--max-band-changes", "25%"), 0),
        (("--max-shift", "1"), 1),
        (("--max-shift", "50"), 0),
        (("--max-mean-shift", "0"), 1),
        (("--max-mean-shift", "50"), 0),
        (("--max-band-changes", "few"), 2),
        (("--max-shift", "-1"), 2),
        (("--out", "comment.xyz"), 2),
    ],
)
def test_limits_and_wrong_usage(diff, arguments, code):
    assert diff(*arguments).code == code


def test_the_same_definition_changes_nothing(run):
    result = run("diff", OLD, OLD, "--max-band-changes", "0", "--max-shift", "0", "--max-mean-shift", "0")
    assert result.code == 0
    assert "Nothing changed in the definition." in result.out
    assert "Nobody's score or band changes." in result.out


def test_who_loses_the_score_leaves_a_limit_open(change, run):
    change(("coverage: 0.5", "coverage: 0.9"))
    assert run("diff", OLD, NEW).code == 0
    result = run("diff", OLD, NEW, "--max-shift", "5")
    assert result.code == 4
    assert "too little measured (1)" in result.out
    assert "it cannot be judged, for 1 lose their score" in result.out


def test_nothing_to_compare_is_inconclusive(change, run):
    change(("coverage: 0.5", "coverage: 0.9"), ("measure: mean(nps) / 100", "measure: mean(nps) / 100, where: nps > 1000"))
    result = run("diff", OLD, NEW)
    assert result.code == 4
    assert "Nothing could be compared" in result.out


def test_a_definition_with_errors(change, run):
    change(("target: 5", "targt: 5"))
    result = run("diff", OLD, NEW)
    assert (result.code, f"{NEW}:23:" in result.err, "SC104" in result.err) == (1, True, True)


def test_a_file_that_is_not_there(run):
    result = run("diff", OLD, "acmee.scorecard.yaml")
    assert (result.code, "SC710" in result.err, f"did you mean '{OLD}'" in result.err) == (2, True, True)


def test_a_source_that_cannot_be_read(folder, run):
    head, _, tail = (folder / OLD).read_text("utf-8").partition("  surveys:\n")
    (folder / NEW).write_text(f"{head}  surveys: {{type: csv, path: none.csv}}\n{tail[tail.index('metrics:') :]}", "utf-8")
    assert run("diff", OLD, NEW).code == 3


def test_another_scale(change, run):
    change(
        ("schema: scorecard/1", "schema: scorecard/1\nscale: [0, 10]"),
        ("{from: 60,", "{from: 6,"),
        ("green: {from: 80}", "green: {from: 8}"),
    )
    result = run("diff", OLD, NEW)
    assert (result.code, "SC902" in result.err) == (4, True)


class TestRevisions:
    @pytest.fixture(autouse=True)
    def _repository(self, folder, change):
        for arguments in (["init", "-q", "-b", "main"], ["add", OLD], ["commit", "-q", "-m", "Begin"]):
            subprocess.run(["git", *WHO, *arguments], check=True, capture_output=True, cwd=folder)
        change(("target: 5", "target: 4.6"), name=OLD)

    def test_a_revision_alone_is_compared_with_the_file_at_hand(self, run):
        shown = run("diff", f"main:{OLD}")
        assert shown.code == 0
        assert "target of Mean rating: 5 → 4.6" in shown.out
        assert f"main:{OLD} → {OLD}" in shown.out

    def test_two_revisions_and_the_way_back(self, run):
        assert "Nothing changed" in run("diff", f"main:{OLD}", f"HEAD:{OLD}").out
        assert "target of Mean rating: 4.6 → 5" in run("diff", OLD, f"main:{OLD}").out

    @pytest.mark.parametrize(("name", "issue"), [(OLD, "SC901"), (f"mian:{OLD}", "SC951"), (f"--output=x:{OLD}", "No such option")])
    def test_no_revision(self, run, name, issue):
        result = run("diff", name)
        assert (result.code, issue in result.err) == (2, True)
