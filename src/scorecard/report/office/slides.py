"""The pages of a report as PowerPoint slides, on a template; charts are PowerPoint's own, so that a client can change them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import count
from typing import Any, NamedTuple

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from scorecard.report.office.content import MARK, Banded, Cell, Figure, Page, Report, Table, text_of
from scorecard.report.office.native import draw_chart, rgb
from scorecard.report.office.template import Deck
from scorecard.report.wrap import fitted, shortened, wrapped

_GAP = Inches(0.25)
_FOOT = Inches(0.55)
"""below everything, for the slide's number"""
_TILE = Inches(1.3)
_QUIET = rgb("#59636E")
_TEXT = 14
_LONGEST_TITLE = 110
_SMALL = 11
_COLUMN = 0.53
"""of its size, the width of a letter"""
_CELL_COLUMN = 0.58
"""the same in a cell, whose row holds its lines in wide fonts too"""
_LEADING = 1.35
_WIDE_COLUMN = 0.64
"""the same of a wide one, such as a digit in bold"""
_MARGIN = 7.2
"""points at each side of a cell"""
_CELL_LINES = 3
_SENTENCE_LINES = 3
_SIZES = (14, 12, 11, 10)
"""of the letters in a table, the first at which it fits"""
_LIGHT_STYLE = "{3B4B98B0-60AC-42C2-AFA5-B58CD77FA1E5}"
"""PowerPoint's Light Style 1, in the template's first colour"""


class Box(NamedTuple):
    """A place on a slide."""

    left: int
    top: int
    width: int
    height: int

    def below(self, height: int) -> Box:
        """What is left under something of a height."""
        return Box(self.left, self.top + height, self.width, max(self.height - height, 0))

    def columns(self, parts: Sequence[float]) -> Iterator[Box]:
        """Boxes side by side."""
        room = self.width - _GAP * (len(parts) - 1)
        left = self.left
        for part in parts:
            own = int(room * part / sum(parts))
            yield Box(left, self.top, own, self.height)
            left += own + _GAP


def slides(report: Report, deck: Deck) -> bytes:
    """The cover and a slide or more for each page."""
    cover = deck.add(deck.cover)
    _title(deck, cover, report.title)
    texts = [shape for shape in cover.placeholders if shape.placeholder_format.idx == deck.subtitle]
    if texts:
        texts[0].text_frame.text = shortened(report.subtitle, 120)
        if report.facts:
            _more(texts[0].text_frame, shortened(report.facts, 200), Pt(_TEXT))
    for page in report.pages:
        _pages(deck, page)
    stream = BytesIO()
    deck.presentation.save(stream)
    return stream.getvalue()


