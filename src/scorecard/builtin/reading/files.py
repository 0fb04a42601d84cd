"""The files that a path or a pattern names, and the hash of what is in them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorecard.builtin.reading.address import is_address
from scorecard.builtin.reading.remote import Download, fetch_files
from scorecard.hooks.contracts import SourceError

if TYPE_CHECKING:
    from hashlib import _Hash as Hash

_PATTERN = frozenset("*?[")
_BLOCK = 1 << 20
_DIGITS = 32
"""of a hash that are shown"""


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file, and what people call it: its path as the definition writes it."""

    path: Path
    name: str
    kept: Download | None = None
    """what keeps a fetched file on this computer"""
    state: tuple[int, int] = field(init=False, compare=False)
    """its size, and when it was last written, as it was found"""

    def __post_init__(self) -> None:
        object.__setattr__(self, "state", _state(self.path))


def find_files(path: str | Sequence[str], folder: str) -> list[NamedFile]:
    """The files of a path, a pattern, or a list of them, each once. Raises SourceError where one of them leads to none.

    The files of a pattern come in the order of their names; those at an address are fetched first.
    """
    paths = [path] if isinstance(path, str) else path
    return list({file.name: file for each in paths for file in _find(each, folder)}.values())


def labels_of(settings: Mapping[str, Any], files: Iterable[NamedFile]) -> dict[str, list[str]]:
    """The column that `file_column` asks for: of each file its name without the folder."""
    return {settings["file_column"]: [file.name.rpartition("/")[2] for file in files]} if "file_column" in settings else {}


def _find(path: str, folder: str) -> list[NamedFile]:
    if is_address(path):
        return [NamedFile(*fetched) for fetched in fetch_files(path, folder)]
    written = Path(path).expanduser()
    full = Path(folder) / written
    if full.is_file():
        return [NamedFile(full, written.as_posix())]
    if full.is_dir():
        raise SourceError("SC620", path=path, folder=str(full), reason="folder")
    if _PATTERN.isdisjoint(path):
        raise SourceError("SC620", path=path, folder=str(full.parent), did_you_mean=_near(full))
    root = Path(written.anchor) if written.is_absolute() else Path(folder)
    pattern = written.relative_to(written.anchor).as_posix() if written.is_absolute() else written.as_posix()
    found = sorted(each for each in root.glob(pattern) if each.is_file() and not each.name.startswith((".", "~$")))
    if not found:
        raise SourceError("SC621", path=path, folder=folder)
    return [NamedFile(each, each.as_posix() if written.is_absolute() else each.relative_to(root).as_posix()) for each in found]


def digest_of(files: Iterable[NamedFile]) -> str:
    """A hash of the sizes and contents of files, in their order. Raises SourceError where one is not as it was found."""
    hash = hashlib.sha256()
    for file in files:
        hash.update(f"{file.state[0]}\n".encode())
        with file.path.open("rb") as stream:
            while block := stream.read(_BLOCK):
                hash.update(block)
        refuse_changed([file])
    return digits_of(hash)


def digits_of(hash: Hash) -> str:
    """What a hash of files is shown as."""
    return hash.hexdigest()[:_DIGITS]


def refuse_changed(files: Iterable[NamedFile]) -> None:
    """Raises SourceError where a file was written, or is gone, since it was found: what was read of it may be half of it."""
    for file in files:
        if not file.path.is_file() or _state(file.path) != file.state:
            raise SourceError("SC675", origin=file.name)


def _state(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def _near(missing: Path) -> list[str]:
    """Names beside a file that is not there which may have been meant."""
    folder = missing.parent
    if not folder.is_dir():
        return []
    names = [each.name for each in folder.iterdir() if each.is_file()]
    same_stem = [name for name in names if Path(name).stem.casefold() == missing.stem.casefold()]
    return sorted(same_stem)[:3] or get_close_matches(missing.name, names, n=3, cutoff=0.6)
