"""What a terminal shows: as much as fits, in color, and never by color alone."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len

pty = pytest.importorskip("pty", reason="needs a POSIX terminal")

ANY_STYLE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


@pytest.fixture
def many(folder: Path) -> str:
    """Thirty customers, the last without a score."""
    rows = "\n".join(f"      - {{id: 客户{number:02}, rating: {number % 6}, region: 华东}}" for number in range(29))
    (folder / "many.scorecard.yaml").write_text(
        "schema: scorecard/1\nentity: {key: [id], roster: s, attributes: [region]}\n"
        "bands: {bad: {from: 0}, fair: {from: 50}, good: {from: 80}, barred: {color: '#123456'}}\n"
        "total: {rank: {}}\n"
        f"sources:\n  s:\n    type: inline\n    rows:\n{rows}\n      - {{id: 客户29, region: }}\n"
        "metrics: {rating: {title: 很长的指标名称很长的指标名称很长的指标名称, source: s, measure: mean(rating), worst: 0, target: 5}}\n",
        encoding="utf-8",
    )
    return "many.scorecard.yaml"


@pytest.fixture
def on_terminal(start: Callable) -> Callable[..., tuple[int, str]]:
    """Runs a command on a terminal of a given width; the exit code and everything it showed."""

    def on_terminal(columns: int, *arguments: str) -> tuple[int, str]:
        import fcntl
        import struct
        import termios

        main, side = pty.openpty()
        fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
        environment = {name: text for name, text in os.environ.items() if name not in ("COLUMNS", "LINES", "NO_COLOR")}
        process = start(*arguments, stdout=side, stderr=side, stdin=side, env={**environment, "TERM": "xterm-256color"})
        os.close(side)
        shown = b""
        while piece := _read(main):
            shown += piece
        os.close(main)
        return process.wait(timeout=60), shown.decode()

    return on_terminal


def _read(descriptor: int) -> bytes:
    """What there is to read; nothing once the other side is closed, which Linux calls an error."""
    try:
        return os.read(descriptor, 65_536)
    except OSError:
        return b""


@pytest.mark.parametrize("columns", [60, 80, 100, 160])
def test_a_table_fits_the_terminal(on_terminal, many: str, columns: int) -> None:
    code, shown = on_terminal(columns, "run", many)
    plain = ANY_STYLE.sub("", shown)
    assert code == 0
    assert max(cell_len(line) for line in plain.splitlines()) <= columns
    assert len(re.findall(r"^客户\d\d", plain, re.MULTILINE)) == 25
    assert "5 more not shown" in plain
    assert ("华东" in plain) == (columns >= 100)


def test_a_band_is_never_told_by_color_alone(on_terminal, many: str) -> None:
    _, shown = on_terminal(100, "run", many, "--all")
    plain = ANY_STYLE.sub("", shown)
    assert "\x1b[3" in shown
    assert all(text in plain for text in ("▼ bad", "◆ fair", "▲ good"))
    assert len(re.findall(r"^客户\d\d", plain, re.MULTILINE)) == 30


def test_the_tree_has_its_branches(on_terminal, many: str) -> None:
    code, shown = on_terminal(80, "explain", many, "-e", "id=客户01")
    assert code == 0
    assert "└─ " in shown
