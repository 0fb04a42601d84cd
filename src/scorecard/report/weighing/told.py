"""Proposed weights beside today's, in words; the same for every method."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scorecard.advice.weighing.proposal import Line, Proposal, overruled
from scorecard.language.words import say
from scorecard.model.definition import Scorecard
from scorecard.report import figures
from scorecard.report.digits import one
from scorecard.report.labels import node_of, segment_of

NOTHING = "–"
COLUMNS = ("group", "node", "title", "today", "share_today", "proposed", "share", "change")


@dataclass(frozen=True, slots=True)
class Facts:
    """A small table of what the weights rest on."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Proposed weights, what they rest on, and what to be careful about. `record` is what JSON says of the method."""

    scorecard: Scorecard
    language: str
    method: str
    proposals: Sequence[Proposal]
    facts: Sequence[Facts] = ()
    notes: Sequence[str] = ()
    record: Mapping[str, Any] = field(default_factory=dict)

    def say(self, key: str, /, **values: object) -> str:
        return say(key, self.language, **values)

    def name(self, node: str) -> str:
        return node_of(self.scorecard, node, self.language)

    def cells(self, line: Line) -> tuple[str, ...]:
        """Name, weight and share today, weight and share proposed, and by how many points of the whole the share changes."""
        today = NOTHING if line.today is None else figures.plain(line.today, language=self.language)
        change = "" if line.change is None else figures.gained(line.change * 100, 0, self.language)
        return (
            self.name(line.node),
            today,
            figures.share(line.share_today, self.language),
            figures.plain(line.weight, language=self.language),
            figures.share(line.share, self.language),
            change,
        )


def warnings(told: Told) -> Iterator[str]:
    """What a change of the definition's weights does not reach."""
    for segment, nodes in overruled(told.scorecard, told.proposals).items():
        title = segment_of(told.scorecard, segment, told.language)
        yield told.say("weighing.own_weight", segment=title, names=told.say("list.comma").join(map(told.name, nodes)))


def as_rows(told: Told) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """The heads and a row per node, with plain numbers."""
    rows = [(each.group, line.node, told.name(line.node), *_numbers(line)) for each in told.proposals for line in each.lines]
    return COLUMNS, rows


def as_record(told: Told) -> dict[str, Any]:
    """Everything as plain data; `exact` is the weight before it was rounded, of one."""
    groups = {
        each.group: [
            {"node": line.node, "title": told.name(line.node), "exact": one(exact), **dict(zip(COLUMNS[3:], _numbers(line), strict=True))}
            for line, exact in zip(each.lines, each.exact, strict=True)
        ]
        for each in told.proposals
    }
    return {"scorecard": told.scorecard.id, **told.record, "groups": groups, "notes": [*told.notes, *warnings(told)]}


def _numbers(line: Line) -> tuple[float | None, ...]:
    return tuple(map(one, (line.today, line.share_today, line.weight, line.share, line.change)))
