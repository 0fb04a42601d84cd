"""The sheet to try things on: the score of one entity in formulas that follow values, weights and targets put in their place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from xlsxwriter.utility import quote_sheetname

from scorecard.report.figures import clean
from scorecard.report.workbook.book import Book
from scorecard.report.workbook.whatif.calculation import Calculation
from scorecard.report.workbook.whatif.figures import Figures
from scorecard.report.workbook.whatif.grid import Grid, ref
from scorecard.report.workbook.whatif.lookups import Lookups, labels
from scorecard.report.workbook.whatif.nodes import Nodes
from scorecard.report.workbook.whatif.page import FIRST, Page, write_words
from scorecard.scoring.score import PeriodScores

_GAP = 1
_LONGEST_FACTS = 400


def write_whatif(book: Book, chosen: Mapping[int, Mapping[str, Any]] | None = None) -> None:
    """The sheet of the last period, and the hidden one that it looks things up on.

    `chosen` are places of entities with what is put in for them, a sheet for each; else one sheet, of the one with the worst score.
    """
    scores = list(book.evaluation.periods)[-1][1]
    if not len(scores):
        return
    if chosen is None:
        chosen = {_worst(book, scores): {}}
    sheets = [book.sheet("whatif", number) for number in range(1, len(chosen) + 1)]
    data = book.sheet("whatif_data")
    names = _names(book, scores)
    facts = _facts(book, scores)
    for number, (sheet, (place, given)) in enumerate(zip(sheets, chosen.items(), strict=True)):
        lookups = Lookups(book.evaluation.plan, scores, quote_sheetname(data.name))
        grid = Grid()
        calculation = Calculation(book, scores, lookups, grid, place, (FIRST, 0))
        calculation.given = given
        calculation.facts = facts[place]
        figures = Figures(calculation)
        page = Page(calculation, figures)
        calculation.left = page.columns + _GAP
        entity = ref("entity")
        escaped = f'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({entity},"~","~~"),"*","~*"),"?","~?")'
        calculation.line("row", "row", f"MATCH({escaped},{lookups.area(0)},0)", place + 1)
        calculation.line("variant", "variant", f"INDEX({lookups.area(2)},{ref('row')})", calculation.place + 1)
        write_words(calculation)
        Nodes(calculation, figures).write()
        page.write(names[place], f"INDEX({lookups.area(1)},{ref('row')})")
        grid.write(book.workbook, sheet)
        page.lay_out(sheet, lookups.area(0))
        sheet.set_column(calculation.left, calculation.left + 30, 12, None, {"level": 1, "hidden": True})
        if number == len(chosen) - 1:
            _write_data(data, names, facts, lookups)


def _write_data(sheet: Any, names: list[str], facts: list[str], lookups: Lookups) -> None:
    for column, title in enumerate(("entity", "facts", "variant", *(column.title for column in lookups.columns))):
        sheet.put(0, column, clean(title))
    for row, (name, fact, cells) in enumerate(zip(names, facts, lookups.rows(), strict=True), start=1):
        for column, value in enumerate((name, fact, *cells)):
            sheet.put(row, column, value)
    sheet.hide()


def _worst(book: Book, scores: PeriodScores) -> int:
    """The place of the entity with the worst score, or of the first."""
    total = np.asarray(scores.cells["total.score"], dtype=np.float64)
    if np.isnan(total).all():
        return 0
    return int(np.nanargmax(total) if book.scorecard.scale.lower_is_better else np.nanargmin(total))


def _names(book: Book, scores: PeriodScores) -> list[str]:
    keys = book.evaluation.keys(scores)
    parts = [texts.tolist() for texts in keys.values()]
    rows = [tuple(str(part) for part in row) for row in zip(*parts, strict=True)] if parts else [()] * len(scores)
    return labels(rows, book.say("explain.total"))


def _facts(book: Book, scores: PeriodScores) -> list[str]:
    """The attributes of every entity on a line."""
    from scorecard.report.digits import facts

    names = [name for name in book.scorecard.entity.attributes if f"entity.{name}" in scores.table.columns]
    columns = [facts(scores.table.columns[f"entity.{name}"]) for name in names]
    rows = zip(*columns, strict=True) if columns else [()] * len(scores)
    return [clean(" · ".join(str(value) for value in row if value is not None))[:_LONGEST_FACTS] for row in rows]
