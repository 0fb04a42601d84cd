"""Reports to files and to stdout, by the reporters that the plugins bring."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorecard.cli.leaving import FULL
from scorecard.errors import OutputError, PluginError, UsageError
from scorecard.hooks.contracts import Reporter, SourceError
from scorecard.hooks.guard import RaisedError, guarded
from scorecard.hooks.registry import Registry, resolve
from scorecard.model.issue import Issue
from scorecard.report.files import write_file

if TYPE_CHECKING:
    from scorecard.evaluation.evaluation import Evaluation

BINARY = frozenset({"parquet", "excel"})
"""forms that no terminal shows"""
_NEEDED = {"excel": (("xlsxwriter",), "kpi-scorecard[excel]"), "html": (("jinja2", "vl_convert"), "kpi-scorecard[html]")}
"""packages that only some forms need, and what to install for them"""
_CLOSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """A reporter and the file it writes; without a file, stdout."""

    reporter: Reporter
    path: Path | None = None
    ours: bool = True

    @property
    def name(self) -> str:
        return str(self.path) if self.path is not None else "stdout"

    def write(self, evaluation: Evaluation, language: str) -> None:
        """Raises OutputError where the file cannot be written, PluginError where a plugin's reporter raises."""
        pieces = self._pieces(evaluation, {"language": language, "to_file": self.path is not None})
        if self.path is None:
            for piece in pieces:
                sys.stdout.buffer.write(piece)
            sys.stdout.buffer.flush()
            return
        try:
            write_file(self.path, pieces)
        except OSError as error:
            raise OutputError([refused(self.name, error)]) from error

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


def destinations(names: Sequence[str], plugins: Registry) -> list[Destination]:
    """The files to write. Raises UsageError, before anything is computed, for one that cannot be written."""
    by_suffix = {suffix: reporter for reporter in plugins.reporters.values() for suffix in reporter.suffixes}
    issues: list[Issue] = []
    found: list[Destination] = []
    for name in names:
        path = Path(name)
        reporter = by_suffix.get(path.suffix.lower())
        if reporter is None:
            issues.append(Issue(code="SC712", values={"file": name, "allowed": sorted(by_suffix)}))
        elif (lacking := _lacking(reporter, name)) is not None:
            issues.append(lacking)
        elif (problem := unwritable(path)) is not None:
            issues.append(Issue(code="SC713", values={"file": name, "reason": problem, "folder": str(path.parent)}))
        elif any(one.path is not None and os.path.realpath(one.path) == os.path.realpath(path) for one in found):
            issues.append(Issue(code="SC713", values={"file": name, "reason": "twice"}))
        else:
            found.append(Destination(reporter=reporter, path=path, ours=_ours(reporter)))
    if issues:
        raise UsageError(issues)
    return found


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
    """The package that one of our forms needs and that is not installed."""
    packages, install = _NEEDED.get(reporter.id, ((), "")) if _ours(reporter) else ((), "")
    package = next((one for one in packages if find_spec(one) is None), None)
    return (
        None if package is None else Issue(code="SC713", values={"file": name, "reason": "package", "package": package, "install": install})
    )


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


def refused(name: str, error: OSError) -> Issue:
    """What to say of a file that could not be written."""
    reason = "full" if error.errno in FULL else "closed" if error.errno in _CLOSED else "other"
    return Issue(code="SC717", values={"file": name, "reason": reason, "error": error.strerror or str(error)})
