"""What a review says: for each cause the evidence and the proposal, and for what cannot be judged what is missing."""

from __future__ import annotations

FOUND: dict[str, tuple[str, str]] = {
    "spread.one": (
        "{share} of {count} scores are {score}, so it tells hardly anybody apart; nine in ten values lie between {low} and {high}",
        "draw worst and target where the values lie",
    ),
    "spread.alike": ("{share} of {count} scores are {score}, so it tells hardly anybody apart", "measure something that differs"),
    "spread.narrow": (
        "the {count} scores have a standard deviation of only {deviation}; nine in ten values lie between {low} and {high}",
        "draw worst and target closer to where the values lie",
    ),
    "always.hit": ("{share} of {count} have the best score", "raise the target, or make it a gate that must hold"),
    "always.missed": ("{share} of {count} have the worst score", "move worst to where the values begin"),
    "always.never": (
        "none of {count} has the best score; the highest is {score}",
        "check the target with `scorecard targets`: it may be out of reach",
    ),
    "together.alike": (
        "its scores rank like those of {other} (Spearman {correlation} over {count})",
        "drop it, or say what it adds; today it counts the same thing twice",
    ),
    "together.against": (
        "its scores rank against those of {other} (Spearman {correlation} over {count}), so the two cancel each other",
        "decide which of them is wanted",
    ),
    "together.same": (
        "it is worked out from the same figures as {other} ({text}; Spearman {correlation} over {count})",
        "count them once: lower one of the weights, or join the two",
    ),
    "coverage.gaps": (
        "{measured} of {count} that it applies to are measured ({share}, since {since})",
        "collect more, lengthen window:, or lower min_records:",
    ),
    "coverage.failed": (
        "only {share} of {count} are measured, and {failed} failed",
        "mend what fails: `scorecard explain` names the reason",
    ),
    "coverage.none": ("none of {count} that it applies to was measured", "find its records, or measure something else"),
    "coverage.nobody": ("it applies to none of {count}", "drop it, or mend applies_when:"),
    "stale.ended": ("nobody has been measured since {period}", "find out why its records ended, or measure something else"),
    "stale.old": ("the last record of {source} is of {day}, before {last} began", "bring the newer records"),
    "dominance.decides": (
        "it weighs {weight} and decides {influence} of the differences between totals",
        "lower its weight, or draw worst and target farther apart",
    ),
    "dominance.against": (
        "it weighs {weight}, and totals are the lower the higher it scores ({influence} of their differences)",
        "decide whether it belongs into this total",
    ),
    "dominance.silent": (
        "it weighs {weight} and decides next to nothing of the differences between totals ({influence})",
        "if it is meant to matter, draw worst and target closer together; else lower its weight",
    ),
    "dead.nothing": (
        "without it none of {count} would have another band; scores would move by {moved} on average",
        "drop it, or show it with weight: 0",
    ),
    "dead.read": (
        "without its weight none of {count} would have another band; scores would move by {moved} on average",
        "weight: 0 is enough: rules, gates or other formulas still read it",
    ),
    "bunching.heap": (
        "{better} values lie within {width} on the better side of {edge} ({value}), {worse} as near on the other side and {beyond} next "
        "beyond; by chance with a probability of {chance}, and {tests} edges were looked at",
        "look at these records: are they rounded up, closed early, or asked of the right people?",
    ),
    "prediction.wrong": (
        "it tells {outcome} the wrong way round: area under the curve {area}, where 0.5 is a coin ({yes} with it, {no} without)",
        "turn it round, or measure something else; if {outcome} is what is wanted, say --wanted",
    ),
    "prediction.nothing": (
        "it hardly tells {outcome}: area under the curve {area}, where 0.5 is a coin ({yes} with it, {no} without)",
        "measure something else, or say what else it is for",
    ),
    "prediction.wrong_figures": (
        "it tells {outcome} the wrong way round: rank correlation {correlation} over {count}",
        "turn it round, or measure something else; if more {outcome} is what is wanted, say --wanted",
    ),
    "prediction.nothing_figures": (
        "it hardly tells {outcome}: rank correlation {correlation} over {count}",
        "measure something else, or say what else it is for",
    ),
    "objectives.unmeasured": ("it has an objective, and nothing under it was ever measured", "add a metric for it"),
    "unreached.bands": ("none of {count} is {bands}", "move the edges of the bands, or do without that band"),
    "unreached.thresholds": ("no value of {count} reaches {bands}; the best is {best}", "move the threshold to where values are"),
}

UNJUDGED: dict[str, str] = {
    "spread.few": "whether scores tell anybody apart (fewer than {needed} scores)",
    "together.few": "whether two move together (fewer than {needed} measured by both)",
    "stale.no_period": "whether records have ended (the definition has no period:)",
    "dominance.few": "what decides the total (fewer than {needed} totals)",
    "dominance.alike": "what decides the total (all totals are alike)",
    "dead.bands": "what bands depend on (the definition has no bands:)",
    "dead.few": "whether bands depend on it (fewer than {needed} still have a total without it)",
    "bunching.few": "whether values gather at a threshold or target (fewer than {needed} lie near one)",
    "bunching.coarse": "whether values gather at a threshold or target (their steps are too coarse to tell a heap)",
    "prediction.no_outcome": "whether scores tell what becomes of the entities (name an outcome: --outcome NAME=VALUE)",
    "prediction.few": "whether scores tell the outcome (fewer than {needed} with it or without it)",
    "prediction.unsure": "whether scores tell the outcome (too few to rule out chance)",
    "moves.no_period": "what moved (the definition has no period:)",
    "moves.few": "what moved oddly (fewer than {needed} periods with values)",
    "moves.still": "who moved oddly (hardly any value ever moves)",
}
