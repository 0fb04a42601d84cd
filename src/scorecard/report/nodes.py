"""What is said about one node: why it has no score, how it was measured and scored, what its rules did."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from scorecard.evaluation.explain import AspectTold, Exempted, Explained
from scorecard.language.words import say
from scorecard.model.definition import Missing, RuleKind, Scorecard
from scorecard.model.state import Fired, Reason, State
from scorecard.model.text import Text
from scorecard.report import figures, locale
from scorecard.report.labels import band_of, in_a_sentence, node_of
from scorecard.scoring.rounding import span_of

MOST_INPUTS = 20
"""pieces of one formula that are told; a questionnaire has hundreds, and tells its questions as aspects"""


class NodeTeller:
    """Tells the nodes of one entity in one language. `told` puts the entity's numbers into a text of the definition."""

    def __init__(self, scorecard: Scorecard, language: str, told: Callable[[Text], str]) -> None:
        self.scorecard = scorecard
        self.language = language
        self.told = told

    def say(self, key: str, /, **values: object) -> str:
        return say(key, self.language, **values)

    def lines(self, node: Explained) -> Iterator[str]:
        if node.state is not State.MEASURED or node.reason is not Reason.NONE:
            yield self.why(node)
        if node.metric:
            yield from self._measured(node)
        if node.filled is not None:
            yield self.filled(node, node.filled)
        if node.computed is not None and node.score is not None and abs(node.computed - node.score) > 1e-9 * span_of(self.scorecard.scale):
            yield self.say("explain.before", score=figures.plain(node.computed, 6, self.language))
        yield from self.rules(node)

    def why(self, node: Explained) -> str:
        """The state, and the reason for it."""
        state = self.say(f"state.{node.state.name.lower()}")
        if node.exempted is not None:
            return self._exemption(node.exempted, state)
        reason = self._reason(node)
        words = state if not reason or reason == state else self.say("list.colon", head=state, rest=reason)
        if node.last_record is not None:
            words = self.say("list.pause").join((words, self.say("detail.last_record", day=locale.day(node.last_record, self.language))))
        return words

    def filled(self, node: Explained, stand_in: float) -> str:
        """What the parent counts in place of a score."""
        state = self.say(f"state.{(State.MISSING if node.state is State.MEASURED else node.state).name.lower()}")
        score = figures.fixed(stand_in, self.decimals(node), self.language)
        return self.say("explain.filled", score=score, state=state, written=_as_written(node.missing))

    def _exemption(self, exempted: Exempted, state: str) -> str:
        key = "exemption.gives" if exempted.gives_value else "exemption.excludes"
        words = [self.say(key, state=state, exemption=in_a_sentence(exempted.title, exempted.id, self.language))]
        if exempted.until is not None:
            words.append(self.say("exemption.until", day=locale.day(exempted.until, self.language)))
        if exempted.approved_by:
            words.append(self.say("exemption.approved_by", name=figures.clean(exempted.approved_by)))
        reason = self.told(exempted.reason)
        line = self.say("list.clause").join(words)
        return f"{line} – {reason}" if reason else line

    def _reason(self, node: Explained) -> str:
        match node.reason:
            case Reason.SEGMENTS_DISAGREE if node.disputed is not None:
                first, second = map(self.segment, node.disputed)
                return self.say("detail.segments_disagree", first=first, second=second)
            case Reason.FUNCTION_FAILED if node.failure is not None:
                return self.say("detail.function_failed", error=figures.clean(node.failure))
            case Reason.TOO_FEW_RECORDS:
                count, least = node.records or 0, self.scorecard.metrics[node.id].min_records
                return self.say("detail.too_few_records.one" if count == 1 else "detail.too_few_records", count=count, least=least)
            case Reason.NO_VALUE if node.lacking and (node.records is None or len(node.inputs) > 1):
                return self.say("detail.lacking", names=self._listed(figures.clean(text) for text in node.lacking))
            case Reason.NO_VALUE if node.records is None:
                return self.say("detail.no_value_of_formula")
            case Reason.COVERAGE_TOO_LOW if node.wanted is not None:
                found, wanted = figures.shares_apart(node.coverage or 0.0, node.wanted, self.language)
                return self.say("detail.coverage_too_low", share=found, wanted=wanted)
            case Reason.CHILDREN_MISSING:
                return self._children_missing(node)
        return self.say(f"reason.{node.reason.name.lower()}")

    def _children_missing(self, node: Explained) -> str:
        """Which children leave a group without a score."""
        voiding = [child for child in node.children if child.id in node.voided_by]
        if not voiding and any(child.score is not None for child in node.children):
            return self.say("detail.no_value_of_formula" if node.aggregation == "formula" else "reason.children_missing")
        said: dict[str, list[str]] = {}
        for child in voiding:
            key = "detail.voided" if child.missing.policy == "no_score" else "detail.nothing_stands_in"
            said.setdefault(key, []).append(node_of(self.scorecard, child.id, self.language))
        sentences = [self.say(key, names=self._listed(names)) for key, names in said.items()]
        return self.say("list.pause").join(sentences) or self.say("detail.no_part")

    def _listed(self, names: Iterable[str]) -> str:
        return self.say("list.comma").join(names)

    def _measured(self, node: Explained) -> Iterator[str]:
        words = []
        given = node.exempted is not None and node.exempted.gives_value
        if node.value is not None:
            words.append(self.say("explain.value", value=self.value(node, node.value)))
        if node.records and not given:
            words.append(self.records(node.records))
        if node.shared_by is not None:
            words.append(self.shared(node.shared_by))
        if words:
            yield self.say("list.clause").join(words)
        if node.records == 0 and node.value is None:
            yield from self.target(node)
            return
        if not given:
            yield from self._inputs(node)
            yield from self._aspects(node)
        if node.curve is not None and node.score is not None:
            yield self.curve(node)
        yield from self.target(node)

    def records(self, count: int) -> str:
        return self.say("explain.records.one" if count == 1 else "explain.records", count=figures.count(count, self.language))

    def shared(self, key: tuple[str, ...]) -> str:
        """For whom a metric is measured that is shown for several."""
        return self.say("explain.shared", key=self.say("list.comma").join(key)) if key else self.say("explain.shared_by_all")

    def _inputs(self, node: Explained) -> Iterator[str]:
        """The pieces of the formula with their values, and the formula."""
        inputs = [(text, found) for text, found in node.inputs if text != node.measure or found != node.value]
        shown = inputs or (node.inputs if node.measure != node.id else ())
        for text, found in shown[:MOST_INPUTS]:
            yield f"{figures.clean(text)} = {figures.value(found, language=self.language) or '–'}"
        if (more := len(shown) - MOST_INPUTS) > 0:
            yield self.say("explain.more_inputs", count=more)
        written = self.scorecard.metrics[node.id]
        if written.measure is None and written.type is not None:
            yield self.say("explain.by_type", type=written.type)
        elif node.measure is not None and inputs and node.measure != node.id:
            yield f"= {figures.clean(node.measure)}"

    def _aspects(self, node: Explained) -> Iterator[str]:
        """What the metric's type tells beside the value, a line for each aspect."""
        for aspect in node.aspects:
            yield self.aspect(aspect)

    def aspect(self, aspect: AspectTold) -> str:
        parts = (f"{figures.clean(name)} {figures.value(part, aspect.unit, language=self.language) or '–'}" for name, part in aspect.parts)
        return self.say("explain.aspect", title=aspect.title.into(self.language), parts=self._listed(parts))

    def target(self, node: Explained) -> Iterator[str]:
        if node.target is None or node.target_origin is None:
            return
        origin = node.target_origin
        words = [self.say("explain.target", target=self._ends(node, node.target))]
        if not _is_number(origin.written):
            words.append(self.say("explain.written", written=figures.clean(origin.written)))
        if origin.segment is not None:
            words.append(self.say("explain.by_segment", segment=self.segment(origin.segment)))
        if origin.place is not None:
            words.append(f"{origin.place.file}:{origin.place.line}")
        yield self.say("list.clause").join(words)

    def segment(self, id: str) -> str:
        return in_a_sentence(self.scorecard.segments[id].title, id, self.language)

    def rules(self, node: Explained) -> Iterator[str]:
        before = node.score
        changes = [rule.change for rule in node.rules if rule.fired is Fired.YES]
        if before is not None:
            before -= sum(changes)
        for rule in node.rules:
            reason, name = self.told(rule.reason), in_a_sentence(rule.title, rule.id, self.language)
            if rule.fired is Fired.YES:
                verb = self.say(f"rule.{rule.kind}", points=figures.points(rule.change, self.decimals(node), self.language))
                if before is not None and rule.change:
                    after = before + rule.change
                    ends = (figures.fixed(end, self.decimals(node), self.language) for end in (before, after))
                    line = self.say("rule.changed", rule=name, verb=verb, **dict(zip(("before", "after"), ends, strict=True)))
                    before = after
                elif rule.kind != RuleKind.BAND:
                    line = self.say("rule.idle", rule=name)
                else:
                    line = self.say("rule.fired", rule=name, verb=verb)
            elif rule.fired is Fired.UNKNOWN:
                line = self.say("rule.unknown", rule=name)
            else:
                continue
            yield f"{line} – {reason}" if reason else line

    def decimals(self, node: Explained) -> int:
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
            through = [
                self.say("curve.threshold", value=self.value(node, edge), band=band_of(self.scorecard, band, self.language))
                for band, edge in node.thresholds
            ]
            if kind == "straight" and through:
                return self.say("curve.through", thresholds=self.say("list.comma").join(through), **known)
            return self.say(f"curve.{kind}", **known)
        return self.say(f"curve.{kind}")


def _is_number(written: str) -> bool:
    try:
        float(written)
    except ValueError:
        return False
    return True


def _as_written(missing: Missing) -> str:
    match missing.policy:
        case "score":
            return f"missing: {figures.plain(missing.score or 0.0)}"
        case "impute":
            return f"missing: {{impute: mean, by: {missing.by}}}" if missing.by else "missing: {impute: mean}"
    return f"missing: {missing.policy}"
