"""Evaluations to report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scorecard.app import evaluate
from scorecard.evaluation.evaluation import Evaluation

DEFINITION = """\
schema: scorecard/1
title: "Book | of <b>things</b>"
entity: {key: [id], roster: book, attributes: ["note", size]}
period: {every: quarter}
bands: {red: {from: 0}, amber: {from: 60}, green: {from: 80}}
total: {aggregation: geometric, coverage: 0.3, round: {decimals: 1, mode: half_up}, rank: {ties: best}}
sources: {book: {type: inline, rows: []}, facts: {type: inline, rows: [], time: on_day}}
groups: {inner: {weight: 2, missing: {impute: mean}}}
metrics:
  first: {group: inner, source: facts, measure: mean(a), worst: 0, target: 10}
  second: {group: inner, source: facts, measure: mean(b), unit: percent, worst: [0, 1], target: [0.4, 0.6]}
  label: {source: facts, weight: 0, choose: [{when: first.value > 5, label: high}, {otherwise: low}]}
  third: {source: facts, measure: count(), curve: {steps: [{up_to: 1, score: 50}, {otherwise: 90}]}, missing: worst}
segments: {big: {when: size > 2, metrics: {first: {target: 8}}}}
rules: {lifted: {when: first.value > second.value * 10, add: 5}}
gates: {fine: {require: total.score >= 10}}
"""


@pytest.fixture
def evaluation(tmp_path: Path) -> Callable[..., Evaluation]:
    """Evaluates the definition over given entities and facts."""

    def evaluation(book: dict[str, list[Any]], facts: dict[str, list[Any]], **keys: Any) -> Evaluation:
        import pandas as pd

        path = tmp_path / "book.scorecard.yaml"
        path.write_text(DEFINITION, encoding="utf-8")
        facts = {**facts, "on_day": pd.to_datetime(facts["on_day"])}
        return evaluate(path, frames={"book": pd.DataFrame(book), "facts": pd.DataFrame(facts)}, **keys)

    return evaluation


@pytest.fixture
def mixed(evaluation: Callable[..., Evaluation]) -> Evaluation:
    """Hostile names, gaps, a segment, a rule that cannot be judged, two periods."""
    book = {
        "id": ["=HYPERLINK(1)", "-7", "007", "@x", "a|b<script>", "none"],
        "note": ["+1", "\tx", "＝1", None, "*bold* [a](b)", "plain"],
        "size": [1, 2, 3, 4, None, 6],
    }
    facts = {
        "id": ["=HYPERLINK(1)", "-7", "-7", "007", "@x", "a|b<script>", "007"],
        "a": [3.0, 9.0, 7.0, 1.0, None, 10.0, 2.0],
        "b": [0.5, 0.9, 0.7, 0.1, 0.3, None, 1 / 3],
        "on_day": ["2025-05-01", "2025-05-02", "2025-06-30", "2025-05-01", "2025-04-01", "2025-06-01", "2025-01-31"],
    }
    return evaluation(book, facts, period="2025-Q1..2025-Q2")
