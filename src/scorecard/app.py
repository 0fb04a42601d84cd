"""Use cases: check a definition, evaluate it. The only place where the stages meet."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorecard.definition import loading
from scorecard.definition.check import Outcome, check_file
from scorecard.errors import DataError
from scorecard.hooks.discover import discover
from scorecard.hooks.registry import Registry
from scorecard.model.definition import Scorecard
from scorecard.model.issue import Issue
from scorecard.model.plan import Plan

if TYPE_CHECKING:
    from scorecard.advice.impact.impact import Impact
    from scorecard.engine.backend import Engine
    from scorecard.evaluation.evaluation import Evaluation

__all__ = ["PLUGINS", "check", "check_sources", "compare", "evaluate", "lint", "load", "plan", "registry"]

PLUGINS = "SCORECARD_PLUGINS"
"""the environment variable with folders of plugins, separated as in PATH"""


def registry(folders: Sequence[str | Path] = ()) -> Registry:
    """Everything that the installed plugins offer, and those in the folders given and in SCORECARD_PLUGINS."""
    named = [Path(one) for one in os.environ.get(PLUGINS, "").split(os.pathsep) if one]
    return discover([*named, *(Path(one) for one in folders)])


def check(path: str | Path, plugins: Registry | None = None) -> Outcome:
    """A definition and all its issues; reads no data."""
    return check_file(Path(path), plugins or registry())


def lint(path: str | Path, plugins: Registry | None = None, *, today: date | None = None) -> Outcome:
    """A definition and all its issues, what is likely not meant among them; `today` decides what is over."""
    from scorecard.definition.lint import linted

    plugins = plugins or registry()
    return linted(check(path, plugins), plugins, today or date.today())


def lint_with_data(outcome: Outcome, plugins: Registry, *, today: date | None = None) -> tuple[Issue, ...]:
    """What of a definition does not fit its data over all periods they cover, less what it ignores. Reads all of them; raises DataError."""
    from scorecard.advice.fit import CODES, misfits
    from scorecard.definition.lint import left
    from scorecard.evaluation.run import HISTORY

    assert outcome.scorecard is not None
    evaluation = evaluate(outcome.scorecard, period=HISTORY, plugins=plugins)
    return left(outcome, misfits(evaluation), CODES, plugins, today or date.today())


def load(path: str | Path, plugins: Registry | None = None) -> Scorecard:
    """A checked definition. Raises DefinitionError with every issue it has."""
    return loading.load(path, plugins or registry())


def evaluate(
    definition: Scorecard | str | Path,
    *,
    period: str | None = None,
    as_of: date | None = None,
    engine: Engine | None = None,
    frames: Mapping[str, Any] | None = None,
    detail: bool = True,
    before: int = 0,
    traced: bool = False,
    plugins: Registry | None = None,
) -> Evaluation:
    """Scores every entity of a definition for a period (`2026-Q3`, `latest`, `2025-Q1..2026-Q3`, `history`).

    `frames` puts a frame of any kind that narwhals takes in place of a source. `as_of` reads the data as they stood. `before` says
    how many earlier periods are scored as well, to compare with. `traced` keeps all that is computed on the way, about 20 bytes per
    entity and metric: advice on everybody then takes half the time.
    Raises DefinitionError, DataError, UsageError; each carries the issues.
    """
    from scorecard.evaluation.run import Request, Run

    plugins = plugins or registry()
    scorecard = definition if isinstance(definition, Scorecard) else load(definition, plugins)
    request = Request(period=period, as_of=as_of, engine=engine, frames=frames, detail=detail, before=before, traced=traced)
    return Run(scorecard, plugins, request).evaluation()


def compare(
    old: str | Path,
    new: str | Path,
    *,
    period: str | None = None,
    as_of: date | None = None,
    engine: Engine | None = None,
    frames: Mapping[str, Any] | None = None,
    plugins: Registry | None = None,
) -> Impact:
    """What one definition in the place of another does to everybody, on the same data; a name may be a revision as git writes it.

    Raises as `evaluate` does, and InconclusiveError where the two cannot be compared.
    """
    from scorecard.advice.impact.impact import impact
    from scorecard.definition.changes.written import written
    from scorecard.evaluation.run import Request

    plugins = plugins or registry()
    before, after = (written(str(name), plugins) for name in (old, new))
    request = Request(period=period, as_of=as_of, engine=engine, frames=frames, detail=False)
    return impact(before, after, plugins, request)


def check_sources(scorecard: Scorecard, plugins: Registry, frames: Mapping[str, Any] | None = None) -> tuple[Issue, ...]:
    """Whether the data have what the definition asks: opens every source, plans, and reads nothing more."""
    try:
        return plan(scorecard, plugins, frames)[1]
    except DataError as error:
        return error.issues


def plan(scorecard: Scorecard, plugins: Registry, frames: Mapping[str, Any] | None = None) -> tuple[Plan | None, tuple[Issue, ...]]:
    """What an evaluation would compute on these data; None, with the reasons, where they do not fit. Raises DataError."""
    from scorecard.evaluation.run import Request, Run

    run = Run(scorecard, plugins, Request(frames=frames))
    return run.planned(run.opened())
