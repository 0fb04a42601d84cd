"""The source type `zoho`: its settings, and its table of names."""

from __future__ import annotations

from scorecard.crm import Preset, source_type
from scorecard.model.text import Text
from scorecard_zoho.names import THINGS

_WORD = {"type": "string", "minLength": 1}
CENTRES = {
    "us": "com",
    "eu": "eu",
    "in": "in",
    "au": "com.au",
    "jp": "jp",
    "cn": "com.cn",
    "ca": "ca",
    "sa": "sa",
}
"""of each data centre how its addresses end"""

PRESET = Preset(
    id="zoho",
    title=Text({"en": "Zoho CRM", "zh": "Zoho CRM"}),
    doc="""Reads records of Zoho CRM: from an export, or from its web API.

```yaml
accounts: {type: zoho, object: accounts, path: exports/accounts.csv}
tickets:
  type: zoho
  object: tickets
  data_centre: cn
  auth: {client_id: "${ZOHO_CLIENT_ID}", client_secret: "${ZOHO_CLIENT_SECRET}", refresh_token: "${ZOHO_REFRESH_TOKEN}"}
  fields: {responded_at: First_Response_Time, closed_at: Closed_Time}
  time: opened_at
```

Columns are those of the record shapes, whichever CRM records come from. `fields` takes a column from a field of your own;
`words` says what a word of your own means. Activities are tasks; `called: Calls` and `called: Events` read those. Surveys are
a module of your own, which `called:` names.""",
    things=THINGS,
    required=("auth",),
    web={
        "auth": {
            "type": "object",
            "title": "auth",
            "description": "Who asks: client_id, client_secret and refresh_token of a self client; instead of `path`.",
            "required": ["client_id", "client_secret", "refresh_token"],
            "additionalProperties": False,
            "properties": {
                "client_id": {**_WORD, "description": "The id of the client in Zoho's API console."},
                "client_secret": {**_WORD, "description": "Its secret, best `${NAME}`."},
                "refresh_token": {**_WORD, "description": "The refresh token of a user, best `${NAME}`; it does not end by itself."},
                "accounts_url": {**_WORD, "description": "Where tokens are fetched, if elsewhere than the data centre's accounts server."},
            },
        },
        "data_centre": {
            "enum": list(CENTRES),
            "title": "data centre",
            "description": "Where your organisation is; us unless given.",
        },
        "url": {
            "type": "string",
            "pattern": r"^(https?://|\$\{)",
            "title": "url",
            "description": "Where the API is, if elsewhere than the data centre says, such as https://sandbox.zohoapis.com.",
        },
        "version": {
            "type": "string",
            "pattern": r"^[3-9](\.[0-9])?$",
            "title": "version",
            "description": "The version of its API; 8 unless given.",
        },
        "view": {**_WORD, "title": "view", "description": "The id of a custom view whose records are read; all records unless given."},
    },
    connect="scorecard_zoho.web:connect",
)

SOURCE = source_type(PRESET)
