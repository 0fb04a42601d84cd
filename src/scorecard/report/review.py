"""A review in words and as records: what each metric does, what was found, what moved, and what cannot be judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scorecard.advice.review.finding import Advice, Fact, Figures, Finding, Move, Review, Unjudged
from scorecard.evaluation.evaluation import Evaluation
from scorecard.language.words import say
from scorecard.report import figures
from scorecard.report.difference import difference, signed
from scorecard.report.digits import one
from scorecard.report.labels import band_of, node_of, title_of
from scorecard.report.markdown import escaped
from scorecard.report.tabular import as_markdown as as_table

_ROUGHLY = 2
"""significant digits of what is usual"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One finding in words: what speaks for it, and what to do."""

    finding: Finding
    advice: str
    name: str
    evidence: str
    proposal: str


class Teller:
    """The words for the review of an evaluation, in a language."""

    def __init__(self, evaluation: Evaluation, review: Review, language: str) -> None:
        self.scorecard = evaluation.scorecard
        self.review = review
        self.language = language

    def findings(self) -> Iterator[Told]:
        """The gravest first; then as the checks found them."""
        for finding in sorted(self.review.findings, key=lambda each: -each.advice):
            cause, words = f"{finding.check}.{finding.cause}", self._words(finding)
            yield Told(
                finding=finding,
                advice=advice(finding.advice),
                name=self.name(finding.about),
                evidence=self.say(f"found.{cause}", **words),
                proposal=self.say(f"remedy.{cause}", **words),
            )

    def unjudged(self) -> Iterator[str]:
        """A line for each thing that cannot be judged, with the metrics it cannot be judged of."""
        lines: dict[str, list[str]] = {}
        for each in self.review.unjudged:
            names = [self.name(each.about), *([self.name(str(each.facts["other"]))] if "other" in each.facts else [])]
            text = self.say(f"unjudged.{each.check}.{each.cause}", **each.facts)
            both = names[0] if len(names) == 1 else self.say("list.both", one=names[0], other=names[1])
            lines.setdefault(text, []).append("" if each.about == "total" else both)
        for text, about in lines.items():
            listed = self.say("list.comma").join(name for name in about if name)
            yield self.say("list.colon", head=text, rest=listed) if listed else text

    def move(self, move: Move) -> str:
        """What moved, from what to what, and what was usual."""
        if move.who is None:
            whose = self.say("review.everybody")
        else:
            whose = " ".join(figures.clean(part) for part in move.who.values()) or self.say("review.portfolio")
        ends = figures.change(self.value(move.before, move.metric), self.value(move.after, move.metric))
        metric = self.scorecard.metrics[move.metric]
        moved = signed(move.after - move.before, metric, self.language)
        usual = signed(move.usual, metric, self.language, _ROUGHLY)
        spread = difference(move.spread, metric, self.language, _ROUGHLY)
        words = {"metric": self.name(move.metric), "whose": whose, "ends": ends, "moved": moved, "usual": usual, "spread": spread}
        text = self.say("review.move", count=f"{abs(move.z):.1f}", **words)
        return text if move.better is None else self.say("review.better" if move.better else "review.worse", move=text)

    def say(self, key: str, /, **values: object) -> str:
        return say(key, self.language, **values)

    def name(self, node: str) -> str:
        return node_of(self.scorecard, node, self.language)

    def value(self, number: float | None, metric: str) -> str:
        spec = self.scorecard.metrics[metric]
        return figures.value(number, spec.unit, spec.decimals, self.language)

    def _words(self, finding: Finding) -> Mapping[str, str]:
        return {"outcome": self.review.outcome or "", **{name: self._word(name, fact, finding) for name, fact in finding.facts.items()}}

    def _word(self, name: str, fact: Fact, finding: Finding) -> str:
        """A fact as people read it, by its name."""
        if name == "other":
            return self.name(str(fact))
        if name == "bands":
            return self.say("list.comma").join(band_of(self.scorecard, band, self.language) for band in str(fact).split(", "))
        if name == "edge":
            if fact == "target":
                return self.say("review.target")
            return self.say("review.threshold", band=band_of(self.scorecard, str(fact), self.language))
        if fact is None or isinstance(fact, str):
            return str(fact or "")
        if name in ("low", "high", "value", "best"):
            return self.value(fact, finding.about)
        if name == "width":
            return difference(fact, self.scorecard.metrics[finding.about], self.language, _ROUGHLY)
        if name in ("score", "moved", "deviation"):
            return figures.fixed(fact, figures.decimals_of(self.scorecard.total, self.scorecard.scale), self.language)
        if name in ("share", "weight", "influence"):
            return percent(fact, self.language)
        if name in ("area", "correlation"):
            return figures.fixed(fact, 2, self.language).replace("-", figures.MINUS)
        if name == "chance":
            return self.say("review.chance", chance="0.001") if fact < 1e-3 else figures.plain(fact, 2, self.language)
        return figures.fixed(fact, 0, self.language)


