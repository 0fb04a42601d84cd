"""Writing a file so that there is never a half of it: beside the target, then renamed."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from scorecard.model.issue import Issue

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_CLOSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def write_file(target: Path, pieces: Iterable[bytes]) -> None:
    """Writes the pieces to `.<name>.tmp-<pid>-<random>` beside the target and renames it when all of them are on the disk.

    Whatever goes wrong, an interruption included, the target stays as it was and nothing is left beside it. A link is
    followed; a target that is no plain file, such as a pipe, is written to directly. Raises OSError.
    """
    real = Path(os.path.realpath(target))
    if real.exists() and not stat.S_ISREG(real.stat().st_mode):
        with real.open("wb", buffering=0) as stream:
            for piece in pieces:
                _write_all(stream.fileno(), piece)
        return
    beside = real.with_name(f".{real.name}.tmp-{os.getpid()}-{secrets.token_hex(3)}")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), _mode(real))
        try:
            for piece in pieces:
                _write_all(descriptor, piece)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        beside.replace(real)
    except BaseException:
        with suppress(FileNotFoundError):
            beside.unlink()
        raise


def _write_all(descriptor: int, piece: bytes) -> None:
    rest = memoryview(piece)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _mode(target: Path) -> int:
    """The permissions of the file that is replaced, or those that any new file gets."""
    return stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666


def refused(name: str, error: OSError) -> Issue:
    """What to say of a file that could not be written."""
    reason = "full" if error.errno in _FULL else "closed" if error.errno in _CLOSED else "other"
    return Issue(code="SC717", values={"file": name, "reason": reason, "error": error.strerror or str(error)})
