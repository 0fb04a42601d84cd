"""The pages of a report as a Word document, on a template; charts are pictures."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Pt, RGBColor

from scorecard.report.charts.draw import draw
from scorecard.report.colors import tinted
from scorecard.report.office.content import MARK, Banded, Cell, Chart, Figure, Page, Report, Table, text_of
from scorecard.report.office.paper import Paper
from scorecard.report.wrap import shortened

_LONGEST = 160
"""columns of letters in a cell"""
_TITLE = 200
_SIZE = 9.5
_SIZES = (9.5, 9.0, 8.5, 8.0)
"""of the letters in a table, the first at which words leave room"""
_ROOMY = 0.75
_LETTER = 0.62
_MARGIN = 12.0
"""points beside the text of a cell"""
_QUIET = "#59636E"
_TILE = 0.1
_BEHIND_BORDERS = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption", "w:tblDescription", "w:tblPrChange")
"""what Word wants behind the lines of a table"""
_TOGETHER = 8
"""rows of a table that are kept on one page"""


def document(report: Report, paper: Paper) -> bytes:
    """The title, then every page under its heading."""
    word = paper.document
    word.add_paragraph(shortened(report.title, _TITLE), style=paper.styles["title"])
    word.add_paragraph(shortened(report.subtitle, _TITLE), style=paper.styles["subtitle"])
    if report.facts:
        _quiet(word.add_paragraph(report.facts))
    for page in report.pages:
        _page(paper, page)
    stream = BytesIO()
    word.save(stream)
    return stream.getvalue()


def _page(paper: Paper, page: Page) -> None:
    word = paper.document
    heading = word.add_paragraph(shortened(page.title, _TITLE), style=paper.styles["heading"])
    heading.paragraph_format.keep_with_next = True
    if page.figures:
        _figures(paper, page.figures)
    for sentence in page.sentences:
        word.add_paragraph(sentence, style=paper.styles["bullet"]).paragraph_format.keep_with_next = bool(page.chart or page.tables)
    if page.chart is not None:
        _chart(paper, page.chart).keep_with_next = bool(page.tables)
    for table in page.tables:
        if table.caption:
            caption = word.add_paragraph()
            caption.add_run(table.caption).bold = True
            caption.paragraph_format.keep_with_next = True
        _table(paper, table)
    if page.note:
        _quiet(word.add_paragraph(page.note))


def _figures(paper: Paper, figures: Sequence[Figure]) -> None:
    """Large numbers side by side."""
    table = paper.document.add_table(rows=1, cols=len(figures))
    table.autofit = False
    for cell, figure in zip(table.rows[0].cells, figures, strict=True):
        cell.width = Emu(paper.width // len(figures))
        _shade(cell, tinted(paper.color, _TILE))
        lines = ((figure.number, 20, paper.color, True), (figure.label, 10, _QUIET, False), (figure.note, 8.5, _QUIET, False))
        for place, (text, size, color, bold) in enumerate(line for line in lines if line[0]):
            paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
            paragraph.paragraph_format.space_before = Pt(4 if place == 0 else 0)
            paragraph.paragraph_format.space_after = Pt(0)
            run = paragraph.add_run(shortened(text, _LONGEST // len(figures)))
            run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, _rgb(color)
    _space(paper)


def _chart(paper: Paper, chart: Chart) -> Any:
    """The picture; returns how its paragraph is set."""
    picture = paper.document.add_picture(BytesIO(draw(chart.picture.spec, chart.picture.rows, "png", 3.0)), width=Emu(paper.width))
    picture._inline.docPr.set("descr", chart.picture.spec.get("description", chart.title))
    return paper.document.paragraphs[-1].paragraph_format


def _table(paper: Paper, table: Table) -> None:
    """A table whose heads are on every page that it goes on to."""
    drawn = paper.document.add_table(rows=1 + len(table.rows), cols=len(table.heads))
    if paper.table is not None:
        drawn.style = paper.table
    else:
        _lines(drawn)
    drawn.alignment, drawn.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    room = paper.width / Pt(1)
    size = next((size for size in _SIZES if not table.breaks(room * _ROOMY, size * _LETTER, _MARGIN)), _SIZES[-1])
    widths = [int(Pt(own)) for own in table.widths(room, size * _LETTER, _MARGIN)]
    cells: Sequence[Sequence[Cell]] = [[head.name for head in table.heads], *table.rows]
    for column, own in zip(drawn.columns, widths, strict=True):
        column.width = Emu(own)
    for at, (row, texts) in enumerate(zip(drawn.rows, cells, strict=True)):
        _keep(row, head=at == 0)
        for place, (cell, text, head) in enumerate(zip(row.cells, texts, table.heads, strict=True)):
            cell.width = Emu(widths[place])
            _cell(cell, text, size, number=head.number, bold=at == 0)
            cell.paragraphs[0].paragraph_format.keep_with_next = at < len(table.rows) <= _TOGETHER or at == 0
            if at == 0:
                _shade(cell, tinted(paper.color, _TILE))
    _space(paper)


def _cell(cell: Any, text: Cell, size: float, *, number: bool, bold: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if number else WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    whole = shortened(text_of(text), _LONGEST)
    if isinstance(text, Banded):
        mark = paragraph.add_run(MARK)
        mark.font.size, mark.font.color.rgb = Pt(size), _rgb(text.color)
        whole = whole.removeprefix(MARK)
    run = paragraph.add_run(whole)
    run.font.size, run.font.bold = Pt(size), bold or None


def _keep(row: Any, *, head: bool) -> None:
    """A row stays on one page; heads come again on the next."""
    settings = row._tr.get_or_add_trPr()
    settings.append(OxmlElement("w:cantSplit"))
    if head:
        settings.append(OxmlElement("w:tblHeader"))


def _lines(table: Any) -> None:
    """Thin lines below the rows."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("color", "C4CBD3")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.insert_element_before(borders, *_BEHIND_BORDERS)


def _shade(cell: Any, color: str) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", color.removeprefix("#"))):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _quiet(paragraph: Any) -> None:
    for run in paragraph.runs:
        run.font.size, run.font.color.rgb = Pt(_SIZE), _rgb(_QUIET)


def _space(paper: Paper) -> None:
    """Some room below a table."""
    paragraph = paper.document.add_paragraph()
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)


def _rgb(color: str) -> RGBColor:
    return RGBColor.from_string(color.removeprefix("#").upper())
