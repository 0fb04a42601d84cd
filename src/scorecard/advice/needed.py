"""Packages that only some methods need, imported when one of them is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from scorecard.errors import UsageError
from scorecard.model.issue import Issue


def needed(module: str) -> Any:
    """A module of an optional package. Raises UsageError (SC749) with what to install where it is absent."""
    try:
        return import_module(module)
    except ImportError:
        raise UsageError([Issue(code="SC749", values={"package": module.partition(".")[0]})]) from None
