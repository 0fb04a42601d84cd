"""Targets and what is advised about them, as records, rows and a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from scorecard.advice.targets.side import Side
from scorecard.advice.targets.target import Kind, Number, Proposal, Target, Targets, Way
from scorecard.report import figures
from scorecard.report.digits import one
from scorecard.report.labels import node_of, title_of
from scorecard.report.markdown import escaped
from scorecard.report.tabular import as_markdown as as_table
from scorecard.report.target_words import Teller

WITHOUT = ("text", "target", "nobody", "cut", "side")
"""why a metric has no target to judge"""


def summary(teller: Teller, targets: Targets) -> str:
    """How many targets there are of each verdict: `9 keep, 1 relax`."""
    counts = Counter(target.verdict.kind for target in targets.targets)
    said = [teller.say("targets.count", count=counts[kind], verdict=teller.say(f"verdict.{kind.value}")) for kind in Kind if counts[kind]]
    return teller.say("list.comma").join(said) or teller.say("targets.none")


def remarks(teller: Teller, targets: Targets) -> Iterator[str]:
    """What is said once: how the figures are made, and which metrics have no target to judge."""
    if any(target.pace is not None for target in targets.targets):
        yield teller.say("targets.about")
    if any(target.shared and target.proposals for target in targets.targets):
        yield teller.say("targets.shared", period=teller.period)
    for reason in WITHOUT:
        names = [node_of(teller.scorecard, id, teller.language) for id, own in targets.without.items() if own == reason]
        if names:
            yield teller.say("targets.not_judged", reason=teller.say(f"without.{reason}"), names=teller.say("list.comma").join(names))


def as_records(teller: Teller, targets: Targets) -> Iterator[dict[str, Any]]:
    """A mapping per target; numbers as they are, words beside them."""
    for target in targets.targets:
        told = teller.told(target)
        yield {
            "metric": target.metric.id,
            "title": told.name,
            "segments": list(target.segments),
            "unit": target.metric.unit,
            "better": {Side.ABOVE: "higher", Side.BELOW: "lower", Side.WITHIN: "within"}[target.side],
            "target": _number(target.today),
            "due": target.due.isoformat() if target.due else None,
            "measured": target.measured,
            "met": target.met,
            "share": one(target.met / target.measured),
            "percentile": one(target.percentile),
            "periods": [
                {"period": met.period.label, "measured": met.measured, "met": met.met, "median": one(met.median)} for met in target.periods
            ],
            "left_out_periods": target.cut,
            "thresholds": {band: one(part) for band, part in target.edges.items()},
            "trend": None if target.pace is None else {"slope": one(target.pace.slope), "method": "Theil-Sen"},
            "reach": None if target.reach is None else _reach(target),
            "proposals": [_proposal(each) for each in target.proposals],
            "verdict": target.verdict.kind.value,
            "reason": told.reason,
            "proposed": _number(target.verdict.proposal.number) if target.verdict.proposal else None,
            "proposed_due": target.verdict.day.isoformat() if target.verdict.day else None,
        }


def _reach(target: Target) -> dict[str, Any]:
    assert target.reach is not None
    arrives = target.reach.arrives
    return {
        "goal": one(target.reach.goal),
        "coming": target.reach.coming.value,
        "arrives": arrives.label if arrives else None,
        "projected": one(target.reach.projected),
    }


def _proposal(each: Proposal) -> dict[str, Any]:
    facts = {name: one(fact) for name, fact in each.facts.items()}
    return {"way": each.way.value, "number": _number(each.number), "share": one(each.hit), "reason": each.reason, **facts}


def _number(number: Number | None) -> Any:
    """A number, or both ends of a range."""
    if number is None:
        return None
    return one(number[0]) if number[0] == number[1] else [one(end) for end in number]


COLUMNS = (
    "metric",
    "segments",
    "target",
    "due",
    "measured",
    "met",
    "share",
    "percentile",
    "median",
    "slope",
    "arrives",
    "verdict",
    "reason",
)


def as_rows(teller: Teller, targets: Targets) -> tuple[list[str], list[list[Any]]]:
    """The heads and a row per target, with a column for each proposal and its share."""
    ways = [
        way for way in Way if way is not Way.WRITTEN and any(each.way is way for target in targets.targets for each in target.proposals)
    ]
    heads = [*COLUMNS, *(f"{way.value}{what}" for way in ways for what in ("", "_share"))]
    return heads, [[*_row(record), *_cells(record, ways)] for record in as_records(teller, targets)]


def _row(record: dict[str, Any]) -> Iterator[Any]:
    flat = {
        **record,
        "segments": " and ".join(record["segments"]),
        "target": _cell(record["target"]),
        "median": record["periods"][-1]["median"],
        "slope": record["trend"]["slope"] if record["trend"] else None,
        "arrives": record["reach"]["arrives"] if record["reach"] else None,
    }
    yield from (flat[name] for name in COLUMNS)


def _cells(record: dict[str, Any], ways: Sequence[Way]) -> Iterator[Any]:
    found = {each["way"]: each for each in record["proposals"]}
    for way in ways:
        each = found.get(way.value, {})
        yield from (_cell(each.get("number")), each.get("share"))


def _cell(number: Any) -> Any:
    return f"{number[0]:.12g} to {number[1]:.12g}" if isinstance(number, list) else number


_HEADS = ("verdict", "about", "target", "met", "trend", "reason")


def as_markdown(teller: Teller, targets: Targets) -> str:
    """A table of verdicts, one of what else could be aimed at, and what is said once."""
    told = [teller.told(target) for target in targets.targets]
    verdicts = [[teller.verdict(one.target), teller.name(one.target), one.held, one.met, one.trend, one.reason] for one in told]
    text = f"# {escaped(title_of(teller.scorecard, teller.language))}\n\n{summary(teller, targets)}\n\n"
    text += as_table([teller.say(f"column.{name}") for name in _HEADS], verdicts)
    ways = [way for way in Way if any(each.way is way for target in targets.targets for each in target.proposals)]
    if ways:
        rows = [[teller.name(target), *_offers(teller, target, ways)] for target in targets.targets if target.proposals]
        heads = [teller.say("column.about"), *map(teller.way, ways)]
        text += "\n## " + teller.say("targets.offered_head") + "\n\n" + as_table(heads, rows)
    return text + "\n" + "".join(f"- {escaped(line)}\n" for line in remarks(teller, targets))


def _offers(teller: Teller, target: Target, ways: Sequence[Way]) -> Iterator[str]:
    """The number and the share of each proposal."""
    found = {each.way: each for each in target.proposals}
    for way in ways:
        each = found.get(way)
        if each is None or each.number is None or each.hit is None:
            yield ""
        else:
            yield f"{teller.number(each.number, target.metric)}: {figures.share(each.hit, teller.language)}"
