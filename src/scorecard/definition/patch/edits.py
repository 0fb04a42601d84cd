"""Which file of a definition a new value is written into: the layer that holds it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import unified_diff

from scorecard.definition.document import Where
from scorecard.definition.layers import load
from scorecard.definition.patch.text import Scalar, patched, there
from scorecard.definition.read import decode
from scorecard.errors import UsageError
from scorecard.model.definition import Scorecard
from scorecard.model.issue import Place


@dataclass(frozen=True, slots=True)
class Edit:
    """A new value at a way in one file of a definition, replaced there or put in."""

    file: str
    where: Where
    value: Scalar


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """A unified diff that `git apply` and `patch -p1` take in `folder`.

    `shared` are the layers that it changes: whoever else extends them gets the new values too.
    """

    text: str
    folder: str
    shared: tuple[str, ...] = ()


def edits(scorecard: Scorecard, values: Mapping[Where, Scalar], *, own: bool = False) -> tuple[Edit, ...]:
    """Each new value in the file that holds it; one that no file holds goes where its mapping was last written.

    With `own` all are written into the definition itself, over what its layers say. A value that only `defaults` give is written
    beside what it is the default of. Raises UsageError for a file that is gone.
    """
    if own:
        return tuple(Edit(scorecard.files[0], where, value) for where, value in values.items())
    held = {file: _data(file) for file in scorecard.files}
    return tuple(Edit(_file(scorecard, held, where), where, value) for where, value in values.items())


def patch(scorecard: Scorecard, values: Mapping[Where, Scalar], *, own: bool = False) -> Patch:
    """The diff of a definition's files that gives these values these numbers; the files stay as they are.

    Raises UsageError where a value cannot be replaced alone (SC740) or a file cannot be read again.
    """
    found = edits(scorecard, values, own=own)
    files = list(dict.fromkeys(edit.file for edit in found))
    folder = folder_of(files)
    texts = [_diff(file, folder, [edit for edit in found if edit.file == file]) for file in files]
    return Patch(text="".join(texts), folder=folder, shared=tuple(file for file in files if file != scorecard.files[0]))


def _file(scorecard: Scorecard, held: Mapping[str, object], where: Where) -> str:
    for depth in range(len(where), 0, -1):
        place = _place(scorecard, where[:depth])
        if place is not None and there(held.get(place.file), where[:depth]):
            return place.file
    return scorecard.files[0]


def _place(scorecard: Scorecard, where: Where) -> Place | None:
    return scorecard.places.get(tuple(str(step) for step in where))


def _data(file: str) -> object:
    document, issues = load(file)
    if document is None:
        raise UsageError(issues)
    return document.data


def folder_of(files: Iterable[str]) -> str:
    """The working folder, or the nearest one above it that holds every file."""
    here = os.path.abspath(os.curdir)
    return os.path.commonpath([here, *(os.path.dirname(os.path.abspath(file)) for file in files)])


def _diff(file: str, folder: str, found: Iterable[Edit]) -> str:
    before = kept_text(file)
    return unified(file, folder, before, patched(before, file, {edit.where: edit.value for edit in found}))


def kept_text(file: str) -> str:
    """The text of a file with the byte order mark and the line ends that it has. Raises UsageError where it has none."""
    with open(file, "rb") as stream:
        data = stream.read()
    text, issues = decode(data, file)
    if text is None:
        raise UsageError(issues)
    return "\ufeff" * data.startswith(b"\xef\xbb\xbf") + text


def unified(file: str, folder: str, before: str, after: str) -> str:
    """The unified diff between two texts of a file, named from `folder`; empty where they are the same."""
    name = os.path.relpath(file, folder).replace(os.sep, "/")
    tab = "\t" if " " in name else ""
    lines = unified_diff(_lines(before), _lines(after), f"a/{name}{tab}", f"b/{name}{tab}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(text: str) -> list[str]:
    """The lines with their ends, as `diff` counts them: only a line feed ends one."""
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]
