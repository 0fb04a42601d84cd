"""What a person asks for, read from texts: how far weights spread, and how far measured values may be off."""

from __future__ import annotations

import math
from collections.abc import Sequence

from scorecard.advice.certainty.draws import MOST_SPREAD
from scorecard.advice.certainty.noise import Noise, moved
from scorecard.definition.called import id_of, not_called, titles_of_nodes
from scorecard.errors import UsageError
from scorecard.model.definition import Scorecard
from scorecard.model.issue import Issue
from scorecard.model.plan import Plan

USUAL = Noise(0.05, relative=True)


def spread_of(text: str) -> float:
    """`25%` or `0.25`. Raises UsageError for what is no part above 0 and up to nine tenths."""
    spread = _amount(text)
    if spread is None or not 0 < spread <= MOST_SPREAD:
        raise UsageError([Issue(code="SC760", values={"text": text, "most": f"{MOST_SPREAD:.0%}"})])
    return spread


def noise_of(texts: Sequence[str], plan: Plan) -> dict[str, Noise]:
    """By metric how far its values may be off: `5%` for all, `csat=3%` or, in the unit of the metric, `csat=0.2` for one.

    A later text overrules an earlier one. Raises UsageError for what is no such text, and for a metric that is not measured.
    """
    measured = moved(plan)
    found = dict.fromkeys(measured, USUAL)
    for text in texts:
        name, equals, written = text.rpartition("=")
        amount = _amount(written)
        relative = written.strip().endswith("%")
        if amount is None or amount < 0 or not (relative or equals):
            raise UsageError([Issue(code="SC761", values={"text": text})])
        named = [_metric(name.strip(), measured, plan.scorecard)] if equals else list(measured)
        found |= dict.fromkeys(named, Noise(amount, relative))
    return found


def _metric(text: str, measured: Sequence[str], scorecard: Scorecard) -> str:
    id = id_of(text, titles_of_nodes(scorecard, scorecard.metrics))
    if id is None:
        raise UsageError([not_called(text, titles_of_nodes(scorecard, measured), "SC731")])
    if id not in measured:
        raise UsageError([Issue(code="SC762", values={"name": id, "allowed": list(measured)})])
    return id


def _amount(text: str) -> float | None:
    """A number, or a part written as a percentage; None for what is neither."""
    try:
        amount = float(text.strip().removesuffix("%"))
    except ValueError:
        return None
    if not math.isfinite(amount):
        return None
    return amount / 100 if text.strip().endswith("%") else amount
