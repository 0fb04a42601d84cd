"""Feedback put into classes of problems."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import narwhals as nw
import numpy as np

_SPECIAL = re.compile(r"([\\.+*?()|\[\]{}^$])")
_LATIN = re.compile(r"[A-Za-z]")


def feedback_mix(
    records: nw.DataFrame[Any], window: tuple[datetime | None, datetime | None], params: Mapping[str, Any]
) -> nw.DataFrame[Any]:
    """`entity` and `value`: the share of feedback in the classes asked for; share and cost of every class beside it."""
    words = nw.col(params.get("category") or params.get("comment", "comment")).str.strip_chars()
    said = records.filter(~words.is_null() & (words != ""))
    classes: Mapping[str, Sequence[str]] = params["classes"]
    found = said.select(*(_belongs(words, listed, exact="category" in params).alias(name) for name, listed in classes.items()))
    belongs = {name: found[name].to_numpy().astype(np.float64) for name in classes}
    entity, place, count = np.unique(said["entity"].to_numpy(), return_inverse=True, return_counts=True)

    def total(amounts: Any) -> Any:
        return np.bincount(place, amounts, len(entity))

    chosen = np.max([belongs[name] for name in params.get("of", classes)], axis=0)
    answer = {"entity": entity, "value": total(chosen) / count}
    answer |= {f"share of {name}": total(member) / count for name, member in belongs.items()}
    if "cost" in params:
        cost = np.nan_to_num(said[params["cost"]].cast(nw.Float64()).to_numpy())
        answer |= {f"cost of {name}": total(member * cost) for name, member in belongs.items()}
    elif "costs" in params:
        answer |= {f"cost of {name}": total(member) * params["costs"].get(name, 0) for name, member in belongs.items()}
    return nw.from_dict(answer, backend=records.implementation)


def _belongs(words: nw.Expr, listed: Sequence[str], *, exact: bool) -> nw.Expr:
    return words.is_in(list(listed)) if exact else words.str.contains(_pattern(listed))


def _pattern(listed: Sequence[str]) -> str:
    """Any of the key words; one in Latin letters stands at the beginning of a word."""
    parts = (f"(?:^|[^a-z]){_literal(word)}" if _LATIN.match(word) else _literal(word) for word in listed)
    return f"(?i)(?:{'|'.join(parts)})"


def _literal(word: str) -> str:
    return _SPECIAL.sub(r"\\\1", word)
