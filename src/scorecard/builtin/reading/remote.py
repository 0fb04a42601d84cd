"""Files at addresses that fsspec knows, fetched whole into a folder of their own before anything of them is read."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from scorecard.builtin.reading.address import Address, is_address
from scorecard.builtin.reading.needed import needed
from scorecard.hooks.contracts import SourceError

_WEB = ("http", "https")


class Download:
    """A folder for fetched files that goes when nobody holds it any more."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="scorecard-"))
        weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)


def fetch_files(path: str, folder: str) -> Iterator[tuple[Path, str, Download]]:
    """The files of an address or a pattern by name: where each was put, what it is called, and what keeps it there.

    A link without a scheme, as of `zip://a.csv::archive.zip`, is a file of the definition's folder. Raises SourceError
    where there is none, where it cannot be reached, and where less arrives than was announced.
    """
    address = Address(path)
    fsspec = needed("fsspec", "remote")
    with _plainly(address):
        system, inside = fsspec.core.url_to_fs(_from_folder(path, folder), skip_instance_cache=True)
        system.invalidate_cache()
        places = sorted(system.glob(inside)) if _is_pattern(path) else [inside]
        places = [place for place in places if not _is_hidden(place)]
    if not places:
        raise SourceError("SC621", path=address.shown, reason="address")
    download = Download()
    for number, place in enumerate(places):
        target = download.folder / str(number) / (PurePosixPath(Address(place).shown).name or "file")
        target.parent.mkdir()
        with _plainly(address):
            if system.isdir(place) and not _on_the_web(system):
                raise SourceError("SC620", path=address.shown, reason="folder")
            system.get_file(place, str(target))
            _refuse_half(system, place, target)
        yield target, _name(place, address), download


@contextmanager
def _plainly(address: Address) -> Iterator[None]:
    """Whatever a file system or its libraries raise, as a SourceError without secrets."""
    try:
        yield
    except SourceError:
        raise
    except FileNotFoundError:
        raise SourceError("SC620", path=address.shown, reason="address") from None
    except Exception as error:  # noqa: BLE001 - each file system raises what its own library does
        raise SourceError("SC643", origin=address.shown, problem=address.hide(_said(error))) from None


def _said(error: Exception) -> str:
    status = getattr(error, "status", None)
    if isinstance(status, int):
        return f"{status} {getattr(error, 'message', '')}".strip()
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__


def _refuse_half(system: Any, place: str, target: Path) -> None:
    """Raises SourceError where the size is not the one announced; of the web, the transfer itself knows."""
    due = None if _on_the_web(system) else system.info(place).get("size")
    if due is not None and due != (arrived := target.stat().st_size):
        raise OSError(f"{arrived} of {due} bytes arrived")


def _from_folder(path: str, folder: str) -> str:
    """The address with the file that it begins from, where that is one of this computer, as an absolute path."""
    *outer, last = path.split("::")
    return path if is_address(last) else "::".join([*outer, str((Path(folder) / Path(last).expanduser()).absolute())])


def _is_pattern(path: str) -> bool:
    """Whether it names several files; on the web a question mark begins a query, and brackets are letters."""
    first = path.split("::", maxsplit=1)[0]
    return any(mark in first for mark in ("*" if first.partition("://")[0] in _WEB else "*?["))


def _is_hidden(place: str) -> bool:
    return PurePosixPath(place).name.startswith((".", "~$"))


def _name(place: str, address: Address) -> str:
    """What one of several files is called: its own place, and from where the rest of the address leads there."""
    scheme, _, _ = address.written.partition("://")
    link = place if is_address(place) or scheme in ("file", "local") else f"{scheme}://{place.lstrip('/')}"
    return "::".join([Address(link).shown, *address.shown.split("::")[1:]])


def _on_the_web(system: Any) -> bool:
    protocol = system.protocol if isinstance(system.protocol, tuple) else (system.protocol,)
    return any(each in _WEB for each in protocol)
