"""The numbers of a definition that can be turned: weights, worst values, thresholds and targets, each with a range that makes sense."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from scorecard.definition.document import Where
from scorecard.evaluation.explain import written
from scorecard.model.definition import Constant, Group, Item, Metric, Number, Range, Scorecard
from scorecard.serve.scored import Scored

_STEPS = 100
"""steps from one end of a range to the other, about"""
_FINER = 3
"""times that a step may be made ten times smaller, so that a number as written lies on one"""
_MIDDLE = (2.0, 98.0)
"""percent of the values that were measured between which a slider goes, and to where it must for the numbers as written"""
_LONGEST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """A segment that puts a number of its own in the place of a dial's."""

    segment: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dial:
    """One number of a node, called as `scorecard whatif --set` calls it. A percentage is counted in points of a hundred.

    `number` is None where it is written in another way than as a plain number; `text` is how it is written.
    """

    name: str
    kind: str
    band: str | None = None
    where: Where
    text: str
    number: float | None = None
    percent: bool = False
    low: float = 0.0
    high: float = 0.0
    step: float = 1.0
    elsewhere: tuple[Elsewhere, ...] = ()
    line: int | None = None
    """where it stands in the definition itself"""

    def scalar(self, number: float) -> str | float:
        """Another number, as the definition writes it."""
        return f"{number:.12g}%" if self.percent else float(f"{number:.12g}")

    def supposed(self, number: float) -> str:
        """Another number, as `--set` takes it."""
        return f"{self.name}={number:.12g}{'%' * self.percent}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """The dials of one node, and the panels of what is directly under it."""

    node: str
    depth: int
    dials: tuple[Dial, ...]
    below: tuple[Panel, ...] = ()


def panels(found: Scored) -> tuple[Panel, ...]:
    """Where the bands of the total begin, then what is under it, in the order of the file."""
    bands = tuple(_bands(found))
    return (*([Panel(node="total", depth=1, dials=bands)] if bands else ()), *_under(found, "total", 1))


def every(found: tuple[Panel, ...]) -> dict[str, Dial]:
    """The dials that can be turned, by their names."""
    own = {dial.name: dial for panel in found for dial in panel.dials if dial.number is not None}
    return own | {name: dial for panel in found for name, dial in every(panel.below).items()}


def _bands(found: Scored) -> Iterator[Dial]:
    """The starts of all bands but the lowest, which begins where the scale does."""
    scorecard = found.evaluation.scorecard
    scale, starts = scorecard.scale, [band.start for band in scorecard.bands if band.start is not None]
    total = found.side.total
    low, high, step = _range(total[np.isfinite(total)].tolist(), starts)
    if scale.low is not None and scale.high is not None:
        low, high, step = scale.low, scale.high, _finer(10.0 ** math.floor(math.log10((scale.high - scale.low) / _STEPS)), starts)
    for band in scorecard.bands[1:]:
        if band.start is not None:
            yield Dial(
                name=f"band.{band.id}",
                kind="band",
                band=band.id,
                where=("bands", band.id, "from"),
                text=f"{band.start:.12g}",
                number=_clean(band.start),
                low=low,
                high=high,
                step=step,
            )


def _under(found: Scored, group: str, depth: int) -> Iterator[Panel]:
    scorecard = found.evaluation.scorecard
    children = scorecard.children(group)
    numbers = [child.weight.value for child in children if isinstance(child.weight, Constant)]
    heaviest = max(numbers, default=1.0) or 1.0
    for child in children:
        own = [_weight(scorecard, child, heaviest)]
        if isinstance(child, Metric):
            own += _of_metric(found, child)
        below = tuple(_under(found, child.id, depth + 1)) if isinstance(child, Group) else ()
        yield Panel(node=child.id, depth=depth, dials=tuple(own), below=below)


def _weight(scorecard: Scorecard, node: Item, heaviest: float) -> Dial:
    section = "metrics" if isinstance(node, Metric) else "groups"
    where = (section, node.id, "weight")
    name = f"weight.{node.id}"
    if not isinstance(node.weight, Constant):
        text = node.weight if isinstance(node.weight, str) else _short(node.weight)
        return Dial(name=name, kind="weight", where=where, text=text, line=_line(scorecard, where))
    number = node.weight.value
    step = _finer(10.0 ** math.floor(math.log10(2 * heaviest / 40)), [number])
    elsewhere = _elsewhere(scorecard, node.id, ("weight",), percent=False)
    high = math.ceil(2 * heaviest / step - 1e-9) * step
    return Dial(
        name=name, kind="weight", where=where, text=f"{number:.12g}", number=number, high=_clean(high), step=step, elsewhere=elsewhere
    )


def _of_metric(found: Scored, metric: Metric) -> Iterator[Dial]:
    """Worst, thresholds and target, in the order in which the value goes through them."""
    numbers: list[tuple[str, str | None, Number | Range]] = []
    if metric.worst is not None:
        numbers.append(("worst", None, metric.worst))
    numbers += [("threshold", band, number) for band, number in metric.thresholds.items()]
    if metric.target is not None:
        numbers.append(("target", None, metric.target))
    percent = metric.unit == "percent"
    plain = [number.value * (100 if percent else 1) for _, _, number in numbers if isinstance(number, Constant)]
    low, high, step = _range(_measured(found, metric.id, percent), [_clean(number) for number in plain])
    for kind, band, number in numbers:
        key = (kind,) if band is None else ("thresholds", band)
        name = f"{kind}.{metric.id}" + (f".{band}" if band is not None else "")
        where = ("metrics", metric.id, *key)
        if not isinstance(number, Constant):
            line = _line(found.evaluation.scorecard, where)
            yield Dial(name=name, kind=kind, band=band, where=where, text=_short(number), line=line)
            continue
        yield Dial(
            name=name,
            kind=kind,
            band=band,
            where=where,
            text=_text(number, percent=percent),
            number=_clean(number.value * (100 if percent else 1)),
            percent=percent,
            low=low,
            high=high,
            step=step,
            elsewhere=_elsewhere(found.evaluation.scorecard, metric.id, key, percent=percent),
        )


def _elsewhere(scorecard: Scorecard, node: str, key: tuple[str, ...], *, percent: bool) -> tuple[Elsewhere, ...]:
    return tuple(
        Elsewhere(segment=segment.id, number=_text(change.value, percent=percent))
        for segment in scorecard.segments.values()
        for change in segment.changes
        if change.node == node and change.key == key
    )


def _line(scorecard: Scorecard, where: Where) -> int | None:
    place = scorecard.places.get(tuple(map(str, where)))
    return place.line if place is not None and place.file == scorecard.files[0] else None


def _text(number: Number | Range | None, *, percent: bool) -> str:
    if isinstance(number, Constant) and percent:
        return f"{number.value * 100:.12g}%"
    return "–" if number is None else _short(number)


def _short(number: Number | Range) -> str:
    text = written(number)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _measured(found: Scored, metric: str, percent: bool) -> list[float]:
    """Between which values most entities lie; nothing where values are no numbers."""
    cell = found.scores.cells.get(f"{metric}.value")
    values = np.asarray(cell, dtype=np.float64) if isinstance(cell, np.ndarray) and cell.dtype.kind in "fiu" else np.empty(0)
    values = values[np.isfinite(values)]
    return [float(end) * (100 if percent else 1) for end in np.percentile(values, _MIDDLE)] if len(values) else []


def _range(measured: Sequence[float], numbers: Sequence[float]) -> tuple[float, float, float]:
    """Ends and step of a slider: what is measured and what is written lie within, with some room around what is written."""
    everything = [*measured, *numbers] or [0.0, 1.0]
    length = max(everything) - min(everything) or abs(everything[0]) or 1.0
    step = 10.0 ** math.floor(math.log10(length / _STEPS * 2))
    low, high = min(everything) - 0.1 * length, max(everything) + 0.1 * length
    if min(everything) >= 0:
        low = max(low, 0.0)
    step = _finer(step, numbers)
    return _clean(math.floor(low / step) * step), _clean(math.ceil(high / step) * step), step


def _finer(step: float, numbers: Sequence[float]) -> float:
    """The step, or a finer one on which all numbers lie."""
    for _ in range(_FINER):
        if all(abs(number / step - round(number / step)) < 1e-6 for number in numbers):
            break
        step /= 10
    return _clean(step)


def _clean(number: float) -> float:
    return float(f"{number:.12g}")
