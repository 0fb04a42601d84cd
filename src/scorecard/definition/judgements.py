"""Judgements: how much more one metric or group counts than another, as people said, from a small YAML file.

schema: scorecard-judgements/1
groups:
  experience:
    Chen: {satisfaction > refunds: 5, satisfaction > churn_score: 3, refunds > churn_score: 1/2}
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from scorecard.definition.document import Document, Where
from scorecard.definition.layers import load
from scorecard.definition.wording import hints
from scorecard.errors import DefinitionError
from scorecard.model.definition import Scorecard
from scorecard.model.issue import Issue, Place

SCHEMA = "scorecard-judgements/1"
STRONGEST = 9
"""the end of Saaty's scale; its other end is one part in nine"""
_PAIR = re.compile(r"\s*(\w+)\s*>\s*(\w+)\s*")
_RATIO = re.compile(r"\s*([1-9][0-9]*(?:\.[0-9]+)?)\s*(?:/\s*([1-9][0-9]*))?\s*")


@dataclass(frozen=True, slots=True)
class Comparison:
    """`first` counts `ratio` times as much as `second`."""

    first: str
    second: str
    ratio: float
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgements:
    """For each group, what each judge said about the nodes directly under it."""

    file: str
    groups: Mapping[str, Mapping[str, tuple[Comparison, ...]]]


def read_judgements(file: str, scorecard: Scorecard) -> Judgements:
    """The judgements of a file about a scorecard. Raises DefinitionError with everything that is wrong with it."""
    document, issues = load(file)
    if document is None:
        raise DefinitionError(issues)
    reading = _Reading(document, scorecard, issues)
    groups = {group: dict(reading.judges(group, judges)) for group, judges in reading.groups()}
    if reading.issues:
        raise DefinitionError(sorted(reading.issues, key=lambda issue: (issue.place.line, issue.place.column) if issue.place else (0, 0)))
    return Judgements(file=file, groups=groups)


@dataclass(slots=True)
class _Reading:
    document: Document
    scorecard: Scorecard
    issues: list[Issue] = field(default_factory=list)

    def groups(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        data = self.document.data
        for key in data:
            if key not in ("schema", "groups"):
                self._report("SC741", (key,), at_key=True, reason="key", key=key, allowed=["schema", "groups"])
        if data.get("schema") != SCHEMA:
            self._report("SC741", ("schema",), reason="schema", expected=SCHEMA)
        known = ["total", *self.scorecard.groups]
        for group, judges in self._mapping(("groups",)).items():
            if group not in known:
                self._report("SC742", ("groups", group), at_key=True, reason="group", name=group, **hints(group, known))
            else:
                yield group, judges

    def judges(self, group: str, judges: object) -> Iterator[tuple[str, tuple[Comparison, ...]]]:
        for judge in self._mapping(("groups", group)):
            where: Where = ("groups", group, judge)
            said: dict[frozenset[str], Comparison] = {}
            for pair, ratio in self._mapping(where).items():
                comparison = self._comparison((*where, pair), group, pair, ratio)
                if comparison is None:
                    continue
                both = frozenset((comparison.first, comparison.second))
                if both in said:
                    self._report("SC743", (*where, pair), at_key=True, judge=judge, pair=pair, line=said[both].place.line)
                said.setdefault(both, comparison)
            yield judge, tuple(said.values())

    def _comparison(self, where: Where, group: str, pair: str, ratio: object) -> Comparison | None:
        names = _PAIR.fullmatch(pair)
        if names is None:
            self._report("SC741", where, at_key=True, reason="pair", pair=pair)
            return None
        children = [child.id for child in self.scorecard.children(group)]
        if unknown := [name for name in names.groups() if name not in children]:
            self._report("SC742", where, at_key=True, name=unknown[0], group=group, **hints(unknown[0], children))
            return None
        if names[1] == names[2]:
            self._report("SC743", where, at_key=True, reason="itself", name=names[1])
            return None
        number = _number(ratio)
        if number is None or not Fraction(1, STRONGEST) <= number <= STRONGEST:
            self._report("SC744", where, pair=pair, value=str(ratio))
            return None
        return Comparison(names[1], names[2], float(number), self._place(where, at_key=True))

    def _mapping(self, where: Where) -> Mapping[str, Any]:
        found: object = self.document.data
        for step in where:
            found = found.get(step) if isinstance(found, dict) else None
        if isinstance(found, dict) and found:
            return found
        self._report("SC741", where, reason=("groups", "judges", "comparisons")[len(where) - 1], name=str(where[-1]))
        return {}

    def _place(self, where: Where, *, at_key: bool) -> Place:
        spot = self.document.root.at(where)
        return (spot.key if at_key else None) or spot.value

    def _report(self, code: str, where: Where, *, at_key: bool = False, **values: Any) -> None:
        place = self._place(where, at_key=at_key)
        self.issues.append(Issue(code=code, place=place, values=values, source_line=self.document.line(place.line)))


def _number(written: object) -> Fraction | None:
    """A number, or a text such as 1/3."""
    found = _RATIO.fullmatch(written) if isinstance(written, str) else None
    if found is not None:
        return Fraction(found[1]) / Fraction(found[2] or 1)
    if isinstance(written, bool) or not isinstance(written, (int, float)):
        return None
    return Fraction(written).limit_denominator(10_000)
