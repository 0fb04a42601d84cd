"""The table in a pipe: whatever the number of rows, so many are held as texts at a time, and it is the same table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scorecard.cli import table

ROWS = 40


@pytest.fixture
def many(folder: Path) -> str:
    """Names of all lengths, gaps that leave bounds and coverage open, and one without a score."""
    rows = "\n".join(
        f"      - {{id: {'客户' * (1 + row % 5)}{row:02}, a: {row * 2.3:.1f}, b: {'' if row % 7 == 0 else row}, tier: {'x' * (row % 30)}}}"
        for row in range(ROWS)
    )
    (folder / "many.scorecard.yaml").write_text(
        "schema: scorecard/1\nentity: {key: [id], roster: s, attributes: [tier]}\n"
        "bands: {bad: {from: 0}, fair: {from: 50}, good: {from: 80}}\ntotal: {rank: {}, coverage: 0.3}\n"
        f"sources:\n  s:\n    type: inline\n    rows:\n{rows}\n      - {{id: none, a: , b: , tier: }}\n"
        "metrics:\n  a: {source: s, measure: mean(a), worst: 0, target: 100}\n"
        "  b: {title: A long name of a metric that costs points, source: s, measure: mean(b), worst: 0, target: 50}\n",
        encoding="utf-8",
    )
    return "many.scorecard.yaml"


@pytest.mark.parametrize("columns", ["60", "100", "200"])
def test_a_table_that_is_written_block_by_block_is_the_same(
    run: Callable, many: str, columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    whole = run("run", many).out
    asked: list[int] = []
    shown = table.shown

    def counted(evaluation: Any, scores: Any, rows: Any) -> Any:
        asked.append(len(rows))
        return shown(evaluation, scores, rows)

    monkeypatch.setattr(table, "_BLOCK", 7)
    monkeypatch.setattr(table, "shown", counted)
    assert run("run", many).out == whole
    assert sum(asked) == 2 * (ROWS + 1)
    assert max(asked) == 7
