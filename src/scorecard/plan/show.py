"""A plan as text: which records are grouped how, and which cells are computed from what, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from scorecard.language.words import say
from scorecard.model.plan import CallPass, Peer, Plan, PlanCell, Shift

Words = Callable[..., str]


def as_text(plan: Plan, language: str = "en") -> str:
    """One line for each pass, aggregate and cell; what a cell reads stands behind the arrow."""
    words = partial(_words, language)
    return "\n".join([*_passes(plan, words), *_cells(plan, words)])


def _words(language: str, key: str, /, **values: object) -> str:
    return say(f"plan.{key}", language, **values)


def _passes(plan: Plan, words: Words) -> Iterator[str]:
    yield words("passes")
    for one in plan.passes:
        grain = ", ".join(one.grain) or words("everybody")
        facts = [words("window", window=one.window)]
        if isinstance(one, CallPass):
            facts.append(words("given", type=one.type))
        else:
            facts += _back(one.shift, words)
            facts += [words("each", columns=", ".join(one.finer.columns))] if one.finer else []
        yield "  " + words("pass", id=one.id, source=one.source, grain=grain, window=", ".join(facts))
        if isinstance(one, CallPass):
            yield f"    {one.output} = {one.metric}"
        else:
            yield from (f"    {name} = {aggregate.text or words('records')}" for name, aggregate in one.aggregates.items())


def _back(shift: Shift, words: Words) -> Iterator[str]:
    for count, unit in ((shift.periods, "period"), (shift.years, "year")):
        if count:
            yield words(f"back.{unit}.one" if count == 1 else f"back.{unit}", count=count)


def _cells(plan: Plan, words: Words) -> Iterator[str]:
    stage = -1
    for cell in plan.cells:
        if cell.stage != stage:
            stage = cell.stage
            yield words("cells") if stage == 0 else words("stage", stage=stage + 1)
        yield f"  {cell.name}{_reads(cell, words)}"


def _reads(cell: PlanCell, words: Words) -> str:
    reads = ", ".join(cell.reads)
    return f" <- {words('of_all', cells=reads) if isinstance(cell.step, Peer) else reads}" if reads else ""
