"""How the open API of Fxiaoke is asked: a query for an object, a hundred records on a page, in the order of their ids.

A page begins behind the last record of the one before, as an offset may not go beyond 10,000.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from scorecard.crm import Thing
from scorecard.crm.web import Connection
from scorecard.hooks.contracts import SourceError, SourceRequest
from scorecard.rest import Ask, Call, Clock, Listing, Page, Renewed, Reply, Token, Verdict, flat, with_period

HOME = "https://open.fxiaoke.com"
MOST = 100
"""the most records that a page may have"""
PER_SECOND = 4
"""below the 100 calls in 20 seconds that one interface takes"""
OWN = "__c"
"""how the names of objects end that an enterprise made itself"""
_ENDED = frozenset({20005, 20016})
_LATER = frozenset({-1, 14001, 30004, 50009})
_QUERY = "data.search_query_info"


def connect(thing: Thing, names: Sequence[str], request: SourceRequest, clock: Clock) -> Connection:
    """The records of an object with some of its fields, as an employee may see them."""
    settings = request.settings
    home = settings.get("url", HOME).rstrip("/")
    way = "crm/custom/v2" if thing.name.endswith(OWN) else "crm/v2"
    fields = dict.fromkeys(name.partition(".")[0].removesuffix("__r") for name in names)
    filters = _within(settings.get("filters", ()), request, home)
    body = {
        "currentOpenUserId": settings["user"],
        "data": {
            "dataObjectApiName": thing.name,
            "find_explicit_total_num": False,
            "search_query_info": {
                "limit": MOST,
                "offset": 0,
                "filters": filters,
                "orders": [{"fieldName": "_id", "isAsc": True}],
                "fieldProjection": list(fields),
            },
        },
    }
    listing = Listing(
        call=Call(url=f"{home}/cgi/{way}/data/query", method="POST", body=body),
        paging=ById(filters),
        records="data.dataList",
        id="_id",
        unpack=unpacked,
    )
    corporation = Corporation(home, settings["auth"])
    auth = Renewed(corporation.token, corporation.sign, secrets=corporation.secrets, clock=clock)
    return Connection(listing=listing, auth=auth, judge=judge, per_second=PER_SECOND)


@dataclass(frozen=True, slots=True)
class ById:
    """Pages in the order of ids, within filters. Only an empty page is the last: none is trusted to be full."""

    filters: Sequence[Mapping[str, Any]]

    def first(self, call: Call) -> Call:
        return call

    def following(self, call: Call, page: Page) -> Call | None:
        if not page.records:
            return None
        behind = {"field_name": "_id", "operator": "GT", "field_values": [page.records[-1]["_id"]]}
        return call.with_body(f"{_QUERY}.filters", [*self.filters, behind])


class Corporation:
    """The enterprise that an app is let into: its token and its id, which both go with every call."""

    def __init__(self, home: str, written: Mapping[str, str]) -> None:
        self._home = home
        self._written = written
        self._id = ""

    @property
    def secrets(self) -> frozenset[str]:
        return frozenset({self._written["app_secret"], self._written["permanent_code"]})

    def token(self, ask: Ask) -> Token:
        written = self._written
        body = {"appId": written["app_id"], "appSecret": written["app_secret"], "permanentCode": written["permanent_code"]}
        given = ask(_traced(Call(url=f"{self._home}/cgi/corpAccessToken/get/V2", method="POST", body=body)))
        if not isinstance(given, Mapping) or not isinstance(given.get("corpAccessToken"), str):
            raise SourceError("SC645", origin=self._home, reason="token", problem="the answer has no corpAccessToken")
        self._id = str(given.get("corpId", ""))
        return Token(given["corpAccessToken"], float(given.get("expiresIn") or 0) or None)

    def sign(self, call: Call, token: str) -> Call:
        return _traced(call.with_body("corpAccessToken", token).with_body("corpId", self._id))


def judge(reply: Reply) -> Verdict | None:
    """All answers have status 200; what they mean is in errorCode."""
    if not isinstance(reply.body, Mapping) or reply.body.get("errorCode") in (0, None):
        return None
    code = reply.body["errorCode"]
    said = f"{code} {reply.body.get('errorDescription') or ''} {reply.body.get('errorMessage') or ''}".strip()
    return Verdict("expired" if code in _ENDED else "later" if code in _LATER else "refused", said)


def unpacked(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record as flat columns; of a list of one, such as the one employee who owns it, that one."""
    return {name: cell[0] if isinstance(cell, list) and len(cell) == 1 else cell for name, cell in flat(record).items()}


def _within(filters: Sequence[Mapping[str, Any]], request: SourceRequest, home: str) -> list[dict[str, Any]]:
    """The filters with the period's edges; one that would compare with an edge that is open is left out."""
    dated = [with_period(each, request.span, home) for each in filters]
    return [after for before, after in zip(filters, dated, strict=True) if len(after["field_values"]) == len(before["field_values"])]


def _traced(call: Call) -> Call:
    return call.with_param("thirdTraceId", str(uuid4()))
