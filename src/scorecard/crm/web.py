"""The web API of a system: only the fields that are asked for are fetched, and each set of them once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from scorecard.crm.preset import Field, Thing
from scorecard.hooks.contracts import SourceRequest
from scorecard.model.formula import Kind
from scorecard.rest import SYSTEM, Auth, Clock, Judge, Listing, WebRecords, client_of, fetch


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """What a preset's `connect` gives: the listing of an object's records, who asks, and what its answers mean.

    `per_second` is the pace the API asks for, unless the definition says another.
    """

    listing: Listing
    auth: Auth
    judge: Judge | None = None
    per_second: float | None = None


Connect = Callable[[Thing, Sequence[str], SourceRequest, Clock], Connection]
"""`connect(thing, names, request, clock)`: how to read some fields of an object, named as the API names them"""


class Web:
    """Records of an object by its fields' names in the API. One token serves all calls, as some APIs give few."""

    def __init__(self, connect: Connect, thing: Thing, id: str, request: SourceRequest, clock: Clock = SYSTEM) -> None:
        self._connect = connect
        self._thing = thing
        self._id = id
        self._request = request
        self._clock = clock
        self._auth: Auth | None = None
        self._names: frozenset[str] = frozenset()
        self._records = self._fetching([id])

    @property
    def origin(self) -> str:
        return self._records.origin

    @property
    def columns(self) -> Mapping[str, Kind]:
        """None of its own: every field is a column of the shape, or asked for by name."""
        return {}

    def read(self, wanted: Mapping[str, Kind]) -> pa.Table:
        names = frozenset({self._id, *wanted})
        if not names <= self._names:
            self._names |= names
            self._records = self._fetching(sorted(self._names))
        return self._records.read({self._id: Kind.TEXT, **wanted})

    def fingerprint(self) -> str:
        return self._records.fingerprint()

    def locate(self, row: int) -> str:
        return self._records.locate(row)

    def place(self, field: Field) -> str | None:
        return field.api

    def _fetching(self, names: Sequence[str]) -> WebRecords:
        connection = self._connect(self._thing, names, self._request, self._clock)
        auth = self._auth = self._auth or connection.auth
        settings: dict[str, Any] = dict(self._request.settings)
        if connection.per_second is not None:
            settings.setdefault("per_second", connection.per_second)

        def fetched() -> Sequence[Any]:
            with client_of(settings, auth, connection.judge, self._clock) as client:
                return fetch(client, connection.listing)

        return WebRecords(fetched, connection.listing.origin)
