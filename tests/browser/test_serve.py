"""The page of `scorecard serve` in a real browser: what is typed, turned and saved."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from serving import Served, served

from scorecard.serve.session import plain

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "configs" / "demo"
PERIOD = "2026-Q3"
WRONG = ("satisfaction: {weight: 30", "satisfaction: {wieght: 30")
Opening = Callable[..., Any]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for the tests that write nothing."""
    folder = tmp_path_factory.mktemp("serve") / "demo"
    shutil.copytree(DEMO, folder, ignore=shutil.ignore_patterns("golden"))
    with served(folder / "demo.scorecard.yaml", PERIOD) as found:
        yield found


@pytest.fixture
def page(demo: Served, opened: Opening) -> Page:
    demo.session.take(plain(demo.session.kept))
    found: Page = opened(demo.address(), origin=demo.origin).page
    expect(found.locator("#ranking table")).to_be_visible()
    return found


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Served]:
    """A server whose definition may be written."""
    folder = tmp_path / "demo"
    shutil.copytree(DEMO, folder, ignore=shutil.ignore_patterns("golden"))
    with served(folder / "demo.scorecard.yaml", PERIOD) as found:
        yield found


def turn(page: Page, name: str, number: str) -> None:
    page.get_by_role("tab", name="Try numbers").click()
    page.locator(f'.dial[data-name="{name}"] input[type=number]').fill(number)


def counts(page: Page) -> dict[str, int]:
    """By band, how many the page shows."""
    rows = page.locator("#summary .bands tbody tr")
    return {row.locator("th").inner_text(): int(row.locator(".count").inner_text().replace(",", "")) for row in rows.all()}


def whatif(file: str, *numbers: str) -> Any:
    """What the command says of everybody."""
    asked = [part for number in numbers for part in ("--set", number)]
    command = [sys.executable, "-m", "scorecard", "whatif", file, "--for-all", "--period", PERIOD, "--format", "json", *asked]
    (found,) = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return found


def test_the_token_leaves_the_address(page: Page, demo: Served) -> None:
    assert page.url == f"{demo.origin}/?lang=en"
    assert page.evaluate("document.cookie") == ""


def test_sliders_move_the_distribution_to_what_whatif_says(page: Page, demo: Served) -> None:
    before = counts(page)
    turn(page, "threshold.nps.green", "10")
    turn(page, "weight.delivery", "40")
    turn(page, "band.green", "82")
    expect(page.locator("#trying")).to_have_text("3 numbers are other than written.")
    expect(page.locator(".against")).to_have_text("With the numbers you try, beside those written")
    said = whatif(demo.session.file, "threshold.nps.green=10", "weight.delivery=40", "band.green=82")
    titles = {"green": "Healthy", "amber": "Watch", "red": "At risk", "insufficient": "too little measured"}
    after = dict.fromkeys(titles.values(), 0)
    for move in said["bands"]:
        after[titles[move["to"]]] += move["count"]
    assert counts(page) == after != before
    assert page.locator(".mean .big").inner_text() == f"{said['after']:.1f}"
    assert page.locator(".mean .was").first.inner_text() == f"was {said['before']:.1f}"
    moved = sum(move["count"] for move in said["bands"] if move["from"] != move["to"] and "insufficient" not in (move["from"], move["to"]))
    assert page.locator(".figures div", has_text="In another band").locator("dd").inner_text() == str(moved)
    page.get_by_role("button", name="Reset all").click()
    expect(page.locator("#trying")).to_contain_text("Nothing is written")
    assert counts(page) == before


def test_a_slider_is_turned_by_keys_and_goes_back(page: Page) -> None:
    page.get_by_role("tab", name="Try numbers").click()
    dial = page.locator('.dial[data-name="weight.satisfaction"]')
    slider = dial.get_by_role("slider")
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(dial.get_by_role("spinbutton")).to_have_value("32")
    expect(page.locator("#turned")).to_have_text("1")
    dial.get_by_role("button", name="Back to 30").click()
    expect(dial.get_by_role("spinbutton")).to_have_value("30")
    expect(slider).to_have_value("30")
    expect(page.locator("#turned")).to_be_hidden()


