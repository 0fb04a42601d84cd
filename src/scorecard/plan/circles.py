"""Formulas that read each other, found without data."""

from __future__ import annotations

from dataclasses import replace

from scorecard.model.definition import Rule, Scorecard
from scorecard.model.plan import Value
from scorecard.plan.cells import CircleError, cells_of
from scorecard.plan.lower import Drafts, Lowering


def circle_in(scorecard: Scorecard) -> tuple[str, ...] | None:
    """Cells of a scorecard as written that read each other, the first again at the end; None where there are none.

    A rule reads its own node as it was before its own rules, so it is no circle.
    """
    drafts = Drafts()

    def lowered(rule: Rule) -> Rule:
        tree = Lowering(drafts, rule.of, rule.when.text, own_rule=True).lower(rule.when.tree)
        return replace(rule, when=replace(rule.when, tree=tree))

    values = {
        id: Value(metric=id, tree=metric.measure.tree if metric.measure else None, choose=metric.choose)
        for id, metric in scorecard.metrics.items()
    }
    scorecard = replace(scorecard, rules={id: lowered(rule) for id, rule in scorecard.rules.items()})
    try:
        cells_of(scorecard, values, drafts.peers, drafts.past)
    except CircleError as error:
        return error.cells
    return None
