"""The file of follow-ups beside a definition: comma-separated values that a spreadsheet opens, a line per entity and recommendation.

People edit it by hand, so it is read leniently (either encoding, any separator, more columns) and judged strictly (states, days,
numbers, each with its place).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from scorecard.advice.followup import FollowUp, Promise, Status
from scorecard.errors import DataError, OutputError
from scorecard.expression.names import near
from scorecard.model.issue import Issue, Place
from scorecard.report.csv import harmless
from scorecard.report.files import write_file

COLUMNS = (
    "recommendation",
    "action",
    "state",
    "owner",
    "due",
    "note",
    "about",
    "value",
    "needed",
    "gain",
    "score",
    "period",
    "taken",
)
"""behind those of the key"""
PROMISE = ("about", "value", "needed", "gain", "score")
NEEDED = ("recommendation", "state", "about", "taken")
SUFFIXES = (".scorecard.yaml", ".scorecard.yml")
_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?: 0?0:00(?::00)?)?")
_LARGEST = 20_000_000
Line = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """The follow-ups of a file, as it was read; `more` are columns that people added, by follow-up."""

    path: Path
    key: tuple[str, ...]
    entries: tuple[FollowUp, ...] = ()
    more: Mapping[tuple[tuple[str, ...], str], Line] = field(default_factory=dict)
    raw: bytes | None = None
    """what the file held; None where there was none"""

    def of(self, key: tuple[str, ...], recommendation: str) -> FollowUp | None:
        return next((one for one in self.entries if one.name == (key, recommendation)), None)


def path_of(definition: str) -> Path:
    """`acme.scorecard.yaml` is followed up in `acme.followup.csv`."""
    path = Path(definition)
    stem = next((path.name.removesuffix(suffix) for suffix in SUFFIXES if path.name.endswith(suffix)), path.stem)
    return path.with_name(f"{stem}.followup.csv")


def read_book(path: Path, key: Sequence[str]) -> Book:
    """The follow-ups of a file; none where there is no file. Raises DataError with everything that is wrong with it."""
    try:
        if path.stat().st_size > _LARGEST:
            raise DataError([Issue(code="SC780", values={"file": str(path), "reason": "large"})])
        raw = path.read_bytes()
    except FileNotFoundError:
        return Book(path=path, key=tuple(key))
    except OSError as error:
        raise DataError([Issue(code="SC780", values={"file": str(path), "reason": "closed", "error": error.strerror})]) from error
    reading = _Reading(path, tuple(key), _text(path, raw))
    entries = tuple(reading.followups())
    if reading.issues:
        raise DataError(reading.issues)
    return Book(path=path, key=tuple(key), entries=entries, more=reading.more, raw=raw)


def write_book(book: Book, entries: Iterable[FollowUp]) -> None:
    """Writes the follow-ups in place of those of a book, all or nothing.

    Raises OutputError where the file was changed since it was read, where another program has it open, or where it cannot be written.
    """
    path = book.path
    if (open_in := next((lock for lock in _locks(path) if lock.exists()), None)) is not None:
        raise OutputError([Issue(code="SC787", values={"file": str(path), "lock": open_in.name, "reason": "open"})])
    try:
        now = path.read_bytes() if path.exists() else None
        if now != book.raw:
            raise OutputError([Issue(code="SC787", values={"file": str(path)})])
        write_file(path, [_written(book, entries).encode("utf-8-sig")])
    except OSError as error:
        values = {"file": str(path), "error": error.strerror or str(error), "reason": "refused"}
        raise OutputError([Issue(code="SC787", values=values)]) from error


def _locks(path: Path) -> tuple[Path, ...]:
    """What office programs put beside a file that they have open."""
    return (path.with_name(f".~lock.{path.name}#"), path.with_name(f"~${path.name}"))


def heads(key: Sequence[str]) -> tuple[str, ...]:
    """The columns of the key, told apart from ours."""
    return tuple(f"entity.{part}" if part in COLUMNS else part for part in key)


def _written(book: Book, entries: Iterable[FollowUp]) -> str:
    added = list(dict.fromkeys(name for line in book.more.values() for name in line))
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([*heads(book.key), *COLUMNS, *added])
    for one in entries:
        more = book.more.get(one.name, {})
        texts = [harmless(more.get(name, "")) for name in added]
        writer.writerow([*map(harmless, one.key), *(_cell(one, name) for name in COLUMNS), *texts])
    return stream.getvalue()


def _cell(one: FollowUp, name: str) -> str:
    found = getattr(one.promise if name in PROMISE else one, name)
    return "" if found is None else f"{found:.12g}" if isinstance(found, float) else harmless(str(found))


def _text(path: Path, raw: bytes) -> str:
    """The text of a file that a spreadsheet may have saved in the encoding of its country."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise DataError([Issue(code="SC780", values={"file": str(path), "reason": "encoding"})])


