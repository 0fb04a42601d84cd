"""An impact for programs: JSON with everything, and a row for each entity."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from scorecard.advice.impact.impact import Ends, Group, Impact, Keys
from scorecard.advice.impact.limits import Judged
from scorecard.definition.changes.causes import Cause
from scorecard.definition.changes.differences import ABSENT
from scorecard.definition.changes.written import Written
from scorecard.model.period import ALL_TIME
from scorecard.model.state import Reason
from scorecard.report.digits import one, twelve
from scorecard.report.impact.teller import Teller

SCHEMA = "scorecard-diff/1"
STATUSES = ("compared", "newly_scored", "no_longer_scored", "no_score", "came", "gone")


def as_json(teller: Teller) -> str:
    """One document; every entity is a line of it."""
    head = json.dumps(_head(teller), ensure_ascii=False, indent=2, allow_nan=False).removesuffix("\n}")
    lines = [json.dumps(each, ensure_ascii=False, allow_nan=False) for each in _entities(teller.impact)]
    entities = ",\n    ".join(lines)
    return f'{head},\n  "entities": [\n    {entities}\n  ]\n}}\n' if lines else f'{head},\n  "entities": []\n}}\n'


def as_rows(impact: Impact) -> tuple[list[str], Iterator[list[Any]]]:
    """The heads and a row for each entity, with a column for each cause; those that go together share one."""
    causes = _columns(impact)
    parts = ["+".join(group) for group in causes]
    ends = ["score", "band", "rank", "reason"]
    heads = [*impact.keys, "status", "change", *(f"{name}_{side}" for name in ends for side in ("before", "after")), "cause", *parts]
    return heads, _rows(impact, causes)


def _head(teller: Teller) -> dict[str, Any]:
    impact = teller.impact
    change = impact.change[impact.compared]
    moved: dict[str, Any] = dict.fromkeys(("mean", "median", "least", "greatest"))
    if len(change):
        moved = {"mean": one(change.mean()), "median": one(np.median(change)), "least": one(change.min()), "greatest": one(change.max())}
    counts = {
        "entities": len(impact),
        "compared": int(impact.compared.sum()),
        "moved": int(impact.moved.sum()),
        "other_band": int(impact.other_band.sum()),
        "newly_scored": int(impact.newly_scored.sum()),
        "no_longer_scored": int(impact.no_longer_scored.sum()),
        "came": _count(impact.came),
        "gone": _count(impact.gone),
    }
    return {
        "schema": SCHEMA,
        "old": _side(impact.old),
        "new": _side(impact.new),
        "period": None if impact.period is ALL_TIME else impact.period.label,
        "changes": list(_changes(teller)),
        "summary": {**counts, "change": moved},
        "parts": [_part(impact, place) for place in range(len(impact.causes))],
        "bands": _bands(impact),
        "limits": [_limit(judged) for judged in teller.judged],
    }


def _side(written: Written) -> dict[str, Any]:
    return {"name": written.name, "id": written.scorecard.id, "digest": written.scorecard.digest}


def _changes(teller: Teller) -> Iterator[dict[str, Any]]:
    for each in teller.impact.differences:
        path = [str(step) for step in each.where]
        sides = {name: None if side is ABSENT else side for name, side in (("old", each.old), ("new", each.new))}
        yield {"path": path, "cause": each.cause, **sides, "text": teller.line(each), "place": str(each.place)}


def _part(impact: Impact, place: int) -> dict[str, Any]:
    own = impact.points[place][impact.compared]
    known = {"mean": one(own.mean()), "least": one(own.min()), "greatest": one(own.max())} if len(own) else {}
    return {"causes": list(impact.causes[place]), **dict.fromkeys(("mean", "least", "greatest")), **known}


def _bands(impact: Impact) -> list[dict[str, Any]]:
    found = impact.matrix
    pairs = zip(*np.nonzero(found), strict=True)
    return [{"from": impact.bands[old], "to": impact.bands[new], "count": int(found[old, new])} for old, new in pairs]


def _limit(judged: Judged) -> dict[str, Any]:
    name = "band_share" if judged.of_all else judged.name
    return {"name": name, "found": one(judged.found), "limit": one(judged.limit), "verdict": judged.verdict}


def _entities(impact: Impact) -> Iterator[dict[str, Any]]:
    before, after = (_ends(impact, ends) for ends in (impact.before, impact.after))
    parts = list(zip(*(twelve(points) for points in impact.points), strict=True)) or [()] * len(impact)
    named, turned = _keys(impact.keys, len(impact)), impact.turned.tolist()
    columns = zip(named, _statuses(impact), twelve(impact.change), before, after, turned, parts, strict=True)
    for key, status, change, old, new, turn, points in columns:
        cause = None if turn < 0 else list(impact.causes[turn])
        split = None if change is None else list(points)
        yield {"key": key, "status": status, "change": change, "before": old, "after": new, "cause": cause, "parts": split}
    for status, keys in (("came", impact.came), ("gone", impact.gone)):
        for key in _keys(keys, _count(keys)):
            yield {"key": key, "status": status, "change": None, "before": None, "after": None, "cause": None, "parts": None}


def _ends(impact: Impact, ends: Ends) -> list[dict[str, Any]]:
    columns = zip(twelve(ends.score), ends.band.tolist(), twelve(ends.rank), ends.reason.tolist(), strict=True)
    return [{"score": score, "band": impact.bands[band], "rank": rank, "reason": _reason(reason)} for score, band, rank, reason in columns]


def _rows(impact: Impact, columns: list[Group]) -> Iterator[list[Any]]:
    places = [impact.causes.index(group) if group in impact.causes else None for group in columns]
    for each in _entities(impact):
        old, new = (each[side] or dict.fromkeys(("score", "band", "rank", "reason")) for side in ("before", "after"))
        ends = [side[name] for name in ("score", "band", "rank", "reason") for side in (old, new)]
        parts = [None if each["parts"] is None else 0.0 if place is None else each["parts"][place] for place in places]
        cause = "" if each["cause"] is None else "+".join(each["cause"])
        yield [*each["key"].values(), each["status"], each["change"], *ends, cause, *parts]


def _columns(impact: Impact) -> list[Group]:
    """Every cause, in its place; those that go together in that of the first."""
    found = {cause: (cause,) for cause in Cause}
    grouped = {cause: group for group in impact.causes for cause in group}
    return list(dict.fromkeys(grouped.get(cause, group) for cause, group in found.items()))


def _statuses(impact: Impact) -> list[str]:
    chosen = [impact.compared, impact.newly_scored, impact.no_longer_scored]
    found: list[str] = np.select(chosen, list(STATUSES[:3]), STATUSES[3]).tolist()
    return found


def _keys(keys: Keys, count: int) -> Iterator[Mapping[str, str]]:
    if not keys:
        yield from ({} for _ in range(count))
        return
    for row in zip(*keys.values(), strict=True):
        yield dict(zip(keys, map(str, row), strict=True))


def _count(keys: Keys) -> int:
    return len(next(iter(keys.values()), ()))


def _reason(code: int) -> str | None:
    return Reason(code).name.lower() if code else None
