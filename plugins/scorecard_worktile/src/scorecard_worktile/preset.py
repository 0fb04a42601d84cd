"""The source type `worktile`: its settings, and its table of names."""

from __future__ import annotations

from scorecard.crm import Preset, source_type
from scorecard.model.text import Text
from scorecard_worktile.names import THINGS

_WORD = {"type": "string", "minLength": 1}

PRESET = Preset(
    id="worktile",
    title=Text({"en": "Worktile", "zh": "Worktile"}),
    doc="""Reads projects, goals and tasks of Worktile: from an export, or from its open API.

```yaml
projects: {type: worktile, object: projects, path: exports/项目.xlsx}
tasks:
  type: worktile
  object: tasks
  auth: {client_id: "${WORKTILE_CLIENT_ID}", client_secret: "${WORKTILE_CLIENT_SECRET}"}
  params: {project_id: 5fd9ba644c013158dee44660}
  time: due_on
```

Columns are those of the record shapes. `fields` takes a column from a field or a property of your own; `words` says what a word of
your own means. `called:` is the end of a list's address, which goals need; `params` goes with every call.""",
    things=THINGS,
    required=("auth",),
    web={
        "auth": {
            "type": "object",
            "title": "auth",
            "description": "Who asks: client_id and client_secret of an app of the team, or a token; instead of `path`.",
            "additionalProperties": False,
            "oneOf": [{"required": ["client_id", "client_secret"]}, {"required": ["token"]}],
            "properties": {
                "client_id": {**_WORD, "description": "The id of the app."},
                "client_secret": {**_WORD, "description": "Its secret, best `${NAME}`."},
                "token": {**_WORD, "description": "A token that somebody fetched, best `${NAME}`; it ends after some hours."},
            },
        },
        "url": {
            "type": "string",
            "pattern": r"^(https?://|\$\{)",
            "title": "url",
            "description": "Where the API is; https://dev.worktile.com/open-api unless given.",
        },
        "params": {
            "type": "object",
            "title": "params",
            "description": "What else a list is asked with, such as the project whose tasks are read.",
            "additionalProperties": {"type": ["string", "number", "boolean"]},
        },
        "records": {
            "type": "string",
            "title": "records",
            "description": "Where in an answer the records are; values unless given, an empty text where the answer is the list.",
        },
        "total": {"type": "string", "title": "total", "description": "Where in an answer it says how many there are, if it does."},
        "first_page": {
            "type": "integer",
            "minimum": 0,
            "title": "first page",
            "description": "The number of the first page; 0 unless given.",
        },
    },
    connect="scorecard_worktile.web:connect",
)

SOURCE = source_type(PRESET)
