"""Targets on the screen: for each what is advised and why, how often it was met, and what else to aim at."""

from __future__ import annotations

from rich.cells import set_cell_size
from rich.text import Text

from scorecard.advice.targets.target import Targets
from scorecard.cli.screen import console
from scorecard.evaluation.evaluation import Evaluation
from scorecard.report.labels import period_of, title_of
from scorecard.report.target_words import Teller, Told
from scorecard.report.targets import remarks, summary

_FAINT = "bright_black"
_STYLES = {"keep": "green", "relax": "dark_orange", "raise": "cyan", "re-time": "yellow"}
_WIDTH = 9


def show(evaluation: Evaluation, teller: Teller, found: Targets) -> None:
    """Every target, in the order of the definition; then what is said once."""
    screen = console()
    first, last = (period_of(evaluation.shown[place], teller.language) for place in (0, -1))
    screen.print()
    span = first if first == last else teller.say("list.span", first=first, last=last)
    screen.print(Text(teller.say("targets.head", title=title_of(evaluation.scorecard, teller.language), span=span), style="bold"))
    screen.print(Text(summary(teller, found), style=_FAINT))
    if evaluation.scorecard.period is None and found.targets:
        screen.print(Text(teller.say("targets.no_history")))
    for target in found.targets:
        screen.print()
        _target(teller, teller.told(target))
    screen.print()
    for remark in remarks(teller, found):
        screen.print(Text(remark, style=_FAINT))
    screen.print()


def _target(teller: Teller, told: Told) -> None:
    style = _STYLES.get(told.kind, _FAINT)
    verdict = set_cell_size(teller.verdict(told.target), _WIDTH)
    head = Text.assemble((verdict, style), (told.name, "bold"), (f" · {told.whose}" if told.whose else "", ""))
    console().print(head.append(f"  {told.held}"))
    reason = "" if told.reason == teller.say("targets.no_history") else told.reason
    for line, style in ((reason, ""), (told.met, _FAINT), (told.edges, _FAINT), (told.trend, _FAINT)):
        if line:
            _indented(Text(line, style=style))
    if told.proposals:
        _indented(Text(teller.say("targets.offered"), style=_FAINT))
        for line in told.proposals:
            _indented(Text(f"  {line}", style=_FAINT))


def _indented(text: Text) -> None:
    """A line below a head, wrapped to where it begins."""
    from rich.padding import Padding

    console().print(Padding(text, (0, 0, 0, _WIDTH), expand=False))
