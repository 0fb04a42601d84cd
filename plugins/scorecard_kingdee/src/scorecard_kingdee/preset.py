"""The source type `kingdee`: its settings, and its table of names."""

from __future__ import annotations

from scorecard.crm import Preset, source_type
from scorecard.model.text import Text
from scorecard_kingdee.names import THINGS

_WORD = {"type": "string", "minLength": 1}

PRESET = Preset(
    id="kingdee",
    title=Text({"en": "Kingdee Cloud Galaxy", "zh": "金蝶云·星空"}),
    doc="""Reads records of Kingdee Cloud Galaxy (金蝶云·星空, K3 Cloud): from an export, or from its web API.

```yaml
accounts: {type: kingdee, object: accounts, path: exports/客户.xlsx}
orders:
  type: kingdee
  object: orders
  url: https://mycompany.ik3cloud.com/k3cloud
  auth: {data_centre: "${K3_ACCT_ID}", user: integration, app_id: "${K3_APP_ID}", app_secret: "${K3_APP_SECRET}"}
  filter: FDocumentStatus = 'C'
  time: ordered_at
```

Columns are those of the record shapes, whichever CRM records come from. `fields` takes a column from a key of your own;
`words` says what a word of your own means. Tickets and surveys are forms that an implementation adds: `called:` names them, and
`fields:` their keys.""",
    things=THINGS,
    required=("url", "auth"),
    web={
        "url": {
            "type": "string",
            "pattern": r"^(https?://|\$\{)",
            "title": "url",
            "description": "Your Kingdee, as https://mycompany.ik3cloud.com/k3cloud; instead of `path`.",
        },
        "auth": {
            "type": "object",
            "title": "auth",
            "description": "Who asks: a data centre and a user, with app_id and app_secret of a third party's login, or with a password.",
            "required": ["data_centre", "user"],
            "oneOf": [{"required": ["app_id", "app_secret"]}, {"required": ["password"]}],
            "additionalProperties": False,
            "properties": {
                "data_centre": {**_WORD, "description": "The id of the data centre (账套 ID), best `${NAME}`."},
                "user": {**_WORD, "description": "The user whose records are read, such as an integration user."},
                "app_id": {**_WORD, "description": "The id of the application that may log in."},
                "app_secret": {**_WORD, "description": "Its secret, best `${NAME}`."},
                "password": {**_WORD, "description": "The user's password, best `${NAME}`; not taken by the public cloud."},
                "language": {
                    "type": "integer",
                    "description": "The language of names: 2052 Chinese, which it is unless given, 1033 English.",
                },
            },
        },
        "filter": {
            **_WORD,
            "title": "filter",
            "description": "A condition on the form's keys, such as FDate >= ':period_start.date'; all records unless given.",
        },
    },
    connect="scorecard_kingdee.web:connect",
)

SOURCE = source_type(PRESET)
