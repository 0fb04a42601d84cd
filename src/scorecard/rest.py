"""The door to web APIs for plugin packages: what `type: rest` is made of. Needs httpx, so import it where records are opened.

    listing = Listing(
        call=Call(url="https://crm.example.com/v1/accounts"),
        paging=Cursor(param="after", cursor="paging.next"),
        records="results",
        id="id",
    )
    with Client(auth=bearer(token), per_second=5) as client:
        records = fetch(client, listing)

A `Listing` says what is asked and where in the answers things are; `fetch` goes from page to page, asks again for one that
failed, and raises `SourceError` rather than lose a record or count one twice. `Renewed` is for tokens of an API's own;
`Verdict` for an API that answers 200 and means an error. A `Clock` of their own keeps tests from waiting.
"""

from __future__ import annotations

from scorecard.builtin.reading.flatten import flat
from scorecard.builtin.reading.rest.auth import Ask, Auth, Fixed, Renewed, Token, api_key, basic, bearer, in_header, oauth
from scorecard.builtin.reading.rest.call import Call, Reply
from scorecard.builtin.reading.rest.client import Client, Judge
from scorecard.builtin.reading.rest.clock import SYSTEM, Clock
from scorecard.builtin.reading.rest.faults import Verdict
from scorecard.builtin.reading.rest.fetch import Fetched, Listing, fetch
from scorecard.builtin.reading.rest.open import WebRecords
from scorecard.builtin.reading.rest.paging import Cursor, Link, Numbered, Once, Page, Paging
from scorecard.builtin.reading.rest.period import with_period
from scorecard.builtin.reading.rest.retry import Retry
from scorecard.builtin.reading.rest.settings import client_of

__all__ = [
    "SYSTEM",
    "Ask",
    "Auth",
    "Call",
    "Client",
    "Clock",
    "Cursor",
    "Fetched",
    "Fixed",
    "Judge",
    "Link",
    "Listing",
    "Numbered",
    "Once",
    "Page",
    "Paging",
    "Renewed",
    "Reply",
    "Retry",
    "Token",
    "Verdict",
    "WebRecords",
    "api_key",
    "basic",
    "bearer",
    "client_of",
    "fetch",
    "flat",
    "in_header",
    "oauth",
    "with_period",
]
