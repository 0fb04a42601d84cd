"""From what a curve or a group gave to a node's score and band: ends, rounding, rules, bands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scorecard.model.definition import Group, Item, Metric, Rounding, Rule, RuleKind
from scorecard.model.formula import Kind
from scorecard.model.plan import Adjust, Condition
from scorecard.report.labels import INSUFFICIENT
from scorecard.report.workbook.excel_parts import ABSENT, NULL, NotExpressibleError, figure, quoted
from scorecard.report.workbook.whatif import combining
from scorecard.report.workbook.whatif.calculation import Calculation
from scorecard.report.workbook.whatif.figures import Figures
from scorecard.report.workbook.whatif.grid import ref
from scorecard.scoring.block import Block
from scorecard.scoring.cells.adjust import amount
from scorecard.scoring.rounding import span_of, tidy_digits

_LARGE = "1E+300"


class Adjusting:
    """The steps that metrics and groups have in common."""

    def __init__(self, calculation: Calculation, figures: Figures) -> None:
        self._calculation = calculation
        self._figures = figures
        self._scale = calculation.scorecard.scale
        self._digits = tidy_digits(span_of(self._scale))
        self._conditions = {cell.step.adjustment: cell.step for cell in calculation.plan.cells if isinstance(cell.step, Condition)}
        self._rules = {cell.step.node: cell.step.rules for cell in calculation.plan.cells if isinstance(cell.step, Adjust)}
        self.worst: dict[str, str | None] = {}
        """by metric of an open scale the block of scores that it can earn"""

    def steps(self, node: Item) -> Iterator[tuple[str, str]]:
        """Ruled, score, state, the bands before and after the rules."""
        id = node.id
        raw, was = ref(id, "raw"), ref(id, "was")
        rules = [self._calculation.scorecard.rules[rule] for rule in self._rules.get(id, ())]
        for rule in rules:
            self._rule(rule)
        moving = [rule for rule in rules if rule.kind is not RuleKind.BAND]
        if rules:
            acting = f"OR({','.join(ref('rule', rule.id) for rule in rules)})"
            yield "ruled", f'IF(AND(ISNUMBER({raw}),{acting}),IFERROR({self._calculation.clamped(self._moved(raw, moving))},""),"")'
            yield "score", f"IF(AND(ISNUMBER({raw}),{acting}),{self._rounded(id, ref(id, 'ruled'), 'score')},{raw})"
            yield "state", f'IF(AND(ISNUMBER({raw}),NOT(ISNUMBER({ref(id, "score")}))),"missing",{was})'
        else:
            yield "score", raw
            yield "state", was
        if self._calculation.scorecard.bands:
            yield "band_raw", self._band(node, raw, [])
            yield "band", self._band(node, ref(id, "score"), [rule for rule in rules if rule.kind is RuleKind.BAND])

    def condition(self, node: str, step: Condition, start: date | None, end: date | None) -> str:
        """Whether a rule or an exemption holds, within its dates."""
        day = self._calculation.mine.period.last_day
        if day is not None and ((start is not None and start > day) or (end is not None and end < day)):
            return "FALSE"
        return self._calculation.condition(node, step.tree, "holds", step.adjustment, lambda block: block.read(step.adjustment))

    def rounded(self, node: str, score: str, *, clamped: bool = False, known: str | None = None) -> str:
        """A score within the scale and rounded as written; empty where there is none."""
        inner = self._calculation.clamped(score) if clamped else score
        known = f"ISNUMBER({score})" if known is None else f"AND({known},ISNUMBER({score}))"
        return f'IF({known},{self._rounded(node, inner, "raw")},"")'

    def worst_of(self, node: Item) -> str:
        """The worst score of a node: the end of the scale, or of what its curve can give."""
        if self._scale.worst is not None:
            return figure(self._scale.worst)
        scores = self.worst.get(node.id)
        if scores is None:
            return quoted("void")
        return f"{'MAX' if self._scale.lower_is_better else 'MIN'}({scores})"

    def term(self, node: Item) -> str | None:
        """What a node adds to the mean of its group, where that is geometric or a power."""
        calculation = self._calculation
        assert node.parent is not None

        def of(group: Group) -> str:
            return combining.term(group, self._scale, node.id) if group.aggregation.kind in ("geometric", "power") else quoted("")

        try:
            found = calculation.of_nodes(node.parent, of)
        except NotExpressibleError:
            return None
        return None if found == quoted("") else found

    # ------------------------------------------------------------ rules

    def _rule(self, rule: Rule) -> None:
        calculation = self._calculation
        step = self._conditions[f"rule.{rule.id}"]
        calculation.line(f"rule.{rule.id}", f"rule.{rule.id}", self.condition(rule.of, step, rule.valid_from, rule.valid_until))
        if rule.kind is RuleKind.BAND:
            return

        def of(block: Block) -> object:
            return amount(block, rule)

        if rule.band is not None or rule.amount is None:
            limits = [float(amount(_as(self._calculation.mine, variant), rule)) for variant in calculation.variants]
            found = calculation.by_variant([_limit(limit) for limit in limits])
        else:
            found = calculation.number(rule.of, f"rule.{rule.id}", [rule.amount] * len(calculation.variants), of)
        calculation.line(f"rule.{rule.id}.amount", f"rule.{rule.id}.amount", found)

    def _moved(self, raw: str, rules: list[Rule]) -> str:
        """The score after the rules, in the fixed order of their kinds."""
        score = f"({raw}+0)"
        for rule in (one for one in rules if one.kind is RuleKind.ADD):
            score = f"({score}+IF({ref('rule', rule.id)},{ref('rule', rule.id, 'amount')}+0,0))"
        for rule in (one for one in rules if one.kind is RuleKind.MULTIPLY):
            score = f"({score}*IF({ref('rule', rule.id)},{ref('rule', rule.id, 'amount')}+0,1))"
        for kind, function, sign in ((RuleKind.RAISE_TO, "MAX", "-"), (RuleKind.CAP, "MIN", "")):
            ends = [f"IF({ref('rule', one.id)},{ref('rule', one.id, 'amount')}+0,{sign}{_LARGE})" for one in rules if one.kind is kind]
            score = f"{function}({score},{','.join(ends)})" if ends else score
        return score

    # ------------------------------------------------------------ rounding

    def _rounded(self, node: str, score: str, facet: str) -> str:
        try:
            return self._calculation.of_nodes(node, lambda own: self._as_written(score, own.round))
        except NotExpressibleError:
            self._calculation.keep(node, "rounding")
            return self._calculation.looked(f"{node}.{facet}", lambda block: block.read(f"{node}.{facet}")).text

    def _as_written(self, score: str, how: Rounding | None) -> str:
        """Rounded in base ten after the tidy-up, or in doubles as JavaScript does."""
        if how is None:
            return score
        if how.binary:
            if how.mode != "half_up":
                raise NotExpressibleError("binary")
            factor = figure(10.0**how.decimals)
            return f"(INT({score}*{factor})+({score}*{factor}-INT({score}*{factor})>=0.5))/{factor}"
        tidied = f"ROUND({score},{self._digits})"
        decimals = how.decimals
        match how.mode:
            case "half_up":
                return f"ROUND({tidied},{decimals})"
            case "down":
                return f"ROUNDDOWN({tidied},{decimals})"
            case "up":
                return f"ROUNDUP({tidied},{decimals})"
            case "floor" | "ceiling" as mode:
                away, toward = ("ROUNDUP", "ROUNDDOWN") if mode == "floor" else ("ROUNDDOWN", "ROUNDUP")
                return f"IF({tidied}<0,{away}({tidied},{decimals}),{toward}({tidied},{decimals}))"
        units = f"ROUND({tidied}*{figure(10.0**decimals)},{max(self._digits - decimals, 0)})"
        even = f"IF(ABS({units}-TRUNC({units}))=0.5,2*ROUND({units}/2,0),ROUND({units},0))"
        return f"ROUND({even}/{figure(10.0**decimals)},{decimals})"

    # ------------------------------------------------------------ bands

    def _band(self, node: Item, score: str, rules: list[Rule]) -> str:
        id = node.id
        found = self._by_score(score)
        if isinstance(node, Metric) and self._calculation.kind(id) is Kind.NUMBER:
            bands = [band for band in self._figures.bands() if self._figures.has_threshold(id, band)]
            if bands:
                found = self._by_thresholds(id, bands, found)
        for rule in rules:
            assert rule.band is not None
            found = f"IF(AND({ref('rule', rule.id)},ISNUMBER({score})),{quoted(rule.band)},{found})"
        if id == "total":
            short = f'AND({ref("total", "state")}="missing",{ref("total", "short")})'
            found = f"IF({short},{quoted(INSUFFICIENT)},{found})"
        return found

    def _by_score(self, score: str) -> str:
        if not any(band.start is not None for band in self._calculation.scorecard.bands):
            return quoted("")
        below = f"INDEX({ref('bands.id')},1)" if self._scale.open else quoted("")
        found = f"LOOKUP(ROUND({score},{self._digits}),{ref('bands.start')},{ref('bands.id')})"
        return f"IF(ISNUMBER({score}),IFERROR({found},{below}),{quoted('')})"

    def _by_thresholds(self, id: str, bands: list[str], by_score: str) -> str:
        """The band of the last threshold that the value reaches; an edge belongs to the better side."""
        edges = [ref(id, "threshold", band) for band in bands]
        value = ref(id, "value")
        worst, target = (self._figures.first(id, end) for end in ("worst", "target"))
        first, last = f"IF(ISNUMBER({worst}),{worst},{_last(edges[::-1])})", f"IF(ISNUMBER({target}),{target},{_last(edges)})"
        rising = f"IFERROR({last}-{first}>=0,FALSE)"
        rising = self._calculation.line(f"{id}.rising", f"{id}.rising", rising)
        known = f"MAX(MAX({','.join(edges)}),-MIN({','.join(edges)}))"
        near = self._calculation.line(f"{id}.near", f"{id}.near", f"0.5E-9*IF({known}=0,1,{known})")
        starts = [band.id for band in self._calculation.scorecard.bands if band.start is not None]
        found = quoted(starts[-1] if self._scale.lower_is_better else starts[0])
        for band, edge in zip(bands, edges, strict=True):
            found = f"IF(AND(ISNUMBER({edge}),IF({rising},{value}>={edge}-{near},{value}<={edge}+{near})),{quoted(band)},{found})"
        null = ",".join(f"{edge}={quoted(NULL)}" for edge in edges)
        own = f'IF(OR({ref(id, "state")}="failed",NOT(ISNUMBER({value})),{null}),"",{found})'
        none = ",".join(f"{edge}={quoted(ABSENT)}" for edge in edges)
        return f"IF(AND({none}),{by_score},{own})"


def _last(edges: list[str]) -> str:
    """The last of the edges that is written."""
    found = edges[0]
    for edge in edges[1:]:
        found = f"IF({edge}={quoted(ABSENT)},{found},{edge})"
    return found


def _limit(limit: float) -> str:
    return figure(limit) if abs(limit) < 1e300 else f"{'-' if limit < 0 else ''}{_LARGE}"


def _as(block: Block, variant: object) -> Block:
    from dataclasses import replace

    return replace(block, variant=variant)  # type: ignore[arg-type]
