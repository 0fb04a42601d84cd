"""Why a score is what it is, in words: one entity's tree, its ledger and what it lost, each line ready to be printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from scorecard.evaluation.explain import Explained, Explanation
from scorecard.language.words import say
from scorecard.model.definition import Metric, Scorecard
from scorecard.model.state import State
from scorecard.report import figures
from scorecard.report.labels import facts_of, node_of, rule_line
from scorecard.report.nodes import NodeTeller
from scorecard.report.points import Said, loss, merged, printed, rounding
from scorecard.report.texts import told
from scorecard.scoring.arrays import Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One node as it is printed: its name, score and band, what it brings and costs, then further lines."""

    name: str
    score: str
    band: str | None
    facts: tuple[str, ...]
    lines: tuple[str, ...]
    children: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a column of points that adds up."""

    label: str
    points: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Entries and their sum, all at the same decimals; the printed numbers add up exactly."""

    entries: tuple[Entry, ...]
    total: Entry


@dataclass(frozen=True, slots=True)
class Cost:
    """The points that a metric lost, and what is printed of them."""

    exact: float
    printed: float


class Teller:
    """Tells one explanation in one language."""

    def __init__(self, scorecard: Scorecard, explanation: Explanation, language: str) -> None:
        self.scorecard = scorecard
        self.explanation = explanation
        self.language = language
        self._nodes = NodeTeller(scorecard, language, lambda text: told(text, scorecard, explanation, language))
        total = explanation.total
        self.decimals = figures.decimals_of(scorecard.total, scorecard.scale)
        if total.score is not None:
            self.decimals = figures.decimals_in_band(total.score, total.band, self.decimals, scorecard)
        scale = scorecard.scale
        score = np.array([np.nan if total.score is None else total.score])
        brought, cost = merged(explanation.ledger), merged(explanation.lost)
        self._score_printed = rounding(score, self.decimals, scale)
        self._loss_printed = loss(cost, self.decimals, score, scale)
        self._brought = _known(printed(brought, self.decimals, self._score_printed, scale), self._score_printed)
        self._cost = _known(printed(cost, self.decimals, self._loss_printed, scale), self._loss_printed)
        self._exact_cost = {said: float(points[0]) for said, points in cost.items()}

    def say(self, key: str, /, **values: object) -> str:
        return say(key, self.language, **values)

    def rank(self) -> str | None:
        """The rank, among how many, and what these have in common."""
        explanation, ranking = self.explanation, self.scorecard.total.rank
        if explanation.rank is None or ranking is None:
            return None
        known = {**explanation.key, **explanation.attributes}
        shared = {name: known[name] for name in ranking.by}
        names = [f"{name} {value}" for name, value in facts_of(self.scorecard, shared, self.language)]
        rank, count = figures.plain(explanation.rank, language=self.language), figures.count(explanation.ranked, self.language)
        if not names:
            return self.say("explain.rank", rank=rank, count=count)
        return self.say("explain.rank_within", rank=rank, count=count, names=self.say("list.comma").join(names))

    # ------------------------------------------------------------ the tree

    def tree(self) -> Told:
        return self._told(self.explanation.total, None)

    def _told(self, node: Explained, parent: Explained | None) -> Told:
        return Told(
            name=node_of(self.scorecard, node.id, self.language),
            score=self._score(node),
            band=node.band,
            facts=tuple(self._facts(node, parent)),
            lines=tuple(self._nodes.lines(node)),
            children=tuple(self._told(child, node) for child in node.children),
        )

    def _score(self, node: Explained) -> str:
        if node.score is None:
            shown_only = node.metric and node.state is State.MEASURED and node.weight == 0
            return self._nodes.value(node, node.value) if shown_only else self.say("explain.no_score")
        return figures.score(node.score, node.band, self.scorecard.node(node.id), self.scorecard, self.language)

    def _facts(self, node: Explained, parent: Explained | None) -> Iterator[str]:
        if parent is not None and node.weight is not None:
            weight = figures.plain(node.weight, language=self.language)
            if node.weight == 0:
                yield self.say("explain.not_counted")
            elif parent.aggregation in ("arithmetic", "geometric", "power"):
                yield self.say("explain.weight_and_share", weight=weight, share=figures.share(node.share, self.language))
            else:
                yield self.say("explain.weight", weight=weight)
        if parent is not None and node.metric and node.weight != 0:
            if node.contribution is not None and self._brought is not None:
                yield self.say("explain.brings", points=figures.points(_of_metric(self._brought, node.id), self.decimals, self.language))
            if self._cost is not None and (cost := _of_metric(self._cost, node.id)) > 0:
                yield self.say("explain.costs", points=figures.points(cost, self.decimals, self.language))
        if not node.metric:
            yield self.say(f"aggregation.{node.aggregation or 'arithmetic'}")
            if node.coverage is not None and node.coverage < 1:
                yield self.say("explain.coverage", share=figures.share(node.coverage, self.language))

    # ------------------------------------------------------------ columns that add up

    def ledger(self) -> Column | None:
        """What each metric and adjustment brought; None without a score."""
        if self._brought is None:
            return None
        counted = {node.id: node for node in _nodes(self.explanation.total) if node.metric and node.weight != 0}
        listed = {
            Said(id, "metric" if node.filled is None else "filled", None) for id, node in counted.items() if node.contribution is not None
        }
        kept = ((said, part) for said, part in self._brought.items() if part != 0 or said in listed)
        return self._column(kept, self.say("explain.total"), float(self._score_printed[0]))

    def lost(self) -> Column | None:
        """The points lost, the largest first; None without a score, or where there is no best to lose from."""
        if self._cost is None:
            return None
        best = self.scorecard.scale.best
        shown = None if best is None else figures.fixed(best, 0 if float(best).is_integer() else self.decimals, self.language)
        label = self.say("lost.total") if shown is None else self.say("lost.total_of_best", best=shown)
        ordered = sorted(self._cost.items(), key=lambda pair: -pair[1])
        return self._column(((said, part) for said, part in ordered if part != 0), label, float(self._loss_printed[0]))

    @property
    def costs(self) -> dict[str, Cost]:
        """What each metric lost."""
        parts = self._cost or {}
        return {
            said.node: Cost(_of_metric(self._exact_cost, said.node), _of_metric(parts, said.node))
            for said in parts
            if said.kind == "metric"
        }

    def _column(self, parts: Iterable[tuple[Said, float]], label: str, total: float) -> Column:
        entries = tuple(
            Entry(line_label(self.scorecard, said, self.language), figures.points(part, self.decimals, self.language))
            for said, part in parts
        )
        return Column(entries=entries, total=Entry(label, figures.points(total, self.decimals, self.language)))


