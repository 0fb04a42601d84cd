"""Cells of rows in the definition that YAML reads as something else than the cells around them: `1_000` among numbers, the id `1e3`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from scorecard.definition.document import Spot, Where
from scorecard.definition.lint.checks.other_readers import LOOKS_OTHERWISE
from scorecard.definition.lint.subject import Subject
from scorecard.definition.rules.placed import written
from scorecard.model.issue import Issue, Level

CODE = "SC854"
LEVEL = Level.WARNING


def find(subject: Subject) -> Iterator[Issue]:
    for id, source in subject.data.get("sources", {}).items():
        rows = source.get("rows")
        if not isinstance(rows, list):
            continue
        columns: dict[str, list[tuple[Where, Any]]] = {}
        for at, row in enumerate(rows):
            pairs: Iterable[tuple[Any, Any]] = row.items() if isinstance(row, Mapping) else enumerate(row) if isinstance(row, list) else ()
            for key, value in pairs:
                columns.setdefault(_name(key, source.get("names")), []).append((("sources", id, "rows", at, key), value))
        for name, cells in columns.items():
            yield from _column(subject, id, name, cells)


def _name(key: Any, names: Any) -> str:
    return str(names[key]) if isinstance(key, int) and isinstance(names, list) and key < len(names) else str(key)


def _column(subject: Subject, id: str, name: str, cells: list[tuple[Where, Any]]) -> Iterator[Issue]:
    is_id = name in subject.scorecard.entity.key
    kinds = {type(value) for _, value in cells}
    if is_id and float in kinds:
        for where, value in cells:
            raw = subject.root.at(where).raw
            if isinstance(value, float) and raw is not None and raw != written(value):
                yield subject.issue(CODE, LEVEL, where, id, reason="number", value=raw, read=written(value), column=name)
    elif not is_id and str in kinds and not kinds.isdisjoint((int, float, bool)):
        for where, value in cells:
            if isinstance(value, str) and _is_plain(subject.root.at(where)) and LOOKS_OTHERWISE(value):
                yield subject.issue(CODE, LEVEL, where, id, value=value, column=name)


def _is_plain(spot: Spot) -> bool:
    """Whether a scalar is written without quotes."""
    return not spot.event.style
