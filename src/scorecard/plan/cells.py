"""The cells of a scorecard, what each reads, and the order in which they are computed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from scorecard.model.definition import Change, Exemption, Group, Metric, Rule, Scorecard
from scorecard.model.formula import Cell, Formula, Node, walk
from scorecard.model.plan import Adjust, Combine, Condition, CurveScore, Figure, Past, Peer, PlanCell, Shift, Step, Value, imputed

Links = dict[str, tuple[Step | None, tuple[str, ...]]]


class CircleError(Exception):
    """Cells that read each other; `cells` is the circle, its first cell again at the end."""

    def __init__(self, cells: tuple[str, ...]) -> None:
        self.cells = cells
        super().__init__(" -> ".join(cells))


def cells_of(
    scorecard: Scorecard,
    values: Mapping[str, Value],
    peers: Mapping[str, Peer],
    past: Mapping[str, Past],
) -> tuple[tuple[PlanCell, ...], tuple[Shift, ...]]:
    """All cells in an order in which each comes after what it reads, and how far back earlier periods are needed.

    Raises CircleError where there is no such order; a circle through the past is one too.
    """
    links: Links = {}
    changes = _by_node(scorecard)
    for metric in scorecard.metrics.values():
        _metric(links, scorecard, metric, values[metric.id], changes.get(metric.id, ()))
    for group in (*scorecard.groups.values(), scorecard.total):
        _group(links, scorecard, group, changes)
    for kind, adjustments in (("rule", scorecard.rules), ("exemption", scorecard.exemptions)):
        for one in adjustments.values():
            assert isinstance(one, (Rule, Exemption))
            links[f"{kind}.{one.id}"] = (Condition(adjustment=f"{kind}.{one.id}", tree=one.when.tree), read_by(one.when))
    for name, peer in peers.items():
        by = (f"entity.{peer.by}",) if peer.by else ()
        links[name] = (peer, (*_links((peer.of,)), *_links(by)))
    for name, one_past in past.items():
        links[name] = (None, _links((one_past.cell,)))
    return _ordered(links, past)


def read_by(*things: Any) -> tuple[str, ...]:
    """The cells that the formulas anywhere inside these records read."""
    return _links(node.name for thing in things for tree in trees(thing) for node in walk(tree) if isinstance(node, Cell))


def trees(thing: Any) -> Iterable[Node]:
    """Every formula's tree inside a record of the definition."""
    match thing:
        case Formula():
            yield thing.tree
        case Node():
            yield thing
        case tuple() | list():
            for item in thing:
                yield from trees(item)
        case Mapping():
            for item in thing.values():
                yield from trees(item)
        case _ if is_dataclass(thing) and not isinstance(thing, type):
            for field in fields(thing):
                yield from trees(getattr(thing, field.name))


def _links(names: Iterable[str]) -> tuple[str, ...]:
    """The cells that must be there before a name can be read."""
    found: dict[str, None] = {}
    for name in names:
        owner, _, facet = name.rpartition(".")
        if name.startswith(("peer[", "impute[")) or "@" in name:
            found[name] = None
        elif owner in {"entity", "period"} or owner.startswith("window[") or owner.endswith(".params") or name.startswith("#"):
            continue
        elif facet == "band":
            found[f"{owner}.score"] = None
        elif facet in {"state", "coverage", "band_raw"}:
            found[f"{owner}.raw"] = None
        else:
            found[name] = None
    return tuple(found)


def _by_node(scorecard: Scorecard) -> dict[str, tuple[Change, ...]]:
    changes: dict[str, tuple[Change, ...]] = {}
    for segment in scorecard.segments.values():
        for change in segment.changes:
            changes[change.node] = (*changes.get(change.node, ()), change)
    return changes


