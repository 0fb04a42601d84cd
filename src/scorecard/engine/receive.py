"""Records as their source gives them, under the names of the definition; cells that mean nothing made null, codes made words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from itertools import chain
from typing import TYPE_CHECKING, Any

import narwhals as nw

from scorecard.engine.backend import Engine, in_arrow, on_engine
from scorecard.engine.blocks import Blocks, Frame, gathered
from scorecard.engine.guard import within
from scorecard.engine.open import Opened
from scorecard.model.formula import Kind

if TYPE_CHECKING:
    import pyarrow as pa


def received(opened: Opened, wanted: Mapping[str, Kind], engine: Engine, *, whole: bool) -> Blocks:
    """The wanted columns by our names; columns across the top keep theirs until they are rows.

    `whole` asks for one block, however many records there are. Raises DataError.
    """
    unpivot = opened.source.unpivot
    made = {unpivot.name, unpivot.value} if unpivot is not None else set()
    ours = {name: opened.own[name] for name in wanted if name in opened.own and opened.own[name] not in made}
    ask: dict[str, Kind] = {own: Kind.ANY if coded(opened, name) else wanted[name] for name, own in ours.items()}
    if unpivot is not None:
        kind = next((wanted[name] for name in wanted if opened.own.get(name, name) == unpivot.value), Kind.ANY)
        ask |= dict.fromkeys(opened.across, kind)

    def named(frame: Frame) -> Frame:
        frame = frame.select(*(nw.col(own).alias(name) for name, own in ours.items()), *opened.across)
        floats = [name for name, dtype in frame.schema.items() if dtype.is_float()] if engine != "pandas" else []
        return frame.with_columns(nw.col(floats).fill_nan(None)) if floats else frame

    if whole:
        return Blocks.one(named(_on_engine(opened, [opened.data.read(ask)], engine)))

    def table(native: Any) -> pa.Table:
        with within(opened.source, opened.secrets):
            return in_arrow(named(_eager(native)))

    with closing(opened.blocks(ask)) as blocks:
        first = [next(blocks)]
        second = next(blocks, None)
        if second is None:
            return Blocks.one(named(_on_engine(opened, first, engine)))
        return gathered(map(table, chain((first.pop(), second), blocks)), engine)


def coded(opened: Opened, name: str) -> bool:
    """Whether the cells of a column are codes for words."""
    spec = opened.specs.get(name)
    return bool(spec is not None and (spec.values or spec.otherwise is not None)) or name in opened.source.values


def decoded(values: nw.Series[Any], opened: Opened, as_text: Callable[[nw.Series[Any]], nw.Series[Any]]) -> nw.Series[Any]:
    """Cells that mean nothing made null, and codes made words."""
    spec = opened.specs.get(values.name)
    codes = {**opened.source.values.get(values.name, {}), **(spec.values if spec is not None else {})}
    otherwise = spec.otherwise if spec is not None else None
    nulls = opened.source.nulls
    if values.dtype == nw.String and nulls:
        nothing = nw.col(values.name).str.strip_chars().is_in(nulls)
        values = values.to_frame().select(nw.when(~nothing).then(nw.col(values.name)))[values.name]
    if not codes and otherwise is None:
        return values
    texts = as_text(values).str.strip_chars()
    distinct = texts.drop_nulls().unique().to_list()
    words = {text: codes.get(text, text if otherwise is None else otherwise) for text in distinct}
    return texts.replace_strict(list(words), list(words.values()), return_dtype=nw.String()) if words else texts


def _on_engine(opened: Opened, read: list[Any], engine: Engine) -> Frame:
    """What was read, and is let go of, as a frame of the engine."""
    with within(opened.source, opened.secrets):
        return on_engine(read.pop, engine)


def _eager(native: Any) -> Frame:
    frame = nw.from_native(native)
    return frame.collect() if isinstance(frame, nw.LazyFrame) else frame
