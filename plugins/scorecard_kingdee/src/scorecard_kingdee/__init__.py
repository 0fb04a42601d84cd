"""Kingdee Cloud Galaxy as a source: customers, contacts, opportunities, sales orders and more in the shapes of every CRM."""

from __future__ import annotations

from scorecard.hooks import hookimpl
from scorecard.hooks.contracts import Later


@hookimpl
def scorecard_sources() -> list[Later]:
    return [Later("kingdee", "scorecard_kingdee.preset:SOURCE")]
