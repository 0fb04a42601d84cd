"""`scorecard serve` on the command line: it says where the page is, and ends cleanly."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import pytest

from scorecard.cli import serve

Run = Callable[..., Any]
Start = Callable[..., "subprocess.Popen[bytes]"]
ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/\?token=[\w-]{43}")


def answered(address: str) -> str:
    """The page behind an address, as a browser gets it."""
    browser = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar()))
    with browser.open(address, timeout=20) as answer:
        text: str = answer.read().decode()
    return text


@pytest.mark.skipif(sys.platform == "win32", reason="interrupts are sent another way there")
def test_it_says_where_it_is_and_ends_when_it_is_interrupted(folder: Path, start: Start) -> None:
    before = {path: path.read_bytes() for path in folder.iterdir()}
    server = start("serve", "acme.scorecard.yaml", "--no-open", "--lang", "zh")
    assert server.stdout is not None
    line = server.stdout.readline().decode()
    found = ADDRESS.search(line)
    assert found is not None, line
    assert line.startswith("客户健康评分：")
    assert "平均评分" in answered(found[0])
    with pytest.raises(urllib.error.HTTPError, match="403"):
        answered(found[0].replace("token=", "token=x"))
    server.send_signal(signal.SIGINT)
    _, err = server.communicate(timeout=20)
    assert server.returncode == 0
    assert "已结束。" in err.decode()
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_a_port_that_is_taken_is_said(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = run("serve", "acme.scorecard.yaml", "--no-open", "--port", str(taken.getsockname()[1]))
    assert result.code == 2
    assert "SC765" in result.err


def test_what_is_not_installed_is_said_before_anything_is_read(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "find_spec", lambda package: None if package == "uvicorn" else package)
    result = run("serve", "acme.scorecard.yaml")
    assert result.code == 2
    assert "pip install 'kpi-scorecard[serve]'" in result.err


@pytest.mark.parametrize(("file", "code"), [("nothing.scorecard.yaml", "SC710"), ("latin.scorecard.yaml", "SC003")])
def test_what_cannot_be_read_is_said(folder: Path, run: Run, file: str, code: str) -> None:
    (folder / "latin.scorecard.yaml").write_bytes("title: Grüße".encode("latin-1"))
    result = run("serve", file, "--no-open")
    assert result.code == 2
    assert code in result.err
