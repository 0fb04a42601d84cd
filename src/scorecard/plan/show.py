"""A plan as text: which records are grouped how, and which cells are computed from what, in order."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.model.plan import CallPass, Pass, Peer, Plan, PlanCell, Shift


def as_text(plan: Plan) -> str:
    """One line for each pass, aggregate and cell; what a cell reads stands behind the arrow."""
    return "\n".join([*_passes(plan), *_cells(plan)])


def _passes(plan: Plan) -> Iterator[str]:
    yield "passes over records"
    for one in plan.passes:
        grain = ", ".join(one.grain) or "everybody"
        if isinstance(one, CallPass):
            yield f"  {one.id}: {one.source} by {grain}, window {one.window}, given to {one.type}"
            yield f"    {one.output} = {one.metric}"
            continue
        each = f", each {', '.join(one.finer.columns)}" if one.finer else ""
        yield f"  {one.id}: {one.source} by {grain}, window {one.window}{_back(one.shift)}{each}"
        yield from _aggregates(one)


def _aggregates(one: Pass) -> Iterator[str]:
    for name, aggregate in one.aggregates.items():
        yield f"    {name} = {aggregate.text or 'number of records'}"


def _back(shift: Shift) -> str:
    parts = [(shift.periods, "period"), (shift.years, "year")]
    return "".join(f", {count} {unit}{'s' if count > 1 else ''} back" for count, unit in parts if count)


def _cells(plan: Plan) -> Iterator[str]:
    stage = -1
    for cell in plan.cells:
        if cell.stage != stage:
            stage = cell.stage
            yield "cells" if stage == 0 else f"cells, stage {stage + 1}: after the peers are known"
        yield f"  {cell.name}{_reads(cell)}"


def _reads(cell: PlanCell) -> str:
    whole = " of all entities" if isinstance(cell.step, Peer) else ""
    return f" <- {', '.join(cell.reads)}{whole}" if cell.reads else ""
