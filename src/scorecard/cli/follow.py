"""`scorecard follow`: recommendations that somebody took on, and what became of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from scorecard.cli.days import DAY
from scorecard.cli.explain import key_of, one_of
from scorecard.cli.leaving import FINE
from scorecard.cli.options import Asked, data_options, settings, shared_options, wrong
from scorecard.cli.progress import working
from scorecard.errors import UsageError
from scorecard.model.issue import Issue, Level

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scorecard.advice.followup import FollowUp, Progress
    from scorecard.evaluation.evaluation import Evaluation
    from scorecard.report.followup.book import Book

STATES = ("open", "doing", "done", "dropped")
SUFFIXES = {".csv": "csv", ".json": "json", ".ics": "ics"}


def _of_entity(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of what is written about one entity."""
    for option in (
        click.option("--note", metavar="TEXT", help="What else there is to say."),
        click.option("--due", type=DAY, metavar="DATE", help="By when."),
        click.option("--owner", metavar="NAME", help="Who does it."),
        click.option("-e", "--entity", "parts", multiple=True, metavar="KEY=VALUE", help="Which entity; as for explain."),
        click.argument("recommendations", metavar="RECOMMENDATION...", nargs=-1, required=True),
    ):
        command = option(command)
    return command


@click.group(name="follow", invoke_without_command=True)
@click.argument("file")
@shared_options
@click.pass_context
def command(context: click.Context, file: str) -> int:
    """Follow up recommendations: take them on, note how far they are, see what they brought.

    \b
    scorecard follow acme.scorecard.yaml take call_back -e customer_id=C042 --owner Kim
    scorecard follow acme.scorecard.yaml set call_back -e customer_id=C042 --state done
    scorecard follow acme.scorecard.yaml list
    scorecard follow acme.scorecard.yaml list --out todo.ics

    They are kept beside the definition, in acme.followup.csv, a line per entity and recommendation that any spreadsheet opens;
    nothing but take and set writes it. Each line holds what was promised when it was taken, and later evaluations
    show what came of it.
    """
    if context.invoked_subcommand is None:
        context.invoke(list_)
    return FINE


@command.command(name="take")
@_of_entity
@data_options()
@shared_options
def take(
    recommendations: tuple[str, ...],
    parts: tuple[str, ...],
    owner: str | None,
    due: date | None,
    note: str | None,
    asked: Asked,
) -> int:
    """Take on recommendations for an entity, by the names that advise shows in brackets.

    Owner and day are those of the recommendation unless given. What it promises is noted beside it.
    """
    from scorecard.advice.followup import FollowUp, Status, promised
    from scorecard.expression.names import near
    from scorecard.report.advice import given

    chosen = settings()
    evaluation, book = _opened(asked)
    key = key_of(parts)
    evaluated, _ = list(evaluation.periods)[-1]
    every = promised(evaluation, key)
    told = {line.recommendation: line for lines in given(evaluation, key, chosen.language, most=0) for line in lines}
    taken: list[FollowUp] = []
    for id in recommendations:
        if id not in told:
            who = " ".join(key.values())
            values = {"name": id, "who": who, "period": evaluated.label, "allowed": list(told), "did_you_mean": near(id, told)}
            raise UsageError([Issue(code="SC785", values=values)])
        line = told[id]
        known = book.of(line.key, id)
        if known is not None and not known.closed:
            values = {"name": id, "who": " ".join(line.key), "day": known.taken.isoformat()}
            raise UsageError([Issue(code="SC786", place=known.place, values=values)])
        taken.append(
            FollowUp(
                key=line.key,
                recommendation=id,
                state=Status.OPEN,
                owner=owner or line.owner,
                due=due or (date.fromisoformat(line.due) if line.due else None),
                note=note,
                action=line.action,
                taken=_today(evaluation),
                period=line.period,
                promise=every[id][1],
            )
        )
    _write(book, taken)
    return FINE


