"""Why a score is what it is, in words: one entity's tree, its ledger and what it lost, each line ready to be printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from scorecard.evaluation.explain import Explained, Explanation
from scorecard.language.words import say
from scorecard.model.definition import Metric, Rounding, Scorecard
from scorecard.model.state import Fired, Reason, State
from scorecard.report import figures
from scorecard.report.labels import band_of, node_of
from scorecard.scoring.branch import Line
from scorecard.scoring.rounding import largest_remainder, rounded, span_of

_OWN_REASONS = frozenset({Reason.SEGMENTS_DISAGREE, Reason.FUNCTION_FAILED, Reason.TOO_FEW_RECORDS})
"""reasons of which more is known than their name"""


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


class Teller:
    """Tells one explanation in one language."""

    def __init__(self, scorecard: Scorecard, explanation: Explanation, language: str) -> None:
        self.scorecard = scorecard
        self.explanation = explanation
        self.language = language
        total = explanation.total
        self.decimals = figures.decimals_of(scorecard.total, scorecard.scale)
        if total.score is not None:
            self.decimals = figures.decimals_in_band(total.score, total.band, self.decimals, scorecard)

    def say(self, key: str, /, **values: object) -> str:
        return say(key, self.language, **values)

    # ------------------------------------------------------------ the tree

    def tree(self) -> Told:
        return self._told(self.explanation.total, None)

    def _told(self, node: Explained, parent: Explained | None) -> Told:
        return Told(
            name=node_of(self.scorecard, node.id, self.language),
            score=self._score(node),
            band=node.band,
            facts=tuple(self._facts(node, parent)),
            lines=tuple(self._lines(node)),
            children=tuple(self._told(child, node) for child in node.children),
        )

    def _score(self, node: Explained) -> str:
        if node.score is None:
            shown_only = node.metric and node.state is State.MEASURED and node.weight == 0
            return self.value(node, node.value) if shown_only else self.say("explain.no_score")
        return figures.score(node.score, node.band, self.scorecard.node(node.id), self.scorecard)

    def _facts(self, node: Explained, parent: Explained | None) -> Iterator[str]:
        if parent is not None and node.weight is not None:
            weight = figures.plain(node.weight)
            if node.weight == 0:
                yield self.say("explain.not_counted")
            elif parent.aggregation in ("arithmetic", "geometric", "power"):
                yield self.say("explain.weight_and_share", weight=weight, share=figures.share(node.share))
            else:
                yield self.say("explain.weight", weight=weight)
        if parent is not None and node.metric and node.weight != 0:
            if node.contribution is not None:
                yield self.say("explain.brings", points=figures.points(node.contribution, self.decimals))
            if node.lost is not None and node.lost > 0.5 * 10.0**-self.decimals:
                yield self.say("explain.costs", points=figures.points(node.lost, self.decimals))
        if not node.metric:
            yield self.say(f"aggregation.{node.aggregation or 'arithmetic'}")
            if node.coverage is not None and node.coverage < 1:
                yield self.say("explain.coverage", share=figures.share(node.coverage))

    def _lines(self, node: Explained) -> Iterator[str]:
        if node.state is not State.MEASURED or node.reason is not Reason.NONE:
            yield self._why(node)
        if node.metric:
            yield from self._measured(node)
        if node.filled is not None:
            yield self.say("explain.filled", score=figures.fixed(node.filled, self._decimals(node)))
        if node.computed is not None and node.score is not None and abs(node.computed - node.score) > 1e-9 * span_of(self.scorecard.scale):
            yield self.say("explain.before", score=figures.plain(node.computed, 6))
        yield from self._rules(node)

    def _why(self, node: Explained) -> str:
        """The state, and the reason for it."""
        state = self.say(f"state.{node.state.name.lower()}")
        reason = self._reason(node)
        words = state if not reason or reason == state else f"{state}: {reason}"
        if node.last_record is not None:
            words = self.say("list.pause").join((words, self.say("detail.last_record", day=node.last_record.isoformat())))
        return words

    def _reason(self, node: Explained) -> str:
        if node.reason is Reason.SEGMENTS_DISAGREE and node.disputed is not None:
            return self.say("detail.segments_disagree", first=node.disputed[0], second=node.disputed[1])
        if node.reason is Reason.FUNCTION_FAILED and node.failure is not None:
            return self.say("detail.function_failed", error=figures.clean(node.failure))
        if node.reason is Reason.TOO_FEW_RECORDS:
            metric = self.scorecard.metrics[node.id]
            return self.say("detail.too_few_records", count=node.records or 0, least=metric.min_records)
        return self.say(f"reason.{node.reason.name.lower()}")

    def _measured(self, node: Explained) -> Iterator[str]:
        words = []
        if node.value is not None:
            words.append(self.say("explain.value", value=self.value(node, node.value)))
        if node.records:
            words.append(self.say("explain.records.one" if node.records == 1 else "explain.records", count=f"{node.records:,}"))
        if node.shared_by is not None:
            key = self.say("list.comma").join(node.shared_by)
            words.append(self.say("explain.shared", key=key) if key else self.say("explain.shared_by_all"))
        if words:
            yield self.say("list.comma").join(words)
        if node.records == 0 and node.value is None:
            yield from self._target(node)
            return
        inputs = [(text, found) for text, found in node.inputs if text != node.measure or found != node.value]
        for text, found in inputs or (node.inputs if node.measure != node.id else ()):
            yield f"{figures.clean(text)} = {figures.value(found, language=self.language) or '–'}"
        if node.measure is not None and inputs and node.measure != node.id:
            yield f"= {figures.clean(node.measure)}"
        if node.curve is not None and node.score is not None:
            yield self.curve(node)
        yield from self._target(node)

    def _target(self, node: Explained) -> Iterator[str]:
        if node.target is None or node.target_origin is None:
            return
        origin = node.target_origin
        words = [self.say("explain.target", target=self._ends(node, node.target))]
        if not _is_number(origin.written):
            words.append(self.say("explain.written", written=figures.clean(origin.written)))
        if origin.segment is not None:
            words.append(self.say("explain.by_segment", segment=origin.segment))
        if origin.place is not None:
            words.append(f"{origin.place.file}:{origin.place.line}")
        yield self.say("list.comma").join(words)

    def _rules(self, node: Explained) -> Iterator[str]:
        before = node.score
        changes = [rule.change for rule in node.rules if rule.fired is Fired.YES]
        if before is not None:
            before -= sum(changes)
        for rule in node.rules:
            reason = figures.clean(rule.reason.into(self.language))
            if rule.fired is Fired.YES:
                verb = self.say(f"rule.{rule.kind}", points=figures.points(rule.change, self._decimals(node)))
                if before is not None and rule.change:
                    after = before + rule.change
                    ends = (figures.fixed(end, self._decimals(node)) for end in (before, after))
                    line = self.say("rule.changed", rule=rule.id, verb=verb, **dict(zip(("before", "after"), ends, strict=True)))
                    before = after
                else:
                    line = self.say("rule.fired", rule=rule.id, verb=verb)
            elif rule.fired is Fired.UNKNOWN:
                line = self.say("rule.unknown", rule=rule.id)
            else:
                continue
            yield f"{line} – {reason}" if reason else line

    def _decimals(self, node: Explained) -> int:
        return figures.decimals_of(self.scorecard.node(node.id), self.scorecard.scale)

    def value(self, node: Explained, number: float | str | None) -> str:
        return figures.value(number, node.unit, node.decimals, self.language)

    def _ends(self, node: Explained, ends: float | tuple[float, float]) -> str:
        if isinstance(ends, tuple):
            return "–".join(self.value(node, end) for end in ends)
        return self.value(node, ends)

    def curve(self, node: Explained) -> str:
        """How the value became a score."""
        kind = node.curve or "straight"
        worst, target = node.worst, node.target
        if isinstance(worst, tuple) and isinstance(target, tuple):
            names = ("below", "low", "high", "above")
            ends = (worst[0], *target, worst[1])
            return self.say("curve.range", **{name: self.value(node, end) for name, end in zip(names, ends, strict=True)})
        if kind in ("straight", "linear", "log"):
            known = {name: "–" if end is None else self._ends(node, end) for name, end in (("worst", worst), ("target", target))}
            through = [f"{self.value(node, edge)} ({band_of(self.scorecard, band, self.language)})" for band, edge in node.thresholds]
            if kind == "straight" and through:
                return self.say("curve.through", thresholds=self.say("list.comma").join(through), **known)
            return self.say(f"curve.{kind}", **known)
        return self.say(f"curve.{kind}")

    # ------------------------------------------------------------ columns that add up

    def ledger(self) -> Column | None:
        """What each metric and adjustment brought; None without a score."""
        total = self.explanation.total.score
        if total is None:
            return None
        return self._column(self.explanation.ledger, total, "explain.total", {}, in_order=True)

    def lost(self) -> Column | None:
        """The points lost, the largest first; None without a score, or where there is no best to lose from."""
        total = self.explanation.total.score
        amounts = [float(line.amount[0]) for line in self.explanation.lost]
        if total is None or not np.all(np.isfinite(amounts)):
            return None
        best = self.scorecard.scale.best
        if best is None:
            return self._column(self.explanation.lost, sum(amounts), "lost.total", {}, in_order=False)
        away = abs(self._rounded(best) - self._rounded(total))
        shown = {"best": figures.fixed(best, 0 if float(best).is_integer() else self.decimals)}
        return self._column(self.explanation.lost, away, "lost.total_of_best", shown, in_order=False)

    def _column(self, lines: tuple[Line, ...], total: float, key: str, values: dict[str, str], *, in_order: bool) -> Column:
        """Lines with one label become one. In the ledger a metric is listed even where it brought nothing that is printed."""
        merged: dict[str, float] = {}
        metrics: set[str] = set()
        for line in lines:
            label = self._label(line)
            merged[label] = merged.get(label, 0.0) + float(line.amount[0])
            if in_order and line.kind == "metric":
                metrics.add(label)
        kept = {label: amount for label, amount in merged.items() if abs(amount) > 1e-9 * span_of(self.scorecard.scale)}
        labels = list(kept) if in_order else sorted(kept, key=lambda label: -kept[label])
        printed = self._rounded(total)
        parts = largest_remainder(np.array([kept[label] for label in labels]), self.decimals, printed) if labels else np.empty(0)
        entries = tuple(
            Entry(label, figures.points(float(part), self.decimals))
            for label, part in zip(labels, parts, strict=True)
            if part != 0 or label in metrics
        )
        return Column(entries=entries, total=Entry(self.say(key, **values), figures.points(printed, self.decimals)))

    def _rounded(self, number: float) -> float:
        return float(rounded(number, Rounding(decimals=self.decimals), span_of(self.scorecard.scale)))

    def _label(self, line: Line) -> str:
        name = node_of(self.scorecard, line.node, self.language)
        node = self.scorecard.node(line.node)
        match line.kind:
            case "metric":
                return name
            case "filled":
                return self.say("ledger.filled", node=name)
            case "rule":
                return self.say("ledger.rule", rule=line.rule)
            case "aggregation":
                kind = "arithmetic" if isinstance(node, Metric) else node.aggregation.kind
                words = self.say("ledger.aggregation", aggregation=self.say(f"aggregation.{kind}"))
            case other:
                words = self.say(f"ledger.{other}")
        return words if line.node == "total" else self.say("ledger.of_node", line=words, node=name)


def _is_number(written: str) -> bool:
    try:
        float(written)
    except ValueError:
        return False
    return True
