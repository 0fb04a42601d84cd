"""Issues of definitions in the forms that build servers and code review take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from scorecard.language.catalogue import sentence
from scorecard.model.issue import Issue, Level

if TYPE_CHECKING:
    from scorecard.definition.fixes import Fix

FORMS = ("json", "github", "gitlab", "junit", "sarif", "markdown")
LEVELS = (Level.ERROR, Level.WARNING, Level.INFO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Files that were checked, all their issues in the order of the files and places, and the fixes of those that have one."""

    files: Sequence[str]
    issues: Sequence[Issue]
    fixes: Iterable[Fix] = ()
    language: str = "en"
    root: Path = field(default_factory=Path.cwd)
    """paths are given relative to it"""

    def message(self, issue: Issue) -> str:
        return sentence(issue.code, issue.values, self.language)

    def path(self, file: str) -> str:
        """The file as seen from the root, with forward slashes; one outside of it by its whole path."""
        full = Path(file).resolve()
        return (full.relative_to(self.root) if full.is_relative_to(self.root) else full).as_posix()

    def count(self, level: Level) -> int:
        return sum(issue.level is level for issue in self.issues)

    def by_file(self) -> Mapping[str | None, list[Issue]]:
        """The issues of every file that was checked or is pointed at; under None those without a place."""
        found: dict[str | None, list[Issue]] = {file: [] for file in self.files}
        for issue in self.issues:
            found.setdefault(issue.place.file if issue.place is not None else None, []).append(issue)
        return found


def written(checked: Checked, form: str) -> str:
    """The issues in one of the forms."""
    text: str = import_module(f"{__name__}.{form}").written(checked)
    return text
