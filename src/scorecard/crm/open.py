"""Opens the records of a CRM: from its export, or from its web API."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

import pyarrow as pa

from scorecard.builtin.reading.needed import needed
from scorecard.crm.export import Headings, open_export
from scorecard.crm.preset import Field, Preset, Thing, field
from scorecard.crm.shapes import SHAPES
from scorecard.crm.shaping import Shaper, alternatives
from scorecard.hooks.contracts import SourceData, SourceRequest
from scorecard.hooks.registry import resolve
from scorecard.model.formula import Kind

if TYPE_CHECKING:
    from scorecard.builtin.reading.rest.clock import Clock

    class Given(SourceData, Protocol):
        """What a system gave, by its own names."""

        def read(self, wanted: Mapping[str, Kind]) -> pa.Table: ...


def open_preset(preset: Preset, request: SourceRequest, clock: Clock | None = None) -> ShapedData:
    """The records of `object`. Those of an API are fetched when some are read. Raises SourceError."""
    settings = request.settings
    thing = preset.thing(settings["object"], settings.get("called"))
    usual = alternatives(thing.columns)
    fields = {**usual, **{name: (_own(written, usual.get(name, ())),) for name, written in settings.get("fields", {}).items()}}
    if "path" in settings:
        return _from_export(request, fields, preset.footer)
    return _from_web(preset, thing, request, fields, clock)


def _own(written: str, usual: tuple[Field, ...]) -> Field:
    """A field of one's own choice, in which numbers and words mean what they mean in the usual one; what is no such word stays."""
    epoch = next((each.epoch for each in usual if each.epoch is not None), None)
    factor = next((each.factor for each in usual if each.factor is not None), None)
    return field(written, written, words=usual[-1].words if usual else {}, epoch=epoch, factor=factor)


class ShapedData:
    """Records of a shape, and of what the system gave the columns that are no part of it."""

    def __init__(self, given: Given, shaper: Shaper, names: Mapping[str, Kind], anyway: str) -> None:
        self._given = given
        self._shaper = shaper
        self._names = names
        self._anyway = anyway

    @property
    def columns(self) -> Mapping[str, Kind]:
        return self._names

    @property
    def origin(self) -> str:
        return self._given.origin

    def read(self, wanted: Mapping[str, Kind]) -> pa.Table:
        shaped = {name: kind for name, kind in wanted.items() if name in self._shaper}
        raw = {name: kind for name, kind in wanted.items() if name not in shaped}
        given = self._given.read({**self._shaper.needs(shaped), **raw} or {self._anyway: Kind.TEXT})
        columns = {name: self._shaper.column(name, kind, given) for name, kind in shaped.items()}
        return pa.table({name: columns[name] if name in columns else given[name] for name in wanted})

    def fingerprint(self) -> str:
        return self._given.fingerprint()

    def locate(self, row: int) -> str:
        return self._given.locate(row)


def _from_export(request: SourceRequest, fields: Mapping[str, tuple[Field, ...]], footer: re.Pattern[bytes] | None) -> ShapedData:
    given = open_export(request, [each for several in fields.values() for each in several], footer)
    headings = Headings(given.columns)
    shape = SHAPES[request.settings["object"]]
    shaper = Shaper(fields, shape.columns, headings.place, request.settings.get("words", {}), given.origin)
    names: dict[str, Kind] = {}
    for name in dict.fromkeys([*shape.columns, *fields]):
        several = fields.get(name, ())
        if not several or any(each.constant is not None or headings.place(each) is not None for each in several):
            names[name] = Kind.ANY
    names |= {name: kind for name, kind in given.columns.items() if name not in shape.columns and name not in fields}
    return ShapedData(given, shaper, names, next(iter(given.columns)))


def _from_web(
    preset: Preset, thing: Thing, request: SourceRequest, fields: Mapping[str, tuple[Field, ...]], clock: Clock | None
) -> ShapedData:
    needed("httpx", "rest")
    from scorecard.crm.web import Web
    from scorecard.rest import SYSTEM

    shape = SHAPES[request.settings["object"]]
    id = fields[shape.id][0].api or shape.id
    web = Web(resolve(preset.connect), thing, id, request, clock or SYSTEM)
    shaper = Shaper(fields, shape.columns, web.place, request.settings.get("words", {}), web.origin)
    return ShapedData(web, shaper, dict.fromkeys([*shape.columns, *fields], Kind.ANY), id)
