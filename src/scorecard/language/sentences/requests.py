"""SC706 and up: a request that does not fit, and reports that could not be written."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "SC706": "the entity has no key '{name}'",
    "SC707": "no entity is called {key}",
    "SC708": "{count} entities fit '{key}'; name one of them",
    "SC710": "'{name}' is no file",
    "SC710.absent": "there is no file or folder '{name}'",
    "SC710.folder": "the folder '{name}' holds no *.scorecard.yaml",
    "SC710.pattern": "no file matches '{name}'",
    "SC711": "there is no band '{name}'",
    "SC712": "what to write into '{file}' cannot be told from its suffix",
    "SC713": "'{file}' cannot be written",
    "SC713.absent": "'{file}' cannot be written: the folder '{folder}' does not exist",
    "SC713.closed": "'{file}' cannot be written: the folder '{folder}' takes no new files",
    "SC713.folder": "'{file}' is a folder; name a file in it",
    "SC713.twice": "'{file}' is to be written twice",
    "SC714": "there is no format '{name}'",
    "SC715": "the format '{name}' is no text; write a file with --out NAME{suffix}",
    "SC716": "the reporter '{reporter}' failed: {error}",
    "SC717": "'{file}' could not be written: {error}; what was there before is unchanged",
    "SC717.full": "'{file}' could not be written: the disk is full; what was there before is unchanged",
    "SC717.closed": "'{file}' could not be written: {error}; choose another folder or mend its permissions",
    "SC718": "'{text}' is no key of an entity; write it as in {example}",
    "SC719": "'{file}' is there already; it was left as it is",
    "SC720": "no plugin offers '{name}'",
    "SC721": "there is no issue code '{name}'",
    "SC722": "'{name}' is no name for a definition; use letters, digits, - and _",
}
