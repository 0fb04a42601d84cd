"""Sections in the order of the reference, each with the comments right above it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scorecard.definition.document import Document
from scorecard.definition.fixes.fix import Fix, between
from scorecard.definition.sections import SECTIONS, rank
from scorecard.model.issue import Issue, Level

CODE = "SC891"


@dataclass(frozen=True, slots=True)
class _Block:
    """The lines of one section, from `first` to before `end`, counted from 0."""

    section: str
    first: int
    end: int


def find(document: Document) -> Iterator[Issue]:
    """SC891: a section stands before one that the reference has before it."""
    known = [section for section in document.data if section in SECTIONS]
    wanted = sorted(known, key=rank)
    moved = next((section for section, right in zip(known, wanted, strict=True) if section != right), None)
    if moved is not None:
        place = document.root.at((moved,)).key
        yield Issue(code=CODE, place=place, level=Level.INFO, values={"key": moved, "order": wanted})


def fix(issue: Issue, document: Document) -> Fix | None:
    """The sections sorted; None where it cannot be told which comments belong to which of them."""
    blocks = _blocks(document)
    if blocks is None or any(block.section not in SECTIONS for block in blocks):
        return None
    order = sorted(blocks, key=lambda block: rank(block.section))
    moved = [at for at, (one, other) in enumerate(zip(blocks, order, strict=True)) if one is not other]
    if not moved:
        return None
    lines = document.text.split("\n")
    first, last = blocks[moved[0]].first, blocks[moved[-1]].end
    new = "".join(f"{line}\n" for block in order[moved[0] : moved[-1] + 1] for line in lines[block.first : block.end])
    start = sum(len(line) + 1 for line in lines[:first])
    end = min(start + sum(len(line) + 1 for line in lines[first:last]), len(document.text))
    if not document.text[start:end].endswith("\n"):
        new = new.removesuffix("\n")
    return Fix(
        issue=issue,
        words="fix.section_order",
        values={"order": ", ".join(block.section for block in order)},
        replacements=(between(document, start, end, new),),
        data=document.data,
    )


def _blocks(document: Document) -> list[_Block] | None:
    """The lines of every section; None where two share a line, or a comment between blank lines could be of either neighbour."""
    lines = document.text.removesuffix("\n").split("\n")
    starts: dict[str, int] = {}
    for section, spot in (document.root.children or {}).items():
        mark = spot.key_event.start_mark
        if mark.column or mark.line in starts.values():
            return None
        starts[str(section)] = mark.line
    firsts = {section: _with_comments(lines, line) for section, line in starts.items()}
    opening = next(iter(firsts.values()), 0)
    for before, first in zip(starts.values(), [*list(firsts.values())[1:], len(lines)], strict=True):
        if any(line.startswith(("#", "---", "...")) for line in lines[before + 1 : first]):
            return None
    if opening != next(iter(starts.values()), 0) and not _is_in_place(document):
        return None
    ends = [*list(firsts.values())[1:], len(lines)]
    return [_Block(section, first, end) for (section, first), end in zip(firsts.items(), ends, strict=True)]


def _is_in_place(document: Document) -> bool:
    """Whether the first section stays the first: what is said above it may be said of the whole file."""
    known = [section for section in document.data if section in SECTIONS]
    return bool(known) and known[0] == min(known, key=rank)


def _with_comments(lines: list[str], line: int) -> int:
    """The first of the comment lines right above a line."""
    while line and lines[line - 1].startswith("#"):
        line -= 1
    return line
