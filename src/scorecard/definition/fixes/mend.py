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


def mend(files: Sequence[str], registry: Registry, named: Sequence[str] = ()) -> Mended:
    """All safe fixes of some definitions, in these files and in layers of theirs that are `named`. Nothing is written."""
    drafts, mended = _Drafts(), Mended()
    own = {FOLDERS.identity(file) for file in (*files, *named)}
    for file in files:
        _mend(file, own, drafts, registry, mended)
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
    """Makes all fixes of a definition; where these leave no fewer issues than before, only those that by themselves do."""
    before, kept = len(_issues(file, drafts, registry)), dict(drafts.texts)
    made, useless = _made(file, named, drafts, registry, each_counts=False)
    if made and len(_issues(file, drafts, registry)) >= before:
        drafts.texts = kept
        made, useless = _made(file, named, drafts, registry, each_counts=True)
    mended.made += made
    mended.useless += useless
    left = _issues(file, drafts, registry)
    others = (fix for fix in fixes_of(left, documents_of(left, drafts)) if drafts.identity(fix.file) not in named)
    mended.elsewhere += [fix for fix in others if fix not in mended.elsewhere]


def _made(file: str, named: set[str], drafts: _Drafts, registry: Registry, *, each_counts: bool) -> tuple[list[Fix], list[Fix]]:
    """The fixes made one after another, with a look at what is left after each, and those taken back, as they left no fewer issues."""
    issues = _issues(file, drafts, registry)
    made: list[Fix] = []
    useless: list[Fix] = []
    while len(made) + len(useless) < _MOST:
        kept, documents = dict(drafts.texts), documents_of(issues, drafts)
        tried = {_said(fix) for fix in useless}
        own = (fix for fix in fixes_of(issues, documents) if drafts.identity(fix.file) in named and _said(fix) not in tried)
        fix = next((fix for fix in own if drafts.make(fix, documents[fix.file])), None)
        if fix is None:
            break
        left = _issues(file, drafts, registry)
        if each_counts and len(left) >= len(issues):
            drafts.texts = kept
            useless.append(fix)
        else:
            made.append(fix)
            issues = left
    return made, useless


def _said(fix: Fix) -> tuple[str, str]:
    """What a fix mends, wherever it stands by now."""
    return fix.issue.code, str(fix.issue.values)


def _issues(file: str, drafts: _Drafts, registry: Registry) -> tuple[Issue, ...]:
    document, _ = drafts.load(file)
    return (*check_in(drafts, file, registry).issues, *(of_form(document) if document is not None else ()))
