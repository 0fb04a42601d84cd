"""The kit that tests of the whole way share: a definition as text, records as plain lists, an evaluation with short ways to its numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import polars as pl
import pytest

from scorecard import app
from scorecard.advice.impact.impact import Impact, impact
from scorecard.definition.changes.written import written_text
from scorecard.definition.check import check_text
from scorecard.errors import DefinitionError
from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.gates import Judged, judge
from scorecard.evaluation.run import Request
from scorecard.hooks.contracts import SourceType
from scorecard.hooks.registry import Registry
from scorecard.model.text import Text

GIVEN = SourceType(id="given", title=Text.of("given"), params={"type": "object", "properties": {}}, doc="", open="nowhere:open")
REGISTRY = Registry(sources={"given": GIVEN})
"""one source type, whose records the test hands over"""


@dataclass(frozen=True)
class Scored:
    """An evaluation; its numbers by the text of the entity's key, None where there is nothing."""

    evaluation: Evaluation

    def total(self, column: str = "score", period: str | None = None) -> dict[str, Any]:
        """One column of the table of scores."""
        return self._by_key(self.evaluation.scores, column, period)

    def metric(self, metric: str, column: str = "value", period: str | None = None) -> dict[str, Any]:
        """One column of the table of metrics, for one of them."""
        frame = self.evaluation.metrics
        return self._by_key(frame[frame["metric"] == metric], column, period)

    def group(self, group: str, column: str = "score", period: str | None = None) -> dict[str, Any]:
        """One column of the table of groups, for one of them."""
        frame = self.evaluation.groups
        return self._by_key(frame[frame["group"] == group], column, period)

    def notes(self) -> dict[str, Any]:
        """What was found out about the data: the count of each code."""
        return {issue.code: issue.values.get("count") for issue in self.evaluation.notes}

    def gates(self) -> dict[str, Judged]:
        return {judged.gate.id: judged for judged in judge(self.evaluation)}

    def explain(self, key: str = "", period: str | None = None) -> Any:
        parts = self.evaluation.scorecard.entity.key
        return self.evaluation.explain(period, **dict(zip(parts, key.split(), strict=True)))

    def _by_key(self, frame: pd.DataFrame, column: str, period: str | None) -> dict[str, Any]:
        if period is not None:
            frame = frame[frame["period"] == period]
        keys = [" ".join(row) for row in frame[list(self.evaluation.scorecard.entity.key)].astype(str).to_numpy()]
        assert len(set(keys)) == len(keys), "several periods: name one"
        return {key: None if pd.isna(value) else value for key, value in zip(keys, frame[column], strict=True)}


def evaluated(text: str, engine: str, period: str | None = None, as_of: date | None = None, **records: Any) -> Scored:
    """A definition over the records given for its sources: columns as lists, or a frame. Raises DefinitionError where it has errors."""
    outcome = check_text(text, "test.scorecard.yaml", REGISTRY)
    if outcome.scorecard is None:
        raise DefinitionError(outcome.issues)
    frames = {name: _frame(given, engine) for name, given in records.items()}
    return Scored(app.evaluate(outcome.scorecard, period=period, as_of=as_of, frames=frames, engine=engine, plugins=REGISTRY))  # type: ignore[arg-type]


def _frame(records: Any, engine: str) -> Any:
    if not isinstance(records, Mapping):
        return records
    return pd.DataFrame(dict(records)) if engine == "pandas" else pl.DataFrame(dict(records), strict=False)


@pytest.fixture(params=("pandas", "polars"))
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def evaluate(engine: str) -> Callable[..., Scored]:
    """`evaluate(text, period=None, as_of=None, orders={"c": [...], ...})`, once on each engine."""

    def run(text: str, period: str | None = None, as_of: date | None = None, **records: Any) -> Scored:
        return evaluated(text, engine, period, as_of, **records)

    return run


@pytest.fixture
def compare(engine: str) -> Callable[..., Impact]:
    """`compare(old, new, period=None, orders={"c": [...], ...})`: one definition in the place of another, once on each engine."""

    def run(old: str, new: str, period: str | None = None, **records: Any) -> Impact:
        sides = (written_text(text, f"{name}.scorecard.yaml", REGISTRY) for name, text in (("old", old), ("new", new)))
        frames = {name: _frame(given, engine) for name, given in records.items()}
        return impact(*sides, REGISTRY, Request(period=period, frames=frames, engine=engine))  # type: ignore[arg-type]

    return run


@pytest.fixture
def codes() -> Callable[[str], list[str]]:
    """The codes of a definition's issues, in their order."""
    return lambda text: [issue.code for issue in check_text(text, "test.scorecard.yaml", REGISTRY).issues]
