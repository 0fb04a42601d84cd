"""A small scorecard with its records inside, and ways to run the command line on it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from scorecard.cli import main

DEFINITION = """\
schema: scorecard/1
title: {en: Customer health, zh: 客户健康评分}
entity: {key: [customer_id], roster: customers, attributes: [tier]}
bands: {red: {from: 0}, amber: {from: 60, title: {en: Watch, zh: 关注}}, green: {from: 80}}
total: {coverage: 0.5, round: {decimals: 1, mode: half_up}, rank: {ties: best}}
sources:
  customers:
    type: inline
    rows:
      - {customer_id: A1, tier: strategic}
      - {customer_id: 上海某某科技, tier: standard}
      - {customer_id: C3, tier: standard}
      - {customer_id: D4, tier: standard}
  surveys:
    type: inline
    rows:
      - {customer_id: A1, rating: 4.4, nps: 40}
      - {customer_id: A1, rating: 4, nps: 40}
      - {customer_id: 上海某某科技, rating: 2.5, nps: 10}
      - {customer_id: C3, rating: 5}
      - {customer_id: nobody, rating: 1}
metrics:
  rating: {title: {en: Mean rating, zh: 平均评分}, source: surveys, measure: mean(rating), weight: 3, worst: 2, target: 5}
  nps: {title: NPS, source: surveys, measure: mean(nps) / 100, unit: percent, worst: -20%, target: 60%}
"""


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "SCORECARD_PLUGINS", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An own folder to work in, with the definition in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "acme.scorecard.yaml").write_text(DEFINITION, encoding="utf-8")
    return tmp_path


@pytest.fixture
def write(folder: Path) -> Callable[..., str]:
    """Writes a definition: the usual one with texts replaced, or with more at its end."""

    def write(*changes: tuple[str, str], more: str = "", name: str = "own.scorecard.yaml") -> str:
        text = DEFINITION
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new)
        (folder / name).write_text(text + more, encoding="utf-8")
        return name

    return write


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command line in this process."""

    def run(*arguments: str) -> Result:
        capsys.readouterr()
        code = main.run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Result(code, captured.out, captured.err)

    return run


@pytest.fixture
def start(folder: Path) -> Callable[..., subprocess.Popen[bytes]]:
    """Starts the command line in a process of its own."""

    def start(*arguments: str, **keys: object) -> subprocess.Popen[bytes]:
        environment = {name: text for name, text in os.environ.items() if not name.startswith(("COV_", "PYTEST"))}
        options: dict[str, object] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": environment, "cwd": folder, **keys}
        return subprocess.Popen([sys.executable, "-m", "scorecard", *arguments], **options)  # type: ignore[call-overload, no-any-return]

    return start
