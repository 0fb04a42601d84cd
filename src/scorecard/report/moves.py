"""What moving one metric alone would bring, in words and as JSON."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scorecard.advice.hindered import Hindered
from scorecard.advice.levers import Lever
from scorecard.language.words import say
from scorecard.model.definition import Metric, Scorecard
from scorecard.report import figures
from scorecard.report.digits import one
from scorecard.report.labels import band_of, in_a_sentence, node_of
from scorecard.report.reasons import Cost
from scorecard.scoring.rounding import span_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One metric: what it is called, and for its target and its next band the value and what it would bring."""

    name: str
    value: str
    goals: tuple[tuple[str, str], ...]
    """(what for and up to which value, points of the total)"""


def moves(scorecard: Scorecard, levers: Sequence[Lever], costs: Mapping[str, Cost], language: str) -> Iterator[Move]:
    """One for each metric, in the order of what its best lever brings; what the target brings back is printed as what was lost."""
    by_metric: dict[str, list[Lever]] = {}
    for lever in levers:
        by_metric.setdefault(lever.metric, []).append(lever)
    for id, own in by_metric.items():
        metric = scorecard.metrics[id]
        value = figures.value(own[0].value, metric.unit, metric.decimals, language)
        goals = tuple(_goal(scorecard, lever, costs.get(id), language) for lever in own)
        yield Move(name=node_of(scorecard, id, language), value=value, goals=goals)


def _goal(scorecard: Scorecard, lever: Lever, cost: Cost | None, language: str) -> tuple[str, str]:
    metric = scorecard.metrics[lever.metric]
    at_target = figures.value(lever.needed, metric.unit, metric.decimals, language)
    needed = at_target if lever.goal == "target" else needed_value(metric, lever.value, lever.needed, language)
    gain = lever.gain
    if cost is not None and lever.goal == "target" and abs(abs(gain) - cost.exact) < _rounding(scorecard):
        gain = math.copysign(cost.printed, gain)
    gained = figures.gained(gain, figures.decimals_of(scorecard.total, scorecard.scale), language)
    if lever.goal == "rule":
        return say("moves.rule", language, value=at_target), gained
    band = band_of(scorecard, lever.band, language)
    said = say("moves.target", language, value=needed) if lever.goal == "target" else say("moves.band", language, value=needed, band=band)
    return said, gained


def _rounding(scorecard: Scorecard) -> float:
    """By how much a gain may be other than what was lost, since the score is rounded."""
    noise = 1e-9 * span_of(scorecard.scale)
    return noise if scorecard.total.round is None else 10.0**-scorecard.total.round.decimals + noise


def needed_value(metric: Metric, value: float, needed: float, language: str) -> str:
    """A value that a metric has to be moved to, never shown short of it."""
    shown = figures.enough(needed, needed > value, metric.unit, metric.decimals)
    return figures.value(shown, metric.unit, metric.decimals, language)


def hindrances(scorecard: Scorecard, hindered: Sequence[Hindered], language: str) -> Iterator[str]:
    """A line for each metric that brings nothing alone, with the reason."""
    for each in hindered:
        node = node_of(scorecard, each.node, language) if each.node else ""
        rules = say("list.comma", language).join(in_a_sentence(scorecard.rules[rule].title, rule, language) for rule in each.rules)
        yield say(f"hindered.{each.why.value}", language, metric=node_of(scorecard, each.metric, language), node=node, rules=rules)


def hindered_record(hindered: Hindered) -> dict[str, Any]:
    """A metric of the JSON form that brings nothing alone."""
    return {"metric": hindered.metric, "why": hindered.why.value, "node": hindered.node, "rules": list(hindered.rules)}


def lever_record(lever: Lever) -> dict[str, Any]:
    """A lever of the JSON form."""
    return {
        "metric": lever.metric,
        "goal": lever.goal,
        "value": one(lever.value),
        "needed": one(lever.needed),
        "score": one(lever.score),
        "band": lever.band,
        "gain": one(lever.gain),
        "total_band": lever.total_band,
    }
