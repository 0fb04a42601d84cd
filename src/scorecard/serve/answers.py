"""What the place answers: parts of the page as HTML, made by templates that escape all they are given, and what goes with them as JSON."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import cache, partial
from typing import Any

from jinja2 import Environment, PackageLoader

from scorecard.errors import UsageError
from scorecard.language.catalogue import sentence
from scorecard.language.words import LANGUAGES, say
from scorecard.model.issue import Issue, Level
from scorecard.report import figures
from scorecard.report.labels import title_of
from scorecard.serve.charts import everybody
from scorecard.serve.dials import panels
from scorecard.serve.one import one
from scorecard.serve.saved import diff, other_scores, save, with_numbers
from scorecard.serve.session import Session, plain, text_of
from scorecard.serve.view import MOST, View, Wish

Asked = Mapping[str, Any]
_MOST_ROWS = 2_000
_SAID = (
    *("issues.line", "status.checking", "status.away", "try.about", "try.count", "try.count.one", "leave", "turned"),
    *("saving.title", "saving.patch", "saving.about", "saving.nothing", "saving.errors", "saving.no", "saving.close"),
)


class NoQuestionError(ValueError):
    """What was asked is nothing that the page asks."""


class Answers:
    """Answers in one language. What is asked may be anything; NoQuestionError where it is no question."""

    def __init__(self, session: Session, language: str) -> None:
        self.session = session
        self.language = language

    # ------------------------------------------------------------ pages

    def page(self, versions: Mapping[str, str]) -> str:
        """The whole page, with the text and the result as they are."""
        with self.session.lock:
            found = self.session.now
            first = {**self._state(), "text": self.session.text}
            title = os.path.basename(self.session.file) if found is None else title_of(found.evaluation.scorecard, self.language)
            return self._filled(
                "page.html", title=title, versions=versions, languages=LANGUAGES, words=self._words(), file=self.session.file, first=first
            )

    def report(self) -> str:
        """The report as a file would hold it; of the text as it was when it last had no error."""
        from scorecard.report.html import write

        with self.session.lock:
            if self.session.now is None:
                return self._filled("nothing.html", issues=list(self._issues()))
            return b"".join(write(self.session.now.evaluation, {"language": self.language})).decode()

    # ------------------------------------------------------------ answers

    def state(self) -> dict[str, Any]:
        """Whether the file is still the one that was read."""
        try:
            same = text_of(self.session.file) == self.session.kept
        except UsageError:
            same = False
        return {"same": same}

    def text(self, asked: Asked) -> dict[str, Any]:
        """Takes a text: its issues, and the result."""
        with self.session.lock:
            text = _text(asked)
            if text != self.session.text:
                self.session.take(text)
            return self._state()

    def again(self, asked: Asked) -> dict[str, Any]:
        """Reads the file and the data anew; a text that is not saved is given up."""
        with self.session.lock:
            self.session.open()
            return {**self._state(), "text": self.session.text}

    def tried(self, asked: Asked) -> dict[str, Any]:
        """Everybody under other numbers."""
        view = self._view(asked)
        return {"summary": self._summary(view, asked), "charts": list(everybody(view))}

    def ranking(self, asked: Asked) -> dict[str, Any]:
        view = self._view(asked)
        most = min(max(_whole(asked.get("most", MOST)), 1), _MOST_ROWS)
        wish = Wish(search=str(asked.get("search", "")), band=str(asked.get("band", "")), sort=str(asked.get("sort", "worst")), most=most)
        return {"ranking": self._filled("ranking.html", **view.ranking(wish))}

    def entity(self, asked: Asked) -> dict[str, Any]:
        """Why one entity's score is what it is."""
        view = self._view(asked)
        names, parts = view.scorecard.entity.key, asked.get("key")
        if not isinstance(parts, list) or len(parts) != len(names):
            raise NoQuestionError
        found = one(view, {name: str(part) for name, part in zip(names, parts, strict=True)})
        return {"entity": self._filled("entity.html", view=view, **found.texts), "charts": found.charts}

    def patch(self, asked: Asked) -> dict[str, Any]:
        """The text with the numbers that are tried, what saving it would change, and what is wrong with it then."""
        with self.session.lock:
            self._same(asked)
            numbers = self._numbers(asked)
            proposed = self._proposed(with_numbers(self.session, numbers))
            if not proposed["errors"] and (count := other_scores(self.session, proposed["text"], numbers)):
                key = "place.saving.other.one" if count == 1 else "place.saving.other"
                proposed["other"] = say(key, self.language, count=figures.count(count, self.language))
            return proposed

    def diff(self, asked: Asked) -> dict[str, Any]:
        with self.session.lock:
            return self._proposed(_text(asked))

    def save(self, asked: Asked) -> dict[str, Any]:
        with self.session.lock:
            save(self.session, _text(asked))
            return {**self._state(), "text": self.session.text, "done": say("place.saved", self.language, file=self.session.file)}

    def sentences(self, issues: Iterable[Issue]) -> str:
        return "\n".join(f"{issue.code} {sentence(issue.code, issue.values, self.language)}" for issue in issues)

    # ------------------------------------------------------------ parts

    def _state(self) -> dict[str, Any]:
        session = self.session
        view = self._view({}) if session.now is not None else None
        return {
            "number": session.number,
            "changed": session.is_changed,
            "current": session.is_current,
            "errors": session.errors,
            "status": self._status(),
            "issues": list(self._issues()),
            "scored": view is not None,
            "charts": [] if view is None else list(everybody(view, specs=True)),
            "summary": self._filled("nothing.html", issues=list(self._issues())) if view is None else self._summary(view, {}),
            "dials": "" if view is None else self._dials(view),
        }

    def _words(self) -> dict[str, str]:
        """What the page's own scripts say; numbers are put in there."""
        words = LANGUAGES[self.language]
        return {key: words[f"place.{key}"] for key in _SAID}

    def _status(self) -> str:
        session = self.session
        warnings = sum(issue.level is Level.WARNING for issue in session.issues)
        if session.errors:
            kind = "errors" if not session.problems else "data"
            stays = say("place.status.stays", self.language) if session.now is not None else ""
            key = f"place.status.{kind}"
            said = say(f"{key}.one" if session.errors == 1 else key, self.language, count=session.errors)
            return f"{said} {stays}".strip()
        if warnings:
            return say("place.status.warnings.one" if warnings == 1 else "place.status.warnings", self.language, count=warnings)
        return say("place.status.fine", self.language)

    def _issues(self) -> Iterable[dict[str, Any]]:
        for issue in self.session.issues:
            place = issue.place
            here = place is not None and place.file == self.session.file
            yield {
                "code": issue.code,
                "level": issue.level.value,
                "text": sentence(issue.code, issue.values, self.language),
                "line": place.line if place is not None and here else 0,
                "column": place.column if place is not None and here else 0,
                "length": place.length if place is not None and here else 0,
                "place": "" if place is None or here else str(place),
            }

    def _dials(self, view: View) -> str:
        assert self.session.now is not None
        return self._filled("dials.html", panels=panels(self.session.now), view=view, segment=view.segment)

    def _summary(self, view: View, asked: Asked) -> str:
        before = view.sides.before
        kind = "tried" if self._numbers(asked) else "period" if before is None or before.period != view.now.period else "saved"
        against = "" if before is None else say(f"place.against.{kind}", self.language, period=before.period.label)
        return self._filled("summary.html", **view.summary(), against=against, kind=kind, stale=not self.session.is_current)

    def _proposed(self, text: str) -> dict[str, Any]:
        from scorecard.definition.check import check_text

        found = check_text(text, self.session.file, self.session.plugins).errors
        return {"text": text, "diff": diff(self.session, text), "errors": [self.sentences([issue]) for issue in found]}

    def _view(self, asked: Asked) -> View:
        """The result beside what it was."""
        with self.session.lock:
            self._same(asked)
            return View(self.session.sides(self._numbers(asked)), self.language)

    def _numbers(self, asked: Asked) -> dict[str, float]:
        numbers = asked.get("numbers") or {}
        if not isinstance(numbers, dict) or not all(isinstance(number, int | float) for number in numbers.values()):
            raise NoQuestionError
        return {name: float(number) for name, number in numbers.items()}

    def _same(self, asked: Asked) -> None:
        """Raises UsageError (SC767) where another window has changed the text since."""
        if asked.get("number", self.session.number) != self.session.number:
            raise UsageError([Issue(code="SC767")])

    def _filled(self, template: str, **values: Any) -> str:
        text: str = _templates(self.language).get_template(template).render(**values)
        return text


def _text(asked: Asked) -> str:
    """The text that was sent. Raises NoQuestionError where it is none that a file can hold."""
    text = asked.get("text")
    if not isinstance(text, str):
        raise NoQuestionError
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise NoQuestionError from error
    return plain(text)


def _whole(number: object) -> int:
    if not isinstance(number, int):
        raise NoQuestionError
    return number


@cache
def _templates(language: str) -> Environment:
    """The templates of a language; `say` words a key of this page."""

    def said(key: str, /, **values: object) -> str:
        return say(f"place.{key}", language, **values)

    made = Environment(loader=PackageLoader("scorecard.serve"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    made.filters["number"] = partial(figures.count, language=language)
    made.globals |= {"say": said, "language": language}
    return made
