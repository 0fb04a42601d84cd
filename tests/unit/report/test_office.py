"""Word and PowerPoint: what they tell, that it stays on the page, that templates are followed, and that nothing in them runs."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation
from pptx.util import Inches

from scorecard.app import evaluate
from scorecard.errors import UsageError
from scorecard.evaluation.evaluation import Evaluation
from scorecard.report.office.write import powerpoint, word
from scorecard.report.portfolio import portfolio

DEMO = Path(__file__).parents[3] / "configs" / "demo" / "demo.scorecard.yaml"
HOSTILE = [
    "<script>alert(1)</script>",
    "=cmd|'/c calc'!A1",
    "a\u202eb",
    "x" * 500,
    "🙂 emoji",
    "two\nlines",
    "\x07bell\ufffe\uffff",
    "中" * 300,
]
DEFINITION = """\
schema: scorecard/1
title: "=1+1 <b>of</b> things"
entity: {key: [id], roster: book, attributes: [note]}
period: {every: quarter}
bands: {red: {from: 0, title: "=cmd|'/c calc'!A1"}, amber: {from: 60, title: "http://evil.example"}, green: {from: 80}}
sources: {book: {type: inline, rows: []}, facts: {type: inline, rows: [], time: on_day}}
groups: {inner: {weight: 2, title: "=SUM(A1)", owner: "=1+1"}}
metrics:
  first: {group: inner, source: facts, measure: mean(a), worst: 0, target: 10, title: "=HYPERLINK(1)"}
  second: {group: inner, source: facts, measure: mean(b), unit: percent, worst: 0, target: 1, title: "@second <script>alert(1)</script>"}
recommendations:
  call: {of: first, when: first.score < 90, action: "{id}: call", owner: "{note}", due: 14 days}
