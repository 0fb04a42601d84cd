"""The source type `hubspot`: its settings, and its table of names."""

from __future__ import annotations

from scorecard.crm import Preset, source_type
from scorecard.model.text import Text
from scorecard_hubspot.names import THINGS

PRESET = Preset(
    id="hubspot",
    title=Text({"en": "HubSpot", "zh": "HubSpot"}),
    doc="""Reads records of HubSpot: from an export, or from its CRM API.

```yaml
accounts: {type: hubspot, object: accounts, path: exports/companies.csv}
tickets: {type: hubspot, object: tickets, token: "${HUBSPOT_TOKEN}", fields: {tier: customer_tier}, time: opened_at}
```

Columns are those of the record shapes, whichever CRM records come from. `fields` takes a column from a property of your own;
`words` says what a word of your own means. Activities are meetings; `called: calls` and `called: emails` read those.""",
    things=THINGS,
    required=("token",),
    web={
        "token": {
            "type": "string",
            "minLength": 1,
            "title": "token",
            "description": "The access token of a private app, best `${NAME}`; instead of `path`.",
        },
        "url": {
            "type": "string",
            "pattern": r"^(https?://|\$\{)",
            "title": "url",
            "description": "Where its API is; https://api.hubapi.com unless given.",
        },
    },
    connect="scorecard_hubspot.web:connect",
)

SOURCE = source_type(PRESET)
