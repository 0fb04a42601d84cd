"""Fixes that are safe to make without asking: one module for each, by the code of the issue that it mends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from scorecard.definition.document import Document
from scorecard.definition.fixes import misspelt_key, modeline, section_order, threshold_order
from scorecard.definition.fixes.fix import Fix, Replacement
from scorecard.definition.layers import FOLDERS, Tree
from scorecard.model.issue import Issue

__all__ = ["FIXES", "Fix", "Replacement", "documents_of", "fixes_of", "of_form"]

FIXES: Mapping[str, Callable[[Issue, Document], Fix | None]] = {
    misspelt_key.CODE: misspelt_key.fix,
    threshold_order.CODE: threshold_order.fix,
    modeline.CODE: modeline.fix,
    section_order.CODE: section_order.fix,
}


def fixes_of(issues: Iterable[Issue], documents: Mapping[str, Document]) -> tuple[Fix, ...]:
    """The fixes of those issues that have one, in their order, for files that are among the documents."""
    found: list[Fix] = []
    for issue in issues:
        document = documents.get(issue.place.file) if issue.place is not None else None
        if document is not None and issue.code in FIXES and (fix := FIXES[issue.code](issue, document)) is not None:
            found.append(fix)
    return tuple(found)


def documents_of(issues: Iterable[Issue], tree: Tree = FOLDERS) -> dict[str, Document]:
    """The files that issues which may have fixes point at, as they are now."""
    files = {issue.place.file for issue in issues if issue.place is not None and issue.code in FIXES}
    return {file: document for file in sorted(files) if (document := tree.load(file)[0]) is not None}


def of_form(document: Document) -> Iterator[Issue]:
    """What could be tidier about a file that says the right thing: its first line, the order of its sections."""
    yield from modeline.find(document)
    yield from section_order.find(document)
