"""A definition that has to be right, or the work stops."""

from __future__ import annotations

from pathlib import Path

from scorecard.definition.check import check_file
from scorecard.errors import DefinitionError
from scorecard.hooks.registry import Registry
from scorecard.model.definition import Scorecard


def load(path: str | Path, registry: Registry) -> Scorecard:
    """A checked definition. Raises DefinitionError with every issue it has."""
    outcome = check_file(path, registry)
    if outcome.scorecard is None:
        raise DefinitionError(outcome.issues)
    return outcome.scorecard
