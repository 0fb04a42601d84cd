"""The page of `scorecard serve` as it was approved: light, dark and on a phone."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pictures import same
from playwright.sync_api import Page, expect
from serving import Served, served

DEMO = Path(__file__).parents[2] / "configs" / "demo"
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("pictures")
    shutil.copytree(DEMO, folder, ignore=shutil.ignore_patterns("golden"), dirs_exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        with served(Path("demo.scorecard.yaml"), "2026-Q3") as found:
            yield found


@pytest.mark.parametrize(
    ("name", "language", "scheme", "size"),
    [
        ("serve", "en", "light", WIDE),
        ("serve-dark", "zh", "dark", WIDE),
        ("serve-phone", "en", "light", PHONE),
    ],
)
def test_it_looks_as_it_was_approved(
    demo: Served, opened: Callable[..., Any], name: str, language: str, scheme: str, size: dict[str, int]
) -> None:
    page: Page = opened(demo.address(language), origin=demo.origin, color_scheme=scheme, viewport=size).page
    expect(page.locator("#ranking table")).to_be_visible()
    expect(page.locator("#spread svg")).to_be_visible()
    same(page, name)
