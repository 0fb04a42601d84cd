"""Follow-ups as to-dos of a calendar (RFC 5545, VTODO): one for each recommendation that was taken, and one for each of its tasks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from scorecard.advice.followup import FollowUp, Status
from scorecard.errors import UsageError
from scorecard.model.definition import Scorecard
from scorecard.model.issue import Issue
from scorecard.report.advice import Step
from scorecard.report.figures import clean
from scorecard.report.labels import node_of, title_of

if TYPE_CHECKING:
    from icalendar import Todo

STATUS: Mapping[Status, str] = {
    Status.OPEN: "NEEDS-ACTION",
    Status.DOING: "IN-PROCESS",
    Status.DONE: "COMPLETED",
    Status.DROPPED: "CANCELLED",
}
Name = tuple[tuple[str, ...], str]


def as_calendar(
    scorecard: Scorecard, followups: Sequence[FollowUp], tasks: Mapping[Name, Sequence[Step]], now: datetime, language: str
) -> bytes:
    """A calendar that most programs import; what is imported again takes the place of what was. Raises UsageError without icalendar."""
    try:
        from icalendar import Calendar
    except ImportError as error:
        raise UsageError([Issue(code="SC788", values={"package": "icalendar"})]) from error
    calendar = Calendar()
    calendar.add("prodid", "-//kpi-scorecard//follow-ups//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", title_of(scorecard, language))
    for one in followups:
        for todo in _todos(scorecard, one, tasks.get(one.name, ()), now, language):
            calendar.add_component(todo)
    found: bytes = calendar.to_ical()
    return found


def _todos(scorecard: Scorecard, one: FollowUp, tasks: Sequence[Step], now: datetime, language: str) -> Iterator[Todo]:
    who = " ".join(one.key)
    whole = _todo(scorecard, one, _id(scorecard, one, 0), who, one.action or one.recommendation, one.owner, one.due, now)
    whole.add("description", _description(scorecard, one, language))
    yield whole
    for place, step in enumerate(tasks, start=1):
        due = date.fromisoformat(step.due) if step.due else one.due
        part = _todo(scorecard, one, _id(scorecard, one, place), who, step.what, step.owner or one.owner, due, now)
        part.add("related-to", _id(scorecard, one, 0))
        yield part


def _todo(scorecard: Scorecard, one: FollowUp, uid: str, who: str, what: str, owner: str | None, due: date | None, now: datetime) -> Todo:
    from icalendar import Todo

    todo = Todo()
    todo.add("uid", uid)
    todo.add("dtstamp", now.astimezone(UTC))
    todo.add("summary", clean(f"{who}: {what}" if who else what))
    todo.add("status", STATUS[one.state])
    todo.add("categories", [scorecard.id])
    if due is not None:
        todo.add("due", due)
    if owner:
        todo.add("contact", clean(owner))
    return todo


def _description(scorecard: Scorecard, one: FollowUp, language: str) -> str:
    about = one.promise.about
    known = about in {"total", *scorecard.groups, *scorecard.metrics}
    facts = [node_of(scorecard, about, language) if known else about, *([one.note] if one.note else [])]
    return "\n".join(clean(fact) for fact in facts)


def _id(scorecard: Scorecard, one: FollowUp, place: int) -> str:
    """The same for the same to-do whenever it is written."""
    parts = "\x1f".join([scorecard.id, *one.key, one.recommendation, one.taken.isoformat(), str(place)])
    return f"{hashlib.sha256(parts.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}@kpi-scorecard"
