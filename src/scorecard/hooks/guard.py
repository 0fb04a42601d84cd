"""Calls into plugins: whatever they raise becomes one error with one line of text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from scorecard.hooks.contracts import SourceError

_LONGEST = 300


class RaisedError(Exception):
    """What a plugin's function raised, as `KeyError: 'amount'`."""

    def __init__(self, said: str) -> None:
        self.said = said
        super().__init__(said)


@contextmanager
def guarded() -> Iterator[None]:
    """Lets through KeyboardInterrupt and SourceError; anything else, SystemExit included, becomes RaisedError."""
    try:
        yield
    except (KeyboardInterrupt, SourceError):
        raise
    except BaseException as error:  # sys.exit() in a plugin must not end a run as a pass
        raise RaisedError(said(error)) from error


def said(error: BaseException) -> str:
    """What an exception says, on one line; an exception may even raise when it is printed."""
    try:
        text = " ".join(str(error).split())
    except KeyboardInterrupt:
        raise
    except BaseException:  # noqa: BLE001 - the plugin's own exception class is as untrusted as the rest of it
        text = ""
    name = type(error).__name__
    return f"{name}: {text[:_LONGEST]}" if text else name
