"""HubSpot as a source: companies, contacts, deals, tickets, survey responses, orders and activities in the shapes of every CRM."""

from __future__ import annotations

from scorecard.hooks import hookimpl
from scorecard.hooks.contracts import Later


@hookimpl
def scorecard_sources() -> list[Later]:
    return [Later("hubspot", "scorecard_hubspot.preset:SOURCE")]
