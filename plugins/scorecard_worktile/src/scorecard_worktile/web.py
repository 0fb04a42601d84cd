"""How the open API of Worktile is asked: a list by the number of its page, with a token of the team."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scorecard.crm import Thing
from scorecard.crm.web import Connection
from scorecard.hooks.contracts import SourceError, SourceRequest
from scorecard.rest import Ask, Auth, Call, Clock, Listing, Numbered, Renewed, Token, bearer, flat, with_period

HOME = "https://dev.worktile.com/open-api"
MOST = 100
"""how many records a page is asked for"""
_DAYS = ("_at", ".date", "start", "due")
"""how the names of moments end"""


def connect(thing: Thing, names: Sequence[str], request: SourceRequest, clock: Clock) -> Connection:
    """The records of a list. It gives all fields, whichever are wanted."""
    settings = request.settings
    home = settings.get("url", HOME).rstrip("/")
    listing = Listing(
        call=Call(url=f"{home}/{thing.name.strip('/')}", params=with_period(settings.get("params", {}), request.span, home)),
        paging=Numbered(param="page_index", start=settings.get("first_page", 0), size_param="page_size", size=MOST),
        records=settings.get("records", "values"),
        total=settings.get("total"),
        id="_id",
        unpack=unpacked,
    )
    return Connection(listing=listing, auth=_auth(settings["auth"], home, clock))


def unpacked(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record as flat columns. A moment that is not yet is 0, which is blank here."""
    return {name: None if cell == 0 and name.endswith(_DAYS) else cell for name, cell in flat(record).items()}


def _auth(written: Mapping[str, str], home: str, clock: Clock) -> Auth:
    if "token" in written:
        return bearer(written["token"])

    def token(ask: Ask) -> Token:
        body = {"client_id": written["client_id"], "client_secret": written["client_secret"]}
        given = ask(Call(url=f"{home}/tenant-access-token", method="POST", body=body))
        if not isinstance(given, Mapping) or not isinstance(given.get("tenant_access_token"), str):
            raise SourceError("SC645", origin=home, reason="token", problem="the answer has no tenant_access_token")
        return Token(given["tenant_access_token"], float(given.get("expires_in") or 0) or None)

    return Renewed(token, secrets=frozenset({written["client_secret"]}), clock=clock)
