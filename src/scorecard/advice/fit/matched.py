"""SC867: segments and rules that nobody in the data meets, or everybody does."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from scorecard.advice.review.case import ENOUGH, Case
from scorecard.definition.wording import owner
from scorecard.model.formula import Literal
from scorecard.model.issue import Issue, Level
from scorecard.model.state import Fired

CODE = "SC867"


def find(case: Case) -> Iterator[Issue]:
    """A rule that fires for nobody is no more than a note: it may be there for what must not happen. `when: true` means it."""
    rows = len(case.seen)
    if rows < ENOUGH:
        return
    combinations = np.bincount(case.seen.segments, minlength=len(case.seen.combinations))
    for id, segment in case.scorecard.segments.items():
        if isinstance(segment.when.tree, Literal):
            continue
        count = int(sum(size for own, size in zip(case.seen.combinations, combinations, strict=True) if id in own))
        yield from _issues(case, "segments", id, count, rows, Level.WARNING)
    for id, rule in case.scorecard.rules.items():
        if isinstance(rule.when.tree, Literal):
            continue
        fired = np.concatenate([np.asarray(scores.cells[f"rule.{id}.#fired"]) for scores in case.seen.scores])
        yield from _issues(case, "rules", id, int((fired == Fired.YES).sum()), rows, Level.INFO)


def _issues(case: Case, section: str, id: str, count: int, rows: int, of_nobody: Level) -> Iterator[Issue]:
    if count not in (0, rows):
        return
    place = case.scorecard.places.get((section, id, "when")) or case.scorecard.places.get((section, id))
    level, reason = (of_nobody, "nobody") if count == 0 else (Level.WARNING, "everybody")
    values = {"of": (id,), "owner": owner((section, id)), "reason": reason, "rows": f"{rows:,}"}
    yield Issue(code=CODE, place=place, level=level, values=values)
