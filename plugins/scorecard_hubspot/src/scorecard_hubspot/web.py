"""How the CRM API of HubSpot is asked: the list of an object's records, a hundred on a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scorecard.crm import Thing
from scorecard.crm.web import Connection
from scorecard.hooks.contracts import SourceRequest
from scorecard.rest import Call, Clock, Cursor, Listing, bearer
from scorecard_hubspot.names import ACCOUNT, CONTACT

HOME = "https://api.hubapi.com"
LIMIT = 100
"""the most records that a page may have"""
PER_SECOND = 9
"""below the 100 calls in 10 seconds that the smallest subscription has"""
_ASSOCIATED: Mapping[str, tuple[str, str]] = {ACCOUNT: ("companies", "_to_company"), CONTACT: ("contacts", "_to_contact")}
"""of a name of ours the objects, and how the type of the primary association ends"""
_KNOWN = frozenset({"id", *_ASSOCIATED})


def connect(thing: Thing, names: Sequence[str], request: SourceRequest, clock: Clock) -> Connection:
    """The records of an object with some of its properties, and the company and contact they are associated with."""
    settings = request.settings
    params: dict[str, Any] = {"limit": LIMIT, "archived": "false"}
    if properties := [name for name in names if name not in _KNOWN]:
        params["properties"] = ",".join(properties)
    if associated := [_ASSOCIATED[name][0] for name in names if name in _ASSOCIATED]:
        params["associations"] = ",".join(associated)
    listing = Listing(
        call=Call(url=f"{settings.get('url', HOME).rstrip('/')}/crm/v3/objects/{thing.name}", params=params),
        paging=Cursor(param="after", cursor="paging.next.after"),
        records="results",
        id="id",
        unpack=unpacked,
    )
    return Connection(listing=listing, auth=bearer(settings["token"]), per_second=PER_SECOND)


def unpacked(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record as flat columns: its id, its properties, and what it is associated with."""
    associations = record.get("associations") or {}
    found = {name: _primary(associations.get(them, {}).get("results", ()), ending) for name, (them, ending) in _ASSOCIATED.items()}
    return {**record.get("properties", {}), **found, "id": record.get("id")}


def _primary(associated: Sequence[Mapping[str, Any]], ending: str) -> str | None:
    """The id of the primary association, else of the first."""
    primary = (each for each in associated if str(each.get("type", "")).endswith(ending))
    chosen = next(primary, associated[0] if associated else None)
    return None if chosen is None else str(chosen["id"])
