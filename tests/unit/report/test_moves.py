"""What a metric alone would bring, beside what it lost: the same points are the same number."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from scorecard.advice.levers import levers_of
from scorecard.app import evaluate
from scorecard.evaluation.explain import explain
from scorecard.report.moves import moves
from scorecard.report.reasons import Teller

DEFINITION = """\
schema: scorecard/1
entity: {key: [id], roster: facts}
total: {aggregation: AGGREGATION, round: {decimals: DECIMALS}}
sources: {facts: {type: inline, rows: []}}
metrics:
  a: {weight: 3, source: facts, measure: mean(a), worst: 0, target: 7}
  b: {weight: 3, source: facts, measure: mean(b), worst: 0, target: 7}
  c: {weight: 5, source: facts, measure: mean(c), worst: 0, target: 7}
"""


@pytest.fixture
def facts() -> pd.DataFrame:
    drawn = np.random.default_rng(7).uniform(0.5, 6.5, (12, 3))
    return pd.DataFrame(drawn, columns=["a", "b", "c"]).assign(id=[f"e{row}" for row in range(len(drawn))])


def told(path: Path, facts: pd.DataFrame, text: str) -> list[tuple[str, str, str]]:
    """Of every entity and metric what it lost, and what its target would bring."""
    path.write_text(text, encoding="utf-8")
    evaluation = evaluate(path, frames={"facts": facts})
    found = []
    for id in facts["id"]:
        key = {"id": id}
        teller = Teller(evaluation.scorecard, explain(evaluation, key), "en")
        lost = teller.lost()
        assert lost is not None
        points = {entry.label: entry.points for entry in lost.entries}
        for move in moves(evaluation.scorecard, levers_of(evaluation, key), teller.costs, "en"):
            found.append((move.name, points[move.name], dict(move.goals)["to 7, its target"].removeprefix("+")))
    return found


@pytest.mark.parametrize("decimals", [0, 1])
def test_what_the_target_brings_back_is_printed_as_what_was_lost(tmp_path: Path, facts: pd.DataFrame, decimals: int) -> None:
    text = DEFINITION.replace("AGGREGATION", "arithmetic").replace("DECIMALS", str(decimals))
    found = told(tmp_path / "x.scorecard.yaml", facts, text)
    assert len(found) == 36
    assert [one for one in found if one[1] != one[2]] == []


def test_where_one_metric_hinders_another_both_are_printed_as_they_are(tmp_path: Path, facts: pd.DataFrame) -> None:
    text = DEFINITION.replace("AGGREGATION", "geometric").replace("DECIMALS", "1")
    assert any(lost != brings for _, lost, brings in told(tmp_path / "x.scorecard.yaml", facts, text))
