"""The sheet to try things on: the score of one entity in formulas that follow values, weights and targets put in their place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from xlsxwriter.utility import quote_sheetname

from scorecard.report.digits import facts
from scorecard.report.figures import clean
from scorecard.report.labels import fact_of
from scorecard.report.workbook.book import Book
from scorecard.report.workbook.excel_parts import NotExpressibleError
from scorecard.report.workbook.whatif.calculation import Calculation
from scorecard.report.workbook.whatif.called import write_words
from scorecard.report.workbook.whatif.figures import Figures
from scorecard.report.workbook.whatif.grid import Grid, ref
from scorecard.report.workbook.whatif.lookups import Lookups, labels
from scorecard.report.workbook.whatif.nodes import FACETS, Nodes
from scorecard.report.workbook.whatif.page import FIRST, Page
from scorecard.scoring.score import PeriodScores

_GAP = 1
_STEP = 12
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
    told = _facts(book, scores)
    for sheet, (place, given) in zip(sheets, chosen.items(), strict=True):
        lookups = Lookups(book.evaluation.plan, scores, quote_sheetname(data.name))
        calculation = Calculation(book, scores, lookups, Grid(), place, (FIRST, 0))
        calculation.given = given
        calculation.facts = told[place]
        try:
            page = _page(calculation, names[place])
        except NotExpressibleError:
            sheet.put(0, 0, book.say("try.beyond"), book.quiet)
            sheet.finish()
            continue
        calculation.grid.write(book.workbook, sheet)
        page.lay_out(sheet, lookups.area(0))
        sheet.set_column(calculation.left, calculation.left + len(FACETS), _STEP, None, {"level": 1, "hidden": True})
        sheet.set_column(calculation.left + len(FACETS) + 1, calculation.left + len(FACETS) + 1, None, None, {"collapsed": True})
    _write_data(data, names, told, lookups)


def _page(calculation: Calculation, name: str) -> Page:
    """The page over its steps. Raises NotExpressibleError for a definition that is beyond them."""
    figures = Figures(calculation)
    page = Page(calculation, figures)
    calculation.left = page.columns + _GAP
    row, lookups = ref("row"), calculation.lookups
    escaped = f'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({ref("entity")},"~","~~"),"*","~*"),"?","~?")'
    calculation.line("row", "row", f"MATCH({escaped},{lookups.area(0)},0)")
    calculation.line("variant", "variant", f"INDEX({lookups.area(2)},{row})")
    write_words(calculation)
    Nodes(calculation, figures).write()
    page.write(name, f"INDEX({lookups.area(1)},{row})")
    calculation.grid.resolve()
    return page


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
    names = [name for name in book.scorecard.entity.attributes if f"entity.{name}" in scores.table.columns]
    columns = [
        [fact_of(book.scorecard, name, fact, book.language) for fact in facts(scores.table.columns[f"entity.{name}"])] for name in names
    ]
    rows = zip(*columns, strict=True) if columns else [()] * len(scores)
    return [" · ".join(filter(None, row))[:_LONGEST_FACTS] for row in rows]
