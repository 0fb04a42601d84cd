"""A definition that is being built: its plain data, the names in it, and the issues found so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from scorecard.definition.document import Spot, Where
from scorecard.definition.layers import FOLDERS, Tree
from scorecard.definition.wording import hints, owner
from scorecard.expression.check import check
from scorecard.expression.parse import parse
from scorecard.expression.scope import Scope
from scorecard.hooks.registry import Registry
from scorecard.model.formula import Formula, Kind, Literal
from scorecard.model.issue import Issue, Level, Place
from scorecard.model.period import Calendar

BROKEN = Formula(text="", tree=Literal(value=None))
"""Stands where a formula or number could not be built, so that nothing more is said about it."""


@dataclass(slots=True, kw_only=True)
class Draft:
    """What every part of the build reads and reports to. `metrics` and `groups` hold every id written, `groups` the total too."""

    data: Mapping[str, Any]
    root: Spot
    registry: Registry
    tree: Tree = FOLDERS
    metrics: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    sources: tuple[str, ...] = ()
    attributes: frozenset[str] = frozenset()
    keys: tuple[str, ...] = ()
    bands: frozenset[str] = frozenset()
    band_order: Mapping[str, int] = field(default_factory=dict)
    """the bands with a start, numbered from the worst to the best"""
    calendar: Calendar | None = None
    issues: list[tuple[Where, Issue]] = field(default_factory=list)
    scopes: dict[object, Scope] = field(default_factory=dict)

    def section(self, name: str) -> Mapping[str, Any]:
        """A mapping by id; empty where the definition has none."""
        found: Mapping[str, Any] = self.data.get(name, {})
        return found

    def place(self, where: Where) -> Place:
        """Where a value stands; for a mapping or list, its key."""
        return self.root.at(where).value

    def key_place(self, where: Where) -> Place:
        spot = self.root.at(where)
        return spot.key or spot.value

    def raw(self, where: Where, value: object) -> str:
        """A scalar as the text that was written."""
        return value if isinstance(value, str) else self.root.at(where).raw or str(value)

    def report(self, code: str, where: Where, *, at_key: bool = False, level: Level = Level.ERROR, **values: object) -> None:
        place = self.key_place(where) if at_key else self.place(where)
        self.issues.append((where, Issue(code=code, place=place, level=level, values={"owner": owner(where), **values})))

    def unknown(self, code: str, where: Where, name: str, known: Iterable[str], *, at_key: bool = False) -> None:
        """An issue about a name that nothing has, with what was probably meant."""
        values: dict[str, Any] = hints(name, known)
        self.report(code, where, at_key=at_key, name=name, **values)

    def names(self, where: Where, values: Iterable[str], known: Iterable[str], code: str) -> tuple[str, ...]:
        """A list of names, each of which must be known."""
        known, listed = set(known), tuple(values)
        for index, name in enumerate(listed):
            if name not in known:
                self.unknown(code, (*where, index), name, known)
        return listed

    def scope(self, **more: Any) -> Scope:
        """The scope of a formula over entities: attributes, nodes, the period, other periods and peers."""
        asked = tuple((key, tuple(value) if isinstance(value, dict) else value) for key, value in more.items())
        known = self.scopes.get(asked)
        if known is not None:
            return known
        timed = self.calendar is not None
        settings: dict[str, Any] = {
            "attributes": dict.fromkeys((*self.attributes, *self.keys), Kind.ANY),
            "metrics": self.metrics,
            "groups": self.groups,
            "time": timed,
            "peers": True,
            "period": timed,
            "bands": self.bands or None,
            **more,
        }
        made = self.scopes[asked] = Scope(**settings)
        return made

    def records(self) -> Scope:
        """The scope of a condition over one record of a source whose columns are not known yet."""
        known = self.scopes.get("records")
        if known is None:
            timed = self.calendar is not None
            known = self.scopes["records"] = Scope(records=True, row_only=True, columns=None, period=timed, expect=Kind.TRUTH)
        return known

    def formula(self, where: Where, text: str, scope: Scope, *, resolved: bool = True, place: Place | None = None) -> Formula:
        """The formula of a text, checked in `scope`; `resolved` False keeps the tree with its names as written."""
        place = place or self.root.at(where).text
        tree, issues = parse(text, place)
        if tree is None:
            self.issues += [(where, issue) for issue in issues]
            return BROKEN
        checked = check(tree, scope, place)
        self.issues += [(where, issue) for issue in checked.issues]
        if checked.issues:
            return BROKEN
        return Formula(text=text, tree=checked.tree if resolved else tree, kind=checked.kind, place=place)

    def condition(self, entry: Mapping[str, Any], key: str, where: Where, scope: Scope | None = None) -> Formula | None:
        """The condition under `key` of an entry, over entities unless a scope says otherwise; None where there is none."""
        if key not in entry:
            return None
        wanted = scope or self.scope(expect=Kind.TRUTH)
        return self.formula((*where, key), entry[key], wanted, resolved=not wanted.records)
