"""What each method says of the weights that it found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scorecard.advice.weighing.held_out import EVENTS, Areas, Fit, group_weights
from scorecard.advice.weighing.judged import Judged
from scorecard.advice.weighing.pairwise import TOLERATED, Doubt, Priorities
from scorecard.advice.weighing.proposal import proposal
from scorecard.advice.weighing.told_apart import ToldApart
from scorecard.language.words import say
from scorecard.model.definition import Scorecard
from scorecard.report import figures
from scorecard.report.digits import one
from scorecard.report.labels import node_of
from scorecard.report.weighing.told import NOTHING, Facts, Told

_CHANCE = 0.5


def of_judgements(scorecard: Scorecard, found: Sequence[Judged], language: str) -> Told:
    """Weights from pairwise judgements, with how consistent each judge was and what to look at again."""
    judges = {judge for each in found for judge in each.alone}
    return Told(
        scorecard=scorecard,
        language=language,
        method=say("weighing.people.one" if len(judges) == 1 else "weighing.people", language, count=len(judges)),
        proposals=[proposal(scorecard, each.group, each.weights) for each in found],
        facts=[_judges(scorecard, each, language) for each in found],
        notes=[note for each in found for note in _doubts(scorecard, each, language)],
        record={
            "method": "judgements",
            "judgements": {
                each.group: {
                    "together": _priorities(each.together),
                    "judges": {judge: _priorities(own) if own else None for judge, own in each.alone.items()},
                }
                for each in found
            },
        },
    )


def of_ranking(scorecard: Scorecard, group: str, weights: Mapping[str, float], method: str, language: str) -> Told:
    """Weights from a ranking."""
    record = {"method": method, "ranking": list(weights)}
    said = say(f"weighing.{method}", language)
    return Told(scorecard=scorecard, language=language, method=said, proposals=[proposal(scorecard, group, weights)], record=record)


def of_spread(scorecard: Scorecard, found: Sequence[ToldApart], method: str, language: str) -> Told:
    """Weights from the spread of scores, with the entities that they rest on."""
    notes = [say("weighing.only_apart", language)]
    for each in found:
        if each.used < each.entities:
            group = node_of(scorecard, each.group, language)
            notes.append(
                say(
                    "weighing.measured",
                    language,
                    group=group,
                    used=figures.count(each.used, language),
                    count=figures.count(each.entities, language),
                )
            )
        if each.same:
            names = say("list.comma", language).join(node_of(scorecard, node, language) for node in each.same)
            notes.append(say("weighing.same", language, names=names))
    return Told(
        scorecard=scorecard,
        language=language,
        method=say(f"weighing.{method}", language),
        proposals=[proposal(scorecard, each.group, each.weights) for each in found],
        notes=notes,
        record={"method": method, "entities": {each.group: {"used": each.used, "of": each.entities} for each in found}},
    )


def of_outcome(scorecard: Scorecard, fit: Fit, language: str) -> Told:
    """Weights fitted to an outcome, with what they are worth on entities held out beside those written and equal ones."""
    found = {group: group_weights(scorecard, fit.shares, group) for group in ("total", *scorecard.groups)}
    alone = sorted(zip(fit.metrics, fit.alone, fit.weights.tolist(), strict=True), key=lambda each: -each[1])
    return Told(
        scorecard=scorecard,
        language=language,
        method=say(
            "weighing.outcome",
            language,
            outcome=fit.outcome,
            count=figures.count(fit.happened, language),
            used=figures.count(fit.used, language),
        ),
        proposals=[proposal(scorecard, group, weights) for group, weights in found.items() if len(weights) > 1],
        facts=[_areas(fit, language), _alone(scorecard, alone, language)],
        notes=list(_cautions(scorecard, fit, language)),
        record={
            "method": "outcome",
            "outcome": {"name": fit.outcome.name, "value": fit.outcome.value, "bad": fit.bad, "happened": fit.happened},
            "entities": {"used": fit.used, "of": fit.entities},
            "seed": fit.seed,
            "area_held_out": {name: _area(own) for name, own in _named(fit)},
            "area_alone": {metric: one(own) for metric, own, _ in alone},
            "shares_of_score": {metric: one(weight) for metric, _, weight in alone},
        },
    )


def _judges(scorecard: Scorecard, each: Judged, language: str) -> Facts:
    rows = [(judge, own) for judge, own in each.alone.items()]
    if len(rows) > 1:
        rows.append((say("weighing.together", language), each.together))
    nodes = [node_of(scorecard, node, language) for node in each.together.nodes]
    heads = (say("weighing.judge", language), *nodes, say("weighing.inconsistency", language))
    return Facts(heads, tuple((figures.clean(judge), *_opinion(own, len(nodes), language)) for judge, own in rows))


def _opinion(own: Priorities | None, count: int, language: str) -> Iterator[str]:
    if own is None:
        yield from [NOTHING] * count
        yield say("weighing.alone_too_few", language)
        return
    yield from (figures.share(weight, language) for weight in own.weights.tolist())
    yield NOTHING if own.ratio is None else figures.fixed(own.ratio, 2, language)


def _doubts(scorecard: Scorecard, each: Judged, language: str) -> Iterator[str]:
    """For each judge above the tolerated ratio, the judgement to look at first."""
    opinions = [*each.alone.items(), *([(say("weighing.together_head", language), each.together)] if len(each.alone) > 1 else [])]
    for judge, own in opinions:
        if own is None or own.consistent or own.ratio is None:
            continue
        words = {"judge": figures.clean(judge), "group": node_of(scorecard, each.group, language)}
        text = say(
            "weighing.inconsistent",
            language,
            ratio=figures.fixed(own.ratio, 2, language),
            most=figures.fixed(TOLERATED, 2, language),
            **words,
        )
        yield text if own.doubt is None else _look(scorecard, text, own.doubt, language)
    if each.together.unsaid:
        count = each.together.unsaid
        yield say("weighing.unsaid.one" if count == 1 else "weighing.unsaid", language, count=count)


def _look(scorecard: Scorecard, about: str, doubt: Doubt, language: str) -> str:
    """What is said of a judge, and which judgement to look at first."""
    turned = doubt.said < 1
    names = (doubt.second, doubt.first) if turned else (doubt.first, doubt.second)
    said, implied = (1 / doubt.said, 1 / doubt.implied) if turned else (doubt.said, doubt.implied)
    pair = " > ".join(node_of(scorecard, node, language) for node in names)
    words = {
        "about": about,
        "pair": pair,
        "said": figures.plain(said, 2, language),
        "implied": _times(implied),
        "ratio": figures.fixed(doubt.ratio, 2, language),
    }
    return say("weighing.look" if doubt.alone else "weighing.look_example", language, **words)


def _times(ratio: float) -> str:
    """A ratio on Saaty's scale: 3, or 1/3."""
    return f"{ratio:.0f}" if round(ratio) >= 1 else f"1/{1 / ratio:.0f}"