def percent(part: float | None, language: str) -> str:
    """A share that may be negative, or more than one."""
    return "" if part is None else figures.percentage(part, 0, language).replace("-", figures.MINUS)


def advice(own: Advice) -> str:
    return own.name.lower()


COLUMNS = ("metric", "advice", "measured", "weight", "influence", "moved")


def remarks(teller: Teller) -> Iterator[str]:
    """What the columns of the table of metrics are."""
    yield teller.say("review.about")
    if teller.review.outcome:
        yield teller.say("review.about_tells")
    rest = teller.review.rest
    if rest is not None and abs(rest) >= 0.005:
        yield teller.say("review.rest", share=percent(rest, teller.language))


def heads(teller: Teller) -> list[str]:
    """The heads of the table of metrics."""
    shown = (*COLUMNS, "tells") if teller.review.outcome else COLUMNS
    return [teller.say(f"review.column.{name}") for name in shown]


def cells(teller: Teller, own: Figures) -> list[str]:
    """A metric's line in it."""
    shares = [
        figures.share(own.measured, teller.language),
        percent(own.weight, teller.language),
        percent(own.influence, teller.language),
        figures.share(own.moved, teller.language),
    ]
    area = ["" if own.area is None else figures.fixed(own.area, 2, teller.language)] if teller.review.outcome else []
    return [teller.name(own.metric), teller.say(f"advice.{advice(own.advice)}"), *shares, *area]


def as_record(teller: Teller) -> dict[str, Any]:
    """The review as one mapping."""
    review = teller.review
    return {
        "outcome": review.outcome,
        "metrics": [_figures(teller, own) for own in review.figures],
        "rest": one(review.rest),
        "findings": [_finding(told) for told in teller.findings()],
        "moves": [_move(teller, move) for move in review.moves],
        "unjudged": [_unjudged(each) for each in review.unjudged],
    }


def _figures(teller: Teller, own: Figures) -> dict[str, Any]:
    numbers = {name: one(getattr(own, name)) for name in ("measured", "weight", "influence", "moved", "area")}
    return {"metric": own.metric, "title": teller.name(own.metric), "advice": advice(own.advice), **numbers}


def _finding(told: Told) -> dict[str, Any]:
    facts = {name: one(fact) if isinstance(fact, float | int) else fact for name, fact in told.finding.facts.items()}
    return {
        "check": told.finding.check,
        "about": told.finding.about,
        "cause": told.finding.cause,
        "advice": told.advice,
        "evidence": told.evidence,
        "proposal": told.proposal,
        "facts": facts,
    }


def _move(teller: Teller, move: Move) -> dict[str, Any]:
    key = None if move.who is None else dict(move.who)
    numbers = {name: one(getattr(move, name)) for name in ("before", "after", "usual", "spread", "z")}
    return {"metric": move.metric, "key": key, "period": move.period.label, **numbers, "better": move.better}


def _unjudged(each: Unjudged) -> dict[str, Any]:
    return {"check": each.check, "about": each.about, "cause": each.cause, **each.facts}


def as_rows(teller: Teller) -> tuple[list[str], list[list[Any]]]:
    """The heads and a row for every finding and every move, then for what cannot be judged."""
    rows: list[list[Any]] = [
        [told.finding.check, told.finding.about, told.advice, told.evidence, told.proposal] for told in teller.findings()
    ]
    rows += [["moves", move.metric, "", teller.move(move), ""] for move in teller.review.moves]
    rows += [["unjudged", "", "", line, ""] for line in teller.unjudged()]
    return ["check", "about", "advice", "evidence", "proposal"], rows


def as_markdown(teller: Teller) -> str:
    """The table of metrics, the findings, the moves and what cannot be judged."""
    rows = [[teller.say(f"advice.{told.advice}"), told.name, told.evidence, told.proposal] for told in teller.findings()]
    parts = [as_table(heads(teller), [cells(teller, own) for own in teller.review.figures])]
    parts.append("".join(f"- {escaped(line)}\n" for line in remarks(teller)))
    if rows:
        columns = [teller.say(f"review.column.{name}") for name in ("advice", "about", "evidence", "proposal")]
        parts.append(f"## {teller.say('review.found')}\n\n" + as_table(columns, rows))
    moves, unjudged = [teller.move(move) for move in teller.review.moves], list(teller.unjudged())
    for key, lines in (("review.moved", moves), ("review.cannot", unjudged)):
        if lines:
            parts.append(f"## {teller.say(key)}\n\n" + "".join(f"- {escaped(line)}\n" for line in lines))
    return f"# {escaped(title_of(teller.scorecard, teller.language))}\n\n" + "\n".join(parts)
