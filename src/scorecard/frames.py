"""For programs and notebooks: what is advised and what would be, as frames of pandas, and reports written to files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.found import period_named, row_of
from scorecard.expression.values import Coded
from scorecard.scoring.score import PeriodScores

if TYPE_CHECKING:
    import pandas as pd

    from scorecard.advice.levers import Levers
    from scorecard.hooks.registry import Registry

Rows = NDArray[np.intp]


def levers(evaluation: Evaluation, *, period: str | None = None, **key: object) -> pd.DataFrame:
    """What moving one metric alone would bring: a row per entity, metric and goal, for all of a period's entities or for one.

    Columns: the key, `metric`, `goal` (`target`, `band`: the next one, or `rule`: until it no longer acts), `value`, `needed`, `score`
    and `band` of the metric then, `gain` in points of the total, and `total_band` then. Raises UsageError for a key or a period that
    is not there. An evaluation made with `traced=True` spares scoring everybody again.
    """
    import pandas as pd

    from scorecard.advice.levers import levers as found

    _, scores = period_named(evaluation, period)
    rows = _rows(evaluation, scores, key)
    keys = evaluation.keys(scores)
    parts = [_levers(one, keys) for one in found(evaluation, scores, rows) if len(one)]
    columns = [*keys, "metric", "goal", "value", "needed", "score", "band", "gain", "total_band"]
    frame = pd.concat([pd.DataFrame(part) for part in parts], ignore_index=True) if parts else pd.DataFrame(columns=columns)
    by_gain = frame.assign(_size=frame["gain"].abs()).sort_values([*keys, "_size"], ascending=[True] * len(keys) + [False], kind="stable")
    return by_gain.drop(columns="_size").reset_index(drop=True)


def _levers(one: Levers, keys: Mapping[str, NDArray[np.object_]]) -> dict[str, Any]:
    scores = one.after.numbers(f"{one.metric}.score")[one.places]
    values = one.before.numbers(f"{one.metric}.value")[one.places]
    bands, total_bands = one.bands(one.metric), one.bands("total")
    return {
        **{part: every[one.rows] for part, every in keys.items()},
        "metric": one.metric,
        "goal": one.goal,
        "value": values,
        "needed": one.needed,
        "score": scores,
        "band": np.array(bands, dtype=object),
        "gain": one.gain,
        "total_band": np.array(total_bands, dtype=object),
    }


def advise(evaluation: Evaluation, *, language: str = "en", most_actions: int = 3, **key: object) -> pd.DataFrame:
    """What is recommended for the last period: a row per entity and recommendation, the entity that would gain the most first.

    Columns: the key, `period`, `score`, `band`, `recommendation` and whether it is of the `library`, what it is `about` (`node` is the
    id), `action`, `gain` in points of the total, `owner`, `due`, `effort`, `tasks` (mappings of what, owner, due), and `value` and
    `target` in `unit`. The library adds up to `most_actions` per entity, 0 is all that it has. Raises UsageError for a key that is
    not there.
    """
    import pandas as pd

    from scorecard.report.advice import Told, given

    own = given(evaluation, _texts(key), language, most_actions)
    parts = evaluation.scorecard.entity.key
    rest = [one.name for one in fields(Told) if one.name not in {"key", "tasks", "value", "target", "state", "taken"}]
    rows = [(*line.key, *(getattr(line, name) for name in rest), [asdict(task) for task in line.tasks]) for lines in own for line in lines]
    return pd.DataFrame(rows, columns=[*parts, *rest, "tasks"]).rename(columns={"stands": "value", "needed": "target"})


def whatif(evaluation: Evaluation, *supposed: str, period: str | None = None, **key: object) -> pd.DataFrame:
    """What the scores would be, as `scorecard whatif --set`: `whatif(evaluation, "csat=85", "weight.csat=3")`; peers stay as they are.

    A row per entity of a period, or the one named: the key, `score` and `band` as they are, `score_then`, `band_then` and `change`.
    A sweep such as `csat=70..95/5` gives a row for each of its numbers, which stand in a column of that name. Raises UsageError.
    """
    import pandas as pd

    from scorecard.advice.suppositions import suppositions
    from scorecard.advice.whatif import what_ifs

    one, scores = period_named(evaluation, period)
    rows = _rows(evaluation, scores, key)
    keys = {part: every[rows] for part, every in evaluation.keys(scores).items()}
    frames = []
    for outcome in what_ifs(evaluation, suppositions(supposed, evaluation.scorecard), one.label):
        numbers = {each.text.partition("=")[0]: each.number for each in outcome.supposed}
        before, after = (np.asarray(side.cells["total.score"], dtype=np.float64)[rows] for side in (outcome.before, outcome.after))
        then = {"score": before, "band": _bands(outcome.before, rows), "score_then": after, "band_then": _bands(outcome.after, rows)}
        frames.append(pd.DataFrame({**keys, **numbers, **then, "change": after - before}))
    return pd.concat(frames, ignore_index=True)


def write(
    evaluation: Evaluation,
    *files: str | PathLike[str],
    language: str = "en",
    templates: Iterable[str | PathLike[str]] = (),
    plugins: Registry | None = None,
) -> list[Path]:
    """Writes reports, each in the form that its suffix says, as `scorecard run --out`; names may have placeholders such as `{manager}`.

    Gives the files that there are then. Raises UsageError before anything is written, OutputError, PluginError.
    """
    from scorecard.app import registry
    from scorecard.report.destinations import destinations
    from scorecard.report.handover.write import write_all

    targets = destinations([str(one) for one in files], plugins or registry(), [str(one) for one in templates])
    return [named.path for every in write_all(evaluation, targets, language) for named in every]


def _rows(evaluation: Evaluation, scores: PeriodScores, key: Mapping[str, object]) -> Rows:
    """All rows of a period, or the one of an entity."""
    if key:
        return np.array([row_of(evaluation, scores, _texts(key))], dtype=np.intp)
    return np.arange(len(scores))


def _texts(key: Mapping[str, object]) -> dict[str, str]:
    return {part: str(value) for part, value in key.items()}


def _bands(scores: PeriodScores, rows: Rows) -> NDArray[np.object_]:
    bands = scores.cells["total.band"]
    assert isinstance(bands, Coded)
    return np.array([*bands.categories, None], dtype=object)[bands.codes[rows]]
