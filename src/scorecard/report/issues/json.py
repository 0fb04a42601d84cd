"""A list of records, one per issue."""

from __future__ import annotations

from typing import Any

from scorecard.model.issue import Issue
from scorecard.report.issues import Checked
from scorecard.report.tabular import as_json


def written(checked: Checked) -> str:
    return as_json([_record(issue, checked) for issue in checked.issues])


def _record(issue: Issue, checked: Checked) -> dict[str, Any]:
    place = issue.place
    return {
        "code": issue.code,
        "level": issue.level.value,
        "message": checked.message(issue),
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "length": place.length if place else None,
    }
