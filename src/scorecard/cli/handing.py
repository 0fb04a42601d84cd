"""Handing over: an evaluation, or the part that is asked for, written to all the files that the names on the command line mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from scorecard.cli.options import Settings
from scorecard.errors import ScorecardError, UsageError
from scorecard.model.issue import Issue

if TYPE_CHECKING:
    from scorecard.cli.writing import Destination
    from scorecard.evaluation.evaluation import Evaluation
    from scorecard.report.handover.naming import Named


def hand_over(evaluation: Evaluation, targets: Sequence[Destination], chosen: Settings) -> list[str]:
    """Writes every file, none where there is no entity, and gives what to say of them.

    What is written stays where a later file fails, and is counted. Raises UsageError before the first one for names that nothing fills,
    that meet in one file or that lead out of their folder.
    """
    from scorecard.report.handover.naming import files

    if not len(evaluation):
        return [chosen.say("written.nobody")] if targets else []
    planned = [(target, files(target.pattern, evaluation)) for target in targets if target.pattern is not None]
    _apart([named for _, every in planned for named in every])
    for target, every in planned:
        if target.pattern is not None and target.pattern.placeholders:
            _inside(every)
    count, total = 0, sum(len(every) for _, every in planned)
    for target, every in planned:
        for named in every:
            try:
                target.write_to(named.path, named.evaluation, chosen.language)
            except ScorecardError as error:
                if total == 1:
                    raise
                raise type(error)([*error.issues, Issue(code="SC754", values={"count": count, "total": total})]) from error
            count += 1
    return [_said(every, chosen) for _, every in planned]


def _said(every: Sequence[Named], chosen: Settings) -> str:
    """Which files there are now: one by its name, of many how many and where."""
    if len(every) == 1:
        return chosen.say("written.file", file=every[0].path)
    return chosen.say("written.files", count=len(every), folder=every[0].folder)


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
