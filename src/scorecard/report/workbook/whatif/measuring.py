"""From the records, or what is put in their place, to the score of a metric, in formulas."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from scorecard.expression.values import Coded
from scorecard.model.definition import Exemption, Item, Metric
from scorecard.model.formula import Kind
from scorecard.model.plan import Condition
from scorecard.model.variant import Variant
from scorecard.report.workbook.excel_parts import NULL, NotExpressibleError, quoted
from scorecard.report.workbook.whatif.adjusting import Adjusting
from scorecard.report.workbook.whatif.calculation import Calculation
from scorecard.report.workbook.whatif.curves import Curves
from scorecard.report.workbook.whatif.figures import Figures
from scorecard.report.workbook.whatif.grid import ref
from scorecard.scoring.block import Block
from scorecard.scoring.cells.states import STATES, States
from scorecard.scoring.cells.value import own_value, without_value


class Measuring:
    """The steps of metrics."""

    def __init__(self, calculation: Calculation, figures: Figures, adjusting: Adjusting) -> None:
        self._calculation = calculation
        self._figures = figures
        self._curves = Curves(calculation, figures)
        self._adjusting = adjusting
        self._conditions = {cell.step.adjustment: cell.step for cell in calculation.plan.cells if isinstance(cell.step, Condition)}

    def steps(self, metric: Metric) -> Iterator[tuple[str, str]]:
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
        away = fails(calculation, metric)
        yield "given", given
        yield "found", found if away is None else f'IF({away},"not_applicable",{found})'
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
        """A value that follows from other nodes."""
        return self._calculation.by_variant([self._formula(id, variant) for variant in self._calculation.variants])

    def _formula(self, id: str, variant: Variant) -> str:
        step = self._calculation.values[id]
        translator = self._calculation.translator(variant, id)
        if not step.choose:
            assert step.tree is not None
            match translator.kind(step.tree):
                case Kind.TEXT:
                    return translator.text(step.tree)
                case Kind.TRUTH:
                    return f"IF({translator.holds(step.tree)},1,IF({translator.fails(step.tree)},0,{quoted(NULL)}))"
            return f"IFERROR({translator.number(step.tree)},{quoted(NULL)})"
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
        return found

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


def fails(calculation: Calculation, node: Item) -> str | None:
    """Where a node does not apply; None where it always does."""
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


def _applies(block: Block, node: str) -> object:
    when = block.variant.node(node).applies_when
    return np.ones(block.rows) if when is None else block.truth(when.tree)
