"""One entity before and after: every node with its value, score and band on both sides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.explain import Explained, Explanation, explain
from scorecard.model.definition import Item
from scorecard.report import figures
from scorecard.report.digits import one
from scorecard.report.labels import band_of, node_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """One node before and after, and how deep it stands in the tree; the total stands at 0."""

    depth: int
    before: Explained
    after: Explained

    @property
    def moved(self) -> float | None:
        """Points that the score changes by; None where there is none on either side."""
        if self.before.score is None or self.after.score is None:
            return None
        return self.after.score - self.before.score

    @property
    def changed(self) -> bool:
        return self.facts(self.before) != self.facts(self.after)

    @staticmethod
    def facts(node: Explained) -> tuple[object, ...]:
        return (node.value, node.score, node.band, node.state, node.weight, node.worst, node.target)


def beside(before: Explanation, after: Explanation) -> Iterator[Beside]:
    """Every node, parents before their children."""
    yield from _beside(before.total, after.total, 0)


def _beside(before: Explained, after: Explained, depth: int) -> Iterator[Beside]:
    yield Beside(depth=depth, before=before, after=after)
    for child, same in zip(before.children, after.children, strict=True):
        yield from _beside(child, same, depth + 1)


def both(evaluation: Evaluation, changed: Evaluation, key: dict[str, str], period: str) -> tuple[Explanation, Explanation]:
    """The explanations of one entity on both sides."""
    return explain(evaluation, key, period), explain(changed, key, period)


class Cells:
    """The texts of a node before and after, in a language."""

    def __init__(self, evaluation: Evaluation, language: str) -> None:
        self.scorecard = evaluation.scorecard
        self.language = language

    def name(self, node: Beside) -> str:
        return node_of(self.scorecard, node.before.id, self.language)

    def value(self, node: Beside) -> str:
        if not node.before.metric:
            return ""
        return figures.change(*(self.side(side) for side in (node.before, node.after)))

    def score(self, node: Beside) -> str:
        return figures.change(*(self.only(side) for side in (node.before, node.after)))

    def points(self, node: Beside) -> str:
        return (
            ""
            if node.moved is None
            else figures.gained(node.moved, figures.decimals_of(self._node(node), self.scorecard.scale), self.language)
        )

    def band(self, node: Beside) -> str:
        return figures.change(*(band_of(self.scorecard, side.band, self.language) for side in (node.before, node.after)))

    def weight(self, node: Beside) -> str:
        shares = (side.share for side in (node.before, node.after))
        return "" if node.depth == 0 else figures.change(*(figures.share(share, self.language) for share in shares))

    def _node(self, node: Beside) -> Item:
        return self.scorecard.node(node.before.id)

    def side(self, side: Explained) -> str:
        """The value of one side."""
        return figures.value(side.value, side.unit, side.decimals, self.language) or "–"

    def only(self, side: Explained) -> str:
        """The score of one side."""
        return (
            "–" if side.score is None else figures.score(side.score, side.band, self.scorecard.node(side.id), self.scorecard, self.language)
        )


def record(node: Beside) -> dict[str, Any]:
    """A node of the JSON form."""
    return {"id": node.before.id, "before": _side(node.before), "after": _side(node.after), "points": one(node.moved)}


def _side(side: Explained) -> dict[str, Any]:
    return {"value": _json(side.value), "score": one(side.score), "band": side.band, "share": one(side.share)}


def _json(value: object) -> object:
    return one(value) if isinstance(value, float) else value
