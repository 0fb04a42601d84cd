"""What is fuzzed: the reader with all its checks, the formula language, and layers. Whatever goes in, only issues come out."""

from __future__ import annotations

import os
import posixpath
import sys
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import scorecard
from scorecard.app import registry
from scorecard.definition.check import check_in, check_text
from scorecard.definition.document import Document
from scorecard.definition.fixes import fixes_of, of_form
from scorecard.definition.lint import linted
from scorecard.definition.read import LARGEST, decode, read_text
from scorecard.describe import render
from scorecard.expression.check import check
from scorecard.expression.parse import parse, parse_template
from scorecard.expression.scope import Scope
from scorecard.hooks.registry import Registry
from scorecard.model.formula import Kind
from scorecard.model.issue import Issue, Place

SPLIT = b"\n--8<--\n"
"""between the files of layers"""
DAY = date(2026, 6, 30)
FORBIDDEN = ("os.", "subprocess.", "socket.", "shutil.", "ctypes.", "tempfile.", "urllib.", "webbrowser.")
"""what none of them may do, by the names of Python's audit events; reading a text into a syntax tree is `compile`, and allowed"""
ALLOWED = ("os.fspath", "os.listdir", "os.scandir")
OURS = tuple(str(Path(each).resolve()) for each in (sys.prefix, sys.base_prefix, scorecard.__path__[0]))
"""where the modules are that are loaded when they are first needed"""


def reader(data: bytes) -> None:
    """A definition of these bytes, checked with everything there is; its issues are put into words in both languages."""
    text, issues = decode(data, "fuzz.scorecard.yaml")
    if text is None:
        _said(issues)
        return
    plugins = _registry()
    outcome = linted(check_text(text, "fuzz.scorecard.yaml", plugins), plugins, DAY)
    _said(outcome.issues)
    document, _ = read_text(text, "fuzz.scorecard.yaml")
    if document is not None:
        for fix in fixes_of([*outcome.issues, *of_form(document)], {"fuzz.scorecard.yaml": document}):
            fix.description()


def formula(data: bytes) -> None:
    """A formula of these characters, read in every kind of place, and as the text of a metric type."""
    text = data.decode("utf-8", "replace")
    place = Place("fuzz.scorecard.yaml", 1, 1, max(len(text), 1))
    parse_template(text, place)
    tree, issues = parse(text, place)
    _said(issues)
    for scope in _SCOPES if tree is not None else ():
        _said(check(tree, scope, place).issues)


def layers(data: bytes) -> None:
    """Files that extend each other by the names `0` to `7`; nothing outside of them is there."""
    files = Memory({str(at): part for at, part in enumerate(data.split(SPLIT)[:8])})
    plugins = _registry()
    outcome = linted(check_in(files, "0", plugins), plugins, DAY)
    _said(outcome.issues)


TARGETS: Mapping[str, Callable[[bytes], None]] = {"reader": reader, "formula": formula, "layers": layers}


class Memory:
    """Files that are nowhere but here."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files

    def load(self, file: str) -> tuple[Document | None, list[Issue]]:
        if file not in self._files:
            return None, [Issue(code="SC001", values={"file": file})]
        text, issues = decode(self._files[file][:LARGEST], file)
        return read_text(text, file) if text is not None else (None, issues)

    def beside(self, file: str, entry: str) -> str:
        return posixpath.normpath(posixpath.join(posixpath.dirname(file), entry))

    def identity(self, file: str) -> str:
        return file

    def at_hand(self, file: str) -> str:
        return file

    def folder(self, file: str) -> str:
        return posixpath.dirname(file) or "."


_SCOPES = (
    Scope(records=True, columns={"amount": Kind.NUMBER, "day": Kind.MOMENT, "name": Kind.TEXT}, period=True, time=True, own="csat"),
    Scope(records=True, row_only=True, expect=Kind.TRUTH, period=True),
    Scope(
        attributes={"tier": Kind.TEXT, "size": Kind.NUMBER},
        metrics=frozenset({"csat", "nps"}),
        groups=frozenset({"total", "service"}),
        bands=frozenset({"red", "green"}),
        period=True,
        time=True,
        peers=True,
        expect=Kind.TRUTH,
    ),
)


@cache
def _registry() -> Registry:
    return registry()


def _said(issues: Any) -> None:
    for issue in issues:
        for language in ("en", "zh"):
            assert issue.code in render(issue, language)


class Watch:
    """Collects what is done inside of it that may not be: code run, files opened, processes and connections begun."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self._looking = False
        sys.addaudithook(self._see)  # cannot be taken away again, only told not to look

    def __enter__(self) -> list[str]:
        self._looking = True
        return self.done

    def __exit__(self, *_: object) -> None:
        self._looking = False

    def _see(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self._looking and not self._harmless(event, arguments):
            self.done.append(f"{event} {arguments!r:.200}")

    def _harmless(self, event: str, arguments: tuple[Any, ...]) -> bool:
        match event:
            case "open":
                return _is_ours(arguments[0])
            case "exec":
                return _is_ours(arguments[0].co_filename)
        return event in ALLOWED or not event.startswith(FORBIDDEN)


def _is_ours(path: object) -> bool:
    return isinstance(path, str | bytes | os.PathLike) and os.path.realpath(os.fsdecode(path)).startswith(OURS)
