"""Cells of a workbook that hold an error such as #N/A, which its reader gives back as blanks."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Mapping
from html import unescape
from pathlib import Path

Position = tuple[int, int]
"""row and column, from 0"""

_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(r"<Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(r"([\w:]+)=\"([^\"]*)\"")
_CELL = re.compile(r"<c r=\"([A-Z]+)(\d+)\"[^>]*\bt=\"e\"[^>]*>.*?<v>([^<]*)</v>", re.DOTALL)


def error_cells(path: Path, sheet: str) -> Mapping[Position, str]:
    """The errors of a sheet of an xlsx file by where they stand; none of other formats, which do not tell."""
    if not zipfile.is_zipfile(path):
        return {}
    with zipfile.ZipFile(path) as archive:
        part = _part(archive, sheet)
        text = archive.read(part).decode("utf-8") if part is not None else ""
    return {(int(row) - 1, _column(letters)): unescape(error) for letters, row, error in _CELL.findall(text) if error}


def _part(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """The file of a sheet inside of the archive."""
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return None
    sheets = _described(_SHEET, archive.read("xl/workbook.xml").decode("utf-8"))
    id = next((found["r:id"] for found in sheets if unescape(found.get("name", "")) == sheet and "r:id" in found), None)
    relations = _described(_RELATION, archive.read("xl/_rels/workbook.xml.rels").decode("utf-8"))
    target = next((found["Target"] for found in relations if found.get("Id") == id), "")
    part = target.removeprefix("/") if target.startswith("/") else posixpath.join("xl", target)
    return part if part in names else None


def _described(pattern: re.Pattern[str], text: str) -> list[dict[str, str]]:
    return [dict(_ATTRIBUTE.findall(tag)) for tag in pattern.findall(text)]


def _column(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1
