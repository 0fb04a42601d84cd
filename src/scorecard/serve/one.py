"""One entity: why its score is what it is, what moved it, and what would move it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scorecard.advice.levers import levers_of
from scorecard.advice.since import since
from scorecard.evaluation.explain import Explained, Explanation, explain
from scorecard.report import figures
from scorecard.report.beside import Cells, beside
from scorecard.report.charts.shade import shades
from scorecard.report.colors import band_color
from scorecard.report.labels import facts_of
from scorecard.report.moves import moves
from scorecard.report.reasons import Teller
from scorecard.report.since import SinceTeller
from scorecard.serve.charts import from_full_marks
from scorecard.serve.sides import Side
from scorecard.serve.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class One:
    """What the template puts in, and the charts by the name of their data: a spec for light and dark, and its rows."""

    texts: Mapping[str, Any]
    charts: Sequence[Mapping[str, Any]]


def one(view: View, key: Mapping[str, str]) -> One:
    """Raises UsageError where the key names no entity."""
    now = view.now
    explanation = explain(now.evaluation, key, now.period.label)
    teller = Teller(now.evaluation.scorecard, explanation, view.language)
    total = explanation.total
    before = view.sides.before
    ends = figures.bounds(explanation.low, explanation.high, teller.decimals, view.language)
    texts = {
        "name": view.name(list(explanation.key.values())),
        "facts": [f"{name} {value}" for name, value in facts_of(view.scorecard, explanation.attributes, view.language)],
        "tree": teller.tree(),
        "color": band_color(view.scorecard, total.band),
        "rank": teller.rank(),
        "bounds": None if ends is None else view.say("explain.bounds", low=ends[0], high=ends[1]),
        "lost": teller.lost(),
        "beside": [] if before is None or before.period != now.period else list(_beside(view, before, explanation)),
        "since": None if before is None or before.period == now.period else _since(view, key, teller),
        "moves": list(moves(view.scorecard, levers_of(now.evaluation, dict(key), now.period.label), teller.costs, view.language)),
        "colors": {band.id: band.color for band in shades(view.scorecard, view.language)},
    }
    return One(texts=texts, charts=list(from_full_marks(view, explanation, teller.decimals)))


def _beside(view: View, before: Side, after: Explanation) -> Iterator[Mapping[str, str]]:
    """The nodes that are other than they were; none where the trees are not the same."""
    if tuple(after.key.values()) not in before.places:
        return
    then = explain(before.evaluation, after.key, before.period.label)
    if list(_ids(then.total)) != list(_ids(after.total)):
        return
    cells = Cells(view.now.evaluation, view.language)
    for node in beside(then, after):
        told = {"value": cells.value(node), "score": cells.score(node), "points": cells.points(node), "weight": cells.weight(node)}
        if any("→" in text for text in told.values()):
            yield {"name": cells.name(node), **told}


def _since(view: View, key: Mapping[str, str], teller: Teller) -> SinceTeller | None:
    changes = since(view.now.evaluation, dict(key))
    return None if changes is None else SinceTeller(view.scorecard, changes, teller.decimals, view.language)


def _ids(node: Explained) -> Iterator[str]:
    yield node.id
    for child in node.children:
        yield from _ids(child)
