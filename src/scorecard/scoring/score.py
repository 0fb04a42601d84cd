"""The one function that scores: the cells of a plan over the rows of a period, in blocks, on all cores.

A run scores all rows; an explanation scores a few with a trace; bounds score them again with their gaps filled.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from scorecard.expression.values import Coded, Value, codes_of
from scorecard.model.definition import Change
from scorecard.model.plan import Adjust, Combine, Past, Peer, Plan, PlanCell
from scorecard.model.variant import Variant, with_changes
from scorecard.scoring.block import Block, Gaps, PeriodTable
from scorecard.scoring.cells import compute
from scorecard.scoring.columns import Columns
from scorecard.scoring.peers import Fit, fit
from scorecard.scoring.segments import segment

T = TypeVar("T")
BLOCK = 98_304
"""rows of a block: few enough that all cores have work, many enough that neither Python nor its lock shows"""
ALONE = 32_768
"""up to this many rows one core is done before another has begun"""
_LARGE = 31 << 20
"""bytes: once glibc has freed a piece of this size it keeps what blocks free for the next one, instead of handing it back page by page"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodScores:
    """One period, scored: the table it came from, which variant applied to each row, and the cells that were kept."""

    table: PeriodTable
    variants: tuple[Variant, ...]
    at: NDArray[np.integer[Any]]
    cells: Mapping[str, Value]
    fits: Mapping[str, Fit] = field(default_factory=dict)
    unknown_segments: Mapping[str, int] = field(default_factory=dict)
    supposed: Mapping[str, float] = field(default_factory=dict)
    """values of metrics that were taken for measured"""
    blocks: tuple[Block, ...] = ()
    """all that was computed on the way, for every row, where it was to be kept"""

    def __len__(self) -> int:
        return len(self.table)


def score(
    plan: Plan, table: PeriodTable, earlier: Mapping[Past, PeriodScores | None], keep: Iterable[str], *, traced: bool = False
) -> PeriodScores:
    """Scores every row of a period and keeps the named cells; `traced` keeps the blocks as well, so that nothing is scored again.

    `earlier` holds, for each past that the plan reads, the scores of that period.
    """
    table = _with_past(plan, table, earlier)
    segmented = segment(plan.scorecard, table)
    return _scored(
        plan,
        PeriodScores(table=table, variants=segmented.variants, at=segmented.at, cells={}, unknown_segments=segmented.unknown),
        dict.fromkeys(keep),
        traced,
    )


def suppose(plan: Plan, scores: PeriodScores, changes: tuple[Change, ...], values: Mapping[str, float]) -> PeriodScores:
    """The same rows under other numbers and values of metrics, with the peers as they were; the same cells are kept."""
    variants = tuple(with_changes(variant, changes) for variant in scores.variants)
    changed = replace(scores, variants=variants, cells={}, supposed={**scores.supposed, **values})
    return _scored(plan, changed, dict.fromkeys(scores.cells))


def _scored(plan: Plan, scores: PeriodScores, wanted: Mapping[str, None], traced: bool = False) -> PeriodScores:
    """The period with the wanted cells, and the peers fitted where they are not yet."""
    table, fits = scores.table, dict(scores.fits)
    if len(table) > ALONE:
        np.empty(_LARGE, dtype=np.int8)
    blocks = list(_blocks(plan, scores, fits, traced))
    kept: dict[str, Value] = {}
    stages = _stages(plan)
    spent = {} if traced else _spent(plan, wanted)
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        for number, (peers, cells) in enumerate(stages):
            for peer in peers:
                if peer.name not in fits:
                    fits[peer.name] = _fitted(peer, blocks, table)
            names = [name for name in wanted if name not in kept] if number == len(stages) - 1 else []
            target = Columns(len(table))

            def run(block: Block, cells: Sequence[PlanCell] = cells, names: list[str] = names, target: Columns = target) -> None:
                for cell in cells:
                    compute(block, cell)
                    for name in spent.get(cell.name, ()):
                        del block.cells[name]
                for name in names:
                    target.write(name, block.index, block.read(name))
                if names and not traced:
                    block.cells.clear()

            list((pool.map if len(table) > ALONE else map)(run, blocks))
            kept.update(target.columns)
    for block in blocks if traced else ():
        block.index = np.arange(len(table))[block.index]
    return replace(scores, cells=kept, fits=fits, blocks=tuple(blocks) if traced else ())


