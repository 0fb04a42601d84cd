"""Every worked definition is an example: it must check clean, and every layer must be somebody's."""

from __future__ import annotations

from pathlib import Path

import pytest

import scorecard
from scorecard.describe import render
from scorecard.model.issue import Level

CONFIGS = Path(__file__).parents[2] / "configs"
FILES = sorted(CONFIGS.rglob("*.scorecard.yaml"))
LAYERS = {
    CONFIGS / "base" / "three-bands.scorecard.yaml",
    CONFIGS / "industry" / "b2b-software.scorecard.yaml",
    CONFIGS / "tier" / "key-account.scorecard.yaml",
    CONFIGS / "clients" / "yunfan" / "shared.scorecard.yaml",
}
"""files that are no definition by themselves"""


@pytest.mark.parametrize("path", [path for path in FILES if path not in LAYERS], ids=lambda path: str(path.relative_to(CONFIGS)))
def test_a_worked_definition_has_nothing_wrong(path: Path) -> None:
    outcome = scorecard.check(path)
    assert [render(issue, "en") for issue in outcome.issues if issue.level is not Level.INFO] == []
    assert outcome.scorecard is not None
    assert set(outcome.scorecard.title.by_language) == {"en", "zh"}


def test_every_layer_is_part_of_a_definition() -> None:
    used = {Path(file).resolve() for path in FILES if path not in LAYERS for file in scorecard.load(path).files}
    assert used >= LAYERS


def test_a_modeline_names_a_schema_in_the_folder_of_schemas() -> None:
    for path in FILES:
        first = path.read_text(encoding="utf-8").splitlines()[0]
        if first.startswith("# yaml-language-server: $schema="):
            named = (path.parent / first.partition("=")[2]).resolve()
            assert named == CONFIGS.parent / "schemas" / "scorecard.schema.json"