def test_bands_out_of_order_are_refused_until_they_are_in_order(demo: Served, opened: Opening) -> None:
    demo.session.take(plain(demo.session.kept))
    watched = opened(demo.address(), origin=demo.origin)
    page: Page = watched.page
    turn(page, "band.amber", "85")
    expect(page.locator("#status")).to_contain_text("SC730")
    turn(page, "band.amber", "70")
    expect(page.locator("#status")).to_have_text("No issues")
    expect(page.locator(".against.tried")).to_be_visible()
    assert len(watched.errors) == 1
    watched.errors.clear()


def test_the_distribution_follows_at_once(page: Page) -> None:
    """Between a slider's move and the new distribution lies less than what a person notices as waiting."""
    page.get_by_role("tab", name="Try numbers").click()
    took = page.evaluate(
        """async () => {
          const input = document.querySelector('.dial[data-name="weight.value"] input[type=range]');
          const times = [];
          for (const value of [31, 35, 40, 45, 50]) {
            const begun = performance.now();
            const changed = new Promise((done) => {
              new MutationObserver((_, own) => (own.disconnect(), done())).observe(document.getElementById("summary"), { childList: true });
            });
            input.value = value;
            input.dispatchEvent(new Event("input", { bubbles: true }));
            await changed;
            times.push(performance.now() - begun);
          }
          return Math.min(...times);
        }"""
    )
    assert took < 150


def test_an_error_is_shown_at_its_line_and_the_last_result_stays(page: Page, demo: Served) -> None:
    before = counts(page)
    source = page.get_by_label("The text of the definition")
    text = source.input_value()
    line = text[: text.index(WRONG[0])].count("\n") + 1
    source.fill(text.replace(*WRONG))
    issue = page.locator("#issues li").first
    expect(issue).to_contain_text("SC104")
    expect(issue).to_contain_text(f"line {line}")
    expect(page.locator(".flag .said").first).to_contain_text("SC104 unknown key 'wieght'")
    assert page.locator("#gutter .error").first.inner_text().strip() == str(line)
    expect(page.locator("#status")).to_contain_text("The last result stays.")
    expect(page.locator("#summary")).to_contain_text("This is the result of the last text without errors.")
    assert counts(page) == before
    issue.get_by_role("button").click()
    assert source.evaluate("one => one.value.slice(one.selectionStart, one.selectionEnd)") == "wieght"
    source.fill(text)
    expect(page.locator("#issues li")).to_have_count(0)
    expect(page.locator("#status")).to_have_text("No issues")


def test_no_key_is_lost_while_the_text_is_checked(page: Page, demo: Served) -> None:
    source = page.get_by_label("The text of the definition")
    text = source.input_value()
    source.press("Control+End")
    typed = "# " + "abcdefghij " * 8
    source.press_sequentially(typed, delay=12)
    assert source.input_value() == text + typed
    expect(page.locator("#status")).to_have_text("No issues")
    assert demo.session.text == text + typed


def test_the_score_follows_the_text(page: Page) -> None:
    source = page.get_by_label("The text of the definition")
    before = counts(page)
    source.fill(source.input_value().replace("green: {from: 80", "green: {from: 70"))
    expect(page.locator(".against")).to_have_text("With the text as it is, beside the file as it was saved")
    assert counts(page)["Healthy"] > before["Healthy"]
    expect(page.get_by_role("button", name="Save…")).to_be_enabled()


def test_saving_numbers_writes_exactly_the_patch(own: Served, opened: Opening) -> None:
    file = Path(own.session.file)
    before = file.read_bytes()
    others = {path: path.read_bytes() for path in file.parent.rglob("*") if path.is_file() and path != file}
    page: Page = opened(own.address(), origin=own.origin).page
    turn(page, "target.nps", "65")
    turn(page, "threshold.sla.green", "93")
    page.get_by_role("button", name="Show patch").click()
    expect(page.locator("#diff .added")).to_have_count(2)
    page.get_by_role("button", name="Close", exact=True).click()
    assert file.read_bytes() == before
    page.get_by_role("button", name="Save to definition…").click()
    expect(page.locator("#saving-about")).to_contain_text(str(file))
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#status")).to_contain_text("is saved")
    after = before.replace(b"    target: 60\n", b"    target: 65\n").replace(
        b"green: 92%}\n    target: 98%", b"green: 93%}\n    target: 98%"
    )
    assert file.read_bytes() == after != before
    assert {path: path.read_bytes() for path in file.parent.rglob("*") if path.is_file() and path != file} == others
    assert page.get_by_label("The text of the definition").input_value().encode() == after
    expect(page.locator("#turned")).to_be_hidden()


