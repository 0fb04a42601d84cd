"""Charts from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scorecard.cli import chart
from scorecard.report.charts.picture import PICTURES

DEMO = str(Path(__file__).parents[3] / "configs" / "demo" / "demo.scorecard.yaml")


def test_the_names_of_charts_are_those_that_can_be_drawn() -> None:
    assert list(chart.CHARTS) == list(PICTURES)


def test_the_suffix_says_what_is_written(run, tmp_path: Path) -> None:
    names = [str(tmp_path / f"分布.{suffix}") for suffix in ("svg", "png", "json")]
    result = run("chart", DEMO, "bands", "--period", "2026-Q3", "--lang", "zh", *(part for name in names for part in ("--out", name)))
    assert result.code == 0
    svg, png, spec = (Path(name).read_bytes() for name in names)
    assert "健康".encode() in svg
    assert png.startswith(b"\x89PNG")
    assert sum(row["count"] for row in json.loads(spec)["data"]["values"]) == 55


def test_without_a_file_the_svg_is_the_answer(run) -> None:
    result = run("chart", DEMO, "waterfall", "-e", "project_id=P048", "--period", "2026-Q3")
    assert result.code == 0
    assert result.out.startswith("<svg")
    assert "−20.9" in result.out


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (["bands", "-e", "project_id=P048"], "SC732"),
        (["bands", "--of", "csat"], "SC732"),
        (["trend", "--by", "region"], "SC732"),
        (["trend", "--of", "csta"], "SC731"),
        (["heat", "--by", "regoin"], "SC732"),
        (["bands", "--out", "bands.gif"], "SC712"),
        (["waterfall", "-e", "project_id=P999"], "SC707"),
    ],
)
def test_what_cannot_be_drawn_is_said(run, asked: list[str], code: str) -> None:
    result = run("chart", DEMO, *asked)
    assert result.code == 2
    assert code in result.err
    assert not result.out


def test_nothing_to_draw_is_inconclusive(run) -> None:
    result = run("chart", DEMO, "waterfall", "-e", "project_id=P025", "--period", "2026-Q3")
    assert (result.code, "SC733" in result.err) == (4, True)


def test_without_the_package_it_says_what_to_install(run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chart, "find_spec", lambda name: None)
    result = run("chart", DEMO, "bands")
    assert result.code == 2
    assert "pip install 'kpi-scorecard[html]'" in result.err
    named = run("chart", DEMO, "bands", "--out", "some.png")
    assert (named.code, "'some.png' cannot be written" in named.err) == (2, True)


def test_a_font_that_is_not_there_is_said_and_stops_nothing(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from scorecard.report.charts import draw

    monkeypatch.setattr(draw, "FONTS", "No Such Font")
    result = run("chart", DEMO, "bands", "--lang", "zh", "--out", str(tmp_path / "bands.png"))
    assert (result.code, "SC734" in result.err) == (0, True)
