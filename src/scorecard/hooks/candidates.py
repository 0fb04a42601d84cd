"""Which plugins there are, before any is loaded: installed distributions and files in folders."""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType

from scorecard.hooks.registry import Plugin
from scorecard.hooks.spec import PROJECT
from scorecard.model.issue import Issue

BUILTIN = "scorecard.builtin"
"""the module our own entry point names"""
UNKNOWN = "no version"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A plugin that can be loaded. `ours` is the plugin this distribution brings itself."""

    plugin: Plugin
    load: Callable[[], object]
    ours: bool = False

    @property
    def place_in_line(self) -> tuple[bool, str, str]:
        """Ours first, the others by name."""
        return (not self.ours, self.plugin.name, self.plugin.origin)


def candidates(folders: Sequence[Path]) -> tuple[list[Candidate], list[Issue]]:
    """Every plugin that is installed or lies in one of the folders, ours first, then by name; folders that are none."""
    found = list(_installed())
    issues: list[Issue] = []
    for folder in dict.fromkeys(each.expanduser().absolute() for each in folders):
        if folder.is_dir():
            found += [_beside(path) for path in _plugin_files(folder)]
        else:
            reason = "file" if folder.exists() else "absent"
            issues.append(Issue(code="SC514", values={"folder": str(folder), "reason": reason}))
    return sorted(found, key=lambda each: each.place_in_line), issues


def _installed() -> Iterator[Candidate]:
    for entry in entry_points(group=PROJECT):
        yield Candidate(plugin=_described(entry), load=entry.load, ours=entry.value == BUILTIN)


def _described(entry: EntryPoint) -> Plugin:
    if entry.dist is None:
        return Plugin(name=entry.name, version=UNKNOWN, origin=entry.value)
    return Plugin(name=entry.name, version=entry.dist.version, origin=entry.dist.name)


def _plugin_files(folder: Path) -> Iterable[Path]:
    """Modules and packages of a folder; names that begin with `_` or `.` are private, and tests stand beside what they test."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith(("_", ".", "test_")) or path.name.endswith("_test.py") or path.name == "conftest.py":
            continue
        if path.suffix == ".py" and path.is_file():
            yield path
        elif (path / "__init__.py").is_file():
            yield path / "__init__.py"


def _beside(path: Path) -> Candidate:
    package = path.name == "__init__.py"
    name = path.parent.name if package else path.stem
    return Candidate(
        plugin=Plugin(name=name, version=UNKNOWN, origin=str(path.parent if package else path)),
        load=lambda: _load_file(name, path, package=package),
    )


def _load_file(name: str, path: Path, *, package: bool) -> ModuleType:
    """The module of a file under a private name, so that it never shadows another; it is forgotten where it raises."""
    private = f"_scorecard_plugin_{hashlib.blake2b(str(path).encode(), digest_size=6).hexdigest()}_{name}"
    spec = importlib.util.spec_from_file_location(private, path, submodule_search_locations=[str(path.parent)] if package else None)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is no Python module")
    module = importlib.util.module_from_spec(spec)
    sys.modules[private] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        sys.modules.pop(private, None)
        raise
    return module
