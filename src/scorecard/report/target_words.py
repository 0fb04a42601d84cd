"""Targets and what is advised about them, in words."""

from __future__ import annotations

from dataclasses import dataclass

from scorecard.advice.targets import ENOUGH
from scorecard.advice.targets.reach import FURTHEST
from scorecard.advice.targets.side import Side
from scorecard.advice.targets.target import Coming, Kind, Number, Proposal, Target, Way
from scorecard.evaluation.evaluation import Evaluation
from scorecard.model.definition import Metric
from scorecard.report import figures
from scorecard.report.difference import difference
from scorecard.report.figures import clean
from scorecard.report.labels import band_of, node_of

WAYS = {
    Way.WRITTEN: "as today",
    Way.PEERS: "peers",
    Way.BASELINE: "baseline and stretch",
    Way.CONTROL: "control limit",
    Way.BENCHMARK: "benchmark",
}
WITHOUT = {
    "text": "its values are no numbers",
    "target": "no target is written for it",
    "nobody": "nobody was measured",
    "cut": "in every period its window begins before the records do",
    "side": "neither worst nor thresholds tell which side of the target is better",
}
NO_HISTORY = "It cannot be known: the definition has no period:, so there is no history. Write period: and a source with time:."
LEFT = {
    "shape": "the target is no plain number",
    "segments": "the day is written once for everybody, and not everybody has the same target",
    "several": "more than one segment sets the target",
    "nothing": "none of the proposals is better",
    "thresholds": "the number proposed does not lie beyond the thresholds, which would have to move first",
}
"""why a patch leaves a target alone"""
_STILL = 1e-9
_ROUGHLY = 2
"""significant digits of a slope"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One target in words; empty where there is nothing to say."""

    target: Target
    name: str
    whose: str
    kind: str
    held: str
    """what the target is, and by when"""
    met: str
    edges: str
    trend: str
    reason: str
    proposals: tuple[str, ...]


