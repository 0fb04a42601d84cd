"""Which entities are meant: `band=red`, `region=North`, or a band alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scorecard.definition.called import id_of, no_band, not_called
from scorecard.errors import UsageError
from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.part import part
from scorecard.report.handover.told_apart import BAND, Entities


@dataclass(frozen=True, slots=True)
class Only:
    """What entities have to be: by each name one of its values."""

    wanted: dict[str, tuple[str, ...]]

    @property
    def bands(self) -> tuple[str, ...] | None:
        return self.wanted.get(BAND)

    @property
    def beside_bands(self) -> Only:
        """What they have to be but for their band."""
        return Only({name: values for name, values in self.wanted.items() if name != BAND})

    def __str__(self) -> str:
        return ", ".join(f"{name}={value}" for name, values in self.wanted.items() for value in values)


def only(texts: Sequence[str], evaluation: Evaluation) -> Only:
    """What texts ask for. Several names go together; several values of one name are alternatives. Raises UsageError."""
    entities = Entities(evaluation)
    wanted: dict[str, tuple[str, ...]] = {}
    issues = []
    for text in texts:
        name, equals, value = (each.strip() for each in text.partition("="))
        if not equals:
            name, value = BAND, name
        known_name = id_of(name, entities.titles)
        if known_name is None:
            issues.append(not_called(name, entities.titles, "SC750"))
            continue
        name = known_name
        known = entities.values(name)
        meant = id_of(value, known)
        if meant is None:
            issues.append(no_band(value, known) if name == BAND else not_called(value, known, "SC751", name=name, value=value))
            continue
        wanted[name] = (*wanted.get(name, ()), meant)
    if issues:
        raise UsageError(issues)
    return Only(wanted)


def chosen(evaluation: Evaluation, wanted: Only) -> Evaluation:
    """The part of an evaluation that is asked for, by what its entities were last; the whole where nothing is asked."""
    return part(evaluation, _numbers(evaluation, wanted)) if wanted.wanted else evaluation


def _numbers(evaluation: Evaluation, wanted: Only) -> NDArray[np.int32]:
    entities = Entities(evaluation)
    fits = np.ones(len(entities.numbers), dtype=bool)
    for name, values in wanted.wanted.items():
        fits &= np.isin(entities.of(name).astype(str), values) & (entities.of(name) != np.array(None))
    return np.asarray(entities.numbers[fits])
