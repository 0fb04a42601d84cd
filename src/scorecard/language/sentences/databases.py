"""SC67x: databases that cannot be reached, or are asked for what they do not give; files that change while they are read; no room for records."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "SC670": "source '{source}': there is no way to {origin}: {problem}",
    "SC671": "source '{source}': the connection to {origin} ended after {count} [row|rows], and no part of the records is used: {problem}",
    "SC672": "source '{source}': only a query that begins with select or with is run, and this one begins with '{word}'",
    "SC672.into": "source '{source}': a query that writes into something is not run",
    "SC672.several": "source '{source}': several queries at once are not run; write one, without a semicolon in it",
    "SC673": "source '{source}': the query has the name :{name}, and params: has no value for it",
    "SC673.unused": "source '{source}': params: has a value for {name}, and the query has no :{name}",
    "SC673.quoted": "source '{source}': ':{name}' stands in quotes in the query, so it is a text; write :{name} without them",
    "SC674": "source '{source}': {origin} does not know the time zone {zone}; load its time zone tables (mysql_tzinfo_to_sql)",
    "SC675": "source '{source}': {origin} was changed while it was read, so no part of it is used; run again when it is complete",
    "SC676": "records could not be laid aside in {folder}: {problem}; set TMPDIR to a folder with more room",
    "SC676.nowhere": "there is no folder in which records could be laid aside; set TMPDIR to one that can be written to",
}
