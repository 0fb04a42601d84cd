"""What metric types tell beside the value: in the same pass, never scored, and checked when a plugin gives nonsense."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from math import isnan
from typing import Any

import narwhals as nw
import pytest

from scorecard.app import evaluate, registry
from scorecard.definition.check import check_text
from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.explain import explain
from scorecard.hooks.contracts import Aspect, MetricType
from scorecard.hooks.registry import Registry
from scorecard.model.plan import Pass
from scorecard.model.text import Text
from scorecard.report.explanation import explanation_record
from scorecard.report.json import write
from scorecard.report.reasons import Teller

DEFINITION = """
schema: scorecard/1
entity: {key: [id], roster: roster}
sources:
  roster: {type: inline, rows: [{id: A}, {id: B}]}
  marks: {type: inline, rows: [{id: A, x: 1, y: 5}, {id: A, x: 3, y: 1}]}
metrics: {m: {type: sides, source: marks, worst: 0, target: 4}}
"""
TITLE = Text({"en": "Sides", "zh": "各方面"})


def formula_type(**parts: str) -> MetricType:
    return MetricType(
        id="sides",
        title=TITLE,
        params={},
        doc="A test.",
        formula=lambda params: "mean(x)",
        aspects=lambda params: {"sides": Aspect(title=TITLE, parts=parts)},
    )


def function_type(frame: Callable[[nw.DataFrame[Any]], nw.DataFrame[Any]]) -> MetricType:
    return MetricType(
        id="sides",
        title=TITLE,
        params={},
        doc="A test.",
        function=lambda records, window, params: frame(records),
        columns=lambda params: {},
        aspects=lambda params: {"sides": Aspect(title=TITLE, parts={"left": "l", "right": "r"})},
    )


def with_type(kind: MetricType) -> Registry:
    known = registry()
    return replace(known, metric_types={**known.metric_types, kind.id: kind})


def evaluated(kind: MetricType) -> Evaluation:
    outcome = check_text(DEFINITION, "t.scorecard.yaml", with_type(kind))
    assert outcome.scorecard is not None
    assert not outcome.issues
    return evaluate(outcome.scorecard, plugins=with_type(kind))


def told(evaluation: Evaluation) -> Mapping[tuple[str, str], float]:
    rows = evaluation.aspects
    return {(row.id, row.part): row.value for row in rows.itertuples()}


def test_the_formulas_of_aspects_join_the_pass_of_the_value() -> None:
    evaluation = evaluated(formula_type(low="min(y)", mean="mean(x)", rows="count()"))
    assert [type(one) for one in evaluation.plan.passes].count(Pass) == 1
    found = told(evaluation)
    assert (found["A", "low"], found["A", "mean"], found["A", "rows"]) == (1, 2, 2)
    assert found["B", "rows"] == 0
    assert isnan(found["B", "low"])


def test_an_explanation_has_them_from_the_highest_to_the_lowest() -> None:
    evaluation = evaluated(formula_type(low="min(y)", none="min(y, where=x > 9)", high="max(y)"))
    explanation = explain(evaluation, {"id": "A"})
    assert explanation.total.children[0].aspects[0].parts == (("high", 5.0), ("low", 1.0), ("none", None))
    lines = Teller(evaluation.scorecard, explanation, "zh").tree().children[0].lines
    assert "各方面（由高到低）：high 5、low 1、none –" in lines
    record = explanation_record(evaluation, explanation)["total"]["children"][0]
    assert record["aspects"] == {"sides": {"high": 5.0, "low": 1.0, "none": None}}


def test_the_json_form_has_them_only_of_metrics_that_tell_them() -> None:
    from jsonschema import Draft202012Validator

    from scorecard.report.output_schema import output_schema

    found = json.loads(b"".join(write(evaluated(formula_type(low="min(y)")), {})))
    assert found["entities"][0]["metrics"]["m"]["aspects"] == {"sides": {"low": 1.0}}
    assert not list(Draft202012Validator(output_schema()).iter_errors(found))
    silent = replace(formula_type(), aspects=None)
    assert "aspects" not in json.loads(b"".join(write(evaluated(silent), {})))["entities"][0]["metrics"]["m"]
    assert list(evaluated(silent).aspects.columns) == ["id", "metric", "aspect", "part", "value", "unit"]


def test_they_change_no_score() -> None:
    assert evaluated(formula_type(low="min(y)")).scores.equals(evaluated(replace(formula_type(), aspects=None)).scores)


def test_a_function_answers_them_as_columns() -> None:
    def answer(records: nw.DataFrame[Any]) -> nw.DataFrame[Any]:
        return records.group_by("entity").agg(nw.len().alias("value")).with_columns(l=nw.lit(7), r=nw.lit(None, dtype=nw.Float64))

    evaluation = evaluated(function_type(answer))
    found = told(evaluation)
    assert found["A", "left"] == 7
    assert all(isnan(number) for key, number in found.items() if key != ("A", "left"))
    assert not evaluation.failures


def test_a_function_that_leaves_one_out_has_failed() -> None:
    evaluation = evaluated(function_type(lambda records: records.group_by("entity").agg(nw.len().alias("value"))))
    assert evaluation.failures == {"m": "gave a frame without the column 'l'"}


@pytest.mark.parametrize(
    ("aspects", "problem"),
    [
        (lambda params: ["sides"], "a mapping of ids to aspects"),
        (lambda params: {"sides": "min(y)"}, "a mapping of ids to aspects"),
        (lambda params: {"sides": Aspect(title=TITLE, parts={"low": "min("})}, "is no formula: min("),
    ],
)
def test_nonsense_is_the_plugins_fault(aspects: Callable[[Mapping[str, Any]], Any], problem: str) -> None:
    outcome = check_text(DEFINITION, "t.scorecard.yaml", with_type(replace(formula_type(), aspects=aspects)))
    assert [(issue.code, problem in str(issue.values["problem"])) for issue in outcome.issues] == [("SC432", True)]


def test_a_questionnaire_may_be_as_long_as_its_params_allow() -> None:
    channels = {f"channel_{number}": number for number in range(1, 9)}
    questions = {f"question_number_{number:02}": 1 for number in range(1, 41)}
    params = json.dumps({"questions": questions, "channels": channels, "min_answers": 1})
    rows = [{"id": "A", "channel": "channel_1", **dict.fromkeys(questions, 4)}]
    text = DEFINITION.replace("type: sides", f"type: csat, params: {params}").replace(
        "rows: [{id: A, x: 1, y: 5}, {id: A, x: 3, y: 1}]", f"rows: {json.dumps(rows)}"
    )
    outcome = check_text(text, "t.scorecard.yaml", registry())
    assert outcome.scorecard is not None, outcome.issues
    assert evaluate(outcome.scorecard).metrics["value"][0] == pytest.approx(75)


def test_an_explanation_says_nothing_of_a_number_that_a_function_answered_but_the_value() -> None:
    silent = replace(function_type(lambda records: records.group_by("entity").agg(nw.len().alias("value"))), aspects=None)
    evaluation = evaluated(silent)
    explanation = explain(evaluation, {"id": "A"})
    assert explanation.total.children[0].inputs == ()
    assert not [line for line in Teller(evaluation.scorecard, explanation, "en").tree().children[0].lines if "=" in line]


def test_an_explanation_tells_so_many_inputs_and_no_more() -> None:
    long = replace(formula_type(), aspects=None, formula=lambda params: " + ".join(f"count(where=x > {number})" for number in range(25)))
    evaluation = evaluated(long)
    lines = Teller(evaluation.scorecard, explain(evaluation, {"id": "A"}), "en").tree().children[0].lines
    assert sum(line.startswith("count(") for line in lines) == 20
    assert "and 5 more; --format json has all" in lines
