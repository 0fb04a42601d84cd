"""Runs that end before their time: interrupted, out of room, their reader gone. Nothing is ever half written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

posix = pytest.mark.skipif(os.name != "posix", reason="signals, named pipes and limits are POSIX")

BLOCKING_SOURCE = """
class Data:
    columns = {"customer_id": Kind.TEXT, "day": Kind.MOMENT, "amount": Kind.NUMBER}
    origin = "a pipe"

    def read(self, wanted):
        with open("ready", "w") as ready:
            ready.write("reading")
        with open("never") as never:
            return never.read()


@hookimpl
def scorecard_sources():
    yield SourceType(id="pipe", title=Text.of("Pipe"), params=ANY, doc="Waits for ever.", open=lambda request: Data())
"""


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.suffix not in (".yaml", ".csv") or ".tmp-" in path.name)


@posix
def test_trap_29_an_interruption_in_the_middle_of_a_source_writes_nothing(folder: Path, plugin, change, start) -> None:
    plugin(BLOCKING_SOURCE)
    change(("{type: csv, path: orders.csv, time: day}", "{type: pipe, time: day}"))
    for pipe in ("ready", "never"):
        os.mkfifo(folder / pipe)
    (folder / "scores.csv").write_text("as it was", "utf-8")
    process = start("run", "acme.scorecard.yaml", "--plugins", "plugins", "--out", "scores.csv", "--out", "scores.json")
    try:
        assert (folder / "ready").read_text("utf-8") == "reading"
        process.send_signal(signal.SIGINT)
        out, said = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 130
    assert b"Traceback" not in said
    assert b"interrupted" in said
    assert out == b""
    assert left(folder) == ["never", "plugins", "ready"]
    assert (folder / "scores.csv").read_text("utf-8") == "as it was"


@posix
def test_trap_29_a_kill_in_the_middle_of_a_source_writes_nothing(folder: Path, plugin, change, start) -> None:
    plugin(BLOCKING_SOURCE)
    change(("{type: csv, path: orders.csv, time: day}", "{type: pipe, time: day}"))
    for pipe in ("ready", "never"):
        os.mkfifo(folder / pipe)
    (folder / "scores.csv").write_text("as it was", "utf-8")
    process = start("run", "acme.scorecard.yaml", "--plugins", "plugins", "--out", "scores.csv", "--out", "scores.json")
    assert (folder / "ready").read_text("utf-8") == "reading"
    process.kill()
    out, _ = process.communicate(timeout=60)
    assert (process.returncode, out) == (-signal.SIGKILL, b"")
    assert left(folder) == ["never", "plugins", "ready"]
    assert (folder / "scores.csv").read_text("utf-8") == "as it was"


LIMITED = """
import resource, runpy, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
sys.dont_write_bytecode = True
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
sys.argv = ["scorecard", *sys.argv[1:]]
runpy.run_module("scorecard", run_name="__main__")
"""


@posix
@pytest.mark.parametrize("before", [None, "as it was"])
@pytest.mark.parametrize("form", ["csv", "json", "md", "parquet"])
def test_trap_29_a_file_that_grows_too_large_leaves_the_old_one(folder: Path, form: str, before: str | None) -> None:
    target = folder / f"scores.{form}"
    if before is not None:
        target.write_text(before, "utf-8")
    command = [sys.executable, "-c", LIMITED, "run", "acme.scorecard.yaml", "--out", target.name]
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=60, check=False)
    assert done.returncode == 3, done.stderr
    assert b"SC717" in done.stderr
    assert b"Traceback" not in done.stderr
    assert (target.read_text("utf-8") if target.exists() else None) == before
    assert left(folder) == ([target.name] if before is not None and form not in ("csv",) else [])


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
@pytest.mark.parametrize("form", ["csv", "json", "markdown", "table"])
def test_a_full_disk_behind_the_output_is_said(folder: Path, start, form: str) -> None:
    with open("/dev/full", "wb") as full:
        process = start("run", "acme.scorecard.yaml", "--format", form, stdout=full)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 3
    assert b"Traceback" not in said
    assert b"the disk is full" in said


@posix
@pytest.mark.parametrize(
    "command", [("run", "acme.scorecard.yaml"), ("explain", "acme.scorecard.yaml", "-e", "customer_id=C001"), ("schema",)]
)
def test_a_reader_who_takes_one_line_is_no_error(folder: Path, start, command: tuple[str, ...]) -> None:
    process = start(*command)
    head = subprocess.run(["head", "-1"], stdin=process.stdout, capture_output=True, timeout=60, check=True)
    process.stdout.close()
    with process.stderr as stream:
        said = stream.read()
    assert process.wait(timeout=60) in (0, 141)
    assert said == b""
    assert head.stdout


def test_a_folder_that_does_not_exist_is_found_out_first(run) -> None:
    result = run("run", "--out", "no/where.csv")
    assert result.code == 2
    assert "SC713" in result.err
    assert result.out == ""


@pytest.mark.skipif(not os.path.isdir("/proc"), reason="needs a folder that takes no files")
def test_a_folder_that_takes_no_files(run) -> None:
    result = run("run", "--out", "/proc/scores.csv")
    assert result.code in (2, 3)
    assert "SC71" in result.err
