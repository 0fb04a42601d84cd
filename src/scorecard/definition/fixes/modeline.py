"""A first line that names the schema, so that editors complete and check what is typed."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from scorecard.definition.document import Document
from scorecard.definition.fixes.fix import Fix, between
from scorecard.model.issue import Issue, Level, Place

CODE = "SC890"
_NAMES_A_SCHEMA = re.compile(r"^#\s*yaml-language-server:\s*\$schema=", re.MULTILINE).search
_SCHEMA = "scorecard.schema.json"
"""what `scorecard init` and `scorecard schema` write"""


def find(document: Document) -> Iterator[Issue]:
    """SC890: no comment names the schema, and there is one beside the file or in a folder above it."""
    schema = _nearest_schema(document.file) if not _NAMES_A_SCHEMA(document.text) else None
    if schema is not None:
        yield Issue(code=CODE, place=Place(document.file, 1, 1), level=Level.INFO, values={"schema": schema})


def fix(issue: Issue, document: Document) -> Fix:
    """The line, before all others."""
    line = f"# yaml-language-server: $schema={issue.values['schema']}\n"
    return Fix(issue=issue, words="fix.modeline", values=issue.values, replacements=(between(document, 0, 0, line),), data=document.data)


def _nearest_schema(file: str) -> str | None:
    """The path from a file to the schema nearest to it, not above the repository that the file is in."""
    own = Path(os.path.realpath(file)).parent
    for folder in (own, *own.parents):
        for schema in (folder / _SCHEMA, folder / "schemas" / _SCHEMA):
            if schema.is_file():
                return os.path.relpath(schema, own).replace(os.sep, "/")
        if (folder / ".git").exists():
            return None
    return None
