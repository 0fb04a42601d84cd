"""What would be, on the screen: a tree before and after, a table of a sweep, or how everybody's bands change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.table import Table
from rich.text import Text

from scorecard.advice.whatif import Outcome
from scorecard.cli.screen import band_style, console
from scorecard.evaluation.evaluation import Evaluation
from scorecard.language.words import say
from scorecard.model.period import Period
from scorecard.report import figures
from scorecard.report.beside import Beside, Cells, beside, both
from scorecard.report.labels import band_of, node_of, period_of, title_of
from scorecard.report.scenarios import EntityTable, EverybodyTable
from scorecard.report.supposed import everybody as of_everybody
from scorecard.report.supposed import unseen

_FAINT = "bright_black"


def entity(evaluation: Evaluation, outcome: Outcome, key: dict[str, str], language: str) -> None:
    """One entity as a tree: what it is and what it would be."""
    before, after = both(evaluation, outcome.evaluation, key, outcome.period.label)
    nodes = list(beside(before, after))
    cells = Cells(evaluation, language)
    _head(evaluation, outcome, " ".join(before.key.values()), language)
    table = _table("", say("whatif.column.value", language), say("column.score", language), say("whatif.column.points", language))
    table.add_column(say("column.band", language), header_style=_FAINT)
    table.add_column(say("whatif.column.counts", language), header_style=_FAINT)
    for node in nodes:
        table.add_row(*_row(evaluation, cells, node))
    console().print(table)
    if not any(node.changed for node in nodes):
        console().print(Text(say("whatif.nothing", language)))
    console().print()


def sweep(evaluation: Evaluation, outcomes: Sequence[Outcome], key: dict[str, str], language: str) -> None:
    """One entity under each of several suppositions, a line each."""
    cells = Cells(evaluation, language)
    names = [each.text.partition("=")[0] for each in outcomes[0].supposed]
    table = _table(*names, say("column.score", language), say("whatif.column.points", language), say("column.band", language))
    for place, outcome in enumerate(outcomes):
        before, after = both(evaluation, outcome.evaluation, key, outcome.period.label)
        if not place:
            _head(evaluation, outcome, " ".join(before.key.values()), language, said=False)
        total = next(beside(before, after))
        written = [each.text.partition("=")[2] for each in outcome.supposed]
        table.add_row(*_texts([*written, cells.only(total.after), cells.points(total)]), _band(evaluation, total, cells))
    console().print(table)
    console().print()


def everybody(evaluation: Evaluation, outcomes: Sequence[Outcome], language: str) -> None:
    """How many go from which band to which, and the mean score before and after."""
    for outcome in outcomes:
        found = of_everybody(outcome)
        _head(evaluation, outcome, "", language)
        if found.before is not None and found.after is not None:
            decimals = figures.decimals_of(evaluation.scorecard.total, evaluation.scorecard.scale)
            before, after = (figures.fixed(mean, decimals, language) for mean in (found.before, found.after))
            shown = figures.change(before, after)
            gained = figures.gained(_shown(found.after, decimals) - _shown(found.before, decimals), decimals, language)
            console().print(Text(say("whatif.mean", language, scores=shown, points=f"  ({gained})" if gained else "")))
        if evaluation.scorecard.bands:
            moves = {pair: count for pair, count in found.moves.items() if pair[0] != pair[1]}
            key = "whatif.none" if not found.moved else "whatif.moved.one" if found.moved == 1 else "whatif.moved"
            console().print(Text(say(key, language, count=figures.count(found.moved, language))))
            for (old, new), count in sorted(moves.items(), key=lambda item: -item[1]):
                names = (band_of(evaluation.scorecard, band, language) or say("footer.no_score", language) for band in (old, new))
                console().print(Text(f"   {count:>6,}  {figures.change(*names)}"))
        console().print()


def scenarios(evaluation: Evaluation, period: Period, table: EntityTable | EverybodyTable, language: str) -> None:
    """A column for today and one for each scenario; what one of them leaves as it is stands back."""
    entity = isinstance(table, EntityTable)
    _title(evaluation, period, " ".join(table.key.values()) if isinstance(table, EntityTable) else "", language)
    console().print()
    shown = _table(*table.heads)
    for row in table.rows():
        name, today, *others = row
        shown.add_row(Text(name), Text(today, style=_FAINT), *(Text(cell, style=_FAINT if cell == today else "") for cell in others))
    console().print(shown)
    if entity:
        console().print(Text(say("scenarios.legend", language), style=_FAINT))
    console().print()


def _title(evaluation: Evaluation, period: Period, who: str, language: str) -> None:
    title = f"{title_of(evaluation.scorecard, language)} · {period_of(period, language)}"
    console().print()
    console().print(Text.assemble((f"{figures.clean(who)}  " if who else "", "bold"), (title, _FAINT)))


def _head(evaluation: Evaluation, outcome: Outcome, who: str, language: str, *, said: bool = True) -> None:
    _title(evaluation, outcome.period, who, language)
    if said:
        console().print(Text(say("whatif.if", language, what=say("list.comma", language).join(each.text for each in outcome.supposed))))
        for one in unseen(outcome):
            metric = evaluation.scorecard.metrics[one.metric]
            number, low, high = (figures.value(x, metric.unit, metric.decimals, language) for x in (one.number, one.low, one.high))
            told = say(
                "whatif.unseen", language, node=node_of(evaluation.scorecard, one.metric, language), value=number, low=low, high=high
            )
            console().print(Text(told, style=_FAINT))
    console().print()


def _table(*heads: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_edge=False, header_style=_FAINT)
    for place, head in enumerate(heads):
        table.add_column(head, justify="left" if not place else "right", no_wrap=True)
    return table


def _row(evaluation: Evaluation, cells: Cells, node: Beside) -> Iterable[Text]:
    name = Text("   " * node.depth + cells.name(node), style="bold" if node.depth == 0 else "")
    facts = _texts([cells.value(node), cells.score(node), cells.points(node)], "" if node.changed else _FAINT)
    return (name, *facts, _band(evaluation, node, cells), Text(cells.weight(node), style=_FAINT))


def _band(evaluation: Evaluation, node: Beside, cells: Cells) -> Text:
    return Text(cells.band(node), style=band_style(evaluation.scorecard, node.after.band))


def _texts(texts: Sequence[str], style: str = "") -> list[Text]:
    return [Text(text, style=style) for text in texts]


def _shown(mean: float, decimals: int) -> float:
    """A mean as the line above it shows it, so that the difference is that of the numbers shown."""
    return float(figures.fixed(mean, decimals).replace(",", ""))
