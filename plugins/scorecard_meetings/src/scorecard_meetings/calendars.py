"""Opens calendar files (RFC 5545)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pyarrow as pa

from scorecard.hooks.contracts import SourceError, SourceRequest
from scorecard.model.formula import Kind

COLUMNS = {
    "uid": Kind.TEXT,
    "title": Kind.TEXT,
    "starts_at": Kind.ANY,
    "ends_at": Kind.ANY,
    "location": Kind.TEXT,
    "organizer": Kind.TEXT,
    "attendees": Kind.NUMBER,
    "status": Kind.TEXT,
}
_TEXTS = {"UID": "uid", "SUMMARY": "title", "LOCATION": "location", "STATUS": "status"}
_TIMES = {"DTSTART": "starts_at", "DTEND": "ends_at"}
_ESCAPED = re.compile(r"\\([\\;,nN])")
_FOLD = re.compile(r"\r?\n[ \t]")

Event = dict[str, str | float | None]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a calendar: its name, its parameters, its value, and its number in the file."""

    name: str
    parameters: Mapping[str, str]
    value: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendars:
    """The events of some calendar files, each with the file and the line it begins on."""

    events: Sequence[Event]
    places: Sequence[str]
    names: Mapping[str, Kind]
    digest: str

    @property
    def columns(self) -> Mapping[str, Kind]:
        return self.names

    @property
    def origin(self) -> str:
        return ", ".join(dict.fromkeys(place.partition(", line ")[0] for place in self.places))

    def read(self, wanted: Mapping[str, Kind]) -> pa.Table:
        return pa.table({name: pa.array([event[name] for event in self.events]) for name in wanted})

    def fingerprint(self) -> str:
        return self.digest

    def locate(self, row: int) -> str:
        return self.places[row]


def open_calendars(request: SourceRequest) -> Calendars:
    """The events of the files of a path. Raises SourceError."""
    path, folder = request.settings["path"], Path(request.folder)
    files = sorted(folder.glob(path)) if not Path(path).is_absolute() else [Path(path)]
    files = [file for file in files if file.is_file()]
    if not files:
        raise SourceError("SC621", path=path, folder=str(folder))
    key = _compiled(request.settings.get("key"))
    once = request.settings.get("recurring") == "once"
    events: list[Event] = []
    places: list[str] = []
    digest = hashlib.blake2b(digest_size=16)
    for file in files:
        data = file.read_bytes()
        digest.update(data)
        for number, event in _events(_decoded(data, file.name), file.name, once=once):
            if key is not None:
                found = key.search(str(event["title"] or ""))
                event["key"] = found[1] if found is not None else None
            events.append(event)
            places.append(f"{file.name}, line {number}")
    if not events:
        raise SourceError("SC622", origin=", ".join(file.name for file in files))
    names = {**COLUMNS, "key": Kind.TEXT} if key is not None else COLUMNS
    return Calendars(events=events, places=places, names=names, digest=digest.hexdigest())


def _compiled(pattern: str | None) -> re.Pattern[str] | None:
    if pattern is None:
        return None
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        raise SourceError("SC637", name="key", problem=f"it is no regular expression: {error}") from None
    if compiled.groups != 1:
        raise SourceError("SC637", name="key", problem="it needs one pair of brackets around what is the key")
    return compiled


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        raise SourceError("SC627", origin=name, encoding="utf-8", byte=error.start, row=row) from None


def _events(text: str, name: str, *, once: bool) -> Iterator[tuple[int, Event]]:
    event: Event | None = None
    began = depth = 0
    for line in _lines(text):
        match line.name, line.value.upper():
            case "BEGIN", "VEVENT":
                event, began, depth = dict.fromkeys(COLUMNS), line.number, 0
                event["attendees"] = 0.0
            case "END", "VEVENT" if event is not None:
                if event["starts_at"] is None:
                    raise _unreadable(name, began, "an event without DTSTART")
                yield began, event
                event = None
            case "BEGIN", _:
                depth += 1
            case "END", _:
                depth -= 1
            case _ if event is not None and depth == 0:
                if line.name == "RRULE" and not once:
                    raise _unreadable(name, line.number, "a repeated event; write recurring: once to count its first meeting")
                _note(event, line, name)
    if event is not None:
        raise _unreadable(name, began, "an event without an end")


def _note(event: Event, line: Line, name: str) -> None:
    if line.name in _TEXTS:
        event[_TEXTS[line.name]] = _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], line.value)
    elif line.name in _TIMES:
        event[_TIMES[line.name]] = _moment(line, name)
    elif line.name == "ORGANIZER":
        event["organizer"] = re.sub("^mailto:", "", line.value, flags=re.IGNORECASE)
    elif line.name == "ATTENDEE":
        event["attendees"] = float(event["attendees"] or 0) + 1


def _lines(text: str) -> Iterator[Line]:
    """The lines of a calendar; one that is continued on the next is put together again."""
    number = 1
    for raw in re.split(r"\r?\n(?![ \t])", text):
        head, _, value = _FOLD.sub("", raw).partition(":")
        while head.count('"') % 2:
            more, _, value = value.partition(":")
            head = f"{head}:{more}"
        name, *parameters = head.split(";")
        pairs = (parameter.partition("=") for parameter in parameters)
        yield Line(name.strip().upper(), {key.upper(): value.strip('"') for key, _, value in pairs}, value, number)
        number += raw.count("\n") + 1


def _moment(line: Line, name: str) -> str:
    """A day, or a time with the zone it is written in, as ISO text."""
    written = line.value.strip()
    try:
        if len(written) == 8:
            return datetime.strptime(written, "%Y%m%d").date().isoformat()
        moment = datetime.strptime(written.removesuffix("Z"), "%Y%m%dT%H%M%S")
        zone = "UTC" if written.endswith("Z") else line.parameters.get("TZID")
        return moment.replace(tzinfo=ZoneInfo(zone)).isoformat() if zone else moment.isoformat()
    except ZoneInfoNotFoundError:
        raise _unreadable(name, line.number, f"a time zone that nobody knows: {line.parameters['TZID']}") from None
    except ValueError:
        raise _unreadable(name, line.number, f"a time that is none: {written}") from None


def _unreadable(name: str, number: int, problem: str) -> SourceError:
    return SourceError("SC633", origin=name, format="calendar", problem=f"line {number} has {problem}")