def test_what_somebody_else_saved_is_not_undone(own: Served, opened: Opening) -> None:
    file = Path(own.session.file)
    watched = opened(own.address(), origin=own.origin)
    page: Page = watched.page
    source = page.get_by_label("The text of the definition")
    source.fill(source.input_value().replace("weight: 15", "weight: 20"))
    expect(page.locator("#status")).to_have_text("No issues")
    theirs = file.read_text("utf-8").replace("weight: 25", "weight: 26")
    file.write_text(theirs, encoding="utf-8")
    page.keyboard.press("Control+s")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#status")).to_contain_text("SC764")
    expect(page.locator("#elsewhere")).to_be_visible()
    assert file.read_text("utf-8") == theirs
    page.get_by_role("button", name="Load it").click()
    expect(page.locator("#elsewhere")).to_be_hidden()
    assert source.input_value() == theirs
    assert all("409" in error for error in watched.errors)
    watched.errors.clear()


def test_an_entity_opens_and_is_linked_to(page: Page, demo: Served, opened: Opening) -> None:
    page.locator("#ranking button.open").first.click()
    sheet = page.get_by_role("dialog")
    expect(sheet).to_contain_text("Where points are lost")
    expect(sheet.locator(".chart svg")).to_be_visible()
    expect(sheet.locator(".tree details").first).to_be_visible()
    name = sheet.get_by_role("heading", level=2).inner_text()
    address = page.url
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(page).not_to_have_url(re.compile("#"))
    other: Page = opened(demo.address(), origin=demo.origin).page
    other.goto(address)
    expect(other.get_by_role("dialog").get_by_role("heading", level=2)).to_have_text(name)


def test_everybody_is_searched_and_filtered(page: Page) -> None:
    rows = page.locator("#ranking tbody tr")
    page.get_by_role("button", name="At risk").click()
    expect(rows).to_have_count(counts(page)["At risk"])
    page.get_by_role("button", name="At risk").click()
    page.get_by_role("searchbox").fill("hengtai crm")
    expect(rows).to_have_count(1)
    page.get_by_role("searchbox").fill("")
    page.get_by_role("combobox").select_option("best")
    expect(rows.first).to_contain_text("Healthy")


def test_tabs_go_by_keys(page: Page) -> None:
    page.get_by_role("tab", name="Definition").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Try numbers")).to_be_focused()
    expect(page.get_by_role("tabpanel", name="Try numbers")).to_be_visible()
    expect(page.get_by_label("The text of the definition")).to_be_hidden()


def test_the_report_is_served_apart(page: Page, demo: Served, opened: Opening) -> None:
    """It runs its own scripts, and has no way to what the page may ask."""
    report: Page = opened(demo.address(), origin=demo.origin).page
    report.goto(f"{demo.origin}/report?lang=en")
    expect(report.get_by_role("heading", level=1).first).to_be_visible()
    assert report.evaluate("origin") == "null"


@pytest.mark.parametrize(
    ("language", "scheme", "size", "tabs"),
    [("en", "light", (1280, 900), ["text", "dials"]), ("zh", "dark", (390, 844), ["report"])],
)
def test_nothing_stands_in_the_way_of_anybody(
    demo: Served, opened: Opening, language: str, scheme: str, size: tuple[int, int], tabs: list[str]
) -> None:
    demo.session.take(plain(demo.session.kept).replace("csat:\n    group: satisfaction", "csat:\n    gruop: satisfaction", 1))
    watched = opened(demo.address(language), origin=demo.origin, color_scheme=scheme, viewport={"width": size[0], "height": size[1]})
    page: Page = watched.page
    expect(page.locator("#ranking table")).to_be_attached()
    for tab in tabs:
        page.locator(f"#tab-{tab}").click()
        assert watched.faults() == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("#ranking button.open").first.click()
    expect(page.locator("#entity .tree")).to_be_visible()
    assert watched.faults() == []
