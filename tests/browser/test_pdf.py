"""The report as a PDF, printed by the browser of this machine."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from unicodedata import normalize

import pandas as pd
import pytest
from pypdf import PdfReader

from scorecard.app import evaluate
from scorecard.report.browser import browser
from scorecard.report.pdf import write

DEFINITION = """\
schema: scorecard/1
title: {en: Customers, zh: 客户评分}
entity: {key: [id], roster: book, attributes: [note]}
bands: {red: {from: 0, title: {zh: 预警}}, green: {from: 60, title: {zh: 健康}}}
sources: {book: {type: inline, rows: []}, facts: {type: inline, rows: []}}
metrics: {first: {source: facts, measure: mean(a), worst: 0, target: 10, title: {zh: 客户满意度}}}
"""
NAMES = ["甲公司", "<script>alert(1)</script>", "=1+1"]


@pytest.mark.skipif(browser() is None, reason="there is no browser to print with")
def test_a_pdf_has_the_portfolio_and_a_page_for_each_entity(tmp_path: Path) -> None:
    path = tmp_path / "book.scorecard.yaml"
    path.write_text(DEFINITION, encoding="utf-8")
    book, facts = pd.DataFrame({"id": NAMES, "note": NAMES}), pd.DataFrame({"id": NAMES, "a": [3.0, 7.0, 9.0]})
    evaluation = evaluate(path, frames={"book": book, "facts": facts})
    read = PdfReader(BytesIO(b"".join(write(evaluation, {"language": "zh"}))))
    pages = [normalize("NFKC", page.extract_text()) for page in read.pages]
    own = [place for place, text in enumerate(pages) if text.startswith(tuple(NAMES))]
    assert own == list(range(len(pages) - len(NAMES), len(pages))), "the portfolio first, then a page for each entity"
    assert own[0] > 0
    assert "健康" in pages[0]
    assert [pages[place].split("\n")[0] for place in own] == NAMES
