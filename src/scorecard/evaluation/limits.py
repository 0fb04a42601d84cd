"""Limits asked for beside the definition: the least score of a node, bands in which nobody may be; each is a gate."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from scorecard.definition.called import band_called, named, titles_of_bands, titles_of_nodes
from scorecard.errors import UsageError
from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.gates import Judged
from scorecard.model.definition import Gate, Metric, Scorecard
from scorecard.model.formula import Cell, Compare, Formula, Literal, Logic, Node
from scorecard.model.issue import Issue
from scorecard.model.text import Text
from scorecard.scoring.cells.states import INSUFFICIENT

_AWAY = ("not_applicable", "excluded")
_TIDY = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Least:
    """The score that every entity must have of a node, at least; at most on a scale on which low is good."""

    node: str
    score: float

    @property
    def id(self) -> str:
        return f"fail-under {self.node}"


def least(text: str) -> Least:
    """`60` for the total, or `csat=50`. Raises UsageError."""
    node, equals, number = text.rpartition("=")
    try:
        score = float(number)
    except ValueError:
        score = math.nan
    if not math.isfinite(score) or (equals and not node.strip()):
        raise UsageError([Issue(code="SC931", values={"text": text})])
    return Least(node=node.strip() or "total", score=score)


def with_limits(scorecard: Scorecard, limits: Sequence[Least], bands: Sequence[str]) -> Scorecard:
    """The scorecard with a gate for every limit and band, each called by id or title. Raises UsageError for what it does not have.

    A metric is asked for its score only where it applies and is not excluded.
    """
    gates = {one.id: _gate(one.id, _at_least(scorecard, one)) for one in _known(limits, scorecard)}
    for band in (band_called(text, titles_of_bands(scorecard, INSUFFICIENT)) for text in bands):
        gates[f"fail-on {band}"] = _gate(f"fail-on {band}", _compared("total.band", "!=", band))
    return replace(scorecard, gates={**scorecard.gates, **gates})


def could_be(evaluation: Evaluation, limits: Sequence[Least], judged: Sequence[Judged]) -> Iterator[Least]:
    """The limits that all entities keep with room to spare, each as the whole number that they would keep too."""
    lower = evaluation.scorecard.scale.lower_is_better
    for one in _known(limits, evaluation.scorecard):
        if not all(found.passed for found in judged if found.gate.id == one.id):
            continue
        scores = np.concatenate([np.asarray(scores.cells[f"{one.node}.score"], dtype=float) for _, scores in evaluation.periods])
        worst = np.nanmax(scores) if lower else np.nanmin(scores)
        room = float(math.ceil(worst - _TIDY) if lower else math.floor(worst + _TIDY))
        if (room < one.score) if lower else (room > one.score):
            yield replace(one, score=room)


def _known(limits: Sequence[Least], scorecard: Scorecard) -> list[Least]:
    """The limits with the ids of their nodes."""
    titles = titles_of_nodes(scorecard)
    return [replace(one, node=named(one.node, titles, "SC930")) for one in limits]


def _gate(id: str, require: tuple[str, Node]) -> Gate:
    text, tree = require
    return Gate(id=id, require=Formula(text=text, tree=tree), title=Text.of(text))


def _at_least(scorecard: Scorecard, one: Least) -> tuple[str, Node]:
    text, tree = _compared(f"{one.node}.score", "<=" if scorecard.scale.lower_is_better else ">=", one.score)
    if not isinstance(scorecard.node(one.node), Metric):
        return text, tree
    away = [_compared(f"{one.node}.state", "==", state)[1] for state in _AWAY]
    return text, Logic(operator="or", operands=(*away, tree))


def _compared(cell: str, operator: str, value: str | float) -> tuple[str, Node]:
    written = f'"{value}"' if isinstance(value, str) else f"{value:.12g}"
    return f"{cell} {operator} {written}", Compare(operator=operator, left=Cell(name=cell), right=Literal(value=value))
