"""Checking: a file or a text to a scorecard, with all that is wrong with it at once."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from scorecard.definition.beside import with_cases
from scorecard.definition.build import build
from scorecard.definition.document import Document, Where, nth_line
from scorecard.definition.layers import FOLDERS, Layered, Tree, layer, load
from scorecard.definition.read import LARGEST, read_text
from scorecard.definition.rules import broken_rules
from scorecard.definition.schema import shape_issues
from scorecard.definition.wording import owner
from scorecard.hooks.registry import Registry
from scorecard.model.definition import Scorecard
from scorecard.model.issue import Issue, Level, Place

_OF_ABSENCE = frozenset({"SC112", "SC114", "SC116", "SC212"})
"""codes that say a key is missing, which is no news where an unknown key was left out"""
_OF_TOO_LITTLE = frozenset({"SC102", "SC109"})
"""codes about keys and entries that may be there in a layer that could not be read"""
_OF_THE_WHOLE = frozenset({"SC214", "SC413", "SC414"})
"""codes about what the rest of the definition lacks, which prove nothing while any of it is broken"""
_APART = frozenset({"sources", "metrics", "segments", "rules", "exemptions", "recommendations", "gates", "cases", "ignore"})
"""sections whose entries can be left out without changing what the others mean"""
_FOLLOWS = {"period": ("SC310", "SC403", "SC404", "SC426", "SC912"), "entity": ("SC209", "SC210", "SC213", "SC303")}
"""codes that prove nothing where this part of the definition was left out"""
_FOLLOWS_WHOLE = {
    "sources": ("SC201", "SC212"),
    "groups": ("SC202", "SC203", "SC303"),
    "bands": ("SC206", "SC311", "SC915"),
    "metrics": ("SC203", "SC213", "SC214", "SC303", "SC413"),
    **dict.fromkeys(("segments", "rules", "recommendations"), ("SC914",)),
}
"""codes that prove nothing where this section is not there, or is called something else"""
_MOST_CUTS = 4
"""times that what is misshapen is left out, each of which may leave an entry without a key it needs"""
SUFFIXES = (".scorecard.yaml", ".scorecard.yml", ".yaml", ".yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A checked scorecard, or None where an issue is an error; all issues, sorted by place; the merged definition it was built from."""

    scorecard: Scorecard | None
    issues: tuple[Issue, ...]
    layered: Layered | None = None

    @property
    def errors(self) -> tuple[Issue, ...]:
        return tuple(issue for issue in self.issues if issue.level is Level.ERROR)


def check_file(path: str | os.PathLike[str], registry: Registry) -> Outcome:
    """The scorecard of a file and its layers. Whatever the file holds, problems are issues and nothing is raised."""
    document, issues = load(os.fspath(path))
    return _check(document, issues, registry)


def check_named(name: str, registry: Registry) -> Outcome:
    """The scorecard of a file, or of a revision of one as `opened` takes it. Raises UsageError for a name that is neither."""
    from scorecard.definition.revision import opened

    found = opened(name)
    return check_in(found.tree, found.file, registry)


def check_in(tree: Tree, file: str, registry: Registry) -> Outcome:
    """The scorecard of a file of a tree, whose layers are read there too."""
    document, issues = tree.load(file)
    return _check(document, issues, registry, tree)


