"""What the semantic checks share: issues placed by key, and the metrics as each segment judges them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from scorecard.definition.same import Same
from scorecard.definition.wording import owner
from scorecard.model.definition import Constant, Group, Metric, Number, Path, Range, Scorecard, Table
from scorecard.model.issue import Issue, Level
from scorecard.model.variant import variant_of

Way = tuple[str, ...]

LINES = ("straight", "linear", "log")
"""curves that are drawn from worst to target"""


def issue(scorecard: Scorecard, code: str, *ways: Way, level: Level = Level.ERROR, **values: object) -> Issue:
    """An issue at the first of these ways that the definition has."""
    place = next((scorecard.places[way] for way in ways if way in scorecard.places), None)
    return Issue(code=code, place=place, level=level, values={"owner": owner(ways[0]), **values})


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A metric with the numbers of one segment, or as written; `ways` to a key of it, the segment's first."""

    metric: Metric
    segment: str | None = None

    def ways(self, *key: str) -> tuple[Way, ...]:
        """The ways to the value of a key, nearest first."""
        plain = ("metrics", self.metric.id)
        ways: list[Way] = [(*plain, *key), plain]
        if self.segment is not None:
            inside = ("segments", self.segment, "metrics", self.metric.id)
            ways = [(*inside, *key), inside, *ways]
        return tuple(ways)


def judged(scorecard: Scorecard) -> tuple[Judged, ...]:
    """Every metric as written, and as each segment that changes it makes it."""
    return _judged(Same(scorecard))


@lru_cache(maxsize=1)  # every check asks for those of one scorecard before it is the next one's turn
def _judged(same: Same[Scorecard]) -> tuple[Judged, ...]:
    scorecard = same.one
    found = [Judged(metric=metric) for metric in scorecard.metrics.values()]
    for segment in scorecard.segments.values():
        changed = dict.fromkeys(change.node for change in segment.changes)
        if not changed.keys().isdisjoint(scorecard.metrics):
            variant = variant_of(scorecard, (segment.id,))
            found += [Judged(metric=variant.metrics[id], segment=segment.id) for id in changed if id in variant.metrics]
    return tuple(found)


def weighed(scorecard: Scorecard) -> Iterator[tuple[Group | Metric, Number, tuple[Way, ...]]]:
    """Every weight that is a number, with the ways to it."""
    for section, nodes in (("groups", scorecard.groups), ("metrics", scorecard.metrics)):
        for id, node in nodes.items():
            if node.weight != "sum":
                yield node, node.weight, ((section, id, "weight"), (section, id))
    for segment in scorecard.segments.values():
        for change in segment.changes:
            if change.key == ("weight",) and change.value != "sum":
                section = "metrics" if change.node in scorecard.metrics else "groups"
                yield scorecard.node(change.node), change.value, (("segments", segment.id, section, change.node, "weight"),)


def constants(number: Number | Range | None) -> tuple[float, ...]:
    """The values a number is known to take before any data are read."""
    match number:
        case Constant(value):
            return (value,)
        case Path(points):
            return tuple(value for _, value in points)
        case Table(entries):
            return tuple(entries.values())
        case Range(low, high):
            return (*constants(low), *constants(high))
    return ()


def fixed(number: Number | Range | None) -> float | None:
    """The one value of a constant; None for everything else."""
    return number.value if isinstance(number, Constant) else None


def written(value: float) -> str:
    """A number as people write it."""
    return f"{value:.12g}"
