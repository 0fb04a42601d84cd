"""The scores of a group's children as one, in formulas over the blocks of what counts."""

from __future__ import annotations

from scorecard.model.definition import Group, Scale
from scorecard.report.workbook.excel_parts import NotExpressibleError, figure, quoted
from scorecard.report.workbook.whatif.calculation import Calculation
from scorecard.report.workbook.whatif.grid import ref
from scorecard.scoring.rounding import span_of

_NOTHING = 1e-12
_MOST_WORST = 60


def combined(calculation: Calculation, group: Group) -> str:
    """A group's score before its ends and its rounding; empty where nothing counts."""
    scale, aggregation = calculation.scorecard.scale, group.aggregation
    block = f"{group.id}.children"
    counts, taken, terms = (ref(block, facet) for facet in ("counts", "taken", "term"))
    weight = f"SUM({counts})"
    if aggregation.formula is not None:
        return _by_formula(calculation, group)
    match aggregation.kind:
        case "arithmetic":
            found = f"SUMPRODUCT({counts},{taken})/{weight}"
        case "sum":
            found = calculation.clamped(f"SUMPRODUCT({counts},{taken})")
        case "min" | "max":
            found = f"{aggregation.kind.upper()}({taken})"
        case "worst":
            found = _worst(taken, aggregation.count or 1, scale)
        case "geometric" | "power":
            power = power_of(group)
            mean = f"EXP(SUM({terms})/{weight})" if power == 0 else f"POWER(SUM({terms})/{weight},{figure(1 / power)})"
            zero = f"IF({_mapped_least(terms)},0,{mean})" if power <= 0 else mean
            found = f'IF(COUNTIF({terms},"negative")>0,"",{_mapped_back(zero, group, scale)})'
        case _:
            raise NotExpressibleError(aggregation.kind)
    return f'IF({weight}>0,{found},"")'


def power_of(group: Group) -> float:
    return 0.0 if group.aggregation.kind == "geometric" else float(group.aggregation.power or 0.0)


def term(group: Group, scale: Scale, node: str) -> str:
    """What a child adds to a geometric or power mean; a word where it is zero or negative."""
    used, counts = ref(node, "used"), ref(node, "counts")
    on = group.aggregation.on
    if on is None:
        x, span = f"({used}+0)", span_of(scale)
    else:
        if scale.worst is None or scale.best is None:
            raise NotExpressibleError("scale")
        x = f"({figure(on[0])}+({used}-{figure(scale.worst)})/{figure(scale.best - scale.worst)}*{figure(on[1] - on[0])})"
        span = abs(on[1] - on[0])
    power = power_of(group)
    of_zero = '"zero"' if power <= 0 else "0"
    of_more = f"{counts}*LN({x})" if power == 0 else f"{counts}*POWER({x},{figure(power)})"
    near = figure(_NOTHING * span)
    return f'IF({counts}>0,IF(ABS({x})<{near},{of_zero},IF({x}<0,"negative",{of_more})),0)'


def _mapped_least(terms: str) -> str:
    return f'COUNTIF({terms},"zero")>0'


def _mapped_back(mean: str, group: Group, scale: Scale) -> str:
    on = group.aggregation.on
    if on is None:
        return mean
    if scale.worst is None or scale.best is None:
        raise NotExpressibleError("scale")
    return f"{figure(scale.worst)}+({mean}-{figure(on[0])})/{figure(on[1] - on[0])}*{figure(scale.best - scale.worst)}"


def _worst(taken: str, count: int, scale: Scale) -> str:
    if count > _MOST_WORST:
        raise NotExpressibleError("worst")
    pick = "LARGE" if scale.lower_is_better else "SMALL"
    parts = [f"{pick}({taken},1)", *(f"IF(COUNT({taken})>={k},{pick}({taken},{k}),0)" for k in range(2, count + 1))]
    return f"({'+'.join(parts)})/MIN({count},COUNT({taken}))"


def _by_formula(calculation: Calculation, group: Group) -> str:
    formula = group.aggregation.formula
    assert formula is not None
    instead = {f"{child.id}.score": ref(child.id, "used") for child in calculation.children(group.id)}
    variant = next(one for one in calculation.variants if one.group(group.id).aggregation == group.aggregation)
    return f"IFERROR({calculation.translator(variant, group.id, instead).number(formula.tree)},{quoted('')})"
