"""Scenarios: named sets of what is supposed, to be scored side by side, from a small YAML file.

schema: scorecard-scenarios/1
scenarios:
  recover: {csat: 85, weight.csat: 3}
  hire: [sla=98%, target.sla=95%]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from scorecard.advice.suppositions import Supposed, Supposition, suppositions
from scorecard.definition.document import Document, Where
from scorecard.definition.layers import load
from scorecard.errors import DefinitionError, UsageError
from scorecard.model.definition import Scorecard
from scorecard.model.issue import Issue, Place

SCHEMA = "scorecard-scenarios/1"
MOST = 50
"""columns of a table that anybody reads"""


def read_scenarios(file: str, scorecard: Scorecard) -> dict[str, Supposed]:
    """By name, what each scenario of a file supposes. Raises DefinitionError with everything that is wrong with it."""
    document, issues = load(file)
    if document is None:
        raise DefinitionError(issues)
    reading = _Reading(document, scorecard, issues)
    scenarios = {name: tuple(reading.supposed(name)) for name in reading.names()}
    if reading.issues:
        raise DefinitionError(sorted(reading.issues, key=lambda issue: (issue.place.line, issue.place.column) if issue.place else (0, 0)))
    return scenarios


@dataclass(slots=True)
class _Reading:
    document: Document
    scorecard: Scorecard
    issues: list[Issue] = field(default_factory=list)

    def names(self) -> Iterator[str]:
        data = self.document.data
        for key in data:
            if key not in ("schema", "scenarios"):
                self._report("SC790", (key,), at_key=True, reason="key", key=key, allowed=["schema", "scenarios"])
        if data.get("schema") != SCHEMA:
            self._report("SC790", ("schema",), reason="schema", expected=SCHEMA)
        found = data.get("scenarios")
        if not isinstance(found, dict) or not found:
            self._report("SC790", ("scenarios",), reason="scenarios")
        elif len(found) > MOST:
            self._report("SC790", ("scenarios",), reason="many", count=len(found), most=MOST)
        else:
            yield from found

    def supposed(self, name: str) -> Iterator[Supposition]:
        """What a scenario supposes, each number once."""
        said: dict[tuple[str, tuple[str, ...]], str] = {}
        for where, text in self._texts(name):
            one = self._one(where, text)
            if one is None:
                continue
            if (one.node, one.key) in said:
                self._report("SC730", where, name=text.partition("=")[0].strip(), reason="twice")
            said[one.node, one.key] = text
            yield one

    def _texts(self, name: str) -> Iterator[tuple[Where, str]]:
        """`csat=85`, however it is written, with the way to it."""
        found: Any = self.document.data["scenarios"][name]
        where: Where = ("scenarios", name)
        if isinstance(found, Mapping) and found:
            for key, number in found.items():
                if isinstance(number, (int, float, str)) and not isinstance(number, bool):
                    yield (*where, key), f"{key}={number}"
                else:
                    self._report("SC790", (*where, key), reason="number", key=key)
        elif isinstance(found, list) and found:
            for place, text in enumerate(found):
                yield (*where, place), str(text)
        else:
            self._report("SC790", where, reason="empty", name=name)

    def _one(self, where: Where, text: str) -> Supposition | None:
        """The one thing that a text supposes; what is wrong with it is said at its place."""
        try:
            every = suppositions([text], self.scorecard)
        except UsageError as error:
            self.issues += [self._placed(issue, where) for issue in error.issues]
            return None
        if len(every) > 1:
            self._report("SC790", where, reason="sweep", text=text)
            return None
        return every[0][0]

    def _placed(self, issue: Issue, where: Where) -> Issue:
        place = self._place(where, at_key=issue.code == "SC731")
        return replace(issue, place=place, source_line=self.document.line(place.line))

    def _place(self, where: Where, *, at_key: bool = False) -> Place:
        spot = self.document.root.at(where)
        return (spot.key if at_key else None) or spot.value

    def _report(self, code: str, where: Where, *, at_key: bool = False, **values: Any) -> None:
        place = self._place(where, at_key=at_key)
        self.issues.append(Issue(code=code, place=place, values=values, source_line=self.document.line(place.line)))
