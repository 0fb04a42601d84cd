"""Opens the records of a web API."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

import pyarrow as pa

from scorecard.builtin.reading.address import Address
from scorecard.builtin.reading.cells import column_of
from scorecard.builtin.reading.needed import needed
from scorecard.builtin.reading.rest.clock import SYSTEM, Clock
from scorecard.builtin.reading.rest.period import with_period
from scorecard.hooks.contracts import SourceError, SourceRequest
from scorecard.language.phrase import Phrase
from scorecard.model.formula import Kind


def open_rest(request: SourceRequest, clock: Clock = SYSTEM) -> WebRecords:
    """The records of a web API; they are fetched when the first is asked of them. Raises SourceError."""
    needed("httpx", "rest")
    from scorecard.builtin.reading.rest.fetch import Fetched, fetch
    from scorecard.builtin.reading.rest.settings import client_of, listing_of

    origin = Address(request.settings["url"]).shown
    listing = listing_of(with_period(request.settings, request.span, origin))

    def fetched() -> Sequence[Fetched]:
        with client_of(request.settings, clock=clock) as client:
            return fetch(client, listing)

    return WebRecords(fetched, origin)


class WebRecords:
    """Records that are fetched once, when something is first asked of them. `fetch` gives them with their pages and places."""

    def __init__(self, fetch: Callable[[], Sequence[Any]], origin: str) -> None:
        self._fetch = fetch
        self._origin = origin

    @property
    def columns(self) -> Mapping[str, Kind]:
        """Every column that any record has. Raises SourceError where there is no record, and so no column."""
        if not self._fetched:
            raise SourceError("SC622", origin=self._origin)
        return dict.fromkeys((name for each in self._fetched for name in each.record), Kind.ANY)

    @property
    def origin(self) -> str:
        return self._origin

    def read(self, wanted: Mapping[str, Kind]) -> pa.Table:
        return pa.table({name: column_of([each.record.get(name) for each in self._fetched], kind) for name, kind in wanted.items()})

    def fingerprint(self) -> str:
        hash = hashlib.blake2b(digest_size=16)
        for each in self._fetched:
            hash.update(json.dumps(each.record, sort_keys=True, ensure_ascii=False, default=str).encode() + b"\n")
        return hash.hexdigest()

    def locate(self, row: int) -> str:
        each = self._fetched[row]
        return Phrase("{origin}, page {page}, record {record}", origin=self._origin, page=each.page, record=each.place)

    @cached_property
    def _fetched(self) -> Sequence[Any]:
        return self._fetch()
