"""Lines below the table of an export, such as whose it is and who made it."""

from __future__ import annotations

import re
from pathlib import Path

from scorecard.builtin.reading.files import NamedFile
from scorecard.builtin.reading.remote import Download

_TAIL = 1 << 14
_QUOTE = b'"'
_QUOTED = re.compile(rb'"[^"]*"')
_SECOND_CELL = re.compile(rb"[,;\t|]")


def without_footer(file: NamedFile, mark: re.Pattern[bytes]) -> NamedFile:
    """The file without what follows its last blank line, where that has a mark and no second cell; else the file as it is.

    A blank line inside of a cell in quotes is none: what is kept has as many quotes that open as that close.
    """
    size = file.path.stat().st_size
    with file.path.open("rb") as stream:
        stream.seek(max(0, size - _TAIL))
        tail = stream.read()
    below = _below_the_last_blank(tail)
    if not mark.search(below) or _SECOND_CELL.search(_QUOTED.sub(b"", below)):
        return file
    kept = file.path.read_bytes()[: size - len(below)]
    if kept.count(_QUOTE) % 2:
        return file
    download = Download()
    path = Path(download.folder / file.path.name)
    path.write_bytes(kept)
    return NamedFile(path, file.name, download)


def _below_the_last_blank(text: bytes) -> bytes:
    """The last lines of a text that are not blank, with the blank ones around them; nothing where no blank line is above them."""
    lines = text.splitlines(keepends=True)
    end = next((at for at in range(len(lines), 0, -1) if lines[at - 1].strip()), 0)
    begin = next((at for at in range(end, 0, -1) if not lines[at - 1].strip()), 0)
    above = next((at for at in range(begin, 0, -1) if lines[at - 1].strip()), 0)
    return b"".join(lines[above:]) if above else b""
