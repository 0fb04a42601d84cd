"""Mending: the texts of definitions with every fix made that leaves fewer issues and the same data otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from scorecard.definition.check import check_in
from scorecard.definition.departures import same
from scorecard.definition.document import Document
from scorecard.definition.fixes import documents_of, fixes_of, of_form
from scorecard.definition.fixes.fix import Fix, stretch
from scorecard.definition.layers import FOLDERS, Folders
from scorecard.definition.patch.edits import kept_text
from scorecard.definition.patch.text import spliced
from scorecard.definition.read import read_text
from scorecard.hooks.registry import Registry
from scorecard.model.issue import Issue

_MOST = 200
"""fixes of one definition; each is followed by a new check"""


@dataclass(frozen=True, slots=True)
class Text:
    """A file before and after, with the byte order mark and the line ends that it has."""

    before: str
    after: str


@dataclass(slots=True)
class Mended:
    """The files that change, the fixes made, and those that were not: in files that were not named, or of no use in the end."""

    texts: dict[str, Text] = field(default_factory=dict)
    made: list[Fix] = field(default_factory=list)
    elsewhere: list[Fix] = field(default_factory=list)
    useless: list[Fix] = field(default_factory=list)


def mend(files: Sequence[str], registry: Registry) -> Mended:
    """All safe fixes of some definitions. Nothing is written; a layer that they share is changed where it is itself among `files`."""
    drafts, mended = _Drafts(), Mended()
    named = {FOLDERS.identity(file) for file in files}
    for file in files:
        _mend(file, named, drafts, registry, mended)
    for identity, after in drafts.texts.items():
        name = drafts.names[identity]
        mended.texts[name] = Text(kept_text(name), after)
    return mended


class _Drafts(Folders):
    """The folders at hand with the texts of some files replaced."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.names: dict[str, str] = {}

    def load(self, file: str) -> tuple[Document | None, list[Issue]]:
        text = self.texts.get(self.identity(file))
        return read_text(text, file) if text is not None else super().load(file)

    def make(self, fix: Fix, document: Document) -> bool:
        """Whether the fix can be made: the text then reads as the data that the fix promises, and no worse as YAML."""
        identity = self.identity(fix.file)
        text = self.texts.get(identity) or kept_text(fix.file)
        for replacement in sorted(fix.replacements, key=lambda each: (each.line, each.column), reverse=True):
            text = spliced(text, *stretch(document, replacement), replacement.text)
        after, issues = read_text(text, fix.file)
        if after is None or not same(after.data, fix.data) or len(issues) > len(self.load(fix.file)[1]):
            return False
        self.texts[identity] = text
        self.names.setdefault(identity, fix.file)
        return True


def _mend(file: str, named: set[str], drafts: _Drafts, registry: Registry, mended: Mended) -> None:
    """Makes one fix after another, with a look at what is left after each; takes them back where that is no less than before."""
    kept = dict(drafts.texts)
    before = issues = _issues(file, drafts, registry)
    made: list[Fix] = []
    while len(made) < _MOST:
        documents = documents_of(issues, drafts)
        fixes = fixes_of(issues, documents)
        own = [fix for fix in fixes if drafts.identity(fix.file) in named]
        next_one = next((fix for fix in own if drafts.make(fix, documents[fix.file])), None)
        if next_one is None:
            mended.elsewhere += [fix for fix in fixes if fix not in own and fix not in mended.elsewhere]
            break
        made.append(next_one)
        issues = _issues(file, drafts, registry)
    if made and len(issues) >= len(before):
        drafts.texts = kept
        mended.useless += made
    else:
        mended.made += made


def _issues(file: str, drafts: _Drafts, registry: Registry) -> tuple[Issue, ...]:
    document, _ = drafts.load(file)
    return (*check_in(drafts, file, registry).issues, *(of_form(document) if document is not None else ()))
