"""Word, PowerPoint and PDF from the command line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scorecard.report import browser, destinations

DEMO = str(Path(__file__).parents[3] / "configs" / "demo" / "demo.scorecard.yaml")


@pytest.mark.parametrize("suffix", ["docx", "pptx"])
def test_the_suffix_says_what_is_written(run, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"报告.{suffix}"
    assert run("run", DEMO, "--period", "2026-Q3", "--lang", "zh", "--out", str(target)).code == 0
    assert target.read_bytes().startswith(b"PK")


@pytest.mark.parametrize(("suffix", "extra"), [("docx", "office"), ("pptx", "office"), ("pdf", "html")])
def test_without_the_packages_it_says_what_to_install(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, extra: str
) -> None:
    monkeypatch.setattr(destinations, "find_spec", lambda name: None)
    result = run("run", DEMO, "--out", str(tmp_path / f"report.{suffix}"))
    assert result.code == 2
    assert f"pip install 'kpi-scorecard[{extra}]'" in result.err


@pytest.mark.parametrize(
    ("template", "said"), [("firm.docx", "nothing is written on the template"), ("absent.pptx", "there is no template")]
)
def test_a_template_that_nothing_is_written_on_is_said(run, tmp_path: Path, template: str, said: str) -> None:
    (tmp_path / "firm.docx").write_bytes(b"")
    result = run("run", DEMO, "--out", str(tmp_path / "report.pptx"), "--template", str(tmp_path / template))
    assert (result.code, "SC735" in result.err) == (2, True)
    assert said in result.err
    assert not (tmp_path / "report.pptx").exists()


@pytest.mark.parametrize("named", ["", "/no/such/browser"])
def test_without_a_browser_a_pdf_is_refused_before_anything_is_computed(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    monkeypatch.setattr(browser, "_COMMANDS", ())
    monkeypatch.setattr(browser, "_usual", lambda environment: ())
    monkeypatch.setenv(browser.NAMED, named)
    result = run("run", DEMO, "--out", str(tmp_path / "report.pdf"))
    assert (result.code, "SC736" in result.err) == (2, True)
    assert browser.NAMED in result.err
    assert named in result.err


def test_a_browser_that_prints_nothing_leaves_what_was_there(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing = tmp_path / "browser"
    failing.write_text("#!/bin/sh\necho it will not >&2\nexit 1\n")
    failing.chmod(0o755)
    (tmp_path / "report.pdf").write_text("before")
    monkeypatch.setenv(browser.NAMED, str(failing))
    result = run("run", DEMO, "--period", "2026-Q3", "--out", str(tmp_path / "report.pdf"))
    assert (result.code, "SC737" in result.err, "it will not" in result.err) == (3, True, True)
    assert (tmp_path / "report.pdf").read_text() == "before"


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands in for the browser")
def test_a_browser_that_does_not_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from scorecard.errors import OutputError

    slow = tmp_path / "browser"
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setenv(browser.NAMED, str(slow))
    monkeypatch.setattr(browser, "_SECONDS", 0.2)
    with pytest.raises(OutputError) as raised:
        browser.printed(b"<p>x", "", 0)
    assert raised.value.issues[0].values["reason"] == "time"


def test_browsers_are_looked_for_where_macs_and_windows_have_them() -> None:
    places = list(browser._usual({"PROGRAMFILES": "C:/Programs"}))
    assert "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" in places
    assert any(place.startswith("C:/Programs") and place.endswith("msedge.exe") for place in places)
