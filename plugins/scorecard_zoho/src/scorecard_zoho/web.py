"""How the web API of Zoho CRM is asked: the records of a module, two hundred on a page, each page by the mark that the last one gave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scorecard.crm import Thing
from scorecard.crm.web import Connection
from scorecard.hooks.contracts import SourceRequest
from scorecard.rest import Call, Clock, Cursor, Listing, Reply, Verdict, oauth
from scorecard_zoho.preset import CENTRES

VERSION = "8"
MOST = 200
"""the most records that a page may have"""
_ENDED = frozenset({"INVALID_TOKEN", "AUTHENTICATION_FAILURE"})
_ACCOUNTS = {"ca": "https://accounts.zohocloud.ca"}


def connect(thing: Thing, names: Sequence[str], request: SourceRequest, clock: Clock) -> Connection:
    """The records of a module with some of its fields. A lookup is asked for by its field, and gives its id and name."""
    settings = request.settings
    centre = settings.get("data_centre", "us")
    home = settings.get("url", f"https://www.zohoapis.{CENTRES[centre]}").rstrip("/")
    fields = dict.fromkeys(name.partition(".")[0] for name in names if name != "id")
    params: dict[str, Any] = {"fields": ",".join(fields) or "id"}
    if "view" in settings:
        params["cvid"] = settings["view"]
    listing = Listing(
        call=Call(url=f"{home}/crm/v{settings.get('version', VERSION)}/{thing.name}", params=params),
        paging=Cursor(param="page_token", cursor="info.next_page_token", more="info.more_records", size_param="per_page", size=MOST),
        records="data",
        id="id",
    )
    written = settings["auth"]
    accounts = written.get("accounts_url", _ACCOUNTS.get(centre, f"https://accounts.zoho.{CENTRES[centre]}")).rstrip("/")
    auth = oauth(
        f"{accounts}/oauth/v2/token",
        written["client_id"],
        written["client_secret"],
        refresh=written["refresh_token"],
        put=_put,
        clock=clock,
    )
    return Connection(listing=listing, auth=auth, judge=_judge)


def _put(call: Call, token: str) -> Call:
    return call.with_header("Authorization", f"Zoho-oauthtoken {token}")


def _judge(reply: Reply) -> Verdict | None:
    """Codes of Zoho's own: a token that has ended, scopes that lack (both 401), and a refresh token that is refused with status 200."""
    if not isinstance(reply.body, Mapping):
        return None
    code, said = reply.body.get("code"), reply.body.get("message", "")
    if code in _ENDED:
        return Verdict("expired", f"{code}: {said}")
    if code == "OAUTH_SCOPE_MISMATCH":
        return Verdict("refused", f"{code}: {said}")
    if isinstance(error := reply.body.get("error"), str):
        return Verdict("refused", error)
    return None
