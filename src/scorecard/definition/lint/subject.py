"""What the checks look at: a checked scorecard, its merged plain data, what the plugins offer, and the day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from scorecard.definition.document import Spot, Where
from scorecard.definition.layers import Layered
from scorecard.definition.lint.holding import names
from scorecard.definition.lint.possible import Possible
from scorecard.definition.rules.placed import Judged, fixed, judged
from scorecard.definition.wording import owner
from scorecard.hooks.registry import Registry
from scorecard.model.definition import (
    Aggregation,
    Change,
    Choice,
    Curve,
    Item,
    Metric,
    Range,
    Scorecard,
    Step,
)
from scorecard.model.formula import Formula
from scorecard.model.issue import Issue, Level
from scorecard.model.text import Text

_IN_BRACES = re.compile(r"\{\s*([^{}\s.]+)")
ALIKE = frozenset({"arithmetic", "geometric", "power"})
"""aggregations in which weights are shares of what counts"""

_HOLDERS = frozenset({Formula, Aggregation, Change, Choice, Curve, Range, Step, tuple, dict})
"""what may be, or hold, a formula in a record of the definition"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A condition of the definition: where it stands, whose it is, and the source whose records it is about."""

    formula: Formula
    where: Where
    kind: str
    source: str | None = None


class Subject:
    """One definition as all checks see it; what several of them need is found once."""

    def __init__(self, scorecard: Scorecard, layered: Layered, registry: Registry, today: date) -> None:
        self.scorecard = scorecard
        self.data = layered.data
        self.root: Spot = layered.root
        self.file = layered.files[0]
        self.registry = registry
        self.today = today

    def issue(self, code: str, level: Level, where: Where, /, *of: str, **values: object) -> Issue:
        """An issue about the value at `where`, in the layer that holds it; `of` are the ids it is about."""
        return Issue(code=code, place=self.root.at(where).value, level=level, values={"owner": owner(where), "of": of, **values})

    @cached_property
    def possible(self) -> Possible:
        return Possible(self.scorecard, self.registry)

    def children(self, group: str) -> Sequence[Item]:
        """The groups and metrics directly under a group."""
        return self.possible.scores.children.get(group, ())

    @cached_property
    def judged(self) -> tuple[Judged, ...]:
        """Every metric as written, and as each segment that changes it makes it."""
        return judged(self.scorecard)

    @cached_property
    def shares(self) -> dict[str, float]:
        """The share of every node's weight in the total, as written; of nodes in groups that are means of constant weights."""
        card = self.scorecard
        shares = {"total": 1.0}
        pending = ["total"]
        while pending:
            parent = pending.pop()
            group = card.total if parent == "total" else card.groups[parent]
            children = self.children(parent)
            weights = [self._weight(child) for child in children]
            whole = sum(weight for weight in weights if weight is not None)
            if group.aggregation.kind in ALIKE and None not in weights and whole > 0:
                for child, weight in zip(children, weights, strict=True):
                    assert weight is not None
                    shares[child.id] = shares[parent] * weight / whole
                    if child.id in card.groups:
                        pending.append(child.id)
        return shares

    def _weight(self, node: Item) -> float | None:
        """The weight of a node as written; that of `sum` is its children's."""
        if node.weight != "sum":
            return fixed(node.weight)
        weights = [self._weight(child) for child in self.children(node.id)]
        return None if None in weights else sum(weight for weight in weights if weight is not None)

    @cached_property
    def counted(self) -> tuple[Metric, ...]:
        """The metrics that may count: neither their own weight nor that of a group above is 0 for everybody."""
        card = self.scorecard
        by_segment = {change.node for segment in card.segments.values() for change in segment.changes if change.key == ("weight",)}

        def counts(id: str) -> bool:
            while id != "total":
                node = card.node(id)
                if node.weight != "sum" and fixed(node.weight) == 0 and id not in by_segment:
                    return False
                id = node.parent or "total"
            return True

        return tuple(metric for metric in card.metrics.values() if counts(metric.id))

    @cached_property
    def read(self) -> frozenset[str]:
        """The nodes that something else reads: a formula, a text, or a metric that moves with it."""
        card = self.scorecard
        nodes: tuple[Item, ...] = (card.total, *card.groups.values(), *card.metrics.values())
        others: tuple[Mapping[str, object], ...] = (card.segments, card.rules, card.exemptions, card.recommendations, card.gates)
        entries: list[tuple[str, object]] = [(node.id, node) for node in nodes]
        entries += [("", entry) for section in others for entry in section.values()]
        found = {metric.moves_with for metric in card.metrics.values() if metric.moves_with is not None}
        for own, entry in entries:
            named = {name for formula in _formulas(entry) for name in names(formula.tree)}
            named |= {name for text in _texts(entry) for name in _IN_BRACES.findall(text)}
            found |= {name.partition(".")[0] for name in named} - {own}
        return frozenset(found)

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition over entities, and every one that chooses records."""
        return tuple(self._conditions())

    def _conditions(self) -> Iterator[Condition]:
        card = self.scorecard
        over_entities = (
            ("segments", "when", card.segments),
            ("rules", "when", card.rules),
            ("exemptions", "when", card.exemptions),
            ("recommendations", "when", card.recommendations),
            ("gates", "require", card.gates),
            ("groups", "applies_when", card.groups),
            ("metrics", "applies_when", card.metrics),
            ("", "applies_when", {"total": card.total}),
        )
        for section, key, entries in over_entities:
            for id, entry in entries.items():
                if (formula := getattr(entry, key)) is not None:
                    yield Condition(formula=formula, where=(section, id, key) if section else (id, key), kind=section or "groups")
        for segment in card.segments.values():
            for change in segment.changes:
                if change.key == ("applies_when",) and isinstance(change.value, Formula):
                    where = ("segments", segment.id, "metrics" if change.node in card.metrics else "groups", change.node, "applies_when")
                    yield Condition(formula=change.value, where=where, kind="metrics")
        for metric in card.metrics.values():
            for at, choice in enumerate(metric.choose):
                if choice.when is not None:
                    yield Condition(formula=choice.when, where=("metrics", metric.id, "choose", at, "when"), kind="choose")
            if metric.where is not None:
                yield Condition(formula=metric.where, where=("metrics", metric.id, "where"), kind="where", source=metric.source)
        for source in card.sources.values():
            if source.where is not None:
                yield Condition(formula=source.where, where=("sources", source.id, "where"), kind="where", source=source.id)
        if card.entity.where is not None:
            yield Condition(formula=card.entity.where, where=("entity", "where"), kind="where", source=card.entity.roster)


def _formulas(thing: object) -> Iterator[Formula]:
    """Every formula in a record of the definition."""
    if isinstance(thing, Formula):
        yield thing
    elif isinstance(thing, (tuple, dict)):
        for item in thing.values() if isinstance(thing, dict) else thing:
            yield from _formulas(item)
    else:
        for name in getattr(thing, "__slots__", ()):
            part = getattr(thing, name)
            if type(part) in _HOLDERS:
                yield from _formulas(part)


def _texts(entry: object) -> Iterator[str]:
    """What people are told about an entry, in every language."""
    for key in ("title", "reason", "action", "objective"):
        yield from getattr(entry, key, Text()).by_language.values()
