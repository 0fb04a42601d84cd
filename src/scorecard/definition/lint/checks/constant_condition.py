"""Conditions that can never hold, or that hold for everyone, whatever the data.

A condition that is just `true` or `false` means it. A gate that holds for everyone with a score asks that there be one.
"""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.lint.checks.unknown_value import strange
from scorecard.definition.lint.domains import Stretch, Words
from scorecard.definition.lint.holding import Holding
from scorecard.definition.lint.subject import Condition, Subject
from scorecard.definition.rules.placed import written
from scorecard.model.formula import Compare, Formula, Literal, Logic, Member, Node, Unary, children
from scorecard.model.issue import Issue, Level

CODE = "SC806"
LEVEL = Level.WARNING


def find(subject: Subject) -> Iterator[Issue]:
    for condition in subject.conditions:
        tree = condition.formula.tree
        if condition.kind == "choose" or isinstance(tree, Literal):
            continue
        holding = Holding(subject.possible, condition.source)
        for way, possible in (("never", holding.can_hold), ("always", holding.can_fail)):
            if not possible(tree) and (condition.kind, way) != ("gates", "always"):
                if not any(strange(subject, condition.formula, condition.source)):
                    yield _issue(subject, condition, holding, way)
                break


def _issue(subject: Subject, condition: Condition, holding: Holding, way: str) -> Issue:
    because, values = _because(condition.formula, holding, way)
    of = tuple(step for step in condition.where if isinstance(step, str))[1:2]
    return subject.issue(CODE, LEVEL, condition.where, *of, reason=f"{way}{because}", text=condition.formula.text, **values)


def _because(formula: Formula, holding: Holding, way: str) -> tuple[str, dict[str, object]]:
    """What a term comes to, where one comparison alone is to blame."""
    for node, wanted in _comparisons(formula.tree, way == "never"):
        if holding.can_hold(node) if wanted else holding.can_fail(node):
            continue
        term = node.item if isinstance(node, Member) else node.right if isinstance(node.left, Literal) else node.left
        said = formula.text[term.start : term.end]
        match holding.possible.term(term, holding.source):
            case Stretch(low=low, high=high) if low > float("-inf") and high < float("inf"):
                return "_between", {"term": said, "low": written(low), "high": written(high)}
            case Stretch(low=low) if low > float("-inf"):
                return "_from", {"term": said, "low": written(low)}
            case Words(words=words, others=False):
                return "_among", {"term": said, "words": sorted(words)}
    return "", {}


def _comparisons(node: Node, wanted: bool) -> Iterator[tuple[Compare | Member, bool]]:
    """The comparisons of a condition, each with what it has to come to for the condition to come to what is wanted."""
    if isinstance(node, (Compare, Member)):
        yield node, wanted
    elif isinstance(node, Logic) or (isinstance(node, Unary) and node.operator == "not"):
        for operand in children(node):
            yield from _comparisons(operand, wanted if isinstance(node, Logic) else not wanted)
