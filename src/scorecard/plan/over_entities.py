"""Every formula over entities that a scorecard holds, wherever it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from scorecard.model.definition import Scorecard
from scorecard.model.formula import Formula
from scorecard.model.issue import Place

Visit = Callable[[Formula, str], Formula]


def visited(scorecard: Scorecard, visit: Visit, visit_rule: Visit | None = None) -> Scorecard:
    """The scorecard with every formula over entities visited, with the node it belongs to; formulas over records stay."""
    in_rules = visit_rule or visit
    return replace(
        scorecard,
        total=_mapped(scorecard.total, visit, "total"),
        groups={id: _mapped(group, visit, id) for id, group in scorecard.groups.items()},
        metrics={id: _mapped(metric, visit, id) for id, metric in scorecard.metrics.items()},
        segments={
            id: replace(
                segment,
                when=visit(segment.when, ""),
                changes=tuple(replace(change, value=_mapped(change.value, visit, change.node)) for change in segment.changes),
            )
            for id, segment in scorecard.segments.items()
        },
        rules={
            id: replace(rule, when=in_rules(rule.when, rule.of), amount=_mapped(rule.amount, visit, rule.of))
            for id, rule in scorecard.rules.items()
        },
        exemptions={
            id: replace(one, when=visit(one.when, one.of), value=_mapped(one.value, visit, one.of))
            for id, one in scorecard.exemptions.items()
        },
        gates={id: replace(gate, require=visit(gate.require, "total")) for id, gate in scorecard.gates.items()},
        recommendations={id: replace(one, when=visit(one.when, one.of)) for id, one in scorecard.recommendations.items()},
    )


OVER_RECORDS = frozenset({"measure", "where"})


def _mapped(thing: Any, visit: Visit, own: str) -> Any:
    match thing:
        case Formula():
            return visit(thing, own)
        case tuple():
            return tuple(_mapped(item, visit, own) for item in thing)
        case dict():
            return {key: _mapped(item, visit, own) for key, item in thing.items()}
        case _ if is_dataclass(thing) and not isinstance(thing, (type, Place)):
            changed = {
                one.name: mapped
                for one in fields(thing)
                if one.name not in OVER_RECORDS
                and (mapped := _mapped(getattr(thing, one.name), visit, own)) is not getattr(thing, one.name)
            }
            return replace(thing, **changed) if changed else thing
    return thing


def conditions(scorecard: Scorecard) -> Iterator[Formula]:
    """Every formula over entities that must come to a yes or a no."""
    found = [
        *(choice.when for metric in scorecard.metrics.values() for choice in metric.choose),
        *(group.applies_when for group in scorecard.groups.values()),
        *(metric.applies_when for metric in scorecard.metrics.values()),
        *(segment.when for segment in scorecard.segments.values()),
        *(rule.when for rule in scorecard.rules.values()),
        *(exemption.when for exemption in scorecard.exemptions.values()),
        *(gate.require for gate in scorecard.gates.values()),
        *(one.when for one in scorecard.recommendations.values()),
    ]
    yield from (condition for condition in found if condition is not None)
