"""What came of the cases as JUnit XML, which build servers show."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from scorecard.cases.told import Suite, wrong
from scorecard.report.junit import attribute, document


def as_junit(suites: Sequence[Suite], language: str) -> str:
    """A suite per definition; a case that could not be scored is an error, one that came out otherwise a failure."""
    root = Element("testsuites", name="scorecard test")
    for suite in suites:
        failed = sum(not tried.passed and not tried.issues for tried in suite.tried)
        errors = sum(bool(tried.issues) for tried in suite.tried)
        counts = {"tests": len(suite.tried), "failures": failed, "errors": errors, "skipped": 0}
        node = SubElement(root, "testsuite", {"name": suite.file, **{name: str(count) for name, count in counts.items()}})
        for tried in suite.tried:
            at = {"file": place.file, "line": str(place.line)} if (place := tried.case.place) is not None else {}
            case = SubElement(node, "testcase", {"name": tried.case.id, "classname": suite.scorecard.id, **at})
            if not tried.passed:
                said = [attribute(text) for text in wrong(suite, tried, language)]
                problem = SubElement(case, "error" if tried.issues else "failure", message=said[0])
                problem.text = "\n".join(said)
    return document(root)
