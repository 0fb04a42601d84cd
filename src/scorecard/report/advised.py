"""A recommendation as it is given to many: what to do, about what, to how many, by whom and when, and what it would bring."""

from __future__ import annotations

from dataclasses import dataclass

from scorecard.advice.playbook import due_on
from scorecard.language.words import say
from scorecard.model.definition import Scorecard
from scorecard.report import figures
from scorecard.report.labels import attribute_of, node_of
from scorecard.report.points import change_of
from scorecard.report.portfolio import Advised, Portfolio
from scorecard.report.texts import NAME, general


@dataclass(frozen=True, slots=True, kw_only=True)
class ToMany:
    """In words; `points` are those on the mean of all that have a score."""

    what: str
    about: str
    count: str
    points: str
    owner: str
    due: str


def to_many(portfolio: Portfolio, one: Advised, decimals: int, language: str) -> ToMany:
    """The words of a recommendation; what differs from one to another is left out, an owner of each is said to be each one's."""
    said, scorecard = one.recommendation, portfolio.evaluation.scorecard
    due = due_on(said.due, portfolio.period, portfolio.evaluation)
    return ToMany(
        what=figures.clean(said.title.into(language)) or general(said.action.into(language)),
        about=node_of(scorecard, said.of, language),
        count=figures.count(one.entities, language),
        points=figures.gained(change_of(-one.points / max(portfolio.scored, 1), scorecard.scale), max(decimals, 1), language),
        owner=figures.clean(NAME.sub(lambda found: _of_each(scorecard, found[1], language), said.owner.into(language))),
        due=due.isoformat() if due else "",
    )


def _of_each(scorecard: Scorecard, name: str, language: str) -> str:
    """What an attribute says of every entity on its own."""
    return say("advised.of_each", language, name=attribute_of(scorecard, name.removeprefix("entity."), language))
