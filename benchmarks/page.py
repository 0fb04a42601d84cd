"""The web page of many entities: how long it takes to write and to open, and how large it is. One value in twenty is missing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import entities
from measure import seconds


@dataclass(frozen=True)
class Cost:
    """Seconds to write the page; megabytes; seconds from asking for it until one entity is found in it, None without Chromium."""

    written: float
    megabytes: float
    opened: float | None


def cost(size: int, rounds: int) -> Cost:
    """The evaluation itself is not in it."""
    from scorecard.report.browser import browser
    from scorecard.report.charts.bundle import bundle
    from scorecard.report.html import write

    evaluation = entities.ours(entities.data(size, "pandas"), detail=True)
    bundle()
    pieces: list[bytes] = []
    taken = [seconds(lambda: pieces.__setitem__(slice(None), write(evaluation, {"language": "en"}))) for _ in range(rounds)]
    page = b"".join(pieces)
    where = browser()
    opened = None if where is None else _opened(page, where, str(size - 1), rounds)
    return Cost(written=median(taken), megabytes=len(page) / 1e6, opened=opened)


def _opened(page: bytes, where: str, key: str, rounds: int) -> float:
    from playwright.sync_api import sync_playwright

    with TemporaryDirectory() as folder, sync_playwright() as driver:
        path = Path(folder) / "report.html"
        path.write_bytes(page)
        started = driver.chromium.launch(executable_path=where, args=["--no-sandbox"])

        def found() -> None:
            tab: Any = started.new_page()
            tab.goto(f"{path.as_uri()}#/?q={key}", wait_until="commit")
            tab.wait_for_selector("#listing tbody tr")
            tab.close()

        found()
        taken = median(seconds(found) for _ in range(rounds))
        started.close()
    return taken
