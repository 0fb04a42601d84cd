"""Zoho CRM as a source: accounts, contacts, deals, cases, surveys, sales orders and activities in the shapes of every CRM."""

from __future__ import annotations

from scorecard.hooks import hookimpl
from scorecard.hooks.contracts import Later


@hookimpl
def scorecard_sources() -> list[Later]:
    return [Later("zoho", "scorecard_zoho.preset:SOURCE")]
