"""A small scorecard on files, ways to spoil them, and a run that fails a test wherever a person would be left alone with it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from scorecard.cli import main

NAME = "acme.scorecard.yaml"
DEFINITION = """\
schema: scorecard/1
entity: {key: [customer_id], roster: customers, attributes: [tier]}
period: {every: quarter}
bands: {red: {from: 0}, amber: {from: 60}, green: {from: 80}}
sources:
  customers: {type: csv, path: customers.csv}
  orders: {type: csv, path: orders.csv, time: day}
metrics:
  sales: {source: orders, measure: sum(amount), worst: 0, target: 1000}
"""
CUSTOMERS = "customer_id,tier\nC001,big\nC002,small\n"
ORDERS = "customer_id,day,amount\nC001,2026-07-02,500\nC002,2026-08-02,800\n"
SECRET = "s3cr3t-token"
PLUGIN = """\
import sys

import pandas as pd

from scorecard.hooks import hookimpl
from scorecard.hooks.contracts import MetricType, Reporter, SourceError, SourceType
from scorecard.model.formula import Kind
from scorecard.model.text import Text

ANY = {"type": "object", "properties": {}, "additionalProperties": True}
"""


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An own folder to work in, with the definition and its data in it."""
    for name in ("LC_ALL", "LC_MESSAGES", "SCORECARD_PLUGINS", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("TOKEN", SECRET)
    monkeypatch.chdir(tmp_path)
    for name, text in ((NAME, DEFINITION), ("customers.csv", CUSTOMERS), ("orders.csv", ORDERS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def change(folder: Path) -> Callable[..., None]:
    """Replaces texts of the definition."""

    def change(*changes: tuple[str, str]) -> None:
        text = (folder / NAME).read_text("utf-8")
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new)
        (folder / NAME).write_text(text, encoding="utf-8")

    return change


@pytest.fixture
def plugin(folder: Path) -> Callable[[str], None]:
    """Puts a plugin into the folder `plugins`."""

    def plugin(body: str) -> None:
        (folder / "plugins").mkdir(exist_ok=True)
        (folder / "plugins" / "stranger.py").write_text(PLUGIN + textwrap.dedent(body), encoding="utf-8")

    return plugin


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on the definition in this process; no output may hold a traceback, an open placeholder or the secret."""

    def run(command: str = "run", *arguments: str) -> Result:
        capsys.readouterr()
        plugins = ("--plugins", "plugins") if (folder / "plugins").is_dir() else ()
        code = main.run([*plugins, command, NAME, *arguments])
        captured = capsys.readouterr()
        result = Result(code, captured.out, captured.err)
        assert "Traceback" not in result.said
        assert SECRET not in result.said
        assert not re.search(r"\{[a-z_]+\}(?!['\"\]])", result.err), result.err
        assert not [path.name for path in folder.iterdir() if ".tmp-" in path.name]
        return result

    return run


@pytest.fixture
def start(folder: Path) -> Callable[..., subprocess.Popen[bytes]]:
    """Starts the command line in a process of its own."""

    def start(*arguments: str, **keys: object) -> subprocess.Popen[bytes]:
        environment = {name: text for name, text in os.environ.items() if not name.startswith(("COV_", "PYTEST"))}
        options: dict[str, object] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": environment, "cwd": folder, **keys}
        return subprocess.Popen([sys.executable, "-m", "scorecard", *arguments], **options)  # type: ignore[call-overload, no-any-return]

    return start
