"""What each method says of the weights that it found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scorecard.advice.weighing.held_out import EVENTS, Areas, Fit, group_weights
from scorecard.advice.weighing.judged import Judged
from scorecard.advice.weighing.pairwise import TOLERATED, Doubt, Priorities
from scorecard.advice.weighing.proposal import proposal
from scorecard.advice.weighing.told_apart import ToldApart
from scorecard.model.definition import Scorecard
from scorecard.report import figures
from scorecard.report.digits import one
from scorecard.report.labels import node_of
from scorecard.report.weighing.told import NOTHING, Facts, Told

RANKINGS = {
    "centroid": "From a ranking: the middle of all weights that keep it (rank-order centroid)",
    "sum": "From a ranking: in proportion to the rank from below (rank sum)",
    "reciprocal": "From a ranking: in proportion to one divided by the rank (reciprocal of ranks)",
}
_CHANCE = 0.5
SPREADS = {
    "entropy": "From the data: what differs most unevenly between entities counts most (entropy)",
    "critic": "From the data: what differs, and differently from the rest, counts most (CRITIC)",
    "deviation": "From the data: in proportion to the standard deviation of the scores",
}


def of_judgements(scorecard: Scorecard, found: Sequence[Judged], language: str) -> Told:
    """Weights from pairwise judgements, with how consistent each judge was and what to look at again."""
    judges = {judge for each in found for judge in each.alone}
    return Told(
        scorecard=scorecard,
        language=language,
        method=f"From pairwise judgements of {len(judges)} {'person' if len(judges) == 1 else 'people'} (analytic hierarchy process)",
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
    return Told(
        scorecard=scorecard, language=language, method=RANKINGS[method], proposals=[proposal(scorecard, group, weights)], record=record
    )


def of_spread(scorecard: Scorecard, found: Sequence[ToldApart], method: str, language: str) -> Told:
    """Weights from the spread of scores, with the entities that they rest on."""
    notes = ["Such weights say what tells these entities apart, not what matters."]
    for each in found:
        if each.used < each.entities:
            notes.append(
                f"{node_of(scorecard, each.group, language)}: every part is measured for {each.used:,} of {each.entities:,} entities; "
                "only those count here."
            )
        if each.same:
            names = ", ".join(node_of(scorecard, node, language) for node in each.same)
            notes.append(f"The same for everybody, and therefore without weight: {names}.")
    return Told(
        scorecard=scorecard,
        language=language,
        method=SPREADS[method],
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
        method=f"Fitted to {fit.outcome}: {fit.happened:,} of {fit.used:,} entities",
        proposals=[proposal(scorecard, group, weights) for group, weights in found.items() if len(weights) > 1],
        facts=[_areas(fit), _alone(scorecard, alone, language)],
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
        rows.append(("together", each.together))
    heads = ("judge", *(node_of(scorecard, node, language) for node in each.together.nodes), "inconsistency")
    return Facts(heads, tuple((figures.clean(judge), *_opinion(own, len(heads) - 2)) for judge, own in rows))


def _opinion(own: Priorities | None, count: int) -> Iterator[str]:
    if own is None:
        yield from [NOTHING] * count
        yield "too few judgements alone"
        return
    yield from (figures.share(weight) for weight in own.weights.tolist())
    yield NOTHING if own.ratio is None else figures.fixed(own.ratio, 2)


def _doubts(scorecard: Scorecard, each: Judged, language: str) -> Iterator[str]:
    """For each judge above the tolerated ratio, the judgement to look at first."""
    opinions = [*each.alone.items(), *([("Together", each.together)] if len(each.alone) > 1 else [])]
    for judge, own in opinions:
        if own is None or own.consistent or own.ratio is None:
            continue
        about = node_of(scorecard, each.group, language)
        text = f"{figures.clean(judge)}, {about}: the inconsistency of {own.ratio:.2f} is above {TOLERATED:.2f}."
        yield text if own.doubt is None else f"{text} {_look(scorecard, own.doubt, language)}"
    if each.together.unsaid:
        count = each.together.unsaid
        yield f"{count} {'pair was' if count == 1 else 'pairs were'} compared by nobody; the other judgements fill the gap."


def _look(scorecard: Scorecard, doubt: Doubt, language: str) -> str:
    turned = doubt.said < 1
    names = (doubt.second, doubt.first) if turned else (doubt.first, doubt.second)
    said, implied = (1 / doubt.said, 1 / doubt.implied) if turned else (doubt.said, doubt.implied)
    pair = " > ".join(node_of(scorecard, node, language) for node in names)
    where = f"Look at {pair} first" if doubt.alone else f"One judgement contradicts the others, {pair} for example"
    return (
        f"{where}: it says {figures.plain(said, 2)}, the others come to about {_times(implied)}; "
        f"with that, {doubt.ratio:.2f} would be left."
    )


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


def _areas(fit: Fit) -> Facts:
    names = {"written": "as written", "equal": "every metric alike", "fitted": "fitted to the others"}
    rows = [
        (names[name], *(figures.fixed(x, 3) for x in (own.mean, own.spread, min(own.folds), max(own.folds)))) for name, own in _named(fit)
    ]
    return Facts((f"on entities held out ({len(fit.fitted.folds)} folds)", "area under curve", "spread", "least", "most"), tuple(rows))


def _alone(scorecard: Scorecard, alone: Sequence[tuple[str, float, float]], language: str) -> Facts:
    rows = ((node_of(scorecard, metric, language), figures.fixed(area, 3), figures.share(weight)) for metric, area, weight in alone)
    return Facts(("metric", "area alone", "of the fitted score"), tuple(rows))


def _area(own: Areas) -> dict[str, Any]:
    return {"mean": one(own.mean), "spread": one(own.spread), "folds": [one(each) for each in own.folds]}


def _cautions(scorecard: Scorecard, fit: Fit, language: str) -> Iterator[str]:
    way = "lower" if fit.bad else "higher"
    yield f"The area is how often one with {fit.outcome} scores {way} than one without, before rules; 0.5 is chance."
    yield f"Fitted weights tell more than the written ones in {fit.wins} of {len(fit.fitted.folds)} folds (seed {fit.seed})."
    for metric in fit.suspicious:
        yield (
            f"Suspicious: {node_of(scorecard, metric, language)} alone nearly tells who is who. Is it known before the outcome, "
            "and no part of it? If not, give it weight: 0 and fit again."
        )
    if fit.few:
        rarer = min(fit.happened, fit.used - fit.happened)
        yield f"Only {rarer:,} of the rarer outcome for {len(fit.metrics)} metrics: below {EVENTS} for each, weights are unsteady."
    if fit.used < fit.entities:
        yield f"{fit.entities - fit.used:,} of {fit.entities:,} entities are left out: a metric or the outcome is missing for them."
    if max(fit.written.mean, fit.equal.mean) < _CHANCE:
        mend = "it is what should happen, say --wanted" if fit.bad else "it is what should not happen, leave out --wanted"
        yield f"Scores go with the outcome the wrong way round; if {mend}."
