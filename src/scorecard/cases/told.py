"""What came of the cases of definitions, as lines, as Markdown and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from scorecard.cases.run import Check, Tried, nodes
from scorecard.cases.uncovered import Shown
from scorecard.describe import headline
from scorecard.language.catalogue import sentence
from scorecard.language.words import say
from scorecard.model.case import Wanted
from scorecard.model.definition import Scorecard
from scorecard.report import figures, tabular
from scorecard.report.digits import one

Styled = tuple[str, dict[str, Any]]
GOOD, BAD, DIM = {"fg": "green"}, {"fg": "red"}, {"dim": True}


@dataclass(frozen=True, slots=True)
class Suite:
    """A definition's cases, run, and what is shown by them; nothing of that where only some were run."""

    scorecard: Scorecard
    tried: tuple[Tried, ...]
    coverage: tuple[Shown, ...] = ()

    @property
    def file(self) -> str:
        return self.scorecard.files[0]


def lines(suites: Sequence[Suite], language: str) -> Iterator[Styled]:
    """Line by line with the style of each: every case, what failed and where that was expected, what is not shown."""
    for suite in suites:
        yield f"{suite.file}", {"bold": True}
        for tried in suite.tried:
            title = tried.case.title.into(language)
            shown = f"  {title}" if title else ""
            yield f"  {'✓' if tried.passed else '✗'} {tried.case.id}{shown}", GOOD if tried.passed else BAD
            yield from ((f"      {line}", {}) for line in wrong(suite, tried, language))
        for shown_ in suite.coverage:
            if shown_.not_shown:
                yield f"  {uncovered(shown_, language)}", DIM
    yield summary(suites, language), GOOD if _all_passed(suites) else BAD


def wrong(suite: Suite, tried: Tried, language: str) -> Iterator[str]:
    """What is not as expected, each with the place of the expectation, then what every metric scored."""
    for issue in tried.issues:
        yield headline(issue, language)
    failed = [check for check in tried.checks if not check.holds]
    for check in failed:
        name = check.expectation.name.removeprefix("total.")
        said = say("test.differs", language, name=name, found=_found(suite, check), wanted=_wanted(suite, check))
        yield f"{said}  ({check.expectation.place})"
    if failed:
        yield " · ".join(_metrics(suite, tried))


def uncovered(shown: Shown, language: str) -> str:
    """What no case shows of a kind."""
    names = [say("test.skip", language) if name == "skip" else name for name in shown.not_shown]
    return say("test.uncovered", language, kind=say(f"test.kind.{shown.kind}", language), names=", ".join(names))


def summary(suites: Sequence[Suite], language: str) -> str:
    """How many there were and how many of them failed."""
    every = [tried for suite in suites for tried in suite.tried]
    failed = sum(not tried.passed for tried in every)
    if not every:
        return say("test.none", language)
    count = say("test.cases.one" if len(every) == 1 else "test.cases", language, count=len(every))
    return say("test.failed", language, cases=count, failed=failed) if failed else say("test.passed", language, cases=count)


def as_json(suites: Sequence[Suite], language: str) -> str:
    """Every case with what was expected and found, and what is shown by the cases and what is not."""
    return tabular.as_json([_suite(suite, language) for suite in suites])


def as_markdown(suites: Sequence[Suite], language: str) -> str:
    """A table of the cases, what failed below it, and what no case shows."""
    heads = [say(f"test.column.{name}", language) for name in ("case", "file", "result")]
    rows = [
        (tried.case.title.into(language) or tried.case.id, suite.file, say(f"test.{'ok' if tried.passed else 'wrong'}", language))
        for suite in suites
        for tried in suite.tried
    ]
    failed = [
        f"- `{tried.case.id}`: {line}\n"
        for suite in suites
        for tried in suite.tried
        if not tried.passed
        for line in wrong(suite, tried, language)
    ]
    missing = [f"- {uncovered(shown, language)}\n" for suite in suites for shown in suite.coverage if shown.not_shown]
    parts = (tabular.as_markdown(heads, rows) if rows else "", "".join(failed), "".join(missing), f"{summary(suites, language)}\n")
    return "\n".join(part for part in parts if part)


def _suite(suite: Suite, language: str) -> dict[str, Any]:
    return {
        "file": suite.file,
        "scorecard": suite.scorecard.id,
        "cases": [
            {
                "id": tried.case.id,
                "passed": tried.passed,
                "line": tried.case.place.line if tried.case.place is not None else None,
                "checks": [
                    {
                        "name": check.expectation.name,
                        "expected": _plain(check.expectation.wanted),
                        "found": _plain(check.found),
                        "holds": check.holds,
                    }
                    for check in tried.checks
                ],
                "issues": [{"code": issue.code, "message": sentence(issue.code, issue.values, language)} for issue in tried.issues],
            }
            for tried in suite.tried
        ],
        "coverage": {shown.kind: {"shown": shown.shown, "not_shown": shown.not_shown} for shown in suite.coverage},
    }


def _plain(value: Wanted) -> Any:
    return one(value) if isinstance(value, float) else list(value) if isinstance(value, tuple) else value


def _metrics(suite: Suite, tried: Tried) -> Iterator[str]:
    """Each metric with its value and its score, to see where a difference comes from."""
    assert tried.explanation is not None
    for node in nodes(tried.explanation.total):
        if node.metric:
            value = figures.value(node.value, node.unit, node.decimals) if node.value is not None else node.state.name.lower()
            score = figures.score(node.score, node.band, suite.scorecard.node(node.id), suite.scorecard)
            yield f"{node.id} {value} → {score}" if score else f"{node.id} {value}"


def _wanted(suite: Suite, check: Check) -> str:
    return _written(check.expectation.wanted, check.expectation.decimals, _in_percent(suite, check))


def _found(suite: Suite, check: Check) -> str:
    return _written(check.found, None, _in_percent(suite, check))


def _in_percent(suite: Suite, check: Check) -> bool:
    node, _, part = check.expectation.name.rpartition(".")
    return part == "coverage" or (part == "value" and getattr(suite.scorecard.node(node), "unit", None) == "percent")


def _written(value: Wanted, decimals: int | None, percent: bool) -> str:
    match value:
        case None:
            return "none"
        case tuple():
            return f"[{', '.join(value)}]"
        case str():
            return figures.clean(value)
    number, digits = (value * 100, decimals - 2 if decimals is not None else None) if percent else (value, decimals)
    return (f"{number:.12g}" if digits is None else f"{number:.{digits}f}") + "%" * percent


def _all_passed(suites: Sequence[Suite]) -> bool:
    every = [tried for suite in suites for tried in suite.tried]
    return bool(every) and all(tried.passed for tried in every)
