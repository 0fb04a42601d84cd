"""Drift in words and as records: a line for each key that clients override, and one for each client."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scorecard.definition.check import id_of
from scorecard.definition.departures import Kind
from scorecard.definition.drift import Drift, Drifted, Override
from scorecard.definition.emit import short
from scorecard.language.words import say
from scorecard.model.issue import Place

_HEADS = ("drift.column.key", "drift.column.base", "drift.column.count", "drift.column.values")
_CLIENT_HEADS = (
    "drift.column.client",
    "drift.column.overrides",
    "drift.column.repeated",
    "drift.column.outliers",
    "drift.column.added",
)


@dataclass(frozen=True, slots=True)
class Told:
    """A drift in a language. Clients are called by their ids, where these differ, else by their files."""

    drift: Drift
    language: str

    @property
    def heads(self) -> tuple[str, ...]:
        return tuple(say(key, self.language) for key in _HEADS)

    @property
    def client_heads(self) -> tuple[str, ...]:
        return tuple(say(key, self.language) for key in _CLIENT_HEADS)

    def facts(self) -> Iterator[str]:
        drift = self.drift
        base = ", ".join(os.path.basename(file) for file in drift.base)
        yield say("drift.heading", self.language, clients=len(drift.clients), base=base)
        yield say("drift.keys", self.language, drifted=len(drift.drifted), keys=drift.keys)

    def rows(self) -> Iterator[tuple[str, str, str, str]]:
        """Key, the base's value, how many clients override it, and with what; the most often overridden first."""
        for one in self.drift.drifted:
            count = say("drift.count", self.language, count=len(one.overrides), clients=len(self.drift.clients))
            yield ".".join(map(str, one.where)), short(one.value), count, self._values(one)

    def clients(self) -> Iterator[tuple[str | int, ...]]:
        """How much of the base each client overrides, how much of that in vain or far from the others, and what it adds."""
        drift = self.drift
        counts = drift.overrides(), drift.overrides(Kind.REPEATED), drift.outliers()
        for client in drift.clients:
            yield self._named(client), *(count[client] for count in counts), drift.added[client]

    def _values(self, one: Drifted) -> str:
        """The clients by what they say: `90: acme, beta; 40 (far from the others): gamma`."""
        by_value: dict[str, list[str]] = {}
        for override in one.overrides:
            by_value.setdefault(self._said(override), []).append(self._named(override.client))
        return "; ".join(f"{value}: {', '.join(clients)}" for value, clients in by_value.items())

    def _said(self, override: Override) -> str:
        if override.kind is Kind.REMOVED:
            return say("drift.removed", self.language)
        value = short(override.value)
        if override.kind is Kind.REPEATED:
            return say("drift.repeated", self.language, value=value)
        return say("drift.far", self.language, value=value) if override.is_outlier else value

    def _named(self, client: str) -> str:
        ids = Counter(id_of(file) for file in self.drift.clients)
        return id_of(client) if ids[id_of(client)] == 1 else client


def as_records(drift: Drift) -> dict[str, Any]:
    """Everything of a drift, with places, as plain data."""
    repeated, outliers = drift.overrides(Kind.REPEATED), drift.outliers()
    return {
        "base": drift.base,
        "keys": drift.keys,
        "overridden": [
            {
                "path": one.where,
                "value": one.value,
                **_placed(one.place),
                "overrides": [
                    {
                        "client": each.client,
                        "change": each.kind.value,
                        "value": each.value,
                        **_placed(each.place),
                        "outlier": each.is_outlier,
                    }
                    for each in one.overrides
                ],
            }
            for one in drift.drifted
        ],
        "clients": [
            {
                "file": client,
                "overrides": drift.overrides()[client],
                "repeated": repeated[client],
                "outliers": outliers[client],
                "added": drift.added[client],
            }
            for client in drift.clients
        ],
    }


def _placed(place: Place | None) -> dict[str, Any]:
    return {"file": place.file if place else None, "line": place.line if place else None}
