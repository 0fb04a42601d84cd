"""A table for a comment or the summary of a job; what it has no room for is counted."""

from __future__ import annotations

from scorecard.language.words import say
from scorecard.model.issue import Level
from scorecard.report.issues import LEVELS, Checked
from scorecard.report.tabular import as_markdown

MOST = 100
"""issues in the table: a comment on GitHub holds 65,536 characters"""
_MARKS = {Level.ERROR: "❌", Level.WARNING: "⚠️", Level.INFO: "ℹ️"}


def written(checked: Checked) -> str:
    head = f"**scorecard validate** {_summary(checked)}\n"
    worst_first = sorted(checked.issues, key=lambda issue: LEVELS.index(issue.level))
    if not worst_first:
        return head
    rows = [
        (
            f"{_MARKS[issue.level]} {issue.code}",
            f"{checked.path(issue.place.file)}:{issue.place.line}:{issue.place.column}" if issue.place is not None else "",
            checked.message(issue),
        )
        for issue in worst_first[:MOST]
    ]
    heads = [say(f"validate.column.{name}", checked.language) for name in ("code", "place", "message")]
    more = len(worst_first) - len(rows)
    rest = f"\n{say('validate.more', checked.language, count=more)}\n" if more else ""
    return f"{head}\n{as_markdown(heads, rows)}{rest}"


def _summary(checked: Checked) -> str:
    def counted(what: str, count: int) -> str:
        return say(f"validate.{what}.one" if count == 1 else f"validate.{what}", checked.language, count=count)

    files, errors, warnings = len(checked.files), checked.count(Level.ERROR), checked.count(Level.WARNING)
    if not errors and not warnings:
        return say("validate.fine", checked.language, files=counted("files", files))
    counts = {"errors": counted("errors", errors), "warnings": counted("warnings", warnings)}
    return say("validate.count", checked.language, files=counted("files", files), **counts)
