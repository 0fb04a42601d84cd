"""A checked definition beside what was written: its merged data, with the place of every value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from scorecard.definition.check import Outcome, check_named, check_text
from scorecard.definition.document import Spot
from scorecard.definition.layers import FOLDERS, Part, Tree
from scorecard.definition.revision import opened
from scorecard.definition.schema import SCORECARD_SOURCE
from scorecard.errors import DefinitionError, UsageError
from scorecard.hooks.registry import Registry
from scorecard.model.definition import Scorecard
from scorecard.model.issue import Issue


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A definition under the name it was asked for by."""

    name: str
    scorecard: Scorecard
    data: dict[str, Any]
    root: Spot
    tree: Tree

    @property
    def part(self) -> Part:
        return self.data, self.root

    def with_attributes(self, attributes: tuple[str, ...]) -> Written:
        """The definition with these attributes of its entities."""
        data = {**self.data, "entity": {**self.data["entity"], "attributes": list(attributes)}}
        return replace(self, data=data, scorecard=replace(self.scorecard, entity=replace(self.scorecard.entity, attributes=attributes)))

    def on_data_of(self, other: Written) -> Written:
        """The definition with the sources that another one writes alike as that one finds them."""
        alike = written_alike(self, other)
        sources = {id: other.scorecard.sources[id] if id in alike else source for id, source in self.scorecard.sources.items()}
        return replace(self, scorecard=replace(self.scorecard, sources=sources))


def written(name: str, registry: Registry) -> Written:
    """The definition of a file or a revision. Raises DefinitionError with every issue it has, UsageError for a name that is neither."""
    return _written(name, check_named(name, registry), opened(name).tree)


def at_hand(name: str) -> str:
    """The file at hand that a revision is one of. Raises UsageError (SC901) where the name is a file's."""
    found = opened(name)
    if found.tree is FOLDERS:
        raise UsageError([Issue(code="SC901", values={"name": name})])
    return found.tree.at_hand(found.file)


def written_text(text: str, name: str, registry: Registry) -> Written:
    """The definition that a text is. Raises DefinitionError with every issue it has."""
    return _written(name, check_text(text, name, registry), FOLDERS)


def _written(name: str, outcome: Outcome, tree: Tree) -> Written:
    if outcome.scorecard is None or outcome.layered is None:
        raise DefinitionError(outcome.issues)
    return Written(name=name, scorecard=outcome.scorecard, data=outcome.layered.data, root=outcome.layered.root, tree=tree)


def written_alike(old: Written, new: Written) -> frozenset[str]:
    """The sources that both write alike, from whichever folder their paths go."""
    before, after = (one.data.get("sources", {}) for one in (old, new))
    return frozenset(id for id in before.keys() & after.keys() if before[id] == after[id])


def same_sources(old: Written, new: Written) -> frozenset[str]:
    """The sources of which both read the same records. Another scorecard's result is evaluated for each; what joins goes together."""
    if old.scorecard.period != new.scorecard.period:
        return frozenset()
    found = {id for id in written_alike(old, new) if new.scorecard.sources[id].type != SCORECARD_SOURCE}
    found -= _whole(old.scorecard) ^ _whole(new.scorecard)
    pairs = [(source.id, join.to) for one in (old, new) for source in one.scorecard.sources.values() for join in source.join]
    while apart := {end for pair in pairs for end in pair if len(found & set(pair)) == 1} & found:
        found -= apart
    return frozenset(found)


def _whole(scorecard: Scorecard) -> set[str | None]:
    """The sources that are read as one block: the roster and those that others join."""
    return {scorecard.entity.roster, *(join.to for source in scorecard.sources.values() for join in source.join)}
