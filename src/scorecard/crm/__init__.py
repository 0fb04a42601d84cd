"""The door for presets of CRMs: one definition runs on any of them by changing the source alone.

A preset is a table of names. For each object (`accounts`, `tickets`, … of `SHAPES`) it says what the system calls it and,
column by column, the field of its API and the headings of its exports:

    ACCOUNTS = Thing(
        name="Account",
        columns={
            "account_id": field("Id", "Account ID", "客户 ID"),
            "status": field("Type", "Type", "类型", words={"customer": "active", "prospect": "prospect"}, otherwise=BLANK),
        },
    )
    PRESET = Preset(id="salesforce", ..., things={"accounts": (ACCOUNTS,)}, connect="scorecard_salesforce.web:connect")
    SOURCE = source_type(PRESET)

    @hookimpl
    def scorecard_sources():
        return [Later("salesforce", "scorecard_salesforce.preset:SOURCE")]

Exports are read by the core. For the API, `connect` gives a `Connection` (`scorecard.crm.web`): a listing, and who asks
(`scorecard.rest`). Tests open a preset with `open_preset` (`scorecard.crm.open`) against a `StandIn` (`scorecard.standin`).
"""

from __future__ import annotations

from scorecard.crm.preset import BLANK, Field, Preset, Thing, field, source_type
from scorecard.crm.shapes import SHAPES, Column, Shape

__all__ = ["BLANK", "SHAPES", "Column", "Field", "Preset", "Shape", "Thing", "field", "source_type"]