def _metric(links: Links, scorecard: Scorecard, metric: Metric, value: Value, changes: tuple[Change, ...]) -> None:
    def changed(*keys: str) -> tuple[Any, ...]:
        return tuple(change.value for change in changes if change.key[0] in keys)

    id = metric.id
    exempt = [scorecard.exemptions[one] for one in value.exemptions]
    reads = read_by(value.tree, value.choose, metric.applies_when, changed("applies_when"), [one.value for one in exempt])
    links[f"{id}.value"] = (value, (*reads, *(f"exemption.{one.id}" for one in exempt)))
    for key in ("worst", "target"):
        links[f"{id}.{key}"] = (Figure(metric=id, key=key), read_by(getattr(metric, key), changed(key)))
    numbers = read_by(metric.thresholds, metric.curve, changed("thresholds", "curve"))
    links[f"{id}.raw"] = (CurveScore(metric=id), (f"{id}.value", f"{id}.worst", f"{id}.target", *numbers))
    _adjusted(links, scorecard, id)


def _group(links: Links, scorecard: Scorecard, group: Group, changes: Mapping[str, tuple[Change, ...]]) -> None:
    id = group.id
    children = scorecard.children(id)
    besides: list[str] = []
    for child in children:
        besides += read_by(child.weight, [change.value for change in changes.get(child.id, ()) if change.key[0] == "weight"])
        policies = [child.missing, *(change.value for change in changes.get(child.id, ()) if change.key[0] == "missing")]
        for missing in policies:
            if missing.policy == "impute":
                name = imputed(child.id, missing)
                besides.append(name)
                links[name] = (Peer(function="peer_mean", of=f"{child.id}.score", by=missing.by), (f"{child.id}.score",))
    own = [change.value for change in changes.get(id, ()) if change.key[0] in {"aggregation", "coverage", "applies_when"}]
    besides += read_by(group.aggregation, group.coverage, group.applies_when, own)
    reads = (*(f"{child.id}.score" for child in children), *besides)
    links[f"{id}.raw"] = (Combine(group=id, besides=tuple(dict.fromkeys(besides))), tuple(dict.fromkeys(reads)))
    _adjusted(links, scorecard, id)


def _adjusted(links: Links, scorecard: Scorecard, id: str) -> None:
    rules = tuple(rule.id for rule in scorecard.rules.values() if rule.of == id)
    amounts = read_by([scorecard.rules[rule].amount for rule in rules])
    links[f"{id}.score"] = (Adjust(node=id, rules=rules), (f"{id}.raw", *(f"rule.{rule}" for rule in rules), *amounts))


def _ordered(links: Links, past: Mapping[str, Past]) -> tuple[tuple[PlanCell, ...], tuple[Shift, ...]]:
    done: dict[str, int] = {}
    offsets: dict[str, frozenset[Shift]] = {}
    cells: list[PlanCell] = []
    for first in links:
        path: list[str] = []
        pending = [(first, False)]
        while pending:
            name, leaving = pending.pop()
            if leaving:
                path.pop()
                step, reads = links[name]
                stage = max((done[read] for read in reads if read in done and read not in past), default=0) + isinstance(step, Peer)
                done[name] = stage
                offsets[name] = _offsets(past.get(name), [offsets[read] for read in reads if read in offsets])
                if step is not None:
                    cells.append(PlanCell(name=name, step=step, reads=reads, stage=stage))
                continue
            if name in done or name not in links:
                continue
            if name in path:
                raise CircleError((*path[path.index(name) :], name))
            path.append(name)
            pending.append((name, True))
            pending += [(read, False) for read in reversed(links[name][1])]
    cells.sort(key=lambda cell: cell.stage)
    needed = frozenset[Shift]().union(*offsets.values()) if offsets else frozenset()
    return tuple(cells), tuple(sorted(needed, key=lambda shift: (shift.years, shift.periods)))


def _offsets(past: Past | None, below: list[frozenset[Shift]]) -> frozenset[Shift]:
    deeper = frozenset[Shift]().union(*below)
    if past is None:
        return deeper
    by = past.shift
    return frozenset({by, *(Shift(by.periods + one.periods, by.years + one.years) for one in deeper)})
