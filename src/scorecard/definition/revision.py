"""A definition by the name of its file, or as a revision of the repository has it: `main:configs/acme.scorecard.yaml`."""

from __future__ import annotations

import os
import posixpath
import re
import subprocess
from dataclasses import dataclass
from typing import NamedTuple

from scorecard.definition.document import Document
from scorecard.definition.layers import FOLDERS, Tree
from scorecard.definition.read import LARGEST, decode, read_text
from scorecard.errors import DefinitionError, UsageError
from scorecard.model.issue import Issue

_NAME = re.compile(r"[\w@][\w@./^~{}+-]*").fullmatch
"""revisions that are asked for; nothing that git could take for an option or a range"""

_NO_FILE = frozenset({"SC001", "SC951"})


class Opened(NamedTuple):
    """Where a definition and its layers are read, and the name of its file there, which its issues bear."""

    tree: Tree
    file: str

    def load(self) -> tuple[Document | None, list[Issue]]:
        """The document of the file, or the issues that say why there is none."""
        return self.tree.load(self.file)

    def read(self) -> tuple[Document, list[Issue]]:
        """The document and its issues. Raises UsageError where there is no such file, DefinitionError where it cannot be read."""
        document, issues = self.load()
        if document is None:
            raise (UsageError if issues[0].code in _NO_FILE else DefinitionError)(issues)
        return document, issues


def opened(name: str) -> Opened:
    """A file, or `REVISION:PATH` as git writes it; a file of that very name comes first.

    Raises UsageError (SC951) where the name is none, or git knows no such revision.
    """
    revision, colon, path = name.partition(":")
    if not colon or os.path.exists(name) or os.path.splitdrive(name)[0]:
        return Opened(FOLDERS, name)
    if not _NAME(revision) or ".." in revision or not path:
        raise _refused("name", name)
    where = _asked(["rev-parse", "--show-toplevel", "--show-prefix"], name)
    if where is None:
        raise _refused("repository", name)
    root, prefix = [*where.decode("utf-8", "surrogateescape").splitlines(), ""][:2]
    commit = _asked(["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"], name)
    if commit is None:
        raise _refused("revision", name, revision=revision)
    if path.startswith(("./", "../")):
        path = posixpath.join(prefix, path)
    path = posixpath.normpath(path)
    if _outside(path):
        raise _refused("outside", name)
    return Opened(Commit(revision, commit.decode().strip(), root), f"{revision}:{path}")


@dataclass(frozen=True, slots=True)
class Commit:
    """The files of one commit, each called `REVISION:PATH` with the path from the repository's root. Nothing is checked out."""

    revision: str
    id: str
    root: str

    def load(self, file: str) -> tuple[Document | None, list[Issue]]:
        path = self._path(file)
        if _outside(path):
            return None, [Issue(code="SC951", values={"reason": "outside", "name": file})]
        command = ["git", "-C", self.root, "cat-file", "blob", f"{self.id}:{path}"]
        with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as git:
            assert git.stdout is not None
            data = git.stdout.read(LARGEST + 1)
            if len(data) > LARGEST:
                git.kill()
        if git.returncode and len(data) <= LARGEST:
            return None, [Issue(code="SC001", values={"file": file})]
        text, issues = decode(data, file)
        return read_text(text, file) if text is not None else (None, issues)

    def beside(self, file: str, entry: str) -> str:
        return f"{self.revision}:{posixpath.normpath(posixpath.join(posixpath.dirname(self._path(file)), entry))}"

    def identity(self, file: str) -> str:
        return file

    def at_hand(self, file: str) -> str:
        return os.path.relpath(os.path.join(self.root, self._path(file)))

    def _path(self, file: str) -> str:
        return file.removeprefix(f"{self.revision}:")


def _asked(arguments: list[str], name: str) -> bytes | None:
    """What git answers; None where it does not know."""
    try:
        done = subprocess.run(["git", *arguments], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    except OSError as problem:
        raise _refused("git", name) from problem
    return done.stdout if done.returncode == 0 else None


def _outside(path: str) -> bool:
    return path.startswith("/") or path.partition("/")[0] == ".."


def _refused(reason: str, name: str, **values: object) -> UsageError:
    return UsageError([Issue(code="SC951", values={"reason": reason, "name": name, **values})])
