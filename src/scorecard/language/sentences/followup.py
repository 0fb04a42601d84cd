"""SC780 to SC788: follow-ups that cannot be read, taken, changed or written."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "SC780": "'{file}' cannot be read as follow-ups",
    "SC780.columns": "'{file}' is no file of follow-ups: it lacks the columns {names}",
    "SC780.large": "'{file}' is far too large for a file of follow-ups",
    "SC780.encoding": "'{file}' is no text; save it as CSV in UTF-8",
    "SC780.closed": "'{file}' cannot be read: {error}",
    "SC781": "there is no state '{name}'",
    "SC782": "'{text}' under {name} is no number",
    "SC782.day": "'{text}' under {name} is no day; write it as 2026-09-30",
    "SC782.blank": "there is no day under {name}; it says since when the recommendation is followed up",
    "SC783": "'{name}' of {who} stands in line {line} already; one recommendation of one entity has one line",
    "SC784": "{who} is no longer scored, or what '{name}' was about is no longer measured: nobody can say what it brought",
    "SC785": "'{name}' is not recommended to {who} in {period}",
    "SC786": "'{name}' of {who} was taken on {day} already; change it with set",
    "SC786.never": "'{name}' of {who} was never taken; take it with take",
    "SC786.key": "name the entity by its whole key with -e",
    "SC787": "'{file}' was changed by somebody else meanwhile; nothing was written",
    "SC787.open": "'{file}' is open in another program ({lock}); close it there first, nothing was written",
    "SC787.refused": "'{file}' cannot be written: {error}; where a spreadsheet has it open, close it there",
    "SC788": "calendars need {package}: pip install 'kpi-scorecard[calendar]'",
}
