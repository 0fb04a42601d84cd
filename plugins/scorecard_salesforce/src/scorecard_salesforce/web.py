"""How the REST API of Salesforce is asked: a SOQL query, page by page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scorecard.crm import Thing
from scorecard.crm.web import Connection
from scorecard.hooks.contracts import SourceRequest
from scorecard.rest import Auth, Call, Clock, Link, Listing, Reply, Verdict, bearer, oauth, with_period

VERSION = "62.0"
_BUSY = "REQUEST_LIMIT_EXCEEDED"


def connect(thing: Thing, names: Sequence[str], request: SourceRequest, clock: Clock) -> Connection:
    """The records of an object with some of its fields."""
    settings = request.settings
    home = settings["url"].rstrip("/")
    call = Call(
        url=f"{home}/services/data/v{settings.get('version', VERSION)}/query",
        params={"q": _query(thing, names, settings.get("filter"))},
        headers={"Sforce-Query-Options": f"batchSize={settings['batch']}"} if "batch" in settings else {},
    )
    call = Call(url=call.url, params=with_period(call.params, request.span, home), headers=call.headers)
    listing = Listing(call=call, paging=Link(next="nextRecordsUrl"), records="records", total="totalSize", id="Id")
    return Connection(listing=listing, auth=_auth(settings["auth"], home, clock), judge=_judge)


def _query(thing: Thing, names: Sequence[str], condition: str | None) -> str:
    where = f" WHERE {condition}" if condition is not None else ""
    return f"SELECT {', '.join(dict.fromkeys(['Id', *names]))} FROM {thing.name}{where}"


def _auth(written: Mapping[str, str], home: str, clock: Clock) -> Auth:
    if "token" in written:
        return bearer(written["token"])
    return oauth(
        f"{written.get('token_url', home).removesuffix('/services/oauth2/token').rstrip('/')}/services/oauth2/token",
        written["client_id"],
        written["client_secret"],
        refresh=written.get("refresh_token"),
        clock=clock,
    )


def _judge(reply: Reply) -> Verdict | None:
    """Too many requests within 24 hours are told with status 403, which means something else everywhere else."""
    errors = reply.body if isinstance(reply.body, list) else ()
    for error in errors:
        if isinstance(error, Mapping) and error.get("errorCode") == _BUSY:
            return Verdict("refused", f"{_BUSY}: {error.get('message', '')}")
    return None
