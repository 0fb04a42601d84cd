"""SARIF 2.1.0 (OASIS), the form in which tools hand results to code scanning; with the fixes that are safe to make."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from scorecard import __version__
from scorecard.language.pages import page
from scorecard.model.issue import Issue, Level, Place
from scorecard.report.issues import Checked
from scorecard.report.issues.gitlab import fingerprints
from scorecard.report.tabular import as_json

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}


def written(checked: Checked) -> str:
    rules = sorted({issue.code for issue in checked.issues})
    run = {
        "tool": {"driver": {"name": "scorecard", "version": __version__, "rules": [_rule(code) for code in rules]}},
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": _location(checked, file)} for file in checked.by_file() if file is not None],
        "results": list(_results(checked, rules)),
    }
    return as_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(code: str) -> dict[str, Any]:
    text = page(code)
    title = text.splitlines()[0].removeprefix(f"# {code}: ")
    what = text.partition("## What\n")[2].partition("\n## ")[0].strip()
    return {
        "id": code,
        "shortDescription": {"text": title},
        "fullDescription": {"text": what},
        "help": {"text": f"scorecard rule {code}", "markdown": text},
    }


def _results(checked: Checked, rules: list[str]) -> Iterator[dict[str, Any]]:
    fixes = {id(fix.issue): fix for fix in checked.fixes}
    for issue, fingerprint in fingerprints(checked):
        result: dict[str, Any] = {
            "ruleId": issue.code,
            "ruleIndex": rules.index(issue.code),
            "level": _LEVELS[issue.level],
            "message": {"text": checked.message(issue)},
            "partialFingerprints": {"scorecardIssue/v1": fingerprint},
        }
        if issue.place is not None:
            result["locations"] = [{"physicalLocation": _physical(issue, issue.place, checked)}]
        if (fix := fixes.get(id(issue))) is not None:
            changes = [
                {
                    "deletedRegion": {
                        "startLine": one.line,
                        "startColumn": one.column,
                        "endLine": one.end_line,
                        "endColumn": one.end_column,
                    },
                    "insertedContent": {"text": one.text},
                }
                for one in fix.replacements
            ]
            artifact = {"artifactLocation": _location(checked, fix.file), "replacements": changes}
            result["fixes"] = [{"description": {"text": fix.description(checked.language)}, "artifactChanges": [artifact]}]
        yield result


def _physical(issue: Issue, place: Place, checked: Checked) -> dict[str, Any]:
    snippet = {"snippet": {"text": issue.source_line}} if issue.source_line is not None else {}
    region = {"startLine": place.line, "startColumn": place.column, "endColumn": place.column + place.length, **snippet}
    return {"artifactLocation": _location(checked, place.file), "region": region}


def _location(checked: Checked, file: str) -> dict[str, str]:
    path = checked.path(file)
    return {"uri": f"file://{quote(path)}"} if path.startswith("/") else {"uri": quote(path), "uriBaseId": "%SRCROOT%"}
