"""SC701 to SC709: periods and frames that do not fit the definition."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "SC701": "a frame was given for '{name}', and the definition has no such source",
    "SC702": "the definition has no period:, so '{period}' cannot be asked for",
    "SC703": "'{period}' is no {every} of this scorecard; write one like {example}, or two with .. between them",
    "SC704": "'{period}' names no period here; the first of two comes first",
    "SC705": "there are no records for {period}; they reach from {first} to {last}",
    "SC709": "scorecards read each other's results: {circle}",
}
