"""Names that are programs, steer a screen or never end: in every form of report they are text, and the layout is the one of tame names."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest
from openpyxl import load_workbook

from scorecard.app import evaluate
from scorecard.builtin.reporters import REPORTERS
from scorecard.evaluation.evaluation import Evaluation
from scorecard.hooks.registry import resolve
from scorecard.language.words import LANGUAGES, say

HOSTILE = [
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "<!--",
    "]]>",
    '"><b onmouseover="alert(1)">',
    "{{ 7 * 7 }}{% raw %}",
    "${x} %s {0} {csat.value}",
    "=cmd|'/c calc'!A1",
    '=HYPERLINK("http://x","y")',
    "@SUM(1)",
    "+1+1",
    "-2+3",
    "＝1+1",
    "a | b \\| c",
    "[x](javascript:alert(1)) `code` **bold** # head",
    "two\nlines\r\nthree",
    "\ttab",
    "right \u202e to \u2066 left",
    "zero\u200bwidth",
    "\x1b[31mred\x07",
    "x" * 500,
    "长" * 500,
    "👩\u200d👩\u200d👧 😀",
    "_x0041_ &amp; &#65;",
    "NULL",
    "007",
    "1e5",
    "'",
    '"',
]
TAME = [f"customer {number}" for number in range(len(HOSTILE))]
DEFINITION = """\
schema: scorecard/1
title: {title}
entity: {{key: [id], roster: facts, attributes: {{manager: {{title: {title}, values: {{"007": {title}}}}}}}}}
period: {{every: quarter}}
bands: {{low: {{from: 0, title: {title}}}, high: {{from: 50}}}}
total: {{round: {{decimals: 1}}, rank: {{}}}}
groups: {{g: {{title: {title}, owner: {title}}}}}
sources: {{facts: {{type: inline, rows: [], time: {{from: begun, to: ended}}}}}}
metrics:
  m: {{group: g, title: {title}, source: facts, measure: mean(a), unit: {title}, worst: 0, target: 100, owner: {title}, objective: {title}}}
  n: {{group: g, source: facts, measure: max(manager), curve: {{lookup: {{}}, otherwise: 10}}}}
rules: {{r: {{title: {title}, when: m.value < 20, cap: 30, reason: {title}}}}}
recommendations: {{call: {{of: m, when: m.value < 60, action: {action}, owner: "{{manager}}", due: 14 days}}}}
"""
FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")


def evaluated(folder: Path, names: list[str], title: str) -> Evaluation:
    path = folder / "odd.scorecard.yaml"
    path.write_text(DEFINITION.format(title=json.dumps(title), action=json.dumps(f"{title} {{id}} {{manager}}")), "utf-8")
    count = len(names)
    rows = {"id": names, "manager": names, "a": [100.0 * place / count for place in range(count)]}
    parts = [
        pd.DataFrame({**rows, "begun": start, "ended": end}) for start, end in (("2026-04-01", "2026-06-30"), ("2026-07-01", "2026-09-30"))
    ]
    return evaluate(path, period="2026-Q2..2026-Q3", frames={"facts": pd.concat(parts, ignore_index=True)})


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    return evaluated(tmp_path_factory.mktemp("hostile"), HOSTILE, "<script>alert('t')</script> =1+1 | \u202e x")


@pytest.fixture(scope="module")
def tame(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    return evaluated(tmp_path_factory.mktemp("tame"), TAME, "A title")


def in_json(data: bytes) -> object:
    found = json.loads(data)
    assert [one["key"]["id"] for one in found["entities"]][: len(HOSTILE)] in (HOSTILE, TAME)
    return len(found["entities"])


def in_jsonl(data: bytes) -> object:
    return [len(json.loads(line)) for line in data.decode().splitlines()]


def in_csv(data: bytes) -> object:
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    number = re.compile(r"-?[0-9.e+-]+")
    assert not [cell for row in rows for cell in row if cell.startswith(FORMULA_STARTS) and not number.fullmatch(cell)]
    return [len(row) for row in rows]


def in_markdown(data: bytes) -> object:
    text = data.decode()
    assert not re.search(r"<(script|img|b)\b", text)
    assert not re.search(r"(?<!\\)\]\(\s*javascript", text)
    return Counter(len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in text.splitlines() if line.startswith("|"))


def in_parquet(data: bytes) -> object:
    frame = pd.read_parquet(io.BytesIO(data))
    assert frame["id"].tolist()[: len(HOSTILE)] in (HOSTILE, TAME)
    return frame.shape


def in_excel(data: bytes) -> object:
    well_formed(data)
    book = load_workbook(io.BytesIO(data))
    tried = [sheet.title for sheet in book if any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)]
    assert tried in ([say("sheet.whatif", language)] for language in LANGUAGES)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        formulas = [
            one
            for name in packed.namelist()
            if "worksheets/sheet" in name
            for one in re.findall("<f>(.*?)</f>", packed.read(name).decode())
        ]
        assert not any("external" in name.lower() for name in packed.namelist())
    assert not [one for one in formulas for word in ("cmd", "HYPERLINK", "script", "WEBSERVICE", "DDE") if word in one]
    assert not any(cell.hyperlink for sheet in book for row in sheet.iter_rows() for cell in row)
    return [(sheet.title, sheet.max_row, sheet.max_column) for sheet in book]


class Tags(HTMLParser):
    """The elements of a page, and what their attributes say that run something or lead somewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found[tag] += 1
        assert not [name for name, _ in attrs if name.startswith("on")]
        assert not [value for _, value in attrs if value and value.strip().lower().startswith("javascript:")]


