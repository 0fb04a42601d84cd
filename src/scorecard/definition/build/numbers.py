"""Numbers as a definition writes them: plain, percentages, formulas, paths between dates, tables by period."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from unicodedata import normalize

from scorecard.definition.build.draft import BROKEN, Draft
from scorecard.definition.document import Where
from scorecard.expression.names import near
from scorecard.expression.scope import Scope
from scorecard.model.definition import Constant, Number, Path, Range, Table
from scorecard.model.formula import Formula, Literal, Node, Unary

_PERCENTAGE = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)%").fullmatch
_LOOKS_LIKE_A_NUMBER = re.compile(r"[-+]?(?:0[xob][0-9a-fA-F_]+|[0-9.][0-9_.,' ]*)%?").fullmatch
_WITH_A_UNIT = re.compile(r"([-+]?[0-9]+(?:\.[0-9]+)?) ?([^\W\d]+)").fullmatch
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch


def constant(written: str | float) -> float:
    """A number or a percentage; `85%` is 0.85."""
    return float(written[:-1]) / 100 if isinstance(written, str) else float(written)


def number(draft: Draft, where: Where, written: Any, scope: Scope) -> Number:
    """Any way to write a number; `scope` is what a formula there may name."""
    if isinstance(written, (int, float)):
        return Constant(float(written))
    if isinstance(written, str):
        return _from_text(draft, where, written, scope)
    return _by_time(draft, where, written)


def number_in(draft: Draft, entry: Mapping[str, Any], key: str, where: Where, scope: Scope) -> Number | None:
    """The number under `key`; None where there is none."""
    return number(draft, (*where, key), entry[key], scope) if key in entry else None


def bound_in(draft: Draft, entry: Mapping[str, Any], key: str, where: Where, scope: Scope) -> Number | Range | None:
    """A number or a pair under `key`, as `worst` and `target` take."""
    written = entry.get(key)
    if isinstance(written, list):
        low, high = (number(draft, (*where, key, index), each, scope) for index, each in enumerate(written))
        return Range(low, high)
    return number_in(draft, entry, key, where, scope)


def _from_text(draft: Draft, where: Where, text: str, scope: Scope) -> Number:
    text = text.strip()
    if _PERCENTAGE(text):
        return Constant(constant(text))
    narrow = normalize("NFKC", text)
    if narrow != text and (_PERCENTAGE(narrow) or _LOOKS_LIKE_A_NUMBER(narrow)):
        draft.report("SC401", where, reason="full_width", value=text, number=narrow)
        return BROKEN
    if _LOOKS_LIKE_A_NUMBER(text):
        try:
            plain = float(text) if "_" not in text and not re.match(r"[-+]?0[0-9]", text) else None
        except ValueError:
            plain = None
        if plain is None:
            draft.report("SC401", where, value=text)
            return BROKEN
        return Constant(plain)
    if found := _WITH_A_UNIT(text):
        draft.report("SC401", where, reason="unit", value=text, number=found[1], unit=found[2])
        return BROKEN
    if text.isidentifier() and not _named(text, scope):
        draft.report("SC401", where, reason="word", value=text)
        return BROKEN
    formula = draft.formula(where, text, scope)
    value = _literal(formula.tree) if formula is not BROKEN else None
    return Constant(value) if value is not None else formula


def _named(word: str, scope: Scope) -> bool:
    """Whether a formula there could mean something by a single word, or nearly could."""
    known = {*scope.own_names, *scope.attributes, *scope.metrics, *scope.groups, *(scope.params or ()), "true", "false", "null"}
    return bool(near(word, known))


def _literal(tree: Node) -> float | None:
    match tree:
        case Literal(value=float() | int() as value) if not isinstance(value, bool):
            return float(value)
        case Unary(operator="-", operand=Literal(value=float() | int() as value)) if not isinstance(value, bool):
            return -float(value)
    return None


def _by_time(draft: Draft, where: Where, written: Mapping[str, str | float]) -> Path | Table | Formula:
    """A path where the keys are dates, a table where they are labels of periods."""
    if draft.calendar is None:
        draft.report("SC404", where)
        return BROKEN
    dated = [key for key in written if _DATE(key)]
    if dated and len(dated) < len(written):
        draft.report("SC402", (*where, next(key for key in written if key not in dated)), at_key=True)
        return BROKEN
    if not dated:
        entries: dict[str, float] = {}
        for label, value in written.items():
            period = draft.calendar.named(label)
            if period is None:
                draft.report("SC403", (*where, label), at_key=True, name=label, example=draft.calendar.example)
            else:
                entries[period.label] = constant(value)
        return Table(entries)
    points: list[tuple[date, float]] = []
    for key, value in written.items():
        try:
            points.append((date.fromisoformat(key), constant(value)))
        except ValueError:
            draft.report("SC113", (*where, key), at_key=True, key=str(where[-1]), value=key)
    return Path(tuple(sorted(points))) if len(points) == len(written) else BROKEN