def rescore(
    plan: Plan, scores: PeriodScores, rows: NDArray[np.intp], *, gaps: Gaps = "as they are", trace: bool = False
) -> Iterator[Block]:
    """Scores some rows again, with the peers as they were, and hands over whole blocks: every cell is there."""
    if gaps == "as they are" and _every(rows, scores):
        yield from scores.blocks
        return
    for block in _again(plan, scores, rows, BLOCK, gaps, trace):
        yield _computed(plan, block)


def worked(plan: Plan, scores: PeriodScores, rows: NDArray[np.intp], work: Callable[[Block], T]) -> list[T]:
    """What some work makes of each block of some rows that are scored again with a trace, on all cores; nothing else is kept of a block."""
    if _every(rows, scores):
        return list(map(work, scores.blocks))
    blocks = _again(plan, scores, rows, ALONE, "as they are", trace=True)

    def run(block: Block) -> T:
        return work(_computed(plan, block))

    if len(rows) <= ALONE:
        return list(map(run, blocks))
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        return list(pool.map(run, blocks))


def _every(rows: NDArray[np.intp], scores: PeriodScores) -> bool:
    """Whether these are all rows of a period whose blocks were kept."""
    return bool(scores.blocks) and len(rows) == len(scores) and bool((np.diff(rows) == 1).all())


def _computed(plan: Plan, block: Block) -> Block:
    for cell in plan.cells:
        compute(block, cell)
    return block


def _again(plan: Plan, scores: PeriodScores, rows: NDArray[np.intp], most: int, gaps: Gaps, trace: bool) -> Iterator[Block]:
    """Blocks of some rows, at most so many in each, with nothing computed yet."""
    fired = () if gaps == "as they are" else tuple(plan.scorecard.rules)
    for number, variant in enumerate(scores.variants):
        mine = rows[scores.at[rows] == number]
        settled: dict[str, Any] = {}
        for start in range(0, len(mine), most):
            index = mine[start : start + most]
            yield Block(
                scorecard=plan.scorecard,
                variant=variant,
                table=scores.table,
                index=index,
                rows=len(index),
                fits=scores.fits,
                gaps=gaps,
                trace={} if trace else None,
                settled=settled,
                supposed=scores.supposed,
                fired={rule: np.asarray(scores.cells[f"rule.{rule}.#fired"])[index] for rule in fired},
            )


def tried(
    plan: Plan, scores: PeriodScores, rows: NDArray[np.intp], values: Mapping[str, NDArray[np.float64]], cells: Iterable[str]
) -> Mapping[str, Value]:
    """Cells of some rows, which may come more than once, under supposed values of metrics, one per row; where NaN, as measured.

    Peers are as they were.
    """
    wanted = tuple(cells)
    found = Columns(len(rows))
    for places, block in trials(plan, scores, rows, values):
        for name in wanted:
            found.write(name, places, block.read(name))
    return found.columns


def trials(
    plan: Plan, scores: PeriodScores, rows: NDArray[np.intp], values: Mapping[str, NDArray[np.float64]]
) -> Iterator[tuple[NDArray[np.intp], Block]]:
    """Whole blocks of some rows under supposed values, as in `tried`, each with the places of its rows among those asked."""
    for number, variant in enumerate(scores.variants):
        mine = np.flatnonzero(scores.at[rows] == number)
        settled: dict[str, Any] = {}
        for start in range(0, len(mine), BLOCK):
            places = mine[start : start + BLOCK]
            block = Block(
                scorecard=plan.scorecard,
                variant=variant,
                table=scores.table,
                index=rows[places],
                rows=len(places),
                fits=scores.fits,
                settled=settled,
                supposed={**scores.supposed, **{metric: given[places] for metric, given in values.items()}},
            )
            for cell in plan.cells:
                compute(block, cell)
            yield places, block


