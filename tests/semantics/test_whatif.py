"""What if: supposed values and numbers score as if they had been measured and written; all else stays as it is."""

from __future__ import annotations

import numpy as np
import pytest

from scorecard.advice.suppositions import suppositions
from scorecard.advice.whatif import band_moves, what_if, what_ifs
from scorecard.errors import UsageError
from scorecard.report.supposed import unseen

TEXT = """
schema: scorecard/1
entity: {key: [c], roster: roster, attributes: [tier]}
bands: {red: {from: 0}, amber: {from: 60}, green: {from: 80}}
total: {round: {decimals: 1}}
sources: {roster: {type: given}}
groups: {g: {weight: 2}}
defaults: {metrics: {source: roster, worst: 0, target: 100}}
metrics:
  a: {group: g, weight: %(weight)s, target: %(target)s}
  b: {group: g}
  c2: {missing: worst}
segments: {big: {when: tier == "big", metrics: {a: {weight: 4}}}}
rules: {low: {when: b.value < 20, cap: amber}}
"""
ROSTER = {"c": ["x", "y", "z"], "tier": ["big", "small", None], "a": [70.0, None, 95.0], "b": [10.0, 80.0, 90.0], "c2": [50.0, None, 100.0]}


def scored(evaluate, weight=1, target=100, **more):
    return evaluate(TEXT % {"weight": weight, "target": target}, roster={**ROSTER, **more})


def supposed(evaluate, *texts):
    evaluation = scored(evaluate).evaluation
    (one,) = suppositions(texts, evaluation.scorecard)
    return what_if(evaluation, one)


def cells(scores):
    return {name: np.asarray(getattr(value, "codes", value)) for name, value in scores.cells.items()}


def equal(left, right):
    assert left.keys() == right.keys()
    for name in left:
        np.testing.assert_array_equal(left[name], right[name], err_msg=name)


def test_a_supposed_value_scores_as_if_it_had_been_measured(evaluate):
    outcome = supposed(evaluate, "a=82")
    ((_, measured),) = scored(evaluate, a=[82.0, 82.0, 82.0]).evaluation.periods
    equal(cells(outcome.after), cells(measured))


@pytest.mark.parametrize("texts", [["band.amber=50"], ["band.green=90"], ["band.amber=30", "band.green=50", "weight.a=2"]])
def test_a_band_begins_where_it_is_supposed_to(evaluate, texts):
    """Bands, what rules cap at them, and curves through thresholds follow."""
    outcome = supposed(evaluate, *texts)
    starts = {"amber": 60, "green": 80} | {text[5:].split("=")[0]: text.split("=")[1] for text in texts if text.startswith("band")}
    written = TEXT.replace("{from: 60}", f"{{from: {starts['amber']}}}").replace("{from: 80}", f"{{from: {starts['green']}}}")
    written = written.replace("metrics: {a: {weight: 4}}", "metrics: {a: {weight: 2}}") if "weight.a=2" in texts else written
    ((_, beside),) = evaluate(written % {"weight": 2 if "weight.a=2" in texts else 1, "target": 100}, roster=ROSTER).evaluation.periods
    equal(cells(outcome.after), cells(beside))
    assert [band.start for band in outcome.evaluation.scorecard.bands] == [0, float(starts["amber"]), float(starts["green"])]


@pytest.mark.parametrize("text", ["band.amber=80", "band.green=60", "band.green=101", "band.amber=0", "band.amber=70..90/5"])
def test_bands_keep_their_order(evaluate, text):
    with pytest.raises(UsageError) as raised:
        supposed(evaluate, text)
    assert raised.value.issues[0].values["reason"] == "order"


@pytest.mark.parametrize("text", ["band.red=10", "band.blue=10", "band.insufficient=1"])
def test_a_band_that_cannot_begin_elsewhere_is_none(evaluate, text):
    with pytest.raises(UsageError) as raised:
        supposed(evaluate, text)
    assert raised.value.issues[0].code == "SC731"


