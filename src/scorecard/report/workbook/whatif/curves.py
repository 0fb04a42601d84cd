"""From value to score in formulas: which curve, and through what."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from scorecard.model.definition import Metric, Range
from scorecard.model.formula import Kind
from scorecard.report.workbook.excel_parts import NULL, figure, quoted
from scorecard.report.workbook.whatif.calculation import Calculation
from scorecard.report.workbook.whatif.figures import Figures
from scorecard.report.workbook.whatif.grid import ref
from scorecard.report.workbook.whatif.ladders import Ladder, Ladders
from scorecard.scoring.bands import anchor_score
from scorecard.scoring.cells.curve import scored


class Curves:
    """The curves of all metrics, as formulas over the value and the numbers that apply."""

    def __init__(self, calculation: Calculation, figures: Figures) -> None:
        self._calculation = calculation
        self._figures = figures
        self._ladders = Ladders(calculation, figures)
        scorecard = calculation.scorecard
        self._scale = scorecard.scale
        self._starts = [band.start for band in scorecard.bands if band.start is not None]
        self._ids = [band.id for band in scorecard.bands if band.start is not None]
        order = range(len(self._ids))
        self._order = list(reversed(order)) if self._scale.lower_is_better else list(order)

    def score(self, id: str) -> tuple[str, str | None]:
        """The formula of a metric's score before its rounding, and the block of scores that it can earn."""
        drawn: dict[tuple[object, ...], Ladder] = {}
        variants = [variant.metrics[id] for variant in self._calculation.variants]
        for metric in variants:
            if (form := _form(metric)) not in drawn:
                drawn[form] = self._drawn(metric, form, [one if _form(one) == form else None for one in variants], len(drawn))
        ladders = [drawn[_form(metric)] for metric in variants]
        scores = ladders[0].scores if len(drawn) == 1 else None
        return self._calculation.by_variant([ladder.score for ladder in ladders]), scores

    def _drawn(self, metric: Metric, form: tuple[object, ...], variants: Sequence[Metric | None], number: int) -> Ladder:
        kind = metric.curve.kind
        if not scored(metric) or (self._calculation.kind(metric.id) is not Kind.NUMBER and kind not in ("lookup", "formula")):
            return Ladder(quoted(""))
        match kind:
            case "identity":
                return Ladder(self._calculation.clamped(f"({ref(metric.id, 'given')}+0)"))
            case "formula":
                return self._formula(metric)
            case "steps":
                return self._ladders.steps(metric, variants, number)
            case "lookup":
                return self._ladders.lookup(metric, variants, number)
            case "points":
                points = list(self._points(metric, variants, number))
                ladder = self._ladders.lines(metric, points, number, logarithmic=False)
                return Ladder(self._calculation.clamped(ladder.score), ladder.scores)
        ends = list(self._ends(metric, with_thresholds=kind == "straight"))
        return self._ladders.lines(metric, ends, number, logarithmic=kind == "log")

    # ------------------------------------------------------------ straight lines

    def _ends(self, metric: Metric, *, with_thresholds: bool) -> Iterator[tuple[str, str]]:
        """The anchors from worst to target: the mention of the value, and the score."""
        worst, best = (_score(end) for end in (self._scale.worst, self._scale.best))
        if isinstance(metric.worst, Range):
            target = ("target.low", "target.high") if isinstance(metric.target, Range) else ("target", "target")
            left, right = (ref(metric.id, end) for end in target)
            yield from ((ref(metric.id, "worst.low"), worst), (left, best), (right, best), (ref(metric.id, "worst.high"), worst))
            return
        yield ref(metric.id, "worst"), worst
        if with_thresholds:
            for place in self._order:
                if self._figures.has_threshold(metric.id, self._ids[place]):
                    score = anchor_score(place, self._starts, self._scale)
                    yield ref(metric.id, "threshold", self._ids[place]), _score(score)
        yield ref(metric.id, "target"), best

    def _points(self, metric: Metric, variants: Sequence[Metric | None], number: int) -> Iterator[tuple[str, str]]:
        for place in range(len(metric.curve.points)):
            pairs = [None if one is None else one.curve.points[place] for one in variants]
            yield (
                self._figures.further(
                    metric.id, f"point.{number}.{place}.value", [None if pair is None else pair[0] for pair in pairs], "point", at=place
                ),
                self._figures.further(
                    metric.id,
                    f"point.{number}.{place}.score",
                    [None if pair is None else pair[1] for pair in pairs],
                    "point_score",
                    at=place,
                ),
            )

    def _formula(self, metric: Metric) -> Ladder:
        formula = metric.curve.formula
        assert formula is not None
        calculation = self._calculation
        variant = next(
            one for one in calculation.variants if one.metrics[metric.id].curve == metric.curve and _same_params(one.metrics, metric)
        )
        translator = calculation.translator(variant, metric.id)
        return Ladder(self._calculation.clamped(translator.number(formula.tree)))


def _same_params(metrics: Mapping[str, Metric], metric: Metric) -> bool:
    return metrics[metric.id].params == metric.params


def _score(score: float | None) -> str:
    return quoted(NULL) if score is None or not math.isfinite(score) else figure(score)


def _form(metric: Metric) -> tuple[object, ...]:
    """What two segments must have in common so that one ladder does for both; numbers may differ."""
    curve = metric.curve
    pairs = (isinstance(metric.worst, Range), isinstance(metric.target, Range), metric.worst is None, metric.target is None)
    steps = tuple((step.edge is None, step.inclusive) for step in curve.steps)
    params = tuple(sorted((key, repr(value)) for key, value in metric.params.items())) if curve.formula is not None else ()
    return (curve.kind, pairs, len(curve.points), steps, tuple(curve.lookup), curve.otherwise is None, repr(curve.formula), params)