"""
WRITERS = {"docx": word, "pptx": powerpoint}


@pytest.fixture(scope="module")
def demo() -> Evaluation:
    return evaluate(DEMO, period="2026-Q3", before=3)


@pytest.fixture
def hostile(tmp_path: Path) -> Callable[..., Evaluation]:
    def hostile(names: list[str] = HOSTILE, text: str = DEFINITION) -> Evaluation:
        import pandas as pd

        path = tmp_path / "book.scorecard.yaml"
        path.write_text(text, encoding="utf-8")
        book = pd.DataFrame({"id": names, "note": names[::-1]})
        facts = [
            pd.DataFrame({"id": names, "a": [1.0 * at + back for at in range(len(names))], "b": 0.5, "on_day": pd.to_datetime(day)})
            for back, day in ((0, "2025-02-01"), (1, "2025-05-01"))
        ]
        return evaluate(path, frames={"book": book, "facts": pd.concat(facts)}, period="2025-Q2", before=3)

    return hostile


def written(form: str, evaluation: Evaluation, **options: Any) -> bytes:
    return b"".join(WRITERS[form](evaluation, options))


def slides_of(content: bytes) -> Any:
    return Presentation(BytesIO(content))


def texts_of(shapes: Any) -> list[str]:
    found = []
    for shape in shapes:
        if shape.has_text_frame:
            found.append(shape.text_frame.text)
        if getattr(shape, "has_table", False) and shape.has_table:
            found += [cell.text_frame.text for row in shape.table.rows for cell in row.cells]
    return found


@pytest.mark.parametrize("language", ["en", "zh"])
def test_slides_tell_what_the_portfolio_comes_to(demo: Evaluation, language: str) -> None:
    deck = slides_of(written("pptx", demo, language=language))
    cover, glance, bands, *rest = deck.slides
    found = portfolio(demo, *next(iter(demo.periods)))
    assert cover.shapes.title.text == {"en": "Customer project score", "zh": "客户管理项目评分"}[language]
    assert any(text.startswith(f"{found.mean:.1f}") for text in texts_of(glance.shapes))
    assert str(found.bands[0].count) in bands.shapes.title.text
    chart = next(shape.chart for shape in bands.shapes if shape.has_chart)
    assert list(chart.plots[0].categories) == [" 2025-Q4", " 2026-Q1", " 2026-Q2", " 2026-Q3"]
    counted = {series.name.strip(): series.values[-1] for series in chart.plots[0].series}
    titles = {band.id: band.title.into(language) for band in demo.scorecard.bands}
    assert all(counted[titles[one.band]] == one.count for one in found.bands if one.band in titles)
    parts = [slide for slide in rest if any(shape.has_chart for shape in slide.shapes)]
    assert len(parts) == len(demo.scorecard.children("total"))


@pytest.mark.parametrize("names", [["a", "b", "c"], HOSTILE], ids=["short", "hostile"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_everything_stays_on_its_slide_and_beside_each_other(hostile: Callable[..., Evaluation], names: list[str], language: str) -> None:
    deck = slides_of(written("pptx", hostile(names), language=language))
    for slide in deck.slides:
        boxes = []
        for shape in slide.shapes:
            high = sum(row.height for row in shape.table.rows) if getattr(shape, "has_table", False) and shape.has_table else shape.height
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + high <= deck.slide_height
            boxes.append((shape.left, shape.top, shape.left + shape.width, shape.top + high))
        for at, one in enumerate(boxes):
            for other in boxes[at + 1 :]:
                apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
                assert apart, (slide.shapes.title.text, one, other)


def test_rows_that_do_not_fit_go_on_to_another_slide() -> None:
    from scorecard.report.office.content import Head, Page, Report, Table
    from scorecard.report.office.slides import slides
    from scorecard.report.office.template import Deck

    rows = [[f"row {place}", str(place)] for place in range(60)]
    page = Page(title="Many", tables=(Table(heads=[Head("Who"), Head("How", number=True)], rows=rows),))
    deck = slides_of(slides(Report(title="t", subtitle="s", facts="", pages=[page]), Deck(None)))
    told = [text for slide in deck.slides for text in texts_of(slide.shapes) if text.startswith("row ")]
    assert told == [row[0] for row in rows]
    assert len(deck.slides) > 2


def test_what_costs_the_most_is_cut_before_its_points(hostile: Callable[..., Evaluation]) -> None:
    text = DEFINITION.replace('"=HYPERLINK(1)"', f'"{"Satisfaction of all customers " * 9}"')
    slides = slides_of(written("pptx", hostile(text=text))).slides
    cells = [
        row.cells[3].text
        for slide in slides
        if slide.shapes.title.text.startswith("The best")
        for shape in slide.shapes
        if shape.has_table
        for row in list(shape.table.rows)[1:]
    ]
    assert any("Satisfaction" in cell for cell in cells)
    assert all(re.search(r"[−+]\d+\.\d\)$", cell) for cell in cells if cell != "–")


@pytest.mark.parametrize("grouped", [False, True])
def test_metrics_without_a_group_share_a_slide(tmp_path: Path, grouped: bool) -> None:
    import pandas as pd

    groups = "groups: {g: {weight: 1}}" if grouped else ""
    own = {id: "group: g, " if grouped and id in "ab" else "" for id in "abcd"}
    metrics = "\n".join(f"  {id}: {{{text}source: facts, measure: mean(x), worst: 0, target: 9}}" for id, text in own.items())
    file = tmp_path / "plain.scorecard.yaml"
    file.write_text(
        "schema: scorecard/1\nentity: {key: [id], roster: facts}\nsources: {facts: {type: inline, rows: []}}\n"
        f"{groups}\nmetrics:\n{metrics}\n"
    )
    evaluation = evaluate(file, frames={"facts": pd.DataFrame({"id": ["p", "q"], "x": [3.0, 5.0]})})
    slides = slides_of(written("pptx", evaluation)).slides
    charted = [
        (slide.shapes.title.text, [name.strip() for name in shape.chart.plots[0].categories])
        for slide in slides
        for shape in slide.shapes
        if shape.has_chart
    ]
    assert charted == (
        [("g: 44.4 on average", ["a", "b"]), ("Further metrics", ["c", "d"])] if grouped else [("Metrics", ["a", "b", "c", "d"])]
    )


def test_a_document_has_a_heading_for_each_page_and_a_picture_for_each_chart(demo: Evaluation) -> None:
    found = Document(BytesIO(written("docx", demo, language="en")))
    headings = [paragraph.text for paragraph in found.paragraphs if paragraph.style.name == "Heading 1"]
    assert headings[0] == "At a glance"
    assert headings[-2:] == ["What is recommended", "Next steps"]
    assert len(found.inline_shapes) == 1 + len(demo.scorecard.children("total"))
    steps = found.tables[-1]
    assert [cell.text for cell in steps.rows[0].cells] == ["Who", "What to do", "Owner", "By", "Brings"]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d|–", row.cells[3].text) for row in steps.rows[1:])


@pytest.mark.parametrize("form", WRITERS)
def test_of_one_entity_it_is_about_that_one(hostile: Callable[..., Evaluation], form: str) -> None:
    content = written(form, hostile(["C042"]), language="en")
    if form == "docx":
        found = Document(BytesIO(content))
        assert found.paragraphs[0].text == "C042 · C042"
        assert found.paragraphs[3].text == "Score 30.0: =cmd|'/c calc'!A1"
    else:
        deck = slides_of(content)
        assert deck.slides[0].shapes.title.text == "C042 · C042"
        chart = next(shape.chart for shape in deck.slides[1].shapes if shape.has_chart)
        base, points, _ = chart.plots[0].series
        assert base.values == (0.0, 55.0, 30.0, 0.0)
        assert points.values == (100.0, 45.0, 25.0, 30.0)


@pytest.mark.parametrize("form", WRITERS)
def test_nothing_in_it_runs(hostile: Callable[..., Evaluation], form: str) -> None:
    with zipfile.ZipFile(BytesIO(written(form, hostile(), language="en"))) as package:
        for name in package.namelist():
            assert not re.search(r"vba|macro|activeX|oleObject", name, re.IGNORECASE)
            content = package.read(name)
            if name.endswith(".rels"):
                assert b'TargetMode="External"' not in content
            if name.endswith(".xml"):
                assert b"hlinkClick" not in content
                assert b"<w:hyperlink " not in content
                assert b"instrText" not in content
                assert b"fldSimple" not in content
                ids = re.findall(rb'<p:cNvPr id="(\d+)"', content)
                assert len(ids) == len(set(ids)), f"{name}: two shapes of one number, which PowerPoint calls damaged"
                assert "\u202e".encode() not in content
            if name.endswith(".xlsx"):
                for row in load_workbook(BytesIO(content)).active.iter_rows():
                    for cell in row:
                        assert cell.data_type != "f", cell.value
                        assert cell.hyperlink is None


def test_slides_are_made_on_the_template_without_its_slides(hostile: Callable[..., Evaluation], tmp_path: Path) -> None:
    own = Presentation()
    own.slide_width, own.slide_height = Inches(10), Inches(7.5)
    own.slide_layouts[5].name = "仅标题"
    own.slides.add_slide(own.slide_layouts[0]).shapes.title.text = "An example"
    own.save(tmp_path / "firm.pptx")
    deck = slides_of(written("pptx", hostile(["a", "b"]), language="en", template=tmp_path / "firm.pptx"))
    assert (deck.slide_width, deck.slides[0].shapes.title.text) == (Inches(10), "=1+1 <b>of</b> things")
    assert {slide.slide_layout.name for slide in deck.slides} == {"Title Slide", "仅标题"}
    names = zipfile.ZipFile(BytesIO(written("pptx", hostile(["a"]), template=tmp_path / "firm.pptx"))).namelist()
    assert len(names) == len(set(names)), "two parts of one name: a slide of the template is still there"


def test_a_document_is_made_on_the_template_without_its_text(hostile: Callable[..., Evaluation], tmp_path: Path) -> None:
    own = Document()
    own.add_paragraph("An example")
    own.sections[0].header.paragraphs[0].text = "The firm"
    own.save(tmp_path / "firm.docx")
    found = Document(BytesIO(written("docx", hostile(["a", "b"]), language="en", template=tmp_path / "firm.docx")))
    assert found.sections[0].header.paragraphs[0].text == "The firm"
    assert "An example" not in [paragraph.text for paragraph in found.paragraphs]


def test_a_template_that_lacks_something_is_said(hostile: Callable[..., Evaluation], tmp_path: Path) -> None:
    deck = Presentation()
    for layout in list(deck.slide_layouts)[1:]:
        deck.slide_layouts.remove(layout)
    deck.save(tmp_path / "bare.pptx")
    paper = Document()
    paper.styles["Heading 1"].element.getparent().remove(paper.styles["Heading 1"].element)
    paper.save(tmp_path / "bare.docx")
    (tmp_path / "text.pptx").write_text("no slides")
    (tmp_path / "text.docx").write_text("no document")
    for name, reason in (("bare.pptx", "layout"), ("bare.docx", "style"), ("text.pptx", "kind"), ("text.docx", "kind")):
        with pytest.raises(UsageError) as raised:
            written(name[-4:], hostile(["a"]), template=tmp_path / name)
        (issue,) = raised.value.issues
        assert (issue.code, issue.values["reason"]) == ("SC735", reason), name
