"""Reports to files and to stdout, by the reporters that the plugins bring."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorecard.errors import OutputError, PluginError, UsageError
from scorecard.hooks.contracts import Reporter, SourceError
from scorecard.hooks.guard import RaisedError, guarded
from scorecard.hooks.registry import Registry, resolve
from scorecard.model.issue import Issue
from scorecard.report.files import refused, write_file
from scorecard.report.handover.pattern import Pattern

if TYPE_CHECKING:
    from scorecard.evaluation.evaluation import Evaluation

BINARY = frozenset({"parquet", "excel", "word", "powerpoint", "pdf"})
"""forms that no terminal shows"""
_NEEDED = {
    "excel": (("xlsxwriter",), "kpi-scorecard[excel]"),
    "html": (("jinja2", "vl_convert"), "kpi-scorecard[html]"),
    "pdf": (("jinja2", "vl_convert"), "kpi-scorecard[html]"),
    "word": (("docx", "vl_convert"), "kpi-scorecard[office]"),
    "powerpoint": (("pptx", "vl_convert"), "kpi-scorecard[office]"),
}
"""packages that only some forms need, and what to install for them"""
_ON_TEMPLATES = frozenset({".docx", ".pptx"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """A reporter and the file it writes; without a file, stdout."""

    reporter: Reporter
    path: Path | None = None
    ours: bool = True
    template: Path | None = None
    """what it is written on"""
    pattern: Pattern | None = None
    """its name, whose placeholders make it one of many"""

    @property
    def name(self) -> str:
        return str(self.path) if self.path is not None else "stdout"

    def write(self, evaluation: Evaluation, language: str) -> None:
        """Raises OutputError where the file cannot be written, PluginError where a plugin's reporter raises."""
        if self.path is not None:
            self.write_to(self.path, evaluation, language)
            return
        for piece in self._pieces(evaluation, {"language": language, "to_file": False}):
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()

    def write_to(self, path: Path, evaluation: Evaluation, language: str) -> None:
        """Writes one file, and makes its folder where placeholders are in its name. Raises as `write` does."""
        try:
            if self.pattern is not None and self.pattern.placeholders:
                path.parent.mkdir(parents=True, exist_ok=True)
            write_file(path, self._pieces(evaluation, {"language": language, "to_file": True, "template": self.template}))
        except OSError as error:
            raise OutputError([refused(str(path), error)]) from error

    def _pieces(self, evaluation: Evaluation, options: Mapping[str, Any]) -> Iterator[bytes]:
        if self.ours:
            yield from resolve(self.reporter.write)(evaluation, options)
            return
        try:
            with guarded():
                pieces = iter(resolve(self.reporter.write)(evaluation, options))
            while True:
                with guarded():
                    piece = next(pieces, None)
                    if piece is None:
                        return
                    if not isinstance(piece, (bytes, bytearray, memoryview)):
                        raise TypeError(f"it gave {type(piece).__name__} where bytes are due")
                yield bytes(piece)
        except (RaisedError, SourceError) as error:
            raise PluginError([Issue(code="SC716", values={"reporter": self.reporter.id, "error": str(error)})]) from error


def destinations(names: Sequence[str], plugins: Registry, templates: Sequence[str] = (), split_by: Sequence[str] = ()) -> list[Destination]:
    """The files to write, each on the template of its suffix; with `split_by` one for each value of a name.

    Raises UsageError, before anything is computed, for what cannot be.
    """
    by_suffix = {suffix: reporter for reporter in plugins.reporters.values() for suffix in reporter.suffixes}
    issues: list[Issue] = []
    found: list[Destination] = []
    for name in names:
        path = Path(name)
        pattern = Pattern(name).split_by(split_by)
        reporter = by_suffix.get(path.suffix.lower())
        if reporter is None:
            issues.append(Issue(code="SC712", values={"file": name, "allowed": sorted(by_suffix)}))
        elif (lacking := _lacking(reporter, name)) is not None:
            issues.append(lacking)
        elif (problem := unwritable(_made(pattern) if "{" in name else path)) is not None:
            issues.append(Issue(code="SC713", values={"file": name, "reason": problem, "folder": str(path.parent)}))
        elif any(one.path is not None and os.path.realpath(one.path) == os.path.realpath(path) for one in found):
            issues.append(Issue(code="SC713", values={"file": name, "reason": "twice"}))
        else:
            template = next((Path(one) for one in templates if Path(one).suffix.lower() == path.suffix.lower()), None)
            found.append(Destination(reporter=reporter, path=path, ours=_ours(reporter), template=template, pattern=pattern))
    issues += _useless(templates, names)
    if issues:
        raise UsageError(issues)
    return found


def _made(pattern: Pattern) -> Path:
    """A file in the nearest folder that is there already: those below it are made."""
    folder = pattern.folder
    while not folder.exists() and folder.parent != folder:
        folder = folder.parent
    return folder / "x"


def _useless(templates: Sequence[str], names: Sequence[str]) -> Iterator[Issue]:
    """Templates that are not there, or that nothing is written on."""
    for name in templates:
        suffix = Path(name).suffix.lower()
        if not Path(name).is_file():
            yield Issue(code="SC735", values={"file": name, "reason": "absent"})
        elif suffix not in _ON_TEMPLATES or all(Path(one).suffix.lower() != suffix for one in names):
            yield Issue(code="SC735", values={"file": name, "reason": "use", "suffix": suffix or name})


def to_stdout(form: str, plugins: Registry) -> Destination:
    """The reporter that is called `form`, on stdout. Raises UsageError where there is none, or where a terminal would show bytes."""
    reporter = plugins.reporters.get(form)
    if reporter is None:
        raise UsageError([Issue(code="SC714", values={"name": form, "allowed": ["table", *sorted(plugins.reporters)]})])
    if reporter.id in BINARY and sys.stdout.isatty():
        raise UsageError([Issue(code="SC715", values={"name": form, "suffix": reporter.suffixes[0]})])
    if (lacking := _lacking(reporter, "stdout")) is not None:
        raise UsageError([lacking])
    return Destination(reporter=reporter, ours=_ours(reporter))


def _lacking(reporter: Reporter, name: str) -> Issue | None:
    """What one of our forms needs and is not there: a package, or a browser."""
    packages, install = _NEEDED.get(reporter.id, ((), "")) if _ours(reporter) else ((), "")
    for package in packages:
        if find_spec(package) is None:
            return Issue(code="SC713", values={"file": name, "reason": "package", "package": package, "install": install})
    if reporter.id != "pdf" or not _ours(reporter):
        return None
    from scorecard.report.browser import no_browser

    return no_browser()


def _ours(reporter: Reporter) -> bool:
    return isinstance(reporter.write, str) and reporter.write.startswith("scorecard.")


def unwritable(path: Path) -> str | None:
    """Why a file cannot be written, where that can be told before; None where nothing speaks against it."""
    folder = Path(os.path.realpath(path)).parent
    if not folder.is_dir():
        return "absent"
    if path.is_dir():
        return "folder"
    return None if os.access(folder, os.W_OK) else "closed"
