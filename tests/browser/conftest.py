"""A real browser: the distribution's Chromium, driven by Playwright; a page tells what went wrong in it and what it asked for."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
CALM = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--hide-scrollbars", "--font-render-hinting=none",
)  # fmt: skip
"""a browser that asks nobody for anything"""
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
GRAVE = frozenset({"serious", "critical"})
_AT_HOME = ("file:", "data:", "blob:", "about:")


def chromium() -> str | None:
    """Where Chromium is; None where there is none."""
    named = os.environ.get("SCORECARD_CHROMIUM")
    return named or next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests of a process."""
    where = chromium()
    if where is None:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=where, args=list(CALM))
        yield started
        started.close()


@dataclass
class Watched:
    """A page, what its console and its scripts complained of, and what it asked of anybody but its own origin."""

    page: Page
    origin: str = "file://"
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda said: self.errors.append(said.text) if said.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", self._asked)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((*_AT_HOME, self.origin)):
            self.requests.append(request.url)

    def faults(self) -> list[str]:
        """What axe finds that is serious, worded with the rule and the first element."""
        if not AXE.exists():
            pytest.skip("axe-core is not installed: npm ci in tests/browser")
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found: dict[str, Any] = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found["violations"] if one["impact"] in GRAVE]


Opening = Callable[..., Watched]


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opening]:
    """Opens an address in a page of its own. At the end there must have been no complaint and no request that left it."""
    contexts: list[BrowserContext] = []
    pages: list[Watched] = []

    def opening(url: str, *, origin: str = "file://", **options: Any) -> Watched:
        context = browser.new_context(**{"viewport": WIDE, "locale": "en-GB", "reduced_motion": "reduce", **options})
        contexts.append(context)
        watched = Watched(context.new_page(), origin)
        pages.append(watched)
        watched.page.goto(url)
        return watched

    yield opening
    for context in contexts:
        context.close()
    assert [(one.errors, one.requests) for one in pages] == [([], []) for _ in pages]
