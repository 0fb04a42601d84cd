"""`scorecard show`: what a definition and its layers add up to, and where each value came from."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from scorecard.cli.issues import show_issues
from scorecard.cli.leaving import FINE, ISSUES
from scorecard.cli.options import Settings, settings, shared_options, wrong
from scorecard.model.issue import Level, Place

if TYPE_CHECKING:
    from scorecard.definition.departures import Departure
    from scorecard.definition.effective import Effective, Value

_SIGNS = {"added": "+", "changed": "~", "removed": "-", "repeated": "="}
_LONGEST = 70


@click.command(name="show")
@click.argument("file")
@click.option("--of", "node", metavar="NODE", help="Only what is said of this metric, this group or the total.")
@click.option("--diff", "as_diff", is_flag=True, help="What the definition changes against the layers that it extends.")
@click.option("--plain", is_flag=True, help="Without the places: a definition in one file, to be kept where FILE is.")
@click.option("--format", "form", type=click.Choice(["yaml", "json"]), default="yaml", show_default=True)
@shared_options
def command(file: str, node: str | None, as_diff: bool, plain: bool, form: str) -> int:
    """Show the definition that a file and its layers add up to, each value with the file and line it came from.

    FILE may be a revision, as git writes it: main:configs/acme.scorecard.yaml

    \b
    scorecard show acme.scorecard.yaml
    scorecard show acme.scorecard.yaml --of csat
    scorecard show acme.scorecard.yaml --diff
    scorecard show acme.scorecard.yaml --plain > acme-alone.scorecard.yaml
    """
    from scorecard.definition.effective import about, effective, with_own_paths
    from scorecard.definition.emit import as_yaml
    from scorecard.definition.revision import opened
    from scorecard.report.tabular import as_json

    if plain and (as_diff or form == "json"):
        raise wrong("usage.plain")
    chosen = settings()
    found = effective(opened(file))
    part, left = with_own_paths(found) if plain else (found.part, ())
    departures = [one for one in found.departures() if node is None or node in one.where] if as_diff else []
    if node is not None and not departures:
        part = about(part, node)
    names = Names(found.layered.files)
    if as_diff:
        click.echo(
            as_json([_sides(found, one) for one in departures]) if form == "json" else _diff(found, departures, names, chosen), nl=False
        )
    elif form == "json":
        click.echo(
            as_json({"file": found.document.file, "layers": found.layered.files, "values": [*map(_record, found.values(part))]}), nl=False
        )
    else:
        click.echo(as_yaml(part, None if plain else lambda where: names.said(found.value(where))), nl=False)
    for source in left:
        click.echo(
            chosen.say("show.left", source=source, folder=found.folder(found.layered.root.at(("sources", source)).file)),
            err=True,
        )
    show_issues(found.issues, chosen.language)
    return ISSUES if any(issue.level is Level.ERROR for issue in found.issues) else FINE


class Names:
    """Files by the shortest name that tells them apart."""

    def __init__(self, files: Iterable[str]) -> None:
        files = list(files)
        many = Counter(os.path.basename(file) for file in files)
        self._short = {file: base if many[base := os.path.basename(file)] == 1 else file for file in files}

    def at(self, place: Place) -> str:
        name = self._short.get(place.file, place.file)
        return f"{''.join(each if each.isprintable() else '?' for each in name)}:{place.line}"

    def said(self, value: Value) -> str:
        return f"{self.at(value.place)}, defaults" if value.is_default else self.at(value.place)


def _record(value: Value) -> dict[str, Any]:
    default = {"default": True} if value.is_default else {}
    return {"path": value.where, "value": value.value, **_placed(value.place), **default}


def _placed(place: Place) -> dict[str, Any]:
    return {"file": place.file, "line": place.line, "column": place.column}


def _sides(found: Effective, one: Departure) -> dict[str, Any]:
    sides: dict[str, Any] = {"path": one.where, "change": one.kind.value}
    after = one.after_place or found.removed_at(one.where)
    if one.before_place is not None:
        sides["from"] = {"value": one.before, **_placed(one.before_place)}
    if after is not None:
        sides["to"] = {"value": one.after, **_placed(after)}
    return sides


def _diff(found: Effective, departures: Iterable[Departure], names: Names, chosen: Settings) -> str:
    """A line for each departure, with both places, and how many there are of each kind."""
    departures = list(departures)
    if "extends" not in found.document.data:
        return f"{chosen.say('show.alone', file=found.document.file)}\n"
    lines = [*_lines(found, departures, names)]
    counts = Counter(one.kind.value for one in departures)
    said = [chosen.say(f"show.{kind}", count=counts[kind]) for kind in _SIGNS if counts[kind]]
    return "".join(f"{line}\n" for line in [*lines, ", ".join(said) or chosen.say("show.same")])


def _lines(found: Effective, departures: Iterable[Departure], names: Names) -> Iterator[str]:
    from scorecard.describe import width

    rows = []
    for one in departures:
        places = [place for place in (one.before_place, one.after_place or found.removed_at(one.where)) if place is not None]
        rows.append((f"{_SIGNS[one.kind]} {'.'.join(map(str, one.where))}: {_values(one)}", " → ".join(map(names.at, places))))
    column = min(max((width(text) for text, _ in rows), default=0), _LONGEST)
    for text, said in rows:
        yield f"{text}{' ' * max(0, column - width(text))}  # {said}"


def _values(one: Departure) -> str:
    from scorecard.definition.departures import Kind
    from scorecard.definition.emit import short

    if one.kind is Kind.CHANGED:
        return f"{short(one.before)} → {short(one.after)}"
    return short(one.before if one.kind is Kind.REMOVED else one.after)
