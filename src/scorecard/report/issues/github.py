"""Annotations of a GitHub workflow: commands that its log is read for.

GitHub shows ten errors, ten warnings and ten notices of a step and drops the rest without a word. The most are given that are
shown, the worst first; the others stay lines of the log, and a last line counts them.
"""

from __future__ import annotations

from scorecard.describe import headline
from scorecard.model.issue import Issue, Level
from scorecard.report.issues import LEVELS, Checked

SHOWN = 10
"""annotations of a kind in one step"""
_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "notice"}


def written(checked: Checked) -> str:
    lines, rest = [], []
    for level in LEVELS:
        issues = [issue for issue in checked.issues if issue.level is level]
        room = SHOWN - 1 if level is Level.INFO else SHOWN  # one is kept for the count
        lines += [_annotation(issue, checked) for issue in issues[:room]]
        rest += issues[room:]
    if rest:
        said = f"{len(rest)} more are in the log: GitHub shows {SHOWN} annotations of a kind"
        lines += [*(_plain(headline(issue, checked.language)) for issue in rest), f"::notice title=scorecard::{_data(said)}"]
    return "".join(f"{line}\n" for line in lines)


def _annotation(issue: Issue, checked: Checked) -> str:
    place, title = issue.place, f"scorecard {issue.code}"
    where = {"title": title}
    if place is not None:
        at = {"line": place.line, "endLine": place.line, "col": place.column, "endColumn": place.column + place.length}
        where = {"file": checked.path(place.file), **{key: str(value) for key, value in at.items()}, **where}
    properties = ",".join(f"{key}={_property(value)}" for key, value in where.items())
    return f"::{_COMMANDS[issue.level]} {properties}::{_data(checked.message(issue))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _plain(text: str) -> str:
    """A line that is not taken for a command, whatever names it holds."""
    line = " ".join(text.splitlines())
    return f" {line}" if line.lstrip().startswith("::") else line
