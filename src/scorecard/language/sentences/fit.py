"""SC86x: what of a definition does not fit its data."""

SENTENCES = {
    "SC860.hit": "{share} of {count} have the best score of metric '{name}': it tells nobody apart; is the target too easy?",
    "SC860.missed": "{share} of {count} have the worst score of metric '{name}': it tells nobody apart; is 'worst' where the values are?",
    "SC860.never": "nobody of {count} reaches the target of metric '{name}'; the best score is {score}",
    "SC861.one": "{share} of {count} scores of metric '{name}' are {score}, though nine in ten values lie between {low} and {high}",
    "SC861.alike": "{share} of {count} scores of metric '{name}' are {score}: it tells hardly anybody apart",
    "SC861.narrow": "the scores of metric '{name}' hardly differ: a standard deviation of {deviation} over {count}",
    "SC862.gaps": "metric '{name}' is measured for {measured} of {count} that it applies to ({share}, since {since})",
    "SC862.gaps_ever": "metric '{name}' is measured for {measured} of {count} that it applies to ({share})",
    "SC862.failed_ever": "metric '{name}' is measured for {share} of {count} only, and failed for {failed}",
    "SC862.failed": "metric '{name}' is measured for {share} of {count} only, and failed for {failed}",
    "SC862.none": "metric '{name}' is measured for none of {count} that it applies to",
    "SC862.nobody": "metric '{name}' applies to none of {count}",
    "SC863.bands": "none of {count} is {bands}",
    "SC863.thresholds": "no value of metric '{name}' reaches {bands}; the best of {count} is {best}",
    "SC864.ended": "nobody has been measured by metric '{name}' since {period}",
    "SC864.old": "the last record of source {source}, which metric '{name}' reads, is of {day}, before {last} began",
    "SC865": "target {target} of metric '{name}' lies far outside of the {count} values observed, {low} to {high}; is it in another unit?",
    "SC866": "no '{name}' in the data is '{word}'",
    "SC867.nobody": "{owner} matches nobody of {rows}",
    "SC867.everybody": "{owner} matches everybody, all {rows}",
}
