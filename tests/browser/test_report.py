"""The page in a real browser: it finds, filters, sorts, links and prints; nothing is asked of anybody and nothing of a name runs."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from conftest import PHONE, Opening, Watched
from scorecard.app import evaluate
from scorecard.evaluation.evaluation import Evaluation
from scorecard.report import html

DEMO = Path(__file__).parents[2] / "configs" / "demo" / "demo.scorecard.yaml"
HOSTILE = (
    "<script>alert(1)</script>", "=cmd|'/c calc'!A1", "\u202etfel\u202c", "name " * 100, "👩‍👩‍👧 🎉", "two\nlines\x07", "a/b?c#d%2F&q=1",
    "x" * 500,
)  # fmt: skip
SMALL = """\
schema: scorecard/1
title: "Book <img src=x onerror=alert(1)>"
entity: {key: [id], roster: facts, attributes: [note]}
bands: {red: {from: 0}, amber: {from: 60}, green: {from: 80, title: "<b>fine</b>"}}
sources: {facts: {type: inline, rows: []}}
metrics:
  m: {title: "<i>m</i>", source: facts, measure: mean(a), unit: "<u>", worst: 0, target: 100}
  other: {source: facts, measure: mean(b), worst: 0, target: 1}
recommendations: {act: {of: m, when: m.value < 60, action: "<script>alert(2)</script> {id}", owner: "{note}"}}
"""


def _written(folder: Path, evaluation: Evaluation, language: str = "en") -> str:
    path = folder / f"report_{language}.html"
    path.write_bytes(b"".join(html.write(evaluation, {"language": language})))
    return path.as_uri()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> str:
    return _written(tmp_path_factory.mktemp("demo"), evaluate(DEMO, period="2026-Q2..2026-Q3", before=4))


@pytest.fixture
def small(tmp_path: Path) -> Callable[..., str]:
    """The page of a definition of two metrics over a frame."""

    def small(frame: dict[str, list[Any]], text: str = SMALL) -> str:
        path = tmp_path / "small.scorecard.yaml"
        path.write_text(text, encoding="utf-8")
        return _written(tmp_path, evaluate(path, frames={"facts": pd.DataFrame(frame)}))

    return small


def drawn(watched: Watched) -> Page:
    """The page once its charts are there."""
    watched.page.wait_for_selector("html[data-ready]")
    return watched.page


def names(page: Page) -> list[str]:
    return page.locator("#listing tbody th a").all_text_contents()


def test_search_filters_and_order_are_kept_in_the_address(demo: str, opened: Opening) -> None:
    page = drawn(opened(demo))
    expect(page.locator("#count")).to_have_text("55 of 55")
    assert names(page)[0] == "Yaguang Ceramics · Data platform"
    page.locator("#search").fill("steel ser")
    expect(page.locator("#count")).to_have_text("1 of 55")
    assert names(page) == ["Huaxin Steel · Service desk"]
    page.locator("#search").fill("")
    page.get_by_label("Filter by Band").select_option("red")
    page.get_by_label("Filter by region").select_option("east")
    expect(page.locator("#count")).to_have_text("4 of 55")
    page.locator("[data-sort=name]").click()
    expect(page.locator("th[aria-sort]")).to_have_attribute("aria-sort", "ascending")
    before = names(page)
    assert before == sorted(before)
    page.locator("[data-sort=name]").click()
    assert names(page) == before[::-1]
    assert page.locator("[data-sort=name]").evaluate("one => one === document.activeElement")
    page.reload()
    assert names(drawn_again(page)) == before[::-1]
    page.get_by_role("button", name="Clear filters").click()
    expect(page.locator("#count")).to_have_text("55 of 55")


def drawn_again(page: Page) -> Page:
    page.wait_for_selector("html[data-ready]")
    return page


def test_a_link_to_an_entity_survives_and_the_way_back_returns_to_the_list(demo: str, opened: Opening) -> None:
    page = drawn(opened(f"{demo}#/?band=amber"))
    page.get_by_role("link", name="Shanhe Cement · Contact centre").click()
    expect(page.locator("#entity h1")).to_have_text("Shanhe Cement · Contact centre")
    assert page.url.endswith("#/entity/C026/P037?band=amber")
    assert page.title() == "C026 · P037 – Customer project score – 2026-Q3"
    page.reload()
    expect(page.locator("#entity .verdict .large")).to_have_text("78.6")
    expect(page.locator("#entity .verdict .chip")).to_have_text("Watch")
    page.get_by_role("link", name="Next").click()
    expect(page.locator("#entity h1")).not_to_have_text("Shanhe Cement · Contact centre")
    page.get_by_role("link", name="Previous").click()
    expect(page.locator("#entity h1")).to_have_text("Shanhe Cement · Contact centre")
    for _ in range(3):
        page.go_back()
    expect(page.locator("#count")).to_have_text("17 of 55")
    expect(page.get_by_label("Filter by Band")).to_have_value("amber")


def test_an_entity_is_told_in_full(demo: str, opened: Opening) -> None:
    page = drawn(opened(f"{demo}#/entity/C024/P034"))
    entity = page.locator("#entity")
    expect(entity).to_contain_text("Rank 11 of 11 (region south)", ignore_case=True)
    expect(entity.locator(".chart svg")).to_have_count(2)
    expect(entity.locator(".chart").first).to_contain_text("−10.9")
    expect(entity.locator(".causes tfoot")).to_contain_text("56.7 → 44.8")
    expect(entity.locator(".advice > li").first).to_contain_text("add a second person to the queue")
    expect(entity.locator(".advice > li").first).to_contain_text("owner Service desk · by 2026-10-14")
    row = entity.get_by_role("row", name=re.compile("^Details of Net promoter score"))
    row.get_by_role("button").click()
    expect(entity.locator(".more:not([hidden])")).to_contain_text("straight from −40 points through 0 points (Watch)")


def test_a_period_has_a_page_of_its_own(demo: str, opened: Opening) -> None:
    page = drawn(opened(f"{demo}#/entity/C024/P034"))
    page.locator("#period").select_option(label="2026-Q2")
    expect(page.locator("#entity .verdict .large")).to_have_text("56.7")
    page.get_by_role("link", name="All entities").click()
    expect(page.locator(".sheet:not([hidden]) h1").first).to_have_text("Customer project score · 2026-Q2")


def test_the_heat_map_names_the_band_of_every_cell(demo: str, opened: Opening) -> None:
    page = drawn(opened(demo))
    page.get_by_role("button", name="Heat map").click()
    cells = page.locator("#listing tbody td")
    assert cells.count() == 50 * 15
    assert all(re.search(r"At risk|Watch|Healthy|too little|no score", text) for text in cells.all_text_contents())
    page.get_by_role("button", name="Next page").click()
    expect(page.locator("#listing tbody tr")).to_have_count(5)


def test_everything_is_reached_by_keys(demo: str, opened: Opening) -> None:
    page = drawn(opened(demo))
    page.keyboard.press("Tab")
    expect(page.locator("#skip")).to_be_focused()
    assert page.locator("#skip").evaluate("one => one.getBoundingClientRect().top >= 0")
    page.keyboard.press("Enter")
    expect(page.locator(".sheet:not([hidden]) h1").first).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("j/k")
    expect(page.locator("#search")).to_have_value("j/k")
    page.locator("#search").fill("")
    page.keyboard.press("Escape")
    for _ in range(2):
        page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("#entity h1")).to_have_text("Lanting Media · Contact centre")
    page.keyboard.press("j")
    expect(page.locator("#entity h1")).to_have_text("Ruifeng Seeds · Contact centre")
    page.keyboard.press("k")
    page.keyboard.press("k")
    expect(page.locator("#entity h1")).to_have_text("Yaguang Ceramics · Data platform")
    page.keyboard.press("Escape")
    expect(page.locator("#count")).to_be_visible()


def test_light_and_dark(demo: str, opened: Opening) -> None:
    watched = opened(demo, color_scheme="dark")
    page = drawn(watched)
    assert _paper(page) == "rgb(20, 24, 29)"
    page.locator("#theme").click()
    assert _paper(page) == "rgb(255, 255, 255)"
    page.reload()
    assert _paper(drawn_again(page)) == "rgb(255, 255, 255)"


def _paper(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("phone", [False, True])
def test_axe_finds_nothing(demo: str, opened: Opening, scheme: str, phone: bool) -> None:
    size = {"viewport": PHONE} if phone else {}
    watched = opened(demo, color_scheme=scheme, **size)
    page = drawn(watched)
    assert watched.faults() == []
    page.evaluate("location.hash = '#/?view=heat'")
    expect(page.locator(".heat")).to_be_visible()
    assert watched.faults() == []
    page.evaluate("location.hash = '#/entity/C024/P034'")
    expect(page.locator("#entity .chart svg").nth(1)).to_be_visible()
    assert watched.faults() == []


@pytest.mark.parametrize("width", [320, 390])
def test_nothing_is_wider_than_a_phone(demo: str, opened: Opening, width: int) -> None:
    page = drawn(opened(demo, viewport={**PHONE, "width": width}))
    for address in ("#/", "#/?view=heat", "#/entity/C024/P034", "#/entity/C016/P021"):
        page.evaluate("address => location.hash = address", address)
        assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_name_or_number_is_broken_on_a_phone(opened: Opening, tmp_path: Path, language: str, width: int) -> None:
    path = tmp_path / "small.scorecard.yaml"
    path.write_text(SMALL.replace("metrics:", "total: {coverage: 0.6}\nmetrics:"), encoding="utf-8")
    facts = {"id": ["KH001", "KH002"], "note": ["深圳创联电子", "Shenzhen"], "a": [None, 12.0], "b": [0.5, 0.1]}
    page = drawn(
        opened(_written(tmp_path, evaluate(path, frames={"facts": pd.DataFrame(facts)}), language), viewport={**PHONE, "width": width})
    )
    between = page.locator(".headline li").first.evaluate("one => getComputedStyle(one, '::after').content")
    assert between == ('""' if language == "zh" else '" "'), "sentences in Chinese stand side by side"
    lines = "all => all.map((one) => Math.round(one.getBoundingClientRect().height / parseFloat(getComputedStyle(one).lineHeight)))"
    assert page.locator("#listing tbody th a").evaluate_all(lines) == [1, 1]
    assert set(page.locator(".figure").evaluate_all(lines)) == {1}


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_of_a_heat_map_stands_over_the_bar_at_the_top(demo: str, opened: Opening, width: int) -> None:
    page = drawn(opened(f"{demo}#/?view=heat", viewport={**PHONE, "width": width}))
    page.locator("#listing tbody tr").nth(20).evaluate("one => one.scrollIntoView({block: 'start'})")
    bar = page.locator(".bar").bounding_box()
    assert bar
    middle = bar["y"] + bar["height"] / 2
    seen = "([x, y]) => document.elementFromPoint(x, y).closest('.bar') !== null"
    assert all(page.evaluate(seen, [x, middle]) for x in range(10, width, 20))


def test_on_paper_every_entity_has_a_page(demo: str, opened: Opening) -> None:
    def pages(query: str) -> list[str]:
        page = opened(f"{demo}#/print?{query}").page
        page.wait_for_selector("html[data-ready=paper]")
        return [one.extract_text() for one in PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages]

    cover, red = pages("q=nobody"), pages("band=red")
    assert len(red) == len(cover) + 10
    assert "Yaguang Ceramics · Data platform" in red[len(cover)]
    assert "At risk" in red[-1]


@pytest.mark.parametrize("phone", [False, True])
def test_hostile_names_stay_text(small: Callable[..., str], opened: Opening, phone: bool) -> None:
    frame = {"id": list(HOSTILE), "note": list(HOSTILE), "a": [10.0 * k for k in range(8)], "b": [0.1, 0.2, None, 0.4, 0.5, 0.6, 0.7, 0.8]}
    watched = opened(small(frame), **({"viewport": PHONE} if phone else {}))
    page = drawn(watched)
    width = page.viewport_size["width"] if page.viewport_size else 0
    shown = names(page)
    assert len(shown) == len(HOSTILE)
    assert "<script>alert(1)</script>" in shown
    assert not any("\u202e" in name or "\n" in name for name in shown)
    for place in range(len(HOSTILE)):
        page.locator("#listing tbody th a").nth(place).click()
        expect(page.locator("#entity h1")).to_have_text(shown[place].strip())
        expect(page.locator("#entity .verdict .large")).to_have_text(re.compile(r"\d"))
        assert page.evaluate("document.documentElement.scrollWidth") == width
        if "%" in shown[place]:
            page.reload()
            expect(page.locator("#entity h1")).to_have_text(shown[place].strip())
        page.keyboard.press("Escape")
    assert page.locator("main script, main img, main b, main i, main u").count() == 0


@pytest.mark.parametrize(
    ("entity", "rows"), [("{key: []}", [50.0]), ("{key: [id], roster: facts}", [None, None]), ("{key: [id], roster: facts}", [1.0, 2.0])]
)
def test_without_bands_key_or_scores(small: Callable[..., str], opened: Opening, entity: str, rows: list[float | None]) -> None:
    text = f"""\
