"""Records of a system as records of a shape."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from scorecard.crm.preset import BLANK, Field
from scorecard.crm.shapes import Column
from scorecard.hooks.contracts import SourceError
from scorecard.model.formula import Kind

_SHOWN = 5
_TYPES: Mapping[Kind, pa.DataType] = {Kind.NUMBER: pa.float64(), Kind.MOMENT: pa.timestamp("us"), Kind.TRUTH: pa.bool_()}
Place = Callable[[Field], str | None]
"""where the cells of a field are: the name of a column that the system gave, None where it gave none"""


class Shaper:
    """Makes columns of a shape from what a system gave.

    `fields` gives of each column its alternatives, `place` where they are; `words` what the definition says of words.
    """

    def __init__(
        self,
        fields: Mapping[str, tuple[Field, ...]],
        columns: Mapping[str, Column],
        place: Place,
        words: Mapping[str, Mapping[str, str]],
        origin: str,
    ) -> None:
        self._fields = fields
        self._columns = columns
        self._place = place
        self._words = {column: _folded(said) for column, said in words.items()}
        self._origin = origin

    def __contains__(self, name: object) -> bool:
        """Whether a column is of the shape, or made for it."""
        return name in self._columns or name in self._fields

    def needs(self, wanted: Mapping[str, Kind]) -> dict[str, Kind]:
        """The columns of the system, and their kinds, that the wanted ones are made of."""
        kinds: dict[str, set[Kind]] = {}
        for name, kind in wanted.items():
            for field in self._fields.get(name, ()):
                for place, asked in self._asked(name, field, kind):
                    kinds.setdefault(place, set()).add(asked)
        return {place: asked.pop() if len(asked) == 1 else Kind.ANY for place, asked in kinds.items()}

    def column(self, name: str, kind: Kind, given: pa.Table) -> pa.ChunkedArray:
        """A column of the shape from the columns of the system. Raises SourceError where it holds words that mean nothing here."""
        parts = [part for field in self._fields.get(name, ()) if (part := self._part(name, field, given)) is not None]
        if not parts:
            return _blank(len(given), kind)
        shaped = parts[0] if len({part.type for part in parts}) == 1 else _as_text(parts[0])
        for part in parts[1:]:
            shaped = pc.coalesce(shaped, part if part.type == shaped.type else _as_text(part))
        self._refuse_foreign(name, shaped)
        return _without(shaped, BLANK)

    def _asked(self, name: str, field: Field, kind: Kind) -> list[tuple[str, Kind]]:
        place = self._place(field)
        if place is None:
            return []
        speaks = self._speaks(name, field) or field.before is not None or field.then is not None
        own = (place, Kind.TEXT if speaks else kind)
        then = self._asked(name, field.then, Kind.TEXT) if field.then is not None else []
        when = (
            [each for other in self._fields[field.when[0]] for each in self._asked(field.when[0], other, Kind.TEXT)] if field.when else []
        )
        return [own, *then, *when]

    def _part(self, name: str, field: Field, given: pa.Table) -> pa.ChunkedArray | None:
        """What one alternative gives; None where the system gave nothing for it."""
        if field.constant is not None:
            return pa.chunked_array([pa.repeat(field.constant, len(given))])
        place = self._place(field)
        if place is None:
            return None
        cells = given[place]
        if field.before is not None:
            cells = pc.list_element(pc.split_pattern(_as_text(cells), field.before, max_splits=1), 0)
        if field.then is not None and (second := self._place(field.then)) is not None:
            cells = pc.binary_join_element_wise(_as_text(cells), _as_text(given[second]), " ", null_handling="skip")
        if field.factor is not None:
            cells = _multiplied(cells, field.factor)
        if field.epoch is not None:
            cells = _moments(cells, field.epoch)
        if self._speaks(name, field):
            cells = self._worded(name, field, _as_text(cells))
        if field.when is not None:
            column, words = field.when
            fits = pc.is_in(self.column(column, Kind.TEXT, given), value_set=pa.array(words))
            cells = pc.if_else(fits, cells, pa.scalar(None, cells.type))
        return cells

    def _speaks(self, name: str, field: Field) -> bool:
        """Whether the cells of a field are words to be turned."""
        said = field.words or field.otherwise is not None or field.filled is not None or field.blank is not None
        return bool(said) or name in self._words or bool(self._columns[name].words if name in self._columns else ())

    def _worded(self, name: str, field: Field, cells: pa.ChunkedArray) -> pa.ChunkedArray:
        """The shape's words for the system's. One that nothing is said of stays, for an alternative to say, or to be refused."""
        own = _folded({word: word for word in self._columns[name].words} if name in self._columns else {})
        said = {**own, **_folded(field.words), **self._words.get(name, {})}
        last = field is self._fields[name][-1]

        def turned(cell: str | None) -> str | None:
            if cell is None or not cell.strip():
                return field.blank
            if field.filled is not None:
                return field.filled
            unsaid = field.otherwise if field.otherwise is not None else cell if last or not field.words else None
            return said.get(_fold(cell), unsaid)

        coded = cells.combine_chunks().dictionary_encode()
        words = pa.array([turned(cell) for cell in coded.dictionary.to_pylist()], pa.string())
        shaped = words.take(coded.indices) if len(words) else pa.nulls(len(cells), pa.string())
        return pa.chunked_array([shaped if field.blank is None else pc.coalesce(shaped, pa.scalar(field.blank))])

    def _refuse_foreign(self, name: str, cells: pa.ChunkedArray) -> None:
        """Raises SourceError where a column with words of its own holds others."""
        words = self._columns[name].words if name in self._columns else ()
        if not words:
            return
        foreign = [word for word in pc.unique(cells).to_pylist() if word is not None and word not in (*words, BLANK)]
        if foreign:
            examples = ", ".join(repr(word) for word in foreign[:_SHOWN])
            raise SourceError("SC652", origin=self._origin, column=name, examples=examples, allowed=list(words))


def _blank(count: int, kind: Kind) -> pa.ChunkedArray:
    return pa.chunked_array([pa.nulls(count, _TYPES.get(kind, pa.string()))])


def _without(cells: pa.ChunkedArray, word: str) -> pa.ChunkedArray:
    if not pa.types.is_string(cells.type):
        return cells
    return pc.if_else(pc.equal(cells, word), pa.scalar(None, pa.string()), cells)


def _as_text(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    return cells if pa.types.is_string(cells.type) else pc.cast(cells, pa.string())


def _multiplied(cells: pa.ChunkedArray, factor: float) -> pa.ChunkedArray:
    """Numbers times a factor; a percentage in a text is a number already, and what is no number stays as it is."""
    if not pa.types.is_string(cells.type):
        return pc.multiply(cells, factor)
    return pa.chunked_array([pa.array([_times(cell, factor) for cell in cells.to_pylist()], pa.string())])


def _times(cell: str | None, factor: float) -> str | None:
    try:
        return None if cell is None else f"{float(cell) * factor:.12g}"
    except ValueError:
        return cell


def _moments(cells: pa.ChunkedArray, epoch: int) -> pa.ChunkedArray:
    """Numbers since 1970 as moments; texts that are dates, as in exports, stay as they are."""
    if pa.types.is_string(cells.type):
        try:
            cells = pc.cast(cells, pa.float64())
        except pa.ArrowInvalid:
            return cells
    if not pa.types.is_floating(cells.type):
        return cells
    return pc.cast(pc.cast(pc.round(pc.multiply(cells, 1_000_000 / epoch)), pa.int64()), pa.timestamp("us", "UTC"))


def _folded(words: Mapping[str, str]) -> dict[str, str]:
    return {_fold(theirs): ours for theirs, ours in words.items()}


def _fold(word: str) -> str:
    return " ".join(word.split()).casefold()


def alternatives(fields: Mapping[str, Field | Sequence[Field]]) -> dict[str, tuple[Field, ...]]:
    """Of each column its alternatives, one or several."""
    return {name: (given,) if isinstance(given, Field) else tuple(given) for name, given in fields.items()}
