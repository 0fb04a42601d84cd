"""Makes up sample records: the same seed, the same records."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from zlib import crc32

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from scorecard.hooks.contracts import SourceError, SourceRequest
from scorecard.model.formula import Kind

_DIGITS = 5


def open_generated(request: SourceRequest) -> Generated:
    """The sample that the settings describe. Raises SourceError where they contradict themselves."""
    return Generated(request.settings)


class Generated:
    """A sample; each column is made up when it is asked for, from a stream of chance of its own."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._settings = settings
        self._fields: Mapping[str, Mapping[str, Any]] = settings["fields"]
        self._per, self._entities = _entities(settings.get("per"))
        self._rows = settings["rows"] * max(len(self._entities), 1)
        self._entity = np.repeat(np.arange(max(len(self._entities), 1)), settings["rows"])
        for name, field in self._fields.items():
            self._check(name, field)

    @property
    def columns(self) -> Mapping[str, Kind]:
        own = {name: _kind(field) for name, field in self._fields.items()}
        return {self._per: Kind.TEXT, **own} if self._per is not None else own

    @property
    def origin(self) -> str:
        return "sample records"

    def read(self, wanted: Mapping[str, Kind]) -> pa.Table:
        return pa.table({name: self._column(name) for name in wanted})

    def fingerprint(self) -> str:
        text = json.dumps(self._settings, sort_keys=True, default=str)
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()

    def locate(self, row: int) -> str:
        return f"{self.origin}, record {row + 1}"

    def _check(self, name: str, field: Mapping[str, Any]) -> None:
        if ("trend" in field or "season" in field) and "dates" not in self._fields.get(str(field.get("on")), {}):
            raise SourceError("SC637", name=name, problem="trend and season need on:, a field with dates")
        if "choice" in field and not sum(field["choice"].values()):
            raise SourceError("SC637", name=name, problem="the weights of its words are all 0")
        if "dates" in field:
            first, last = _days(name, field)
            if first > last:
                raise SourceError("SC637", name=name, problem="its dates end before they begin")

    def _column(self, name: str) -> pa.Array:
        if name == self._per:
            return pa.array(np.array(self._entities, dtype=object)[self._entity], pa.string())
        field = self._fields[name]
        values = self._made_up(name, field)
        blank = self._chance(name, "missing").random(self._rows) < field.get("missing", 0)
        return pa.array(values, mask=blank)

    def _made_up(self, name: str, field: Mapping[str, Any]) -> NDArray[Any]:
        if "sequence" in field:
            return np.array([f"{field['sequence']}{number:0{_DIGITS}d}" for number in range(1, self._rows + 1)], dtype=object)
        if "choice" in field:
            words, weights = list(field["choice"]), np.array(list(field["choice"].values()), dtype=float)
            chosen = self._chance(name).choice(len(words), self._rows, p=weights / weights.sum())
            return np.asarray(np.array(words, dtype=object)[chosen])
        if "dates" in field:
            return self._dates(name)
        numbers = self._numbers(name, field) * self._factors(name, field)
        numbers = np.clip(numbers, field.get("low", -np.inf), field.get("high", np.inf))
        return np.round(numbers, field.get("decimals", 0 if "poisson" in field else 2))

    def _numbers(self, name: str, field: Mapping[str, Any]) -> NDArray[np.float64]:
        chance = self._chance(name)
        if "normal" in field:
            return np.asarray(chance.normal(field["normal"]["mean"], field["normal"]["stdev"], self._rows))
        if "lognormal" in field:
            return np.asarray(chance.lognormal(np.log(field["lognormal"]["median"]), field["lognormal"]["spread"], self._rows))
        return np.asarray(chance.poisson(field["poisson"], self._rows), dtype=np.float64)

    def _factors(self, name: str, field: Mapping[str, Any]) -> NDArray[np.float64]:
        """What multiplies each number: its entity, the growth until its quarter, and the season."""
        factors = np.ones(self._rows)
        if "varies" in field:
            entities = self._chance(name, "varies").lognormal(0, field["varies"], int(self._entity[-1]) + 1)
            factors = factors * entities[self._entity]
        if "trend" in field or "season" in field:
            months = self._dates(field["on"]).astype("datetime64[M]").astype(int)
            quarters = months // 3
            factors = factors * (1 + field.get("trend", 0)) ** (quarters - quarters.min())
            factors = factors * np.array(field.get("season", [1, 1, 1, 1]))[quarters % 4]
        return factors

    def _dates(self, name: str) -> NDArray[np.datetime64]:
        first, last = _days(name, self._fields[name])
        days = self._chance(name).integers(0, (last - first).days + 1, self._rows)
        return np.asarray(np.datetime64(first, "D") + days, dtype="datetime64[us]")

    def _chance(self, name: str, use: str = "") -> np.random.Generator:
        seeds = [self._settings.get("seed", 0), crc32(name.encode()), crc32(use.encode())]
        return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seeds)))


def _entities(per: Mapping[str, Any] | None) -> tuple[str | None, list[str]]:
    if per is None:
        return None, []
    ((name, written),) = per.items()
    if isinstance(written, Mapping):
        digits = max(3, len(str(written["count"])))
        return name, [f"{written['prefix']}{number:0{digits}d}" for number in range(1, written["count"] + 1)]
    return name, [str(each) for each in written]


def _days(name: str, field: Mapping[str, Any]) -> tuple[date, date]:
    try:
        first, last = (date.fromisoformat(str(each)) for each in field["dates"])
    except ValueError:
        raise SourceError("SC637", name=name, problem="its dates are not written like 2026-01-31") from None
    return first, last


def _kind(field: Mapping[str, Any]) -> Kind:
    if "dates" in field:
        return Kind.MOMENT
    return Kind.TEXT if "sequence" in field or "choice" in field else Kind.NUMBER
