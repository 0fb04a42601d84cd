"""The page: whose score it is, every node before and after, and the cells in which other numbers are put."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from xlsxwriter.format import Format

from scorecard.evaluation.inputs import scalar
from scorecard.model.definition import Group, Item, Metric, Rule
from scorecard.model.formula import Kind
from scorecard.model.state import State
from scorecard.report.figures import clean
from scorecard.report.labels import band_of, period_of, title_of
from scorecard.report.workbook.entities import unit_of
from scorecard.report.workbook.excel_parts import NULL, quoted
from scorecard.report.workbook.sheet import Sheet
from scorecard.report.workbook.whatif.calculation import Calculation
from scorecard.report.workbook.whatif.figures import Figures
from scorecard.report.workbook.whatif.grid import ref
from scorecard.report.workbook.whatif.lookups import told
from scorecard.scoring.block import Block

ENTITY = (3, 0)
"""the cell that says whose score it is"""
HEAD = 6
FIRST = HEAD + 2
_SIGNS = 9
_QUIET = "#5F6368"
"""signs that a number takes"""
_TITLE = 40
_NOTE = 60
_STATUS = 16
_INPUT = {"bg_color": "#FFF8DC", "border": 1, "border_color": "#D6B656", "align": "right"}
_HEIGHT = 18
_HEAD_HEIGHT = 33
_ANY_NUMBER = {"validate": "decimal", "criteria": "between", "minimum": -1e300, "maximum": 1e300}
_ANY_WEIGHT = {"validate": "decimal", "criteria": ">=", "value": 0}


class Page:
    """What a reader sees of a calculation."""

    def __init__(self, calculation: Calculation, figures: Figures) -> None:
        self._calculation = calculation
        self._figures = figures
        self._book = calculation.book
        self._grid = calculation.grid
        self._with_bands = bool(calculation.scorecard.bands)
        self._own = ["unit", "before", "after", "difference", *(["band_before", "band_after"] if self._with_bands else []), "status"]
        self._pairs = ["value", "weight", "worst", *(f"threshold.{band}" for band in figures.bands()), "target"]
        self._pairs_from = 1 + len(self._own)
        self.note = self._pairs_from + 2 * len(self._pairs)
        self.inputs: list[tuple[int, int, dict[str, Any]]] = []
        self.kept_rows: list[int] = []

    @property
    def columns(self) -> int:
        """The columns of the page."""
        return self.note + 1

    def write(self, name: str, facts: str) -> int:
        """Everything but the steps; returns the row behind the last."""
        self._top(name, facts)
        self._heads()
        next = FIRST
        for depth, node in self._tree(self._calculation.scorecard.total, 0):
            self._node(next, depth, node)
            next += 1
        self.nodes_end = next
        next = self._rules(next + 1)
        return self._further(next)

    def lay_out(self, sheet: Sheet, entities: str) -> None:
        """Widths, what may be put in, colours, what stays in sight."""
        book = self._book
        sheet.data_validation(
            *ENTITY, *ENTITY, {"validate": "list", "source": f"={entities}", "error_message": book.say("try.nobody")[:255]}
        )
        for row, column, allowed in self.inputs:
            sheet.data_validation(row, column, row, column, {**allowed, "error_message": book.say("try.no_number")[:255]})
        if self._with_bands:
            for offset in (4, 5):
                book.color_bands(sheet, FIRST, self.nodes_end - 1, 1 + offset, (1 + offset,))
        for row in self.kept_rows:
            sheet.conditional_format(row, 0, row, self.note, {"type": "formula", "criteria": "=TRUE", "format": book.kept})
        sheet.freeze_panes(FIRST, 1)
        sheet.hide_gridlines(2)
        sheet.finish()
        sheet.set_column(0, 0, _TITLE)
        sheet.set_column(1, self.note - 1, _SIGNS + 2)
        sheet.set_column(4 + 2 * self._with_bands + 1, 4 + 2 * self._with_bands + 1, _STATUS)
        sheet.set_column(self.note, self.note, _NOTE)

    # ------------------------------------------------------------ parts

    def _top(self, name: str, facts: str) -> None:
        grid, book = self._grid, self._book
        period = next(one for one, scores in reversed(list(book.evaluation.periods)) if scores is self._calculation.scores)
        title = " · ".join((book.say("try.title", title=title_of(book.scorecard, book.language)), period_of(period, book.language)))
        grid.put(0, 0, title, book.title)
        grid.put(1, 0, book.say("try.how"), book.quiet)
        grid.put(2, 0, book.say("try.entity"), book.quiet)
        chosen = book.like(book.text, **{**_INPUT, "num_format": "@", "align": "left", "bold": True, "font_size": 12, "indent": 1})
        grid.put(*ENTITY, name, chosen, key="entity")
        shown = f"IF(ISNUMBER({ref('row')}),{facts},{quoted(book.say('try.nobody'))})"
        grid.formula(ENTITY[0], 1, shown, self._text(font_color=_QUIET), self._calculation.facts)

    def _heads(self) -> None:
        grid, book = self._grid, self._book
        grid.heights |= {ENTITY[0]: _HEIGHT + 4, HEAD: _HEIGHT, HEAD + 1: _HEAD_HEIGHT}
        grid.put(HEAD + 1, 0, book.say("head.node"), book.head)
        for column, key in enumerate(self._own, start=1):
            grid.put(HEAD + 1, column, book.say(f"try.{key}"), book.head)
        for place, key in enumerate(self._pairs):
            column = self._pairs_from + 2 * place
            name, _, band = key.partition(".")
            grid.put(HEAD, column, self._band(band) if band else book.say(f"head.{name}"), book.head)
            grid.put(HEAD, column + 1, "", book.head)
            grid.put(HEAD + 1, column, book.say("try.is"), book.head)
            grid.put(HEAD + 1, column + 1, book.say("try.if"), book.head)
        grid.put(HEAD + 1, self.note, book.say("try.note"), book.head)

    def _tree(self, node: Item, depth: int) -> Iterator[tuple[int, Item]]:
        yield depth, node
        if isinstance(node, Group):
            for child in self._calculation.children(node.id):
                yield from self._tree(child, depth + 1)

    def _node(self, row: int, depth: int, node: Item) -> None:
        grid, book, id, calculation = self._grid, self._book, node.id, self._calculation
        heavy = {"bold": True} if isinstance(node, Group) else {}
        text = self._text(**heavy)
        grid.put(row, 0, calculation.title(id), self._text(**{**heavy, "indent": 1 + 2 * depth}))
        grid.put(row, 1, self._unit(node), self._text(font_color=_QUIET))
        before = calculation.looked(f"{id}.score", lambda block: block.read(f"{id}.score")).text
        own = self._number(f"{id}.score")
        points = book.score(id, own if isinstance(own, float) else None, None)
        form = book.like(points, align="right", **heavy)
        grid.formula(row, 2, before, form, own, key=f"{id}.before")
        grid.formula(row, 3, f"IF(ISNUMBER({ref(id, 'score')}),{ref(id, 'score')},{quoted(NULL)})", form, own, key=f"{id}.after")
        moved = f'IFERROR(ROUND({ref(id, "after")}-{ref(id, "before")},9),"")'
        signed = f"+{points.num_format};-{points.num_format};"
        grid.formula(row, 4, moved, book.like(points, num_format=signed, align="right", **heavy), 0 if isinstance(own, float) else "")
        column = 5
        if self._with_bands:
            place = calculation.looked(f"{id}.band", lambda block: _places(block, f"{id}.band")).text
            now = band_of(calculation.scorecard, scalar(calculation.mine.read(f"{id}.band")), book.language)
            grid.formula(row, 5, f'IF({place}>0,INDEX({ref("bands.title")},{place}),"")', text, now)
            grid.formula(row, 6, f'IFERROR(INDEX({ref("bands.title")},MATCH({ref(id, "band")},{ref("bands.id")},0)),"")', text, now)
            column = 7
        state = scalar_state(calculation.mine, id)
        status = f'IF({ref(id, "state")}="measured","",INDEX({ref("states.title")},MATCH({ref(id, "state")},{ref("states.id")},0)))'
        grid.formula(row, column, status, self._text(font_color=_QUIET), "" if state == "measured" else book.say(f"state.{state}"))
        self._inputs(row, node)
        self._notes(row, node)

    def _text(self, **settings: Any) -> Format:
        return self._book.like(self._book.text, **{"align": "left", "indent": 1, **settings})

    def _unit(self, node: Item) -> str:
        return clean(unit_of(self._book, node) or "") if isinstance(node, Metric) else ""

    def _inputs(self, row: int, node: Item) -> None:
        grid, book, id, calculation = self._grid, self._book, node.id, self._calculation
        for place, key in enumerate(self._pairs):
            column = self._pairs_from + 2 * place
            if key == "value" and isinstance(node, Metric):
                own = told(calculation.mine.cells[f"{id}.value"], 1)[0]
                is_text = calculation.kind(id) is not Kind.NUMBER
                form = book.text if is_text else book.value(node, own)
                shown = f'IF({ref(id, "forced")}="measured",{ref(id, "own")},{quoted(NULL)})'
                grid.formula(row, column, shown, book.like(form, align="right"), own)
                self._input(row, column + 1, form, f"{id}.value.if", None if is_text else _ANY_NUMBER)
            elif (id, key) in self._figures.columns:
                formula, own = self._figures.columns[id, key]
                form = book.number if key == "weight" or isinstance(node, Group) else book.value(node, own)
                grid.formula(row, column, formula, book.like(form, align="right"), own, key=f"{id}.{key}.is")
                self._input(row, column + 1, form, f"{id}.{key}.if", _ANY_WEIGHT if key == "weight" else _ANY_NUMBER)

    def _input(self, row: int, column: int, form: Format, key: str, allowed: dict[str, Any] | None) -> None:
        self._grid.put(row, column, self._calculation.given.get(key.removesuffix(".if")), self._book.like(form, **_INPUT), key=key)
        if allowed is not None:
            self.inputs.append((row, column, allowed))

    def _notes(self, row: int, node: Item) -> None:
        kept = self._calculation.kept.get(node.id, {})
        notes = [self._book.say(f"try.kept.{reason}") for reason in kept]
        if node.id in self._calculation.follows:
            notes.append(self._book.say("try.follows"))
        if any((rounding := variant.node(node.id).round) is not None and rounding.binary for variant in self._calculation.variants):
            notes.append(self._book.say("try.doubles"))
        if any(line.node == node.id for line in self._figures.lines):
            notes.append(self._book.say("try.below"))
        if notes:
            self._grid.put(row, self.note, " ".join(notes), self._text(font_color=_QUIET))
        if kept:
            self.kept_rows.append(row)

    def _rules(self, next: int) -> int:
        """Whether each rule acts, before and after."""
        calculation, grid, book = self._calculation, self._grid, self._book
        if not calculation.scorecard.rules:
            return next
        grid.put(next, 0, book.say("try.rules"), book.head)
        for column, key in ((1, ""), (2, "before"), (3, "after")):
            grid.put(next, column, book.say(f"try.{key}") if key else "", book.head)
        for row, rule in enumerate(calculation.scorecard.rules.values(), start=next + 1):
            cell = f"rule.{rule.id}"
            grid.put(row, 0, self._rule(rule), self._text())
            acted = calculation.looked(f"{cell}.before", lambda block, cell=cell: block.read(cell)).text  # type: ignore[misc]
            yes, no = (quoted(book.say(f"cell.{word}")) for word in ("yes", "no"))
            now = scalar(calculation.mine.read(cell))
            told_now = book.say("cell.yes" if now else "cell.no")
            grid.formula(row, 2, f"IF({acted}=1,{yes},{no})", self._text(), told_now)
            grid.formula(row, 3, f"IF({ref(cell)},{yes},{no})", self._text(), told_now)
        return next + len(calculation.scorecard.rules) + 2

    def _rule(self, rule: Rule) -> str:
        """Its title, else why it is there, else its id."""
        return next((text for words in (rule.title, rule.reason) if (text := clean(words.into(self._book.language)))), rule.id)

    def _further(self, next: int) -> int:
        """The numbers that have no column: pairs, points, steps."""
        grid, book = self._grid, self._book
        if not self._figures.lines:
            return next
        for column, key in ((0, "further"), (1, "is"), (2, "if")):
            grid.put(next, column, book.say(f"try.{key}"), book.head)
        for row, line in enumerate(self._figures.lines, start=next + 1):
            grid.put(row, 0, line.title, self._text())
            grid.formula(row, 1, line.formula, book.like(line.form, align="right"), line.value, key=f"{line.node}.{line.key}.is")
            self._input(row, 2, line.form, f"{line.node}.{line.key}.if", _ANY_NUMBER)
        return next + len(self._figures.lines) + 2

    def _number(self, cell: str) -> Any:
        return told(self._calculation.mine.read(cell), 1)[0]

    def _band(self, band: str) -> str:
        return band_of(self._calculation.scorecard, band, self._book.language)


def _places(block: Block, cell: str) -> Any:
    """The place of a band from 1, in the order of the definition; 0 for none."""
    return np.asarray(block.read(cell).codes, dtype=np.float64) + 1


def scalar_state(block: Block, node: str) -> str:
    return State(int(np.asarray(block.cells[f"{node}.#state"]).reshape(-1)[0])).name.lower()