def check_text(text: str, file_name: str, registry: Registry) -> Outcome:
    """The scorecard of a text; `file_name` is where its layers and sources are looked for, and what issues call it."""
    if len(text) > LARGEST:
        issue = Issue(code="SC004", place=Place(file_name, 1, 1), values={"file": file_name, "most": LARGEST // 1_000_000})
        return Outcome(scorecard=None, issues=(issue,))
    document, issues = read_text(text, file_name)
    return _check(document, issues, registry)


def said_anew(before: Iterable[Issue], after: Iterable[Issue]) -> list[Issue]:
    """The issues that a definition did not have before, wherever they stand now."""
    known = {(issue.code, str(issue.values)) for issue in before}
    return [issue for issue in after if (issue.code, str(issue.values)) not in known]


def id_of(file: str) -> str:
    """The id a definition has unless it writes one: its file's name."""
    name = os.path.basename(file)
    return next((name.removesuffix(suffix) for suffix in SUFFIXES if name.endswith(suffix)), name) or "scorecard"


def _check(document: Document | None, issues: list[Issue], registry: Registry, tree: Tree = FOLDERS) -> Outcome:
    if document is None:
        return Outcome(scorecard=None, issues=ordered(issues, {}))
    layered, more = layer(document, tree)
    layered, beside = with_cases(layered, document.file, tree)
    found = [*issues, *more, *beside]
    scorecard = None
    if layered.complete:
        gaps = {issue.values[one] for issue in more if issue.code == "SC022" for one in ("owner", "entry")}
        scorecard, rest = _merged(layered, id_of(document.file), registry, gaps, tree)
        found += rest
    else:
        found += [issue for _, issue in shape_issues(layered.data, layered.root, registry) if issue.code not in _OF_TOO_LITTLE]
    outcome = Outcome(scorecard=scorecard, issues=ordered(found, layered.documents), layered=layered)
    return replace(outcome, scorecard=None) if outcome.errors else outcome


def _merged(layered: Layered, id: str, registry: Registry, gaps: set[object], tree: Tree) -> tuple[Scorecard | None, list[Issue]]:
    """The scorecard of a merged definition. Parts whose shape is wrong are left out, so that the rest is checked too.

    `gaps` are the owners of keys that were left out already: what they lack is not said again.
    """
    data, root = layered.data, layered.root
    misshapen = shape_issues(data, root, registry)
    issues = [issue for _, issue in misshapen]
    wrong = misshapen
    for _ in range(_MOST_CUTS):
        if not wrong:
            break
        data = _without(data, [where for where, _ in wrong])
        wrong = shape_issues(data, root, registry)
    if wrong:
        return None, issues
    scorecard, found = build(data, root, registry, id=id, files=layered.files, named=layered.data, tree=tree)
    gone = {where for where, issue in misshapen if issue.code != "SC104"}
    gone |= {(meant,) for where, issue in misshapen if len(where) == 1 for meant in issue.values.get("did_you_mean", ())}  # type: ignore[attr-defined]
    gaps = gaps | {issue.values.get("owner") for issue in issues}
    unsaid = {code for where in gone for code in _FOLLOWS.get(str(where[0]), ())}
    unsaid |= {code for where in gone if len(where) == 1 for code in _FOLLOWS_WHOLE.get(str(where[0]), ())}
    for where, issue in found:
        if not _touches(where, gone) and issue.code not in unsaid and not (issue.code in _OF_ABSENCE and _owned(issue, gaps)):
            issues.append(issue)
    named_twice = any(issue.code == "SC208" for _, issue in found)
    if all(where[0] in _APART for where in gone) and not named_twice:
        blamed = gaps | {owner(where) for where in gone} | {owner(where) for where, issue in found if issue.level is Level.ERROR}
        silent = _OF_THE_WHOLE if gone or len(blamed) > len(gaps) else frozenset()
        issues += [issue for issue in broken_rules(scorecard) if not _about(issue, blamed) and issue.code not in silent]
    return scorecard, issues


def _touches(where: Where, gone: Iterable[Where]) -> bool:
    """Whether what was left out is part of the entry, or of the key of an entry, that the way leads to."""
    return any(one[: len(where)] == where or where[:3] == one[:3] or where[: len(one)] == one for one in gone)


def _about(issue: Issue, blamed: set[object]) -> bool:
    """Whether an issue is about one of these, also as a segment judges it."""
    return _owned(issue, blamed) or owner(("metrics", str(issue.values.get("name")))) in blamed


def _owned(issue: Issue, owners: set[object]) -> bool:
    return issue.values.get("owner") in owners


def _without(data: Mapping[str, Any], ways: Iterable[Where]) -> dict[str, Any]:
    """A copy of the data without the values at the ends of these ways, whole lists where an entry is to blame.

    A metric or group is left without keys instead, because others name it.
    """
    copy = dict(data)
    for way in ways:
        if len(way) == 2 and way[0] in ("metrics", "groups"):
            copy[str(way[0])] = {**copy[str(way[0])], way[1]: {}}
        else:
            _remove(copy, way)
    return copy


def _remove(data: dict[str, Any], way: Where) -> None:
    if not way:
        return
    step, rest = way[0], way[1:]
    below = data.get(str(step))
    if rest and isinstance(below, dict):
        data[str(step)] = copied = dict(below)
        _remove(copied, rest)
    else:
        data.pop(str(step), None)


def ordered(issues: Iterable[Issue], documents: Mapping[str, Document]) -> tuple[Issue, ...]:
    """Issues in the order of the files and places, each said once, with the line it stands in."""
    order = {file: at for at, file in enumerate(documents)}
    unique: dict[object, Issue] = {}
    for issue in issues:
        unique.setdefault(issue.identity, issue)

    def key(issue: Issue) -> tuple[int, int, int, str]:
        place = issue.place
        return (order.get(place.file, len(order)), place.line, place.column, issue.code) if place else (-1, 0, 0, issue.code)

    return tuple(_with_line(issue, documents) for issue in sorted(unique.values(), key=key))


def _with_line(issue: Issue, documents: Mapping[str, Document]) -> Issue:
    if issue.source_line is not None or issue.place is None or issue.place.file not in documents:
        return issue
    line = nth_line(documents[issue.place.file].text, issue.place.line)
    return replace(issue, source_line=line) if line is not None else issue
