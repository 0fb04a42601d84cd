"""Makes up columns by chance: each from a stream of its own, so that another column changes none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from scorecard.hooks.contracts import SourceError
from scorecard.language.phrase import Phrase
from scorecard.model.formula import Kind

_DIGITS = 5
_MINUTE = 60
_GAPS = {"hours_after": 3600, "days_after": 86_400}
"""the seconds that 1 stands for, by the key that makes a number a moment after another"""

Field = Mapping[str, Any]


class Sample:
    """The columns of made-up records. Raises SourceError where their settings contradict themselves."""

    def __init__(self, fields: Mapping[str, Field], seed: int, rows: int | Mapping[str, Any], entities: int) -> None:
        self._fields = fields
        self._seed = seed
        self._entities = entities
        self.entity = np.repeat(np.arange(entities), self._counts(rows))
        """which entity each record is of"""
        for name in fields:
            _check(name, fields)

    def values(self, name: str) -> NDArray[Any]:
        """The cells of a column, blank ones included: where they are is what `blank` says."""
        field = self._fields[name]
        made = self._made_up(name, field)
        if "otherwise" not in field:
            return made
        return np.where(self._needed(field), made, np.array(field["otherwise"], dtype=object))

    def blank(self, name: str) -> NDArray[np.bool_]:
        """True where a cell is left blank: by chance, for want of what it needs, or because it would be too late."""
        field = self._fields[name]
        blank = self._chance(name, "missing").random(len(self.entity)) < field.get("missing", 0)
        if "otherwise" not in field:
            blank |= ~self._needed(field)
        if (other := _before(field)) is not None:
            blank |= self.blank(other)
        if "until" in field:
            blank |= self.values(name) >= np.datetime64(_day(name, field["until"]), "D") + np.timedelta64(1, "D")
        return np.asarray(blank)

    def _counts(self, rows: int | Mapping[str, Any]) -> NDArray[np.int64]:
        """How many records each entity has."""
        if not isinstance(rows, Mapping):
            return np.full(self._entities, rows)
        means = rows["poisson"] * self._tempers("rows", rows)
        return np.asarray(np.maximum(self._chance("rows", "count").poisson(means), rows.get("low", 0)))

    def _needed(self, field: Field) -> NDArray[np.bool_]:
        """True where the field that another one needs has a value, or one of the words that are named."""
        match field.get("needs"):
            case None:
                return np.ones(len(self.entity), dtype=bool)
            case str(other):
                return ~self.blank(other)
            case words:
                ((other, those),) = words.items()
                return np.asarray(~self.blank(other) & np.isin(self.values(other).astype(str), those))

    def _made_up(self, name: str, field: Field) -> NDArray[Any]:
        if "sequence" in field:
            return np.array([f"{field['sequence']}{number:0{_DIGITS}d}" for number in range(1, len(self.entity) + 1)], dtype=object)
        if "choice" in field:
            return self._words(name, field)
        if "dates" in field or "every" in field:
            return self._moments(name)
        if _before(field) is not None:
            return self._moments(name)
        return self._rounded(name, field)

    def _words(self, name: str, field: Field) -> NDArray[Any]:
        words = np.array(list(field["choice"]), dtype=object)
        weights = np.tile(np.array(list(field["choice"].values()), dtype=float), (len(self.entity), 1))
        weights[:, 0] *= self._factors(name, field)
        reached = (weights / weights.sum(axis=1, keepdims=True)).cumsum(axis=1)
        chosen = (self._chance(name).random(len(self.entity))[:, None] >= reached / reached[:, -1:]).sum(axis=1)
        return np.asarray(words[chosen])

    def _rounded(self, name: str, field: Field) -> NDArray[np.float64]:
        numbers = self._numbers(name, field) * self._factors(name, field)
        if "times" in field:
            numbers = numbers * self.values(field["times"])
        numbers = np.clip(numbers, field.get("low", -np.inf), field.get("high", np.inf))
        return np.round(numbers, field.get("decimals", 0 if "poisson" in field else 2))

    def _numbers(self, name: str, field: Field) -> NDArray[np.float64]:
        chance, rows = self._chance(name), len(self.entity)
        if "normal" in field:
            return np.asarray(chance.normal(field["normal"]["mean"], field["normal"]["stdev"], rows))
        if "lognormal" in field:
            return np.asarray(chance.lognormal(np.log(field["lognormal"]["median"]), field["lognormal"]["spread"], rows))
        return np.asarray(chance.poisson(field["poisson"], rows), dtype=np.float64)

    def _moments(self, name: str) -> NDArray[np.datetime64]:
        field = self._fields[name]
        if (other := _before(field)) is not None:
            (second,) = (seconds for key, seconds in _GAPS.items() if key in field)
            gap = np.round(self._rounded(name, field) * second).astype("timedelta64[s]")
            return np.asarray(self._moments(other) + gap, dtype="datetime64[us]")
        if "every" in field:
            months = self._nth() * (3 if field["every"] == "quarter" else 1)
            return np.asarray(np.datetime64(_day(name, field["from"]), "M") + months, dtype="datetime64[us]")
        first, last = (_day(name, each) for each in field["dates"])
        days = np.datetime64(first, "D") + self._chance(name).integers(0, (last - first).days + 1, len(self.entity))
        if field.get("workdays"):
            days = np.busday_offset(days, 0, roll="modifiedpreceding")
        return np.asarray(days + self._time_of_day(name, field), dtype="datetime64[us]")

    def _time_of_day(self, name: str, field: Field) -> NDArray[np.timedelta64]:
        opens, closes = field.get("clock", (0, 0))
        if opens == closes:
            return np.zeros(len(self.entity), dtype="timedelta64[m]")
        return self._chance(name, "clock").integers(opens * _MINUTE, closes * _MINUTE, len(self.entity)).astype("timedelta64[m]")

    def _nth(self) -> NDArray[np.int64]:
        """How many records of the same entity stand before each."""
        begins = np.searchsorted(self.entity, np.arange(self._entities))
        return np.arange(len(self.entity)) - begins[self.entity]

    def _factors(self, name: str, field: Field) -> NDArray[np.float64]:
        """What multiplies each number: its entity, the growth until its quarter, and the season."""
        factors = self._tempers(name, field)[self.entity]
        if "trend" in field or "season" in field:
            months = self._moments(field["on"]).astype("datetime64[M]").astype(int)
            quarters = months // 3
            factors = factors * (1 + field.get("trend", 0)) ** (quarters - quarters.min())
            factors = factors * np.array(field.get("season", [1, 1, 1, 1]))[quarters % 4]
        return factors

    def _tempers(self, name: str, field: Field) -> NDArray[np.float64]:
        """The factor of each entity; what is `like` the same word has the same ups and downs, in every source."""
        if "varies" not in field:
            return np.ones(self._entities)
        chance = _stream(0, field["like"], "like") if "like" in field else self._chance(name, "varies")
        return np.asarray(np.exp(field["varies"] * chance.standard_normal(self._entities)))

    def _chance(self, name: str, use: str = "") -> np.random.Generator:
        return _stream(self._seed, name, use)


def kind_of(field: Field) -> Kind:
    """What a field holds."""
    if "dates" in field or "every" in field or _before(field) is not None:
        return Kind.MOMENT
    return Kind.TEXT if "sequence" in field or "choice" in field else Kind.NUMBER


def _stream(seed: int, name: str, use: str) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, crc32(name.encode()), crc32(use.encode())])))


def _before(field: Field) -> str | None:
    """The field of moments that this one's moments come after."""
    return next((str(field[key]) for key in _GAPS if key in field), None)