schema: scorecard/1
entity: {entity}
scale: open
sources: {{facts: {{type: inline, rows: []}}}}
metrics: {{m: {{source: facts, measure: mean(a), curve: identity}}}}
"""
    frame = {"id": [f"e{k}" for k in range(len(rows))], "a": pd.Series(rows, dtype=float)}
    watched = opened(small(frame, text))
    page = drawn(watched)
    if "[id]" in entity:
        expect(page.locator("#listing tbody tr")).to_have_count(len(rows))
        page.get_by_role("button", name="Heat map").click()
        assert watched.faults() == []
        page.locator("#listing tbody th a").first.click()
    expect(page.locator("main .verdict .large").last).to_have_text("no score" if rows[0] is None else f"{rows[0]:.1f}")
    assert page.locator("main h1:visible").count() == 1
    assert watched.faults() == []


def test_five_thousand_entities(small: Callable[..., str], opened: Opening, tmp_path: Path) -> None:
    count = 5_000
    frame = {
        "id": [f"C{k:05}" for k in range(count)],
        "note": [("north", "south", "east", "west")[k % 4] for k in range(count)],
        "a": [(k * 7919 % 1009) / 10.09 for k in range(count)],
        "b": [None if k % 11 == 0 else (k * 104_729 % 997) / 997 for k in range(count)],
    }
    address = small(frame)
    assert (tmp_path / "report_en.html").stat().st_size < 15_000_000
    page = drawn(opened(address))
    page.locator("#search").fill("c04999")
    expect(page.locator("#count")).to_have_text("1 of 5,000")
    page.locator("#listing tbody th a").click()
    expect(page.locator("#entity h1")).to_have_text("C04999")
