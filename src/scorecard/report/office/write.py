"""The latest period of an evaluation as a document or as slides; where it is of one entity alone, about that one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from scorecard.evaluation.evaluation import Evaluation
from scorecard.report.office.content import Report
from scorecard.report.office.everybody import Everybody
from scorecard.report.office.one import One
from scorecard.report.portfolio import portfolio


def word(evaluation: Evaluation, options: Mapping[str, Any]) -> Iterator[bytes]:
    """A Word document. Raises UsageError where the template lacks what is needed."""
    from scorecard.report.office.document import document
    from scorecard.report.office.paper import Paper

    paper = Paper(_template(options))
    _signed(paper.document.core_properties, evaluation, report := report_of(evaluation, options))
    yield document(report, paper)


def powerpoint(evaluation: Evaluation, options: Mapping[str, Any]) -> Iterator[bytes]:
    """A PowerPoint presentation. Raises UsageError where the template lacks what is needed."""
    from scorecard.report.office.slides import slides
    from scorecard.report.office.template import Deck

    deck = Deck(_template(options))
    _signed(deck.presentation.core_properties, evaluation, report := report_of(evaluation, options))
    yield slides(report, deck)


def report_of(evaluation: Evaluation, options: Mapping[str, Any]) -> Report:
    """What is told, in the language of the options."""
    language = str(options.get("language", "en"))
    period, scores = list(evaluation.periods)[-1]
    found = portfolio(evaluation, period, scores)
    return One(found, 0, language).report() if len(scores) == 1 else Everybody(found, language).report()


def _template(options: Mapping[str, Any]) -> Path | None:
    return Path(options["template"]) if options.get("template") is not None else None


def _signed(properties: Any, evaluation: Evaluation, report: Report) -> None:
    """What the file says of itself: its title, and when the scores were made."""
    made = datetime.fromisoformat(evaluation.provenance.made_at).replace(tzinfo=None)
    properties.title, properties.author, properties.comments = report.title[:255], "", ""
    properties.created = properties.modified = made
