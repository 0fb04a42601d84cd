"""What tells entities apart when reports are handed over: their keys, attributes and band, where they were last."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scorecard.definition.called import Titles, titles_of_attributes, titles_of_bands
from scorecard.evaluation.evaluation import Evaluation
from scorecard.expression.values import Coded, Value
from scorecard.model.entity import Naming
from scorecard.model.text import Text
from scorecard.report.digits import facts
from scorecard.report.labels import INSUFFICIENT, as_written
from scorecard.scoring.block import rows_of
from scorecard.scoring.score import PeriodScores

BAND = "band"
Texts = NDArray[np.object_]


class Entities:
    """Every entity of an evaluation once, as it was in the last period that it exists in."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation
        self._columns: dict[str, Texts] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """By what entities can be told apart; the key stands above an attribute of that name, and both above the band."""
        scorecard = self._evaluation.scorecard
        own = dict.fromkeys((*scorecard.entity.key, *scorecard.entity.attributes))
        return (*own, *([BAND] if scorecard.bands and BAND not in own else []))

    @cached_property
    def numbers(self) -> NDArray[np.int32]:
        """The number of each entity."""
        return np.concatenate([scores.table.entity[rows] for scores, rows in self._last])

    def of(self, name: str) -> Texts:
        """What each entity is by a name, as text; None where it is nothing."""
        if name not in self._columns:
            parts = [self._texts(name, scores, rows) for scores, rows in self._last]
            self._columns[name] = np.concatenate(parts) if parts else np.empty(0, dtype=object)
        return self._columns[name]

    def values(self, name: str) -> Titles:
        """What a name can be, by its title: of the band, each that the definition knows; else what some entity is."""
        if name == BAND and BAND not in (*self._evaluation.scorecard.entity.key, *self._evaluation.scorecard.entity.attributes):
            return titles_of_bands(self._evaluation.scorecard, INSUFFICIENT)
        called = self._evaluation.scorecard.entity.called.get(name, Naming())
        return {text: called.values.get(text, Text()) for text in sorted({text for text in self.of(name).tolist() if text is not None})}

    @property
    def titles(self) -> dict[str, Text]:
        """What each of the names is called."""
        return dict.fromkeys(self.names, Text()) | titles_of_attributes(self._evaluation.scorecard)

    @cached_property
    def _last(self) -> list[tuple[PeriodScores, NDArray[np.intp]]]:
        """The periods from the last one back, each with its rows of entities that no later one has."""
        seen = np.empty(0, dtype=np.int32)
        found = []
        for _, scores in reversed(list(self._evaluation.periods)):
            found.append((scores, np.flatnonzero(~np.isin(scores.table.entity, seen))))
            seen = np.union1d(seen, scores.table.entity)
        return found

    def _texts(self, name: str, scores: PeriodScores, rows: NDArray[np.intp]) -> Texts:
        if name in self._evaluation.scorecard.entity.key:
            return self._evaluation.names.of(name, scores.table.entity[rows])
        is_band = name == BAND and name not in self._evaluation.scorecard.entity.attributes
        column: Value = scores.cells["total.band"] if is_band else scores.table.columns[f"entity.{name}"]
        if isinstance(column, Coded):
            return rows_of(column, rows).decode()  # type: ignore[union-attr]
        return _objects([None if one is None else as_written(one) for one in facts(rows_of(column, rows))])


def _objects(texts: Sequence[str | None]) -> Texts:
    found = np.empty(len(texts), dtype=object)
    found[:] = texts
    return found
