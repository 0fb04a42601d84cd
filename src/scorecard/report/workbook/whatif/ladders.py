"""Curves as lines that stand below each other, one for each number, with a formula over them."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from scorecard.model.definition import Metric, Range
from scorecard.report.workbook.excel_parts import ABSENT, NULL, figure, quoted
from scorecard.report.workbook.whatif.calculation import Calculation
from scorecard.report.workbook.whatif.figures import Figures
from scorecard.report.workbook.whatif.grid import ref
from scorecard.scoring.cells.curve import by_peers
from scorecard.scoring.curves.lookup import shortest

_ALONE = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_LEAST = "-1E+300"
Variants = Sequence[Metric | None]
"""the metric as each variant has it that shares the ladder"""


@dataclass(frozen=True, slots=True)
class Ladder:
    """Lines that stand below each other; `score` is the formula over them, an error where the curve has no answer."""

    score: str
    scores: str | None = None
    """the block of the scores that can be earned, where there is one"""


class Ladders:
    """Lines for the curve of a metric; those that several segments have are told apart by a number."""

    def __init__(self, calculation: Calculation, figures: Figures) -> None:
        self._calculation = calculation
        self._figures = figures
        self._scale = calculation.scorecard.scale

    def lines(self, metric: Metric, anchors: Sequence[tuple[str, str]], number: int, *, logarithmic: bool) -> Ladder:
        """Lines through the anchors; one that is not written for an entity stands where the one before it does."""
        calculation, grid = self._calculation, self._calculation.grid
        first, left = calculation.next, calculation.left
        last = first + len(anchors) - 1
        name = f"ladder.{metric.id}.{number}"
        columns = ("x", "y", "rises", "ordered")
        for place, column in enumerate(columns, start=1):
            grid.mark(f"{name}.{column}", (first, left + place, last, left + place))
        value = f"({ref(metric.id, 'given')}+0)"
        value = f"IF({value}>0,LN({value}),{_LEAST})" if logarithmic else value
        for place, (x, y) in enumerate(anchors):
            row = first + place
            grid.put(row, left, f"{calculation.title(metric.id)} {place + 1}", calculation.book.quiet)
            taken = f"IF(ISNUMBER({x}),{f'IFERROR(LN({x}),{quoted(NULL)})' if logarithmic else x},{quoted(NULL)})"
            own = (ref(f"{name}.{place}.x"), ref(f"{name}.{place}.y"))
            prior = (ref(f"{name}.{place - 1}.x"), ref(f"{name}.{place - 1}.y"))
            carried = [
                f"IF({x}={quoted(ABSENT)},{one},{other})" if 0 < place < len(anchors) - 1 else other
                for one, other in zip(prior, (taken, y), strict=True)
            ]
            grid.formula(row, left + 1, carried[0], key=f"{name}.{place}.x")
            grid.formula(row, left + 2, carried[1], key=f"{name}.{place}.y")
            if place:
                (x0, y0), (x1, y1) = prior, own
                grid.formula(row, left + 3, f"IF({x1}={x0},0,(MEDIAN({x0},{value},{x1})-{x0})/({x1}-{x0})*({y1}-{y0}))")
                ends = f"({ref(f'{name}.{len(anchors) - 1}.x')}-{ref(f'{name}.0.x')})"
                grid.formula(row, left + 4, f"OR(({x1}-{x0})*{ends}>0,AND({x1}={x0},{y1}={y0}))")
        calculation.next = last + 2
        x, y, rises, ordered = (ref(f"{name}.{column}") for column in columns)
        known = f"COUNT({x},{y})={2 * len(anchors)}"
        inside = f"{ref(f'{name}.0.y')}+SUM({rises})"
        start, end = ref(f"{name}.0.x"), ref(f"{name}.{len(anchors) - 1}.x")
        same = f"ABS({start}-{end})<=0.5E-9*MAX(ABS({start}),ABS({end}))"
        if len(anchors) == 1:
            return Ladder(f"IF({known},{inside},NA())", y)
        sound = f"AND({known},AND({ordered}),NOT({same}))"
        return Ladder(self._with_flat_peers(metric, f"IF({sound},{inside},NA())", f"AND({known},{same})", value), y)

    def _with_flat_peers(self, metric: Metric, score: str, flat: str, value: str) -> str:
        """Peers that are all alike score the middle of the scale."""
        if not any(by_peers(variant.metrics[metric.id]) for variant in self._calculation.variants) or self._scale.low is None:
            return score
        middle = figure((float(self._scale.low) + float(self._scale.high or 0.0)) / 2)
        own = ",".join(f"ISNUMBER({ref(metric.id, end, 'if')})" for end in ("worst", "target"))
        unchanged = "TRUE" if isinstance(metric.worst, Range) else f"NOT(OR({own}))"
        return f"IF(AND({unchanged},{flat}),{value}*0+{middle},{score})"

    def steps(self, metric: Metric, variants: Variants, number: int) -> Ladder:
        """The score of the first step that covers the value; an edge belongs to the step that names it, after the tidy-up."""
        calculation, grid, further = self._calculation, self._calculation.grid, self._figures.further
        name = f"ladder.{metric.id}.{number}"
        lines: list[tuple[str | None, bool, str]] = []
        for place, step in enumerate(metric.curve.steps):
            steps = [None if one is None else one.curve.steps[place] for one in variants]
            what = "step_up_to" if step.inclusive else "step_below"
            up_to = [None if one is None else one.edge for one in steps]
            edge = None if step.edge is None else further(metric.id, f"step.{number}.{place}.edge", up_to, what, at=place)
            score = further(
                metric.id, f"step.{number}.{place}.score", [None if one is None else one.score for one in steps], "step_score", at=place
            )
            lines.append((edge, step.inclusive, score))
        first, left = calculation.next, calculation.left
        last = first + len(lines) - 1
        for place, column in enumerate(("edge", "covers", "y"), start=1):
            grid.mark(f"{name}.{column}", (first, left + place, last, left + place))
        value = f"({ref(metric.id, 'given')}+0)"
        near = ref(name, "near")
        for place, (edge, inclusive, score) in enumerate(lines):
            row = first + place
            grid.put(row, left, f"{calculation.title(metric.id)} {place + 1}", calculation.book.quiet)
            if edge is not None:
                grid.formula(row, left + 1, edge)
            covers = "TRUE" if edge is None else f"{value}<={edge}+{near}" if inclusive else f"{value}<{edge}-{near}"
            grid.formula(row, left + 2, covers)
            grid.formula(row, left + 3, score)
        calculation.next = last + 1
        edges = ref(name, "edge")
        calculation.line(
            f"{name}.near", "", f"0.5E-9*IF(COUNT({edges})=0,1,IF(MAX(MAX({edges}),-MIN({edges}))=0,1,MAX(MAX({edges}),-MIN({edges}))))"
        )
        calculation.next += 1
        numbers = sum(edge is not None for edge, _, _ in lines) + len(lines)
        scores = ref(name, "y")
        found = self._calculation.clamped(f"INDEX({scores},MATCH(TRUE,{ref(name, 'covers')},0))")
        return Ladder(f"IF(COUNT({edges},{scores})={numbers},{found},NA())", scores)

    def lookup(self, metric: Metric, variants: Variants, number: int) -> Ladder:
        """The score written for the value; one without an entry gets `otherwise`, or none."""
        calculation, grid, further = self._calculation, self._calculation.grid, self._figures.further
        name = f"ladder.{metric.id}.{number}"
        value = ref(metric.id, "given")
        scores = [
            further(
                metric.id,
                f"entry.{number}.{place}",
                [None if one is None else one.curve.lookup[key] for one in variants],
                "entry",
                side=key,
            )
            for place, key in enumerate(metric.curve.lookup)
        ]
        otherwise = None
        if metric.curve.otherwise is not None:
            otherwise = further(
                metric.id, f"otherwise.{number}", [None if one is None else one.curve.otherwise for one in variants], "otherwise"
            )
        first, left = calculation.next, calculation.left
        for place, (key, score) in enumerate(zip(metric.curve.lookup, scores, strict=True)):
            grid.put(first + place, left, key, calculation.book.quiet)
            grid.formula(first + place, left + 1, _is_entry(value, key))
            grid.formula(first + place, left + 2, score)
        last = first + len(scores) - 1
        if otherwise is not None:
            grid.formula(last := last + 1, left + 1, "TRUE")
            grid.formula(last, left + 2, otherwise)
        for place, column in enumerate(("hit", "y"), start=1):
            grid.mark(f"{name}.{column}", (first, left + place, last, left + place))
        calculation.next = last + 2
        return Ladder(self._calculation.clamped(f"(INDEX({ref(name, 'y')},MATCH(TRUE,{ref(name, 'hit')},0))+0)"), ref(name, "y"))


def _is_entry(value: str, key: str) -> str:
    """Whether a value is the one that a key names: a number by its first twelve digits, a text by its letters."""
    key = shortest(key)
    text = f"AND(ISTEXT({value}),EXACT(TRIM({value}),{quoted(key)}))"
    if not _ALONE.fullmatch(key):
        return text
    number = float(key)
    near = 0.0 if number == 0 else 0.5 * 10.0 ** (math.floor(math.log10(abs(number))) - 11)
    return f"OR({text},IFERROR(ABS({value}-{figure(number)})<={figure(near)},FALSE))"
