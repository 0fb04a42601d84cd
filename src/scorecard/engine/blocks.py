"""Records in blocks, one below the other: few are one block in memory, many are laid aside in a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import narwhals as nw

from scorecard.engine.backend import Engine, framed, in_arrow
from scorecard.engine.spool import Spool

if TYPE_CHECKING:
    import pyarrow as pa

HELD = 250_000
"""how many records are held in memory; of more, a block at a time"""
BLOCK = 1 << 17
"""how many records of a file make a block, at least"""

Frame = nw.DataFrame[Any]
Series = nw.Series[Any]


@dataclass(frozen=True, eq=False)
class Blocks:
    """Records to be gone through block by block, as often as needed, in one order; there is at least one block.

    A column has one type in all blocks: the one that it has when they are put together.
    """

    frames: Callable[..., Iterator[Frame]]
    """the blocks, with the columns named, or with all"""
    engine: Engine
    count: int
    together: bool
    """whether all records are one block"""

    @classmethod
    def one(cls, frame: Frame) -> Blocks:
        def frames(*names: str) -> Iterator[Frame]:
            yield frame.select(*names) if names else frame

        return cls(frames, cast(Engine, frame.implementation.value), len(frame), together=True)

    def __iter__(self) -> Iterator[Frame]:
        return self.frames()

    def __len__(self) -> int:
        return self.count

    @property
    def head(self) -> Frame:
        """The first block, for what is the same in all: names and types."""
        return next(self.frames())

    def each(self, change: Callable[[Frame], Frame]) -> Blocks:
        """Every block changed, now. Raises OutputError."""
        return self.remade(lambda frames: map(change, frames))

    def remade(self, change: Callable[[Iterable[Frame]], Iterable[Frame]]) -> Blocks:
        """What becomes of the blocks, one after the other, now: a block for each. Raises OutputError."""
        frames = change(self)
        if self.together:
            (frame,) = frames
            return Blocks.one(frame)
        return gathered(map(in_arrow, frames), self.engine)

    def column(self, name: str, change: Callable[[Series], Series] = lambda values: values) -> Column:
        """A column, block by block."""
        return Column(self, name, change)

    def whole(self, *names: str) -> Frame:
        """All records as one frame, in memory; of the columns named, or of all."""
        return joined(self.frames(*names))


@dataclass(frozen=True, eq=False)
class Column:
    """A column, or what is made of it, block by block, as often as needed."""

    blocks: Blocks
    name: str
    change: Callable[[Series], Series]

    def __iter__(self) -> Iterator[Series]:
        return (self.change(frame[self.name]) for frame in self.blocks.frames(self.name))


def joined(frames: Iterable[Frame]) -> Frame:
    """Frames with the same names one below the other; at least one."""
    from scorecard.stack import stacked

    first, *others = frames
    if not others:
        return first
    return framed(stacked([in_arrow(frame) for frame in (first, *others)]), cast(Engine, first.implementation.value))


def gathered(tables: Iterable[pa.Table], engine: Engine) -> Blocks:
    """Records that come in tables with the same names, at least one. Raises OutputError where there is no room for many."""
    from scorecard.stack import Columns, stacked

    columns, waiting, count = Columns(), [], 0
    spool: Spool | None = None
    for table in tables:
        columns.add(table)
        waiting.append(table)
        count += len(table)
        if spool is None and count > HELD:
            spool = Spool()
        if spool is not None and sum(map(len, waiting)) >= BLOCK:
            _lay_aside(stacked(waiting), spool)
            waiting = []
    if spool is None:
        return Blocks.one(framed(stacked(waiting), engine))
    if waiting:
        _lay_aside(stacked(waiting), spool)

    def frames(*names: str) -> Iterator[Frame]:
        for table in spool.tables(*names):
            yield framed(columns.made(table), engine, columns.blank)

    return Blocks(frames, engine, count, together=False)


def _lay_aside(table: pa.Table, spool: Spool) -> None:
    size = -(-len(table) // max(len(table) // BLOCK, 1)) or 1
    for begin in range(0, len(table), size):
        spool.add(table.slice(begin, size))
