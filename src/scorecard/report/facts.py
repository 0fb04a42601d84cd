"""Texts of a definition with the numbers of many entities put in, worked out column by column."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

import numpy as np

from scorecard.evaluation.details import Detail, Floats
from scorecard.evaluation.evaluation import Evaluation
from scorecard.expression.values import Coded
from scorecard.model.definition import Group
from scorecard.model.state import State
from scorecard.model.text import Text
from scorecard.report import figures
from scorecard.report.digits import facts
from scorecard.report.labels import band_of, fact_of
from scorecard.report.texts import NAME, NOTHING
from scorecard.scoring.score import PeriodScores


class Facts:
    """What names in texts are for the rows of a detail, in a language; each name is looked up once."""

    def __init__(self, evaluation: Evaluation, scores: PeriodScores, detail: Detail, language: str) -> None:
        self._evaluation = evaluation
        self._scores = scores
        self._detail = detail
        self._language = language
        self._known: dict[str, list[str]] = {}

    def told(self, text: Text, at: int) -> str:
        """The text for the row at a place; a name that has no value is a dash, what is no name stays as it is written."""

        def put_in(found: re.Match[str]) -> str:
            return self.fact(found[1])[at] if self._is_name(found[1]) else found[0]

        return figures.clean(NAME.sub(put_in, text.into(self._language)))

    def fact(self, name: str) -> list[str]:
        """A name for every row of the detail."""
        if name not in self._known:
            self._known[name] = self._look_up(name)
        return self._known[name]

    def number(self, name: str, at: int) -> float | None:
        """A value, score or target of a node for the row at a place; None where it is nothing or no number."""
        found = self._ends(self._detail.block.cells[name])
        number = np.nan if isinstance(found, Coded) else float(np.asarray(found, dtype=np.float64)[at])
        return None if np.isnan(number) else number

    @cached_property
    def total(self) -> Floats:
        """The total's score, [n]."""
        return self._detail.numbers("total.score")

    @cached_property
    def bands(self) -> list[str | None]:
        """The total's band by its id, one per row."""
        return self._bands("total")

    def _is_name(self, name: str) -> bool:
        owner, _, facet = name.rpartition(".")
        entity = self._evaluation.scorecard.entity
        return facet in (*entity.attributes, *entity.key) if owner in ("", "entity") else owner in self._nodes

    @property
    def _nodes(self) -> Mapping[str, object]:
        scorecard = self._evaluation.scorecard
        return {"total": scorecard.total, **scorecard.groups, **scorecard.metrics}

    def _look_up(self, name: str) -> list[str]:
        owner, _, facet = name.rpartition(".")
        if owner in ("", "entity"):
            return self._of_entity(facet)
        scorecard, detail, language = self._evaluation.scorecard, self._detail, self._language
        node = scorecard.node(owner)
        rows = range(detail.block.rows)
        match facet:
            case "band":
                return [band_of(scorecard, band, language) or NOTHING for band in self._bands(owner)]
            case "state":
                return [State(int(code)).name.lower().replace("_", " ") for code in np.asarray(detail.block.cells[f"{owner}.#state"])]
            case "coverage":
                return [figures.share(share, language) or NOTHING for share in detail.numbers(f"{owner}.coverage").tolist()]
            case "score" | "raw":
                bands = self._bands(owner)
                return [
                    figures.score(x, bands[k], node, scorecard, language) or NOTHING
                    for k, x in enumerate(detail.numbers(f"{owner}.score").tolist())
                ]
        if isinstance(node, Group):
            return [NOTHING for _ in rows]
        numbers = facts(self._ends(detail.block.cells[f"{owner}.{facet}"]))
        return [figures.value(number, node.unit, node.decimals, language) or NOTHING for number in numbers]

    def _ends(self, found: object) -> object:
        """A cell as one number per row; of a range its first end."""
        first = found[0] if isinstance(found, tuple) else np.nan if found is None else found
        return first if isinstance(first, Coded) else np.broadcast_to(np.asarray(first, dtype=np.float64), (self._detail.block.rows,))

    def _bands(self, owner: str) -> list[str | None]:
        if not self._evaluation.scorecard.bands:
            return [None] * self._detail.block.rows
        found = self._detail.band(owner)
        names = [*found.categories, None]
        return [names[code] for code in found.codes.tolist()]

    def _of_entity(self, facet: str) -> list[str]:
        scorecard = self._evaluation.scorecard
        if facet in scorecard.entity.attributes:
            values = facts(self._detail.cell(f"entity.{facet}"))
            return [fact_of(scorecard, facet, value, self._language) or NOTHING for value in values]
        return [str(text) for text in self._evaluation.names.of(facet, self._scores.table.entity[self._detail.rows])]
