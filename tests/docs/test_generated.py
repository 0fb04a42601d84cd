"""The files that are made from the code are as the code makes them now: `make docs` and `make schemas` write them."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GENERATED = runpy.run_path(str(ROOT / "docs" / "generate.py"))["generated"]()


@pytest.mark.parametrize("name", GENERATED)
def test_a_generated_file_is_fresh(name: str) -> None:
    assert (ROOT / name).read_text("utf-8") == GENERATED[name], f"{name} is stale: make docs"


def test_no_page_of_the_reference_is_left_over() -> None:
    written = {path.relative_to(ROOT).as_posix() for folder in ("docs/reference", "schemas") for path in (ROOT / folder).iterdir()}
    assert written <= set(GENERATED)
