"""How sure verdicts are, on the screen: the least sure in a table, or one with every number that could turn it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.table import Table
from rich.text import Text

from scorecard.cli.screen import band_style, console
from scorecard.language.words import say
from scorecard.report import figures
from scorecard.report.certainty.hangs import Hangs, percent
from scorecard.report.certainty.turns import Turn
from scorecard.report.certainty.verdicts import Verdict, Verdicts
from scorecard.report.labels import period_of, title_of

_FAINT = "bright_black"


def everybody(
    verdicts: Verdicts, told: Sequence[Verdict], numbers: Sequence[Sequence[Turn]], hanging: Sequence[Hangs] | None, count: int
) -> None:
    """The least sure verdicts of `count`, what each column means, and what the ranking hangs on."""
    _head(verdicts, "")
    _lines([*verdicts.about(), *verdicts.edge()])
    console().print()
    with_bands = verdicts.certainty.has_bands
    columns = ("weights", "values", "ranks", "points", "first") if with_bands else ("ranks",)
    words = {name: say(f"certainty.column.{name}", verdicts.language) for name in columns}
    table = _table(
        "", say("column.score", verdicts.language), *([say("column.band", verdicts.language)] if with_bands else []), *words.values()
    )
    for verdict, own in zip(told, numbers, strict=True):
        table.add_row(*_row(verdicts, verdict, own, with_bands))
    console().print(table)
    if count > len(told):
        console().print(
            Text(say("certainty.more", verdicts.language, count=figures.count(count - len(told), verdicts.language)), style=_FAINT)
        )
    console().print()
    explained = verdicts.explained()
    _lines(say("list.colon", verdicts.language, head=word, rest=explained[name]) for name, word in words.items())
    _hanging(hanging, verdicts.language)


def entity(verdicts: Verdicts, verdict: Verdict, numbers: Sequence[Turn], hanging: Sequence[Hangs] | None) -> None:
    """One verdict in sentences, every number that could turn it, and what ranking and score hang on."""
    _head(verdicts, _who(verdicts, verdict))
    console().print(Text.assemble(_score(verdicts, verdict), "  ", _band(verdicts, verdict)))
    for said in verdict.said.values():
        console().print(Text(f"  {said}"))
    console().print()
    if numbers:
        turning = [turn for turn in numbers if turn.part < float("inf")]
        table = _table("", say("certainty.column.written", verdicts.language), say("certainty.column.stays", verdicts.language))
        for turn in turning:
            table.add_row(*(Text(text) for text in (turn.name, turn.shown, turn.stays)))
        if turning:
            console().print(table)
        if others := len(numbers) - len(turning):
            _lines(
                [
                    say(
                        "certainty.others",
                        verdicts.language,
                        band=verdicts.title(verdict.band),
                        count=figures.count(others, verdicts.language),
                    )
                ]
            )
        console().print()
    _lines(verdicts.about())
    _hanging(hanging, verdicts.language)


def _row(verdicts: Verdicts, verdict: Verdict, numbers: Sequence[Turn], with_bands: bool) -> Iterable[Text]:
    low, high = verdict.rank_low, verdict.rank_high
    ranks = "–" if low is None or high is None else figures.count(low, verdicts.language) if low == high else f"{low:,}–{high:,}"
    cells = [Text(_who(verdicts, verdict), style="bold"), _score(verdicts, verdict)]
    if not with_bands:
        return (*cells, Text(ranks))
    nearest = min((points for points in (verdict.points_down, verdict.points_up) if points is not None), default=None)
    first = next((turn for turn in numbers if turn.part < float("inf") and turn.key[0] != "bands"), None)
    turning = "–" if first is None else say("list.colon", verdicts.language, head=f"{first.name}, {first.shown}", rest=first.stays)
    shares = (figures.share(kept, verdicts.language) or "–" for kept in (verdict.kept_weights, verdict.kept_values))
    points = "–" if nearest is None else verdicts.points(nearest)
    return (*cells, _band(verdicts, verdict), *map(Text, shares), Text(ranks), Text(points), Text(turning, style=_FAINT))


def _hanging(hanging: Sequence[Hangs] | None, language: str) -> None:
    if hanging is None:
        console().print()
        _lines([say("certainty.scipy", language)])
    for each in hanging or ():
        console().print()
        console().print(Text(each.title, style="bold"))
        _lines(each.how)
        if each.choices:
            table = _table("", say("certainty.column.alone", language), say("certainty.column.together", language))
            for choice in each.choices:
                table.add_row(Text(choice.name), Text(percent(choice.first, language)), Text(percent(choice.total, language)))
            console().print(table)
            _lines(
                say("list.colon", language, head=say(f"certainty.column.{name}", language), rest=say(f"certainty.legend.{name}", language))
                for name in ("alone", "together")
            )
    if hanging is not None and not hanging:
        console().print()
        _lines([say("certainty.single", language)])
    console().print()


def _head(verdicts: Verdicts, who: str) -> None:
    title = f"{title_of(verdicts.scorecard, verdicts.language)} · {period_of(verdicts.certainty.period, verdicts.language)}"
    console().print()
    console().print(Text.assemble((f"{who}  " if who else "", "bold"), (title, _FAINT if who else "bold")))


def _who(verdicts: Verdicts, verdict: Verdict) -> str:
    return figures.clean(" ".join(verdict.key)) or say("column.portfolio", verdicts.language)


def _score(verdicts: Verdicts, verdict: Verdict) -> Text:
    return Text(figures.score(verdict.score, verdict.band, verdicts.scorecard.total, verdicts.scorecard, verdicts.language))


def _band(verdicts: Verdicts, verdict: Verdict) -> Text:
    return Text(verdicts.title(verdict.band), style=band_style(verdicts.scorecard, verdict.band))


def _table(*heads: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_edge=False, header_style=_FAINT)
    for place, head in enumerate(heads):
        table.add_column(head, justify="left" if not place else "right", no_wrap=True)
    return table


def _lines(texts: Iterable[str]) -> None:
    for text in texts:
        console().print(Text(text, style=_FAINT))
