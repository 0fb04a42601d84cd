"""Saving: what would be written is shown as a diff first, and nothing but the definition is written, only where nobody else did."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np

from scorecard.definition.patch.edits import edits, folder_of, unified
from scorecard.definition.patch.text import patched
from scorecard.errors import OutputError, UsageError
from scorecard.model.issue import Issue
from scorecard.report.files import refused, write_file
from scorecard.serve.session import Session, text_of
from scorecard.serve.tried import turned

_LINES = re.compile("[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_END = re.compile("\r\n|\r|\n")


def with_numbers(session: Session, numbers: Mapping[str, float]) -> str:
    """The text as it is typed with these numbers, comments and layout kept; all stand in the definition itself, over its layers.

    Raises UsageError where a number cannot be written (SC740).
    """
    found = session.now
    if found is None:
        return session.text
    values = {dial.where: dial.scalar(number) for dial, number in turned(found, numbers).values()}
    written = edits(found.evaluation.scorecard, values, own=True)
    return patched(session.text, session.file, {edit.where: edit.value for edit in written})


def other_scores(session: Session, text: str, numbers: Mapping[str, float]) -> int:
    """How many scores the text gives that are other than those tried: segments with a number of their own keep it."""
    found = session.scored(text)
    if found is None:
        return 0
    was, now = session.sides(numbers).after.total, found.side.total
    return int((~np.isclose(now, was, rtol=0, atol=1e-9, equal_nan=True)).sum()) if was.shape == now.shape else len(now)


def diff(session: Session, text: str) -> str:
    """What saving a text changes in the file, as a unified diff; empty where it changes nothing."""
    return unified(session.file, folder_of([session.file]), session.kept, as_kept(text, session.kept))


def save(session: Session, text: str) -> None:
    """Writes a text into the file and takes it.

    Raises UsageError (SC764) where the file is another one than was read, OutputError (SC717) where it cannot be written.
    """
    with session.lock:
        if text_of(session.file) != session.kept:
            raise UsageError([Issue(code="SC764", values={"file": session.file, "reason": "changed"})])
        kept = as_kept(text, session.kept)
        try:
            write_file(Path(session.file), [kept.encode()])
        except OSError as error:
            raise OutputError([refused(session.file, error)]) from error
        session.wrote(kept, text)


def as_kept(text: str, kept: str) -> str:
    """A text of the page with the byte order mark and the line ends of the file; where these are mixed, lines as they were keep theirs."""
    mark, before = "\ufeff" * kept.startswith("\ufeff"), _LINES.findall(kept.removeprefix("\ufeff"))
    ends = [_END.search(line)[0] for line in before if _END.search(line)]  # type: ignore[index]
    usual = max(dict.fromkeys(ends), key=ends.count, default="\n")
    if len(set(ends)) < 2:
        return mark + text.replace("\n", usual)
    after = _LINES.findall(text)
    moves = SequenceMatcher(None, [_END.sub("\n", line) for line in before], after, autojunk=False).get_opcodes()
    pieces = [
        before[first:last] if kind == "equal" else [line.replace("\n", usual) for line in after[start:end]]
        for kind, first, last, start, end in moves
    ]
    return mark + "".join(line for lines in pieces for line in lines)
