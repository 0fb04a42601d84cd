"""Templates: the firm's own, or a plain one of ours; what a template must have, and what is said where it does not."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from lxml import etree
from pptx import Presentation
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR
from pptx.exc import PackageNotFoundError
from pptx.util import Inches, Pt

from scorecard.errors import UsageError
from scorecard.model.issue import Issue
from scorecard.report.wrap import fitted

COVER = ("Title Slide", "标题幻灯片", "封面")
PLAIN = ("Title Only", "仅标题", "标题")
"""the names of layouts in PowerPoint, in English and in Chinese"""
_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
_BESIDE = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
_WIDTH, _HEIGHT = Inches(13.333), Inches(7.5)
_GAP = Inches(0.15)
_USUAL = 44
_SMALLER = (36, 32, 28, 24, 20, 18, 16)
"""sizes of a title"""
_COLUMN, _LEADING = 0.58, 1.2
"""of its size, how wide a letter and how high a line is"""
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FONTS = {"latin": "Calibri", "ea": "Microsoft YaHei"}
_COLORS = {"dk2": "1F3A5F", "accent1": "1F3A5F", "accent2": "0072B2"}


class Deck:
    """A presentation without slides, and its layouts for the cover and for pages."""

    def __init__(self, path: Path | None) -> None:
        self.presentation = _ours() if path is None else _opened(path)
        layouts = list(self.presentation.slide_layouts)
        self.cover = _layout(layouts, COVER, lambda kinds: PP_PLACEHOLDER.SUBTITLE in kinds)
        self.plain = _layout(layouts, PLAIN, lambda kinds: len(kinds) == 1)
        lacking = [names[0] for names, found in ((COVER, self.cover), (PLAIN, self.plain)) if found is None]
        if lacking:
            raise UsageError([Issue(code="SC735", values={"file": str(path), "reason": "layout", "names": lacking})])
        below = (one.placeholder_format for one in self.cover.placeholders if one.placeholder_format.type not in (*_TITLES, *_BESIDE))
        self.subtitle = next((one.idx for one in below), None)

    def add(self, layout: Any) -> Any:
        """A new slide with the number that its layout has."""
        slide = self.presentation.slides.add_slide(layout)
        for shape in layout.placeholders:
            if shape.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER:
                number = copy.deepcopy(shape._element)
                number.nvSpPr.cNvPr.set("id", str(slide.shapes._next_shape_id))
                slide.shapes._spTree.append(number)
        return slide

    def title_fits(self, slide: Any, text: str) -> int | None:
        """The size in which a title fits its place, None where the template's own does."""
        shape = slide.shapes.title
        own = _size_of(slide.slide_layout, shape.placeholder_format.type)
        for size in (own, *(each for each in _SMALLER if each < own)):
            columns, lines = int(shape.width / Pt(1) / (size * _COLUMN)), max(int(shape.height / Pt(1) / (size * _LEADING)), 1)
            if fitted(text, columns, lines) == text:
                break
        return None if size == own else size

    def body(self, slide: Any, foot: int) -> tuple[int, int, int, int]:
        """What is free below the title: left, top, width, height."""
        title = slide.shapes.title
        top = title.top + title.height + _GAP
        return title.left, top, title.width, self.presentation.slide_height - top - foot


