"""Charts: what they draw adds up, says what it is, and takes any name for text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from scorecard.describe import width
from scorecard.evaluation.evaluation import Evaluation
from scorecard.report.charts import heat
from scorecard.report.charts.draw import draw, shows
from scorecard.report.charts.picture import PICTURES, Picture, Wish
from scorecard.report.charts.shade import legend, shades
from scorecard.report.charts.theme import DARK, LIGHT, THEMES, Theme
from scorecard.report.colors import GREY, SHADES, letters_on
from scorecard.report.portfolio import portfolio
from scorecard.report.wrap import wrapped

HOSTILE = ["<script>alert(1)</script>", "=cmd|'/c calc'!A1", "a\u202eb", "x" * 500, "🙂 emoji", "two\nlines", "\x07bell"]


def wish(evaluation: Evaluation, **about: object) -> Wish:
    period, scores = list(evaluation.periods)[-1]
    return Wish(portfolio=portfolio(evaluation, period, scores), **about)  # type: ignore[arg-type]


def svg(picture: Picture) -> str:
    return draw(picture.spec, picture.rows, "svg").decode()


@pytest.fixture
def hostile(evaluation: Callable[..., Evaluation]) -> Evaluation:
    count = len(HOSTILE)
    book = {"id": HOSTILE, "note": HOSTILE, "size": [1] * count}
    facts = {"id": HOSTILE, "a": [3.0 + place for place in range(count)], "b": [0.9] * count, "on_day": ["2025-05-01"] * count}
    return evaluation(book, facts, period="2025-Q2")


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("what", PICTURES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_chart_is_drawn_with_a_title_and_a_description(mixed: Evaluation, what: str, theme: Theme, language: str) -> None:
    picture = PICTURES[what](wish(mixed, theme=theme, language=language))
    drawn = svg(picture)
    title = picture.spec["title"]["text"][0]
    assert title in drawn
    assert theme.paper.lower() in drawn.lower()
    assert "values" not in picture.spec["data"], "a spec names its data, and a page gives them"
    assert picture.spec["description"].startswith(title)
    root = ElementTree.fromstring(drawn)
    assert (root.get("role"), root.get("aria-label")) == ("img", picture.spec["description"])
    assert not re.search(r"\d\.\d{6,}(?=[^\d.,]*</text>)", drawn), "a number with many decimals is shown"


def test_a_png_is_twice_as_wide_as_it_is_asked_to_be(mixed: Evaluation) -> None:
    picture = PICTURES["bands"](wish(mixed, width=400))
    png = draw(picture.spec, picture.rows, "png")
    assert int.from_bytes(png[16:20], "big") == 800


@pytest.mark.parametrize("row", [None, 0, 1, 2])
def test_a_waterfall_adds_up_as_it_is_printed(mixed: Evaluation, row: int | None) -> None:
    rows = PICTURES["waterfall"](wish(mixed, row=row)).rows
    first, *steps, last = rows
    assert (first["kind"], last["kind"]) == ("whole", "score")
    numbers = [float(step["text"].replace("−", "-").replace("+", "")) for step in steps]
    assert numbers == pytest.approx([step["points"] for step in steps])
    assert float(first["text"]) + sum(numbers) == pytest.approx(float(last["text"]), abs=1e-9)
    assert numbers == sorted(numbers)
    assert all((step["kind"] == "lost") == (step["points"] < 0) for step in steps)


def test_many_losses_end_in_one_bar_for_the_others(mixed: Evaluation) -> None:
    from scorecard.report.charts.waterfall import waterfall_rows
    from scorecard.report.points import Said

    rules = {f"r{place}": replace(mixed.scorecard.rules["lifted"], id=f"r{place}") for place in range(20)}
    lost = {Said("third", "rule", rule): 1.0 + place / 100 for place, rule in enumerate(rules)}
    rows = waterfall_rows(replace(mixed.scorecard, rules=rules), lost, 100 - sum(lost.values()), "amber", 1, "en")
    assert len(rows) == 14
    assert rows[-2]["label"] == "9 others"
    assert 100 + sum(row["points"] for row in rows[1:-1]) == pytest.approx(float(rows[-1]["text"]), abs=0.05)


def test_a_histogram_counts_everybody_once_and_is_cut_where_bands_begin(mixed: Evaluation) -> None:
    asked = wish(mixed)
    rows = PICTURES["scores"](asked).rows
    assert sum(row["count"] for row in rows) == asked.portfolio.scored
    for start in (60.0, 80.0):
        assert all(row["high"] <= start + 1e-9 or row["low"] >= start - 1e-9 for row in rows)


def test_bands_of_several_periods_are_those_that_are_shown(mixed: Evaluation) -> None:
    rows = PICTURES["bands"](wish(mixed)).rows
    assert list(dict.fromkeys(row["period"] for row in rows)) == ["2025-Q1", "2025-Q2"]
    for period, scores in mixed.periods:
        known = int(np.isfinite(np.asarray(scores.cells["total.score"])).sum())
        assert sum(row["count"] for row in rows if row["period"] == period.label and row["band"] != "insufficient") == known


def test_a_trend_of_a_metric_shows_its_value_and_target(mixed: Evaluation) -> None:
    rows = PICTURES["trend"](wish(mixed, row=2, node="first")).rows
    assert [(row["period"], row["value"], row["target"]) for row in rows] == [("2025-Q1", 2.0, 8.0), ("2025-Q2", 1.0, 8.0)]


def test_a_heat_map_has_every_part_in_every_row(mixed: Evaluation) -> None:
    for by in (None, "size", "segment"):
        picture = PICTURES["heat"](wish(mixed, by=by))
        columns = 1 + max(row["column"] for row in picture.rows)
        assert [(row["row"], row["column"]) for row in picture.rows] == [divmod(place, columns) for place in range(len(picture.rows))]


def _heads(spec: dict[str, Any]) -> tuple[list[list[str]], dict[str, Any]]:
    return next(one["value"] for one in spec["params"] if one["name"] == "heads"), spec["encoding"]["x"]["axis"]


@pytest.mark.parametrize("pixels", [320, 390, 640])
@pytest.mark.parametrize("name", ["Satisfaction of all customers", "客户满意度与交付质量", "x"])
def test_names_over_a_heat_map_leave_each_other_room(pixels: int, name: str) -> None:
    rows = [{"row": row, "label": "north · 14", "part": f"{name} {part}"} for row in range(2) for part in range(6)]
    heads, axis = _heads(heat.heat((), rows, width=pixels))
    assert len(heads) == 6
    if axis["labelAngle"]:
        assert {len(lines) for lines in heads} == {1}
    else:
        room = (pixels - 100) / 6
        assert all(width(line) * 6 <= room for lines in heads for line in lines)
        assert axis["labelPadding"] >= 14 * (len(heads[0]) - 1), "what stands on several lines would stand in the cells"


def test_a_word_longer_than_a_cell_is_read_from_below_and_not_broken() -> None:
    rows = [{"row": 0, "label": "a", "part": "Satisfaction"}, *({"row": 0, "label": "a", "part": "Value"} for _ in range(5))]
    heads, axis = _heads(heat.heat((), rows, width=320))
    assert (heads[0], axis["labelAngle"]) == (["Satisfaction"], -90)


def test_a_legend_begins_with_the_best_band_and_ends_with_too_little_measured(mixed: Evaluation) -> None:
    assert legend(shades(mixed.scorecard, "en"), "container")["values"] == ["green", "amber", "red", "insufficient"]


@pytest.mark.parametrize(("what", "about"), [("heat", {}), ("heat", {"by": "note"}), ("waterfall", {"row": 0}), ("waterfall", {"row": 3})])
def test_hostile_names_are_text(hostile: Evaluation, what: str, about: dict[str, object]) -> None:
    drawn = svg(PICTURES[what](wish(hostile, **about)))
    ElementTree.fromstring(drawn)
    assert "<script" not in drawn
    assert "\u202e" not in drawn
    assert "\x07" not in drawn
    assert int(re.search(r'width="(\d+)"', drawn)[1]) == 640  # type: ignore[index]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_letters_are_read_on_their_ground(theme: Theme) -> None:
    for ink in (theme.ink, theme.quiet):
        assert contrast(ink, theme.paper) >= 4.5
    for color in (*SHADES, GREY, "#009E73", "#CC79A7", "#777777"):
        assert contrast(letters_on(color), color) >= 4.5


def contrast(one: str, other: str) -> float:
    def luminance(color: str) -> float:
        parts = np.array([int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)])
        linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
        return float(linear @ [0.2126, 0.7152, 0.0722])

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_chinese_that_no_font_shows_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    from scorecard.report.charts import draw as drawing

    assert shows("no such letters")
    monkeypatch.setattr(drawing, "FONTS", "No Such Font")
    assert not shows("中文")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one two three", ["one two", "three"]),
        ("客户满意度与服务", ["客户满意度", "与服务"]),
        ("onetwothreefour and more still", ["onetwothr…"]),
        ("x" * 500, ["x" * 10, "x" * 9 + "…"]),
        ("", [""]),
    ],
)
def test_texts_are_cut_into_lines(text: str, lines: list[str]) -> None:
    found = wrapped(text, 10, len(lines))
    assert found == lines
    assert all(width(line) <= 10 for line in found)


def test_a_narrow_chart_has_its_bands_in_several_lines() -> None:
    from scorecard.report.charts.shade import Shade, legend

    bands = [Shade(str(place), "a rather long name", "#000000") for place in range(4)]
    assert legend(bands, 320)["columns"] == 1
    assert "columns" not in legend(bands, 1000)
    assert "columns" not in legend(bands, "container")
