"""What became of the records of every source, a line for each."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.engine.quality import Quality
from scorecard.evaluation.evaluation import Evaluation
from scorecard.language.catalogue import sentence
from scorecard.language.phrase import said
from scorecard.language.words import say
from scorecard.report import figures, locale
from scorecard.report.figures import clean


def data_lines(evaluation: Evaluation, language: str) -> Iterator[tuple[str, str]]:
    """(source, what became of its records) in the order of the definition; what a source did while reading follows in lines of its own."""
    for quality in evaluation.quality:
        yield quality.source, say("list.pause", language).join(_parts(quality, language))
        for remark in quality.remarks:
            yield "", clean(sentence(remark.code, remark.values, language))


def _parts(quality: Quality, language: str) -> Iterator[str]:
    yield clean(said(quality.origin, language))
    how = ".none" if not quality.records else ".all" if quality.used == quality.records else ""
    yield say(f"data.used{how}", language, used=figures.count(quality.used, language), records=figures.count(quality.records, language))
    if quality.left_out:
        counted = (say(f"data.{reason}", language, count=figures.count(count, language)) for reason, count in quality.left_out.items())
        yield say("list.comma", language).join(counted)
    if quality.last is not None:
        yield say("data.until", language, day=locale.day(quality.last.date(), language))
