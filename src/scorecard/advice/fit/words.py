"""SC866: conditions that compare an attribute with a word that no row of the data holds."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.advice.review.case import Case
from scorecard.expression.names import near
from scorecard.expression.values import Coded
from scorecard.model.formula import Cell, Compare, Formula, Literal, Member, Node, walk
from scorecard.model.issue import Issue, Level
from scorecard.plan.over_entities import conditions

CODE = "SC866"
MOST = 200
"""different words of an attribute up to which a new one is thought to be misspelt; names and comments have more"""


def find(case: Case) -> Iterator[Issue]:
    for condition in conditions(case.scorecard):
        for node in walk(condition.tree):
            for cell, word in _compared(node):
                known = _words(case, cell.name)
                if known and len(known) <= MOST and word.value not in known:
                    yield _issue(condition, cell, word, sorted(known))


def _compared(node: Node) -> Iterator[tuple[Cell, Literal]]:
    """Attributes and the words that they are compared with."""
    match node:
        case Compare(operator="==" | "!=", left=Cell() as cell, right=Literal(value=str()) as word):
            yield cell, word
        case Compare(operator="==" | "!=", left=Literal(value=str()) as word, right=Cell() as cell):
            yield cell, word
        case Member(item=Cell() as cell, options=options):
            yield from ((cell, word) for word in options if isinstance(word, Literal) and isinstance(word.value, str))


def _words(case: Case, name: str) -> set[str]:
    """The words that an attribute holds in the data; of a name that is none, nothing."""
    columns = [scores.table.columns.get(name) for scores in case.seen.scores] if name.startswith("entity.") else []
    return {word for column in columns if isinstance(column, Coded) for word in column.categories}


def _issue(condition: Formula, cell: Cell, word: Literal, known: list[str]) -> Issue:
    place = condition.place.within(word.start, word.end) if condition.place is not None else None
    text = str(word.value)
    values = {"name": cell.name.removeprefix("entity."), "word": text, "did_you_mean": near(text, known), "allowed": known}
    return Issue(code=CODE, place=place, level=Level.WARNING, values={"of": (values["name"],), **values})