def _pages(deck: Deck, page: Page) -> None:
    """The slide of a page; rows that do not fit go on to further ones."""
    left = list(page.tables)
    for number in count(1):
        slide = deck.add(deck.plain)
        _title(deck, slide, page.title if number == 1 else f"{page.title} ({number})")
        box = Box(*deck.body(slide, _FOOT))
        if page.figures and number == 1:
            _tiles(slide, box, page.figures)
            box = box.below(_TILE + _GAP)
        if page.sentences and number == 1:
            box = box.below(_sentences(slide, box, page.sentences, alone=page.chart is None and not page.tables) + _GAP // 2)
        if page.note:
            _note(slide, Box(box.left, box.top + box.height - Inches(0.3), box.width, Inches(0.3)), page.note)
            box = box._replace(height=box.height - Inches(0.35))
        chart = page.chart if number == 1 else None
        parts = ([1.0] if chart else []) + [1.0 if chart is None else 1.25] * len(left)
        boxes = list(box.columns(parts)) if parts else []
        if chart is not None:
            draw_chart(slide, boxes.pop(0), chart, titled=chart.title != page.title)
        rest = [_table(slide, own, table) for own, table in zip(boxes, left, strict=True)]
        left = [table for table in rest if table.rows]
        if not left:
            return


def _title(deck: Deck, slide: Any, text: str) -> None:
    """A title; a long one in smaller letters."""
    frame = slide.shapes.title.text_frame
    frame.text = shortened(text, _LONGEST_TITLE)
    frame.word_wrap = True
    if (size := deck.title_fits(slide, frame.text)) is not None:
        frame.paragraphs[0].runs[0].font.size = Pt(size)


def _more(frame: Any, text: str, size: Pt) -> None:
    paragraph = frame.add_paragraph()
    paragraph.text = text
    paragraph.runs[0].font.size = size


def _tiles(slide: Any, box: Box, figures: Sequence[Figure]) -> None:
    for own, figure in zip(box.columns([1.0] * len(figures)), figures, strict=True):
        tile = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, own.left, own.top, own.width, _TILE)
        tile.shadow.inherit = False
        tile.line.fill.background()
        tile.fill.solid()
        tile.fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_1
        tile.fill.fore_color.brightness = 0.9
        frame = tile.text_frame
        frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
        columns = int((own.width / Pt(1) - 16) / (28 * _COLUMN))
        lines = ((figure.number, 28, True), (figure.label, 13, False), (figure.note, _SMALL, False))
        for place, (text, size, bold) in enumerate(line for line in lines if line[0]):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            paragraph.alignment = PP_ALIGN.LEFT
            run = paragraph.add_run()
            run.text = shortened(text, columns * 28 // size)
            run.font.size, run.font.bold = Pt(size), bold
            if bold:
                run.font.color.theme_color = MSO_THEME_COLOR.ACCENT_1
            else:
                run.font.color.rgb = _QUIET


def _sentences(slide: Any, box: Box, sentences: Sequence[str], *, alone: bool) -> int:
    """The sentences; returns how high they are."""
    size = 18 if alone else _TEXT
    columns = int(box.width / Pt(1) / (size * _COLUMN))
    texts = [wrapped(text, columns, _SENTENCE_LINES) for text in sentences]
    height = int(Pt(sum(len(lines) * size * _LEADING + (8 if alone else 3) for lines in texts)))
    frame = slide.shapes.add_textbox(box.left, box.top, box.width, height).text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for place, text in enumerate(sentences):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.text = fitted(text, columns, _SENTENCE_LINES)
        paragraph.space_after = Pt(8 if alone else 3)
        paragraph.runs[0].font.size = Pt(size)
    return height


def _note(slide: Any, box: Box, text: str) -> None:
    frame = slide.shapes.add_textbox(*box).text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = 0
    run = frame.paragraphs[0].add_run()
    run.text = shortened(text, int(box.width / Pt(1) / (_SMALL * _COLUMN)))
    run.font.size, run.font.color.rgb = Pt(_SMALL), _QUIET


def _table(slide: Any, box: Box, table: Table) -> Table:
    """A table with as many rows as fit; returns it with those that do not."""
    if table.caption:
        frame = slide.shapes.add_textbox(box.left, box.top, box.width, Inches(0.35)).text_frame
        frame.word_wrap, frame.margin_left = True, 0
        run = frame.paragraphs[0].add_run()
        run.text, run.font.size, run.font.bold = table.caption, Pt(_TEXT), True
        box = box.below(Inches(0.4))
    tried = [_rows(table, box.width, size) for size in _SIZES]
    low_enough = [one for one in tried if sum(one.heights) <= box.height] or [tried[-1]]
    size, widths, texts, heights, _ = next((one for one in low_enough if one.whole), low_enough[-1])
    fitting = 1
    while fitting < len(heights) and sum(heights[: fitting + 1]) <= box.height:
        fitting += 1
    fitting = max(fitting, min(2, len(heights)))
    shape = slide.shapes.add_table(fitting, len(widths), box.left, box.top, box.width, sum(heights[:fitting]))
    shape._element.graphic.graphicData.tbl.tblPr.find(f"{{{_DRAWING}}}tableStyleId").text = _LIGHT_STYLE
    drawn = shape.table
    for place, own in enumerate(widths):
        drawn.columns[place].width = Emu(own)
    for at in range(fitting):
        drawn.rows[at].height = Emu(heights[at])
        for place, head in enumerate(table.heads):
            source = None if at == 0 else table.rows[at - 1][place]
            _cell(drawn.cell(at, place), texts[at][place], source, size, number=head.number, head=at == 0)
    return Table(caption=table.caption, heads=table.heads, rows=table.rows[fitting - 1 :])


_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


class Laid(NamedTuple):
    """A table in letters of a size: its columns, its cells with the heads first, its rows; `whole` if nothing is cut or broken."""

    size: int
    widths: list[int]
    texts: list[list[str]]
    heights: list[int]
    whole: bool


def _rows(table: Table, room: int, size: int) -> Laid:
    measures = room / Pt(1), size * _WIDE_COLUMN, 2 * _MARGIN
    widths = [int(Pt(own)) for own in table.widths(*measures)]
    columns = [max(int((own / Pt(1) - 2 * _MARGIN) / (size * _CELL_COLUMN)), 2) for own in widths]
    texts = [[head.name for head in table.heads], *([text_of(cell) for cell in row] for row in table.rows)]
    fitting = [[fitted(text, most, _CELL_LINES) for text, most in zip(row, columns, strict=True)] for row in texts]
    lines = [max(len(wrapped(text, most, _CELL_LINES)) for text, most in zip(row, columns, strict=True)) for row in texts]
    return Laid(
        size, widths, fitting, [int(Pt(count * size * _LEADING + 8)) for count in lines], fitting == texts and not table.breaks(*measures)
    )


def _cell(cell: Any, text: str, source: Cell | None, size: int, *, number: bool, head: bool) -> None:
    cell.margin_top = cell.margin_bottom = Pt(3)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if number else PP_ALIGN.LEFT
    if isinstance(source, Banded):
        mark = paragraph.add_run()
        mark.text, text = MARK, text.removeprefix(MARK)
        mark.font.size, mark.font.color.rgb = Pt(size), rgb(source.color)
    run = paragraph.add_run()
    run.text = text
    run.font.size = Pt(size)
    if head:
        run.font.bold = True