def _size_of(layout: Any, kind: Any) -> int:
    """The size of the letters of a title: of the layout's, else of the master's."""
    places = [shape._element for shape in layout.placeholders if shape.placeholder_format.type == kind]
    places.append(layout.slide_master._element.find(".//{*}titleStyle"))
    found = (place.find(".//{*}lvl1pPr/{*}defRPr[@sz]") for place in places if place is not None)
    return next((int(one.get("sz")) // 100 for one in found if one is not None), _USUAL)


def _layout(layouts: Sequence[Any], names: Sequence[str], fits: Any) -> Any:
    """The layout of a name, else the first whose placeholders fit; each has a title."""
    titled = [layout for layout in layouts if any(one.placeholder_format.type in _TITLES for one in layout.placeholders)]
    named = [layout for name in names for layout in titled if layout.name.strip().casefold() == name.casefold()]
    kinds = {id(layout): [one.placeholder_format.type for one in layout.placeholders] for layout in titled}
    fitting = [layout for layout in titled if fits([kind for kind in kinds[id(layout)] if kind not in _BESIDE])]
    return next(iter([*named, *fitting]), None)


def _opened(path: Path) -> Any:
    """The firm's presentation without its slides."""
    try:
        found = Presentation(str(path))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        raise UsageError([Issue(code="SC735", values={"file": str(path), "reason": "kind", "form": "PowerPoint"})]) from error
    slides = found.slides._sldIdLst
    for slide in list(slides):
        found.part.drop_rel(slide.get(_RELATED))
        slides.remove(slide)
    return found


def _ours() -> Any:
    """A wide presentation with our colours, and fonts that show Chinese."""
    found = Presentation()
    wider = _WIDTH / found.slide_width
    found.slide_width, found.slide_height = _WIDTH, _HEIGHT
    master = found.slide_master
    for shapes in (master.shapes, *(layout.shapes for layout in found.slide_layouts)):
        for shape in shapes:
            if shape._element.spPr.find(f"{_DRAWING}xfrm") is not None:
                shape.left, shape.width = int(shape.left * wider), int(shape.width * wider)
    _theme(master)
    title = master.placeholders[0]
    title.left, title.top, title.width, title.height = Inches(0.6), Inches(0.35), Inches(12.13), Inches(0.95)
    style = master._element.find(".//{*}titleStyle/{*}lvl1pPr")
    style.set("algn", "l")
    style.find("{*}defRPr").set("sz", "2600")
    style.find("{*}defRPr").set("b", "1")
    style.find(".//{*}schemeClr").set("val", "tx2")
    _cover(found.slide_layouts[0])
    return found


def _cover(layout: Any) -> None:
    """Light letters on the first colour, at the left."""
    layout.background.fill.solid()
    layout.background.fill.fore_color.theme_color = MSO_THEME_COLOR.TEXT_2
    for shape in layout.placeholders:
        if shape.placeholder_format.idx not in (0, 1):
            continue
        title = shape.placeholder_format.idx == 0
        shape.left, shape.width = Inches(0.9), Inches(11.5)
        shape.top, shape.height = (Inches(1.9), Inches(1.7)) if title else (Inches(3.8), Inches(2.0))
        shape.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM if title else MSO_ANCHOR.TOP
        style = shape._element.find(".//{*}lstStyle")
        level = style.find("{*}lvl1pPr")
        if level is None:
            level = etree.SubElement(style, f"{_DRAWING}lvl1pPr")
        level.set("algn", "l")
        letters = level.find("{*}defRPr")
        if letters is None:
            letters = etree.SubElement(level, f"{_DRAWING}defRPr")
        letters.set("sz", "4000" if title else "2000")
        for old in letters.findall("{*}solidFill"):
            letters.remove(old)
        fill = etree.Element(f"{_DRAWING}solidFill")
        etree.SubElement(fill, f"{_DRAWING}schemeClr", val="bg1")
        letters.insert(0, fill)


def _theme(master: Any) -> None:
    """Colours and fonts of the theme that all slides follow."""
    part = next(relation.target_part for relation in master.part.rels.values() if relation.reltype.endswith("/theme"))
    root = etree.fromstring(part.blob)
    for name, color in _COLORS.items():
        slot = root.find(f".//{_DRAWING}clrScheme/{_DRAWING}{name}")
        slot.clear()
        etree.SubElement(slot, f"{_DRAWING}srgbClr", val=color)
    for scheme in ("majorFont", "minorFont"):
        for kind, font in _FONTS.items():
            root.find(f".//{_DRAWING}{scheme}/{_DRAWING}{kind}").set("typeface", font)
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
