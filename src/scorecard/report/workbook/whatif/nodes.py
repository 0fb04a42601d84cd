"""The steps of every node: a line per node, children of one group next to each other, so that a group reads them as a block."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.model.definition import Group, Item, Metric
from scorecard.model.formula import Cell
from scorecard.model.plan import imputed
from scorecard.report.workbook.excel_parts import NotExpressibleError, figure, quoted
from scorecard.report.workbook.whatif.adjusting import Adjusting
from scorecard.report.workbook.whatif.calculation import Calculation
from scorecard.report.workbook.whatif.combining import combined
from scorecard.report.workbook.whatif.figures import Figures
from scorecard.report.workbook.whatif.grid import ref
from scorecard.report.workbook.whatif.measuring import Measuring, fails

FACETS = (
    "given",
    "found",
    "value",
    "unrounded",
    "raw",
    "ruled",
    "score",
    "was",
    "state",
    "band_raw",
    "band",
    "covered",
    "coverage",
    "used",
    "weighs",
    "weighs_fully",
    "counts",
    "taken",
    "term",
    "applies",
)
"""the columns of the steps, in the order in which they follow from each other"""
NAMED = frozenset({"value", "score", "state", "band", "coverage", "raw"})
_AWAY = ("not_applicable", "excluded")


class Nodes:
    """All nodes of the tree, in formulas."""

    def __init__(self, calculation: Calculation, figures: Figures) -> None:
        self._calculation = calculation
        self._figures = figures
        self._adjusting = Adjusting(calculation, figures)
        self._measuring = Measuring(calculation, figures, self._adjusting)

    def write(self) -> None:
        """The table of the nodes, and the lines that they read."""
        calculation, grid = self._calculation, self._calculation.grid
        top, left = calculation.next, calculation.left
        order = list(_by_parent(calculation, calculation.scorecard.total))
        for column, facet in enumerate(FACETS, start=1):
            grid.put(top, left + column, facet, calculation.book.quiet)
        places = {node.id: row for row, node in enumerate(order, start=top + 1)}
        for group in (calculation.scorecard.total, *calculation.scorecard.groups.values()):
            rows = [places[child.id] for child in calculation.children(group.id)]
            for column, facet in enumerate(FACETS, start=1):
                if rows:
                    grid.mark(f"{group.id}.children.{facet}", (rows[0], left + column, rows[-1], left + column))
        calculation.next = top + len(order) + 2
        for node in order:
            row = places[node.id]
            grid.put(row, left, calculation.title(node.id), calculation.book.quiet)
            steps = dict(self._measuring.steps(node) if isinstance(node, Metric) else self._group(node))
            steps |= dict(self._to_parent(node)) if node.parent is not None else {}
            for column, facet in enumerate(FACETS, start=1):
                key = f"{node.id}.{facet}"
                if facet in steps:
                    grid.formula(row, left + column, steps[facet], key=key)
                elif facet in ("band", "band_raw", "coverage", "value"):
                    grid.put(row, left + column, "", key=key)
                if facet in NAMED and facet in steps:
                    grid.name(key)

    # ------------------------------------------------------------ groups

    def _group(self, group: Group) -> Iterator[tuple[str, str]]:
        """From the scores of the children to that of a group."""
        id, calculation = group.id, self._calculation
        children = calculation.children(id)
        block = f"{id}.children"
        full, used, applies = (ref(block, facet) for facet in ("weighs_fully", "used", "applies"))
        try:
            unrounded = calculation.of_nodes(id, lambda own: combined(calculation, own)) if children else quoted("")
        except NotExpressibleError:
            calculation.keep(id, "aggregation")
            unrounded = calculation.looked(f"{id}.computed", lambda block: block.read(f"{id}.computed")).text
        yield "unrounded", unrounded
        yield "raw", self._adjusting.rounded(id, ref(id, "unrounded"), clamped=True, known=f'{ref(id, "was")}="measured"')
        short = self._short(group)
        if children:
            gaps = [f"NOT(ISNUMBER({ref(id, 'unrounded')}))", f'SUMPRODUCT(({used}="void")*({full}>0))>0', f"SUM({full})=0", short]
            was = f'IF(OR({",".join(gaps)}),"missing","measured")'
        else:
            was = '"missing"'
        if (away := fails(calculation, group)) is not None:
            was = f'IF({away},"not_applicable",{was})'
        if children:
            was = f'IF(AND(SUMPRODUCT({applies}*({full}>0))=0,SUM({full})>0),"not_applicable",{was})'
            weights = f"SUMPRODUCT({applies}*{full}*ISNUMBER({ref(block, 'coverage')}))"
            yield "coverage", f'IF({weights}>0,SUMPRODUCT({applies},{full},{ref(block, "covered")})/{weights},"")'
            yield "covered", f"IF(ISNUMBER({ref(id, 'coverage')}),{ref(id, 'coverage')},0)"
        else:
            yield "covered", "0"
        yield "was", was
        yield from self._adjusting.steps(group)

    def _short(self, group: Group) -> str:
        """Where less is measured than the group asks for."""
        calculation = self._calculation
        numbers = [variant.group(group.id).coverage for variant in calculation.variants]
        least = calculation.number(
            group.id, f"{group.id}.least", numbers, lambda block: block.figure(block.variant.group(group.id).coverage)
        )
        least = calculation.line(f"{group.id}.least", f"{group.id}.least", least)
        return calculation.line(f"{group.id}.short", f"{group.id}.short", f"IFERROR({ref(group.id, 'covered')}<{least}-1E-9,FALSE)")

    # ------------------------------------------------------------ what the parent takes

    def _to_parent(self, node: Item) -> Iterator[tuple[str, str]]:
        """What the group above takes for a node, and with which weight."""
        id, calculation = node.id, self._calculation
        score, state = ref(id, "score"), ref(id, "state")
        yield "used", calculation.of_nodes(id, lambda own: self._used(own, score, state))
        if isinstance(node, Group) and self._weighs_as_sum(node):
            block = f"{id}.children"
            counted, full = f"SUM({ref(block, 'counts')})", f"SUMPRODUCT({ref(block, 'applies')},{ref(block, 'weighs_fully')})"
            some = bool(calculation.children(id))
            self._figures.weight_of_sum(id, full if some else "0")
            own = f"IF(ISNUMBER({ref(id, 'weight', 'if')}),{ref(id, 'weight')},{{}})"
            counts = own.format(f"IF(ISNUMBER({ref(id, 'unrounded')}),{counted},{full})" if some else "0")
            yield "weighs", f"IF(ISNUMBER({counts}),MAX({counts},0),0)"
            yield "weighs_fully", own.format(full if some else "0")
        else:
            self._figures.weight(id)
            yield "weighs", f"IF(ISNUMBER({ref(id, 'weight')}),MAX({ref(id, 'weight')},0),0)"
            yield "weighs_fully", ref(id, "weighs")
        yield "counts", f"IF(AND(ISNUMBER({ref(id, 'used')}),{ref(id, 'weighs')}>0),{ref(id, 'weighs')},0)"
        yield "taken", f'IF({ref(id, "counts")}>0,{ref(id, "used")},"")'
        yield "applies", f"IF(OR({','.join(f'{state}={quoted(away)}' for away in _AWAY)}),0,1)"
        if (term := self._adjusting.term(node)) is not None:
            yield "term", term

    def _weighs_as_sum(self, group: Group) -> bool:
        """Whether its weight is what those of its children come to. Raises NotExpressibleError where that is so in some segments only."""
        found = {variant.group(group.id).weight == "sum" for variant in self._calculation.variants}
        if len(found) > 1:
            raise NotExpressibleError("weight")
        return found == {True}

    def _used(self, node: Item, score: str, state: str) -> str:
        policy = node.missing
        match policy.policy:
            case "skip":
                return score
            case "worst":
                filler = self._adjusting.worst_of(node)
            case "score":
                filler = figure(float(policy.score or 0.0))
            case "impute":
                mean = self._calculation.leaf(Cell(name=imputed(node.id, policy))).text
                filler = f'IF(ISNUMBER({mean}),{mean},"void")'
            case _:
                filler = quoted("void")
        away = ",".join(f"{state}={quoted(one)}" for one in _AWAY)
        return f'IF(ISNUMBER({score}),{score},IF(OR({away}),"",IF({state}="failed","void",{filler})))'


def _by_parent(calculation: Calculation, root: Group) -> Iterator[Item]:
    """The total, then the children of each group together."""
    yield root
    waiting: list[Item] = [root]
    while waiting:
        node = waiting.pop(0)
        children = calculation.children(node.id) if isinstance(node, Group) else ()
        yield from children
        waiting += children
