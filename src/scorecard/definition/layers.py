"""Layers: `extends` and `defaults` folded into one mapping, in which every value still knows its file."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from scorecard.definition.document import NOWHERE, Document, Spot, Step, Where
from scorecard.definition.read import LARGEST, decode, read_text
from scorecard.definition.wording import owner, shown
from scorecard.expression.names import near
from scorecard.language.phrase import Phrase
from scorecard.model.issue import Issue, Place

MOST_LAYERS = 32
"""files in one chain of `extends`"""

_WAYS_TO_A_VALUE = frozenset({"measure", "type", "choose"})
_WHOLE = frozenset(
    {"curve", "choose", "target", "worst", "weight", "coverage", "aggregation", "missing", "baseline", "effort", "max_change", "unit"}
)
"""keys of a node that a nearer layer replaces whole: a choice between forms, one number, or one thing in several languages"""

Part = tuple[dict[str, Any], Spot]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layered:
    """The merged definition. `files` are nearest first; `complete` is False where a layer or a value could not be read."""

    data: dict[str, Any]
    root: Spot
    documents: dict[str, Document]
    complete: bool = True

    @property
    def files(self) -> tuple[str, ...]:
        return tuple(self.documents)


def load(file: str) -> tuple[Document | None, list[Issue]]:
    """The document of a file, or the issues that say why there is none; its size is looked at before it is read."""
    try:
        if os.stat(file).st_size > LARGEST:
            return None, [Issue(code="SC004", place=Place(file, 1, 1), values={"file": file, "most": LARGEST // 1_000_000})]
        with open(file, "rb") as stream:
            data = stream.read(LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError):
        return None, [Issue(code="SC001", values={"file": file})]
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or "the name is no file name"
        return None, [Issue(code="SC002", values={"file": file, "reason": reason})]
    text, issues = decode(data, file)
    return read_text(text, file) if text is not None else (None, issues)


class Tree(Protocol):
    """Where the files of definitions are read: the folders at hand, or a revision of them."""

    def load(self, file: str) -> tuple[Document | None, list[Issue]]:
        """The document of a file, or the issues that say why there is none."""

    def beside(self, file: str, entry: str) -> str:
        """The name of the file that `entry` names in a file."""

    def identity(self, file: str) -> str:
        """What two names of one file have in common."""

    def at_hand(self, file: str) -> str:
        """The file of that name in the folders at hand."""


class Folders:
    """The folders at hand."""

    def load(self, file: str) -> tuple[Document | None, list[Issue]]:
        return load(file)

    def beside(self, file: str, entry: str) -> str:
        return os.path.normpath(os.path.join(os.path.dirname(file), entry))

    def identity(self, file: str) -> str:
        return os.path.realpath(file)

    def at_hand(self, file: str) -> str:
        return file


FOLDERS: Tree = Folders()


def folder_of(tree: Tree, file: str) -> str:
    """The folder from which the paths to data in a file go; one at hand, for data have no revisions."""
    return os.path.dirname(tree.at_hand(file)) or "."


def layer(document: Document, tree: Tree = FOLDERS, *, spread: bool = True) -> tuple[Layered, list[Issue]]:
    """The document with the layers that it extends, read in the same tree, and, with `spread`, its own defaults folded in."""
    stack = _Stack(tree)
    stack.documents[document.file] = document
    return stack.finished(stack.merged(document, (tree.identity(document.file),)), spread=spread), stack.issues


def together(files: Iterable[str], tree: Tree = FOLDERS) -> Layered:
    """What a definition that extends these files, and says nothing itself, is; the later win."""
    stack = _Stack(tree)
    whole: Part = ({}, NOWHERE)
    for file in files:
        part = stack.part(file, Place(file, 1, 1), ())
        whole = merge(whole, part, ()) if part is not None else whole
    return stack.finished(whole)


def base(document: Document, tree: Tree = FOLDERS) -> Layered:
    """What a document extends, without a word of its own; its layers' issues are those of the document."""
    named = {key: value for key, value in document.data.items() if key == "extends"}
    spots: dict[Step, Spot] = {key: spot for key, spot in (document.root.children or {}).items() if key in named}
    root = Spot(document.file, document.root.key_event, document.root.event, spots)
    return layer(replace(document, data=named, root=root), tree)[0]


