"""How the characters of a text file are stored: as given, by its byte order mark, or found out."""

from __future__ import annotations

import codecs
import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from scorecard.hooks.contracts import SourceError

if TYPE_CHECKING:
    from hashlib import _Hash as Hash

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BLOCK = 1 << 20
_LONGEST = 4
"""bytes of a character"""
CHINESE = "gb18030"
"""what contains GBK and GB2312"""


def encoding_of(path: Path, name: str, given: str | None = None) -> str:
    """The encoding of a file, tried on all of it. Raises SourceError with the byte and row that it does not fit."""
    return looked_at(path, name, given, hashlib.sha256())[0]


def looked_at(path: Path, name: str, given: str | None, hash: Hash) -> tuple[str, Hash]:
    """The encoding of a file, and the hash with what is in it: both from one look at all of it, where the first guess is right."""
    encoding = given or _by_mark(path)
    if encoding is not None:
        try:
            codecs.lookup(encoding)
        except LookupError:
            raise SourceError("SC627", origin=name, encoding=encoding, reason="unknown") from None
        encoding = CHINESE if codecs.lookup(encoding).name in ("gbk", "gb2312", "cp936") else encoding
        if codecs.lookup(encoding).name in ("utf-8", "utf-8-sig") and _is_utf8(path, as_utf8 := hash.copy()):
            return encoding, as_utf8
        if (fault := _fault(path, encoding, hash)) is not None:
            raise SourceError("SC627", origin=name, encoding=given or encoding, byte=fault[0], row=fault[1])
        return encoding, hash
    as_utf8, as_chinese = hash.copy(), hash.copy()
    if _is_utf8(path, as_utf8):
        return "utf-8", as_utf8
    if _fault(path, CHINESE, as_chinese) is None and _reads_as_chinese(path):
        return CHINESE, as_chinese
    fault = _fault(path, "utf-8", hash)
    assert fault is not None
    raise SourceError("SC627", origin=name, encoding="utf-8", byte=fault[0], row=fault[1], reason="not_found")


def _by_mark(path: Path) -> str | None:
    with path.open("rb") as stream:
        start = stream.read(4)
    return next((encoding for mark, encoding in _MARKS if start.startswith(mark)), None)


def _is_utf8(path: Path, hash: Hash) -> bool:
    """Whether all of a file is UTF-8, which Arrow sees without making text of it. A second thread hashes each block meanwhile."""
    rest = b""
    with path.open("rb") as stream, ThreadPoolExecutor(1) as second:
        while block := stream.read(_BLOCK):
            hashed = second.submit(hash.update, block)
            characters = rest + block
            whole = _last_begins(characters)
            if not _valid(characters[:whole]):
                return False
            rest = characters[whole:]
            hashed.result()
    return _valid(rest)


def _last_begins(characters: bytes) -> int:
    """Where the last character begins if it has several bytes, of which some may be still to come; else where it ends."""
    for back in range(1, min(len(characters), _LONGEST) + 1):
        if characters[-back] >= 0xC0:
            return len(characters) - back
        if characters[-back] < 0x80:
            break
    return len(characters)


def _valid(characters: bytes) -> bool:
    ends = pa.array([0, len(characters)], pa.int32()).buffers()[1]
    try:
        pa.Array.from_buffers(pa.string(), 1, [None, ends, pa.py_buffer(characters)]).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _fault(path: Path, encoding: str, hash: Hash) -> tuple[int, int] | None:
    """The byte (from 0) and the line (from 1) of the first thing that is no character; None where there is none.

    A second thread hashes each block while it is decoded.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    before = 0
    with path.open("rb") as stream, ThreadPoolExecutor(1) as second:
        while True:
            block = stream.read(_BLOCK)
            hashed = second.submit(hash.update, block)
            pending = len(decoder.getstate()[0])
            try:
                decoder.decode(block, final=not block)
            except UnicodeDecodeError as fault:
                return before - pending + fault.start, _line(path, encoding, before - pending) + fault.object[: fault.start].count(b"\n")
            if not block:
                return None
            hashed.result()
            before += len(block)


def _line(path: Path, encoding: str, byte: int) -> int:
    """The line, from 1, that a byte is on."""
    with path.open("rb") as stream:
        return stream.read(byte).decode(encoding, errors="replace").count("\n") + 1


def _reads_as_chinese(path: Path) -> bool:
    """Whether most of what is not ASCII is everyday Chinese; accented letters of the West also decode, to rare characters."""
    common = rare = 0
    with path.open("r", encoding=CHINESE, newline="") as stream:
        while block := stream.read(_BLOCK):
            foreign = [character for character in block if character > "\x7f"]
            everyday = "".join(foreign).encode("gb2312", errors="ignore").decode("gb2312")
            common += len(everyday)
            rare += len(foreign) - len(everyday)
    return common >= rare
