"""What holds for every definition and all data: random trees of groups over random records, the whole way through."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorecard import app
from scorecard.definition.check import check_text
from scorecard.evaluation.evaluation import Evaluation
from scorecard.hooks.contracts import SourceType
from scorecard.hooks.registry import Registry
from scorecard.model.text import Text
from scorecard.scoring.score import rescore

REGISTRY = Registry(
    sources={
        "given": SourceType(id="given", title=Text.of("given"), params={"type": "object", "properties": {}}, doc="", open="nowhere:open")
    }
)
USUAL = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
SCALES: tuple[tuple[float, float], ...] = ((0, 100), (1, 5), (-10, 10))
TIERS = ("s", "t", None)


@dataclass
class Drawn:
    """A definition as plain data and the records for it."""

    definition: dict[str, Any]
    records: dict[str, list[Any]]
    better: dict[str, int] = field(default_factory=dict)
    """which way each metric gets better: 1 up, -1 down"""

    @property
    def metrics(self) -> list[str]:
        return list(self.definition["metrics"])

    @property
    def ends(self) -> tuple[float, float]:
        low, high = self.definition["scale"]
        return low, high


VALUES = st.one_of(
    st.none(),
    st.integers(-20, 120).map(float),
    st.floats(-50, 150, allow_nan=False),
    st.sampled_from([0.0, -0.0, 1e-300, 1e300, -1e300, 1.7e308, math.inf, -math.inf, math.nan, 100.0, 60.0, 59.99999999999]),
)


@st.composite
def drawn(
    draw: st.DrawFn,
    *,
    rules: bool = True,
    peers: bool = True,
    monotone: bool = False,
    covering: bool = False,
    means: bool = False,
    gaps: bool = True,
) -> Drawn:
    scale = draw(st.sampled_from(SCALES))
    low, high = scale
    span = high - low
    lower = draw(st.booleans())
    groups: dict[str, dict[str, Any]] = {}
    parents = ["total"]
    for number in range(draw(st.integers(0, 4))):
        parent = draw(st.sampled_from(parents[-3:]))
        groups[f"g{number}"] = {"weight": draw(st.one_of(st.sampled_from([0.5, 1, 2, 3]), st.just("sum"))), "group": parent}
        if _depth(groups, f"g{number}") < 3:
            parents.append(f"g{number}")
    total: dict[str, Any] = {}
    for node in (*groups.values(), total):
        _combined(draw, node, scale, means=means, gaps=gaps, peers=peers, root=node is total)
    metrics: dict[str, dict[str, Any]] = {}
    better: dict[str, int] = {}
    homes = [*groups, *(draw(st.sampled_from(["total", *groups])) for _ in range(draw(st.integers(1, 3))))]
    for number, home in enumerate(homes):
        metric, way = _metric(draw, scale, lower=lower, monotone=monotone, covering=covering, peers=peers)
        metric |= {"group": home, "weight": draw(st.sampled_from([0.25, 1, 2, 7]))}
        _missing(draw, metric, scale, peers=peers)
        if draw(st.integers(0, 4)) == 0:
            metric["round"] = {"decimals": draw(st.integers(0, 2))}
        if draw(st.integers(0, 5)) == 0:
            metric["applies_when"] = 'tier == "s"'
        metrics[f"x{number}"] = metric
        better[f"x{number}"] = way
    definition: dict[str, Any] = {
        "schema": "scorecard/1",
        "entity": {"key": ["c"], "attributes": ["tier"]},
        "sources": {"t": {"type": "given"}},
        "scale": list(scale),
        "direction": "lower" if lower else "higher",
        "bands": {"red": {"from": low}, "amber": {"from": low + 0.6 * span}, "green": {"from": low + 0.8 * span}},
        "total": total,
        "groups": groups,
        "metrics": metrics,
    }
    if draw(st.booleans()):
        changed = draw(st.sampled_from(list(metrics)))
        definition["segments"] = {"seg": {"when": 'tier == "t"', "metrics": {changed: {"weight": draw(st.sampled_from([0.5, 4]))}}}}
    if rules and draw(st.booleans()):
        definition["rules"] = {f"r{number}": _rule(draw, groups, metrics, scale) for number in range(draw(st.integers(1, 3)))}
    rows = draw(st.integers(1, 7))
    values = VALUES if gaps else st.floats(-50, 150, allow_nan=False)
    records: dict[str, list[Any]] = {"c": [f"e{row}" for row in range(rows)]}
    records["tier"] = draw(st.lists(st.sampled_from(TIERS), min_size=rows, max_size=rows))
    for metric in metrics:
        records[metric] = draw(st.lists(values, min_size=rows, max_size=rows))
    return Drawn(definition, records, better)


def _depth(groups: dict[str, dict[str, Any]], group: str) -> int:
    return 0 if group == "total" else 1 + _depth(groups, groups[group]["group"])


def _combined(
    draw: st.DrawFn, node: dict[str, Any], scale: tuple[float, float], *, means: bool, gaps: bool, peers: bool, root: bool
) -> None:
    kinds: list[Any] = ["arithmetic", {"power": 2}, {"geometric": {"on": [1, 10]}}]
    if scale[0] >= 0:
        kinds += ["geometric", {"power": -1}]
    if not means:
        kinds += ["min", "max", {"worst": 2}, "sum"]
    node["aggregation"] = draw(st.sampled_from(kinds if scale[0] >= 0 else [k for k in kinds if k != {"power": 2}]))
    if gaps and draw(st.integers(0, 3)) == 0:
        node["coverage"] = draw(st.sampled_from([0.3, 0.5, 1]))
    if not means and draw(st.integers(0, 3)) == 0:
        node["round"] = {"decimals": draw(st.integers(0, 2)), "mode": draw(st.sampled_from(["half_up", "half_even", "floor", "up"]))}
    if not root:
        _missing(draw, node, scale, peers=peers)


def _missing(draw: st.DrawFn, node: dict[str, Any], scale: tuple[float, float], *, peers: bool) -> None:
    policies: list[Any] = ["skip", "skip", "no_score", "worst", (scale[0] + scale[1]) / 2]
    if peers:
        policies += [{"impute": "mean"}, {"impute": "mean", "by": "tier"}]
    node["missing"] = draw(st.sampled_from(policies))


def _metric(
    draw: st.DrawFn, scale: tuple[float, float], *, lower: bool, monotone: bool, covering: bool, peers: bool
) -> tuple[dict[str, Any], int]:
    low, high = scale
    worst_score, best_score = (high, low) if lower else (low, high)
    way = draw(st.sampled_from([1, -1]))
    worst, target = (0, 100) if way == 1 else (100, 0)
    kinds = ["straight", "thresholds", "linear", "points", "steps"]
    if not monotone:
        kinds += ["range", "log", "formula"] if not covering else ["range"]
    if peers:
        kinds.append("peers")
    match draw(st.sampled_from(kinds)):
        case "straight":
            return {"worst": worst, "target": target}, way
        case "linear":
            return {"worst": worst, "target": target, "curve": "linear"}, way
        case "thresholds":
            worst_first = ["amber", "red"] if lower else ["amber", "green"]
            edges = (30, 70) if way == 1 else (70, 30)
            return {"worst": worst, "target": target, "thresholds": dict(zip(worst_first, edges, strict=True))}, way
        case "points":
            middle = low + (high - low) * draw(st.sampled_from([0.1, 0.5, 0.9]))
            return {"curve": {"points": [[worst, worst_score], [50, middle], [target, best_score]]}}, way
        case "steps":
            first, last = (worst_score, best_score) if way == 1 else (best_score, worst_score)
            steps: list[Any] = [{"up_to": 20, "score": first}, {"below": 60, "score": (low + high) / 2}]
            return {"curve": {"steps": [*steps, {"otherwise": last}] if monotone or covering else steps}}, way
        case "range":
            return {"worst": [0, 100], "target": [40, 60]}, way
        case "log":
            return {"worst": 1 if way == 1 else 100, "target": 100 if way == 1 else 1, "curve": "log"}, way
        case "formula":
            return {"curve": {"formula": f"{low} + value / 100 * {high - low}"}}, way
    return {"worst": "peer_min()", "target": "peer_max()"}, way


def _rule(draw: st.DrawFn, groups: dict[str, Any], metrics: dict[str, Any], scale: tuple[float, float]) -> dict[str, Any]:
    low, high = scale
    metric = draw(st.sampled_from(list(metrics)))
    whens = ['tier == "s"', f"{metric}.value > 40", f'{metric}.score > {(low + high) / 2} and tier == "t"', f"is_null({metric}.value)"]
    kind = draw(st.sampled_from(["add", "multiply", "raise_to", "cap"]))
    amount = (
        draw(st.sampled_from([-3.5, 0.5, 2]))
        if kind in ("add", "multiply")
        else low + (high - low) * draw(st.sampled_from([0.25, 0.5, 0.9]))
    )
    of = draw(st.sampled_from(["total", *groups]))
    return {"of": of, "when": draw(st.sampled_from(whens)), kind: amount}


def evaluated(drawn: Drawn, engine: str = "pandas", records: dict[str, list[Any]] | None = None) -> Evaluation:
    outcome = check_text(json.dumps(drawn.definition), "drawn.scorecard.yaml", REGISTRY)
    assert outcome.scorecard is not None, [(issue.code, issue.values) for issue in outcome.issues]
    given = records or drawn.records
    floats = {name: [math.nan if v is None else v for v in column] if name.startswith("x") else column for name, column in given.items()}
    if engine == "pandas":
        frame: Any = pd.DataFrame(
            {n: np.array(c, dtype=float) if n.startswith("x") else pd.array(c, dtype="string") for n, c in floats.items()}
        )
    else:
        frame = pl.DataFrame(
            {name: pl.Series(column, dtype=pl.Float64 if name.startswith("x") else pl.String) for name, column in floats.items()}
        )
    return app.evaluate(outcome.scorecard, frames={"t": frame}, engine=engine, plugins=REGISTRY)  # type: ignore[arg-type]


def scores_of(evaluation: Evaluation) -> np.ndarray[Any, Any]:
    return np.asarray(evaluation.scores["score"], dtype=float)


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
@given(drawn())
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
@given(drawn())
def test_two_engines_agree_and_the_same_table_gives_the_same_bits(drawn: Drawn) -> None:
    first, again, other = evaluated(drawn), evaluated(drawn), evaluated(drawn, "polars")
    for name in ("scores", "metrics", "groups"):
        one, two, three = (getattr(evaluation, name) for evaluation in (first, again, other))
        pd.testing.assert_frame_equal(one, two, check_exact=True)
        pd.testing.assert_frame_equal(one, three, rtol=1e-12, atol=0, check_dtype=False)


@USUAL
@given(drawn())
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
@given(drawn(peers=False))
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
