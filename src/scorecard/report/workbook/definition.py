"""The sheet of the definition: what is scored and how, bands, rules, segments, and what reproduces the result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scorecard.evaluation.explain import written
from scorecard.language.phrase import said
from scorecard.model.definition import Constant, Group, Item, Metric, Number, Range, Rule
from scorecard.report import figures
from scorecard.report.figures import clean
from scorecard.report.labels import band_of, node_of, rule_of, segment_of
from scorecard.report.workbook.book import Book
from scorecard.report.workbook.sheet import Sheet
from scorecard.report.workbook.table import Column, Table

_COLUMNS = ("id", "group", "weight", "how", "source", "window", "unit", "worst", "thresholds", "target", "curve", "missing_is")


def write_definition(book: Book) -> None:
    """The tables one below the other, then the lines that say where the result came from."""
    sheet = book.sheet("definition")
    next = _nodes(book, sheet)
    next = _bands(book, sheet, next)
    next = _rules(book, sheet, next)
    next = _segments(book, sheet, next)
    _provenance(book, sheet, next)
    sheet.finish()


def _nodes(book: Book, sheet: Sheet) -> int:
    say = book.say
    columns = [Column(say("head.node"), book.wrapped, 24), *(Column(say(f"head.{key}"), book.wrapped) for key in _COLUMNS)]
    columns += [Column(say("head.owner"), book.wrapped), Column(say("head.due"), book.day), Column(say("head.objective"), book.wrapped)]
    table = Table(sheet, "definition", columns, book)
    for depth, node in _tree(book, book.scorecard.total, 0):
        own = _metric(book, node) if isinstance(node, Metric) else _group(book, node)
        cells = {
            "id": node.id,
            "weight": _number(node.weight),
            "owner": node.owner,
            "objective": clean(node.objective.into(book.language)) or None,
        }
        cells |= {"group": node_of(book.scorecard, node.parent, book.language) if node.parent else None, **own}
        title = "  " * depth + node_of(book.scorecard, node.id, book.language)
        table.add([title, *(cells.get(key) for key in (*_COLUMNS, "owner", "due", "objective"))])
    return table.end()


def _tree(book: Book, node: Item, depth: int) -> Iterator[tuple[int, Item]]:
    yield depth, node
    if isinstance(node, Group):
        for child in book.scorecard.children(node.id):
            yield from _tree(book, child, depth + 1)


def _group(book: Book, group: Group) -> Mapping[str, Any]:
    return {"how": book.say(f"aggregation.{group.aggregation.kind}"), "missing_is": _missing(book, group)}


def _metric(book: Book, metric: Metric) -> Mapping[str, Any]:
    return {
        "how": metric.type or (metric.measure.text if metric.measure is not None else None) or _choices(metric),
        "source": metric.source,
        "window": str(metric.window) if metric.window is not None else None,
        "unit": metric.unit and said(metric.unit, book.language),
        "worst": _value(book, metric, metric.worst),
        "target": _value(book, metric, metric.target),
        "thresholds": book.say("list.comma").join(_thresholds(book, metric)) or None,
        "curve": _curve(book, metric),
        "missing_is": _missing(book, metric),
        "due": metric.due,
    }


def _missing(book: Book, node: Item) -> str:
    score = figures.plain(node.missing.score) if node.missing.score is not None else ""
    return book.say(f"missing.{node.missing.policy}", score=score)


def _choices(metric: Metric) -> str | None:
    labels = (one.label or (one.value.text if one.value is not None else "") for one in metric.choose)
    return " / ".join(label for label in labels if label) or None


def _thresholds(book: Book, metric: Metric) -> Iterator[str]:
    for band, number in metric.thresholds.items():
        yield book.say("cell.threshold", band=band_of(book.scorecard, band, book.language), value=_value(book, metric, number))


def _curve(book: Book, metric: Metric) -> str | None:
    kind = metric.curve.kind
    if kind in ("straight", "linear", "log"):
        return None if metric.target is None and kind == "straight" else book.say(f"shape.{kind}")
    return book.say(f"curve.{kind}")


def _value(book: Book, metric: Metric, number: Number | Range | None) -> str | None:
    """A number in the metric's unit where it is one, else as it is written."""
    if number is None:
        return None
    if isinstance(number, Constant):
        return figures.value(number.value, metric.unit, metric.decimals, book.language)
    return written(number)


def _number(number: Any) -> Any:
    return number.value if isinstance(number, Constant) else number if isinstance(number, str) else written(number)


def _bands(book: Book, sheet: Sheet, top: int) -> int:
    if not book.scorecard.bands:
        return top
    table = Table(
        sheet,
        "bands",
        [Column(book.say("head.band"), book.text), Column(book.say("head.id"), book.text), Column(book.say("head.from"))],
        book,
        top,
    )
    for band in book.scorecard.bands:
        table.add([band_of(book.scorecard, band.id, book.language), band.id, band.start])
    return table.end({0: (0,)})


def _rules(book: Book, sheet: Sheet, top: int) -> int:
    if not book.scorecard.rules:
        return top
    columns = [Column(book.say(f"head.{key}"), book.wrapped) for key in ("rule", "id", "about", "when", "does", "reason")]
    table = Table(sheet, "rules", columns, book, top)
    for id, rule in book.scorecard.rules.items():
        about = node_of(book.scorecard, rule.of, book.language)
        table.add(
            [
                rule_of(book.scorecard, id, book.language),
                id,
                about,
                rule.when.text,
                _does(book, rule),
                clean(rule.reason.into(book.language)) or None,
            ]
        )
    return table.end()


def _does(book: Book, rule: Rule) -> str:
    amount = written(rule.amount) if rule.amount is not None else ""
    to = band_of(book.scorecard, rule.band, book.language) if rule.band else amount
    if rule.kind.value == "add":
        return book.say("rule.add", points=amount)
    return f"{book.say(f'rule.{rule.kind.value}')} {to}".strip()


def _segments(book: Book, sheet: Sheet, top: int) -> int:
    if not book.scorecard.segments:
        return top
    columns = [Column(book.say(f"head.{key}"), book.wrapped) for key in ("segment", "id", "when")]
    table = Table(sheet, "segments", columns, book, top)
    for id, segment in book.scorecard.segments.items():
        table.add([segment_of(book.scorecard, id, book.language), id, segment.when.text])
    return table.end()


def _provenance(book: Book, sheet: Sheet, top: int) -> None:
    made = book.evaluation.provenance
    lines = {"scorecard": made.scorecard, "digest": made.digest, "version": made.version, "engine": made.engine, "as_of": made.as_of}
    lines |= {"made_at": made.made_at, **{f"source {id}": print for id, print in made.sources.items()}}
    for place, (name, text) in enumerate((name, text) for name, text in lines.items() if text):
        sheet.put(top + place, 0, name, book.quiet)
        sheet.put(top + place, 1, text, book.quiet)
