"""What changed since the period before, in words: one line, and a column that adds up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from scorecard.advice.since import Changed, Since
from scorecard.language.words import say
from scorecard.model.definition import Metric, Rounding, Scorecard
from scorecard.model.state import State
from scorecard.report import figures
from scorecard.report.digits import one
from scorecard.report.labels import band_of, node_of
from scorecard.report.reasons import Column, Entry
from scorecard.scoring.rounding import largest_remainder, rounded, span_of

FIRST = 3
"""changes that the one line names"""
_NOISE = 1e-9
_KEYS = ("target", "worst", "weight", "coverage", "thresholds")
"""numbers of a node, those first that people ask for first"""


class SinceTeller:
    """Words a split, at the decimals of the score."""

    def __init__(self, scorecard: Scorecard, since: Since, decimals: int, language: str) -> None:
        self.scorecard = scorecard
        self.since = since
        self.decimals = decimals
        self.language = language
        self.points = self._printed()

    @property
    def shown(self) -> list[tuple[Changed, float]]:
        """The changes that moved the score as it is printed, the largest first."""
        moved = [(part, points) for part, points in zip(self.since.parts, self.points, strict=True) if points]
        return sorted(moved, key=lambda pair: -abs(pair[1]))

    def line(self) -> str:
        """`since 2026-Q2: −1.2 = Tickets closed in time −5.0, Contracts kept +4.0, others −0.2`."""
        if self.since.missing is not None:
            return self._say(f"since.{self.since.missing}", period=self.since.period)
        shown = self.shown
        parts = [f"{self._name(part)} {self._signed(points)}" for part, points in shown[:FIRST]]
        if rest := shown[FIRST:]:
            parts.append(f"{self._say('since.others')} {self._signed(sum(points for _, points in rest))}")
        head = self._say("since.head", period=self.since.period, points=self._signed(self._total))
        return f"{head} = {self._say('list.comma').join(parts)}" if parts else head

    def column(self) -> Column | None:
        """Every change with what it is; None where there is nothing to split."""
        if self.since.missing is not None or not self.shown:
            return None
        entries = tuple(Entry(self._label(part), self._signed(points)) for part, points in self.shown)
        return Column(entries=entries, total=Entry(self._difference(), self._signed(self._total)))

    def _difference(self) -> str:
        then, now = (figures.fixed(score, self.decimals, self.language) for score in (self.since.then or 0.0, self.since.now or 0.0))
        return f"{self._say('explain.total')} {figures.change(then, now)}"

    def _label(self, part: Changed) -> str:
        name = self._name(part)
        match part.kind:
            case "value":
                return f"{name} {figures.change(self._value(part, part.then), self._value(part, part.now))}"
            case "coverage":
                states = (self._say(f"state.{State(state).name.lower()}") for state in (part.then, part.now))
                return self._say("list.colon", head=name, rest=figures.change(*states))
            case "numbers":
                return self._say("list.colon", head=name, rest=self._numbers(part))
        return name

    def _numbers(self, part: Changed) -> str:
        """The number that people ask for first, and how many more there are."""
        key = min(part.now, key=lambda key: (_KEYS.index(key.partition(".")[0]), key))
        change = figures.change(self._number(part, key, part.then[key]), self._number(part, key, part.now[key]))
        said = f"{self._key(key)} {change}"
        return said if len(part.now) == 1 else self._say("since.more_numbers", number=said, count=len(part.now) - 1)

    def _key(self, key: str) -> str:
        name, _, entry = key.partition(".")
        return (
            self._say("since.threshold", band=band_of(self.scorecard, entry, self.language))
            if name == "thresholds"
            else self._say(f"since.{name}")
        )

    def _number(self, part: Changed, key: str, number: float) -> str:
        return figures.plain(number, language=self.language) if key in ("weight", "coverage") else self._value(part, number)

    def _value(self, part: Changed, value: Any) -> str:
        node = self.scorecard.node(part.node)
        assert isinstance(node, Metric)
        return figures.value(value, node.unit, node.decimals, self.language) or "–"

    def _name(self, part: Changed) -> str:
        return self._say("since.rest") if part.kind == "rest" else node_of(self.scorecard, part.node, self.language)

    def _signed(self, points: float) -> str:
        return figures.gained(points, self.decimals, self.language) or figures.fixed(0.0, self.decimals, self.language)

    @property
    def _total(self) -> float:
        """The difference of the scores as they are printed."""
        then, now = (
            float(rounded(score, Rounding(decimals=self.decimals), span_of(self.scorecard.scale)))
            for score in (self.since.then or 0.0, self.since.now or 0.0)
        )
        return now - then

    def _printed(self) -> list[float]:
        """The points of each part as printed; they add up to the difference as printed."""
        if not self.since.parts:
            return []
        amounts = np.array([[part.points] for part in self.since.parts])
        noise = np.abs(amounts) <= _NOISE * span_of(self.scorecard.scale)
        parts = largest_remainder(np.where(noise, np.nan, amounts), self.decimals, np.array([self._total]))
        found: list[float] = np.nan_to_num(parts[:, 0]).tolist()
        return found

    def _say(self, key: str, /, **values: object) -> str:
        return say(key, self.language, **values)


def since_record(since: Since | None) -> dict[str, Any] | None:
    """The split of the JSON form; None where a scorecard has no periods."""
    if since is None:
        return None
    scores = {"period": since.period, "then": one(since.then), "now": one(since.now), "difference": one(since.difference)}
    return {**scores, "missing": since.missing, "parts": [_part(part) for part in since.parts]}


def _part(part: Changed) -> dict[str, Any]:
    return {"kind": part.kind, "node": part.node, "then": _plain(part.then), "now": _plain(part.now), "points": one(part.points)}


def _plain(value: Any) -> Any:
    match value:
        case State():
            return value.name.lower()
        case float():
            return one(value)
        case Mapping():
            return {key: one(number) for key, number in value.items()}
    return value
