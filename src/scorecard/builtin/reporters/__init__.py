"""Our ways to write an evaluation: records only. What writes them is named in each record and imported on first use."""

from __future__ import annotations

from scorecard.hooks.contracts import Reporter
from scorecard.model.text import Text

REPORTERS: tuple[Reporter, ...] = (
    Reporter(
        id="json",
        title=Text({"en": "JSON", "zh": "JSON"}),
        doc="One document with everything: provenance, bands, notes, gates, and each entity with its metrics, groups and rules. "
        "`scorecard schema --output` prints its JSON Schema.",
        write="scorecard.report.json:write",
        suffixes=(".json",),
    ),
    Reporter(
        id="jsonl",
        title=Text({"en": "JSON, a line per entity", "zh": "JSON，每个对象一行"}),
        doc="Each entity and period on a line of its own, as in the JSON document, with the scorecard's id.",
        write="scorecard.report.json:write_lines",
        suffixes=(".jsonl", ".ndjson"),
    ),
    Reporter(
        id="csv",
        title=Text({"en": "Comma-separated values", "zh": "CSV 表格"}),
        doc="A row per entity and period: key, attributes, score, band, coverage, bounds, rank, values and scores of metrics and groups. "
        "Texts that a spreadsheet would take for formulas get a quote in front.",
        write="scorecard.report.csv:write",
        suffixes=(".csv",),
    ),
    Reporter(
        id="markdown",
        title=Text({"en": "Markdown", "zh": "Markdown"}),
        doc="For a ticket, a chat or a merge request: what the period comes to, the entities with the worst scores, what is recommended, "
        "and what became of the records.",
        write="scorecard.report.markdown:write",
        suffixes=(".md", ".markdown"),
        before=1,
        traced=True,
    ),
    Reporter(
        id="parquet",
        title=Text({"en": "Parquet", "zh": "Parquet"}),
        doc="The columns of the CSV form with their types, for other programs.",
        write="scorecard.report.parquet:write",
        suffixes=(".parquet",),
    ),
    Reporter(
        id="excel",
        title=Text({"en": "Excel workbook", "zh": "Excel 工作簿"}),
        doc="A workbook to work with: summary with charts, scores, metrics, groups, recommendations, data quality and definition, each a "
        "named table with filters and number formats. Names that look like formulas stay text.",
        write="scorecard.report.workbook:write",
        suffixes=(".xlsx",),
        traced=True,
    ),
    Reporter(
        id="html",
        title=Text({"en": "Web page", "zh": "网页"}),
        doc="One page that opens everywhere and asks nobody for anything: the portfolio with search, filters and a heat map, and a page "
        "for every entity with its score, what made it, what would help and each metric. Light, dark, on a phone and on paper.",
        write="scorecard.report.html:write",
        suffixes=(".html", ".htm"),
        before=4,
        traced=True,
    ),
    Reporter(
        id="word",
        title=Text({"en": "Word document", "zh": "Word 文档"}),
        doc="A report for a meeting: what it comes to, the bands, what changed, the best and the worst, a section per part, what is "
        "recommended and the next steps; about one entity where it is one. Written on the firm's own template with `--template`.",
        write="scorecard.report.office.write:word",
        suffixes=(".docx",),
        before=7,
        traced=True,
    ),
    Reporter(
        id="powerpoint",
        title=Text({"en": "PowerPoint presentation", "zh": "PowerPoint 演示文稿"}),
        doc="The same as slides, with charts that can be edited. Written on the firm's own template with `--template`.",
        write="scorecard.report.office.write:powerpoint",
        suffixes=(".pptx",),
        before=7,
        traced=True,
    ),
    Reporter(
        id="pdf",
        title=Text({"en": "PDF", "zh": "PDF"}),
        doc="The web page on paper: the portfolio, then a page for every entity, printed by a browser of this machine (Chrome, Edge, "
        "Chromium or Brave; SCORECARD_BROWSER names another).",
        write="scorecard.report.pdf:write",
        suffixes=(".pdf",),
        before=4,
        traced=True,
    ),
)
