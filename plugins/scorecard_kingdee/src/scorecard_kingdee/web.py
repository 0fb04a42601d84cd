"""How the web API of Kingdee Cloud Galaxy is asked: a login, then queries for keys of a form, two thousand rows on a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scorecard.crm import Field, Thing
from scorecard.crm.web import Connection
from scorecard.hooks.contracts import SourceError, SourceRequest
from scorecard.rest import Ask, Call, Clock, Listing, Numbered, Renewed, Reply, Token, Verdict, with_period

MOST = 2000
"""the most rows that a page may have"""
CHINESE = 2052
_STUB = "Kingdee.BOS.WebApi.ServicesStub"
_LOGGED_IN = 1
_SESSION = "kdservice-sessionid"
_LOST = 1
"""of an answer that has lost its session, the MsgCode"""
_LOST_SAID = "会话信息已丢失"
_LIMITED = 14


def connect(thing: Thing, names: Sequence[str], request: SourceRequest, clock: Clock) -> Connection:
    """The records of a form with some of its keys. The keys' order is that of the cells in a row."""
    settings = request.settings
    home = settings["url"].rstrip("/")
    id = _id(thing, settings)
    query = {
        "FormId": thing.name,
        "FieldKeys": ",".join(names),
        "FilterString": settings.get("filter", ""),
        "OrderString": f"{id} ASC",
        "TopRowCount": 0,
    }
    listing = Listing(
        call=Call(
            url=f"{home}/{_STUB}.DynamicFormService.ExecuteBillQuery.common.kdsvc",
            method="POST",
            body={"data": with_period(query, request.span, home)},
        ),
        paging=Numbered(param="data.StartRow", start=0, by_record=True, size_param="data.Limit", size=MOST, place="body"),
        id=id,
        unpack=lambda row: dict(zip(names, row, strict=True)),
    )
    login = Login(home, settings["auth"])
    return Connection(listing=listing, auth=Renewed(login.session, sign, secrets=login.secrets, clock=clock), judge=judge)


def _id(thing: Thing, settings: Mapping[str, Any]) -> str:
    """The key that is the id of a record: of the first column."""
    column, usual = next(iter(thing.columns.items()))
    first = usual if isinstance(usual, Field) else usual[0]
    return str(settings.get("fields", {}).get(column, first.api))


class Login:
    """A login as a third party's application, or with a password. What it gives is a session, kept by a cookie too."""

    def __init__(self, home: str, written: Mapping[str, Any]) -> None:
        self._home = home
        self._written = written

    @property
    def secrets(self) -> frozenset[str]:
        return frozenset(self._written[name] for name in ("app_secret", "password") if name in self._written)

    def session(self, ask: Ask) -> Token:
        written = self._written
        who = {"acctid": written["data_centre"], "username": written["user"], "lcid": written.get("language", CHINESE)}
        if "password" in written:
            service, proof = "ValidateUser", {"password": written["password"]}
        else:
            service, proof = "LoginByAppSecret", {"appid": written["app_id"], "appsecret": written["app_secret"]}
        given = ask(Call(url=f"{self._home}/{_STUB}.AuthService.{service}.common.kdsvc", method="POST", body={**who, **proof}))
        if not isinstance(given, Mapping) or given.get("LoginResultType") != _LOGGED_IN:
            said = given.get("Message") if isinstance(given, Mapping) else None
            raise SourceError("SC645", origin=self._home, reason="token", problem=said or "the login was refused")
        return Token(str(given.get("KDSVCSessionId") or (given.get("Context") or {}).get("SessionId") or ""))


def sign(call: Call, session: str) -> Call:
    return call.with_header(_SESSION, session) if session else call


def judge(reply: Reply) -> Verdict | None:
    """An error has status 200 and stands where the rows would be, in lists or alone."""
    for status in _statuses(reply.body):
        if status.get("IsSuccess") is True:
            continue
        said = "; ".join(str(each.get("Message", "")) for each in status.get("Errors") or ()) or f"ErrorCode {status.get('ErrorCode')}"
        lost = status.get("MsgCode") == _LOST or _LOST_SAID in said
        return Verdict("expired" if lost else "later" if status.get("MsgCode") == _LIMITED else "refused", said)
    return None


def _statuses(body: object) -> Iterator[Mapping[str, Any]]:
    """What an answer says of itself, however many lists are around it. Rows of cells say nothing."""
    while isinstance(body, list) and len(body) == 1:
        body = body[0]
    if isinstance(body, Mapping) and isinstance(result := body.get("Result"), Mapping):
        status = result.get("ResponseStatus")
        if isinstance(status, Mapping):
            yield status
