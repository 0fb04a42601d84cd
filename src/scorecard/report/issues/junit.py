"""JUnit XML: a suite for each file; every issue that is more than a note is a failed test, a file without any a passed one."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from scorecard.describe import render
from scorecard.model.issue import Issue, Level
from scorecard.report.issues import Checked
from scorecard.report.junit import attribute, document


def written(checked: Checked) -> str:
    root = Element("testsuites", name="scorecard validate")
    for file, issues in checked.by_file().items():
        failed = [issue for issue in issues if issue.level is not Level.INFO]
        counts = {"tests": max(len(failed), 1), "failures": len(failed), "errors": 0, "skipped": 0}
        name = checked.path(file) if file is not None else "scorecard"
        suite = SubElement(root, "testsuite", {"name": attribute(name), **{key: str(count) for key, count in counts.items()}})
        for issue in failed:
            _failure(suite, name, issue, checked)
        if not failed:
            SubElement(suite, "testcase", {"name": attribute(name), "classname": "scorecard", "file": attribute(name)})
    return document(root)


def _failure(suite: Element, name: str, issue: Issue, checked: Checked) -> None:
    line = {"line": str(issue.place.line)} if issue.place is not None else {}
    at = f":{issue.place.line}:{issue.place.column}" if issue.place is not None else ""
    case = SubElement(
        suite, "testcase", {"name": attribute(f"{issue.code} {name}{at}"), "classname": "scorecard", "file": attribute(name), **line}
    )
    failure = SubElement(case, "failure", {"message": attribute(checked.message(issue)), "type": issue.level.value})
    failure.text = attribute(render(issue, checked.language))
