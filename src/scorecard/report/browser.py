"""A browser of this machine that prints pages: which there is, and how it is asked. It opens a file of ours and reaches nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from scorecard.errors import OutputError, UsageError
from scorecard.model.issue import Issue

NAMED = "SCORECARD_BROWSER"
_COMMANDS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
    "brave-browser",
    "chrome",
    "msedge",
)
_MAC = ("Google Chrome", "Microsoft Edge", "Chromium", "Brave Browser")
_WINDOWS = (
    r"Google\Chrome\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
    r"Chromium\Application\chrome.exe",
    r"BraveSoftware\Brave-Browser\Application\brave.exe",
)
_PLACES = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
_WAYS = (
    "--headless",
    "--disable-gpu",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pdf-header-footer",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
_SECONDS = 60.0
_SECONDS_A_PAGE = 0.5
"""that a browser may take"""
_TOLD = 300
"""characters of what a browser said"""


def browser(environment: Mapping[str, str] = os.environ) -> str | None:
    """The browser that is named, else the first that is found."""
    if named := environment.get(NAMED):
        return shutil.which(named)
    places = (*map(shutil.which, _COMMANDS), *_usual(environment))
    return next((place for place in places if place is not None and os.path.exists(place)), None)


def no_browser(environment: Mapping[str, str] = os.environ) -> Issue | None:
    """What to say where there is none."""
    if browser(environment) is not None:
        return None
    named = environment.get(NAMED)
    return Issue(code="SC736", values={"variable": NAMED, **({"name": named, "reason": "named"} if named else {})})


def _usual(environment: Mapping[str, str]) -> Iterator[str]:
    """Where browsers are on a Mac and on Windows."""
    for name in _MAC:
        for home in ("/Applications", os.path.expanduser("~/Applications")):
            yield f"{home}/{name}.app/Contents/MacOS/{name}"
    for place in _PLACES:
        if folder := environment.get(place):
            yield from (os.path.join(folder, name) for name in _WINDOWS)


def printed(page: bytes, view: str, pages: int) -> bytes:
    """A page as a PDF, from the view that its address names; a profile of its own is made and thrown away.

    Raises OutputError where it fails, UsageError where there is no browser.
    """
    program = browser()
    if program is None:
        raise UsageError([issue for issue in (no_browser(),) if issue is not None])
    with TemporaryDirectory(prefix="scorecard-", ignore_cleanup_errors=True) as folder:
        source, target = Path(folder) / "report.html", Path(folder) / "report.pdf"
        source.write_bytes(page)
        longest = _SECONDS + _SECONDS_A_PAGE * pages
        own = (f"--virtual-time-budget={longest * 1000:.0f}", f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}")
        ways = [*_WAYS, *own]
        if getattr(os, "geteuid", lambda: 1)() == 0:
            ways.append("--no-sandbox")
        try:
            ended = subprocess.run(
                [program, *ways, f"{source.as_uri()}{view}"],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=longest,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise _failed(program, "time") from error
        except OSError as error:
            raise _failed(program, "start", str(error)) from error
        if not target.exists() or not (found := target.read_bytes()).startswith(b"%PDF"):
            raise _failed(program, "", ended.stderr.decode("utf-8", "replace").strip()[-_TOLD:])
        return found


def _failed(program: str, reason: str, said: str = "") -> OutputError:
    return OutputError([Issue(code="SC737", values={"name": program, "reason": reason, "error": said or "–", "variable": NAMED})])
