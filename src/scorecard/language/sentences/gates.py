"""SC93x: limits and baselines asked for with a run."""

SENTENCES = {
    "SC930": "the scorecard has no node '{name}'",
    "SC931": "--fail-under takes a score, or a node and a score: 60, or csat=50; not '{text}'",
    "SC932.unreadable": "the baseline {file} cannot be read: {problem}",
    "SC932.no_result": "the baseline {file} is no result of scorecard run; make one with --out {file}",
    "SC932.other": "the baseline {file} is a result of '{found}', or of other entities, and not of '{wanted}'",
    "SC932.empty": "the baseline {file} holds no score to compare with",
    "SC933": "the baseline {file} is of {day}, {days} days old, and at most {most} are allowed; make a new one with --out",
}
