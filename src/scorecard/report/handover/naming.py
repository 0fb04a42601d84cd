"""Which files a name with placeholders means, and who each is about."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scorecard.definition.called import named
from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.part import part
from scorecard.model.period import ALL_TIME, Period
from scorecard.model.text import Text
from scorecard.report.handover.pattern import Pattern
from scorecard.report.handover.told_apart import Entities

Values = tuple[str | None, ...]

PERIOD, SCORECARD = "period", "scorecard"
_NO_SIGN = re.compile(r'[/\\:*?"<>|\s]+')
_STEERING = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_MOST_BYTES = 120
"""of one value in a name: with some others it stays below the 255 that file systems take"""
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
"""what Windows takes for devices"""
_NOTHING = "none"
_SIGNS_OF_DIGEST = 6


@dataclass(frozen=True, slots=True)
class Named:
    """A file in a folder, and which entities it is about; None: all."""

    path: Path
    folder: Path
    whole: Evaluation
    entities: NDArray[np.int32] | None = None

    @property
    def evaluation(self) -> Evaluation:
        return self.whole if self.entities is None else part(self.whole, self.entities)


def files(pattern: Pattern, evaluation: Evaluation) -> list[Named]:
    """Every file that a name means. A placeholder is the id or the title of what fills it. Raises UsageError where nothing does."""
    entities = Entities(evaluation)
    fixed = {PERIOD: _periods(evaluation.shown), SCORECARD: safe_name(evaluation.scorecard.id)}
    titles = entities.titles | {name: Text() for name in fixed if name not in entities.names}
    ids = {name: named(name, titles, "SC752", file=pattern.text) for name in pattern.placeholders}
    own = [name for name, id in ids.items() if id in entities.names]
    alike = {name: fixed[id] for name, id in ids.items() if name not in own}
    if not own:
        return [Named(pattern.filled(alike), pattern.folder, evaluation)]
    columns = [entities.of(ids[name]).tolist() for name in own]
    members: dict[Values, list[int]] = {}
    for number, values in zip(entities.numbers.tolist(), zip(*columns, strict=True), strict=True):
        members.setdefault(values, []).append(number)
    every = sorted(members, key=lambda one: tuple(value or "" for value in one))
    paths = _told_apart(pattern, own, every, alike)
    return [
        Named(path, pattern.folder, evaluation, np.array(members[values], dtype=np.int32))
        for path, values in zip(paths, every, strict=True)
    ]


def _periods(shown: Sequence[Period]) -> str:
    """The period, or the first and the last as `--period` has them."""
    first, last = shown[0], shown[-1]
    if last is ALL_TIME:
        return "all"
    return last.label if first == last else f"{first.label}..{last.label}"


def _told_apart(pattern: Pattern, names: Sequence[str], every: Sequence[Values], alike: Mapping[str, str]) -> Iterator[Path]:
    """A path for each; those that a file system might take for one another get a mark of their own."""
    paths = [pattern.filled({**alike, **dict(zip(names, map(safe_name, values), strict=True))}) for values in every]
    folded = [str(path).casefold() for path in paths]
    counts = Counter(folded)
    for path, name, values in zip(paths, folded, every, strict=True):
        yield path.with_name(f"{path.stem}-{_digest(values)}{path.suffix}") if counts[name] > 1 else path


def safe_name(value: str | None) -> str:
    """A value as a part of a file's name that every system takes and that leads nowhere else."""
    if value is None:
        return _NOTHING
    text = unicodedata.normalize("NFC", value)
    text = "".join("_" if unicodedata.category(sign) in _STEERING else sign for sign in text)
    text = _NO_SIGN.sub("_", text).rstrip("_. ").lstrip("_.- ") or "_"
    if len(text.encode()) > _MOST_BYTES:
        cut = text.encode()[: _MOST_BYTES - _SIGNS_OF_DIGEST - 1].decode(errors="ignore")
        text = f"{cut}-{_digest((value,))}"
    return f"{text}_" if _RESERVED.fullmatch(text) else text


def _digest(values: Values) -> str:
    text = "\0".join("" if value is None else f"={value}" for value in values)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_SIGNS_OF_DIGEST]
