"""The record shapes: the same columns whatever system records come from.

Moments end in `_at`, days in `_on`; ids are text; amounts are numbers in the account's currency. A column that a system does
not have is blank. A column with words holds only those.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scorecard.model.formula import Kind


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds; `words` are the only ones it may, where that is so."""

    kind: Kind
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """The columns of one kind of record. The first is its id."""

    columns: Mapping[str, Column]

    @property
    def id(self) -> str:
        return next(iter(self.columns))


_TEXT = Column(Kind.TEXT)
_NUMBER = Column(Kind.NUMBER)
_MOMENT = Column(Kind.MOMENT)


def _shape(**columns: Column) -> Shape:
    return Shape(columns)


def _of(*words: str) -> Column:
    return Column(Kind.TEXT, words)


SHAPES: Mapping[str, Shape] = {
    "accounts": _shape(
        account_id=_TEXT,
        name=_TEXT,
        tier=_TEXT,
        industry=_TEXT,
        region=_TEXT,
        owner=_TEXT,
        status=_of("active", "inactive", "prospect"),
        created_at=_MOMENT,
    ),
    "contacts": _shape(
        contact_id=_TEXT,
        account_id=_TEXT,
        name=_TEXT,
        position=_TEXT,
        seniority=_of("staff", "manager", "director", "executive"),
        active=_of("yes", "no"),
        created_at=_MOMENT,
    ),
    "opportunities": _shape(
        opportunity_id=_TEXT,
        account_id=_TEXT,
        name=_TEXT,
        stage=_TEXT,
        amount=_NUMBER,
        probability=_NUMBER,
        status=_of("open", "won", "lost"),
        owner=_TEXT,
        created_at=_MOMENT,
        expected_on=_MOMENT,
        closed_at=_MOMENT,
    ),
    "tickets": _shape(
        ticket_id=_TEXT,
        account_id=_TEXT,
        subject=_TEXT,
        severity=_of("low", "medium", "high", "critical"),
        category=_TEXT,
        status=_of("open", "closed"),
        contacts=_NUMBER,
        opened_at=_MOMENT,
        responded_at=_MOMENT,
        closed_at=_MOMENT,
        owner=_TEXT,
    ),
    "surveys": _shape(
        survey_id=_TEXT,
        account_id=_TEXT,
        contact_id=_TEXT,
        channel=_of("mail", "phone", "online", "visit"),
        sent_at=_MOMENT,
        answered_at=_MOMENT,
        score=_NUMBER,
        comment=_TEXT,
    ),
    "orders": _shape(order_id=_TEXT, account_id=_TEXT, amount=_NUMBER, cost=_NUMBER, status=_TEXT, ordered_at=_MOMENT, paid_at=_MOMENT),
    "activities": _shape(
        activity_id=_TEXT,
        account_id=_TEXT,
        kind=_of("call", "visit", "meeting", "mail"),
        status=_of("planned", "done", "cancelled"),
        owner=_TEXT,
        planned_at=_MOMENT,
        done_at=_MOMENT,
    ),
    "projects": _shape(
        project_id=_TEXT,
        account_id=_TEXT,
        name=_TEXT,
        status=_of("open", "done", "cancelled"),
        progress=_NUMBER,
        owner=_TEXT,
        started_on=_MOMENT,
        due_on=_MOMENT,
        done_on=_MOMENT,
    ),
    "goals": _shape(
        goal_id=_TEXT,
        project_id=_TEXT,
        name=_TEXT,
        owner=_TEXT,
        target=_NUMBER,
        value=_NUMBER,
        progress=_NUMBER,
        started_on=_MOMENT,
        due_on=_MOMENT,
    ),
    "tasks": _shape(
        task_id=_TEXT,
        project_id=_TEXT,
        name=_TEXT,
        status=_of("open", "done"),
        owner=_TEXT,
        due_on=_MOMENT,
        done_on=_MOMENT,
        weight=_NUMBER,
    ),
}
