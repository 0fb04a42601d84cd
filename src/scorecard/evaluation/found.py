"""Which entity and which period are meant: a key and a label, looked up in an evaluation."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from scorecard.errors import UsageError
from scorecard.evaluation.evaluation import Evaluation
from scorecard.expression.names import near
from scorecard.model.issue import Issue
from scorecard.model.period import Period
from scorecard.scoring.score import PeriodScores


def found(evaluation: Evaluation, key: Mapping[str, str], period: str | None = None) -> tuple[PeriodScores, int]:
    """The scores of a period, the last unless named, and the row of an entity. Raises UsageError as `explain` does."""
    _, scores = period_named(evaluation, period)
    return scores, row_of(evaluation, scores, key)


def period_named(evaluation: Evaluation, label: str | None) -> tuple[Period, PeriodScores]:
    periods = list(evaluation.periods)
    found = [item for item in periods if label is None or item[0].label == label]
    if not found:
        raise UsageError([Issue(code="SC704", values={"period": label, "allowed": [one.label for one, _ in periods]})])
    return found[-1]


def row_of(evaluation: Evaluation, scores: PeriodScores, key: Mapping[str, str]) -> int:
    parts = evaluation.scorecard.entity.key
    if unknown := [part for part in key if part not in parts]:
        raise UsageError(
            [Issue(code="SC706", values={"name": unknown[0], "allowed": list(parts), "did_you_mean": near(unknown[0], parts)})]
        )
    matches = np.ones(len(scores), dtype=bool)
    for part, wanted in key.items():
        matches &= evaluation.names.of(part, scores.table.entity) == wanted
    found = np.flatnonzero(matches)
    if len(found) == 1:
        return int(found[0])
    shown = " ".join(f"{part}={value}" for part, value in key.items())
    if len(found) == 0:
        close = [candidate for part, value in key.items() for candidate in near(value, evaluation.names.of(part).tolist())]
        raise UsageError([Issue(code="SC707", values={"key": shown, "did_you_mean": close})])
    keys = evaluation.keys(scores)
    examples = [" ".join(f"{part}={keys[part][row]}" for part in parts) for row in found[:5]]
    values = {"key": shown, "count": len(found), "allowed": examples, "reason": "" if key else "none"}
    raise UsageError([Issue(code="SC708", values=values)])


# ---------------------------------------------------------------- nodes
