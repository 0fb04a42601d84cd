"""A web API that answers as told, read on a clock on which nobody waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from scorecard.builtin.reading.rest.clock import Clock
from scorecard.builtin.reading.rest.open import WebRecords, open_rest
from scorecard.hooks.contracts import SourceError, SourceRequest
from scorecard.model.formula import Kind
from scorecard.standin import Answer, Request, StandIn

pytest.importorskip("httpx")


@dataclass
class Waits:
    """How long was waited, each time; the clock moves on by it."""

    seconds: list[float] = field(default_factory=list)
    at: float = 1_800_000_000.0

    @property
    def clock(self) -> Clock:
        return Clock(now=lambda: self.at, sleep=self._sleep, chance=lambda: 1.0)

    def _sleep(self, seconds: float) -> None:
        self.seconds.append(seconds)
        self.at += seconds


@pytest.fixture
def waits() -> Waits:
    return Waits()


@pytest.fixture
def opened(waits: Waits) -> Callable[..., WebRecords]:
    """Opens a source of type rest on an API."""

    def open_(api: StandIn | None, *, span: Any = (None, None), **settings: Any) -> WebRecords:
        given = settings if api is None else {"url": f"{api.url}/records", **settings}
        return open_rest(SourceRequest(settings=given, folder=".", span=span), waits.clock)

    return open_


@pytest.fixture
def ids(opened) -> Callable[..., list[str]]:
    """The ids of all records, in their order."""

    def ids_(api: StandIn, **settings: Any) -> list[str]:
        return opened(api, **settings).read({"id": Kind.TEXT}).to_pydict()["id"]

    return ids_


@pytest.fixture
def refused(opened) -> Callable[..., SourceError]:
    def refused_(api: StandIn, **settings: Any) -> SourceError:
        with pytest.raises(SourceError) as raised:
            opened(api, **settings).read({"id": Kind.TEXT})
        return raised.value

    return refused_


@pytest.fixture(scope="session")
def book() -> Callable[..., Callable[[Request], Answer]]:
    return _book


def _book(count: int, size: int = 2, *, most: int | None = None) -> Callable[[Request], Answer]:
    """An API of `count` records with the ids 1, 2, …; pages by `page`, `offset` or `after`, as it is asked."""
    records = [{"id": number, "account": {"id": f"A{number}"}} for number in range(1, count + 1)]

    def answer(request: Request) -> Answer:
        asked = int(request.query.get("size", size))
        each = min(asked, most or asked)
        begin = int(request.query.get("offset") or request.query.get("after") or (int(request.query.get("page", 1)) - 1) * each)
        page = records[begin : begin + each]
        more = begin + each < count
        link = f'<{"/records"}?after={begin + each}&size={each}>; rel="next"' if more else '</>; rel="first"'
        body = {
            "data": {"items": page, "total": count},
            "paging": {"next": {"after": str(begin + each)}} if more else {},
            "next": f"/records?after={begin + each}&size={each}" if more else None,
            "more": more,
        }
        return Answer(json=body, headers={"Link": link})

    return answer