class _Reading:
    """One file, line by line."""

    def __init__(self, path: Path, key: tuple[str, ...], text: str) -> None:
        self.path = path
        self.key = key
        self.issues: list[Issue] = []
        self.more: dict[tuple[tuple[str, ...], str], Line] = {}
        first = text.partition("\n")[0]
        self.reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
        self.lines = text.splitlines()

    def followups(self) -> Iterator[FollowUp]:
        columns = [name.strip() for name in next(self.reader, [])]
        wanted = (*heads(self.key), *COLUMNS)
        lacking = [name for name in (*heads(self.key), *NEEDED) if name not in columns]
        if lacking:
            self._report("SC780", 1, file=str(self.path), names=", ".join(lacking), reason="columns")
            return
        seen: dict[tuple[tuple[str, ...], str], int] = {}
        for cells in self.reader:
            number = self.reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            line = {name: _unquoted(cell) for name, cell in zip(columns, cells, strict=False)}
            one = self._followup({name: line.get(name, "").strip() for name in wanted}, number)
            if one is None:
                continue
            if one.name in seen:
                self._report("SC783", number, name=one.recommendation, who=" ".join(one.key), line=seen[one.name])
            seen.setdefault(one.name, number)
            self.more[one.name] = {name: cell for name, cell in line.items() if name and name not in wanted}
            yield one

    def _followup(self, line: Line, number: int) -> FollowUp | None:
        before = len(self.issues)
        state = self._state(line["state"], number)
        taken = self._day(line, "taken", number)
        if taken is None and not line["taken"]:
            self._report("SC782", number, name="taken", text="", reason="blank")
        due = self._day(line, "due", number)
        figures = {name: self._number(line, name, number) for name in ("value", "needed", "gain", "score")}
        if len(self.issues) > before or state is None or taken is None:
            return None
        return FollowUp(
            key=tuple(line[name] for name in heads(self.key)),
            recommendation=line["recommendation"],
            state=state,
            owner=line["owner"] or None,
            due=due,
            note=line["note"] or None,
            action=line["action"],
            taken=taken,
            period=line["period"] or None,
            promise=Promise(about=line["about"], **figures),
            place=Place(str(self.path), number, 1),
        )

    def _state(self, text: str, number: int) -> Status | None:
        try:
            return Status(text.lower())
        except ValueError:
            names = [each.value for each in Status]
            self._report("SC781", number, name=text, allowed=names, did_you_mean=near(text.lower(), names))
            return None

    def _day(self, line: Line, name: str, number: int) -> date | None:
        """A day; spreadsheets write 2026/1/5 where 2026-01-05 stood."""
        text = line[name]
        if not text:
            return None
        found = _DAY.fullmatch(text)
        try:
            return date(*(int(part) for part in found.groups())) if found is not None else date.fromisoformat(text)
        except ValueError:
            self._report("SC782", number, name=name, text=text, reason="day")
            return None

    def _number(self, line: Line, name: str, number: int) -> float | None:
        text = line[name].replace(",", "").replace("，", "")
        if not text:
            return None
        try:
            found = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
        except ValueError:
            found = float("nan")
        if found - found != 0:
            self._report("SC782", number, name=name, text=line[name])
            return None
        return found

    def _report(self, code: str, number: int, **values: object) -> None:
        shown = self.lines[number - 1] if 0 < number <= len(self.lines) else None
        self.issues.append(Issue(code=code, place=Place(str(self.path), number, 1), values=values, source_line=shown))


def _unquoted(cell: str) -> str:
    """A cell without the quote that kept a spreadsheet from taking it for a formula."""
    return cell[1:] if cell.startswith("'") and harmless(cell[1:]) == cell else cell
