"""What a ranking, or one score, hangs on, in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scorecard.advice.certainty.indices import Indices
from scorecard.advice.certainty.sensitivity import Sensitivity
from scorecard.language.words import say
from scorecard.report import figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One choice that could be made otherwise: what would go if it were settled, and what would stay if all others were."""

    factor: str
    name: str
    first: float
    total: float
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hangs:
    """What is moved, how that was found out, and by which choices, the most important first; none where there is nothing to tell apart."""

    title: str
    how: tuple[str, ...]
    choices: tuple[Choice, ...]


def hangs(found: Sensitivity, decimals: int, language: str) -> list[Hangs]:
    """The ranking where there are two to rank, and the score where one was asked about."""
    told = []
    if found.rows > 1:
        told.append(_told("ranking", found, found.ranks, _ranked(found, language), language))
    if found.score is not None and np.isnan(found.spread):
        told.append(Hangs(title=say("certainty.score", language), how=(say("certainty.score.unscored", language),), choices=()))
    elif found.score is not None:
        how = say(
            "certainty.score.how",
            language,
            runs=figures.count(found.runs, language),
            spread=figures.fixed(found.spread, decimals, language),
        )
        told.append(_told("score", found, found.score, how, language))
    return told


def _told(what: str, found: Sensitivity, indices: Indices, how: str, language: str) -> Hangs:
    title, choices = say(f"certainty.{what}", language), _choices(found, indices, language)
    return Hangs(title=title, how=(how,) if choices else (how, say("certainty.still", language)), choices=choices)


def _ranked(found: Sensitivity, language: str) -> str:
    values = {
        "rows": figures.count(found.rows, language),
        "runs": figures.count(found.runs, language),
        "shift": figures.plain(found.shift, 2, language),
    }
    if found.rows < found.all_rows:
        return say("certainty.ranking.sample", language, all=figures.count(found.all_rows, language), **values)
    return say("certainty.ranking.how", language, **values)


def percent(index: float, language: str) -> str:
    """An index as a part; an estimate a little below nothing or above all is shown as that."""
    return figures.percentage(float(np.clip(index, 0.0, 1.0)), 0, language)


def _choices(found: Sensitivity, indices: Indices, language: str) -> tuple[Choice, ...]:
    if not np.any(indices.total > 0):
        return ()
    choices = (
        _choice(factor, float(first), float(total), language)
        for factor, first, total in zip(found.factors, indices.first, indices.total, strict=True)
    )
    return tuple(sorted(choices, key=lambda choice: -choice.total))


def _choice(factor: str, first: float, total: float, language: str) -> Choice:
    name = say(f"certainty.factor.{factor}", language)
    said = say("certainty.said.factor", language, node=name, first=percent(first, language), total=percent(total, language))
    return Choice(factor=factor, name=name, first=first, total=total, said=said)
