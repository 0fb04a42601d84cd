"""Issues in the forms of build servers: what their schemas ask, whatever the definition holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest

from scorecard.app import registry
from scorecard.definition.check import check_file
from scorecard.definition.fixes import documents_of, fixes_of
from scorecard.report.issues import FORMS, Checked, written

SARIF = Path(__file__).parents[1] / "editors" / "node_modules" / "@microsoft" / "jest-sarif" / "lib" / "schemas" / "sarif-2.1.0-rtm.5.json"
HOSTILE = """\
schema: scorecard/1
entity: {key: [c], roster: r}
sources: {r: {type: inline, rows: [{c: 1}]}}
metrics:
  "a::b,c%0A]]>\\x07\\U0001F600": {worst: 0, target: 5}
  csat: {wrst: 0, target: 5, title: "::error ::x"}
  客户满意度: {worst: 0, targt: 5}
"""


@pytest.fixture
def checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checked:
    monkeypatch.chdir(tmp_path)
    file = "a b,c%：客户.scorecard.yaml"
    Path(file).write_text(HOSTILE, encoding="utf-8")
    issues = check_file(file, registry()).issues
    assert len(issues) >= 3
    return Checked(files=[file], issues=issues, fixes=fixes_of(issues, documents_of(issues)), root=tmp_path)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_holds_every_issue(checked: Checked, form: str) -> None:
    text = written(checked, form)
    assert all(issue.code in text for issue in checked.issues)
    assert text == written(checked, form)


@pytest.mark.parametrize("form", FORMS)
def test_nothing_wrong_is_a_form_too(checked: Checked, form: str) -> None:
    fine = Checked(files=checked.files, issues=[], root=checked.root)
    text = written(fine, form)
    if form in ("json", "gitlab"):
        assert json.loads(text) == []
    elif form == "sarif":
        assert json.loads(text)["runs"][0]["results"] == []
    elif form == "junit":
        assert [suite.attrib["tests"] for suite in ElementTree.fromstring(text)] == ["1"]


def test_a_github_annotation_is_one_command_whatever_it_says(checked: Checked) -> None:
    lines = written(checked, "github").splitlines()
    assert len(lines) == len(checked.issues)
    for line in lines:
        _, head, message = line.split("::", 2)
        command, _, properties = head.partition(" ")
        assert command == "error"
        assert dict(pair.split("=", 1) for pair in properties.split(","))["file"] == "a b%2Cc%25：客户.scorecard.yaml"
        assert message


def test_a_gitlab_fingerprint_outlives_an_edit_above(checked: Checked) -> None:
    before = [each["fingerprint"] for each in json.loads(written(checked, "gitlab"))]
    assert len(set(before)) == len(before)
    path = Path(checked.files[0])
    path.write_text("# a comment\n\n" + path.read_text("utf-8"), encoding="utf-8")
    after = Checked(files=checked.files, issues=check_file(path, registry()).issues, root=checked.root)
    assert [each["fingerprint"] for each in json.loads(written(after, "gitlab"))] == before


@pytest.mark.skipif(not SARIF.exists(), reason="needs `npm ci` in tests/editors")
def test_sarif_is_valid_and_its_fixes_mend(checked: Checked) -> None:
    found: dict[str, Any] = json.loads(written(checked, "sarif"))
    jsonschema.Draft7Validator(json.loads(SARIF.read_text("utf-8"))).validate(found)
    (run,) = found["runs"]
    fixes = [fix for result in run["results"] for fix in result.get("fixes", ())]
    assert len(fixes) == 2
    lines = Path(checked.files[0]).read_text("utf-8").split("\n")
    for fix in fixes:
        (change,) = fix["artifactChanges"]
        (one,) = change["replacements"]
        region, text = one["deletedRegion"], one["insertedContent"]["text"]
        line = lines[region["startLine"] - 1]
        lines[region["startLine"] - 1] = line[: region["startColumn"] - 1] + text + line[region["endColumn"] - 1 :]
    Path(checked.files[0]).write_text("\n".join(lines), encoding="utf-8")
    assert [issue.code for issue in check_file(checked.files[0], registry()).issues] == ["SC106"]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert (
            result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            == "a%20b%2Cc%25%EF%BC%9A%E5%AE%A2%E6%88%B7.scorecard.yaml"
        )
