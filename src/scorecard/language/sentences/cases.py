"""SC91x: cases, and what came out of them."""

SENTENCES = {
    "SC911": "case '{name}' gives neither values of metrics (given:) nor records of sources (records:)",
    "SC912": "case '{name}' lacks 'period': the definition has periods, and targets, rules and windows depend on it; a period is written like {example}",
    "SC913": "nothing is called '{name}' there",
    "SC914": "{owner} expects '{name}', and nothing of that kind has this name",
    "SC915": "'{name}' cannot be {value}",
    "SC916": "no case of {files} can be run: it has none",
    "SC917": "no case is called '{name}'",
    "SC918": "case '{name}' brings records of {roster}, and must say in entity: which of them is judged, by {key}",
}
