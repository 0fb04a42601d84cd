"""The recommendations of a period by entity, as `scorecard advise` words them; a text that many share is held once."""

from __future__ import annotations

from typing import Any

import numpy as np

from scorecard.evaluation.evaluation import Evaluation
from scorecard.model.period import Period
from scorecard.report import figures
from scorecard.report.advice import Told, told
from scorecard.scoring.score import PeriodScores


def recommended(evaluation: Evaluation, period: Period, scores: PeriodScores, language: str) -> dict[str, Any]:
    """`texts`, and by row its recommendations: about, value, target, action, gain, owner, due, effort, library, tasks."""
    rows = {key: row for row, key in enumerate(zip(*evaluation.keys(scores).values(), strict=True))} or {(): 0}
    texts: dict[str, int] = {}
    decimals = figures.decimals_of(evaluation.scorecard.total, evaluation.scorecard.scale)

    def held(text: str | None) -> int | None:
        return None if not text else texts.setdefault(text, len(texts))

    def line(one: Told) -> list[Any]:
        gain = None if one.gain is None else figures.gained(one.gain, decimals, language)
        effort = None if one.effort is None else figures.plain(one.effort, language=language)
        tasks = [[held(step.what), held(step.owner), held(step.due)] for step in one.tasks]
        own = (one.about, one.value, one.target, one.action, gain, one.owner, one.due, effort)
        return [*(held(text) for text in own), int(one.library), tasks]

    by_row = {
        rows[lines[0].key]: [line(one) for one in lines] for lines in told(evaluation, period, scores, np.arange(len(scores)), language)
    }
    return {"texts": list(texts), "rows": by_row}
