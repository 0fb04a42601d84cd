"""The numbers of a definition that can be changed: what each is, a cell for another one, and the number that applies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from xlsxwriter.format import Format

from scorecard.model.definition import Item, Number, Range
from scorecard.report.workbook.excel_parts import ABSENT, NULL, quoted
from scorecard.report.workbook.whatif.calculation import Calculation
from scorecard.report.workbook.whatif.grid import ref
from scorecard.scoring.block import Block

_OF_VALUES = frozenset({"worst", "target", "point", "step_up_to", "step_below"})
"""what is in the unit of the metric; the others are points"""


@dataclass(frozen=True, slots=True)
class Further:
    """A number that has no column of its own, and so a line."""

    node: str
    key: str
    title: str
    formula: str
    value: Any
    form: Format


class Figures:
    """What is written, what is put in its place, and what therefore applies."""

    def __init__(self, calculation: Calculation) -> None:
        self._calculation = calculation
        self.lines: list[Further] = []
        self.columns: dict[tuple[str, str], tuple[str, Any]] = {}
        """by node and column the formula of what is, and what that is for the entity that is chosen"""
        self._thresholds = {
            id: frozenset(band for variant in calculation.variants for band in variant.metrics[id].thresholds)
            for id in calculation.scorecard.metrics
        }
        self._pairs: set[tuple[str, str]] = set()

    def has_threshold(self, metric: str, band: str) -> bool:
        return band in self._thresholds[metric]

    def bands(self) -> list[str]:
        """The bands that any metric has a threshold of, from the worst to the best."""
        scorecard = self._calculation.scorecard
        ids = [band.id for band in scorecard.bands if any(band.id in bands for bands in self._thresholds.values())]
        return ids[::-1] if scorecard.scale.lower_is_better else ids

    def weight(self, node: str) -> None:
        self._column(node, "weight", lambda item: item.weight)

    def weight_of_sum(self, node: str, weight: str) -> None:
        """The weight of a group is what those of its children come to, unless another is put there."""
        self.columns[node, "weight"] = (weight, "")
        self._applied(node, "weight")

    def ends(self, metric: str) -> None:
        """Worst, thresholds and target of a metric; the two numbers of a pair have lines of their own."""
        for end in ("worst", "target"):
            numbers = [getattr(variant.metrics[metric], end) for variant in self._calculation.variants]
            if any(isinstance(number, Range) for number in numbers):
                self._pairs.add((metric, end))
                for side in ("low", "high"):
                    parts = [getattr(number, side) if isinstance(number, Range) else None for number in numbers]
                    self.further(metric, f"{end}.{side}", parts, end, side=self._calculation.book.say(f"try.number.{side}"))
            if any(number is not None and not isinstance(number, Range) for number in numbers):
                self._column(metric, end, lambda item, end=end: getattr(item, end))  # type: ignore[misc]
            else:
                self._calculation.line(f"{metric}.{end}", f"{metric}.{end}", quoted(NULL))
        for band in self.bands():
            if self.has_threshold(metric, band):
                self._column(metric, f"threshold.{band}", lambda item, band=band: item.thresholds.get(band))  # type: ignore[misc]

    def first(self, metric: str, end: str) -> str:
        """The one number of an end, or the first of a pair."""
        if (metric, end) not in self._pairs:
            return ref(metric, end)
        return f"IF(ISNUMBER({ref(metric, end, 'low')}),{ref(metric, end, 'low')},{ref(metric, end)})"

    def further(self, node: str, key: str, numbers: Sequence[Number | None], what: str, *, side: str = "", at: int | None = None) -> str:
        """A number on a line of its own, one per variant, and its mention."""
        calculation = self._calculation
        book = calculation.book

        def of(block: Block) -> Any:
            number = numbers[calculation.place_of(block)]
            return np.nan if number is None else block.figure(number)

        title = book.say(f"try.number.{what}", node=calculation.title(node), place="" if at is None else at + 1, side=side)
        formula = calculation.number(node, title, numbers, of)
        value = shown(of(calculation.mine))
        form = book.value(calculation.scorecard.metrics[node], value) if what in _OF_VALUES else book.points_of(node)
        self.lines.append(Further(node, key, title, formula, value, form))
        self._applied(node, key)
        return ref(node, key)

    def _column(self, node: str, column: str, number_of: Callable[[Any], Any]) -> None:
        calculation = self._calculation

        def own(item: Item) -> Number | None:
            number = number_of(item)
            return None if isinstance(number, Range | str) else number

        def of(block: Block) -> Any:
            number = own(block.variant.node(node))
            return np.nan if number is None else block.figure(number)

        numbers = [own(variant.node(node)) for variant in calculation.variants]
        value = ABSENT if numbers[calculation.place] is None else shown(of(calculation.mine))
        self.columns[node, column] = (calculation.number(node, f"{node}.{column}", numbers, of), value)
        self._applied(node, column)
        calculation.grid.name(f"{node}.{column}")

    def _applied(self, node: str, key: str) -> None:
        own, other = ref(node, key, "is"), ref(node, key, "if")
        self._calculation.line(f"{node}.{key}", f"{node}.{key}", f"IF(ISNUMBER({other}),{other},{own})")


def shown(number: Any) -> Any:
    """A number of one entity as a cell shows it."""
    found = float(np.asarray(number, dtype=np.float64).reshape(-1)[0])
    return found if np.isfinite(found) else NULL