class Teller:
    """The words for the targets of an evaluation, in a language."""

    def __init__(self, evaluation: Evaluation, language: str) -> None:
        self.scorecard = evaluation.scorecard
        self.language = language
        every = self.scorecard.period.every if self.scorecard.period else "period"
        self.period = "half-year" if every == "half" else every

    def told(self, target: Target) -> Told:
        return Told(
            target=target,
            name=node_of(self.scorecard, target.metric.id, self.language),
            whose=self.whose(target),
            kind="" if target.verdict.kind is Kind.UNKNOWN else target.verdict.kind.value,
            held=self.held(target),
            met=self.met(target),
            edges=self.edges(target),
            trend=self.trend(target),
            reason=self.reason(target),
            proposals=tuple(self.proposal(target, each) for each in target.proposals),
        )

    def name(self, target: Target) -> str:
        """The metric, and whose target it is."""
        return " · ".join(part for part in (node_of(self.scorecard, target.metric.id, self.language), self.whose(target)) if part)

    def whose(self, target: Target) -> str:
        """The segments it is for; nothing where it is everybody's."""
        if target.alone:
            return ""
        if not target.segments:
            return "all others"
        titles = (clean(self.scorecard.segments[id].title.into(self.language)) or id for id in target.segments)
        return " and ".join(titles)

    def held(self, target: Target) -> str:
        if target.today is None:
            text = "a target that differs from one to the other"
        else:
            text = f"target {self.number(target.today, target.metric)}"
        if target.due is None:
            return text
        goal = target.reach.goal if target.reach is not None and target.side is not Side.WITHIN else None
        moved = goal is not None and target.today is not None and goal not in target.today
        return f"{text}, {self.value(goal, target.metric)} by {target.due}" if moved else f"{text} by {target.due}"

    def met(self, target: Target) -> str:
        last = target.periods[-1]
        text = f"met by {figures.share(target.met / target.measured)} ({target.met:,} of {target.measured:,}"
        if len(target.periods) > 1:
            text += f" in {len(target.periods)} {self.period}s; {last.met:,} of {last.measured:,} in {last.period.label}"
        text += ")"
        if target.percentile is not None:
            whom = f"the last {self.period}" if self.scorecard.period else "all"
            text += f"; percentile {target.percentile * 100:.0f} of {whom}"
        return text

    def edges(self, target: Target) -> str:
        """How many reach the thresholds."""
        shares = (f"{band_of(self.scorecard, band, self.language)} {figures.share(part)}" for band, part in target.edges.items())
        return f"thresholds reached: {', '.join(shares)}" if target.edges else ""

    def trend(self, target: Target) -> str:
        if target.pace is None:
            return ""
        median = f"median {self.value(target.periods[-1].median, target.metric)}"
        slope = target.pace.slope
        if abs(slope) <= _STILL * max(abs(target.periods[-1].median), 1.0):
            return f"{median}, not moving"
        amount = difference(slope, target.metric, self.language, _ROUGHLY)
        way, count = ("up", target.pace.rising) if slope > 0 else ("down", target.pace.falling)
        return f"{median}, {way} {amount} a {self.period} ({count} of {target.pace.pairs} pairs of {self.period}s go {way})"

    def proposal(self, target: Target, each: Proposal) -> str:
        name = WAYS[each.way] + ("*" if each.way is Way.CONTROL and target.shared else "")
        if each.number is not None and each.hit is not None:
            return f"{name} {self.number(each.number, target.metric)}: {figures.share(each.hit)}{self._how(target, each)}"
        return f"{name}: {self._why_not(target, each)}"

    def _how(self, target: Target, each: Proposal) -> str:
        facts = each.facts
        if each.way is Way.PEERS:
            who = "middle" if target.side is Side.WITHIN else "best"
            return f" (the {who} {figures.share(facts['share'])} of the last {self.period})"
        if each.way is Way.BASELINE:
            origin = "baseline" if facts["written"] else "last median"
            return f" ({origin} {self.value(facts['baseline'], target.metric)}, plus {figures.share(facts['stretch'])} of worst to target)"
        if each.way is Way.CONTROL:
            return " (where the ups and downs of the median end)"
        return ""

    def _why_not(self, target: Target, each: Proposal) -> str:
        if each.reason == "few":
            return f"only {each.facts['count']:.0f} were measured in the last {self.period}; {each.facts['needed']:.0f} are needed"
        if each.reason == "range":
            return "a range has none"
        if each.reason == "trend":
            return f"the median has gone beyond {self.value(each.facts['number'], target.metric)}: it follows a trend"
        return f"{self.value(each.facts['number'], target.metric)} is beyond everything measured"

    def reason(self, target: Target) -> str:
        """Why that is advised, in a sentence."""
        share = figures.share(target.met / target.measured) if target.met else "Nobody"
        last = target.periods[-1]
        recent = f"{last.met:,} of {last.measured:,} in {last.period.label}"
        reach, verdict = target.reach, target.verdict
        arrives = reach.arrives.label if reach is not None and reach.arrives is not None else ""
        goal = self.value(reach.goal, target.metric) if reach is not None else ""
        match verdict.cause:
            case "few":
                return self._few(target)
            case "peers":
                return f"It is worked out from the peers of the same {self.period}, so that about as many meet it whatever they do."
            case "easy":
                return f"{share} met it, {recent}: it asks for nothing more.{self._instead(target)}"
            case "hard":
                met = f"{share} met it, {recent}," if target.met else "Nobody met it,"
                return f"{met} and {self._away(target)}.{self._instead(target)}"
            case "coming":
                return f"At today's pace the median gets to {goal} in {arrives}, in time."
            case "late":
                return f"At today's pace the median gets to {goal} in {arrives}, after {target.due}: move the day to {verdict.day}."
            case "undated":
                return (
                    f"{share} met it and it has no day; at today's pace the median gets there in {arrives}: set the day to {verdict.day}."
                )
            case "not_closing":
                assert reach is not None
                stand = (
                    "" if reach.projected is None else f": at today's pace it will stand at {self.value(reach.projected, target.metric)}"
                )
                if target.due is not None and last.period.last_day is not None and target.due < last.period.last_day:
                    return f"{share} met it, {recent}; its day, {target.due}, has passed, and {self._away(target)}."
                late = f"{share} met it, {recent}, but the median will not by {target.due}{stand}"
                return f"{late}. That asks for action, not for another number."
        if reach is not None and reach.coming is Coming.REACHED:
            return f"{share} met it, and the median does: it still tells the better from the others."
        return f"{share} met it: neither out of reach nor too easy."

    def _away(self, target: Target) -> str:
        """How far the median is from getting there."""
        if target.reach is None:
            return "the median is not there"
        if target.reach.arrives is not None:
            return f"at today's pace the median gets there only in {target.reach.arrives.label}"
        return f"at today's pace the median does not get there within {FURTHEST} years"

    def _few(self, target: Target) -> str:
        if self.scorecard.period is None:
            return NO_HISTORY
        count = len(target.periods)
        text = f"It cannot be known: {count} {self.period}{'' if count == 1 else 's'} with values; {ENOUGH} are needed"
        if target.cut:
            text += f" ({target.cut} more do not count: they look back to before the records begin)"
        return f"{text}. Bring older records, or ask again {ENOUGH - count} {self.period}{'' if ENOUGH - count == 1 else 's'} from now."

    def _instead(self, target: Target) -> str:
        each = target.verdict.proposal
        if each is None or each.number is None or each.hit is None:
            return (
                " None of the proposals is better."
                if target.today is not None
                else " It differs from one to the other, so no one number is proposed."
            )
        beside = "" if each.fits else "; the thresholds would have to move with it"
        return f" {figures.share(each.hit)} would have met {self.number(each.number, target.metric)} ({WAYS[each.way]}){beside}."

    def number(self, number: Number, metric: Metric) -> str:
        low, high = (self.value(end, metric) for end in number)
        return low if low == high else f"{low} to {high}"

    def value(self, number: float | None, metric: Metric) -> str:
        return figures.value(number, metric.unit, metric.decimals, self.language)
