"""An impact as a comment to a change: what matters at once, the rest folded away, never longer than such a comment may be."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.advice.impact.limits import Verdict
from scorecard.report import figures
from scorecard.report.impact.teller import Table, Teller
from scorecard.report.markdown import escaped

MOST = 20
"""rows of a table"""
MOST_CHANGES = 40
LONGEST = 60_000
"""characters; GitHub takes 65,536"""
_SIGNS = {Verdict.PASSED: "✅", Verdict.FAILED: "❌", Verdict.OPEN: "⚠️"}


def as_markdown(teller: Teller) -> str:
    """Headline, limits and bands; then, folded, the changes and who is touched, as far as there is room.

    The first line is a comment that a program finds its own earlier text by.
    """
    head = "".join(f"{line}\n" for line in _head(teller))
    for most in (MOST, MOST // 2, MOST // 4, 1):
        text = head + "".join(f"\n{block}" for block in _folded(teller, most))
        if len(text) <= LONGEST:
            break
    return text


def _head(teller: Teller) -> Iterator[str]:
    yield f"<!-- scorecard diff: {escaped(teller.scorecard.id)} -->"
    yield f"### {escaped(teller.title)}"
    yield ""
    first, *rest = teller.headline()
    yield f"**{escaped(first)}**"
    for line in (*rest, *teller.apart()):
        yield ""
        yield escaped(line)
    limits = list(teller.limits())
    if limits:
        yield ""
    for verdict, line in limits:
        yield f"- {_SIGNS[verdict]} {escaped(line)}"
    matrix = teller.matrix()
    if matrix is not None:
        yield ""
        yield f"{escaped(matrix.title)}:"
        yield ""
        yield _lines(matrix).rstrip("\n")
    yield ""
    yield f"<sub>{escaped(teller.names)}</sub>"


def _folded(teller: Teller, most: int) -> Iterator[str]:
    changes = list(teller.changes())
    shown = changes[: most * MOST_CHANGES // MOST]
    lines = [f"- {escaped(told.cause)}: {escaped(told.line)} <sub>{escaped(told.place)}</sub>" for told in shown]
    if more := len(changes) - len(shown):
        lines.append(f"- {escaped(teller.say('diff.more_changes', count=figures.count(more, teller.language)))}")
    title = f"{teller.say('diff.changed')} ({len(changes):,})" if changes else teller.say("diff.same")
    yield _details(title, "\n".join(lines)) if changes else f"{escaped(title)}\n"
    for table in (teller.parts(), teller.turned(most), teller.movers(most), teller.risers(most)):
        if table is not None:
            yield _details(table.title, _table(teller, table))
    for line in teller.together():
        yield f"{escaped(line)}\n"


def _table(teller: Teller, table: Table) -> str:
    more = f"\n{escaped(teller.say('diff.more', count=figures.count(table.more, teller.language)))}\n" if table.more else ""
    return _lines(table) + more


def _lines(table: Table) -> str:
    lines = [table.heads, ["---"] * len(table.heads), *table.rows]
    return "".join(f"| {' | '.join(map(escaped, line))} |\n" for line in lines)


def _details(title: str, inside: str) -> str:
    return f"<details><summary>{escaped(title)}</summary>\n\n{inside.rstrip()}\n\n</details>\n"
