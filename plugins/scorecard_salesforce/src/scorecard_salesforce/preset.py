"""The source type `salesforce`: its settings, and its table of names."""

from __future__ import annotations

import re

from scorecard.crm import Preset, source_type
from scorecard.model.text import Text
from scorecard_salesforce.names import THINGS

_WORD = {"type": "string", "minLength": 1}

PRESET = Preset(
    id="salesforce",
    title=Text({"en": "Salesforce", "zh": "Salesforce"}),
    doc="""Reads records of Salesforce: from an export, or from its REST API with a SOQL query.

```yaml
accounts: {type: salesforce, object: accounts, path: exports/accounts.csv}
tickets:
  type: salesforce
  object: tickets
  url: https://mycompany.my.salesforce.com
  auth: {client_id: "${SF_CLIENT_ID}", client_secret: "${SF_CLIENT_SECRET}"}
  fields: {tier: Account.Customer_Tier__c}
  time: opened_at
```

Columns are those of the record shapes, whichever CRM records come from. `fields` takes a column from a field of your own;
`words` says what a word of your own means. Activities are tasks; `called: Event` reads events.""",
    things=THINGS,
    required=("url", "auth"),
    web={
        "url": {
            "type": "string",
            "pattern": r"^(https?://|\$\{)",
            "title": "url",
            "description": "Your Salesforce, as https://mycompany.my.salesforce.com; instead of `path`.",
        },
        "auth": {
            "type": "object",
            "title": "auth",
            "description": "Who asks: client_id and client_secret, with a refresh_token or without one, or a token.",
            "additionalProperties": False,
            "oneOf": [{"required": ["client_id", "client_secret"]}, {"required": ["token"]}],
            "properties": {
                "client_id": {**_WORD, "description": "The consumer key of the app."},
                "client_secret": {**_WORD, "description": "Its consumer secret, best `${NAME}`."},
                "refresh_token": {**_WORD, "description": "A refresh token of a user, best `${NAME}`; the app's own user unless given."},
                "token_url": {**_WORD, "description": "Where tokens are fetched, if elsewhere, as https://test.salesforce.com."},
                "token": {**_WORD, "description": "An access token that somebody fetched, best `${NAME}`; it ends after some hours."},
            },
        },
        "version": {
            "type": "string",
            "pattern": r"^[0-9]+\.[0-9]$",
            "title": "version",
            "description": "The version of its API; 62.0 unless given.",
        },
        "filter": {
            **_WORD,
            "title": "filter",
            "description": "A condition in SOQL, such as CreatedDate >= :period_start.utc; all records unless given.",
        },
        "batch": {
            "type": "integer",
            "minimum": 200,
            "maximum": 2000,
            "title": "batch",
            "description": "How many records a page has at most; what Salesforce thinks best unless given.",
        },
    },
    connect="scorecard_salesforce.web:connect",
    footer=re.compile(rb"Copyright \(c\) 2000-|Confidential Information"),
)

SOURCE = source_type(PRESET)
