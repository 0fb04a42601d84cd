"""The page of mistakes says what the tools say now: `make docs` writes it."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_the_page_of_mistakes_is_fresh() -> None:
    pytest.importorskip("check_jsonschema")
    pytest.importorskip("yamllint")
    made = runpy.run_path(str(ROOT / "docs" / "mistakes.py"))
    assert made["PAGE"].read_text("utf-8") == made["page"](), "docs/mistakes.md is stale: make docs"
