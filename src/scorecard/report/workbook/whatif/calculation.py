"""A calculation in formulas: what all of its parts share, and where its steps stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from scorecard.model.definition import Constant, Item, Number, Path, Table
from scorecard.model.formula import Cell, Formula, Kind, Literal, Node, walk
from scorecard.model.plan import Value
from scorecard.model.variant import Variant
from scorecard.plan.lower import canonical
from scorecard.report.labels import node_of
from scorecard.report.workbook.book import Book
from scorecard.report.workbook.excel_formula import Translator
from scorecard.report.workbook.excel_parts import ABSENT, NULL, NotExpressibleError, Operand, figure, quoted, sound
from scorecard.report.workbook.whatif.grid import Grid, ref
from scorecard.report.workbook.whatif.lookups import Lookups, kind_of, told
from scorecard.scoring.block import Block
from scorecard.scoring.score import PeriodScores

FACETS = frozenset({"value", "score", "raw", "band", "band_raw", "state", "coverage", "worst", "target", "weight"})
"""what formulas may read of a node, which follows whatever is changed"""
_TEXTS = frozenset({"band", "band_raw", "state"})
_MOST_VARIANTS = 254
"""as many as CHOOSE takes"""

Of = Callable[[Block], Any]


class Calculation:
    """One entity scored in formulas. Everything that is not worked out in them is looked up, and so is what cannot be."""

    def __init__(self, book: Book, scores: PeriodScores, lookups: Lookups, grid: Grid, chosen: int, corner: tuple[int, int]) -> None:
        self.book = book
        self.scores = scores
        self.plan = book.evaluation.plan
        self.scorecard = self.plan.scorecard
        self.variants = scores.variants
        self.lookups = lookups
        self.grid = grid
        self.mine = lookups.sample(chosen)
        self.place = self.place_of(self.mine)
        self.values: Mapping[str, Value] = {cell.step.metric: cell.step for cell in self.plan.cells if isinstance(cell.step, Value)}
        self.given: Mapping[str, Any] = {}
        """what is put in, by node and key"""
        self.facts = ""
        self.kept: dict[str, dict[str, None]] = {}
        """by node, why something of it stays as it was computed"""
        self.follows: set[str] = set()
        """metrics whose value follows from what else is changed"""
        self.next, self.left = corner
        self._nodes = {"total", *self.scorecard.groups, *self.scorecard.metrics}
        self._leaves: dict[Any, Operand] = {}
        self._kinds: dict[str, Kind] = {}

    def place_of(self, block: Block) -> int:
        """Which of the variants a block is of."""
        return next(place for place, variant in enumerate(self.variants) if variant is block.variant)

    # ------------------------------------------------------------ steps

    def line(self, key: str, title: str, formula: str, value: Any = "", *, named: bool = False) -> str:
        """One step on a line of its own, and its mention."""
        self.grid.put(self.next, self.left, title, self.book.quiet)
        self.grid.formula(self.next, self.left + 1, formula, None, value, key=key)
        self.next += 1
        if named:
            self.grid.name(key)
        return ref(key)

    def looked(self, title: str, of: Of) -> Operand:
        """What the engine worked out for the entity."""
        found = of(self.mine)
        kind = kind_of(found)
        place = self.lookups.add(title, of, kind)
        mention = self.line(f"looked.{place}", title, self.lookups.formula(place, ref("row")), told(found, 1)[0])
        return Operand(mention, kind)

    def keep(self, node: str, reason: str) -> None:
        """Remembers to say on the line of a node what does not follow."""
        self.kept.setdefault(node, {})[reason] = None

    # ------------------------------------------------------------ formulas

    def kind(self, metric: str) -> Kind:
        """What the value of a metric holds."""
        if metric not in self._kinds:
            self._kinds[metric] = kind_of(self.mine.cells[f"{metric}.value"])
        return self._kinds[metric]

    def translator(self, variant: Variant, node: str, instead: Mapping[str, str] | None = None) -> Translator:
        """Translates formulas of a node; `instead` are mentions that stand for cells."""

        def read(part: Node) -> Operand | None:
            if isinstance(part, Literal):
                return None
            if isinstance(part, Cell):
                return self._cell(part.name, variant, node, instead or {})
            return None if self.live(part) or _has_params(part) else self._fixed(part, node)

        return Translator(read)

    def live(self, tree: Node) -> bool:
        """Whether a formula reads anything that follows what is changed."""
        return any(isinstance(part, Cell) and self._is_live(part.name) for part in walk(tree))

    def by_variant(self, formulas: Sequence[str]) -> str:
        """What applies to the segments that the entity is in."""
        if len(set(formulas)) == 1:
            return sound(formulas[0])
        if len(formulas) > _MOST_VARIANTS:
            raise NotExpressibleError("segments")
        return sound(f"CHOOSE({ref('variant')},{','.join(formulas)})")

    def of_nodes(self, node: str, formula: Callable[[Any], str]) -> str:
        """A formula made for a node as each variant has it."""
        return self.by_variant([formula(variant.node(node)) for variant in self.variants])

    def clamped(self, score: str) -> str:
        """A score within the ends of a closed scale."""
        scale = self.scorecard.scale
        if scale.low is None or scale.high is None:
            return score
        return f"MAX({figure(scale.low)},MIN({figure(scale.high)},{score}))"

    def condition(self, node: str, tree: Node, half: str, title: str, of: Of) -> str:
        """Where a condition holds (or fails), which must not depend on the variant; else what the engine found."""
        try:
            translator = self.translator(self.variants[0], node)
            return sound(translator.holds(tree) if half == "holds" else translator.fails(tree))
        except NotExpressibleError:
            self.keep(node, "condition")
            looked = self.looked(title, of)
            return f"({looked.text}={1 if half == 'holds' else 0})"

    def number(self, node: str, title: str, numbers: Sequence[Number | None], of: Of) -> str:
        """A number of the definition as it applies to the entity."""
        try:
            return self.by_variant([self._number(node, number, variant) for number, variant in zip(numbers, self.variants, strict=True)])
        except NotExpressibleError:
            self.keep(node, "number")
            return self.looked(title, of).text

    def _number(self, node: str, number: Number | None, variant: Variant) -> str:
        match number:
            case None:
                return quoted(ABSENT)
            case Constant() | Path() | Table():
                value = self.mine.figure(number)
                return figure(float(value)) if np.isfinite(value) else quoted(NULL)
            case Formula(tree=tree):
                return f"IFERROR({self.translator(variant, node).number(tree)},{quoted(NULL)})"

    # ------------------------------------------------------------ what formulas read

    def _is_live(self, name: str) -> bool:
        owner, _, facet = name.rpartition(".")
        return owner in self._nodes and facet in FACETS

    def _cell(self, name: str, variant: Variant, node: str, instead: Mapping[str, str]) -> Operand:
        if name in instead:
            return Operand(instead[name], Kind.NUMBER)
        owner, _, facet = name.rpartition(".")
        if self._is_live(name):
            if facet == "value" and self.kind(owner) is not Kind.NUMBER:
                return Operand(ref(name), self.kind(owner))
            return Operand(ref(name), Kind.TEXT if facet in _TEXTS else Kind.NUMBER)
        if owner.endswith(".params"):
            value = variant.metrics[owner.removesuffix(".params")].params[facet]
            return Operand(quoted(value), Kind.TEXT, True) if isinstance(value, str) else Operand(figure(float(value)), Kind.NUMBER, True)
        return self._fixed(Cell(name=name), node)

    def _fixed(self, tree: Node, node: str) -> Operand:
        """A part that follows nothing; but a rank among peers would, if it could."""
        if any(isinstance(part, Cell) and part.name.startswith("peer[rank ") for part in walk(tree)):
            self.keep(node, "rank")
        return self.leaf(tree)

    def leaf(self, tree: Node) -> Operand:
        """A part of a formula that follows nothing: the engine works it out."""
        tree = canonical(tree)
        if tree not in self._leaves:
            title = ", ".join(dict.fromkeys(part.name for part in walk(tree) if isinstance(part, Cell)))
            self._leaves[tree] = self.looked(title, lambda block: block.evaluate(tree))
        return self._leaves[tree]

    # ------------------------------------------------------------ texts

    def title(self, node: str) -> str:
        return node_of(self.scorecard, node, self.book.language)

    def children(self, group: str) -> tuple[Item, ...]:
        return self.scorecard.children(group)


def _has_params(tree: Node) -> bool:
    return any(isinstance(part, Cell) and ".params." in part.name for part in walk(tree))
