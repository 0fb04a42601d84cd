"""The steps of every node: a line per node, children of one group next to each other, so that a group reads them as a block."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from scorecard.expression.values import Coded
from scorecard.model.definition import Exemption, Group, Item, Metric
from scorecard.model.formula import Cell, Kind
from scorecard.model.plan import Condition, imputed
from scorecard.report.workbook.excel_formula import NULL, NotExpressibleError, figure, quoted
from scorecard.report.workbook.whatif.adjusting import Adjusting
from scorecard.report.workbook.whatif.calculation import Calculation
from scorecard.report.workbook.whatif.combining import combined
from scorecard.report.workbook.whatif.curves import Curves
from scorecard.report.workbook.whatif.figures import Figures
from scorecard.report.workbook.whatif.grid import ref
from scorecard.scoring.block import Block
from scorecard.scoring.cells.states import STATES, States
from scorecard.scoring.cells.value import own_value, without_value

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
        self._curves = Curves(calculation, figures)
        self._adjusting = Adjusting(calculation, figures)
        self._conditions = {cell.step.adjustment: cell.step for cell in calculation.plan.cells if isinstance(cell.step, Condition)}

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
            steps = dict(self._metric(node) if isinstance(node, Metric) else self._group(node))
            steps |= dict(self._to_parent(node)) if node.parent is not None else {}
            for column, facet in enumerate(FACETS, start=1):
                key = f"{node.id}.{facet}"
                if facet in steps:
                    grid.formula(row, left + column, steps[facet], key=key)
                elif facet in ("band", "band_raw", "coverage", "value"):
                    grid.put(row, left + column, "", key=key)
                if facet in NAMED and facet in steps:
                    grid.name(key)

    # ------------------------------------------------------------ metrics

    def _metric(self, metric: Metric) -> Iterator[tuple[str, str]]:
        """From the value to the score of a metric."""
        id, calculation = metric.id, self._calculation
        self._figures.ends(id)
        given, found = self._given(metric), self._found(metric)
        for exemption in self._exemptions(id):
            holds = calculation.line(f"exemption.{exemption.id}", f"exemption.{exemption.id}", self._exempt(exemption))
            if exemption.exclude or exemption.value is None:
                found = f'IF({holds},"excluded",{found})'
                continue
            amounts = [exemption.value] * len(calculation.variants)
            amount = calculation.number(id, exemption.id, amounts, lambda block, one=exemption: block.figure(one.value))  # type: ignore[misc]
            amount = calculation.line(f"exemption.{exemption.id}.value", exemption.id, amount)
            given, found = f"IF({holds},{amount},{given})", f'IF({holds},IF(ISNUMBER({amount}),"measured","missing"),{found})'
        fails = self._fails(metric)
        yield "given", given
        yield "found", found if fails is None else f'IF({fails},"not_applicable",{found})'
        measured = f'{ref(id, "found")}="measured"'
        yield "value", f"IF({measured},{ref(id, 'given')},{quoted('' if calculation.kind(id) is Kind.TEXT else NULL)})"
        try:
            score, scores = self._curves.score(id)
        except NotExpressibleError:
            calculation.keep(id, "curve")
            score, scores = f"({calculation.looked(f'{id}.raw', lambda block: block.read(f'{id}.computed')).text}+0)", None
        self._adjusting.worst[id] = scores
        yield "unrounded", f'IF({measured},IFERROR({score},"failed"),"")'
        yield "raw", self._adjusting.rounded(id, ref(id, "unrounded"))
        yield "was", f'IF({ref(id, "unrounded")}="failed","failed",{ref(id, "found")})'
        yield from self._adjusting.steps(metric)
        values = [f"exemption.{one.id}" for one in self._exemptions(id) if not one.exclude and one.value is not None]
        given_by_exemption = f",NOT({ref(values[-1])})" if len(values) == 1 else f",NOT(OR({','.join(map(ref, values))}))" if values else ""
        yield "covered", f'IF(AND({measured},{ref(id, "was")}<>"failed"{given_by_exemption}),1,0)'
        yield "coverage", ref(id, "covered")

    def _given(self, metric: Metric) -> str:
        """The value that is put in, or the own one: looked up, or worked out of what else is changed."""
        id, calculation = metric.id, self._calculation
        step = calculation.values[id]
        formulas = [one for choice in step.choose for one in (choice.when, choice.value) if one is not None]
        trees = [*([step.tree] if step.tree is not None else []), *(formula.tree for formula in formulas)]
        own = None
        if any(map(calculation.live, trees)):
            try:
                own = self._worked_out(id)
                calculation.follows.add(id)
            except NotExpressibleError:
                calculation.keep(id, "value")
        if own is None:
            own = calculation.looked(f"{id}.value", lambda block: own_value(block, step)).text
        calculation.line(f"{id}.own", f"{id}.own", own)
        other = ref(id, "value", "if")
        return (
            f'IF({other}<>"",{other},{ref(id, "own")})'
            if calculation.kind(id) is Kind.TEXT
            else f"IF(ISNUMBER({other}),{other},{ref(id, 'own')})"
        )

    def _worked_out(self, id: str) -> str:
        calculation = self._calculation
        step = calculation.values[id]
        translator = calculation.translator(calculation.variants[0], id)
        if not step.choose:
            assert step.tree is not None
            match translator.kind(step.tree):
                case Kind.TEXT:
                    return calculation.by_variant([translator.text(step.tree)])
                case Kind.TRUTH:
                    holds, fails = translator.holds(step.tree), translator.fails(step.tree)
                    return calculation.by_variant([f"IF({holds},1,IF({fails},0,{quoted(NULL)}))"])
            return calculation.by_variant([f"IFERROR({translator.number(step.tree)},{quoted(NULL)})"])
        nothing = quoted("" if any(choice.label is not None for choice in step.choose) else NULL)
        found = nothing
        for choice in reversed(step.choose):
            if choice.label is not None:
                answer = quoted(choice.label)
            else:
                assert choice.value is not None
                answer = f"IFERROR({translator.number(choice.value.tree)},{nothing})"
            if choice.when is None:
                found = answer
            else:
                found = f"IF({translator.holds(choice.when.tree)},{answer},IF({translator.fails(choice.when.tree)},{found},{nothing}))"
        return calculation.by_variant([found])

    def _found(self, metric: Metric) -> str:
        """What became of the metric before exemptions: measured where a value is put in."""
        id, calculation = metric.id, self._calculation
        step = calculation.values[id]

        def of(block: Block) -> Coded:
            states = States(block.rows)
            without_value(block, step, states, np.zeros(block.rows))
            return Coded(states.state.astype(np.int32), STATES)

        own, other = ref(id, "own"), ref(id, "value", "if")
        is_text = calculation.kind(id) is Kind.TEXT
        null = f'{own}=""' if is_text else f"NOT(ISNUMBER({own}))"
        looked = calculation.line(f"{id}.forced", f"{id}.forced", calculation.looked(f"{id}.state", of).text)
        found = f'IF({looked}<>"measured",{looked},IF({null},"missing","measured"))'
        return f'IF({f"{other}<>" + quoted("") if is_text else f"ISNUMBER({other})"},"measured",{found})'

    def _exemptions(self, metric: str) -> Iterator[Exemption]:
        for id in self._calculation.values[metric].exemptions:
            yield self._calculation.scorecard.exemptions[id]

    def _exempt(self, exemption: Exemption) -> str:
        step = self._conditions[f"exemption.{exemption.id}"]
        return self._adjusting.condition(exemption.of, step, exemption.valid_from, exemption.valid_until)

    def _fails(self, node: Item) -> str | None:
        """Where a node does not apply; None where it always does."""
        calculation = self._calculation
        if all(variant.node(node.id).applies_when is None for variant in calculation.variants):
            return None

        def half(one: Item, place: int) -> str:
            when = one.applies_when
            return "FALSE" if when is None else calculation.translator(calculation.variants[place], node.id).fails(when.tree)

        try:
            formula = calculation.by_variant([half(variant.node(node.id), k) for k, variant in enumerate(calculation.variants)])
        except NotExpressibleError:
            calculation.keep(node.id, "condition")
            formula = f"({calculation.looked(f'{node.id}.applies', lambda block: _applies(block, node.id)).text}=0)"
        return calculation.line(f"{node.id}.fails", f"{node.id}.fails", formula)

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
        if (fails := self._fails(group)) is not None:
            was = f'IF({fails},"not_applicable",{was})'
        if children:
            was = f'IF(AND(SUMPRODUCT({applies}*({full}>0))=0,SUM({full})>0),"not_applicable",{was})'
            weights = f"SUMPRODUCT({applies},{full})"
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
        if isinstance(node, Group) and any(variant.node(id).weight == "sum" for variant in calculation.variants):
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


def _applies(block: Block, node: str) -> object:
    when = block.variant.node(node).applies_when
    return np.ones(block.rows) if when is None else block.truth(when.tree)