def test_a_supposed_number_scores_as_if_it_had_been_written(evaluate):
    outcome = supposed(evaluate, "target.a=80")
    ((_, written),) = scored(evaluate, target=80).evaluation.periods
    equal(cells(outcome.after), cells(written))


def test_a_supposed_number_stands_above_that_of_a_segment(evaluate):
    outcome = supposed(evaluate, "weight.a=3")
    assert list(outcome.after.cells["g.score"]) == pytest.approx([(3 * 70 + 10) / 4, 80, (3 * 95 + 90) / 4])
    assert list(outcome.before.cells["g.score"]) == pytest.approx([(4 * 70 + 10) / 5, 80, (95 + 90) / 2])
    assert outcome.evaluation.explain(c="x").total.children[0].children[0].weight == 3


def test_supposing_what_is_changes_nothing(evaluate):
    outcome = supposed(evaluate, "weight.b=1", "target.b=100", "weight.g=2")
    equal(cells(outcome.before), cells(outcome.after))
    assert all(old == new for old, new in band_moves(outcome))


def test_rules_and_bands_follow(evaluate):
    evaluation = scored(evaluate).evaluation
    (one,) = suppositions(["b=95", "a=100", "c2=100"], evaluation.scorecard)
    outcome = what_if(evaluation, one)
    assert set(outcome.evaluation.scores["band"]) == {"green"}
    assert [rule.fired.name for rule in outcome.evaluation.explain(c="x").total.rules] == ["NO"]
    assert evaluation.explain(c="x").total.rules[0].fired.name == "YES"
    assert sum(band_moves(outcome).values()) == 3
    assert {new for _, new in band_moves(outcome)} == {"green"}


def test_a_sweep_tries_every_number(evaluate):
    evaluation = scored(evaluate).evaluation
    outcomes = what_ifs(evaluation, suppositions(["a=0..100/25", "target.b=50..100/50"], evaluation.scorecard))
    assert [tuple(each.text for each in outcome.supposed) for outcome in outcomes][:3] == [
        ("a=0", "target.b=50"),
        ("a=0", "target.b=100"),
        ("a=25", "target.b=50"),
    ]
    totals = np.array([outcome.after.cells["total.score"] for outcome in outcomes if outcome.supposed[1].number == 100])
    assert (np.diff(totals, axis=0) >= 0).all()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a", "SC730"),
        ("a=high", "SC730"),
        ("a=1..9", "SC730"),
        ("a=1..9/0", "SC730"),
        ("a=0..100000/1", "SC730"),
        ("aa=1", "SC731"),
        ("weight.z=1", "SC731"),
        ("threshold.a.purple=1", "SC731"),
        ("target.g=1", "SC731"),
    ],
)
def test_what_cannot_be_supposed_is_wrong_usage(evaluate, text, code):
    with pytest.raises(UsageError) as error:
        suppositions([text], scored(evaluate).evaluation.scorecard)
    assert [issue.code for issue in error.value.issues] == [code]


def test_the_same_name_twice_is_wrong_usage(evaluate):
    with pytest.raises(UsageError):
        suppositions(["a=1", "a=2"], scored(evaluate).evaluation.scorecard)


def test_what_is_supposed_is_told_as_it_is_written(evaluate):
    card = scored(evaluate).evaluation.scorecard
    told = [each.text for supposed in suppositions(["a=90%..100%/5%", "target.b=50"], card) for each in supposed]
    assert told == ["a=90%", "target.b=50", "a=95%", "target.b=50", "a=100%", "target.b=50"]


def test_a_value_that_nobody_has_is_remarked(evaluate):
    text = "schema: scorecard/1\nentity: {key: [c]}\nsources: {t: {type: given}}\n"
    text += "metrics: {a: {worst: 0, target: 50}, b: {worst: 0, target: 50}}"
    evaluation = evaluate(text, t={"c": ["x", "y"], "a": [10.0, 60.0], "b": [1.0, 2.0]}).evaluation
    (supposed,) = suppositions(["a=61", "b=49"], evaluation.scorecard)
    assert [(one.metric, one.number, one.low, one.high) for one in unseen(what_if(evaluation, supposed))] == [("a", 61, 0, 60)]
