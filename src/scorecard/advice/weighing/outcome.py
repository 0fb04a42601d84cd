"""An outcome that the team knows of its entities: who left, who renewed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scorecard.advice.weighing.measured import counted_metrics
from scorecard.definition.called import id_of, not_called, titles_of_attributes, titles_of_nodes
from scorecard.errors import InconclusiveError, UsageError
from scorecard.evaluation.evaluation import Evaluation
from scorecard.expression.names import near
from scorecard.expression.values import Coded, Truth, Value
from scorecard.model.issue import Issue
from scorecard.scoring.score import PeriodScores

Flags = NDArray[np.bool_]
_MOST_NAMED = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """For every entity of a period whether the outcome is known, and whether it came about."""

    name: str
    value: str
    known: Flags
    happened: Flags

    def __str__(self) -> str:
        return f"{self.name} = {self.value}"


def outcome_of(evaluation: Evaluation, scores: PeriodScores, text: str) -> Outcome:
    """The outcome that `NAME` or `NAME=VALUE` means: a metric's value or an attribute; alone it must be a yes or no, or 0 and 1.

    Raises UsageError for an unknown name, a value that is not named where it must be, or a metric that counts in the score
    itself; InconclusiveError where nobody has the value.
    """
    name, _, wanted = (part.strip() for part in text.partition("="))
    name, column = _column(evaluation, scores, name)
    texts, known = _texts(column, len(scores))
    values = sorted(set(texts[known].tolist()))
    if not wanted:
        wanted = next((yes for yes in ("true", "1") if yes in values and len(values) <= 2), "")
        if not wanted:
            raise UsageError([Issue(code="SC746", values={"reason": "value", "name": name, "allowed": values[:_MOST_NAMED]})])
    if wanted not in values:
        asked = {"name": name, "value": wanted, "did_you_mean": near(wanted, values), "allowed": values[:_MOST_NAMED]}
        raise InconclusiveError([Issue(code="SC747", values={"reason": "nobody", **asked})])
    return Outcome(name=name, value=wanted, known=known, happened=known & (texts == wanted))


def _column(evaluation: Evaluation, scores: PeriodScores, text: str) -> tuple[str, Value]:
    """The id of a metric or an attribute that is called so, and its value."""
    scorecard = evaluation.scorecard
    attributes, metrics = titles_of_attributes(scorecard), titles_of_nodes(scorecard, scorecard.metrics)
    counted = counted_metrics(scorecard)
    id = id_of(text, metrics | attributes)
    if id in metrics and id in counted:
        raise UsageError([Issue(code="SC748", place=scorecard.metrics[id].place, values={"name": id})])
    if id is None:
        known = attributes | {id: title for id, title in metrics.items() if id not in counted}
        raise UsageError([not_called(text, known, "SC746", reason="outcome")])
    return id, scores.cells[f"{id}.value"] if id in metrics else scores.table.columns[f"entity.{id}"]


def _texts(column: Value, rows: int) -> tuple[NDArray[np.object_], Flags]:
    """A value of any kind as texts, and for whom there is one."""
    match column:
        case Coded(codes, _):
            return column.decode(), codes >= 0
        case Truth(holds, fails):
            return np.where(np.broadcast_to(holds, rows), "true", "false").astype(object), np.broadcast_to(holds | fails, rows)
    array = np.broadcast_to(np.asarray(column), rows)
    if array.dtype.kind == "M":
        return array.astype("datetime64[D]").astype(str).astype(object), ~np.isnat(array)
    known = ~np.isnan(array)
    unique, places = np.unique(np.where(known, array, 0.0), return_inverse=True)
    return np.array([f"{number:.12g}" for number in unique], dtype=object)[places], known