def _blocks(plan: Plan, scores: PeriodScores, fits: Mapping[str, Fit], traced: bool) -> Iterator[Block]:
    table, variants, at = scores.table, scores.variants, scores.at
    settled: list[dict[str, Any]] = [{} for _ in variants]

    def block(number: int, index: slice | NDArray[np.intp], rows: int) -> Block:
        return Block(
            scorecard=plan.scorecard,
            variant=variants[number],
            table=table,
            index=index,
            rows=rows,
            fits=fits,
            trace={} if traced else None,
            settled=settled[number],
            supposed=scores.supposed,
        )

    if not len(table):
        yield block(0, slice(0, 0), 0)
    for start in range(0, len(table), step := BLOCK * len(variants)):
        end = min(start + step, len(table))
        if len(variants) == 1:
            yield block(0, slice(start, end), end - start)
            continue
        here = at[start:end].astype(np.min_scalar_type(len(variants)))
        order = start + np.argsort(here, kind="stable")
        for number, mine in enumerate(np.split(order, np.cumsum(np.bincount(here, minlength=len(variants)))[:-1])):
            for index in np.array_split(mine, max(round(len(mine) / BLOCK), 1)):
                yield block(number, index, len(index))


def _stages(plan: Plan) -> list[tuple[list[PlanCell], list[PlanCell]]]:
    """The cells by stage; the peers that a stage reads are fitted before it begins."""
    last = max((cell.stage for cell in plan.cells), default=0)
    stages: list[tuple[list[PlanCell], list[PlanCell]]] = [([], []) for _ in range(last + 1)]
    for cell in plan.cells:
        peers, cells = stages[cell.stage]
        cells.append(cell)
        if isinstance(cell.step, Peer):
            peers.append(cell)
    return stages


def _spent(plan: Plan, wanted: Collection[str]) -> dict[str, list[str]]:
    """By cell, the values of metrics that nothing reads after it; a band is read off value and score."""
    last: dict[str, str] = {}
    for cell in plan.cells:
        for name in cell.reads:
            node, _, facet = name.rpartition(".")
            if facet == "value" or (facet == "score" and not isinstance(cell.step, Adjust | Combine)):
                last[f"{node}.value"] = cell.name
    kept = {name.rpartition(".")[0] for name in wanted}
    spent: dict[str, list[str]] = {}
    for metric in plan.scorecard.metrics:
        if metric not in kept:
            spent.setdefault(last[f"{metric}.value"], []).append(f"{metric}.value")
    return spent


def _fitted(cell: PlanCell, blocks: Sequence[Block], table: PeriodTable) -> Fit:
    step = cell.step
    assert isinstance(step, Peer)
    population = Columns(len(table))
    for block in blocks:
        population.write(step.of, block.index, block.numbers(step.of))
    values = np.asarray(population.columns.get(step.of, np.empty(0)), dtype=np.float64)
    by = None if step.by is None else codes_of(table.columns[f"entity.{step.by}"])
    return fit(step.function, values, ~np.isnan(values), by, step.argument)


def _with_past(plan: Plan, table: PeriodTable, earlier: Mapping[Past, PeriodScores | None]) -> PeriodTable:
    """The table with a column for every cell of an earlier period that the plan reads."""
    columns = {name: _past_column(past, table, earlier.get(past)) for name, past in plan.past.items()}
    return replace(table, columns={**table.columns, **columns}) if columns else table


def _past_column(past: Past, table: PeriodTable, scores: PeriodScores | None) -> Value:
    if scores is None:
        return _nothing(past, len(table))
    found = scores.cells.get(past.cell)
    if found is None or not len(scores):
        return _nothing(past, len(table))
    places = np.searchsorted(scores.table.entity, table.entity).clip(max=len(scores) - 1)
    known = scores.table.entity[places] == table.entity
    if isinstance(found, Coded):
        return Coded(np.where(known, found.codes[places], np.int32(-1)), found.categories)
    values: Any = np.asarray(found)[places]
    return np.where(known, values, np.datetime64("NaT", "us") if values.dtype.kind == "M" else np.nan)


def _nothing(past: Past, rows: int) -> Value:
    """What is read of a period that is not there: no text of a band or a state, else no number."""
    if past.cell.endswith((".band", ".band_raw", ".state")):
        return Coded(np.full(rows, -1, dtype=np.int32), ())
    return np.full(rows, np.nan)