@dataclass(slots=True)
class _Stack:
    tree: Tree
    documents: dict[str, Document] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    complete: bool = True
    done: dict[str, Part | None] = field(default_factory=dict)

    def finished(self, part: Part, *, spread: bool = True) -> Layered:
        """The merged mapping with its own defaults spread, and without the nulls that found nothing to remove."""
        data, root = _with_defaults(*part) if spread else part
        complete = self.complete and not any(each.has_gaps for each in self.documents.values())
        if any(each.has_null for each in self.documents.values()):
            data, root = _without_nulls(data, root, (), data, self.issues)
        return Layered(data=data, root=root, documents=self.documents, complete=complete)

    def merged(self, document: Document, chain: tuple[str, ...]) -> Part:
        """A document over everything that it extends; `chain` are the files on the way to it."""
        if "extends" not in document.data:
            return document.data, document.root
        data, spot = {k: v for k, v in document.data.items() if k != "extends"}, document.root
        below: Part | None = None
        for file, place in self._named(document):
            part = self.part(file, place, chain)
            if part is not None:
                below = part if below is None else merge(below, part, ())
        if below is None:
            return data, spot
        return merge(below, (data, spot), ())

    def _named(self, document: Document) -> list[tuple[str, Place]]:
        written = document.data["extends"]
        spot = document.root.at(("extends",))
        entries = written if isinstance(written, list) else [written]
        found: list[tuple[str, Place]] = []
        for index, entry in enumerate(entries):
            place = spot.at((index,)).value if isinstance(written, list) else spot.value
            if isinstance(entry, str) and entry.strip():
                found.append((self.tree.beside(document.file, entry), place))
            else:
                self.complete = False
                values = {"key": "extends", "owner": owner(()), "expected": Phrase("a file, or a list of files"), "found": shown(entry)}
                self.issues.append(Issue(code="SC101", place=place, values=values))
        return found

    def part(self, file: str, place: Place, chain: tuple[str, ...]) -> Part | None:
        """A file that is named at a place, over everything that it extends; None, with an issue, where it cannot be had."""
        real = self.tree.identity(file)
        if real in chain or len(chain) >= MOST_LAYERS:
            circle = [os.path.basename(each) for each in (*chain[chain.index(real) :], real)] if real in chain else []
            code = "SC020" if circle else "SC023"
            self.issues.append(Issue(code=code, place=place, values={"circle": " -> ".join(circle), "most": MOST_LAYERS}))
            self.complete = False
            return None
        if real not in self.done:
            document, issues = self.tree.load(file)
            if issues and issues[0].code == "SC001":
                issues = [Issue(code="SC021", place=place, values={"file": file, "did_you_mean": _alike(self.tree.at_hand(file))})]
            self.issues += [issue if issue.place else replace(issue, place=place) for issue in issues]
            if document is None:
                self.complete = False
                self.done[real] = None
            else:
                self.documents[document.file] = document
                self.done[real] = self.merged(document, (*chain, real))
        return self.done[real]


def _alike(file: str) -> list[str]:
    """The definition beside a file that is not there, whose name is most like it."""
    folder, name = os.path.split(file)
    try:
        there = [each for each in os.listdir(folder or ".") if each.endswith((".yaml", ".yml"))]
    except OSError:
        return []
    return near(name, there)[:1]


def merge(lower: Part, upper: Part, where: Where) -> Part:
    """Both mappings as one: the upper wins by key, null removes; `where` is the way to them in the definition."""
    below, above = lower[0], upper[0]
    low, up = lower[1].children or {}, upper[1].children or {}
    data, spots = dict(below), dict(low)
    at_node = _is_node(where)
    for key in _displaced(below, above) if at_node else ():
        data.pop(key, None)
        spots.pop(key, None)
    for key, value in above.items():
        old = data.get(key)
        if value is None and old is not None:
            del data[key], spots[key]
        elif isinstance(value, dict) and isinstance(old, dict) and not is_whole((*where, key)):
            data[key], spots[key] = merge((old, spots[key]), (value, up[key]), (*where, key))
        else:
            data[key], spots[key] = value, up[key]
    return data, Spot(upper[1].file, upper[1].key_event, upper[1].event, spots)


