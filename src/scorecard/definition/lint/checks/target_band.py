"""Targets outside of the best band by the metric's own thresholds, and thresholds that are out of order once they are worked out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from scorecard.definition.lint.subject import Subject
from scorecard.definition.rules.placed import Judged, constants, fixed, written
from scorecard.model.definition import Number, Range, Scorecard
from scorecard.model.formula import Binary, Cell, Formula, Literal, Node, Unary
from scorecard.model.issue import Issue, Level

CODE = "SC803"
LEVEL = Level.WARNING


def find(subject: Subject) -> Iterator[Issue]:
    starts = _from_worst(subject.scorecard)
    for each in subject.judged:
        metric = each.metric
        worst = fixed(metric.worst)
        if not metric.thresholds or worst is None or isinstance(metric.target, Range):
            continue
        for target in constants(metric.target):
            found = _judged(subject, each, starts, worst, target)
            if found is not None:
                yield found
                break


def _from_worst(scorecard: Scorecard) -> list[str]:
    starts = [band.id for band in scorecard.bands if band.start is not None]
    return starts[::-1] if scorecard.scale.lower_is_better else starts


def _judged(subject: Subject, each: Judged, starts: list[str], worst: float, target: float) -> Issue | None:
    metric = each.metric
    known = {f"{metric.id}.worst": worst, f"{metric.id}.target": target}
    edges = [(band, edge) for band, number in metric.thresholds.items() if (edge := _number(number, known)) is not None]
    if worst == target or not edges:
        return None
    way = 1.0 if target > worst else -1.0
    where = (*(("segments", each.segment) if each.segment else ()), "metrics", metric.id, "thresholds")
    if metric.curve.kind == "straight":
        line = [("worst", worst), *edges, ("target", target)]
        line = line[1:] if edges[0] == (starts[0], worst) else line
        ordered = all((b - a) * way > 0 for (_, a), (_, b) in pairwise(line))
        if ordered or len(edges) < len(metric.thresholds) or not _has_formula(metric.thresholds):
            return None
        order = " → ".join(f"{name} {written(number)}" for name, number in line)
        return subject.issue(CODE, LEVEL, where, metric.id, reason="order", name=metric.id, target=written(target), order=order)
    band, edge = edges[-1]
    if band != starts[-1] or (target - edge) * way >= 0:
        return None
    values = {"name": metric.id, "target": written(target), "band": band, "edge": written(edge)}
    return subject.issue(CODE, LEVEL, where, metric.id, **values)


def _has_formula(thresholds: Mapping[str, Number]) -> bool:
    return any(isinstance(number, Formula) for number in thresholds.values())


def _number(number: Number, known: Mapping[str, float]) -> float | None:
    """A constant, or a formula that reads nothing but the metric's own worst and target."""
    return _worked_out(number.tree, known) if isinstance(number, Formula) else fixed(number)


def _worked_out(node: Node, known: Mapping[str, float]) -> float | None:
    match node:
        case Literal(value=int() | float() as value):
            return float(value)
        case Cell(name=name):
            return known.get(name)
        case Unary(operator="-", operand=operand):
            inner = _worked_out(operand, known)
            return None if inner is None else -inner
        case Binary(operator=operator, left=left, right=right):
            a, b = _worked_out(left, known), _worked_out(right, known)
            if a is None or b is None or (operator == "/" and b == 0):
                return None
            return {"+": a + b, "-": a - b, "*": a * b, "/": a / b if b else 0.0}.get(operator)
    return None