def _priorities(own: Priorities) -> dict[str, Any]:
    return {
        "weights": {node: one(weight) for node, weight in zip(own.nodes, own.weights.tolist(), strict=True)},
        "largest_eigenvalue": one(own.largest),
        "consistency_index": one(own.index),
        "consistency_ratio": one(own.ratio),
        "unsaid": own.unsaid,
        "look_at": None
        if own.doubt is None
        else {"first": own.doubt.first, "second": own.doubt.second, "said": one(own.doubt.said), "implied": one(own.doubt.implied)},
    }


def _named(fit: Fit) -> tuple[tuple[str, Areas], ...]:
    return (("written", fit.written), ("equal", fit.equal), ("fitted", fit.fitted))


def _areas(fit: Fit, language: str) -> Facts:
    rows = [
        (
            say(f"weighing.{name}", language),
            *(figures.fixed(x, 3, language) for x in (own.mean, own.spread, min(own.folds), max(own.folds))),
        )
        for name, own in _named(fit)
    ]
    heads = (say(f"weighing.{name}", language, count=len(fit.fitted.folds)) for name in ("held_out", "area", "spread", "least", "most"))
    return Facts(tuple(heads), tuple(rows))


def _alone(scorecard: Scorecard, alone: Sequence[tuple[str, float, float]], language: str) -> Facts:
    rows = (
        (node_of(scorecard, metric, language), figures.fixed(area, 3, language), figures.share(weight, language))
        for metric, area, weight in alone
    )
    return Facts(tuple(say(f"weighing.{name}", language) for name in ("metric", "area_alone", "of_fitted")), tuple(rows))


def _area(own: Areas) -> dict[str, Any]:
    return {"mean": one(own.mean), "spread": one(own.spread), "folds": [one(each) for each in own.folds]}


def _cautions(scorecard: Scorecard, fit: Fit, language: str) -> Iterator[str]:
    yield say("weighing.area_is_lower" if fit.bad else "weighing.area_is_higher", language, outcome=fit.outcome)
    yield say("weighing.wins", language, wins=fit.wins, count=len(fit.fitted.folds), seed=fit.seed)
    for metric in fit.suspicious:
        yield say("weighing.suspicious", language, metric=node_of(scorecard, metric, language))
    if fit.few:
        rarer = min(fit.happened, fit.used - fit.happened)
        yield say("weighing.few", language, count=figures.count(rarer, language), metrics=len(fit.metrics), events=EVENTS)
    if fit.used < fit.entities:
        yield say(
            "weighing.left_out",
            language,
            count=figures.count(fit.entities - fit.used, language),
            entities=figures.count(fit.entities, language),
        )
    if max(fit.written.mean, fit.equal.mean) < _CHANCE:
        yield say("weighing.wrong_way" if fit.bad else "weighing.wrong_way_wanted", language)
