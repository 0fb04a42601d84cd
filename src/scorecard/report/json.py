"""An evaluation as one JSON document, or as one line for each entity."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from scorecard.evaluation.evaluation import Evaluation
from scorecard.report.records import records
from scorecard.report.whole import head

_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False)
BATCH = 256
"""entities that are encoded before they are handed over"""


def write(evaluation: Evaluation, options: Mapping[str, Any]) -> Iterator[bytes]:
    """The document in pieces: what is said once, then the entities, an entity per line."""
    start = json.dumps(head(evaluation, str(options.get("language", "en"))), ensure_ascii=False, indent=2, allow_nan=False)
    yield start.removesuffix("\n}").encode() + b',\n  "entities": ['
    before = "\n    "
    for lines in _batches(evaluation):
        yield (before + ",\n    ".join(lines)).encode()
        before = ",\n    "
    yield b"\n  ]\n}\n"


def write_lines(evaluation: Evaluation, options: Mapping[str, Any]) -> Iterator[bytes]:
    """Each entity as a line of its own that names the scorecard."""
    for lines in _batches(evaluation, {"scorecard": evaluation.scorecard.id}):
        yield ("\n".join(lines) + "\n").encode()


def _batches(evaluation: Evaluation, first: Mapping[str, Any] | None = None) -> Iterator[list[str]]:
    every = (_line({**(first or {}), **record}) for record in records(evaluation))
    while lines := list(islice(every, BATCH)):
        yield lines


def _line(record: Mapping[str, Any]) -> str:
    return _ENCODER.encode(record)
