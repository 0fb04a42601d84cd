"""Scenarios: each column is what its suppositions alone would give; files are read strictly, each fault at its place."""

from __future__ import annotations

import pytest

from scorecard.advice.scenarios import read_scenarios
from scorecard.advice.suppositions import suppositions
from scorecard.advice.whatif import what_if
from scorecard.errors import DefinitionError
from scorecard.report.scenarios import EntityTable, EverybodyTable

TEXT = """
schema: scorecard/1
entity: {key: [c], roster: roster}
bands: {red: {from: 0}, amber: {from: 60}, green: {from: 80}}
total: {round: {decimals: 1}}
sources: {roster: {type: given}}
groups: {g: {weight: 2}}
defaults: {metrics: {source: roster, worst: 0, target: 100}}
metrics:
  a: {group: g, title: Alpha, unit: percent, target: 100%}
  b: {group: g}
  d: {missing: no_score}
"""
ROSTER = {"c": ["x", "y", "z"], "a": [0.4, 0.5, 0.9], "b": [60.0, 70.0, 90.0], "d": [50.0, None, 90.0]}
PLANS = """\
schema: scorecard-scenarios/1
scenarios:
  train: {a: 90%, weight.d: 2}
  "mend, all": [b=100, d=90, target.a=80%]
"""


@pytest.fixture
def evaluation(evaluate):
    return evaluate(TEXT, roster=ROSTER).evaluation


@pytest.fixture
def read(tmp_path, evaluation):
    def run(text):
        (tmp_path / "plans.yaml").write_text(text, encoding="utf-8")
        return read_scenarios(str(tmp_path / "plans.yaml"), evaluation.scorecard)

    return run


def test_each_supposes_what_its_texts_would(read, evaluation):
    found = read(PLANS)
    assert list(found) == ["train", "mend, all"]
    for name, texts in (("train", ["a=90%", "weight.d=2"]), ("mend, all", ["b=100", "d=90", "target.a=80%"])):
        (expected,) = suppositions(texts, evaluation.scorecard)
        assert found[name] == expected


@pytest.fixture
def outcomes(read, evaluation):
    return {name: what_if(evaluation, supposed) for name, supposed in read(PLANS).items()}


def test_an_entity_has_a_column_for_today_and_one_for_each(outcomes, evaluation):
    table = EntityTable(evaluation, outcomes, {"c": "x"}, "en")
    assert table.heads == ["", "today", "train", "mend, all"]
    assert table.rows() == [
        ["Score", "50.0", "62.5 (+12.5)", "80.0 (+30.0)"],
        ["band", "red", "amber", "green"],
        ["Alpha", "40% (13.3)", "90% (22.5)", "40% (16.7)"],
        ["b", "60 (20.0)", "60 (15.0)", "100 (33.3)"],
        ["d", "50 (16.7)", "50 (25.0)", "90 (30.0)"],
    ]
    heads, rows = table.long()
    assert heads == ["scenario", "node", "value", "score", "band", "points"]
    assert ["train", "a", 0.9, 90, "green", 22.5] in rows
    assert ["", "total", None, 50, "red", 50] in rows


def test_everybody_has_the_mean_the_bands_and_how_many_change(outcomes, evaluation):
    table = EverybodyTable(evaluation, outcomes, "en")
    assert table.rows() == [
        ["mean score", "70.0", "76.3", "88.4"],
        ["red", "1", "0", "0"],
        ["amber", "0", "1", "0"],
        ["green", "1", "1", "3"],
        ["no score", "1", "1", "0"],
        ["another band", "", "1", "2"],
    ]
    assert EverybodyTable(evaluation, outcomes, "zh").rows()[0][0] == "平均分"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("scenarios: {one: {a: 1}}", ["SC790"]),
        ("schema: scorecard-scenarios/2\nscenarios: {one: {a: 1}}", ["SC790"]),
        ("schema: scorecard-scenarios/1", ["SC790"]),
        ("schema: scorecard-scenarios/1\nscenarios: []", ["SC790"]),
        ("schema: scorecard-scenarios/1\nscenarios: {}", ["SC790"]),
        ("schema: scorecard-scenarios/1\nplans: {}\nscenarios: {one: {a: 1}}", ["SC790"]),
        ("schema: scorecard-scenarios/1\nscenarios: {one: {}}", ["SC790"]),
        ("schema: scorecard-scenarios/1\nscenarios: {one: a=1}", ["SC790"]),
        ("schema: scorecard-scenarios/1\nscenarios: {one: {a: [1]}}", ["SC790"]),
        ("schema: scorecard-scenarios/1\nscenarios: {one: {a: true}}", ["SC790"]),
        ("schema: scorecard-scenarios/1\nscenarios: {one: {a: 1..3/1}}", ["SC790"]),
        ("schema: scorecard-scenarios/1\nscenarios: {one: {a: many}}", ["SC730"]),
        ("schema: scorecard-scenarios/1\nscenarios: {one: {aa: 1}}", ["SC731"]),
        ("schema: scorecard-scenarios/1\nscenarios: {one: {a: 1, a.value: 2}}", ["SC730"]),
        ("schema: scorecard-scenarios/1\nscenarios: {one: [a, weight.q=2], two: {target.g: 3}}", ["SC730", "SC731", "SC731"]),
        ("schema: scorecard-scenarios/1\nscenarios: {" + ", ".join(f"s{k}: {{a: 1}}" for k in range(60)) + "}", ["SC790"]),
    ],
)
def test_a_file_that_is_not_written_so_says_where(read, text, codes):
    with pytest.raises(DefinitionError) as error:
        read(text)
    assert [issue.code for issue in error.value.issues] == codes
    assert all(issue.place is not None and issue.place.file.endswith("plans.yaml") for issue in error.value.issues)


def test_a_name_that_nothing_has_says_what_was_probably_meant(read):
    with pytest.raises(DefinitionError) as error:
        read("schema: scorecard-scenarios/1\nscenarios:\n  one: {weight.gg: 1}\n")
    (issue,) = error.value.issues
    assert (issue.place.line, issue.values["did_you_mean"]) == (3, ["g"])


def test_a_file_that_is_not_there(evaluation, tmp_path):
    with pytest.raises(DefinitionError) as error:
        read_scenarios(str(tmp_path / "nowhere.yaml"), evaluation.scorecard)
    assert error.value.issues[0].code == "SC001"
