"""Cases: values or records of one entity, and what must come out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from scorecard.definition.build.draft import Draft
from scorecard.definition.build.numbers import constant
from scorecard.definition.build.texts import text_in
from scorecard.definition.document import Where
from scorecard.definition.wording import hints
from scorecard.expression.scope import INSUFFICIENT
from scorecard.model.case import Case, Cell, Expectation, Wanted
from scorecard.model.period import Period
from scorecard.model.state import State

NOTHING = "none"
"""as what an expected score or value is written that is not there"""
_NUMBERS = ("score", "value", "coverage")
_NODE = (*_NUMBERS, "band", "state")
_LISTS = {"rules": "rules", "recommendations": "recommendations", "segments": "segments"}


def case(draft: Draft, id: str, entry: Mapping[str, Any]) -> Case:
    """One case; every name in it is known, every number one."""
    where: Where = ("cases", id)
    period = _period(draft, where, entry)
    if "given" not in entry and not entry.get("records"):
        draft.report("SC911", where, at_key=True, name=id)
    records = {source: tuple(rows) for source, rows in entry.get("records", {}).items()}
    draft.names((*where, "records"), records, draft.sources, "SC201")
    entity = {name: _cell(draft, (*where, "entity", name), value) for name, value in entry.get("entity", {}).items()}
    _known(draft, (*where, "entity"), entity, {*draft.attributes, *draft.keys}, "SC209")
    return Case(
        id=id,
        title=text_in(draft, entry, "title", where),
        period=period,
        entity=entity,
        given=_values(draft, (*where, "given"), entry.get("given", {})),
        earlier=tuple(_earlier(draft, (*where, "earlier"), entry.get("earlier", {}))),
        records={source: rows for source, rows in records.items() if rows},
        expect=tuple(_expectation(draft, (*where, "expect", name), name, value) for name, value in entry["expect"].items()),
        place=draft.key_place(where),
    )


def _period(draft: Draft, where: Where, entry: Mapping[str, Any]) -> Period | None:
    if draft.calendar is None:
        return None
    if "period" not in entry:
        draft.report("SC912", where, at_key=True, name=where[-1], example=draft.calendar.example)
        return None
    return _named(draft, (*where, "period"), draft.raw((*where, "period"), entry["period"]))


def _named(draft: Draft, where: Where, label: str, *, at_key: bool = False) -> Period | None:
    assert draft.calendar is not None
    found = draft.calendar.named(label)
    if found is None:
        draft.report("SC403", where, at_key=at_key, name=label, example=draft.calendar.example)
    return found


def _earlier(draft: Draft, where: Where, written: Mapping[str, Any]) -> Iterable[tuple[Period, Mapping[str, float | str]]]:
    for label, values in written.items():
        period = _named(draft, (*where, label), label, at_key=True) if draft.calendar is not None else None
        given = _values(draft, (*where, label), values)
        if period is not None:
            yield period, given


def _values(draft: Draft, where: Where, written: Mapping[str, Any]) -> dict[str, float | str]:
    _known(draft, where, written, draft.metrics, "SC203")
    return {name: _value(draft, (*where, name), value) for name, value in written.items()}


def _value(draft: Draft, where: Where, value: Any) -> float | str:
    """A number, a percentage, or the text of a label."""
    if isinstance(value, bool) or not isinstance(value, str):
        return float(value)
    return number if (number := _percentage(value)) is not None else draft.raw(where, value)


def _percentage(text: str) -> float | None:
    try:
        return constant(text) if text.endswith("%") else None
    except ValueError:
        return None


def _cell(draft: Draft, where: Where, value: Any) -> Cell:
    return draft.raw(where, value) if where[-1] in draft.keys else value


def _known(draft: Draft, where: Where, names: Iterable[str], known: Iterable[str], code: str) -> None:
    for name in names:
        if name not in known:
            draft.unknown(code, (*where, name), name, known, at_key=True)


def _expectation(draft: Draft, where: Where, written: str, value: Any) -> Expectation:
    name = written if "." in written else f"total.{written}"
    node, _, part = name.rpartition(".")
    place = draft.place(where)
    if node == "total" and part in _LISTS:
        names = tuple(value) if isinstance(value, list) else (value,)
        known = draft.section(_LISTS[part])
        for at, each in enumerate(names):
            if each not in known:
                draft.unknown("SC914", (*where, at), each, known)
        return Expectation(name=name, wanted=tuple(sorted(names)), place=place)
    parts = [part for part in _NODE if part != "value" or node in draft.metrics]
    if node not in draft.groups and node not in draft.metrics:
        draft.unknown("SC203", where, node, {*draft.groups, *draft.metrics}, at_key=True)
    elif part not in parts:
        draft.unknown("SC913", where, part, [*parts, *(_LISTS if node == "total" else ())], at_key=True)
    elif isinstance(value, list):
        draft.report("SC915", where, name=written, value=", ".join(map(str, value)), allowed=[])
    else:
        wanted, decimals = _wanted(draft, where, part, value, label=part == "value")
        return Expectation(name=name, wanted=wanted, decimals=decimals, place=place)
    return Expectation(name=name, wanted=None, place=place)


def _wanted(draft: Draft, where: Where, part: str, value: Any, *, label: bool) -> tuple[Wanted, int | None]:
    """What is expected, and how many decimals of it are written: a number with decimals is compared at these."""
    text = draft.raw(where, value)
    if text == NOTHING:
        return None, None
    if part in _NUMBERS:
        number = float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else _percentage(text)
        if number is not None:
            return number, _decimals(text)
        if label:
            return text, None
    allowed = {"band": [*draft.bands, INSUFFICIENT], "state": [state.name.lower() for state in State]}.get(part, [])
    if text not in allowed:
        meant: dict[str, Any] = hints(text, allowed)
        draft.report("SC915", where, name=f"{where[-1]}", value=text, **meant)
    return text, None


def _decimals(text: str) -> int | None:
    digits = text.rstrip("%").partition(".")[2]
    return len(digits) + 2 * text.endswith("%") if digits.isdigit() else None
