"""The words of `scorecard weights`."""

from __future__ import annotations

ENGLISH = {
    "weighing.people": "From pairwise judgements of {count} people (analytic hierarchy process)",
    "weighing.people.one": "From pairwise judgements of 1 person (analytic hierarchy process)",
    "weighing.centroid": "From a ranking: the middle of all weights that keep it (rank-order centroid)",
    "weighing.sum": "From a ranking: in proportion to the rank from below (rank sum)",
    "weighing.reciprocal": "From a ranking: in proportion to one divided by the rank (reciprocal of ranks)",
    "weighing.entropy": "From the data: what differs most unevenly between entities counts most (entropy)",
    "weighing.critic": "From the data: what differs, and differently from the rest, counts most (CRITIC)",
    "weighing.deviation": "From the data: in proportion to the standard deviation of the scores",
    "weighing.outcome": "Fitted to {outcome}: {count} of {used} entities",
    "weighing.only_apart": "Such weights say what tells these entities apart, not what matters.",
    "weighing.measured": "{group}: every part is measured for {used} of {count} entities; only those count here.",
    "weighing.same": "The same for everybody, and therefore without weight: {names}.",
    "weighing.together": "together",
    "weighing.together_head": "Together",
    "weighing.judge": "judge",
    "weighing.inconsistency": "inconsistency",
    "weighing.alone_too_few": "too few judgements alone",
    "weighing.inconsistent": "{judge}, {group}: the inconsistency of {ratio} is above {most}.",
    "weighing.unsaid": "{count} pairs were compared by nobody; the other judgements fill the gap.",
    "weighing.unsaid.one": "1 pair was compared by nobody; the other judgements fill the gap.",
    "weighing.look": "{about} Look at {pair} first: it says {said}, the others come to about {implied}; with that, {ratio} would be left.",
    "weighing.look_example": (
        "{about} One judgement contradicts the others, {pair} for example: it says {said},"
        " the others come to about {implied}; with that, {ratio} would be left."
    ),
    "weighing.written": "as written",
    "weighing.equal": "every metric alike",
    "weighing.fitted": "fitted to the others",
    "weighing.held_out": "on entities held out ({count} folds)",
    "weighing.area": "area under curve",
    "weighing.spread": "spread",
    "weighing.least": "least",
    "weighing.most": "most",
    "weighing.metric": "metric",
    "weighing.area_alone": "area alone",
    "weighing.of_fitted": "of the fitted score",
    "weighing.area_is_lower": "The area is how often one with {outcome} scores lower than one without, before rules; 0.5 is chance.",
    "weighing.area_is_higher": "The area is how often one with {outcome} scores higher than one without, before rules; 0.5 is chance.",
    "weighing.wins": "Fitted weights tell more than the written ones in {wins} of {count} folds (seed {seed}).",
    "weighing.suspicious": (
        "Suspicious: {metric} alone nearly tells who is who. Is it known before the outcome,"
        " and no part of it? If not, give it weight: 0 and fit again."
    ),
    "weighing.few": "Only {count} of the rarer outcome for {metrics} metrics: below {events} for each, weights are unsteady.",
    "weighing.left_out": "{count} of {entities} entities are left out: a metric or the outcome is missing for them.",
    "weighing.wrong_way": "Scores go with the outcome the wrong way round; if it is what should happen, say --wanted.",
    "weighing.wrong_way_wanted": "Scores go with the outcome the wrong way round; if it is what should not happen, leave out --wanted.",
    "weighing.own_weight": "Segment {segment} has its own weight for {names}, which stays beside the new ones: check that it fits.",
    "weighing.today": "today",
    "weighing.share": "share",
    "weighing.proposed": "proposed",
    "weighing.points": "points",
    "patch.apply": "apply it in {folder}",
    "patch.layer": "{layer}: whoever else extends it gets the new weights too; --own leaves it alone",
}
