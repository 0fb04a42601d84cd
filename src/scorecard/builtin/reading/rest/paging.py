"""From one page to the next: by number, by offset, by cursor, by link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol
from urllib.parse import urljoin

from scorecard.builtin.reading.rest.call import Call, Reply
from scorecard.builtin.reading.way import found

Place = Literal["params", "body"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page that arrived: its number from 1, the answer and its records.

    `arrived` is how many records came so far, `kept` how many of them are different, `total` how many there are, if told.
    """

    number: int
    reply: Reply
    records: Sequence[Any]
    arrived: int
    kept: int
    total: int | None = None

    @property
    def is_last(self) -> bool:
        """An empty page is the last, and one with which all that were announced have arrived.

        A page that is merely shorter than asked is not: an API may give fewer than it is asked for.
        """
        return not self.records or (self.total is not None and self.kept >= self.total)


class Paging(Protocol):
    """How an API is asked for the next page. `first` gets the call as it is written; `following` gives None after the last page."""

    def first(self, call: Call) -> Call: ...

    def following(self, call: Call, page: Page) -> Call | None: ...


@dataclass(frozen=True, slots=True)
class Once:
    """All records in one answer."""

    def first(self, call: Call) -> Call:
        return call

    def following(self, call: Call, page: Page) -> Call | None:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """Pages by their number, or (`by_record`) by the number of records before them.

    `param` and `size_param` are the API's names, in the query or the body; `more` leads to a yes or no that says whether
    another page follows.
    """

    param: str
    start: int = 1
    by_record: bool = False
    size_param: str | None = None
    size: int | None = None
    more: str | None = None
    place: Place = "params"

    def first(self, call: Call) -> Call:
        if self.size_param is not None and self.size is not None:
            call = put(call, self.size_param, self.size, self.place)
        return put(call, self.param, self.start, self.place)

    def following(self, call: Call, page: Page) -> Call | None:
        if self.more is not None:
            if not _says_yes(found(page.reply.body, self.more)):
                return None
        elif page.is_last:
            return None
        at = self.start + (page.arrived if self.by_record else page.number)
        return put(call, self.param, at, self.place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """Each page tells the mark of the next, at the way `cursor` in its body; none after the last, or `more` says no."""

    param: str
    cursor: str
    size_param: str | None = None
    size: int | None = None
    more: str | None = None
    place: Place = "params"

    def first(self, call: Call) -> Call:
        return put(call, self.size_param, self.size, self.place) if self.size_param is not None and self.size is not None else call

    def following(self, call: Call, page: Page) -> Call | None:
        mark = found(page.reply.body, self.cursor)
        over = mark in (None, "") or (self.more is not None and not _says_yes(found(page.reply.body, self.more)))
        return None if over else put(call, self.param, mark, self.place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Each page tells the address of the next: at the way `next` in its body, else in its header Link."""

    next: str | None = None
    size_param: str | None = None
    size: int | None = None

    def first(self, call: Call) -> Call:
        return call.with_param(self.size_param, self.size) if self.size_param is not None and self.size is not None else call

    def following(self, call: Call, page: Page) -> Call | None:
        url = found(page.reply.body, self.next) if self.next is not None else page.reply.next_link
        return replace(call, url=urljoin(call.url, str(url)), params={}) if url else None


def put(call: Call, name: str, value: Any, place: Place) -> Call:
    """A call with a value in its query or its body."""
    return call.with_body(name, value) if place == "body" else call.with_param(name, value)


def _says_yes(value: object) -> bool:
    return value is True or (isinstance(value, str) and value.casefold() in ("true", "yes", "1")) or value == 1
