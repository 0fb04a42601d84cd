"""How far each number of a definition may be moved before an entity's verdict turns, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from scorecard.advice.certainty.intervals import Interval
from scorecard.advice.certainty.written import Key
from scorecard.language.words import say
from scorecard.model.definition import Scorecard
from scorecard.report import figures
from scorecard.report.labels import band_of, node_of

_DIGITS, _MOST_DIGITS = 4, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One number for one entity; an end is None where the verdict does not turn that way.

    `part` is the least move that turns the verdict: of a weight a part of itself, of a threshold a part of the way to its
    neighbour; infinite where none does.
    """

    node: str
    key: tuple[str, ...]
    name: str
    written: float
    low: float | None
    high: float | None
    part: float
    shown: str
    stays: str
    said: str


def turns(scorecard: Scorecard, found: Mapping[Key, Interval], place: int, band: str, language: str) -> list[Turn]:
    """The numbers of one entity, by its place in the intervals, those that turn its verdict soonest first; `band` is its band's title."""
    own = (
        _turn(scorecard, key, interval, place, band, language) for key, interval in found.items() if not np.isnan(interval.written[place])
    )
    return sorted(own, key=lambda turn: turn.part)


def _turn(scorecard: Scorecard, key: Key, interval: Interval, place: int, band: str, language: str) -> Turn:
    node, field = key
    written, low, high, least, most = (
        float(x[place]) for x in (interval.written, interval.low, interval.high, interval.least, interval.most)
    )
    below, above = (low if low > least else None), (high if high < most else None)
    room = (written - least, most - written if np.isfinite(most) else written)
    parts = [abs(end - written) / way for end, way in zip((below, above), room, strict=True) if end is not None]
    shown, name = _shown(scorecard, key, written, _DIGITS, language), _name(scorecard, key, language)
    from_text, to_text = (None if end is None else _apart(scorecard, key, end, shown, language) for end in (below, above))
    stays = _stays(from_text, to_text, language)
    said = "certainty.said.any" if below is None and above is None else "certainty.said.number"
    values = {"band": band, "number": name, "written": shown} | ({} if said.endswith("any") else {"range": stays})
    return Turn(
        node=node,
        key=field,
        name=name,
        written=written,
        low=below,
        high=above,
        part=min(parts, default=float("inf")),
        shown=shown,
        stays=stays,
        said=say(said, language, **values),
    )


def _name(scorecard: Scorecard, key: Key, language: str) -> str:
    node, field = key
    title = node_of(scorecard, node, language)
    match field:
        case ("weight",):
            return say("certainty.number.weight", language, node=title)
        case ("bands", band):
            return say("certainty.number.band", language, band=band_of(scorecard, band, language))
    return say("certainty.number.threshold", language, node=title, band=band_of(scorecard, field[1], language))


def _apart(scorecard: Scorecard, key: Key, number: float, written: str, language: str) -> str:
    """The number at as many digits as it takes to tell it from the one that is written, within reason."""
    for digits in range(_DIGITS, _MOST_DIGITS):
        if (shown := _shown(scorecard, key, number, digits, language)) != written:
            break
    return shown


def _shown(scorecard: Scorecard, key: Key, number: float, digits: int, language: str) -> str:
    node, field = key
    if node not in scorecard.metrics or field == ("weight",):
        return figures.plain(number, digits, language)
    unit = scorecard.metrics[node].unit
    return figures.value(number, unit, None if digits == _DIGITS else digits - _DIGITS + 1, language)


def _stays(low: str | None, high: str | None, language: str) -> str:
    if low is not None and high is not None:
        return say("certainty.stays.between", language, low=low, high=high)
    if low is not None:
        return say("certainty.stays.from", language, low=low)
    if high is not None:
        return say("certainty.stays.to", language, high=high)
    return say("certainty.stays.always", language)
