"""Opens rows that are written in the definition."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from scorecard.builtin.reading.cells import column_of
from scorecard.hooks.contracts import SourceError, SourceRequest
from scorecard.language.phrase import Phrase
from scorecard.model.formula import Kind


class Rows:
    """Records as mappings of column to cell; `where` is what people call them."""

    def __init__(self, rows: Sequence[Mapping[str, Any]], names: Sequence[str], where: str) -> None:
        self._rows = rows
        self._names = names
        self._where = where

    @property
    def columns(self) -> Mapping[str, Kind]:
        return dict.fromkeys(self._names, Kind.ANY)

    @property
    def origin(self) -> str:
        return self._where

    def read(self, wanted: Mapping[str, Kind]) -> pa.Table:
        return pa.table({name: column_of([row.get(name) for row in self._rows], kind) for name, kind in wanted.items()})

    def fingerprint(self) -> str:
        text = json.dumps([list(self._names), list(self._rows)], sort_keys=True, default=str)
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()

    def locate(self, row: int) -> str:
        return Phrase("{origin}, record {record}", origin=self._where, record=row + 1)


def open_inline(request: SourceRequest) -> Rows:
    """The rows of the definition. Raises SourceError where there is none, or a list does not fit the names."""
    rows = request.settings["rows"]
    names = request.settings.get("names")
    where = Phrase("rows in the definition")
    if not rows:
        raise SourceError("SC622", origin=where)
    mappings = [_as_mapping(row, at, names) for at, row in enumerate(rows, start=1)]
    found = list(dict.fromkeys([*(names or ()), *(name for row in mappings for name in row)]))
    return Rows(mappings, found, where)


def _as_mapping(row: Any, at: int, names: Sequence[str] | None) -> dict[str, Any]:
    if isinstance(row, Mapping):
        return dict(row)
    if names is None:
        raise SourceError("SC632", row=at)
    if len(row) != len(names):
        raise SourceError("SC628", origin=Phrase("rows in the definition"), count=1, rows=[str(at)], found=len(row), expected=len(names))
    return dict(zip(names, row, strict=True))
