"""Web APIs that answer with JSON."""

from __future__ import annotations

from typing import Any

from scorecard.hooks.contracts import SourceType
from scorecard.model.text import Text

_WORD: dict[str, Any] = {"type": "string", "minLength": 1}


def _word(description: str) -> dict[str, Any]:
    return {**_WORD, "description": description}


def _kinds(title: str, description: str, kinds: dict[str, list[str]], **properties: dict[str, Any]) -> dict[str, Any]:
    """A mapping that says by `by` which of its other keys it needs."""
    return {
        "type": "object",
        "title": title,
        "description": description,
        "required": ["by"],
        "additionalProperties": False,
        "properties": {"by": {"enum": list(kinds)}, **properties},
        "allOf": [{"if": {"properties": {"by": {"const": kind}}}, "then": {"required": needs}} for kind, needs in kinds.items() if needs],
    }


AUTH = _kinds(
    "auth",
    "How calls say who asks: api_key (a header, or in the query), bearer, basic, or oauth (client credentials, or a refresh token).",
    {
        "api_key": ["name", "key"],
        "bearer": ["token"],
        "basic": ["user", "password"],
        "oauth": ["token_url", "client_id", "client_secret"],
    },
    name=_word("The name of the header or the param with the key."),
    key=_word("The key, best `${NAME}`."),
    token=_word("The token, best `${NAME}`."),
    user=_word("The user."),
    password={"type": "string", "description": "The password, best `${NAME}`."},
    token_url=_word("Where tokens are fetched."),
    client_id=_word("The client as the API knows it."),
    client_secret=_word("Its secret, best `${NAME}`."),
    refresh_token=_word("A refresh token, best `${NAME}`; without it the token is the client's own."),
    scope=_word("What is asked for, where the API wants to know."),
    **{"in": {"enum": ["header", "query"], "description": "Where the key goes; header unless given."}},
)
PAGING = _kinds(
    "paging",
    "How the next page is asked for: by page, offset, cursor or link; all records are in one answer unless given.",
    {"page": [], "offset": [], "cursor": ["param", "cursor"], "link": []},
    param=_word("The param that asks for a page; page or offset unless given."),
    first={"type": "integer", "minimum": 0, "description": "The first page or offset; 1 or 0 unless given."},
    size_param=_word("The param that says how many records a page has at most."),
    size={"type": "integer", "minimum": 1, "description": "How many records a page has at most."},
    cursor=_word("Where in an answer the mark of the next page is, such as paging.next.after."),
    next=_word("Where in an answer the address of the next page is; its header Link unless given."),
    more=_word("Where in an answer a yes or no says whether another page follows."),
    **{"in": {"enum": ["params", "body"], "description": "Where param and size_param go; params unless given."}},
)
RETRY: dict[str, Any] = {
    "type": "object",
    "title": "retry",
    "description": "How often a call is tried that fails for now, and how long is waited between: 5 times, 1 second, then twice as long.",
    "additionalProperties": False,
    "properties": {
        "attempts": {"type": "integer", "minimum": 1, "maximum": 20, "description": "How often a page is tried."},
        "wait": {"type": "number", "minimum": 0, "description": "The first wait in seconds; each is twice the one before."},
        "longest": {"type": "number", "minimum": 0, "description": "The longest wait in seconds; 120 unless given."},
    },
}
PER_SECOND: dict[str, Any] = {
    "type": "number",
    "exclusiveMinimum": 0,
    "title": "per second",
    "description": "How many calls a second may begin; as fast as it goes unless given.",
}
TIMEOUT: dict[str, Any] = {
    "type": "number",
    "exclusiveMinimum": 0,
    "title": "timeout",
    "description": "Seconds without a sign of life after which a call counts as lost; 30 unless given.",
}
ID: dict[str, Any] = {**_WORD, "title": "id", "description": "The column that no two records share, so that none counts twice."}
_OPEN: dict[str, Any] = {"type": "object"}

SOURCE = SourceType(
    id="rest",
    title=Text({"en": "Web APIs", "zh": "Web 接口 (REST)"}),
    params={
        "type": "object",
        "required": ["url"],
        "additionalProperties": False,
        "properties": {
            "url": {
                "type": "string",
                "pattern": r"^(https?://|\$\{)",
                "title": "url",
                "description": "The address that is asked, with http:// or https://.",
            },
            "method": {"enum": ["GET", "POST"], "title": "method", "description": "How it is asked; GET unless given."},
            "params": {**_OPEN, "title": "params", "description": "The query; a value may be `:period_start` or `:period_end`."},
            "headers": {**_OPEN, "title": "headers", "description": "Headers of every call."},
            "body": {"title": "body", "description": "What is sent as JSON; its values may be the period's edges, as those of params."},
            "records": {
                **_WORD,
                "title": "records",
                "description": "Where in an answer the list of records is, as data.items or /data/items; the answer itself unless given.",
            },
            "total": {**_WORD, "title": "total", "description": "Where in an answer the number of all records is, to check that all came."},
            "id": ID,
            "paging": PAGING,
            "auth": AUTH,
            "retry": RETRY,
            "per_second": PER_SECOND,
            "timeout": TIMEOUT,
        },
    },
    doc="""Reads lists of records from a web API that answers with JSON, page by page. It only asks: nothing is changed there.

```yaml
tickets:
  type: rest
  url: https://desk.example.com/api/v2/tickets
  params: {opened_from: ":period_start"}
  records: data.items
  total: data.total
  id: id
  paging: {by: page, size_param: per_page, size: 100}
  auth: {by: bearer, token: "${DESK_TOKEN}"}
  time: opened_at
```

What is nested in a record becomes columns with points in their names: `{"account": {"id": 7}}` has the column `account.id`.

A page that stays away, arrives half, or is answered with 429 or 5xx is asked for again after a wait that doubles, or the one
that the API asks for (Retry-After); what came before is kept. A refused or ended oauth token is fetched anew, once. `id` and
`total` prove that nothing is lost or counted twice: an API may give fewer records on a page than it is asked for, so pages
end with an empty one, or when `total` or `more` says so. A page that repeats is an error, and so is a next page on another
host, where keys have no business.

An edge of the period is written as ISO 8601; `:period_start.date`, `.utc`, `.epoch` and `.epoch_ms` write it otherwise. Where a
scorecard has no period, a param that is an edge is left out. The edges enclose all that is read, windows that reach further back
and earlier periods included; where they are asked for, the period `latest` is the last one that is over, by the calendar.

Keep keys out of the definition: `${DESK_TOKEN}` reads the environment. They are never shown, whatever goes wrong.

Needs the extra `rest`: `pip install 'kpi-scorecard[rest]'`.""",
    open="scorecard.builtin.reading.rest.open:open_rest",
)
