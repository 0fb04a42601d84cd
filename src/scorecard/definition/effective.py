"""The effective definition: what a file and its layers add up to, each value with the place it came from."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from scorecard.definition.called import named, text_of
from scorecard.definition.departures import Departure, departures
from scorecard.definition.document import NOWHERE, Document, Spot, Where
from scorecard.definition.layers import Layered, Part, base, folder_of, layer
from scorecard.definition.revision import Opened
from scorecard.definition.sections import SECTIONS
from scorecard.model.issue import Issue, Place
from scorecard.model.text import Text

_NODES = ("metrics", "groups")
_NO_PLACES = frozenset({"type", "time", "where"})
"""keys of a source that name no place of data"""
_ABOUT_NODES = ("rules", "exemptions", "recommendations")


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A value without parts, a list, or a mapping without keys; `is_default` where `defaults` gave it."""

    where: Where
    value: Any
    place: Place
    is_default: bool


@dataclass(frozen=True, slots=True)
class Effective:
    """The merged definition of `document`, as far as it can be read."""

    document: Document
    layered: Layered
    opened: Opened
    issues: tuple[Issue, ...] = ()
    _filled: frozenset[int] = field(default=frozenset(), repr=False)

    @property
    def part(self) -> Part:
        """Its sections in the order of the reference, its keys as they were first written; what `defaults` gave stands where it went."""
        data, _ = without_defaults(self.layered)
        sections = sorted(data, key=lambda section: SECTIONS.index(section) if section in SECTIONS else len(SECTIONS))
        return self._arranged({section: data[section] for section in sections}, self.layered.root), self.layered.root

    def values(self, part: Part | None = None) -> Iterator[Value]:
        """Every value of the whole, or of a part of it."""
        data, spot = part or self.part
        yield from self._values(data, spot, ())

    def value(self, where: Where) -> Value:
        """Where the value at the end of a way came from."""
        data: Any = self.layered.data
        for step in where:
            data = data[step]
        spot = self.layered.root.at(where)
        return Value(where=where, value=data, place=spot.value, is_default=id(spot) in self._filled)

    def departures(self, below: Part | None = None) -> tuple[Departure, ...]:
        """Where the definition departs from what its document extends, or from another mapping."""
        return tuple(departures(below or without_defaults(base(self.document, self.opened.tree)), self.part))

    def removed_at(self, where: Where) -> Place | None:
        """The place of the null that takes a value away, where the document itself has one."""
        data: Any = self.document.data
        for step in where:
            if not isinstance(data, dict) or step not in data:
                return None
            data = data[step]
        return self.document.root.at(where).value if data is None else None

    def folder(self, file: str) -> str:
        """The folder from which the paths to data in one of its files go."""
        return folder_of(self.opened.tree, file)

    def _arranged(self, data: dict[str, Any], spot: Spot) -> dict[str, Any]:
        spots = spot.children or {}
        keys = sorted(data, key=lambda key: id(spots[key]) in self._filled)
        return {key: self._arranged(data[key], spots[key]) if isinstance(data[key], dict) else data[key] for key in keys}

    def _values(self, data: dict[str, Any], spot: Spot, where: Where) -> Iterator[Value]:
        for key, value in data.items():
            child = (spot.children or {})[key]
            if isinstance(value, dict) and value:
                yield from self._values(value, child, (*where, key))
            else:
                yield Value(where=(*where, key), value=value, place=child.value, is_default=id(child) in self._filled)


def without_defaults(layered: Layered) -> Part:
    """A merged definition without the section that is spread over its metrics and groups."""
    return {section: value for section, value in layered.data.items() if section != "defaults"}, layered.root


def effective(opened: Opened) -> Effective:
    """The effective definition of a file or a revision. Raises UsageError or DefinitionError where the file cannot be read at all."""
    document, issues = opened.read()
    layered, more = layer(document, opened.tree)
    filler = (layered.root.children or {}).get("defaults")
    filled = frozenset(id(spot) for _, spot in filler.walk()) if filler is not None else frozenset()
    return Effective(document, layered, opened, (*issues, *more), filled)


def about(part: Part, name: str) -> Part:
    """All that a definition says of one metric, group or the total, called by id or title. Raises UsageError for any other name (SC731)."""
    data, spot = part
    ids = {id: section for section in _NODES for id in _mapping(data, section)}
    titles = {id: text_of(_mapping(_mapping(data, section), id).get("title")) for id, section in ids.items()}
    name = named(name, titles | ({"total": Text()} if "total" in data else {}), "SC731")
    found: dict[str, Any] = {"total": data["total"]} if name == "total" else {ids[name]: {name: data[ids[name]][name]}}
    for segment, written in _mapping(data, "segments").items():
        changed = _of_node(written, name, ids.get(name))
        if changed:
            found.setdefault("segments", {})[segment] = {key: written[key] for key in ("when",) if key in written} | changed
    for section in _ABOUT_NODES:
        entries = {id: each for id, each in _mapping(data, section).items() if isinstance(each, dict) and each.get("of", "total") == name}
        if entries:
            found[section] = entries
    return found, spot


def with_own_paths(effective: Effective) -> tuple[Part, tuple[str, ...]]:
    """The definition with the paths of its sources as they read from its own folder, and the sources that cannot be told so.

    Those are of layers in other folders, and whatever names their data is no path.
    """
    data, root = effective.part
    own = effective.folder(effective.document.file)
    sources, spots = dict(_mapping(data, "sources")), dict(root.at(("sources",)).children or {})
    left: list[str] = []
    for id, source in sources.items():
        if not isinstance(source, dict):
            continue
        spot = spots[id]
        key = "path" if "path" in source else "type"
        folder = effective.folder(spot.at((key,)).file)
        if os.path.realpath(folder) == os.path.realpath(own):
            continue
        if key == "path":
            sources[id] = {**source, "path": _from(own, folder, source["path"])}
            spots[id] = Spot(spot.file, spot.key_event, spot.event, {**(spot.children or {}), "path": NOWHERE})
        elif any(isinstance(value, str) for setting, value in source.items() if setting not in _NO_PLACES):
            left.append(id)
    if not sources:
        return (data, root), ()
    section = root.at(("sources",))
    children = {**(root.children or {}), "sources": Spot(section.file, section.key_event, section.event, spots)}
    return ({**data, "sources": sources}, Spot(root.file, root.key_event, root.event, children)), tuple(left)


def _from(own: str, folder: str, path: Any) -> Any:
    """A path that is relative to a folder, relative to the own one; an address, or one from the environment, stays."""
    if isinstance(path, list):
        return [_from(own, folder, each) for each in path]
    if not isinstance(path, str) or os.path.isabs(path) or "://" in path or path.startswith(("$", "~")):
        return path
    return posixpath.join(os.path.relpath(folder, own).replace(os.sep, "/"), path)


def _of_node(segment: Any, name: str, section: str | None) -> dict[str, Any]:
    """What a segment changes of a node."""
    if not isinstance(segment, dict):
        return {}
    if section is None:
        return {"total": segment["total"]} if "total" in segment else {}
    entries = _mapping(segment, section)
    return {section: {name: entries[name]}} if name in entries else {}


def _mapping(data: Mapping[str, Any], section: str) -> dict[str, Any]:
    found = data.get(section)
    return found if isinstance(found, dict) else {}
