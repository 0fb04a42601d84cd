"""A Code Quality report of GitLab, which shows issues in a merge request.

An issue is known again by its fingerprint, which holds neither its line nor its column: an edit above it makes it no new one.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

from scorecard.model.issue import Issue, Level
from scorecard.report.issues import Checked
from scorecard.report.tabular import as_json

_SEVERITIES = {Level.ERROR: "major", Level.WARNING: "minor", Level.INFO: "info"}


def written(checked: Checked) -> str:
    return as_json(list(_entries(checked)))


def fingerprints(checked: Checked) -> Iterator[tuple[Issue, str]]:
    """Every issue with what tells it from all others: code, file, sentence, and which of several that are alike it is."""
    seen: Counter[tuple[str, ...]] = Counter()
    for issue in checked.issues:
        file = checked.path(issue.place.file) if issue.place is not None else ""
        alike = (issue.code, file, checked.message(issue))
        seen[alike] += 1
        yield issue, hashlib.sha256("\0".join((*alike, str(seen[alike]))).encode("utf-8", "replace")).hexdigest()


def _entries(checked: Checked) -> Iterator[dict[str, Any]]:
    for issue, fingerprint in fingerprints(checked):
        file = issue.place.file if issue.place is not None else checked.files[0]
        yield {
            "description": checked.message(issue),
            "check_name": issue.code,
            "fingerprint": fingerprint,
            "severity": _SEVERITIES[issue.level],
            "location": {"path": checked.path(file), "lines": {"begin": issue.place.line if issue.place is not None else 1}},
        }
