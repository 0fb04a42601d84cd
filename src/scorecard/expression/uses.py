"""What the uses of a column or an attribute say about its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from scorecard.language.phrase import Phrase
from scorecard.model.formula import Kind, Node

Report = Callable[..., None]


@dataclass(slots=True)
class Use:
    """One place where a name stands. `weak` uses (equal to a text that may be a day) yield to others."""

    kind: Kind
    node: Node
    weak: bool = False


@dataclass(slots=True)
class Uses:
    """All uses of all names of one sort, and the pairs that are compared with each other."""

    known: Mapping[str, Kind]
    found: dict[str, list[Use]] = field(default_factory=dict)
    pairs: list[tuple[str, str, Node]] = field(default_factory=list)

    def note(self, name: str, kind: Kind, node: Node, *, weak: bool = False) -> None:
        self.found.setdefault(name, []).append(Use(kind, node, weak))

    def pair(self, one: str, other: str, node: Node) -> None:
        """Two names are compared: what one is, the other is too."""
        self.pairs.append((one, other, node))

    def kinds(self, report: Report) -> dict[str, Kind]:
        """The kind of every name; `report("SC308", node, ...)` where two uses disagree."""
        kinds = {name: self._agreed(name, uses, report) for name, uses in self.found.items()}
        changed = True
        while changed:
            changed = False
            for one, other, node in self.pairs:
                for to, by in ((one, other), (other, one)):
                    if kinds[to] == Kind.ANY != kinds[by]:
                        kinds[to], changed = kinds[by], True
                        self.found[to].append(Use(kinds[by], node))
        for one, other, node in self.pairs:
            if kinds[one] != kinds[other]:
                report("SC304", node, reason="compared", expected=Phrase(kinds[one].value), found=Phrase(kinds[other].value))
        return kinds

    def _agreed(self, name: str, uses: list[Use], report: Report) -> Kind:
        strong = next((use for use in uses if use.kind != Kind.ANY and not use.weak), None)
        weak = next((use for use in uses if use.weak), None)
        known = self.known.get(name, Kind.ANY)
        first = strong or weak
        if first is None:
            return known
        for use in uses:
            agree = use.kind in (Kind.ANY, first.kind) or (use.weak and first.kind == Kind.MOMENT)
            if not agree:
                report(
                    "SC308",
                    use.node,
                    name=name,
                    expected=Phrase(first.kind.value),
                    found=Phrase(use.kind.value),
                    other_start=first.node.start,
                    other_end=first.node.end,
                )
                break
        if first is weak and known == Kind.MOMENT:
            return known
        return first.kind
