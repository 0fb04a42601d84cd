"""Lint never claims too much: what it calls impossible does not happen in any evaluation."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from drawing import REGISTRY, USUAL, Drawn, drawn, evaluated
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.definition.check import check_text
from scorecard.definition.lint.holding import Holding
from scorecard.definition.lint.possible import Possible
from scorecard.definition.lint.scores import Scores
from scorecard.expression.array import encode, evaluate
from scorecard.expression.check import check
from scorecard.expression.parse import parse
from scorecard.expression.scope import Scope
from scorecard.expression.values import Truth
from scorecard.model.formula import Kind, Node

DEFINITION = """
entity: {key: [c], roster: t, attributes: [tier, size, is_new]}
sources: {t: {type: given, columns: {tier: {from: T, values: {A: gold, B: silver}, otherwise: none}}}}
bands: {red: {from: 0}, amber: {from: 60}, green: {from: 80}}
metrics:
  late: {measure: share(late), worst: 1, target: 0}
  visits: {measure: count(), curve: {steps: [{below: 5, score: 20}, {otherwise: 90}]}}
  csat: {measure: mean(rating), worst: 0, target: 100}
  mood: {weight: 0, choose: [{when: csat.value > 50, label: glad}, {otherwise: sad}]}
"""
OUTCOME = check_text(DEFINITION, "drawn.scorecard.yaml", REGISTRY)
assert OUTCOME.scorecard is not None
SCORECARD = OUTCOME.scorecard
SCOPE = Scope(
    attributes=dict.fromkeys(SCORECARD.entity.attributes, Kind.ANY),
    metrics=frozenset(SCORECARD.metrics),
    groups=frozenset({"total"}),
    expect=Kind.TRUTH,
)
COLUMNS: dict[str, list[Any]] = {
    "entity.tier": ["gold", "silver", "none", None],
    "entity.size": [-3.0, 0.0, 1.0, 5.0, 5.0000000001, 60.0, 1e300, np.nan],
    "late.value": [0.0, 0.2, 1.0, 0.9999999999, np.nan],
    "visits.value": [0.0, 1.0, 5.0, 60.0, np.nan],
    "visits.score": [20.0, 90.0, np.nan],
    "total.score": [0.0, 59.99999999999, 60.0, 80.0, 100.0, np.nan],
    "csat.band": ["red", "amber", "green", None],
    "mood.value": ["glad", "sad", None],
    "csat.state": ["measured", "missing", "not_applicable", "excluded", "failed"],
}
NUMBERS = [name for name, values in COLUMNS.items() if isinstance(values[0], float)]
TEXTS = {name: [each for each in values if each is not None] for name, values in COLUMNS.items() if name not in NUMBERS}
LITERALS = ["-1", "0", "0.5", "1", "5", "20", "60", "90", "100"]
ROWS = 200
MANY = settings(USUAL, max_examples=300)


@st.composite
def condition(draw: st.DrawFn, deep: int = 2) -> str:
    """A condition over the columns above."""
    kinds = ["number", "text", "member", "is_new", "numbers", "sum", "null"]
    match draw(st.sampled_from(kinds + ["and", "or", "not"] * bool(deep))):
        case "number":
            name, operator = draw(st.sampled_from(NUMBERS)), draw(st.sampled_from(["<", "<=", ">", ">=", "==", "!="]))
            sides = [name.removeprefix("entity."), draw(st.sampled_from(LITERALS))]
            return f" {operator} ".join(draw(st.permutations(sides)))
        case "numbers":
            sides = [draw(st.sampled_from(NUMBERS)).removeprefix("entity.") for _ in range(2)]
            return f" {draw(st.sampled_from(['<', '<=', '==', '!=']))} ".join(sides)
        case "sum":
            names = [draw(st.sampled_from(NUMBERS)).removeprefix("entity.") for _ in range(2)]
            between = draw(st.sampled_from(["+", "-", "*", "/"]))
            return f"{f' {between} '.join(names)} {draw(st.sampled_from(['<', '>=']))} {draw(st.sampled_from(LITERALS))}"
        case "text":
            name = draw(st.sampled_from(list(TEXTS)))
            return f'{name.removeprefix("entity.")} {draw(st.sampled_from(["==", "!="]))} "{draw(st.sampled_from(TEXTS[name]))}"'
        case "member":
            name = draw(st.sampled_from(list(TEXTS)))
            listed = json.dumps(draw(st.lists(st.sampled_from(TEXTS[name]), min_size=1, max_size=3)))
            return f"{name.removeprefix('entity.')} {draw(st.sampled_from(['in', 'not in']))} {listed}"
        case "is_new":
            return "is_new"
        case "null":
            return f"is_null({draw(st.sampled_from(NUMBERS)).removeprefix('entity.')})"
        case "not":
            return f"not ({draw(condition(deep - 1))})"
        case operator:
            return f" {operator} ".join(f"({draw(condition(deep - 1))})" for _ in range(draw(st.integers(2, 3))))


def checked(text: str) -> Node:
    tree, issues = parse(text, None)
    assert tree is not None, issues
    found = check(tree, SCOPE, None)
    assert not found.issues, found.issues
    return found.tree


def rows(seed: int) -> dict[str, Any]:
    random = np.random.default_rng(seed)
    found: dict[str, Any] = {}
    for name, values in COLUMNS.items():
        taken = random.integers(0, len(values), ROWS)
        found[name] = np.array(values)[taken] if name in NUMBERS else encode([values[at] for at in taken])
    truths = random.integers(0, 3, ROWS)
    found["entity.is_new"] = Truth(truths == 1, truths == 0)
    return found


def truth(tree: Node, cells: dict[str, Any]) -> Truth:
    found = evaluate(tree, cells.__getitem__, ROWS)
    assert isinstance(found, Truth)
    return found


@MANY
@given(condition(), st.integers(0, 2**32))
def test_what_can_never_hold_never_does(text: str, seed: int) -> None:
    tree = checked(text)
    holding, found = Holding(Possible(SCORECARD, REGISTRY)), truth(tree, rows(seed))
    assert holding.can_hold(tree) or not np.any(found.holds)
    assert holding.can_fail(tree) or not np.any(found.fails)


@MANY
@given(condition(1), condition(1), st.integers(0, 2**32))
def test_what_follows_holds_wherever_the_other_does(one: str, other: str, seed: int) -> None:
    first, second = checked(one), checked(other)
    holding, cells = Holding(Possible(SCORECARD, REGISTRY)), rows(seed)
    if holding.follows(first, second):
        assert not np.any(truth(first, cells).holds & ~truth(second, cells).holds)


@USUAL
@given(drawn())
def test_scores_and_bands_are_where_they_can_be(drawn: Drawn) -> None:
    outcome = check_text(json.dumps(drawn.definition), "drawn.scorecard.yaml", REGISTRY)
    assert outcome.scorecard is not None
    scores, evaluation = Scores(outcome.scorecard), evaluated(drawn)
    reached = scores.bands("total") | {"insufficient"}
    assert {band for band in evaluation.scores["band"] if isinstance(band, str)} <= reached
    for table, key in ((evaluation.groups, "group"), (evaluation.metrics, "metric"), (evaluation.scores.assign(group="total"), "group")):
        for id, score in zip(table[key], np.asarray(table["score"], dtype=float), strict=True):
            within = scores.of(id)
            assert np.isnan(score) or within.low - 1e-9 <= score <= within.high + 1e-9