def line_label(scorecard: Scorecard, line: Said, language: str) -> str:
    """What a line of points is called."""
    name = node_of(scorecard, line.node, language)
    node = scorecard.node(line.node)
    match line.kind:
        case "metric":
            return name
        case "filled":
            return say("ledger.filled", language, node=name)
        case "rule" if line.rule is not None:
            return rule_line(scorecard, line.rule, language)
        case "aggregation":
            kind = "arithmetic" if isinstance(node, Metric) else node.aggregation.kind
            words = say("ledger.aggregation", language, aggregation=say(f"aggregation.{kind}", language))
        case other:
            words = say(f"ledger.{other}", language)
    return words if line.node == "total" else say("ledger.of_node", language, line=words, node=name)


def _nodes(node: Explained) -> Iterator[Explained]:
    yield node
    for child in node.children:
        yield from _nodes(child)


def _known(parts: Mapping[Said, Array], total: Array) -> dict[Said, float] | None:
    """The points of the one row; None where they are not known."""
    row = {said: float(part[0]) for said, part in parts.items()}
    return row if np.isfinite([*row.values(), total[0]]).all() else None


def _of_metric(parts: Mapping[Said, float], metric: str) -> float:
    """The points of a metric, whether measured or filled in."""
    return sum(part for said, part in parts.items() if said.node == metric and said.kind in ("metric", "filled"))
