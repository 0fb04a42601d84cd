"""Two plans over the same records: what must be read so that both can be computed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from scorecard.model.formula import Kind
from scorecard.model.plan import Plan

Kinds = Mapping[str, Kind]


def alike(plan: Plan, other: Plan, sources: Collection[str]) -> frozenset[str]:
    """Those of the sources of which both plans can take the same records: no column is a text to the one and a number to the other."""
    found = {id for id in sources if _agree(plan.reads.get(id, {}), other.reads.get(id, {}))}
    while apart := {id for id in found if any(join.to not in found for join in plan.scorecard.sources[id].join)}:
        found -= apart
    return frozenset(found)


def together(plan: Plan, other: Plan, sources: Collection[str]) -> Plan:
    """The plan, reading of these sources, and as far back in time, what the other one reads as well."""
    reads = {id: _both(kinds, other.reads.get(id, {})) if id in sources else kinds for id, kinds in plan.reads.items()}
    roster = plan.scorecard.entity.roster
    return replace(
        plan,
        reads=reads,
        attributes=_both(plan.attributes, other.attributes) if roster in sources else plan.attributes,
        offsets=tuple(dict.fromkeys((*plan.offsets, *other.offsets))),
    )


def reads_enough(plan: Plan, other: Plan) -> bool:
    """Whether what was read for a plan is all that another one needs, as the kinds that it needs."""
    wanted = [(plan.reads.get(id, {}), kinds) for id, kinds in other.reads.items()]
    return all(_within(*pair) for pair in (*wanted, (plan.attributes, other.attributes))) and set(other.offsets) <= set(plan.offsets)


def _agree(kinds: Kinds, others: Kinds) -> bool:
    return all(Kind.ANY in (kinds[name], others[name]) or kinds[name] == others[name] for name in kinds.keys() & others.keys())


def _within(kinds: Kinds, wanted: Kinds) -> bool:
    return all(name in kinds and kind in (Kind.ANY, kinds[name]) for name, kind in wanted.items())


def _both(kinds: Kinds, others: Kinds) -> dict[str, Kind]:
    found = dict(others)
    for name, kind in kinds.items():
        found[name] = kind if kind is not Kind.ANY else found.get(name, kind)
    return found
