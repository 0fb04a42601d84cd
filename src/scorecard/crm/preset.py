"""A CRM as a table of names, and the source type it makes. Standard library only."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from scorecard.builtin.sources.rest import PER_SECOND, RETRY, TIMEOUT
from scorecard.builtin.sources.settings import ENCODING, FILE_COLUMN, HEADER_ROW, PATH, SKIP_ROWS
from scorecard.crm.shapes import SHAPES
from scorecard.hooks.contracts import Reference, SourceType
from scorecard.model.text import Text

if TYPE_CHECKING:
    from scorecard.hooks.contracts import SourceData, SourceRequest

BLANK = ""
"""as a word of a shape: the cell is blank"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Where the cells of a column come from in one system, and what becomes of them.

    `api` is its name in the API, with points where it is nested; `headings` are its names in exports. `words` turns the
    system's words (in any case) to the shape's; a word that is not listed is `otherwise`, or goes to the next alternative.
    `filled` and `blank` are the words for a cell that has anything, or nothing. `factor` multiplies numbers: 0.01 where the
    system writes 60 for 60 percent. `epoch` is how many make a second of a time that is a number: 1000 for milliseconds since
    1970. `before` is the separator of a list whose first is meant. `then` is a second field to
    put behind it, with a space between. `constant` is the same for all records. `when` keeps only the cells of
    records whose column has one of some words: `("status", ("won", "lost"))`.
    """

    api: str | None = None
    headings: tuple[str, ...] = ()
    words: Mapping[str, str] = dataclasses.field(default_factory=dict)
    otherwise: str | None = None
    filled: str | None = None
    blank: str | None = None
    factor: float | None = None
    epoch: int | None = None
    before: str | None = None
    then: Field | None = None
    constant: str | None = None
    when: tuple[str, tuple[str, ...]] | None = None


def field(api: str | None, *headings: str, **more: Any) -> Field:
    """A field by its name in the API and its headings in exports, of which the API's own name is always one."""
    own = (api,) if api is not None else ()
    return Field(api=api, headings=(*headings, *own), **more)


Columns = Mapping[str, Field | tuple[Field, ...]]
"""of each column of a shape its field, or alternatives: the first that gives a cell counts"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """An object of a system that holds records of a shape; `name` is what its API calls it.

    It is empty where each customer of the system makes one of their own: the API is then asked for what `called:` says.
    """

    name: str
    columns: Columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """One CRM. `things` gives of each shape the objects that hold it; the first is meant unless `called:` says another.

    `web` are the settings its API needs, as JSON Schemas, and `required` those that must be there; the first tells that
    the API is meant. `connect` is
    `(thing, names, request, clock) -> Connection` (`scorecard.crm.web`).
    """

    id: str
    title: Text
    doc: str
    things: Mapping[str, tuple[Thing, ...]]
    web: Mapping[str, Any]
    required: tuple[str, ...]
    connect: Reference
    footer: re.Pattern[bytes] | None = None
    """what marks lines below the table of a text export, after a blank line, as no records"""

    def thing(self, shape: str, called: str | None) -> Thing:
        """The object that is asked for; one of the system's own making has the fields of the usual one."""
        known = {thing.name: thing for thing in self.things[shape]}
        usual = self.things[shape][0]
        if called is None:
            return usual
        return known.get(called) or Thing(name=called, columns=usual.columns)


def source_type(preset: Preset) -> SourceType:
    """The source type of a preset: `object`, then `path` for exports or the settings of its API, then what overrides names."""
    shapes = [shape for shape in SHAPES if shape in preset.things]
    unnamed = [shape for shape in shapes if not preset.things[shape][0].name]
    return SourceType(
        id=preset.id,
        title=preset.title,
        doc=preset.doc,
        params={
            "type": "object",
            "required": ["object"],
            "oneOf": [{"required": ["path"]}, {"required": [preset.required[0]]}],
            "if": {"required": [preset.required[0]]},
            "then": {"required": list(preset.required), **_called_in(unnamed)},
            "additionalProperties": False,
            "properties": {
                "object": {"enum": shapes, "title": "object", "description": "What its records are, and so which columns they have."},
                "path": {**PATH, "description": "The export, a CSV file or a workbook, or several; instead of the web API."},
                **preset.web,
                "called": {
                    "type": "string",
                    "minLength": 1,
                    "title": "called",
                    "description": "What the system's API calls the object, where it is another than the usual one.",
                },
                "fields": {
                    "type": "object",
                    "additionalProperties": {"type": "string", "minLength": 1},
                    "title": "fields",
                    "description": "Columns from fields of the system, or headings of the export, of your own choice.",
                },
                "words": {
                    "type": "object",
                    "additionalProperties": {"type": "object", "additionalProperties": {"type": "string"}},
                    "title": "words",
                    "description": "By column, what words of the system mean: {severity: {P1: critical}}; an empty text is a blank.",
                },
                "encoding": ENCODING,
                "sheet": {
                    "type": ["string", "integer"],
                    "minLength": 1,
                    "minimum": 1,
                    "title": "sheet",
                    "description": "The sheet of a workbook; the first unless given.",
                },
                "header_row": HEADER_ROW,
                "skip_rows": SKIP_ROWS,
                "file_column": FILE_COLUMN,
                "retry": RETRY,
                "per_second": PER_SECOND,
                "timeout": TIMEOUT,
            },
        },
        open=partial(_open, preset),
    )


def _called_in(shapes: list[str]) -> dict[str, Any]:
    """The demand for `called` where an object has no name of the system's own."""
    return {"if": {"properties": {"object": {"enum": shapes}}}, "then": {"required": ["called"]}} if shapes else {}


def _open(preset: Preset, request: SourceRequest) -> SourceData:
    from scorecard.crm.open import open_preset

    return open_preset(preset, request)
