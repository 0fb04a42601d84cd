"""The words of `scorecard test`."""

from __future__ import annotations

ENGLISH = {
    "test.differs": "{name}: {found}, expected {wanted}",
    "test.uncovered": "not shown by any case: {kind} {names}",
    "test.skip": "a metric whose weight goes to the others",
    "test.kind.bands": "band",
    "test.kind.rules": "rule",
    "test.kind.segments": "segment",
    "test.kind.exemptions": "exemption",
    "test.kind.recommendations": "recommendation",
    "test.kind.missing": "missing data:",
    "test.none": "no case was run",
    "test.cases": "{count} cases",
    "test.cases.one": "1 case",
    "test.failed": "{cases}, {failed} failed",
    "test.passed": "{cases}, as expected",
    "test.column.case": "case",
    "test.column.file": "definition",
    "test.column.result": "result",
    "test.ok": "as expected",
    "test.wrong": "failed",
}
