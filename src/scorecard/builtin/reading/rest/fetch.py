"""From page to page until all records are there: none lost, none twice."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from scorecard.builtin.reading.address import Address
from scorecard.builtin.reading.flatten import flat
from scorecard.builtin.reading.listed import flattened, listed
from scorecard.builtin.reading.rest.call import Call, Reply
from scorecard.builtin.reading.rest.client import Client
from scorecard.builtin.reading.rest.paging import Once, Page, Paging
from scorecard.builtin.reading.way import found
from scorecard.hooks.contracts import SourceError
from scorecard.language.phrase import Phrase

MOST_PAGES = 100_000
NO_CONTENT = 204
"""the status of an answer that has no records, and no body"""
Unpack = Callable[[Any], Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list of records that an API gives page by page.

    `records` leads to the list in a page and `total` to how many there are; `id` is the column whose cell no two records
    share. `unpack` makes a record flat columns, where it is no nested mapping.
    """

    call: Call
    paging: Paging = field(default_factory=Once)
    records: str = ""
    total: str | None = None
    id: str | None = None
    unpack: Unpack = flat

    @property
    def origin(self) -> str:
        return Address(self.call.url).shown


@dataclass(frozen=True, slots=True)
class Fetched:
    """A record and where it stood: its page, and its place there, both from 1."""

    record: Mapping[str, Any]
    page: int
    place: int


def fetch(client: Client, listing: Listing) -> list[Fetched]:
    """All records of a listing, each once. A page that fails is asked for again; those before it are kept.

    Raises SourceError where a page stays away, where pages repeat, and where fewer or more records arrive than there are.
    """
    collected = Collected(listing)
    call: Call | None = listing.paging.first(listing.call)
    number = 0
    while call is not None:
        number += 1
        if number > MOST_PAGES:
            raise SourceError("SC648", reason="endless", origin=listing.origin, most=MOST_PAGES)
        _refuse_elsewhere(listing, call, _page(number))
        page = collected.take(client.ask(call, _page(number)), number)
        following = listing.paging.following(call, page)
        if following is not None and not page.records:
            raise SourceError("SC648", reason="empty", origin=listing.origin, what=_page(number))
        if following == call:
            raise SourceError("SC648", origin=listing.origin, what=_page(number + 1), before=_page(number))
        call = following
    return collected.complete()


class Collected:
    """The records that arrived so far."""

    def __init__(self, listing: Listing) -> None:
        self._listing = listing
        self._fetched: dict[object, Fetched] = {}
        self._arrived = 0
        self._total: int | None = None
        self._pages: dict[bytes, int] = {}

    def take(self, reply: Reply, number: int) -> Page:
        """Keeps the records of a page."""
        where = f"{self._listing.origin}, page {number}"
        nothing = reply.status == NO_CONTENT
        rows = [] if nothing else listed(reply.body, self._listing.records, where)
        self._total = self._total if nothing else self._told_total(reply.body, number)
        keys = self._keep(rows, number, where)
        self._refuse_repeated(rows, keys, number)
        self._arrived += len(rows)
        return Page(number=number, reply=reply, records=rows, arrived=self._arrived, kept=len(self._fetched), total=self._total)

    def complete(self) -> list[Fetched]:
        """All of them. Raises SourceError where that is not how many there are."""
        if self._total is not None and self._total != len(self._fetched):
            raise SourceError("SC649", origin=self._listing.origin, due=self._total, count=len(self._fetched))
        return list(self._fetched.values())

    def _keep(self, rows: Sequence[Any], number: int, where: str) -> list[object]:
        """The keys under which the records of a page are kept; one that was on an earlier page too counts once, as last seen."""
        keys: dict[object, None] = {}
        for place, row in enumerate(rows, start=1):
            record = self._unpacked(row, place, where)
            key = self._key(record, place, where) if self._listing.id is not None else (number, place)
            if key in keys:
                raise SourceError("SC650", origin=where, name=self._listing.id, id=str(key))
            keys[key] = None
            self._fetched[key] = Fetched(record, number, place)
        return list(keys)

    def _key(self, record: Mapping[str, Any], place: int, where: str) -> object:
        id = record.get(self._listing.id or "")
        if id is None or isinstance(id, (list, dict)):
            raise SourceError("SC650", reason="missing", origin=where, row=place, name=self._listing.id, allowed=list(record))
        return id

    def _unpacked(self, row: Any, place: int, where: str) -> Mapping[str, Any]:
        if self._listing.unpack is flat:
            return flattened(row, place, where)
        try:
            return self._listing.unpack(row)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            raise SourceError(
                "SC633", origin=where, format="JSON", problem=Phrase("record {place} is none: {error}", place=place, error=error)
            ) from None

    def _told_total(self, body: Any, number: int) -> int | None:
        if self._listing.total is None:
            return None
        told = found(body, self._listing.total)
        if told is None and number > 1:
            return self._total
        try:
            return int(told)
        except (TypeError, ValueError):
            raise SourceError(
                "SC634", origin=f"{self._listing.origin}, page {number}", reason="no_total", total=self._listing.total
            ) from None

    def _refuse_repeated(self, rows: Sequence[Any], keys: Sequence[object], number: int) -> None:
        """Raises SourceError where a page is one that came before: by its ids, else by all that is in it.

        Without ids a total decides, as two pages may well be alike.
        """
        id = self._listing.id
        if not rows or (id is None and self._total is not None):
            return
        content = json.dumps(rows if id is None else keys, sort_keys=True, default=str).encode()
        before = self._pages.setdefault(hashlib.blake2b(content, digest_size=16).digest(), number)
        if before != number:
            raise SourceError("SC648", origin=self._listing.origin, what=_page(number), before=_page(before))


def _page(number: int) -> Phrase:
    return Phrase("page {number}", number=number)


def _refuse_elsewhere(listing: Listing, call: Call, what: str) -> None:
    """Raises SourceError where a page sends to another host, which must not get what signs the call."""
    if _host(call.url) != _host(listing.call.url):
        target = Address(call.url).shown
        raise SourceError("SC648", reason="elsewhere", origin=listing.origin, what=what, target=target)


def _host(url: str) -> tuple[str, str, int | None] | None:
    """Scheme, host and port; None of what is no address."""
    try:
        parts = urlsplit(url)
        return parts.scheme, parts.hostname or "", parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return None
