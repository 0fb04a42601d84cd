"""Semantic checks of a built scorecard: one module per check, all of them in one tuple."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from scorecard.definition.rules import (
    band_edges,
    beyond_scale,
    cap_rounding,
    childless_group,
    circular_formulas,
    circular_groups,
    circular_joins,
    coverage_share,
    dates_without_period,
    equal_bounds,
    log_bounds,
    negative_effort,
    negative_weight,
    no_metrics,
    no_score,
    no_weight,
    open_worst,
    optional_roster,
    point_order,
    range_order,
    step_order,
    threshold_order,
    validity,
)
from scorecard.model.definition import Scorecard
from scorecard.model.issue import Issue

RULES: tuple[Callable[[Scorecard], Iterable[Issue]], ...] = (
    no_metrics.find,
    no_weight.find,
    negative_weight.find,
    negative_effort.find,
    circular_groups.find,
    circular_formulas.find,
    circular_joins.find,
    childless_group.find,
    equal_bounds.find,
    threshold_order.find,
    range_order.find,
    point_order.find,
    step_order.find,
    no_score.find,
    open_worst.find,
    optional_roster.find,
    log_bounds.find,
    band_edges.find,
    cap_rounding.find,
    beyond_scale.find,
    coverage_share.find,
    validity.find,
    dates_without_period.find,
)


def broken_rules(scorecard: Scorecard) -> list[Issue]:
    """Everything that is wrong with a scorecard whose parts are all well-formed."""
    return [issue for find in RULES for issue in find(scorecard)]
