"""Follow-ups on the screen: what was taken, how far it is, what was promised and what came of it."""

from __future__ import annotations

from rich.text import Text

from scorecard.cli.screen import console
from scorecard.evaluation.evaluation import Evaluation
from scorecard.language.words import say
from scorecard.report import figures
from scorecard.report.followup.told import Teller, counts
from scorecard.report.labels import period_of, title_of

_FAINT = "bright_black"


def show(evaluation: Evaluation, teller: Teller, taken: int) -> None:
    """Three lines each: who and what, how far it is, what it was about and what it brought; of `taken` in all."""
    screen, language = console(), teller.language
    period, _ = list(evaluation.periods)[-1]
    screen.print()
    screen.print(Text(f"{title_of(evaluation.scorecard, language)} · {period_of(period, language)}", style="bold"))
    if not teller.every:
        screen.print(
            Text(say("follow.none_so", language, count=figures.count(taken, teller.language)) if taken else say("follow.none", language))
        )
        screen.print()
        return
    screen.print(Text(counts(teller.every, language), style=_FAINT))
    for line in teller.lines():
        screen.print()
        screen.print(Text.assemble((line.who, "bold"), "  ", line.action))
        screen.print(Text(f"  {line.state}", style="yellow" if line.overdue else ""))
        facts = [line.about, *([line.came] if line.came else [])]
        screen.print(Text.assemble((f"  {say('list.pause', language).join(facts)}", _FAINT), f"  {line.verdict}"))
    screen.print()
