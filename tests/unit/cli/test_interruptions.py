"""Runs in a process of their own: interrupted, their reader gone, their disk full; and what starting up costs."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from scorecard.report.files import write_file

Start = Callable[..., "subprocess.Popen[bytes]"]
posix = pytest.mark.skipif(os.name != "posix", reason="signals and named pipes are POSIX")

WAITING_REPORTER = """
import threading

from scorecard.hooks import hookimpl
from scorecard.hooks.contracts import Reporter
from scorecard.model.text import Text


def write(evaluation, options):
    yield b"the first half"
    with open("ready", "w") as ready:
        ready.write("half written")
    threading.Event().wait()


@hookimpl
def scorecard_reporters():
    yield Reporter(id="waiting", title=Text.of("Waiting"), doc="Writes half a file and waits.", write=write, suffixes=(".half",))
"""


@posix
@pytest.mark.parametrize("before", [None, "as it was"])
def test_trap_29_an_interrupted_run_leaves_no_half_written_file(folder: Path, start: Start, before: str | None) -> None:
    (folder / "plugins").mkdir()
    (folder / "plugins" / "waiting.py").write_text(WAITING_REPORTER, encoding="utf-8")
    target = folder / "scores.half"
    if before is not None:
        target.write_text(before, encoding="utf-8")
    os.mkfifo(folder / "ready")
    process = start("run", "acme.scorecard.yaml", "--plugins", "plugins", "--out", "scores.half")
    try:
        assert (folder / "ready").read_text("utf-8") == "half written"
        assert [path for path in folder.iterdir() if path.name.startswith(".scores.half.tmp-")]
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 130
    assert b"Traceback" not in said
    assert not [path.name for path in folder.iterdir() if ".tmp-" in path.name]
    assert (target.read_text("utf-8") if target.exists() else None) == before


@posix
@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_a_reader_who_leaves_is_no_error(start: Start, form: str) -> None:
    reader, writer = os.pipe()
    process = start("run", "acme.scorecard.yaml", "--format", form, stdout=writer)
    os.close(writer)
    os.close(reader)
    _, said = process.communicate(timeout=60)
    assert said == b""
    assert process.returncode == 141


def test_a_terminal_without_chinese_is_no_error(start: Start) -> None:
    process = start("run", "acme.scorecard.yaml", env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    out, said = process.communicate(timeout=60)
    assert process.returncode == 0
    assert b"??" in out
    assert said == b""


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_full_disk_is_said(run, folder: Path) -> None:
    (folder / "scores.csv").symlink_to("/dev/full")
    result = run("run", "acme.scorecard.yaml", "--out", "scores.csv")
    assert result.code == 3
    assert "SC717" in result.err
    assert "the disk is full" in result.err


def test_trap_29_a_disk_that_fills_up_leaves_the_old_file(run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "scores.csv").write_text("as it was", encoding="utf-8")
    real = os.write

    def fills_up(descriptor: int, data: bytes) -> int:
        if descriptor > 2 and bytes(data)[:3] != b"\xef\xbb\xbf":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(descriptor, data)

    monkeypatch.setattr(os, "write", fills_up)
    result = run("run", "acme.scorecard.yaml", "--out", "scores.csv")
    monkeypatch.undo()
    assert result.code == 3
    assert "the disk is full" in result.err
    assert sorted(path.name for path in folder.iterdir()) == ["acme.scorecard.yaml", "scores.csv"]
    assert (folder / "scores.csv").read_text("utf-8") == "as it was"


def test_a_folder_that_takes_no_files_is_found_out_before_anything_is_computed(run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    monkeypatch.setattr("scorecard.evaluation.run.Run.evaluation", lambda *_, **__: pytest.fail("computed in vain"))
    result = run("run", "acme.scorecard.yaml", "--out", "scores.csv")
    assert result.code == 2
    assert "takes no new files" in result.err


def test_writing_keeps_links_and_permissions(tmp_path: Path) -> None:
    real = tmp_path / "real.csv"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link = tmp_path / "link.csv"
    link.symlink_to(real)
    write_file(link, [b"new ", b"text"])
    assert link.is_symlink()
    assert real.read_bytes() == b"new text"
    assert real.stat().st_mode & 0o777 == 0o640


def test_trap_29_a_report_that_raises_leaves_nothing(tmp_path: Path) -> None:
    def pieces():
        yield b"half"
        raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        write_file(tmp_path / "scores.csv", pieces())
    assert list(tmp_path.iterdir()) == []


def imported(*arguments: str, folder: Path) -> set[str]:
    """The modules that a command has imported when it is done."""
    script = (
        "import sys, contextlib, io\n"
        "from scorecard.cli.main import main\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        f"    main({list(arguments)!r})\n"
        "print(' '.join(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=folder, check=True)
    return set(done.stdout.split())


HEAVY = {"numpy", "narwhals", "pandas", "polars", "pyarrow", "rich", "jsonschema"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("--version",),
        ("run", "--help"),
        ("explain", "--help"),
        ("validate", "acme.scorecard.yaml"),
        ("rule", "SC104"),
        ("plugins",),
    ],
)
def test_light_commands_import_nothing_heavy(folder: Path, arguments: tuple[str, ...]) -> None:
    assert not imported(*arguments, folder=folder) & HEAVY


def test_listing_the_commands_imports_none(folder: Path) -> None:
    found = imported("--help", folder=folder)
    assert not {f"scorecard.cli.{name}" for name in ("run", "explain", "validate", "init", "plugins", "schema", "rule")} & found
    assert "yaml" not in found


def test_importing_the_package_is_light() -> None:
    script = "import sys, scorecard; print(' '.join(name for name in sys.modules if name.startswith('scorecard')))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["scorecard"]


def test_every_public_name_is_there() -> None:
    import scorecard

    assert {name for name in scorecard.__all__ if getattr(scorecard, name, None) is None} == set()
    with pytest.raises(AttributeError):
        _ = scorecard.nothing
