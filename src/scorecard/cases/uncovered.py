"""What no case of a definition shows: its bands, rules, segments, recommendations, and what it does with missing data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from scorecard.cases.run import Tried, fired, nodes
from scorecard.evaluation.explain import Explained
from scorecard.model.definition import Constant, Group, Item, Scorecard
from scorecard.model.state import State
from scorecard.scoring.cells.states import INSUFFICIENT

Kind = Literal["bands", "rules", "segments", "exemptions", "recommendations", "missing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Of all there are of a kind, those that some case shows and those that none does, in the definition's order."""

    kind: Kind
    shown: tuple[str, ...]
    not_shown: tuple[str, ...]


def coverage(scorecard: Scorecard, tried: Sequence[Tried]) -> tuple[Shown, ...]:
    """Every kind that the definition has something of."""
    explained = [one.explanation for one in tried if one.explanation is not None]
    every = [node for one in explained for node in nodes(one.total)]
    by_kind: Mapping[Kind, tuple[Iterable[str], Iterable[str | None]]] = {
        "bands": (_bands(scorecard), [one.total.band for one in explained]),
        "rules": (scorecard.rules, [id for one in explained for id in fired(one)]),
        "segments": (scorecard.segments, [id for one in explained for id in one.segments]),
        "exemptions": (scorecard.exemptions, [node.exempted.id for node in every if node.exempted is not None]),
        "recommendations": (scorecard.recommendations, [id for one in tried for id in one.recommended]),
        "missing": (_paths(scorecard), [path for node in every for path in _taken(node)]),
    }
    return tuple(_shown(kind, list(there), set(met)) for kind, (there, met) in by_kind.items() if there)


def _shown(kind: Kind, there: list[str], met: set[str | None]) -> Shown:
    return Shown(
        kind=kind,
        shown=tuple(name for name in there if name in met),
        not_shown=tuple(name for name in there if name not in met),
    )


def _bands(scorecard: Scorecard) -> list[str]:
    bands = [band.id for band in scorecard.bands]
    return [*bands, INSUFFICIENT] if bands and _needs_coverage(scorecard.total) else bands


def _paths(scorecard: Scorecard) -> list[str]:
    """What may happen with missing data: a filler of each node that has one, a group below its coverage, a weight given to the others."""
    every: list[Item] = [*scorecard.groups.values(), *scorecard.metrics.values()]
    filled = [f"{node.id}: {node.missing.policy}" for node in every if node.missing.policy != "skip"]
    below = [f"{group.id}: coverage" for group in (scorecard.total, *scorecard.groups.values()) if _needs_coverage(group)]
    return [*filled, *below, *(["skip"] if len(filled) < len(every) else [])]


def _taken(node: Explained) -> Iterator[str]:
    if node.score is None and node.state is State.MISSING:
        yield "skip" if node.missing.policy == "skip" else f"{node.id}: {node.missing.policy}"
    if node.wanted and node.coverage is not None and node.coverage < node.wanted:
        yield f"{node.id}: coverage"


def _needs_coverage(group: Group) -> bool:
    return group.coverage != Constant(0.0)
