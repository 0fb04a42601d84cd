"""The scores as a Parquet file, a group of rows at a time."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

from scorecard.evaluation.evaluation import Evaluation

BLOCK = 65_536


def write(evaluation: Evaluation, options: Mapping[str, Any]) -> Iterator[bytes]:
    """A row per entity and period, with the columns of the CSV form; the provenance is in the file's metadata."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.Table.from_pandas(evaluation.to_pandas(), preserve_index=False)
    made = evaluation.provenance
    about = {"scorecard": made.scorecard, "digest": made.digest, "version": made.version, "made_at": made.made_at}
    table = table.replace_schema_metadata({**(table.schema.metadata or {}), **{f"scorecard.{name}": text for name, text in about.items()}})
    pieces = _Pieces()
    with pq.ParquetWriter(pieces, table.schema) as writer:
        for start in range(0, table.num_rows, BLOCK):
            writer.write_table(table.slice(start, BLOCK))
            yield pieces.taken()
    yield pieces.taken()


class _Pieces(io.RawIOBase):
    """A file that is only ever written to its end, and hands over what was written since it was last asked."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[bytes] = []
        self._length = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._parts.append(bytes(data))
        self._length += len(self._parts[-1])
        return len(self._parts[-1])

    def tell(self) -> int:
        return self._length

    def taken(self) -> bytes:
        found = b"".join(self._parts)
        self._parts.clear()
        return found
