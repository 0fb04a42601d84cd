"""A review in words and as records: what each metric does, what was found, what moved, and what cannot be judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scorecard.advice.review.finding import Advice, Fact, Figures, Finding, Move, Review, Unjudged
from scorecard.evaluation.evaluation import Evaluation
from scorecard.report import figures
from scorecard.report.difference import difference, signed
from scorecard.report.digits import one
from scorecard.report.labels import band_of, node_of, title_of
from scorecard.report.markdown import escaped
from scorecard.report.review_words import FOUND, UNJUDGED
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
            evidence, proposal = FOUND[f"{finding.check}.{finding.cause}"]
            words = self._words(finding)
            yield Told(
                finding=finding,
                advice=advice(finding.advice),
                name=self.name(finding.about),
                evidence=evidence.format_map(words),
                proposal=proposal.format_map(words),
            )

    def unjudged(self) -> Iterator[str]:
        """A line for each thing that cannot be judged, with the metrics it cannot be judged of."""
        lines: dict[str, list[str]] = {}
        for each in self.review.unjudged:
            names = [self.name(each.about), *([self.name(str(each.facts["other"]))] if "other" in each.facts else [])]
            text = UNJUDGED[f"{each.check}.{each.cause}"].format_map({name: str(fact) for name, fact in each.facts.items()})
            lines.setdefault(text, []).append("" if each.about == "total" else " and ".join(names))
        for text, about in lines.items():
            listed = ", ".join(name for name in about if name)
            yield f"{text}: {listed}" if listed else text

    def move(self, move: Move) -> str:
        """What moved, from what to what, and what was usual."""
        whose = "everybody's median" if move.who is None else " ".join(figures.clean(part) for part in move.who.values()) or "the portfolio"
        ends = figures.change(self.value(move.before, move.metric), self.value(move.after, move.metric))
        metric = self.scorecard.metrics[move.metric]
        moved = signed(move.after - move.before, metric, self.language)
        spread = difference(move.spread, metric, self.language, _ROUGHLY)
        usual = f"usually {signed(move.usual, metric, self.language, _ROUGHLY)}, give or take {spread}"
        way = "" if move.better is None else ", for the better" if move.better else ", for the worse"
        return f"{self.name(move.metric)}, {whose}: {ends}, {moved}; {usual}: {abs(move.z):.1f} spreads off{way}"

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
            return ", ".join(band_of(self.scorecard, band, self.language) for band in str(fact).split(", "))
        if name == "edge":
            return "the target" if fact == "target" else f"the threshold of {band_of(self.scorecard, str(fact), self.language)}"
        if fact is None or isinstance(fact, str):
            return str(fact or "")
        if name in ("low", "high", "value", "best"):
            return self.value(fact, finding.about)
        if name == "width":
            return difference(fact, self.scorecard.metrics[finding.about], self.language, _ROUGHLY)
        if name in ("score", "moved", "deviation"):
            return figures.fixed(fact, figures.decimals_of(self.scorecard.total, self.scorecard.scale))
        if name in ("share", "weight", "influence"):
            return percent(fact)
        if name in ("area", "correlation"):
            return figures.fixed(fact, 2).replace("-", figures.MINUS)
        if name == "chance":
            return "less than 0.001" if fact < 1e-3 else figures.plain(fact, 2)
        return f"{fact:,.0f}"


def percent(part: float | None) -> str:
    """A share that may be negative, or more than one."""
    return "" if part is None else f"{part * 100:.0f}%".replace("-", figures.MINUS).replace(f"{figures.MINUS}0%", "0%")


def advice(own: Advice) -> str:
    return own.name.lower()


COLUMNS = {
    "metric": "metric",
    "advice": "advice",
    "measured": "measured",
    "weight": "weighs",
    "influence": "decides",
    "moved": "bands without it",
}
TELLS = "tells the outcome"
ABOUT = (
    "weighs: the mean share of the weight; decides: the share of the variance of totals, by the covariance of what it contributes; "
    "bands without it: those that would be others at weight 0"
)
ABOUT_TELLS = "tells the outcome: the area under the curve, 1 always right, 0.5 a coin; of figures half of 1 plus the rank correlation"


def remarks(teller: Teller) -> Iterator[str]:
    """What the columns of the table of metrics are."""
    yield ABOUT
    if teller.review.outcome:
        yield ABOUT_TELLS
    rest = teller.review.rest
    if rest is not None and abs(rest) >= 0.005:
        yield f"{percent(rest)} of the variance of totals is that of rules, rounding and groups that are no plain means"


def heads(teller: Teller) -> list[str]:
    """The heads of the table of metrics."""
    return [*COLUMNS.values(), *([TELLS] if teller.review.outcome else [])]


def cells(teller: Teller, own: Figures) -> list[str]:
    """A metric's line in it."""
    shares = [figures.share(own.measured), percent(own.weight), percent(own.influence), figures.share(own.moved)]
    area = ["" if own.area is None else figures.fixed(own.area, 2)] if teller.review.outcome else []
    return [teller.name(own.metric), advice(own.advice), *shares, *area]


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
    rows = [[told.advice, told.name, told.evidence, told.proposal] for told in teller.findings()]
    parts = [as_table(heads(teller), [cells(teller, own) for own in teller.review.figures])]
    parts.append("".join(f"- {escaped(line)}\n" for line in remarks(teller)))
    if rows:
        parts.append("## Found\n\n" + as_table(["advice", "about", "evidence", "proposal"], rows))
    for head, lines in (("Moved", [teller.move(move) for move in teller.review.moves]), ("Cannot be judged", list(teller.unjudged()))):
        if lines:
            parts.append(f"## {head}\n\n" + "".join(f"- {escaped(line)}\n" for line in lines))
    return f"# {escaped(title_of(teller.scorecard, teller.language))}\n\n" + "\n".join(parts)
