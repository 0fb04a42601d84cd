"""How sure verdicts are, as JSON and as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from scorecard.model.period import ALL_TIME
from scorecard.report.certainty.hangs import Choice, Hangs
from scorecard.report.certainty.turns import Turn
from scorecard.report.certainty.verdicts import Verdict, Verdicts
from scorecard.report.csv import harmless
from scorecard.report.digits import one

_NUMBERS = (
    "score",
    "kept_weights",
    "draws_weights",
    "kept_values",
    "draws_values",
    "rank",
    "rank_low",
    "rank_high",
    "points_down",
    "points_up",
)


def as_json(verdicts: Verdicts, told: Sequence[Verdict], numbers: Sequence[Sequence[Turn]], hanging: Sequence[Hangs]) -> str:
    """One document: what was drawn, every verdict, and for the first of them how far each number may be moved."""
    found = verdicts.certainty
    turns = [*numbers, *([None] * (len(told) - len(numbers)))]
    document = {
        "scorecard": found.evaluation.scorecard.id,
        "period": None if found.period is ALL_TIME else found.period.label,
        "seed": found.draws.seed,
        "spread": found.draws.spread,
        "draws": found.draws.count,
        "draws_ranks": found.weights.ranked_in,
        "about": [*verdicts.about()],
        "on_edge": int(found.on_edge.sum()) if found.has_bands else None,
        "explained": verdicts.explained(),
        "hangs_on": [_hangs(each) for each in hanging],
        "entities": [_entity(verdicts, verdict, own) for verdict, own in zip(told, turns, strict=True)],
    }
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)


def as_csv(verdicts: Verdicts, told: Sequence[Verdict]) -> str:
    """A line per verdict, the key parts first and its sentences last. A text that a spreadsheet would take for a formula gets a quote."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([*verdicts.scorecard.entity.key, "band", *_NUMBERS, "on_edge", "said"])
    for verdict in told:
        numbers = (one(getattr(verdict, name)) for name in _NUMBERS)
        texts = (*verdict.key, verdict.band or "")
        edge = str(verdict.on_edge).lower()
        said = harmless("; ".join(verdict.said.values()))
        writer.writerow([*map(harmless, texts), *("" if number is None else f"{number:.12g}" for number in numbers), edge, said])
    return stream.getvalue()


def _entity(verdicts: Verdicts, verdict: Verdict, turns: Sequence[Turn] | None) -> dict[str, Any]:
    record: dict[str, Any] = {
        "key": dict(zip(verdicts.scorecard.entity.key, verdict.key, strict=True)),
        "band": verdict.band,
        **{name: _number(getattr(verdict, name)) for name in _NUMBERS},
        "on_edge": verdict.on_edge,
        "said": dict(verdict.said),
    }
    return record if turns is None else {**record, "numbers": [_turn(turn) for turn in turns]}


def _number(number: float | None) -> float | None:
    return number if isinstance(number, int) else one(number)


def _turn(turn: Turn) -> dict[str, Any]:
    name = ".".join((turn.key[0].rstrip("s"), turn.node, *turn.key[1:]))
    return {"number": name, "written": one(turn.written), "low": one(turn.low), "high": one(turn.high), "said": turn.said}


def _hangs(each: Hangs) -> dict[str, Any]:
    return {"title": each.title, "how": " ".join(each.how), "choices": [_choice(choice) for choice in each.choices]}


def _choice(choice: Choice) -> dict[str, Any]:
    return {"factor": choice.factor, "first": one(choice.first), "total": one(choice.total), "said": choice.said}
