"""An evaluation, or the part that is asked for, written to all the files that names mean."""

from __future__ import annotations

from collections.abc import Sequence

from scorecard.errors import ScorecardError, UsageError
from scorecard.evaluation.evaluation import Evaluation
from scorecard.model.issue import Issue
from scorecard.report.destinations import Destination
from scorecard.report.handover.naming import Named, files


def write_all(evaluation: Evaluation, targets: Sequence[Destination], language: str) -> list[list[Named]]:
    """Writes every file, none where there is no entity, and tells for each target which they are.

    What is written stays where a later file fails, and is counted. Raises UsageError before the first one for names that nothing fills,
    that meet in one file or that lead out of their folder, OutputError where a file cannot be written.
    """
    if not len(evaluation):
        return []
    planned = [(target, files(target.pattern, evaluation)) for target in targets if target.pattern is not None]
    _apart([named for _, every in planned for named in every])
    for target, every in planned:
        if target.pattern is not None and target.pattern.placeholders:
            _inside(every)
    count, total = 0, sum(len(every) for _, every in planned)
    for target, every in planned:
        for named in every:
            try:
                target.write_to(named.path, named.evaluation, language)
            except ScorecardError as error:
                if total == 1:
                    raise
                raise type(error)([*error.issues, Issue(code="SC754", values={"count": count, "total": total})]) from error
            count += 1
    return [every for _, every in planned]


def _apart(every: Sequence[Named]) -> None:
    seen: set[str] = set()
    for named in every:
        path = str(named.path).casefold()
        if path in seen:
            raise UsageError([Issue(code="SC713", values={"file": str(named.path), "reason": "twice"})])
        seen.add(path)


def _inside(every: Sequence[Named]) -> None:
    """What values of the data name must not lead elsewhere, as it would over a link."""
    for named in every:
        if not named.path.resolve().is_relative_to(named.folder.resolve()):
            raise UsageError([Issue(code="SC753", values={"file": str(named.path), "folder": str(named.folder)})])
