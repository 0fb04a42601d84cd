"""The scores as an Excel workbook that an analyst works with: tables, number formats, filters, charts; no cell runs anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from xlsxwriter import Workbook

from scorecard.evaluation.evaluation import Evaluation
from scorecard.report.labels import title_of
from scorecard.report.workbook.book import Book
from scorecard.report.workbook.definition import write_definition
from scorecard.report.workbook.entities import write_entities
from scorecard.report.workbook.quality import write_quality
from scorecard.report.workbook.recommendations import write_recommendations
from scorecard.report.workbook.summary import write_summary
from scorecard.report.workbook.whatif import write_whatif

PIECE = 1 << 20


def write(evaluation: Evaluation, options: Mapping[str, Any]) -> Iterator[bytes]:
    """The workbook in pieces. Its rows are on the disk, in a folder of their own, until they are packed."""
    language = str(options.get("language", "en"))
    with TemporaryDirectory(prefix="scorecard-") as folder:
        path = Path(folder) / "workbook.xlsx"
        _write(path, folder, evaluation, language)
        with path.open("rb") as stream:
            while piece := stream.read(PIECE):
                yield piece


def _write(path: Path, folder: str, evaluation: Evaluation, language: str) -> None:
    workbook = Workbook(str(path), {"constant_memory": True, "tmpdir": folder, "strings_to_formulas": False, "strings_to_urls": False})
    workbook.use_zip64()
    made = datetime.fromisoformat(evaluation.provenance.made_at).replace(tzinfo=None)
    workbook.set_properties({"title": title_of(evaluation.scorecard, language), "created": made})
    book = Book(workbook, evaluation, language)
    write_summary(book)
    write_entities(book)
    write_recommendations(book)
    write_quality(book)
    write_definition(book)
    write_whatif(book)
    workbook.close()