def in_html(data: bytes) -> object:
    tags = Tags()
    tags.feed(data.decode())
    tags.close()
    assert tags.found["img"] == 0
    return tags.found


def in_word(data: bytes) -> object:
    well_formed(data)
    docx = pytest.importorskip("docx")
    document = docx.Document(io.BytesIO(data))
    assert not any(sign in paragraph.text for paragraph in document.paragraphs for sign in "\u202e\x1b\x07")
    return [(len(table.rows), len(table.columns)) for table in document.tables]


def in_powerpoint(data: bytes) -> object:
    well_formed(data)
    pptx = pytest.importorskip("pptx")
    return [len(slide.shapes) for slide in pptx.Presentation(io.BytesIO(data)).slides]


def well_formed(data: bytes) -> None:
    """Every part can be parsed, and what leads out of the file leads nowhere that a name says."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for name in packed.namelist():
            if name.endswith((".xml", ".rels")):
                root = ElementTree.fromstring(packed.read(name))
                targets = [one.get("Target", "") for one in root if one.get("TargetMode") == "External"]
                assert not [target for target in targets if "javascript" in target or "http://x" in target]


READ: Mapping[str, Callable[[bytes], object]] = {
    "json": in_json,
    "jsonl": in_jsonl,
    "csv": in_csv,
    "markdown": in_markdown,
    "parquet": in_parquet,
    "excel": in_excel,
    "html": in_html,
    "word": in_word,
    "powerpoint": in_powerpoint,
}
THE_SAME_PAGE = "pdf"
"""is what the browser prints of the page, which is tested"""
NEEDED = {"html": ("jinja2", "vl_convert"), "word": ("docx", "vl_convert"), "powerpoint": ("pptx", "vl_convert"), "excel": ("xlsxwriter",)}


def test_every_form_is_tested() -> None:
    assert {reporter.id for reporter in REPORTERS} == {*READ, THE_SAME_PAGE}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("form", READ)
def test_names_are_texts_and_the_layout_holds(form: str, language: str, hostile: Evaluation, tame: Evaluation) -> None:
    for package in NEEDED.get(form, ()):
        pytest.importorskip(package)
    reporter = next(one for one in REPORTERS if one.id == form)
    written: list[Any] = []
    for evaluation in (hostile, tame):
        data = b"".join(resolve(reporter.write)(evaluation, {"language": language, "to_file": True, "template": None}))
        written.append(READ[form](data))
    assert written[0] == written[1]
