"""Building: merged plain data whose shape is right to the records of a scorecard."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from scorecard.definition.build.adjust import exemption, gate, rule
from scorecard.definition.build.advise import recommendation
from scorecard.definition.build.cases import case
from scorecard.definition.build.draft import Draft
from scorecard.definition.build.entities import calendar, entity
from scorecard.definition.build.ignored import ignored
from scorecard.definition.build.nodes import group, metric, total
from scorecard.definition.build.scales import bands, scale
from scorecard.definition.build.segments import segment
from scorecard.definition.build.sources import source
from scorecard.definition.build.texts import text_in
from scorecard.definition.document import Spot, Where
from scorecard.definition.layers import FOLDERS, Tree
from scorecard.hooks.registry import Registry
from scorecard.model.definition import Scorecard
from scorecard.model.issue import Issue, Place

_NOT_SCORED = frozenset({"cases", "ignore"})
"""sections that change no score"""


class Places(Mapping[tuple[str, ...], Place]):
    """Where every value of a merged definition stands; places are made when asked for."""

    def __init__(self, root: Spot) -> None:
        self._root = root

    def __getitem__(self, where: tuple[str, ...]) -> Place:
        spot = self._root
        for step in where:
            children = spot.children or {}
            if step not in children and not (step.isdigit() and int(step) in children):
                raise KeyError(where)
            spot = children[step] if step in children else children[int(step)]
        return spot.value

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        return (tuple(str(step) for step in where) for where, _ in self._root.walk())

    def __len__(self) -> int:
        return sum(1 for _ in self._root.walk())


def build(
    data: Mapping[str, Any],
    root: Spot,
    registry: Registry,
    *,
    id: str,
    files: tuple[str, ...],
    named: Mapping[str, Any] | None = None,
    tree: Tree = FOLDERS,
) -> tuple[Scorecard, list[tuple[Where, Issue]]]:
    """The scorecard of merged data, and every issue with the way to what it is about.

    `tree` is where its files were read, and `named` the definition whose ids count as known, where parts of it were left out of `data`
    for their shape.
    A scorecard with issues holds broken parts and is good for further checks only.
    """
    known = named or data
    draft = Draft(
        data=data,
        root=root,
        registry=registry,
        tree=tree,
        metrics=frozenset(_ids(known, "metrics")),
        groups=frozenset({"total", *_ids(known, "groups")}),
        sources=tuple(_ids(known, "sources")),
        attributes=frozenset(data["entity"].get("attributes", ())),
        keys=tuple(data["entity"]["key"]),
        bands=frozenset(_ids(known, "bands")),
    )
    draft.calendar = calendar(draft)
    limits, ends = bands(draft), scale(draft)
    from_worst = [band.id for band in limits if band.start is not None]
    draft.band_order = {name: at for at, name in enumerate(reversed(from_worst) if ends.lower_is_better else from_worst)}
    scorecard = Scorecard(
        id=data.get("id", id),
        title=text_in(draft, data, "title", ()),
        entity=entity(draft),
        period=draft.calendar,
        scale=ends,
        bands=limits,
        sources={name: source(draft, name, entry) for name, entry in draft.section("sources").items()},
        total=total(draft),
        groups={name: group(draft, name, entry) for name, entry in draft.section("groups").items()},
        metrics={name: metric(draft, name, entry) for name, entry in draft.section("metrics").items()},
        segments={name: segment(draft, name, entry) for name, entry in draft.section("segments").items()},
        rules={name: rule(draft, name, entry) for name, entry in draft.section("rules").items()},
        exemptions={name: exemption(draft, name, entry) for name, entry in draft.section("exemptions").items()},
        gates={name: gate(draft, name, entry) for name, entry in draft.section("gates").items()},
        ignore={code: ignored(draft, code, entry) for code, entry in draft.section("ignore").items()},
        recommendations={name: recommendation(draft, name, entry) for name, entry in draft.section("recommendations").items()},
        cases={name: case(draft, name, entry) for name, entry in draft.section("cases").items()},
        files=files,
        digest=digest({key: value for key, value in data.items() if key not in _NOT_SCORED}),
        places=Places(root),
    )
    return scorecard, draft.issues


def digest(data: Mapping[str, Any]) -> str:
    """SHA-256 of a merged definition, whatever the order of its keys."""
    written = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def _ids(data: Mapping[str, Any], section: str) -> list[str]:
    found = data.get(section)
    return list(found) if isinstance(found, dict) else []