def _day(name: str, written: object) -> date:
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        raise SourceError("SC637", name=name, problem=Phrase("its dates are not written like 2026-01-31")) from None


def _check(name: str, fields: Mapping[str, Field]) -> None:
    field = fields[name]
    problem = next(_problems(name, field, fields), None)
    if problem is not None:
        raise SourceError("SC637", name=name, problem=problem)


def _problems(name: str, field: Field, fields: Mapping[str, Field]) -> Iterator[Phrase]:
    """What is wrong with how a field hangs together with others, the first thing first."""
    before = _before(field)
    if before is not None and kind_of(fields.get(before, {})) is not Kind.MOMENT:
        yield Phrase("it comes after {other}, which is no field with dates", other=before)
    if ("trend" in field or "season" in field) and kind_of(fields.get(str(field.get("on")), {})) is not Kind.MOMENT:
        yield Phrase("trend and season need on:, a field with dates")
    absent = [other for other in _followed(field) if other not in fields]
    if absent:
        yield Phrase("it follows {other}, and there is no such field", other=absent[0])
    if name in _reached(name, fields):
        yield Phrase("it follows itself")
    if before is not None and not field.keys() & {"normal", "lognormal", "poisson"}:
        yield Phrase("how long after is a number: normal, lognormal or poisson")
    if "until" in field and before is None:
        yield Phrase("until: goes with hours_after or days_after")
    if "otherwise" in field and not ("needs" in field and "choice" in field):
        yield Phrase("otherwise: goes with choice and needs")
    if "like" in field and "varies" not in field:
        yield Phrase("like: goes with varies")
    if "choice" in field and not sum(field["choice"].values()):
        yield Phrase("the weights of its words are all 0")
    if ("every" in field) != ("from" in field):
        yield Phrase("every and from go together")
    for day in [*field.get("dates", ()), *(field[key] for key in ("from", "until") if key in field)]:
        _day(name, day)
    if "dates" in field and _day(name, field["dates"][0]) > _day(name, field["dates"][1]):
        yield Phrase("its dates end before they begin")
    if "times" in field and field["times"] in fields and kind_of(fields[field["times"]]) is not Kind.NUMBER:
        yield Phrase("it is a share of {other}, which is no field with numbers", other=field["times"])
    if "workdays" in field and "dates" not in field:
        yield Phrase("workdays goes with dates")
    if "clock" in field and ("dates" not in field or field["clock"][0] >= field["clock"][1]):
        yield Phrase("clock goes with dates, from an hour to a later one")


def _followed(field: Field) -> list[str]:
    """The fields that must be made up before this one."""
    needs = field.get("needs", ())
    named = (_before(field), field.get("on"), field.get("times"))
    return [str(other) for other in (*named, *([needs] if isinstance(needs, str) else needs)) if other is not None]


def _reached(name: str, fields: Mapping[str, Field]) -> set[str]:
    """The fields that a field follows, and those that they follow."""
    found: set[str] = set()
    waiting = _followed(fields[name])
    while waiting:
        other = waiting.pop()
        if other not in found and other in fields:
            found.add(other)
            waiting += _followed(fields[other])
    return found
