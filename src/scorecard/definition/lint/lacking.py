"""What metrics lack that others of the definition have: an issue for each, or one where none has it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scorecard.definition.lint.subject import Subject
from scorecard.model.definition import Item, Metric
from scorecard.model.issue import Issue, Level


def lacking(subject: Subject, code: str, level: Level, asked: Sequence[Metric], without: Sequence[Metric]) -> Iterator[Issue]:
    """Issues about the metrics `without` something that is asked of `asked`."""
    if without and len(without) == len(asked) > 1:
        yield subject.issue(code, level, ("metrics",), *(metric.id for metric in without), reason="none", count=len(asked))
        return
    for metric in without:
        yield subject.issue(code, level, ("metrics", metric.id), metric.id, name=metric.id)


def above(subject: Subject, metric: Metric) -> Iterator[Item]:
    """The metric and every group over it, the total last."""
    card = subject.scorecard
    yield metric
    parent: str | None = metric.parent
    while parent is not None and parent != "total":
        yield card.groups[parent]
        parent = card.groups[parent].parent
    yield card.total
