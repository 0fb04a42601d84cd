"""SC76x: what is asked of how sure a verdict is, and cannot be answered."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "SC760": "'{text}' is no spread of weights; write a part above 0% and up to {most}, such as 25%",
    "SC761": "'{text}' does not say how far values may be off; write 5% for all of them, csat=3% for one, or csat=0.2 in its own unit",
    "SC762": "the values of '{name}' are not measured as numbers, so they cannot be off",
    "SC763": "nobody has a score in {period}, so there is no verdict to be sure of",
    "SC763.entity": "the entity has no score in {period}, so there is no verdict to be sure of; scorecard explain says why",
}