@command.command(name="set")
@click.option("--state", type=click.Choice(STATES), help="How far it is.")
@_of_entity
@shared_options
def set_(
    recommendations: tuple[str, ...],
    parts: tuple[str, ...],
    state: str | None,
    owner: str | None,
    due: date | None,
    note: str | None,
) -> int:
    """Note how far follow-ups of an entity are, or another owner, day or note."""
    from scorecard.advice.followup import Status

    changes = {"state": state and Status(state), "owner": owner, "due": due, "note": note}
    if all(value is None for value in changes.values()):
        raise wrong("usage.nothing_to_set")
    book = _book()
    key = key_of(parts)
    unknown = [part for part in key if part not in book.key]
    of_entity = [one for one in book.entries if all(one.key[book.key.index(part)] == key[part] for part in key if part not in unknown)]
    if unknown or len({one.key for one in of_entity}) > 1:
        raise UsageError([Issue(code="SC786", values={"reason": "key", "allowed": list(book.key)})])
    changed: list[FollowUp] = []
    for id in recommendations:
        known = next((one for one in of_entity if one.recommendation == id), None)
        if known is None:
            own = [one.recommendation for one in of_entity]
            values = {"name": id, "who": " ".join(key.values()), "reason": "never", "allowed": own}
            raise UsageError([Issue(code="SC786", values=values)])
        changed.append(replace(known, **{name: value for name, value in changes.items() if value is not None}))  # type: ignore[arg-type]
    _write(book, changed)
    return FINE


@command.command(name="list")
@click.option("--state", "states", type=click.Choice(STATES), multiple=True, help="Only those that are so far; may be repeated.")
@click.option("--format", "form", type=click.Choice(["text", "json", "csv", "ics"]), default="text", show_default=True)
@click.option("--out", "outputs", multiple=True, metavar="FILE", help="Write a file as well: .csv, .json or .ics. May be repeated.")
@data_options()
@shared_options
def list_(
    states: tuple[str, ...],
    form: str,
    outputs: tuple[str, ...],
    asked: Asked,
) -> int:
    """Show what each promised, and what came of it; --format ics for a calendar."""
    from scorecard.advice.followup import progress
    from scorecard.cli.answering import answer, files_for
    from scorecard.report.followup.told import Teller

    chosen = settings()
    files = files_for(outputs, SUFFIXES)
    evaluation, book = _opened(asked)
    wanted = [one for one in book.entries if not states or one.state in states]
    every = progress(evaluation, wanted)
    teller = Teller(evaluation, every, _today(evaluation), chosen.language)
    _warn(every)
    if form == "text":
        from scorecard.cli.followed import show

        show(evaluation, teller, len(book.entries))
    answer({"json": teller.as_json, "csv": teller.as_csv, "ics": lambda: _calendar(evaluation, wanted)}, form, files, chosen)
    return FINE


def _calendar(evaluation: Evaluation, followups: Sequence[FollowUp]) -> str:
    """The tasks are those that the definition breaks the recommendations down into today."""
    from scorecard.report.advice import steps_of
    from scorecard.report.followup.calendar import as_calendar

    language = settings().language
    tasks = {one.name: steps_of(evaluation, one, language) for one in followups}
    made_at = datetime.fromisoformat(evaluation.provenance.made_at)
    return as_calendar(evaluation.scorecard, followups, tasks, made_at, language).decode()


def _opened(asked: Asked) -> tuple[Evaluation, Book]:
    """The evaluation, and what is noted beside its definition."""
    from scorecard.app import evaluate

    chosen = settings()
    name = _definition()
    with working(chosen.say("progress.scoring", name=name)):
        evaluation = evaluate(name, **asked._asdict(), plugins=chosen.registry())
    return evaluation, _read(name, evaluation.scorecard.entity.key)


def _book() -> Book:
    from scorecard.app import load

    name = _definition()
    return _read(name, load(name, settings().registry()).entity.key)


def _read(name: str, key: Sequence[str]) -> Book:
    from scorecard.report.followup.book import path_of, read_book

    return read_book(path_of(name), key)


def _write(book: Book, changed: Sequence[FollowUp]) -> None:
    """The book with some follow-ups put in place of those of the same name, new ones at its end."""
    from scorecard.report.followup.book import write_book

    new = {one.name: one for one in changed}
    kept = [new.pop(one.name, one) for one in book.entries]
    write_book(book, [*kept, *new.values()])
    chosen = settings()
    click.echo(chosen.say("written.file", file=str(book.path)), err=True)


def _warn(every: Sequence[Progress]) -> None:
    from scorecard.cli.issues import show_issues

    gone = [one.followup for one in every if one.verdict == "gone"]
    named = [(one, {"who": " ".join(one.key), "name": one.recommendation}) for one in gone]
    show_issues(Issue(code="SC784", level=Level.WARNING, place=one.place, values=values) for one, values in named)


def _today(evaluation: Evaluation) -> date:
    """The day as of which the data are read, else today."""
    return date.fromisoformat((evaluation.provenance.as_of or evaluation.provenance.made_at)[:10])


def _definition() -> str:
    """The one that stands before the name of the subcommand."""
    from scorecard.cli.definitions import definitions

    context = click.get_current_context()
    while "file" not in context.params:
        assert context.parent is not None
        context = context.parent
    return one_of(definitions([context.params["file"]]))
