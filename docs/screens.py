"""Pictures of every report of the demo and of telco, taken by Chromium: `make screens`, or `ARGS=--readme` for those of the README alone.

They go to `out/screens`; the best of them, which the README shows, to `docs/screens`. Telco needs SCORECARD_SHARED, documents for
Word, PowerPoint and Excel need LibreOffice (`soffice`) and poppler (`pdftoppm`); what is not there is left out and said.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from scorecard.app import evaluate, registry
from scorecard.evaluation.evaluation import Evaluation
from scorecard.hooks.registry import resolve
from scorecard.report.browser import browser as chromium
from scorecard.report.charts.bundle import bundle

ROOT = Path(__file__).parents[1]
OUT = ROOT / "out" / "screens"
README = Path(__file__).parent / "screens"
LANGUAGES = ("en", "zh")
SCHEMES = ("light", "dark")
SIZES = {"wide": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
OFFICE = ("excel", "word", "powerpoint")
DOTS = 80
"""per inch, of a page of a document"""


@dataclass(frozen=True)
class Subject:
    """What is shown: a definition, its period, and the entity whose page is taken."""

    name: str
    definition: str
    period: str | None
    entity: str

    def evaluated(self) -> Evaluation:
        return evaluate(ROOT / self.definition, period=self.period, before=4)


DEMO = Subject("demo", "configs/demo/demo.scorecard.yaml", "2026-Q3", "C024/P034")
TELCO = Subject("telco", "configs/telco/customers.scorecard.yaml", None, "8779-QRDMV")
BEST = {
    "portfolio": (DEMO, "en", "light", "wide", "#/", ""),
    "entity": (DEMO, "en", "light", "wide", "#/entity/C024/P034", ""),
    "heat": (DEMO, "zh", "dark", "wide", "#/?view=heat", "#entities"),
    "phone": (DEMO, "zh", "light", "phone", "#/entity/C024/P034", ""),
}
"""the pictures of the README: what is shown, and what is scrolled to"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readme", action="store_true", help="only the pictures of the README")
    readme_only = parser.parse_args().readme
    where = chromium()
    if where is None:
        print("Chromium is not installed", file=sys.stderr)
        return 1
    bundle()
    with TemporaryDirectory() as folder, sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=where, args=["--no-sandbox", "--hide-scrollbars", "--font-render-hinting=none"])
        pages = _pages(Path(folder), [DEMO] if readme_only else _subjects())
        _best(started, pages)
        if not readme_only:
            _every(started, pages)
            _documents(Path(folder))
        started.close()
    return 0


def _subjects() -> list[Subject]:
    if "SCORECARD_SHARED" in os.environ:
        return [DEMO, TELCO]
    print("telco is left out: SCORECARD_SHARED is not set", file=sys.stderr)
    return [DEMO]


def _pages(folder: Path, subjects: list[Subject]) -> dict[tuple[str, str], str]:
    """The web page of each subject and language, written once."""
    found = {}
    for subject in subjects:
        evaluation = subject.evaluated()
        for language in LANGUAGES:
            found[subject.name, language] = _write(evaluation, "html", folder / f"{subject.name}.{language}.html", language).as_uri()
    return found


def _write(evaluation: Evaluation, form: str, path: Path, language: str) -> Path:
    reporter = registry().reporters[form]
    path.write_bytes(b"".join(resolve(reporter.write)(evaluation, {"language": language, "to_file": True})))
    return path


@contextmanager
def _opened(started: Browser, address: str, scheme: str, size: str, scale: float = 1) -> Iterator[Any]:
    context = started.new_context(viewport=SIZES[size], color_scheme=scheme, device_scale_factor=scale, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("html[data-ready]")
    yield page
    context.close()


def _best(started: Browser, pages: dict[tuple[str, str], str]) -> None:
    README.mkdir(exist_ok=True)
    for name, (subject, language, scheme, size, view, part) in BEST.items():
        with _opened(started, pages[subject.name, language] + view, scheme, size) as page:
            if part:
                page.locator(part).evaluate("one => one.scrollIntoView()")
            page.screenshot(path=README / f"{name}.png")


def _every(started: Browser, pages: dict[tuple[str, str], str]) -> None:
    """The web page as a whole, in both languages, light and dark, wide and on a phone."""
    OUT.mkdir(parents=True, exist_ok=True)
    entities = {subject.name: subject.entity for subject in (DEMO, TELCO)}
    for ((subject, language), address), scheme, size in product(pages.items(), SCHEMES, SIZES):
        for name, view in (("portfolio", "#/"), ("heat", "#/?view=heat"), ("entity", f"#/entity/{entities[subject]}")):
            with _opened(started, address + view, scheme, size) as page:
                page.screenshot(path=OUT / f"{subject}.{language}.{scheme}.{size}.{name}.png", full_page=True)
    print(f"web pages: {OUT}")


def _documents(folder: Path) -> None:
    """The documents of the demo, page by page."""
    missing = [tool for tool in ("soffice", "pdftoppm") if shutil.which(tool) is None]
    if missing:
        print(f"documents are left out: {', '.join(missing)} not installed", file=sys.stderr)
        return
    evaluation = DEMO.evaluated()
    for form, language in product((*OFFICE, "pdf"), LANGUAGES):
        suffix = registry().reporters[form].suffixes[0]
        path = _write(evaluation, form, folder / f"demo.{language}.{form}{suffix}", language)
        if form != "pdf":
            made = ["soffice", f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless", "--convert-to", "pdf", str(path)]
            subprocess.run([*made, "--outdir", str(folder)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        pictures = ["pdftoppm", "-r", str(DOTS), "-l", "12", "-png", str(path.with_suffix(".pdf")), str(OUT / f"demo.{language}.{form}")]
        subprocess.run(pictures, check=True)
    print(f"documents: {OUT}")


if __name__ == "__main__":
    sys.exit(main())
