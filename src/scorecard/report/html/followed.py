"""What became of the recommendations that were taken on, as `scorecard follow` words it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from scorecard.advice.followup import FollowUp, progress
from scorecard.errors import DataError
from scorecard.evaluation.evaluation import Evaluation
from scorecard.model.issue import Issue
from scorecard.report.followup.book import path_of, read_book
from scorecard.report.followup.told import Teller
from scorecard.scoring.score import PeriodScores


def taken(evaluation: Evaluation) -> tuple[Sequence[FollowUp], Sequence[Issue]]:
    """The follow-ups beside the definition, and what is wrong with their file."""
    files = evaluation.scorecard.files
    if not files or not Path(files[0]).is_file():
        return (), ()
    try:
        return read_book(path_of(files[0]), evaluation.scorecard.entity.key).entries, ()
    except DataError as error:
        return (), error.issues


def followed(evaluation: Evaluation, scores: PeriodScores, entries: Sequence[FollowUp], language: str) -> dict[int, list[dict[str, str]]]:
    """By row of the last period its follow-ups; those of earlier periods are not told again."""
    if not entries or scores is not list(evaluation.periods)[-1][1]:
        return {}
    made = evaluation.provenance
    today = date.fromisoformat((made.as_of or made.made_at)[:10])
    rows = {key: row for row, key in enumerate(zip(*evaluation.keys(scores).values(), strict=True))} or {(): 0}
    own = [one for one in entries if one.key in rows]
    found: dict[int, list[dict[str, str]]] = {}
    for one, line in zip(own, Teller(evaluation, progress(evaluation, own), today, language).lines(), strict=True):
        told = {"action": line.action, "state": line.state, "about": line.about, "came": line.came, "verdict": line.verdict}
        found.setdefault(rows[one.key], []).append(told)
    return found
