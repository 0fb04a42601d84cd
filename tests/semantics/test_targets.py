"""Every kind of target, what it comes to, and where the explanation says it is from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "targets.md").read_text("utf-8")
(DEFINITION,) = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
GIVEN = {
    "customers": {"c": ["a", "b", "d"], "industry": ["it", "it", "ag"], "goal": [80.0, 90.0, 70.0]},
    "benchmarks": {"industry": ["it", "ag"], "best": [88.0, 75.0]},
    "goals": {"c": ["a", "b", "a"], "quarter": ["2026-07-01", "2026-07-01", "2026-04-01"], "goal": [77.0, 78.0, 70.0]},
    "answers": {
        "c": ["a", "a", "a", "b", "d", "d"],
        "day": ["2026-08-01", "2026-05-01", "2026-02-01", "2026-08-01", "2026-08-01", "2026-05-01"],
        "score": [60.0, 50.0, 40.0, 70.0, 90.0, 80.0],
    },
}
EXPECTED = {
    "number": {"a": 80, "b": 80, "d": 80},
    "column": {"a": 80, "b": 90, "d": 70},
    "table": {"a": 77, "b": 78, "d": None},
    "by_period": {"a": 75, "b": 75, "d": 75},
    "last_plus": {"a": 52, "b": 80, "d": 82},
    "last_times": {"a": 52.5, "b": None, "d": 84},
    "mean_of_last": {"a": 45, "b": None, "d": 80},
    "peers": {"a": 80, "b": 80, "d": 80},
    "benchmark": {"a": 88, "b": 88, "d": 75},
    "path": {"a": 70 + 20 * 273 / 365, "b": 70 + 20 * 273 / 365, "d": 70 + 20 * 273 / 365},
}


@pytest.fixture
def scored(evaluate):
    text = re.sub(r"\{type: (csv|excel), path: [^,}]*", "{type: given", DEFINITION)
    return evaluate(text, "2026-Q3", **GIVEN)


@pytest.mark.parametrize("metric", EXPECTED)
def test_a_target_comes_to_what_it_says(scored, metric):
    assert scored.metric(metric, "target") == pytest.approx(EXPECTED[metric])


@pytest.mark.parametrize("metric", EXPECTED)
def test_a_target_that_is_not_there_leaves_no_score_and_says_so(scored, metric):
    states, reasons = scored.metric(metric, "state"), scored.metric(metric, "reason")
    for entity, target in EXPECTED[metric].items():
        assert (states[entity], reasons[entity]) == (("measured", "") if target is not None else ("failed", "number_missing"))


@pytest.mark.parametrize("metric", EXPECTED)
def test_the_explanation_says_where_a_target_is_from(scored, metric):
    (node,) = (node for node in scored.explain("a").total.children if node.id == metric)
    line = next(number for number, text in enumerate(DEFINITION.splitlines(), start=1) if text.strip().startswith(f"{metric}:"))
    assert node.target_origin.place.line == line
    assert node.target == pytest.approx(EXPECTED[metric]["a"])
