"""SC790: files of scenarios."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "SC790": "scenarios are not written like this",
    "SC790.key": "unknown key '{key}' in a file of scenarios",
    "SC790.schema": "a file of scenarios starts with schema: {expected}",
    "SC790.scenarios": "scenarios: takes names, each with what is supposed: {recover: {csat: 85, weight.csat: 3}}",
    "SC790.many": "{count} scenarios are too many to be read side by side; at most {most}",
    "SC790.empty": "'{name}' supposes nothing; write {csat: 85, weight.csat: 3} or [csat=85, weight.csat=3]",
    "SC790.number": "'{key}' takes a number, such as 85 or 98%",
    "SC790.sweep": "'{text}' tries several numbers; a scenario takes one, sweeps go with --set",
}
