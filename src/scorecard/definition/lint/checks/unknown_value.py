"""Comparisons with a word that never occurs: not among what a column is mapped to, nor among the labels of a choice."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.lint.domains import Words
from scorecard.definition.lint.subject import Subject
from scorecard.definition.wording import hints
from scorecard.expression.moments import moment_of
from scorecard.expression.parse import locate
from scorecard.model.formula import Cell, Compare, Formula, Literal, Member, Node, walk
from scorecard.model.issue import Issue, Level

CODE = "SC807"
LEVEL = Level.WARNING


def find(subject: Subject) -> Iterator[Issue]:
    for condition in subject.conditions:
        of = [step for step in condition.where if isinstance(step, str)][1:2]
        yield from _issues(subject, condition.formula, condition.source, of)
    for metric in subject.scorecard.metrics.values():
        if metric.measure is not None and metric.source is not None:
            yield from _issues(subject, metric.measure, metric.source, [metric.id])


def _issues(subject: Subject, formula: Formula, source: str | None, of: list[str]) -> Iterator[Issue]:
    for term, literal, words in strange(subject, formula, source):
        place = locate(formula.place, formula.text, literal.start, literal.end)
        values = {
            "of": tuple(of),
            "term": formula.text[term.start : term.end],
            "value": literal.value,
            **hints(str(literal.value), sorted(words)),
        }
        yield Issue(code=CODE, place=place, level=LEVEL, values=values)


def strange(subject: Subject, formula: Formula, source: str | None) -> Iterator[tuple[Node, Literal, frozenset[str]]]:
    """Every word that a formula compares a term with and that the term never is: the term, the word, and all it can be."""
    for node in walk(formula.tree):
        match node:
            case Compare(operator="==" | "!=", left=left, right=right):
                pairs = [(left, right), (right, left)]
            case Member(item=item, options=options):
                pairs = [(item, option) for option in options]
            case _:
                continue
        for term, literal in pairs:
            if isinstance(literal, Literal) and isinstance(literal.value, str) and moment_of(literal.value) is None and not _checked(term):
                found = subject.possible.term(term, source)
                if isinstance(found, Words) and not found.others and literal.value not in found.words:
                    yield term, literal, found.words


def _checked(term: Node) -> bool:
    """Whether its words are compared where formulas are read: bands and states."""
    return isinstance(term, Cell) and term.name.endswith((".band", ".state"))
