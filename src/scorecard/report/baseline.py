"""Reads an earlier result, as `scorecard run --out result.json` writes it, to compare with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from scorecard.errors import InconclusiveError, UsageError
from scorecard.evaluation.baseline import Baseline, index
from scorecard.model.definition import Scorecard
from scorecard.model.issue import Issue
from scorecard.report.whole import SCHEMA


def read_baseline(path: str, scorecard: Scorecard, tolerance: float, max_age: timedelta | None, now: datetime) -> Baseline:
    """The scores of an earlier run of the same scorecard.

    Raises UsageError for a file that is none of it, InconclusiveError for one that is older than `max_age`: it shows nothing.
    """
    written = _json(path)
    try:
        about = written["scorecard"]
        if written["schema"] != SCHEMA:
            raise _refused(path, "no_result")
        if about["id"] != scorecard.id or tuple(about["key"]) != scorecard.entity.key:
            raise _refused(path, "other", found=about["id"], wanted=scorecard.id)
        made_at = datetime.fromisoformat(written["provenance"]["made_at"])
        scores = dict(_by_period(written, scorecard.entity.key))
    except (KeyError, TypeError, ValueError):
        raise _refused(path, "no_result") from None
    if not scores:
        raise _refused(path, "empty")
    if max_age is not None and (now - made_at).days > max_age.days:
        values = {"file": path, "day": made_at.date().isoformat(), "days": (now - made_at).days, "most": max_age.days}
        raise InconclusiveError([Issue(code="SC933", values=values)])
    return Baseline(scores=scores, made_at=made_at, tolerance=tolerance)


def _by_period(written: dict[str, Any], key: tuple[str, ...]) -> Iterator[tuple[str | None, pd.Series[float]]]:
    entities = written["entities"]
    periods = np.array([each["period"] for each in entities], dtype=object)
    scores = np.array([each["score"] for each in entities], dtype=np.float64)
    every = index([np.array([each["key"][part] for each in entities], dtype=object) for part in key], len(entities))
    for label in written["periods"]:
        rows = np.array([period == label for period in periods], dtype=bool)
        if rows.any():
            yield label, pd.Series(scores[rows], index=every[rows])


def _json(path: str) -> Any:
    try:
        return json.loads(Path(path).read_text("utf-8"))
    except OSError as problem:
        raise _refused(path, "unreadable", problem=problem.strerror or str(problem)) from None
    except (ValueError, RecursionError):
        raise _refused(path, "no_result") from None


def _refused(path: str, reason: str, **values: object) -> UsageError:
    return UsageError([Issue(code="SC932", values={"file": path, "reason": reason, **values})])
