"""Targets and what is advised about them, in words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

from scorecard.advice.targets import ENOUGH
from scorecard.advice.targets.reach import FURTHEST
from scorecard.advice.targets.side import Side
from scorecard.advice.targets.target import Coming, Kind, Number, Proposal, Target, Way
from scorecard.evaluation.evaluation import Evaluation
from scorecard.language.words import say
from scorecard.model.definition import Metric
from scorecard.report import figures, locale
from scorecard.report.difference import difference
from scorecard.report.labels import band_of, node_of, segment_of

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
        self.period = self.say(f"span.{self.scorecard.period.every if self.scorecard.period else 'none'}")

    def say(self, key: str, /, **values: object) -> str:
        return say(key, self.language, **values)

    def verdict(self, target: Target) -> str:
        return self.say(f"verdict.{target.verdict.kind.value}")

    def way(self, way: Way) -> str:
        return self.say(f"way.{way.value}")

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
            return self.say("targets.others")
        titles = [segment_of(self.scorecard, id, self.language) for id in target.segments]
        return reduce(lambda one, other: self.say("list.both", one=one, other=other), titles)

    def held(self, target: Target) -> str:
        if target.today is None:
            text = self.say("targets.differs")
        else:
            text = self.say("targets.target", number=self.number(target.today, target.metric))
        if target.due is None:
            return text
        goal = target.reach.goal if target.reach is not None and target.side is not Side.WITHIN else None
        if goal is not None and target.today is not None and goal not in target.today:
            return self.say("targets.goal_by", held=text, goal=self.value(goal, target.metric), day=locale.day(target.due, self.language))
        return self.say("targets.by", held=text, day=locale.day(target.due, self.language))

    def met(self, target: Target) -> str:
        last = target.periods[-1]
        facts = {
            "share": figures.share(target.met / target.measured, self.language),
            "met": figures.count(target.met, self.language),
            "measured": figures.count(target.measured, self.language),
        }
        if len(target.periods) > 1:
            of_last = {
                "last": last.period.label,
                "last_met": figures.count(last.met, self.language),
                "last_measured": figures.count(last.measured, self.language),
            }
            text = self.say("targets.met_over", count=len(target.periods), period=self.period, **facts, **of_last)
        else:
            text = self.say("targets.met", **facts)
        if target.percentile is None:
            return text
        key = "targets.percentile" if self.scorecard.period else "targets.percentile_all"
        return self.say(key, met=text, number=f"{target.percentile * 100:.0f}", period=self.period)

    def edges(self, target: Target) -> str:
        """How many reach the thresholds."""
        shares = (
            f"{band_of(self.scorecard, band, self.language)} {figures.share(part, self.language)}" for band, part in target.edges.items()
        )
        return self.say("targets.edges", shares=self.say("list.comma").join(shares)) if target.edges else ""

    def trend(self, target: Target) -> str:
        if target.pace is None:
            return ""
        median = self.say("targets.median", value=self.value(target.periods[-1].median, target.metric))
        slope = target.pace.slope
        if abs(slope) <= _STILL * max(abs(target.periods[-1].median), 1.0):
            return self.say("targets.still", median=median)
        amount = difference(slope, target.metric, self.language, _ROUGHLY)
        key, count = ("targets.up", target.pace.rising) if slope > 0 else ("targets.down", target.pace.falling)
        return self.say(key, median=median, amount=amount, period=self.period, count=count, pairs=target.pace.pairs)

    def proposal(self, target: Target, each: Proposal) -> str:
        name = self.way(each.way) + ("*" if each.way is Way.CONTROL and target.shared else "")
        if each.number is None or each.hit is None:
            return self.say("list.colon", head=name, rest=self._why_not(target, each))
        offer = self.say(
            "targets.offer", way=name, number=self.number(each.number, target.metric), share=figures.share(each.hit, self.language)
        )
        how = self._how(target, each)
        return self.say("targets.how", offer=offer, how=how) if how else offer

    def _how(self, target: Target, each: Proposal) -> str:
        facts = each.facts
        if each.way is Way.PEERS:
            key = "targets.middle" if target.side is Side.WITHIN else "targets.best"
            return self.say(key, share=figures.share(facts["share"], self.language), period=self.period)
        if each.way is Way.BASELINE:
            key = "targets.from_baseline" if facts["written"] else "targets.from_median"
            return self.say(key, value=self.value(facts["baseline"], target.metric), share=figures.share(facts["stretch"], self.language))
        return self.say("targets.control") if each.way is Way.CONTROL else ""

    def _why_not(self, target: Target, each: Proposal) -> str:
        if each.reason == "few":
            count, needed = (f"{each.facts[name]:.0f}" for name in ("count", "needed"))
            return self.say("targets.few_peers", count=count, needed=needed, period=self.period)
        if each.reason == "range":
            return self.say("targets.range")
        key = "targets.trending" if each.reason == "trend" else "targets.beyond"
        return self.say(key, value=self.value(each.facts["number"], target.metric))

    def reason(self, target: Target) -> str:
        """Why that is advised, in a sentence."""
        last, reach, verdict = target.periods[-1], target.reach, target.verdict
        facts = {
            "share": figures.share(target.met / target.measured, self.language) if target.met else self.say("because.nobody"),
            "recent": self.say(
                "because.recent",
                met=figures.count(last.met, self.language),
                measured=figures.count(last.measured, self.language),
                period=last.period.label,
            ),
            "arrives": reach.arrives.label if reach is not None and reach.arrives is not None else "",
            "goal": self.value(reach.goal, target.metric) if reach is not None else "",
            "due": "" if target.due is None else locale.day(target.due, self.language),
            "day": "" if verdict.day is None else locale.day(verdict.day, self.language),
            "period": self.period,
        }
        match verdict.cause:
            case "few":
                return self._few(target)
            case "easy":
                return self._instead(target, self.say("because.easy", **facts))
            case "hard":
                key = "because.hard" if target.met else "because.hard_for_all"
                return self._instead(target, self.say(key, away=self._away(target), **facts))
            case "peers" | "coming" | "late" | "undated" as cause:
                return self.say(f"because.{cause}", **facts)
            case "not_closing":
                assert reach is not None
                if target.due is not None and last.period.last_day is not None and target.due < last.period.last_day:
                    return self.say("because.passed", away=self._away(target), **facts)
                if reach.projected is None:
                    return self.say("because.not_closing", **facts)
                return self.say("because.not_closing_at", projected=self.value(reach.projected, target.metric), **facts)
        return self.say("because.reached" if reach is not None and reach.coming is Coming.REACHED else "because.fair", **facts)

    def _away(self, target: Target) -> str:
        """How far the median is from getting there."""
        if target.reach is None:
            return self.say("because.not_there")
        if target.reach.arrives is not None:
            return self.say("because.only_in", arrives=target.reach.arrives.label)
        return self.say("because.not_within", years=FURTHEST)

    def _few(self, target: Target) -> str:
        if self.scorecard.period is None:
            return self.say("targets.no_history")
        count = len(target.periods)
        key = "because.few_cut" if target.cut else "because.few"
        more = self.say(f"because.periods{_one(ENOUGH - count)}", count=ENOUGH - count, period=self.period)
        return self.say(f"{key}{_one(count)}", count=count, period=self.period, needed=ENOUGH, cut=target.cut, more=more)

    def _instead(self, target: Target, reason: str) -> str:
        """The reason, and what would have been met instead."""
        each = target.verdict.proposal
        if each is None or each.number is None or each.hit is None:
            return self.say("because.no_better" if target.today is not None else "because.many_targets", reason=reason)
        facts = {
            "share": figures.share(each.hit, self.language),
            "number": self.number(each.number, target.metric),
            "way": self.way(each.way),
        }
        return self.say("because.instead" if each.fits else "because.instead_moved", reason=reason, **facts)

    def number(self, number: Number, metric: Metric) -> str:
        low, high = (self.value(end, metric) for end in number)
        return low if low == high else self.say("list.span", first=low, last=high)

    def value(self, number: float | None, metric: Metric) -> str:
        return figures.value(number, metric.unit, metric.decimals, self.language)


def _one(count: int) -> str:
    """What the key of words about one ends in."""
    return ".one" if count == 1 else ""
