"""The settings of a web API, as a definition writes them, read into a client and a listing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorecard.builtin.reading.rest.auth import Auth, Fixed, api_key, basic, bearer, oauth
from scorecard.builtin.reading.rest.call import Call
from scorecard.builtin.reading.rest.client import Client, Judge
from scorecard.builtin.reading.rest.clock import SYSTEM, Clock
from scorecard.builtin.reading.rest.fetch import Listing
from scorecard.builtin.reading.rest.paging import Cursor, Link, Numbered, Once, Paging
from scorecard.builtin.reading.rest.retry import Retry


def client_of(settings: Mapping[str, Any], auth: Auth | None = None, judge: Judge | None = None, clock: Clock = SYSTEM) -> Client:
    """The client that `auth`, `retry`, `per_second` and `timeout` describe; a preset brings its own auth."""
    retry = settings.get("retry", {})
    return Client(
        auth=auth or auth_of(settings.get("auth"), clock),
        retry=Retry(**{key: retry[key] for key in ("attempts", "wait", "longest") if key in retry}),
        per_second=settings.get("per_second"),
        timeout=settings.get("timeout", 30.0),
        judge=judge,
        clock=clock,
    )


def listing_of(settings: Mapping[str, Any]) -> Listing:
    """The list of records that `url`, `records`, `paging`, `total` and `id` describe."""
    call = Call(
        url=settings["url"],
        method=settings.get("method", "GET"),
        params=settings.get("params", {}),
        headers={name: str(value) for name, value in settings.get("headers", {}).items()},
        body=settings.get("body"),
    )
    return Listing(
        call=call,
        paging=paging_of(settings.get("paging")),
        records=settings.get("records", ""),
        total=settings.get("total"),
        id=settings.get("id"),
    )


def auth_of(written: Mapping[str, Any] | None, clock: Clock = SYSTEM) -> Auth:
    match written:
        case None:
            return Fixed()
        case {"by": "api_key"}:
            return api_key(written["name"], written["key"], in_query=written.get("in") == "query")
        case {"by": "bearer"}:
            return bearer(written["token"])
        case {"by": "basic"}:
            return basic(written["user"], written["password"])
    return oauth(
        written["token_url"],
        written["client_id"],
        written["client_secret"],
        refresh=written.get("refresh_token"),
        scope=written.get("scope"),
        clock=clock,
    )


def paging_of(written: Mapping[str, Any] | None) -> Paging:
    if written is None:
        return Once()
    sizes = {key: written[key] for key in ("size_param", "size") if key in written}
    more = {key: written[key] for key in ("more",) if key in written}
    place = {"place": written["in"]} if "in" in written else {}
    match written["by"]:
        case "page":
            return Numbered(param=written.get("param", "page"), start=written.get("first", 1), **sizes, **more, **place)
        case "offset":
            return Numbered(param=written.get("param", "offset"), start=written.get("first", 0), by_record=True, **sizes, **more, **place)
        case "cursor":
            return Cursor(param=written["param"], cursor=written["cursor"], **sizes, **more, **place)
    return Link(next=written.get("next"), **sizes)
