"""What would be, as JSON: one entity's nodes before and after, or how everybody's bands change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from scorecard.advice.whatif import Outcome, band_moves, numbers
from scorecard.evaluation.evaluation import Evaluation
from scorecard.model.definition import Constant
from scorecard.report.beside import beside, both, record
from scorecard.report.digits import one
from scorecard.report.tabular import as_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Everybody:
    """An outcome for all entities: the mean scores, and how many go from which band to which."""

    supposed: tuple[str, ...]
    before: float | None
    after: float | None
    moves: Mapping[tuple[str | None, str | None], int]

    @property
    def moved(self) -> int:
        """How many would have another band."""
        return sum(count for (old, new), count in self.moves.items() if old != new)


def everybody(outcome: Outcome) -> Everybody:
    """The means over those with a score on both sides."""
    both_scored = ~np.isnan(outcome.moved)
    before, after = (numbers(scores, "total.score")[both_scored] for scores in (outcome.before, outcome.after))
    means = (float(before.mean()), float(after.mean())) if both_scored.any() else (None, None)
    supposed = tuple(each.text for each in outcome.supposed)
    return Everybody(supposed=supposed, before=means[0], after=means[1], moves=band_moves(outcome))


@dataclass(frozen=True, slots=True)
class Unseen:
    """A value that is supposed and that nobody has: what everybody has lies between `low` and `high`."""

    metric: str
    number: float
    low: float
    high: float


def unseen(outcome: Outcome) -> Iterator[Unseen]:
    """The supposed values that are lower or higher than any in the period and lie beyond worst and target as well."""
    for one_supposed in outcome.supposed:
        column = outcome.before.cells.get(f"{one_supposed.node}.value")
        if one_supposed.key or not isinstance(column, np.ndarray) or column.dtype.kind != "f":
            continue
        known = [*column[~np.isnan(column)].tolist(), *_ends(outcome, one_supposed.node)]
        if known and not min(known) <= one_supposed.number <= max(known):
            yield Unseen(one_supposed.node, one_supposed.number, min(known), max(known))


def _ends(outcome: Outcome, metric: str) -> Iterator[float]:
    """Worst and target where they are plain numbers."""
    for variant in outcome.before.variants:
        for end in (variant.metrics[metric].worst, variant.metrics[metric].target):
            if isinstance(end, Constant):
                yield end.value


def everybody_json(evaluation: Evaluation, outcomes: Sequence[Outcome], names: Sequence[str] = ()) -> str:
    """A list with an entry for each thing that is supposed, with its name where it is a scenario."""
    return as_json(_named([_everybody(outcome) for outcome in outcomes], names))


def entity_json(evaluation: Evaluation, outcomes: Sequence[Outcome], key: dict[str, str], names: Sequence[str] = ()) -> str:
    """A list with an entry for each thing that is supposed: every node before and after."""
    return as_json(_named([_entity(evaluation, outcome, key) for outcome in outcomes], names))


def _named(records: list[dict[str, Any]], names: Sequence[str]) -> list[dict[str, Any]]:
    return [{"scenario": name, **record} for name, record in zip(names, records, strict=True)] if names else records


def _everybody(outcome: Outcome) -> dict[str, Any]:
    found = everybody(outcome)
    moves = [{"from": old, "to": new, "count": count} for (old, new), count in found.moves.items()]
    means = {"before": one(found.before), "after": one(found.after)}
    return {"supposed": list(found.supposed), "period": outcome.period.label, **means, "bands": moves}


def _entity(evaluation: Evaluation, outcome: Outcome, key: dict[str, str]) -> dict[str, Any]:
    before, after = both(evaluation, outcome.evaluation, key, outcome.period.label)
    nodes = [record(node) for node in beside(before, after)]
    return {"supposed": [each.text for each in outcome.supposed], "period": outcome.period.label, "key": dict(before.key), "nodes": nodes}
