"""What is expected of a source: counted, shown with rows, stopping the work or only said; and sources that need not be there."""

from __future__ import annotations

from datetime import date

import pytest

from scorecard import app
from scorecard.definition.check import check_file
from scorecard.errors import DataError, ScorecardError
from scorecard.model.state import Reason

HEAD = """
schema: scorecard/1
entity: {key: [c], roster: roster}
period: {every: quarter}
sources: {roster: {type: given}, answers: {type: given, time: at, %s}}
metrics: {m: {source: answers, measure: mean(score), worst: 0, target: 5}}
"""
ROSTER = {"c": ["a", "b"]}
ANSWERS = {
    "c": ["a", "a", "b"],
    "at": ["2026-01-05", "2026-02-05", "2026-03-05"],
    "score": [4.0, 9.0, None],
    "channel": ["mail", "phone", "fax"],
    "id": ["1", "2", "2"],
}


def expecting(evaluate, what, **more):
    return evaluate(HEAD % f"expect: {{{what}}}", "2026-Q1", roster=ROSTER, answers=ANSWERS, **more)


@pytest.mark.parametrize(
    ("what", "code", "values"),
    [
        ("rows: 4", "SC663", {"count": 3, "least": 4}),
        ("rows: {at_most: 2}", "SC663", {"count": 3, "most": 2, "reason": "many"}),
        ("fresh: 10 days", "SC662", {"last": "2026-03-05", "end": "2026-04-01"}),
        (
            "unique: [id]",
            "SC667",
            {"count": 2, "examples": ["the frame given for answers, row 1: 2", "the frame given for answers, row 2: 2"]},
        ),
        ("columns: {score: {between: [1, 5]}}", "SC665", {"count": 1, "examples": ["the frame given for answers, row 1: 9"]}),
        ("columns: {score: {between: [null, 5]}}", "SC665", {"count": 1, "reason": "most"}),
        ("columns: {score: {between: [5, null]}}", "SC665", {"count": 1, "reason": "least"}),
        ("columns: {score: {nulls: 30%}}", "SC664", {"share": "33.33%", "most": "30%"}),
        ("columns: {channel: {among: [mail, phone]}}", "SC666", {"count": 1, "examples": ["the frame given for answers, row 2: fax"]}),
        ("columns: {id: {unique: true}}", "SC667", {"count": 2, "columns": ["id"]}),
        ("records: {low: score < 9}", "SC668", {"count": 1, "condition": "low"}),
        ("columns: {subject: {}}", "SC601", {"name": "subject"}),
    ],
)
def test_what_is_not_as_expected_stops_the_work(evaluate, what, code, values):
    with pytest.raises(ScorecardError) as error:
        expecting(evaluate, what)
    (issue,) = error.value.issues
    assert issue.code == code
    assert {key: issue.values.get(key) for key in values} == values


@pytest.mark.parametrize(
    "what",
    [
        "rows: 3",
        "fresh: 30 days",
        "fresh: 1 month",
        "unique: [c, at]",
        "columns: {score: {between: [4, 9], nulls: 0.34}, channel: {among: [mail, phone, fax]}, at: {unique: true}}",
        "records: {positive: score > 0}",
    ],
)
def test_what_is_as_expected_is_not_mentioned(evaluate, what):
    scored = expecting(evaluate, what)
    assert not scored.notes()
    assert scored.metric("m") == {"a": 6.5, "b": None}


def test_a_warning_goes_on_and_everything_is_said_at_once(evaluate):
    scored = expecting(evaluate, "failing: warn, rows: 9, fresh: 1 day, columns: {score: {between: [1, 5]}, channel: {among: [mail]}}")
    assert set(scored.notes()) == {"SC662", "SC663", "SC665", "SC666"}
    assert scored.metric("m")["a"] == 6.5


def test_only_records_that_are_kept_are_judged_and_rows_are_those_of_the_source(evaluate):
    text = HEAD % 'where: channel != "mail", expect: {columns: {score: {between: [1, 5]}}}'
    with pytest.raises(DataError) as error:
        evaluate(text, "2026-Q1", roster=ROSTER, answers=ANSWERS)
    assert error.value.issues[0].values["examples"] == ["the frame given for answers, row 1: 9"]


def test_freshness_is_judged_as_of_the_day_asked_for(evaluate):
    text = HEAD % "expect: {fresh: 10 days}"
    scored = evaluate(text, "2026-Q1", as_of=date(2026, 3, 10), roster=ROSTER, answers=ANSWERS)
    assert not scored.notes()


OPTIONAL = """
schema: scorecard/1
entity: {{key: [c], roster: roster}}
sources:
  roster: {{type: inline, rows: [{{c: a}}, {{c: b}}]}}
  answers: {{type: csv, path: {path}, required: false{more}}}
metrics:
  m: {{source: answers, measure: mean(score), worst: 0, target: 5}}
  n: {{measure: "2", worst: 0, target: 4}}
"""


@pytest.mark.parametrize("rows", [None, "c,score\na,high\n", "c,score\na,9\n"], ids=["not there", "cannot be read", "not as expected"])
def test_a_source_that_need_not_be_there_leaves_its_metrics_missing(tmp_path, engine, rows):
    if rows is not None:
        (tmp_path / "answers.csv").write_text(rows)
    file = tmp_path / "x.scorecard.yaml"
    file.write_text(OPTIONAL.format(path="answers.csv", more=", expect: {columns: {score: {between: [1, 5]}}}"))
    evaluation = app.evaluate(check_file(file, app.registry()).scorecard, engine=engine)
    metrics = evaluation.metrics.query("metric == 'm'")
    assert set(metrics["state"]) == {"missing"}
    assert set(metrics["reason"]) == {Reason.SOURCE_EMPTY.name.lower()}
    assert list(evaluation.scores["score"]) == [50.0, 50.0]
    assert list(evaluation.scores["coverage"]) == [0.5, 0.5]
    (note,) = evaluation.notes
    assert note.level == "warning"
    assert note.code == {None: "SC620", "c,score\na,high\n": "SC603"}.get(rows, "SC665")


def test_a_source_that_is_there_counts_as_any_other(tmp_path, engine):
    (tmp_path / "answers.csv").write_text("c,score\na,4\n")
    file = tmp_path / "x.scorecard.yaml"
    file.write_text(OPTIONAL.format(path="answers.csv", more=""))
    evaluation = app.evaluate(check_file(file, app.registry()).scorecard, engine=engine)
    assert list(evaluation.scores["coverage"]) == [1.0, 0.5]
    assert not evaluation.notes


def test_a_row_of_many_columns_across_the_top_is_named_once(evaluate):
    text = """
schema: scorecard/1
entity: {key: [c], roster: sheet}
sources:
  sheet: {type: given}
  months: {type: given, unpivot: {matching: "M.*", name: month, value: sales}, expect: {columns: {sales: {nulls: 0}}}}
metrics: {m: {source: months, measure: sum(sales), worst: 0, target: 5}}
"""
    with pytest.raises(ScorecardError) as error:
        evaluate(text, sheet={"c": ["a"]}, months={"c": ["a", "b"], "M1": [1.0, None], "M2": [2.0, None]})
    (issue,) = error.value.issues
    assert (issue.values["count"], issue.values["examples"]) == (2, ["the frame given for months, row 1"])
