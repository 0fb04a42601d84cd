"""Which definitions a command is given: files, patterns and folders."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from scorecard.errors import UsageError
from scorecard.model.issue import Issue

SUFFIXES = (".scorecard.yaml", ".scorecard.yml")
_NEEDED = ("entity", "sources")
"""what every definition has, its layers counted"""


def definitions(names: Sequence[str]) -> list[str]:
    """The definitions that the names stand for, each once. Raises UsageError for a name that stands for none.

    Of what lies in a folder or fits a pattern, files that another one extends and that are not complete without it are layers
    and no definitions of their own.
    """
    found = named(names)
    searched = [file for file in found if file not in names]
    layers = _layers(found) if len(found) > 1 and searched else set()
    return [file for file in found if file in names or os.path.realpath(file) not in layers]


def named(names: Sequence[str]) -> list[str]:
    """The files that the names stand for, layers too. Raises UsageError for a name that stands for none."""
    found: dict[str, None] = {}
    issues: list[Issue] = []
    for name in names:
        matches, why = _matches(name)
        if not matches:
            issues.append(Issue(code="SC710", values={"name": name, "reason": why, "did_you_mean": _near(name)}))
        found |= dict.fromkeys(matches)
    if issues:
        raise UsageError(issues)
    return list(found)


def _matches(name: str) -> tuple[list[str], str]:
    if os.path.isdir(name):
        inside = (path for suffix in SUFFIXES for path in Path(name).rglob(f"*{suffix}") if path.is_file())
        return sorted(str(path) for path in inside if not _hidden(path.relative_to(name))), "folder"
    if os.path.exists(name):
        return [name], ""
    if glob.has_magic(name):
        return sorted(path for path in glob.glob(name, recursive=True) if os.path.isfile(path)), "pattern"
    return [], "absent"


def _layers(files: Iterable[str]) -> set[str]:
    """Those that another one is laid over and that alone do not say who is scored, or from which data."""
    from scorecard.definition.layers import layer, load

    under: set[str] = set()
    incomplete: set[str] = set()
    for file in files:
        document, _ = load(file)
        if document is not None:
            layered, _ = layer(document)
            own = os.path.realpath(file)
            under |= {real for each in layered.files if (real := os.path.realpath(each)) != own}
            if not all(layered.data.get(key) for key in _NEEDED):
                incomplete.add(own)
    return under & incomplete


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _near(name: str) -> list[str]:
    """Definitions in the folder of a name that look like it."""
    from difflib import get_close_matches

    folder = os.path.dirname(name) or "."
    if glob.has_magic(name) or not os.path.isdir(folder):
        return []
    there = [entry for entry in os.listdir(folder) if entry.endswith((".yaml", ".yml"))]
    return [os.path.join(os.path.dirname(name), near) for near in get_close_matches(os.path.basename(name), there, n=2, cutoff=0.5)]
