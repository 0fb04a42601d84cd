"""Every issue code has a sentence, and a page whose examples are true."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from scorecard.definition.check import Outcome, check_file, check_text
from scorecard.hooks.registry import Registry
from scorecard.language import catalogue, pages
from scorecard.model.issue import Level

WITHOUT_EXAMPLE = {"SC001", "SC002", "SC003", "SC004", "SC014", "SC023", "SC432", "SC480", "SC481", "SC483"}
"""what a text alone cannot show: files, bytes, plugins, rows"""
OF_THE_FILE = {"SC005", "SC006", "SC020"}
"""what is wrong with a file as a whole"""
OWN = [code for code in pages.codes() if code < "SC500"]
SOURCES = Path(pages.__file__).parents[2]


def blocks(code: str, kind: str) -> list[str]:
    return re.findall(rf"^```yaml {kind}\n(.*?)^```$", pages.page(code), re.MULTILINE | re.DOTALL)


def family(code: str) -> bool:
    return code < "SC500"


def complete(code: str, text: str, check: Callable[[str], Outcome], registry: Registry) -> Outcome:
    """Examples about the file itself are taken as they are; fragments get the sections they leave out."""
    as_written = code in {"SC005", "SC006"}
    return check_text(text, "example.scorecard.yaml", registry) if as_written else check(text)


def test_every_sentence_has_a_page_and_every_page_a_sentence() -> None:
    assert set(filter(family, pages.codes())) == set(filter(family, catalogue.codes()))


@pytest.mark.parametrize("code", OWN)
def test_a_page_says_what_why_example_and_fix(code: str) -> None:
    text = pages.page(code)
    assert text.startswith(f"# {code}: ")
    assert re.findall(r"^## (\w+)$", text, re.MULTILINE) == ["What", "Why", "Example", "Fix"]
    assert blocks(code, "bad") or code in WITHOUT_EXAMPLE


@pytest.mark.parametrize("code", [code for code in OWN if code not in WITHOUT_EXAMPLE])
def test_a_bad_example_yields_its_code(code: str, check: Callable[[str], Outcome], registry: Registry) -> None:
    for text in blocks(code, "bad"):
        issues = complete(code, text, check, registry).issues
        assert code in {issue.code for issue in issues}, [(issue.code, dict(issue.values)) for issue in issues]
        assert {issue.code for issue in issues if issue.level is Level.ERROR} <= {code}


@pytest.mark.parametrize("upper", [False, True], ids=["in a layer", "over a layer"])
@pytest.mark.parametrize("code", [code for code in OWN if code not in WITHOUT_EXAMPLE | OF_THE_FILE])
def test_an_issue_points_at_the_layer_that_holds_the_value(
    code: str, upper: bool, rest: Callable[[str], str], registry: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for text in blocks(code, "bad"):
        if upper and "extends:" in text:
            continue
        wrong, right = ("client.yaml", "base.yaml") if upper else ("base.yaml", "client.yaml")
        files = {wrong: f"{text}\n", right: f"{rest(text)}schema: scorecard/1\n"}
        files["client.yaml"] += "extends: base.yaml\n"
        for name, written in files.items():
            Path(name).write_text(written, encoding="utf-8")
        places = [issue.place for issue in check_file("client.yaml", registry).issues if issue.code == code]
        assert places
        assert {place.file for place in places if place is not None} == {wrong}


@pytest.mark.parametrize("code", OWN)
def test_a_good_example_is_clean(code: str, check: Callable[[str], Outcome], registry: Registry) -> None:
    for text in blocks(code, "good"):
        outcome = complete(code, text, check, registry)
        assert outcome.scorecard is not None, [(issue.code, dict(issue.values)) for issue in outcome.issues]
        assert code not in {issue.code for issue in outcome.issues}


def test_every_code_in_the_source_has_a_sentence() -> None:
    used = {code for file in (SOURCES / "definition").rglob("*.py") for code in re.findall(r'"(SC\d{3})"', file.read_text("utf-8"))}
    assert used
    assert used <= set(catalogue.codes())


def test_every_sentence_about_definitions_is_used() -> None:
    files = [file for part in ("definition", "engine", "evaluation") for file in (SOURCES / part).rglob("*.py")]
    used = {code for file in files for code in re.findall(r"SC\d{3}", file.read_text("utf-8"))}
    assert {code for code in catalogue.codes() if code < "SC300" or "SC400" <= code < "SC500"} <= used


@pytest.mark.parametrize("code", [code for code in OWN if code not in WITHOUT_EXAMPLE])
def test_a_sentence_leaves_no_placeholder_open(code: str, check: Callable[[str], Outcome], registry: Registry) -> None:
    for text in blocks(code, "bad"):
        for issue in complete(code, text, check, registry).issues:
            said = catalogue.sentence(issue.code, issue.values)
            named = {name for template in catalogue.templates(issue.code) for name in re.findall(r"\{([a-z_]+)\}", template)}
            assert not any(f"{{{name}}}" in said for name in named), said


def test_a_page_without_a_code_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        pages.page("../SC104")
