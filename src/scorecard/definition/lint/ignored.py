"""Issues that a definition accepts: `ignore:` with a reason, perhaps of some ids only, perhaps until a day."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from scorecard.definition.lint.subject import Subject
from scorecard.model.definition import Ignored
from scorecard.model.issue import Issue, Level

UNUSED = "SC856"
EXPIRED = "SC857"
WITH_DATA = ("SC86", "SC87")
"""how the codes begin of what is found in the data only"""


def accepted(subject: Subject, issues: list[Issue], codes: Collection[str]) -> list[Issue]:
    """The issues that are not ignored, and those about entries for which there are none. `codes` are those that were looked for."""
    kept = [issue for issue in issues if not any(_covers(each, issue, subject) for each in subject.scorecard.ignore.values())]
    return [*kept, *_unused(subject, issues, codes)]


def out_of_place(subject: Subject, codes: Collection[str]) -> Iterator[Issue]:
    """Entries that are over, and entries for codes that no check has; `codes` are those of the definition alone."""
    for code, ignored in subject.scorecard.ignore.items():
        if ignored.until is not None and _over(ignored, subject):
            yield subject.issue(EXPIRED, Level.WARNING, ("ignore", code, "until"), code, code=code, day=ignored.until.isoformat())
        elif code not in codes and not code.startswith(WITH_DATA):
            yield subject.issue(UNUSED, Level.INFO, ("ignore", code), code, reason="unknown", code=code)


def _covers(ignored: Ignored, issue: Issue, subject: Subject) -> bool:
    return ignored.code == issue.code and not _over(ignored, subject) and (not ignored.of or not set(ignored.of).isdisjoint(_ids(issue)))


def _over(ignored: Ignored, subject: Subject) -> bool:
    return ignored.until is not None and ignored.until < subject.today


def _ids(issue: Issue) -> Collection[str]:
    found = issue.values.get("of")
    return found if isinstance(found, (tuple, list)) else ()


def _unused(subject: Subject, issues: list[Issue], codes: Collection[str]) -> Iterator[Issue]:
    for code, ignored in subject.scorecard.ignore.items():
        if code not in codes or _over(ignored, subject):
            continue
        found = [issue for issue in issues if issue.code == code]
        met = {id for issue in found for id in _ids(issue)}
        idle = [id for id in ignored.of if id not in met]
        if not found or idle:
            reason = "of" if found else None
            yield subject.issue(UNUSED, Level.INFO, ("ignore", code), code, reason=reason, code=code, ids=idle)
