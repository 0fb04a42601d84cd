"""What is being looked at: one definition, its text as it is typed, all that is wrong with it, and its last result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import RLock

from scorecard.definition.changes.written import Written
from scorecard.definition.check import Outcome, check_text
from scorecard.definition.layers import FOLDERS
from scorecard.definition.patch.edits import kept_text
from scorecard.errors import ScorecardError, UsageError
from scorecard.evaluation.run import Request
from scorecard.hooks.registry import Registry
from scorecard.model.issue import Issue, Level
from scorecard.serve.scored import Scored, scored
from scorecard.serve.sides import Side, Sides
from scorecard.serve.tried import tried


@dataclass(slots=True)
class Session:
    """One definition that is looked at. Several may ask at once; whoever does holds the lock.

    `kept` is the text of the file, with its line ends and byte order mark; `text` is what the page shows, with line feeds only.
    """

    file: str
    plugins: Registry
    request: Request
    lock: RLock = field(default_factory=RLock)
    kept: str = ""
    text: str = ""
    number: int = 0
    """counts the texts that were taken, so that an answer says which of them it is about"""
    outcome: Outcome | None = None
    problems: tuple[Issue, ...] = ()
    """what stopped the evaluation of a definition without errors"""
    saved: Scored | None = None
    """the result of the text in the file"""
    now: Scored | None = None
    """the last result of the text as it is typed"""
    shown: tuple[object, Sides] | None = None
    """what was last asked for beside what it was, and what that came to"""

    def open(self) -> None:
        """Reads the file and all data anew. Raises UsageError where the file is no text."""
        with self.lock:
            self.kept = text_of(self.file)
            self.saved = self.now = self.shown = None
            self.take(plain(self.kept))
            self.saved = self.now if self.is_current else None

    def take(self, text: str) -> None:
        """Another text: it is checked and, where it has no error, scored; else the last result stays."""
        with self.lock:
            self.text, self.number, self.problems = text, self.number + 1, ()
            self.outcome = check_text(text, self.file, self.plugins)
            found = _written(self.outcome, self.file)
            if found is None:
                return
            if self.saved is not None and not self.is_changed:
                self.now = self.saved
                return
            try:
                self.now = scored(found, self.plugins, self.request, self.now)
            except ScorecardError as error:
                self.problems = error.issues

    def scored(self, text: str) -> Scored | None:
        """What a text would come to, None where it has errors; it is not taken. Raises as `scored` does."""
        found = _written(check_text(text, self.file, self.plugins), self.file)
        return None if found is None else scored(found, self.plugins, self.request, self.now)

    def wrote(self, kept: str, text: str) -> None:
        """The file holds this text now, which is taken."""
        with self.lock:
            self.kept = kept
            if text != self.text:
                self.take(text)
            self.saved = self.now if self.is_current else None
            self.shown = None

    @property
    def issues(self) -> tuple[Issue, ...]:
        return (*(self.outcome.issues if self.outcome is not None else ()), *self.problems)

    @property
    def errors(self) -> int:
        return sum(issue.level is Level.ERROR for issue in self.issues)

    @property
    def is_current(self) -> bool:
        """Whether the last result is that of the text as it is typed."""
        return self.now is not None and self.outcome is not None and self.outcome.scorecard is not None and not self.problems

    @property
    def is_changed(self) -> bool:
        """Whether the text is another one than that of the file."""
        return self.text != plain(self.kept)

    def sides(self, numbers: Mapping[str, float]) -> Sides:
        """The result beside what it was: with other numbers where any are tried, else as the file has it, else in the period before.

        Raises UsageError where there is no result, or a number is none of the definition's.
        """
        with self.lock:
            if self.now is None:
                raise UsageError(self.issues)
            asked = self.number, tuple(sorted(numbers.items()))
            if self.shown is None or self.shown[0] != asked:
                self.shown = asked, self._sides(self.now, numbers)
            return self.shown[1]

    def _sides(self, found: Scored, numbers: Mapping[str, float]) -> Sides:
        if numbers:
            outcome = tried(found, numbers)
            return Sides(after=Side(evaluation=outcome.evaluation, period=outcome.period, scores=outcome.after), before=found.side)
        if self.saved is not None and self.saved is not found:
            return Sides(after=found.side, before=self.saved.side)
        earlier = found.side.portfolio.before
        before = None if earlier is None else Side(evaluation=found.evaluation, period=earlier[0], scores=earlier[1])
        return Sides(after=found.side, before=before)


def _written(outcome: Outcome, file: str) -> Written | None:
    scorecard, layered = outcome.scorecard, outcome.layered
    if scorecard is None or layered is None:
        return None
    return Written(name=file, scorecard=scorecard, data=layered.data, root=layered.root, tree=FOLDERS)


def text_of(file: str) -> str:
    """The text of a file as it is kept. Raises UsageError (SC764) where it is gone or cannot be read."""
    try:
        return kept_text(file)
    except OSError as error:
        values = {"file": file, "reason": "gone" if isinstance(error, FileNotFoundError) else "unreadable", "error": error.strerror}
        raise UsageError([Issue(code="SC764", values=values)]) from error


def plain(text: str) -> str:
    """A text as a page has it: without a byte order mark, its lines ended by line feeds."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
