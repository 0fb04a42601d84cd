"""Packages that only some sources need."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from scorecard.hooks.contracts import SourceError


def needed(module: str, extra: str) -> Any:
    """A module of an optional package. Raises SourceError with the extra to install where it is absent."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != module.partition(".")[0]:
            raise
        raise SourceError("SC630", package=module, install=f"kpi-scorecard[{extra}]") from None
