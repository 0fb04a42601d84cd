"""Where definitions that share a base have drifted from it: what they override, in vain or far from one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean, median
from typing import Any

from scorecard.definition.departures import Departure, Kind, same
from scorecard.definition.document import Where
from scorecard.definition.effective import Effective, effective, without_defaults
from scorecard.definition.layers import FOLDERS, layer, load, together
from scorecard.definition.revision import Opened
from scorecard.definition.scalars import number_of
from scorecard.errors import UsageError
from scorecard.model.issue import Issue, Place

FEWEST = 5
"""clients without which none of them is called far from the others"""
_FAR = 3.5
"""modified z-scores beyond which a value is an outlier, as Iglewicz and Hoaglin recommend (How to Detect and Handle Outliers, 1993)"""
_PER_MEDIAN, _PER_MEAN = 1.4826, 1.2533
"""standard deviations of a normal distribution to its median and to its mean absolute deviation"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """What one client says in place of the base: another value, the same once more, or that there is none."""

    client: str
    kind: Kind
    value: Any
    place: Place | None
    is_outlier: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Drifted:
    """A key of the base that some clients override."""

    where: Where
    value: Any
    place: Place
    overrides: tuple[Override, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """`base` are the files that all clients extend, nearest first; `added` counts what a client says beyond the base's keys."""

    base: tuple[str, ...]
    clients: tuple[str, ...]
    keys: int
    drifted: tuple[Drifted, ...]
    added: Mapping[str, int]

    def overrides(self, kind: Kind | None = None) -> Counter[str]:
        """How many keys each client overrides, or overrides so."""
        return Counter(each.client for one in self.drifted for each in one.overrides if kind in (None, each.kind))

    def outliers(self) -> Counter[str]:
        """How many of its values lie far from the other clients'."""
        return Counter(each.client for one in self.drifted for each in one.overrides if each.is_outlier)


def drift(files: Sequence[str], base: str | None = None) -> Drift:
    """The drift of some definitions from the layers that all of them extend, or from one of these and what it extends.

    Raises UsageError where they have none in common (SC952), or one cannot be read.
    """
    clients = [effective(Opened(FOLDERS, file)) for file in files]
    shared = _shared(clients, base)
    below = together(shared)
    under = without_defaults(below)
    found: dict[Where, list[tuple[Departure, Override]]] = {}
    added = dict.fromkeys(files, 0)
    for client in clients:
        file = client.document.file
        for one in client.departures(under):
            if one.kind is Kind.ADDED:
                added[file] += 1
            elif not _is_inherited(one):
                place = one.after_place or client.removed_at(one.where)
                found.setdefault(one.where, []).append((one, Override(client=file, kind=one.kind, value=one.after, place=place)))
    drifted = [_drifted(where, said, len(files)) for where, said in found.items()]
    return Drift(
        base=below.files,
        clients=tuple(files),
        keys=sum(1 for _ in _leaves(under[0])) - ("schema" in under[0]),
        drifted=tuple(sorted(drifted, key=lambda one: -len(one.overrides))),
        added=added,
    )


def _shared(clients: Sequence[Effective], base: str | None) -> list[str]:
    """The layers that all clients extend, without those that another one of them brings; or the base that is named."""
    layers = [{FOLDERS.identity(file): file for file in client.layered.files[1:]} for client in clients]
    if base is not None:
        for client, own in zip(clients, layers, strict=True):
            if FOLDERS.identity(base) not in own:
                raise UsageError([Issue(code="SC952", values={"reason": "base", "file": client.document.file, "base": base})])
        return [base]
    common = {identity: file for identity, file in layers[0].items() if all(identity in own for own in layers)}
    if not common:
        raise UsageError([Issue(code="SC952", values={"count": len(clients)})])
    brought = {FOLDERS.identity(each) for file in common.values() for each in _layers_of(file)}
    return [file for identity, file in common.items() if identity not in brought]


def _layers_of(file: str) -> tuple[str, ...]:
    document, _ = load(file)
    return layer(document)[0].files[1:] if document is not None else ()


def _is_inherited(one: Departure) -> bool:
    """Whether the value is the base's own, read by another name of its file."""
    before, after = one.before_place, one.after_place
    return (
        one.kind is Kind.REPEATED
        and before is not None
        and after is not None
        and (before.line, before.column) == (after.line, after.column)
        and FOLDERS.identity(before.file) == FOLDERS.identity(after.file)
    )


def _drifted(where: Where, said: Iterable[tuple[Departure, Override]], clients: int) -> Drifted:
    departures, overrides = zip(*said, strict=True)
    first: Departure = departures[0]
    assert first.before_place is not None
    values = [each.value for each in overrides if each.kind is not Kind.REMOVED]
    values += [first.before] * (clients - len(overrides))
    marked = (replace(each, is_outlier=each.kind is Kind.CHANGED and _is_far(each.value, values)) for each in overrides)
    return Drifted(where=where, value=first.before, place=first.before_place, overrides=tuple(marked))


def _is_far(value: Any, values: Sequence[Any]) -> bool:
    """Whether a client's value lies far from what the clients have; a value that is no number, whether all others agree on another."""
    if len(values) < FEWEST:
        return False
    numbers = [number_of(each) for each in values]
    own = number_of(value)
    known = [number for number in numbers if number is not None]
    if own is None or len(known) < len(values):
        return sum(same(each, value) for each in values) == 1 and len({repr(each) for each in values}) == 2
    middle = median(known)
    distances = [abs(number - middle) for number in known]
    spread = _PER_MEDIAN * median(distances) or _PER_MEAN * fmean(distances)
    return abs(own - middle) > _FAR * spread


def _leaves(data: Mapping[str, Any]) -> Iterator[Any]:
    for value in data.values():
        if isinstance(value, dict) and value:
            yield from _leaves(value)
        else:
            yield value
