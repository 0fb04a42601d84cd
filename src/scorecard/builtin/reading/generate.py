"""Makes up sample records: the same seed, the same records."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from scorecard.builtin.reading.making_up import Field, Sample, kind_of
from scorecard.hooks.contracts import SourceRequest
from scorecard.language.phrase import Phrase
from scorecard.model.formula import Kind


def open_generated(request: SourceRequest) -> Generated:
    """The sample that the settings describe. Raises SourceError where they contradict themselves."""
    return Generated(request.settings)


class Generated:
    """A sample; each column is made up when it is asked for."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._settings = settings
        self._fields: Mapping[str, Field] = settings["fields"]
        self._per, self._entities = _entities(settings.get("per"))
        self._sample = Sample(self._fields, settings.get("seed", 0), settings["rows"], max(len(self._entities), 1))

    @property
    def columns(self) -> Mapping[str, Kind]:
        own = {name: kind_of(field) for name, field in self._fields.items()}
        return {self._per: Kind.TEXT, **own} if self._per is not None else own

    @property
    def origin(self) -> str:
        return Phrase("sample records")

    def read(self, wanted: Mapping[str, Kind]) -> pa.Table:
        return pa.table({name: self._column(name) for name in wanted})

    def fingerprint(self) -> str:
        text = json.dumps(self._settings, sort_keys=True, default=str)
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()

    def locate(self, row: int) -> str:
        return Phrase("{origin}, record {record}", origin=self.origin, record=row + 1)

    def _column(self, name: str) -> pa.Array:
        if name == self._per:
            return pa.array(np.array(self._entities, dtype=object)[self._sample.entity], pa.string())
        return pa.array(self._sample.values(name), mask=self._sample.blank(name))


def _entities(per: Mapping[str, Any] | None) -> tuple[str | None, list[str]]:
    if per is None:
        return None, []
    ((name, written),) = per.items()
    if isinstance(written, Mapping):
        digits = max(3, len(str(written["count"])))
        return name, [f"{written['prefix']}{number:0{digits}d}" for number in range(1, written["count"] + 1)]
    return name, [str(each) for each in written]