def is_whole(where: Where) -> bool:
    """Whether a nearer layer replaces the mapping there as one value, whatever its keys."""
    return _is_threshold(where[:-1]) or (where[-1] in _WHOLE and _is_node(where[:-1]))


def _displaced(below: dict[str, Any], above: dict[str, Any]) -> set[str]:
    """The keys of a lower layer's metric that a nearer layer puts something else in the place of."""
    chosen = {key for key in _WAYS_TO_A_VALUE if above.get(key) is not None}
    if not chosen:
        return set()
    gone = set(_WAYS_TO_A_VALUE - chosen)
    if "type" in below and below["type"] != above.get("type"):
        gone.add("params")
    return gone


def _is_node(where: Where) -> bool:
    """Whether the mapping there is a metric, a group or the total (also in `defaults` and in a segment)."""
    if where[:1] == ("segments",):
        where = where[2:]
    elif where[:1] == ("defaults",):
        return len(where) == 2
    return (len(where) == 2 and where[0] in ("metrics", "groups")) or where == ("total",)


def _is_threshold(where: Where) -> bool:
    return where[-1:] == ("thresholds",) and _is_node(where[:-1])


def _with_defaults(data: dict[str, Any], root: Spot) -> Part:
    """Every metric and group with the keys of `defaults` that no layer wrote for it."""
    defaults = data.get("defaults")
    if not isinstance(defaults, dict) or not defaults:
        return data, root
    spots = dict(root.children or {})
    data = dict(data)
    for section in ("metrics", "groups"):
        filler, entries = defaults.get(section), data.get(section)
        if not isinstance(filler, dict) or not isinstance(entries, dict):
            continue
        below = (filler, spots["defaults"].at((section,)))
        filled, places = dict(entries), dict(spots[section].children or {})
        for key, entry in entries.items():
            if isinstance(entry, dict):
                filled[key], places[key] = merge(below, (entry, places[key]), (section, key))
        data[section] = filled
        spots[section] = Spot(spots[section].file, spots[section].key_event, spots[section].event, places)
    return data, Spot(root.file, root.key_event, root.event, spots)


def _without_nulls(data: dict[str, Any], spot: Spot, where: Where, whole: dict[str, Any], issues: list[Issue]) -> Part:
    """The mapping without the nulls that found nothing to remove, each an issue; a segment's find theirs in the metric."""
    kept: dict[str, Any] = {}
    spots = dict(spot.children or {})
    for key, value in data.items():
        if isinstance(value, dict):
            kept[key], spots[key] = _without_nulls(value, spots[key], (*where, key), whole, issues)
        elif value is not None or _removes_threshold((*where, key), whole):
            kept[key] = value
        else:
            place = spots[key].key
            if not any(issue.code == "SC022" and issue.place == place for issue in issues):
                meant = near(key, [other for other, each in data.items() if each is not None])
                values: dict[str, object] = {"key": key, "owner": owner(where), "entry": owner((*where, key)), "did_you_mean": meant}
                if "：" in key:
                    values["reason"] = "full_width"
                issues.append(Issue(code="SC022", place=place, values=values))
            if len(where) == 1:
                kept[key] = {}
            else:
                del spots[key]
    return kept, Spot(spot.file, spot.key_event, spot.event, spots)


def _removes_threshold(where: Where, whole: dict[str, Any]) -> bool:
    """Whether the null there takes away a threshold that the metric has outside of the segment."""
    match where:
        case ("segments", _, "metrics", metric, "thresholds", band):
            written = whole.get("metrics", {})
            thresholds = written.get(metric, {}).get("thresholds", {}) if isinstance(written.get(metric), dict) else {}
            return isinstance(thresholds, dict) and thresholds.get(band) is not None
    return False
