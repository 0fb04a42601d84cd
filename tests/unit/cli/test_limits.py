"""`run --fail-under`, `--fail-on` and `--baseline`: what fails, what cannot be judged, what could be asked for."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

FILE = "acme.scorecard.yaml"
ALL = ("coverage: 0.5", "coverage: 0"), ("{customer_id: C3, rating: 5}", "{customer_id: C3, rating: 5, nps: 60}")
KNOWN = "{customer_id: nobody, rating: 1}", "{customer_id: D4, rating: 3.5, nps: 20}"


@pytest.fixture
def full(write) -> str:
    """A definition in which everybody is scored: 73.8, 21.9, 100 and 50."""
    return write(*ALL, KNOWN)


@pytest.mark.parametrize(
    ("limits", "code", "said"),
    [
        (["--fail-under", "20"], 0, "gate total.score >= 20 holds for all 4"),
        (["--fail-under", "50"], 1, "gate total.score >= 50 fails for 1: 上海某某科技"),
        (["--fail-under", "rating=16"], 0, "gate rating.score >= 16 holds for all 4"),
        (["--fail-under", "rating=20"], 1, "gate rating.score >= 20 fails for 1"),
        (["--fail-on", "red"], 1, 'gate total.band != "red" fails for 2: 上海某某科技, D4'),
        (["--fail-on", "insufficient"], 0, 'gate total.band != "insufficient" holds for all 4'),
        (["--fail-under", "20", "--fail-on", "red"], 1, "gate total.score >= 20 holds"),
    ],
)
def test_limits_are_gates(run, full: str, limits: list[str], code: int, said: str) -> None:
    result = run("run", full, *limits)
    assert result.code == code
    assert said in result.out


def test_they_are_in_the_files_too(run, full: str) -> None:
    gates = json.loads(run("run", full, "--fail-under", "50", "--format", "json").out)["gates"]
    assert [(gate["id"], gate["passed"], gate["fails"]) for gate in gates] == [("fail-under total", False, 1)]


def test_who_has_no_score_is_no_pass(run) -> None:
    result = run("run", FILE, "--fail-under", "1")
    assert result.code == 4
    assert "cannot be judged for 1: D4" in result.out
    assert run("run", FILE, "--fail-on", "amber").code == 1
    assert run("run", FILE, "--fail-on", "insufficient").code == 1


def test_a_metric_that_does_not_apply_is_not_asked(run, write) -> None:
    name = write(*ALL, KNOWN, ("weight: 3, worst: 2", 'weight: 3, applies_when: tier == "strategic", worst: 2'))
    result = run("run", name, "--fail-under", "rating=70")
    assert (result.code, "holds for all 4" in result.out) == (0, True)


def test_room_to_spare_is_said(run, full: str) -> None:
    assert "--fail-under 21 would hold too" in run("run", full, "--fail-under", "10").out
    assert "--fail-under rating=16 would hold too" in run("run", full, "--fail-under", "rating=10").out
    assert "would hold" not in run("run", full, "--fail-under", "21").out
    assert "would hold" not in run("run", full, "--fail-under", "30").out
    assert "--fail-under 21 也能通过" in run("run", full, "--fail-under", "10", "--lang", "zh").out


def test_where_low_is_good_under_is_above(run, write) -> None:
    risk = (("bands: {red: {from: 0}", "direction: lower\nbands: {green: {from: 0}"), ("green: {from: 80}}", "red: {from: 80}}"))
    name = write(*ALL, KNOWN, *risk)
    result = run("run", name, "--fail-under", "60")
    assert result.code == 1
    assert "gate total.score <= 60 fails for 1: 上海某某科技" in result.out
    assert "--fail-under 79 would hold too" in run("run", name, "--fail-under", "90").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--fail-under", "much"], "SC931"),
        (["--fail-under", "=5"], "SC931"),
        (["--fail-under", "nan"], "SC931"),
        (["--fail-under", "ratign=5"], "did you mean 'rating'"),
        (["--fail-on", "Red"], "SC711"),
        (["--tolerance", "2"], "--baseline"),
        (["--max-age", "2"], "--baseline"),
        (["--baseline", "nowhere.json"], "SC932"),
        (["--baseline", FILE], "SC932"),
        (["--baseline", "acme.json", "--tolerance", "-1"], "tolerance"),
    ],
)
def test_wrong_usage(run, arguments: list[str], said: str) -> None:
    result = run("run", FILE, *arguments)
    assert result.code == 2
    assert said in result.err
    assert "Traceback" not in result.err


# ------------------------------------------------------------ a baseline


@pytest.fixture
def baseline(run, full: str):
    """The result of the definition in which everybody is scored, with some scores made others."""
    run("run", full, "--out", "base.json")
    written = json.loads(Path("base.json").read_text("utf-8"))

    def made(**scores: float | None) -> str:
        for entity in written["entities"]:
            entity["score"] = scores.get(entity["key"]["customer_id"], entity["score"])
        Path("base.json").write_text(json.dumps(written), encoding="utf-8")
        return "base.json"

    made.written = written  # type: ignore[attr-defined]
    return made


def test_the_same_again_holds(run, full: str, baseline) -> None:
    result = run("run", full, "--baseline", baseline())
    assert result.code == 0
    assert "gate total.score >= baseline holds for all 4" in result.out


@pytest.mark.parametrize(("tolerance", "code"), [("0", 1), ("0.9", 1), ("1", 0), ("5", 0)])
def test_worse_by_more_than_is_allowed_fails(run, full: str, baseline, tolerance: str, code: int) -> None:
    result = run("run", full, "--baseline", baseline(A1=74.8, C3=20.0), "--tolerance", tolerance)
    assert result.code == code
    assert ("fails for 1: A1" in result.out) == (code == 1)


def test_who_has_no_score_any_more_is_no_pass(run, full: str, baseline) -> None:
    name = baseline(D4=50.0)
    result = run("run", FILE, "--baseline", name)
    assert result.code == 2  # another scorecard
    baseline.written["scorecard"]["id"] = "acme"
    result = run("run", FILE, "--baseline", baseline(C3=1.0, 上海某某科技=1.0))
    assert result.code == 4
    assert "cannot be judged for 1: D4" in result.out


def test_a_baseline_without_scores_lets_nothing_pass(run, full: str, baseline) -> None:
    result = run("run", full, "--baseline", baseline(A1=None, C3=None, D4=None, 上海某某科技=None))
    assert result.code == 4
    assert "has nobody to judge" in result.out


def test_who_is_new_is_not_judged(run, full: str, baseline) -> None:
    baseline.written["entities"] = [each for each in baseline.written["entities"] if each["key"]["customer_id"] != "D4"]
    result = run("run", full, "--baseline", baseline())
    assert (result.code, "holds for all 3" in result.out) == (0, True)


def test_a_baseline_that_is_too_old_shows_nothing(run, full: str, baseline) -> None:
    then = datetime.now().astimezone() - timedelta(days=100)
    baseline.written["provenance"]["made_at"] = then.isoformat(timespec="seconds")
    name = baseline()
    assert run("run", full, "--baseline", name, "--max-age", "100").code == 0
    result = run("run", full, "--baseline", name, "--max-age", "90")
    assert result.code == 4
    assert "100 days old, and at most 90 are allowed" in result.err


def test_something_else_than_a_result(run, full: str, baseline) -> None:
    for broken in ("[]", "{}", '{"schema": "scorecard-evaluation/1"}', "{" * 100_000, '{"scorecard": 3}'):
        Path("base.json").write_text(broken, encoding="utf-8")
        result = run("run", full, "--baseline", "base.json")
        assert (result.code, "SC932" in result.err) == (2, True), broken
