"""Questions: what rules ask of the metrics that can move, so that a program can answer them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scorecard.model.formula import Logic, Node, Unary
from scorecard.model.plan import Condition, Plan
from scorecard.plan.cells import read_by
from scorecard.scoring.moved import reached


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """The conditions of rules, taken apart into questions that one metric answers alone.

    `of` lists them by metric. `open` names the rules with a question that no metric answers alone: they are taken as they are now.
    """

    of: Mapping[str, Sequence[Node]] = field(default_factory=dict)
    open: frozenset[str] = frozenset()

    def answered_by(self, question: Node) -> tuple[str, int] | None:
        """The metric that answers a question, and the question's place in its list; None where nothing that moves does."""
        for metric, asked in self.of.items():
            if question in asked:
                return metric, list(asked).index(question)
        return None


def questions(plan: Plan, moving: Sequence[str]) -> Questions:
    """What the rules of a scorecard ask of the metrics that move."""
    dependent = {metric: reached(plan, metric) for metric in moving}
    asked: dict[str, list[Node]] = {}
    left_open: set[str] = set()
    for cell in plan.cells:
        if not isinstance(cell.step, Condition) or not cell.step.adjustment.startswith("rule."):
            continue
        for question in leaves(cell.step.tree):
            read = set(read_by(question))
            of = [metric for metric, reached in dependent.items() if not reached.isdisjoint(read)]
            if not of:
                continue
            if len(of) > 1 or not read & dependent[of[0]] <= {f"{of[0]}.value", f"{of[0]}.raw", f"{of[0]}.score"}:
                left_open.add(cell.step.adjustment.removeprefix("rule."))
            elif question not in asked.setdefault(of[0], []):
                asked[of[0]].append(question)
    return Questions(of=asked, open=frozenset(left_open))


def leaves(tree: Node) -> list[Node]:
    """The questions that and, or and not join."""
    match tree:
        case Logic(operands=operands):
            return [leaf for operand in operands for leaf in leaves(operand)]
        case Unary(operator="not", operand=operand):
            return leaves(operand)
    return [tree]
