"""The tree of an entity's scores as a program: what every node can be at most, given where its metrics are moved to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from scorecard.advice.reach.linear import Program, Sum, added
from scorecard.advice.reach.questions import Questions, leaves
from scorecard.advice.reach.ways import Way, followers_of
from scorecard.model.definition import Rule, RuleKind
from scorecard.model.formula import Logic, Node, Unary
from scorecard.model.plan import Adjust, Condition, Plan
from scorecard.scoring.block import Block
from scorecard.scoring.cells.adjust import amount

CURVED = ("geometric", "power")


@dataclass(slots=True)
class Tree:
    """A program whose variables say how far each metric of one entity moves and what its groups and total then are.

    Scores are as good as possible: where more is better at most what they can be, where less is at least. `inexact` gathers what
    the program cannot say exactly.
    """

    plan: Plan
    block: Block
    ways: Sequence[Way]
    questions: Questions
    program: Program = field(default_factory=Program)
    inexact: set[str] = field(default_factory=set)
    value: dict[str, Sum] = field(default_factory=dict)
    score: dict[str, Sum] = field(default_factory=dict)
    raw: dict[str, Sum] = field(default_factory=dict)
    _on: dict[str, list[Sum]] = field(default_factory=dict)
    """by metric, per stretch whether the metric is on it"""
    _costs: list[Sum] = field(default_factory=list)

    def build(self) -> Tree:
        for way in self.ways:
            self._move(way)
        self._together()
        followers = followers_of(self.plan, [way.metric for way in self.ways])
        self.inexact |= {metric for metric, of in followers.items() if len(of) > 1}
        self._group("total")
        return self

    @property
    def sign(self) -> float:
        return -1.0 if self.block.scorecard.scale.lower_is_better else 1.0

    @property
    def effort(self) -> Sum:
        """What all moves cost together."""
        return added(self._costs)

    def bound(self, node: Sum, by: Sum, unless: Sum | None = None) -> None:
        """A score is not better than a sum, but where `unless` is 1."""
        room = by - node if self.sign > 0 else node - by
        self.program.not_negative(room if unless is None else room + unless * (4 * self._span))

    def cut(self, solution: Any) -> None:
        """For groups whose mean bends: what the solution shows them to be at most, seen from there."""
        for id in self.raw:
            part = self._part(id)
            kind = part["aggregation"].kind
            if kind == "worst":
                self._cut_worst(id, part, solution)
            elif kind in CURVED:
                self._cut_mean(id, part, solution)

    # ------------------------------------------------------------ metrics

    def _move(self, way: Way) -> None:
        program = self.program
        on = [program.choice() for _ in way.stretches]
        along = [program.variable(0.0, 1.0) for _ in way.stretches]
        for here, part in zip(on, along, strict=True):
            program.not_negative(here - part)
        program.equal(added(on), 1.0)
        pairs = list(zip(way.stretches, on, along, strict=True))
        self.value[way.metric] = added(here * one.start + part * (one.end - one.start) for one, here, part in pairs)
        spent = [(way.cost(one.start), way.cost(one.end)) for one in way.stretches]
        self._costs.append(added(here * start + part * (end - start) for (start, end), here, part in zip(spent, on, along, strict=True)))
        for place, metric in enumerate(way.scores):
            if not np.isnan(way.stretches[0].first[place]):
                rises = [(one.first[place], one.last[place] - one.first[place]) for one in way.stretches]
                self.score[metric] = added(here * first + part * rise for (first, rise), here, part in zip(rises, on, along, strict=True))
        self._on[way.metric] = on
        if way.bends:
            self.inexact.add(way.metric)

    def _together(self) -> None:
        """Metrics that move together go the same share of their ways."""
        known = {way.metric: way for way in self.ways}
        for way in self.ways:
            if way.moves_with is None:
                continue
            other = known.get(way.moves_with)
            own = (self.value[way.metric] - way.value) * (1 / (way.best - way.value))
            others = Sum() if other is None else (self.value[other.metric] - other.value) * (1 / (other.best - other.value))
            self.program.equal(own, others)

    # ------------------------------------------------------------ groups

    def _group(self, id: str) -> Sum:
        """A group's score; its raw score is kept for cuts."""
        part = self._part(id)
        scores = [self._child(child, used) for child, used in zip(part["children"], part["used"], strict=True)]
        node = self.program.variable(self._low, self._high)
        self.raw[id] = node
        counted = [(score, float(np.ravel(weight)[0])) for score, weight in zip(scores, part["weights"], strict=True) if score is not None]
        counted = [(score, weight) for score, weight in counted if weight > 0]
        kind = part["aggregation"].kind
        total = sum(weight for _, weight in counted)
        worse, better = ("min", "max") if self.sign > 0 else ("max", "min")
        if not counted:
            self.bound(node, Sum(number=float(self.block.numbers(f"{id}.raw")[0])))
        elif kind == "arithmetic":
            self.bound(node, added(score * (weight / total) for score, weight in counted))
        elif kind == "sum":
            self.bound(node, self._clamped(added(score * weight for score, weight in counted), total))
        elif kind == worse:
            for score, _ in counted:
                self.bound(node, score)
        elif kind == better:
            taken = [self.program.choice() for _ in counted]
            self.program.equal(added(taken), 1.0)
            for (score, _), one in zip(counted, taken, strict=True):
                self.bound(node, score, one * -1.0 + 1.0)
        elif kind != "worst" and not self._bends_inward(part):
            self.inexact.add(id)
        if self.block.variant.group(id).round is not None and id != "total":
            self.inexact.add(id)
        self.score[id] = self._ruled(id, node)
        return self.score[id]

    def _child(self, child: str, used: Any) -> Sum | None:
        """What a parent counts for a child: its program where it can move, else the number; None where it does not count."""
        if np.isnan(used[0]):
            return None
        if child in self.block.scorecard.metrics:
            if child in self.score and any(rule.of == child for rule in self.block.scorecard.rules.values()):
                self._check_rules_of(child)
            return self.score.get(child, Sum(number=float(used[0])))
        return self._group(child) if not np.isnan(self.block.numbers(f"{child}.score")[0]) else Sum(number=float(used[0]))

    def _check_rules_of(self, metric: str) -> None:
        """What a metric earns was asked with all others as they are: its own rules must not look at those."""
        for rule in self.block.scorecard.rules.values():
            asked = {found[0] for leaf in leaves(rule.when.tree) if (found := self.questions.answered_by(leaf))}
            if rule.of == metric and asked - {metric}:
                self.inexact.add(rule.id)

    def _bends_inward(self, part: Mapping[str, Any]) -> bool:
        """Whether a mean is concave, so that what touches it from above bounds it: powers up to 1 where more is better."""
        kind, power = part["aggregation"].kind, part["aggregation"].power
        return self.sign > 0 and (kind == "geometric" or (kind == "power" and power is not None and power <= 1))

    # ------------------------------------------------------------ rules

    def _ruled(self, id: str, node: Sum) -> Sum:
        """A node after its own rules, in the order of kinds."""
        step = next(cell.step for cell in self.plan.cells if cell.name == f"{id}.score")
        assert isinstance(step, Adjust)
        rules = [self.block.scorecard.rules[rule] for rule in step.rules]
        acting = {rule.id: self.acting(rule) for rule in rules}
        self.inexact |= {rule.id for rule in rules if self._rounded_between(id, rule)}
        now = node
        for rule in (rule for rule in rules if rule.kind == RuleKind.ADD):
            now = now + acting[rule.id] * self._amount(rule)
        for rule in (rule for rule in rules if rule.kind == RuleKind.MULTIPLY):
            after, on = self._fresh(), acting[rule.id]
            self.bound(after, now, on)
            self.bound(after, now * self._amount(rule), on * -1.0 + 1.0)
            now = after
        raising = RuleKind.RAISE_TO if self.sign > 0 else RuleKind.CAP
        for kind in (RuleKind.RAISE_TO, RuleKind.CAP):
            alike = [rule for rule in rules if rule.kind == kind and np.isfinite(self._amount(rule))]
            now = self._lifted(now, alike, acting) if kind == raising else self._held(now, alike, acting)
        if any(rule.kind in (RuleKind.ADD, RuleKind.MULTIPLY) for rule in rules):
            now = self._clamped(now)
        return now

    def _rounded_between(self, id: str, rule: Rule) -> bool:
        """Whether it matters that a node is rounded before its rules act: where one scales it, or adds what is no whole unit."""
        how = self.block.variant.group(id).round
        if how is None or rule.kind not in (RuleKind.ADD, RuleKind.MULTIPLY):
            return False
        units = self._amount(rule) * 10.0**how.decimals
        return rule.kind == RuleKind.MULTIPLY or abs(units - round(units)) > 1e-9

    def _lifted(self, now: Sum, rules: Sequence[Rule], acting: Mapping[str, Sum]) -> Sum:
        """At best what one of the rules lifts a score to, if it acts."""
        if not rules:
            return now
        after, as_it_is = self._fresh(), self.program.choice()
        taken = [self.program.choice() for _ in rules]
        self.program.equal(added((as_it_is, *taken)), 1.0)
        self.bound(after, now, as_it_is * -1.0 + 1.0)
        for rule, one in zip(rules, taken, strict=True):
            self.program.not_negative(acting[rule.id] - one)
            self.bound(after, Sum(number=self._amount(rule)), one * -1.0 + 1.0)
        return after

    def _held(self, now: Sum, rules: Sequence[Rule], acting: Mapping[str, Sum]) -> Sum:
        """Not better than any of the rules allows that acts."""
        if not rules:
            return now
        after = self._fresh()
        self.bound(after, now)
        for rule in rules:
            self.bound(after, Sum(number=self._amount(rule)), acting[rule.id] * -1.0 + 1.0)
        return after

    def _clamped(self, now: Sum, weight: float = 1.0) -> Sum:
        """Within the scale, a score or a sum of scores of so much weight: never better than its best, and at worst its worst."""
        after, at_worst = self.program.variable(self._low, self._high), self.program.choice()
        self.bound(after, now, at_worst * max(weight, 1.0))
        worst = self._low if self.sign > 0 else self._high
        self.bound(after, Sum(number=worst), at_worst * -1.0 + 1.0)
        return after

    def acting(self, rule: Rule) -> Sum:
        """Whether a rule acts, 0 or 1."""
        cell = next(cell for cell in self.plan.cells if cell.name == f"rule.{rule.id}")
        assert isinstance(cell.step, Condition)
        now = self.block.read(f"rule.{rule.id}")
        if rule.id in self.questions.open:
            self.inexact.add(rule.id)
            return Sum(number=float(np.ravel(now.holds)[0]))
        if not any(self.questions.answered_by(leaf) for leaf in leaves(cell.step.tree)) or not self._valid(rule):
            return Sum(number=float(np.ravel(now.holds)[0]))
        return self._truth(cell.step.tree, True)

    def _valid(self, rule: Rule) -> bool:
        day = self.block.period.last_day
        begun = rule.valid_from is None or day is None or rule.valid_from <= day
        return begun and (rule.valid_until is None or day is None or rule.valid_until >= day)

    def _truth(self, tree: Node, wanted: bool) -> Sum:
        """Whether a condition holds, or (`wanted` False) fails; what is unknown does neither."""
        match tree:
            case Logic(operator=operator, operands=operands):
                parts = [self._truth(operand, wanted) for operand in operands]
                return self._all(parts) if (operator == "and") == wanted else self._any(parts)
            case Unary(operator="not", operand=operand):
                return self._truth(operand, not wanted)
        found = self.questions.answered_by(tree)
        if found is None or found[0] not in self._on:
            truth = self.block.truth(tree)
            return Sum(number=float(np.ravel(truth.holds if wanted else truth.fails)[0]))
        metric, place = found
        stretches = next(way.stretches for way in self.ways if way.metric == metric)
        return added(on for on, one in zip(self._on[metric], stretches, strict=True) if one.holds[place] == wanted)

    def _all(self, parts: Sequence[Sum]) -> Sum:
        both = self.program.choice()
        for part in parts:
            self.program.not_negative(part - both)
        self.program.not_negative(both - added(parts) + float(len(parts) - 1))
        return both

    def _any(self, parts: Sequence[Sum]) -> Sum:
        either = self.program.choice()
        for part in parts:
            self.program.not_negative(either - part)
        self.program.not_negative(added(parts) - either)
        return either

    def _amount(self, rule: Rule) -> float:
        return float(np.ravel(amount(self.block, rule))[0])

    # ------------------------------------------------------------ cuts

    def _cut_mean(self, id: str, part: Mapping[str, Any], solution: Any) -> None:
        """The plane that touches a bending mean at the solution; a score of nothing is seen from just above it."""
        if not self._bends_inward(part):
            return
        power = 0.0 if part["aggregation"].kind == "geometric" else float(part["aggregation"].power)
        worst, span = part["setting"].scale.worst, abs(part["setting"].scale.best - part["setting"].scale.worst)
        first, last = part["setting"].on or (worst, part["setting"].scale.best)
        children = [
            (score, float(np.ravel(weight)[0]))
            for child, used, weight in zip(part["children"], part["used"], part["weights"], strict=True)
            if not np.isnan(used[0]) and np.ravel(weight)[0] > 0 and (score := self._score_of(child, used)) is not None
        ]
        total = sum(weight for _, weight in children)
        stretch = (last - first) / span
        x = np.maximum([first + (score.at(solution) - worst) * stretch for score, _ in children], 1e-7 * abs(last - first))
        share = np.array([weight / total for _, weight in children])
        mean = np.exp(share @ np.log(x)) if power == 0 else (share @ x**power) ** (1 / power)
        slope = share * (mean / x) ** (1 - power)
        plane = added(
            (score * stretch + (first - worst * stretch - at)) * pull
            for (score, _), at, pull in zip(children, x.tolist(), slope.tolist(), strict=True)
        )
        self.bound(self.raw[id], (plane + float(mean - first)) * (1 / stretch) + worst)

    def _cut_worst(self, id: str, part: Mapping[str, Any], solution: Any) -> None:
        """Of a mean of the worst: not better than the mean of those that are worst in the solution."""
        children = [
            score
            for child, used, weight in zip(part["children"], part["used"], part["weights"], strict=True)
            if not np.isnan(used[0]) and np.ravel(weight)[0] > 0 and (score := self._score_of(child, used)) is not None
        ]
        taken = sorted(children, key=lambda score: self.sign * score.at(solution))[: part["aggregation"].count]
        self.bound(self.raw[id], added(taken) * (1 / len(taken)))

    def _score_of(self, child: str, used: Any) -> Sum:
        return self.score.get(child, Sum(number=float(used[0])))

    # ------------------------------------------------------------ the scale

    def _part(self, id: str) -> Mapping[str, Any]:
        assert self.block.trace is not None
        return self.block.trace[id]

    def _fresh(self) -> Sum:
        """A score on the way through rules, which may leave the scale for a while."""
        return self.program.variable(self._low - self._span, self._high + self._span)

    @property
    def _low(self) -> float:
        return float(self.block.scorecard.scale.low or 0.0)

    @property
    def _high(self) -> float:
        high = self.block.scorecard.scale.high
        assert high is not None
        return float(high)

    @property
    def _span(self) -> float:
        return self._high - self._low
