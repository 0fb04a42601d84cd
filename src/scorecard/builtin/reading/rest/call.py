"""What is asked of a web API, and what comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from scorecard.builtin.reading.way import steps_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request: `params` are its query, `body` goes as JSON, `form` as a form."""

    url: str
    method: str = "GET"
    params: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    form: Mapping[str, str] | None = None

    def with_param(self, name: str, value: Any) -> Call:
        return replace(self, params={**self.params, name: value})

    def with_header(self, name: str, value: str) -> Call:
        return replace(self, headers={**self.headers, name: value})

    def with_body(self, way: str, value: Any) -> Call:
        """With a value somewhere in the body, at `data.limit`; mappings on the way are made where there are none."""
        return replace(self, body=_put(self.body, steps_of(way), value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer that is JSON, or says with status 204 that there is nothing; its body is None then.

    `next_link` is what its header Link (RFC 8288) calls the next page.
    """

    body: Any
    status: int = 200
    next_link: str | None = None


def _put(body: Any, steps: list[str], value: Any) -> Any:
    if not steps:
        return value
    there = dict(body) if isinstance(body, Mapping) else {}
    there[steps[0]] = _put(there.get(steps[0]), steps[1:], value)
    return there
