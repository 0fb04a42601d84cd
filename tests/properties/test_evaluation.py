"""What holds for every definition and all data: random trees of groups over random records, the whole way through."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
from drawing import USUAL, Drawn, drawn, evaluated, scores_of
from hypothesis import given
from hypothesis import strategies as st

from scorecard.scoring.score import rescore


@USUAL
@given(drawn())
def test_scores_lie_on_the_scale_and_what_is_measured_is_finite(drawn: Drawn) -> None:
    evaluation = evaluated(drawn)
    low, high = drawn.ends
    table, metrics, groups = evaluation.scores, evaluation.metrics, evaluation.groups
    for frame in (table, metrics, groups):
        score = np.asarray(frame["score"], dtype=float)
        assert not np.isinf(score).any()
        assert (np.isnan(score) | ((score >= low) & (score <= high))).all()
        assert not np.isnan(score[np.asarray(frame["state"] == "measured")]).any()
        assert np.isnan(score[np.asarray(frame["state"] != "measured")]).all()
    value = np.asarray(metrics["value"], dtype=float)
    assert np.isfinite(value[np.asarray(metrics["state"] == "measured")]).all()
    covered = np.asarray(table["coverage"], dtype=float)
    assert (np.isnan(covered) | ((covered >= 0) & (covered <= 1 + 1e-12))).all()


@USUAL
@given(drawn(wild=True))
def test_the_ledger_the_points_lost_and_the_bounds(drawn: Drawn) -> None:
    evaluation = evaluated(drawn)
    low, high = drawn.ends
    best = low if drawn.definition["direction"] == "lower" else high
    for key, score, least, greatest in zip(*(evaluation.scores[name] for name in ("c", "score", "low", "high")), strict=True):
        if math.isnan(score):
            continue
        explained = evaluation.explain(c=key)
        assert abs(math.fsum(line.amount[0] for line in explained.ledger) - score) <= 1e-9 * (high - low)
        assert abs(math.fsum(line.amount[0] for line in explained.lost) - abs(best - score)) <= 1e-9 * (high - low)
        assert least <= score <= greatest
        assert all(line.amount[0] >= -1e-9 * (high - low) for line in explained.lost if line.kind in ("metric", "filled"))


@USUAL
@given(drawn(wild=True))
def test_two_engines_agree_and_the_same_table_gives_the_same_bits(drawn: Drawn) -> None:
    first, again, other = evaluated(drawn), evaluated(drawn), evaluated(drawn, "polars")
    for name in ("scores", "metrics", "groups"):
        one, two, three = (getattr(evaluation, name) for evaluation in (first, again, other))
        pd.testing.assert_frame_equal(one, two, check_exact=True)
        pd.testing.assert_frame_equal(one, three, rtol=1e-12, atol=0, check_dtype=False)


@USUAL
@given(drawn(wild=True))
def test_a_row_alone_is_the_row_in_the_block(drawn: Drawn) -> None:
    evaluation = evaluated(drawn)
    (_, scores), *_ = evaluation.periods
    nodes = [*drawn.metrics, *drawn.definition["groups"], "total"]
    for row in range(len(scores)):
        (block,) = rescore(evaluation.plan, scores, np.array([row]))
        for node in nodes:
            kept = np.asarray(scores.cells[f"{node}.score"])[row : row + 1]
            assert block.numbers(f"{node}.score").tobytes() == kept.tobytes()


@USUAL
@given(drawn(peers=False, wild=True))
def test_an_entity_alone_scores_as_it_does_among_others(drawn: Drawn) -> None:
    together = scores_of(evaluated(drawn))
    for row, score in enumerate(together):
        alone = {name: column[row : row + 1] for name, column in drawn.records.items()}
        assert scores_of(evaluated(drawn, records=alone)).tobytes() == np.float64(score).tobytes()


@USUAL
@given(drawn(peers=False, rules=False, covering=True), st.data())
def test_the_bounds_contain_the_score_after_filling_the_gaps(drawn: Drawn, data: st.DataObject) -> None:
    before = evaluated(drawn).scores
    fillers = st.floats(-50, 150, allow_nan=False)
    filled = {
        name: [data.draw(fillers) if name.startswith("x") and (v is None or not math.isfinite(v)) else v for v in column]
        for name, column in drawn.records.items()
    }
    after = scores_of(evaluated(drawn, records=filled))
    low, high = (np.asarray(before[name], dtype=float) for name in ("low", "high"))
    slack = 1e-9 * (drawn.ends[1] - drawn.ends[0])
    known = ~np.isnan(after)
    assert (low[known] - slack <= after[known]).all()
    assert (after[known] <= high[known] + slack).all()


@USUAL
@given(drawn(peers=False, rules=False, monotone=True, gaps=False), st.data())
def test_a_better_value_never_scores_worse(drawn: Drawn, data: st.DataObject) -> None:
    metric = data.draw(st.sampled_from(drawn.metrics))
    row = data.draw(st.integers(0, len(drawn.records["c"]) - 1))
    moved = {**drawn.records, metric: [*drawn.records[metric]]}
    moved[metric][row] += drawn.better[metric] * data.draw(st.floats(0, 100, allow_nan=False))
    before, after = scores_of(evaluated(drawn))[row], scores_of(evaluated(drawn, records=moved))[row]
    sign = -1 if drawn.definition["direction"] == "lower" else 1
    assert math.isnan(before) or sign * (after - before) >= -1e-9 * (drawn.ends[1] - drawn.ends[0])


@USUAL
@given(drawn(rules=False, means=True))
def test_a_mean_lies_between_its_parts(drawn: Drawn) -> None:
    evaluation = evaluated(drawn)
    slack = 1e-9 * (drawn.ends[1] - drawn.ends[0])
    for key in drawn.records["c"]:
        _between(evaluation.explain(c=key).total, slack)


def _between(node: Any, slack: float) -> None:
    parts = [child.filled if child.score is None else child.score for child in node.children]
    counted = [part for part, child in zip(parts, node.children, strict=True) if part is not None and child.share > 0]
    if node.score is not None and counted:
        assert min(counted) - slack <= node.score <= max(counted) + slack
    for child in node.children:
        _between(child, slack)


@USUAL
@given(drawn(rules=False, means=True), st.randoms(use_true_random=False), st.sampled_from([0.125, 3, 1000]))
def test_the_order_of_keys_and_the_scale_of_weights_are_nothing_in_means(drawn: Drawn, random: Any, factor: float) -> None:
    before = evaluated(drawn).scores
    changed = {**drawn.definition}
    for section in ("metrics", "groups"):
        entries = list(drawn.definition[section].items())
        random.shuffle(entries)
        changed[section] = {id: _heavier(entry, factor) for id, entry in entries}
    if "segments" in changed:
        segment = drawn.definition["segments"]["seg"]
        changed["segments"] = {"seg": {**segment, "metrics": {id: _heavier(entry, factor) for id, entry in segment["metrics"].items()}}}
    after = evaluated(Drawn(changed, drawn.records)).scores
    np.testing.assert_allclose(
        np.asarray(after["score"], float), np.asarray(before["score"], float), rtol=0, atol=1e-9 * (drawn.ends[1] - drawn.ends[0])
    )
    assert list(after["reason"]) == list(before["reason"])


def _heavier(entry: dict[str, Any], factor: float) -> dict[str, Any]:
    weight = entry.get("weight", 1)
    return {**entry, "weight": weight if weight == "sum" else weight * factor}
