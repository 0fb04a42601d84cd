"""Which cells of a run are kept."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.model.definition import Group, Metric, Scorecard
from scorecard.model.plan import Plan


def kept(plan: Plan, *, detail: bool) -> tuple[str, ...]:
    """The primary cells: enough for every table, and for other periods to look back on; without detail only the conclusion."""
    return tuple(dict.fromkeys(_kept(plan, detail)))


def _kept(plan: Plan, detail: bool) -> Iterator[str]:
    scorecard = plan.scorecard
    yield from ("total.score", "total.band", "total.coverage", "total.#state", "total.#reason")
    yield from (past.cell for past in plan.past.values())
    for gate in scorecard.gates.values():
        yield from _read(gate.require.tree)
    yield from (f"rule.{rule}.#fired" for rule in scorecard.rules)
    yield from (name for name, _, _ in undecided(scorecard))
    if detail:
        for metric in scorecard.metrics:
            yield from (f"{metric}.value", f"{metric}.#state", f"{metric}.#reason", f"{metric}.score")
        for group in scorecard.groups:
            yield from (f"{group}.score", f"{group}.#state", f"{group}.#reason", f"{group}.coverage")
        for node in (*scorecard.groups, "total"):
            yield f"{node}.raw"


def _read(tree: object) -> Iterator[str]:
    from scorecard.model.formula import Cell, Node, walk

    assert isinstance(tree, Node)
    for node in walk(tree):
        if isinstance(node, Cell) and not node.name.startswith(("entity.", "period.")) and not node.name.endswith(".rank"):
            yield node.name


def undecided(scorecard: Scorecard) -> Iterator[tuple[str, str, str]]:
    """The cells that say where it is unknown whether a node applies or an exemption holds, with which of them and its id."""
    nodes: tuple[Group | Metric, ...] = (*scorecard.metrics.values(), *scorecard.groups.values(), scorecard.total)
    for node in nodes:
        if node.applies_when is not None:
            yield f"{node.id}.#undecided", "node", node.id
    for exemption in scorecard.exemptions:
        yield f"exemption.{exemption}.#undecided", "exemption", exemption
