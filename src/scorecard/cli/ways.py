"""Ways to a better band on the screen: of one entity, of all, and what a budget is spent on."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from scorecard.cli.screen import band_text, console
from scorecard.evaluation.evaluation import Evaluation
from scorecard.language.words import say
from scorecard.report import figures
from scorecard.report.labels import band_of, node_of, period_of, rule_of, title_of
from scorecard.report.moves import needed_value
from scorecard.report.reach import Going, Ways

_FAINT = "bright_black"


def tell(evaluation: Evaluation, ways: Ways, language: str) -> None:
    """One entity in full: each move, and whether there is no cheaper way."""
    screen, scorecard = console(), evaluation.scorecard
    (going,) = ways.going
    _heading(evaluation, ways, language)
    goal = band_of(scorecard, going.goal, language)
    screen.print()
    screen.print(
        Text("  ").join(
            (Text(" ".join(going.key) or say("column.portfolio", language), style="bold"), *_from_to(evaluation, going, language))
        )
    )
    if not going.reached:
        screen.print(Text("  " + _out_of_reach(evaluation, going, goal, language)))
    elif not going.moves:
        screen.print(Text("  " + say("reach.there", language, band=goal)))
    else:
        table = _table(say("reach.column.metric", language), say("reach.column.now", language), say("reach.column.to", language))
        for metric, value, needed in going.moves:
            table.add_row(
                node_of(scorecard, metric, language),
                _value(evaluation, metric, value, language),
                needed_value(scorecard.metrics[metric], value, needed, language),
            )
        screen.print(table)
        screen.print(Text("  " + say("reach.effort", language, effort=figures.plain(going.effort, language=language))))
        named = say("list.comma", language).join(going.open_to or ())
        screen.print(
            Text("  " + (say("reach.open", language, names=named) if going.open_to else say("reach.cheapest", language)), style=_FAINT)
        )
    screen.print()


def show(evaluation: Evaluation, ways: Ways, most: int, language: str) -> None:
    """Everyone who can get to a better band, the least effort first."""
    screen = console()
    _heading(evaluation, ways, language)
    moving = [going for going in ways.going if going.reached and going.moves]
    there = sum(going.reached and not going.moves for going in ways.going)
    unscored = sum(not going.reached and going.score is None for going in ways.going)
    counts = {"count": len(moving), "there": there, "out": len(ways.going) - len(moving) - there - unscored, "unscored": unscored}
    screen.print(
        Text(say("reach.counts", language, **{name: figures.count(count, language) for name, count in counts.items()}), style=_FAINT)
    )
    if moving:
        screen.print()
        _rows(evaluation, moving, most, language)
    if ways.compared:
        mean, worst = (figures.share(part, language) or "0%" for part in ways.dearer)
        screen.print()
        screen.print(Text(say("reach.quick", language, count=str(ways.compared), mean=mean, worst=worst), style=_FAINT))
    screen.print()


def show_spending(evaluation: Evaluation, ways: Ways, budget: float, attribute: str | None, most: int, language: str) -> None:
    """What a budget is spent on, what brings the most first."""
    screen, scorecard = console(), evaluation.scorecard
    _heading(evaluation, ways, language)
    gains = [abs(going.score_after - going.score) for going in ways.going if going.score is not None and going.score_after is not None]
    spent = sum(going.effort for going in ways.going)
    told = {
        "budget": figures.plain(budget, language=language),
        "spent": figures.plain(spent, language=language),
        "count": figures.count(len(ways.going), language),
    }
    decimals = figures.decimals_of(scorecard.total, scorecard.scale)
    screen.print(
        Text(
            say("reach.spent", language, points=figures.fixed(sum(gains), decimals, language), **told)
            if gains
            else say("reach.spent.none", language, **told)
        )
    )
    if gains:
        if ways.worth is not None and attribute is not None:
            screen.print(Text(say("reach.worth", language, worth=figures.plain(ways.worth, language=language), attribute=attribute)))
        screen.print()
        _rows(evaluation, ways.going, most, language)
    screen.print()


def _heading(evaluation: Evaluation, ways: Ways, language: str) -> None:
    screen = console()
    screen.print()
    screen.print(Text(f"{title_of(evaluation.scorecard, language)} · {period_of(ways.period, language)}", style="bold"))


def _rows(evaluation: Evaluation, going: Sequence[Going], most: int, language: str) -> None:
    scorecard = evaluation.scorecard
    key = " ".join(scorecard.entity.key) or say("column.portfolio", language)
    table = _table(key, say("column.score", language), "", say("reach.column.effort", language), say("reach.column.moves", language))
    for one in going[: most or None]:
        score, after = _from_to(evaluation, one, language)
        moves = [
            say(
                "reach.move",
                language,
                metric=node_of(scorecard, metric, language),
                value=_value(evaluation, metric, value, language),
                needed=needed_value(scorecard.metrics[metric], value, needed, language),
            )
            for metric, value, needed in one.moves
        ]
        table.add_row(
            " ".join(one.key), score, after, figures.plain(one.effort, language=language), say("list.pause", language).join(moves)
        )
    console().print(table)
    if most and len(going) > most:
        console().print(Text(say("advise.more", language, count=figures.count(len(going) - most, language)), style=_FAINT))


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style=_FAINT)
    for place, name in enumerate(columns):
        table.add_column(name, justify="right" if name and place in (1, 3) and len(columns) > 3 else "left", overflow="fold")
    return table


def _from_to(evaluation: Evaluation, going: Going, language: str) -> tuple[Text, Text]:
    scorecard = evaluation.scorecard

    def told(score: float | None, band: str | None) -> Text:
        number = "–" if score is None else figures.score(score, band, scorecard.total, scorecard, language)
        return Text.assemble(number, "  ", band_text(scorecard, band, language))

    after = told(going.score_after, going.band_after) if going.reached and going.moves else Text("")
    return told(going.score, going.band), Text.assemble("→  ", after) if going.reached and going.moves else after


def _out_of_reach(evaluation: Evaluation, going: Going, goal: str, language: str) -> str:
    scorecard = evaluation.scorecard
    if going.score is None:
        return say("reach.unscored", language)
    furthest = (
        "–" if going.score_after is None else figures.score(going.score_after, going.band_after, scorecard.total, scorecard, language)
    )
    facts = {"band": goal, "score": furthest, "there": band_of(scorecard, going.band_after, language)}
    if going.held_by:
        rules = [f"{rule_of(scorecard, rule, language)} ({scorecard.rules[rule].when.text})" for rule in going.held_by]
        return say("reach.held", language, rules=say("list.comma", language).join(rules), **facts)
    return say("reach.out", language, **facts)


def _value(evaluation: Evaluation, metric: str, number: float, language: str) -> str:
    known = evaluation.scorecard.metrics[metric]
    return figures.value(number, known.unit, known.decimals, language)
