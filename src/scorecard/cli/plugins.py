"""`scorecard plugins`: what the installed plugins offer."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from scorecard.cli.leaving import FAILED, FINE
from scorecard.cli.options import Settings, settings, shared_options
from scorecard.errors import UsageError
from scorecard.hooks.contracts import MetricType, Reporter, SourceType
from scorecard.language.phrase import Phrase
from scorecard.language.translation import ENGLISH, translated
from scorecard.model.issue import Issue
from scorecard.model.period import Window

if TYPE_CHECKING:
    from scorecard.hooks.registry import Plugin, Registry

KINDS = ("metric_types", "sources", "reporters")
DOC = "doc"
"""the context of what plugins say of their records in the catalogues"""
FENCE = "```"
_WIDTH = 120


@click.group(name="plugins", invoke_without_command=True)
@click.pass_context
@shared_options
def command(context: click.Context) -> int:
    """List metric types, sources and reporters, and who brings them."""
    if context.invoked_subcommand is not None:
        return FINE
    chosen = settings()
    plugins = chosen.registry()
    for line in _listing(plugins, chosen):
        click.echo(line)
    return FAILED if plugins.issues else FINE


@command.command(name="show")
@click.argument("name")
@shared_options
def show(name: str) -> None:
    """Show one of them: what it does, its params, its formula."""
    chosen = settings()
    plugins = chosen.registry()
    found = [(kind, records[name]) for kind in KINDS if name in (records := getattr(plugins, kind))]
    if not found:
        from difflib import get_close_matches

        every = [id for kind in KINDS for id in getattr(plugins, kind)]
        raise UsageError([Issue(code="SC720", values={"name": name, "did_you_mean": get_close_matches(name, every, n=3)})])
    for place, (kind, record) in enumerate(found):
        click.echo("\n" * bool(place) + "\n".join(_page(kind, record, plugins, chosen)))


def _listing(plugins: Registry, chosen: Settings) -> Iterator[str]:
    ids = [id for kind in KINDS for id in getattr(plugins, kind)]
    width = max((len(id) for id in ids), default=0)
    for kind in KINDS:
        records: Mapping[str, Any] = getattr(plugins, kind)
        if records:
            yield click.style(chosen.say(f"plugins.{kind}"), bold=True)
        for id, record in records.items():
            brought = plugins.offered_by.get((kind, id))
            by = f"  ({_named(brought)})" if brought is not None and brought.name != "builtin" else ""
            yield f"  {id.ljust(width)}  {record.title.into(chosen.language)}{by}"
        if records:
            yield ""
    yield chosen.say("plugins.more")


def _named(plugin: Plugin) -> str:
    """Its name and, if it says one, its version."""
    from scorecard.hooks.candidates import UNKNOWN

    return plugin.name if plugin.version == UNKNOWN else f"{plugin.name} {plugin.version}"


def _page(kind: str, record: MetricType | SourceType | Reporter, plugins: Registry, chosen: Settings) -> Iterator[str]:
    brought = plugins.offered_by.get((kind, record.id))
    yield click.style(f"{record.id} – {record.title.into(chosen.language)}", bold=True)
    name = chosen.say(f"plugins.{kind}.one")
    yield chosen.say("plugins.brought_by", kind=name, name=_named(brought)) if brought else name
    yield ""
    yield _doc(record.doc, chosen.language)
    if isinstance(record, Reporter):
        yield "\n" + chosen.say("plugins.suffixes", names=", ".join(record.suffixes))
    if isinstance(record, MetricType):
        yield "\n" + chosen.say("plugins.unit", unit=record.unit or "–", better=chosen.say(f"plugins.better.{record.better}"))
        if record.formula is not None and (text := _formula(record)) is not None:
            yield chosen.say("plugins.formula", formula=text)
    rows = list(_params(record.params, chosen))
    if rows:
        yield "\n" + chosen.say("plugins.params")
        width = max(len(name) for name, _, _ in rows)
        kinds = max(len(what) for _, what, _ in rows)
        for name, what, said in rows:
            yield f"  {name.ljust(width)}  {what.ljust(kinds)}  {said}".rstrip()
    if isinstance(record, MetricType) and record.actions:
        yield from _actions(record, chosen)


def _actions(record: MetricType, chosen: Settings) -> Iterator[str]:
    """What its metrics get recommended, the first that fits."""
    from scorecard.report import figures

    yield "\n" + chosen.say("plugins.actions")
    for action in record.actions:
        span = chosen.say("plugins.within", span=_span(action.due))
        fits = [chosen.say("plugins.below", share=figures.percentage(action.below, 0, chosen.language))] if action.below < 1 else []
        facts = [
            *fits,
            span,
            *(
                [chosen.say("advise.effort", effort=figures.plain(action.effort, language=chosen.language))]
                if action.effort is not None
                else []
            ),
        ]
        yield f"  {action.id}: {action.text.into(chosen.language)}"
        yield f"    {chosen.say('list.pause').join(facts)}"


def _doc(doc: str, language: str) -> str:
    """What a record says of itself: as it was written, or its paragraphs in another language; what is fenced is an example."""
    if language == ENGLISH:
        return doc.strip()
    from scorecard.cli.wide import lines

    parts = (translated(part, DOC, language) for part in doc_paragraphs(doc))
    return "\n\n".join(part if part.startswith(FENCE) else "\n".join(lines(part, _WIDTH)) for part in parts)


def doc_paragraphs(doc: str) -> Iterator[str]:
    """The paragraphs of a record's own words, each in one line, but for those that are fenced."""
    for part in doc.strip().split("\n\n"):
        yield part if part.startswith(FENCE) else " ".join(part.split())


def _span(due: str) -> str:
    span = Window.named(due)
    if span is None:
        return due
    return Phrase(span.unit) if span.count == 1 else Phrase(f"{{count}} {span.unit}s", count=span.count)


def _formula(record: MetricType) -> str | None:
    """The formula with the params that are given by default; None where some must be given."""
    assert record.formula is not None
    properties: Mapping[str, Any] = record.params.get("properties", {})
    params = {name: each["default"] for name, each in properties.items() if isinstance(each, Mapping) and "default" in each}
    refused = record.params.get("required") or (record.check is not None and list(record.check(params)))
    return None if refused else record.formula(params)


def _params(schema: Mapping[str, Any], chosen: Settings) -> Iterator[tuple[str, str, str]]:
    """Name, type and description of each param; those that must be given are marked."""
    required = schema.get("required", ())
    for name, each in schema.get("properties", {}).items():
        if not isinstance(each, Mapping):
            continue
        words = [translated(str(each.get("description") or each.get("title") or ""), DOC, chosen.language)]
        if "default" in each:
            words.append(chosen.say("plugins.default", value=json.dumps(each["default"], ensure_ascii=False)))
        yield f"{name}{' *' if name in required else ''}", _type(each), " ".join(word for word in words if word)


def _type(schema: Mapping[str, Any]) -> str:
    if "enum" in schema:
        return " | ".join(str(each) for each in schema["enum"])
    found = schema.get("type", "any")
    return " | ".join(found) if isinstance(found, list) else str(found)
