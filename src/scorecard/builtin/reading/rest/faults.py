"""What can be wrong with an answer, sorted by what may help: asking again, signing again, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

_LONGEST = 200
_SAID = ("message", "error_description", "detail", "errorMessage", "error", "title")
"""keys under which APIs say what is wrong, the most telling first"""


class PassingError(Exception):
    """A fault that may pass by itself. `asked` are the seconds the API asks to wait; `code` is the issue where it does not pass."""

    def __init__(self, said: str, *, asked: float | None = None, code: str = "SC644", reason: str | None = None) -> None:
        self.said = said
        self.asked = asked
        self.code = code
        self.reason = reason
        super().__init__(said)


class UnsignedError(Exception):
    """The API does not know who asks: the token has ended, or the key is wrong."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an API means that says its errors in a way of its own, such as with status 200.

    `expired`: sign again; `later`: ask again after `seconds`; `refused`: nothing helps.
    """

    kind: Literal["expired", "later", "refused"]
    said: str
    seconds: float | None = None


def said_in(body: Any) -> str:
    """What the body of a refusal says, in one line; empty where it says nothing."""
    if isinstance(body, list) and body:
        return said_in(body[0])
    if not isinstance(body, Mapping):
        return _short(body) if isinstance(body, str) else ""
    if isinstance(body.get("errors"), list) and (first := said_in(body["errors"])):
        return first
    for key in _SAID:
        if key in body and (text := said_in(body[key])):
            return text
    return ""


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
