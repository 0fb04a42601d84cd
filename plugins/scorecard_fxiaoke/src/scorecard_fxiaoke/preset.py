"""The source type `fxiaoke`: its settings, and its table of names."""

from __future__ import annotations

from scorecard.crm import Preset, source_type
from scorecard.model.text import Text
from scorecard_fxiaoke.names import THINGS

_WORD = {"type": "string", "minLength": 1}

PRESET = Preset(
    id="fxiaoke",
    title=Text({"en": "Fxiaoke", "zh": "纷享销客"}),
    doc="""Reads records of Fxiaoke (纷享销客): from an export, or from its open API.

```yaml
accounts: {type: fxiaoke, object: accounts, path: exports/客户.xlsx}
tickets:
  type: fxiaoke
  object: tickets
  auth: {app_id: "${FXK_APP_ID}", app_secret: "${FXK_APP_SECRET}", permanent_code: "${FXK_PERMANENT_CODE}"}
  user: "${FXK_USER}"
  fields: {responded_at: field_8kQ2a__c}
  time: opened_at
```

Columns are those of the record shapes, whichever CRM records come from. `fields` takes a column from a field of your own;
`words` says what a word of your own means. Opportunities are those of version 2; `called: OpportunityObj` reads the old ones.
Activities are sales records; `called: CheckinsObj` and `called: ScheduleObj` read visits and appointments. Surveys are an object
of your own (`object_x__c`), which `called:` names.""",
    things=THINGS,
    required=("auth", "user"),
    web={
        "auth": {
            "type": "object",
            "title": "auth",
            "description": "Who asks: app_id, app_secret and permanent_code of an app of the enterprise; instead of `path`.",
            "required": ["app_id", "app_secret", "permanent_code"],
            "additionalProperties": False,
            "properties": {
                "app_id": {**_WORD, "description": "The id of the app, FSAID_…"},
                "app_secret": {**_WORD, "description": "Its secret, best `${NAME}`."},
                "permanent_code": {**_WORD, "description": "The code by which the enterprise lets the app in, best `${NAME}`."},
            },
        },
        "user": {
            **_WORD,
            "title": "user",
            "description": "The employee whose records are read (openUserId, FSUID_…); an administrator of the CRM sees all.",
        },
        "url": {
            "type": "string",
            "pattern": r"^(https?://|\$\{)",
            "title": "url",
            "description": "Where the API of your cloud is; https://open.fxiaoke.com unless given.",
        },
        "filters": {
            "type": "array",
            "title": "filters",
            "description": "Conditions as the API takes them, all of which hold: field_name, operator, field_values.",
            "items": {
                "type": "object",
                "required": ["field_name", "operator", "field_values"],
                "additionalProperties": False,
                "properties": {
                    "field_name": {**_WORD, "description": "The field, by its apiName."},
                    "operator": {**_WORD, "description": "EQ, N, GT, GTE, LT, LTE, LIKE, IN, BETWEEN, IS, ISN, …"},
                    "field_values": {
                        "type": "array",
                        "description": "What it is compared with, such as :period_start.epoch_ms.",
                    },
                },
            },
        },
    },
    connect="scorecard_fxiaoke.web:connect",
)

SOURCE = source_type(PRESET)
