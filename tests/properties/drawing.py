"""Random trees of groups over random records, for what holds for every definition and all data."""

from __future__ import annotations

import json
import math
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st

from scorecard import app
from scorecard.definition.check import check_text
from scorecard.evaluation.evaluation import Evaluation
from scorecard.hooks.contracts import SourceType
from scorecard.hooks.registry import Registry
from scorecard.model.text import Text

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
    wild: bool = False,
    like: Drawn | None = None,
) -> Drawn:
    """`wild`: metrics are weights, targets and conditions of each other too, and groups formulas over their children."""
    scale = draw(st.sampled_from(SCALES)) if like is None else like.ends
    low, high = scale
    span = high - low
    lower = draw(st.booleans()) if like is None else like.definition["direction"] == "lower"
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
    if wild:
        _linked(draw, metrics, {**groups, "total": total})
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
        definition["rules"] = {f"r{number}": _rule(draw, groups, metrics, scale, wild=wild) for number in range(draw(st.integers(1, 3)))}
    rows = draw(st.integers(1, 7))
    values = VALUES if gaps else st.floats(-50, 150, allow_nan=False)
    records: dict[str, list[Any]] = {"c": [f"e{row}" for row in range(rows)]}
    records["tier"] = draw(st.lists(st.sampled_from(TIERS), min_size=rows, max_size=rows))
    for metric in metrics:
        records[metric] = draw(st.lists(values, min_size=rows, max_size=rows))
    return Drawn(definition, records, better)


FAMILIES = (
    ("worst", "target", "thresholds", "curve"),
    ("weight",),
    ("missing",),
    ("round",),
    ("applies_when",),
    ("aggregation",),
    ("coverage",),
)
"""keys of a node that are exchanged together"""


@st.composite
def drawn_pairs(draw: st.DrawFn) -> tuple[Drawn, Drawn]:
    """Two definitions on one scale with the same records: the second has some settings, metrics and sections of another draw."""
    first = draw(drawn())
    other = draw(drawn(like=first)).definition
    definition = deepcopy(first.definition)
    metrics = definition["metrics"]
    nodes = [(definition["total"], other["total"])]
    for section in ("groups", "metrics"):
        nodes += [(node, other[section][id]) for id, node in definition[section].items() if id in other[section]]
    for node, its in nodes:
        for family in FAMILIES:
            if draw(st.integers(0, 3)) == 0:
                for key in family:
                    node.pop(key, None)
                node.update({key: its[key] for key in family if key in its})
    if draw(st.integers(0, 2)) == 0:
        metrics |= {id: {**metric, "group": "total"} for id, metric in other["metrics"].items() if id not in metrics}
    elif draw(st.integers(0, 2)) == 0:
        del metrics[draw(st.sampled_from(list(metrics)))]
    for section in ("rules", "segments"):
        if draw(st.integers(0, 2)) == 0:
            definition.pop(section, None)
            definition |= {section: other[section]} if section in other else {}
    rows = len(first.records["c"])
    records = dict(first.records)
    for metric in metrics:
        records.setdefault(metric, draw(st.lists(VALUES, min_size=rows, max_size=rows)))
    assume(check_text(json.dumps(definition), "drawn.scorecard.yaml", REGISTRY).scorecard is not None)
    return Drawn(first.definition, records), Drawn(definition, records)


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


def _linked(draw: st.DrawFn, metrics: dict[str, dict[str, Any]], groups: dict[str, dict[str, Any]]) -> None:
    """Lets some metrics read the ones before them, and some groups their children by a formula."""
    ids = list(metrics)
    for place, metric in enumerate(metrics.values()):
        for key in draw(st.lists(st.sampled_from(["weight", "target", "applies_when"]), max_size=2)) if place else ():
            other = draw(st.sampled_from(ids[:place]))
            if key == "weight":
                metric["weight"] = draw(st.sampled_from([f"abs({other}.value) / 50", f"coalesce(abs({other}.score), 1)", 0]))
            elif key == "applies_when":
                metric[key] = draw(st.sampled_from([f"{other}.value > 20", f"not is_null({other}.score)"]))
            elif isinstance(metric.get("target"), int) and metric.get("curve") != "log":
                metric["target"] = f"{metric['target']} + {other}.value / 40"
    for id, group in groups.items():
        within = [child for child, metric in metrics.items() if metric["group"] == id]
        if within and draw(st.integers(0, 4)) == 0:
            group["aggregation"] = draw(st.sampled_from([{"formula": f"mean_of({within[0]}.score, {within[-1]}.score)"}, {"power": 2}]))
        if id != "total" and draw(st.integers(0, 5)) == 0:
            group["applies_when"] = f"{ids[0]}.value > 10"


def _rule(
    draw: st.DrawFn, groups: dict[str, Any], metrics: dict[str, Any], scale: tuple[float, float], *, wild: bool = False
) -> dict[str, Any]:
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
    if wild and draw(st.booleans()):
        ids = list(metrics)
        place = draw(st.integers(0, len(ids) - 1))
        return {"of": ids[place], "when": f"{ids[max(place - 1, 0)]}.value > 40", kind: amount}
    return {"of": of, "when": draw(st.sampled_from(whens)), kind: amount}


def evaluated(drawn: Drawn, engine: str = "pandas", records: dict[str, list[Any]] | None = None, *, traced: bool = False) -> Evaluation:
    outcome = check_text(json.dumps(drawn.definition), "drawn.scorecard.yaml", REGISTRY)
    assert outcome.scorecard is not None, [(issue.code, issue.values) for issue in outcome.issues]
    frame = frame_of(records or drawn.records, engine)
    return app.evaluate(outcome.scorecard, frames={"t": frame}, engine=engine, traced=traced, plugins=REGISTRY)  # type: ignore[arg-type]


def frame_of(records: dict[str, list[Any]], engine: str = "pandas") -> Any:
    floats = {name: [math.nan if v is None else v for v in column] if name.startswith("x") else column for name, column in records.items()}
    if engine == "pandas":
        return pd.DataFrame({n: np.array(c, dtype=float) if n.startswith("x") else pd.array(c, dtype="string") for n, c in floats.items()})
    return pl.DataFrame(
        {name: pl.Series(column, dtype=pl.Float64 if name.startswith("x") else pl.String) for name, column in floats.items()}
    )


def scores_of(evaluation: Evaluation) -> np.ndarray[Any, Any]:
    return np.asarray(evaluation.scores["score"], dtype=float)
