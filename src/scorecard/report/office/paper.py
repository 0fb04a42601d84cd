"""Templates of Word documents: the firm's own, or a plain one of ours; what one must have, and what is said where it does not."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from scorecard.errors import UsageError
from scorecard.model.issue import Issue

STYLES = {"title": ("Title",), "subtitle": ("Subtitle", "Normal"), "heading": ("Heading 1",), "bullet": ("List Bullet", "Normal")}
"""what is written in which style of the template, the first that it has"""
TABLE = "Scorecard Table"
_COLOR = "#1F3A5F"
_LATIN, _CHINESE = "Calibri", "Microsoft YaHei"
_SIZES: Mapping[str, float] = {"Normal": 10.5, "Title": 26, "Subtitle": 14, "Heading 1": 17, "List Bullet": 10.5}


class Paper:
    """A document without content, the styles to write it in, and how wide its lines are."""

    def __init__(self, path: Path | None) -> None:
        self.document = _ours() if path is None else _opened(path)
        written = {style.name: style for style in self.document.styles if style.type == WD_STYLE_TYPE.PARAGRAPH}
        found = {use: next((written[name] for name in names if name in written), None) for use, names in STYLES.items()}
        if lacking := [STYLES[use][0] for use, style in found.items() if style is None]:
            raise UsageError([Issue(code="SC735", values={"file": str(path), "reason": "style", "names": lacking})])
        self.styles: Mapping[str, Any] = found
        tables = [style for style in self.document.styles if style.type == WD_STYLE_TYPE.TABLE and style.name == TABLE]
        self.table = tables[0] if tables else None
        section = self.document.sections[-1]
        self.width: int = section.page_width - section.left_margin - section.right_margin
        own = found["heading"].font.color.rgb if found["heading"] is not None else None
        self.color = f"#{own}" if own is not None else _COLOR


def _opened(path: Path) -> Any:
    """The firm's document without its text; margins, headers and footers stay."""
    try:
        found = Document(str(path))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        raise UsageError([Issue(code="SC735", values={"file": str(path), "reason": "kind", "form": "Word"})]) from error
    body = found.element.body
    for element in list(body):
        if element.tag != qn("w:sectPr"):
            body.remove(element)
    return found


def _ours() -> Any:
    """A page of A4 with our colours, and fonts that show Chinese."""
    found = Document()
    section = found.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2)
    for name, size in _SIZES.items():
        style = found.styles[name]
        style.font.name, style.font.size = _LATIN, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), _CHINESE)
        if name not in ("Normal", "List Bullet"):
            style.font.color.rgb = RGBColor.from_string(_COLOR.removeprefix("#"))
            style.font.italic = False
    return found
