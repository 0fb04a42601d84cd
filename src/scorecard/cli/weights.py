"""`scorecard weights`: weights with a reason, beside today's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scorecard.cli.answering import answer, files_for
from scorecard.cli.explain import one_of
from scorecard.cli.leaving import FINE
from scorecard.cli.options import Asked, Settings, data_options, settings, shared_options
from scorecard.cli.progress import working
from scorecard.errors import OutputError, UsageError
from scorecard.language.phrase import Phrase
from scorecard.model.issue import Issue

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorecard.evaluation.evaluation import Evaluation
    from scorecard.model.definition import Scorecard
    from scorecard.report.weighing.told import Told

BY_RANKS = ("centroid", "sum", "reciprocal")
BY_DATA = ("entropy", "critic", "deviation")
DIFFS = (".diff", ".patch")
PATCH = "patch"


@click.command(name="weights")
@click.argument("file")
@click.option("--judgements", metavar="FILE", help="From pairwise comparisons that people made: a YAML file.")
@click.option("--ranking", metavar="A,B,C", help="From a ranking of the parts of one group, the most important first.")
@click.option(
    "--by", "method", type=click.Choice([*BY_RANKS, *BY_DATA]), help="centroid (default), sum or reciprocal of a ranking; or from the data."
)
@click.option("--of", "group", metavar="GROUP", help="With --by entropy, critic, deviation: only this group.")
@click.option("--outcome", metavar="NAME=VALUE", help="Fitted to what became of the entities: an attribute, or a metric with weight: 0.")
@click.option("--wanted", is_flag=True, help="The outcome is what should happen, such as a renewal.")
@click.option("--folds", type=click.IntRange(2, 50), default=5, show_default=True, help="Parts that are held out in turn.")
@click.option("--seed", type=int, default=0, show_default=True, help="Of the draw of the folds.")
@click.option("--patch", "as_patch", is_flag=True, help="Print the changes to the definition as a unified diff.")
@click.option("--own", is_flag=True, help="Changes go into FILE itself, over its layers, which others may share.")
@data_options()
@click.option("--format", "form", type=click.Choice(["text", "json", "csv", "markdown"]), default="text", show_default=True)
@click.option("--out", "outputs", multiple=True, metavar="FILE", help="Write a file as well: .diff (or .patch), .json, .csv or .md.")
@shared_options
def command(
    file: str,
    judgements: str | None,
    ranking: str | None,
    method: str | None,
    group: str | None,
    outcome: str | None,
    wanted: bool,
    folds: int,
    seed: int,
    as_patch: bool,
    own: bool,
    asked: Asked,
    form: str,
    outputs: tuple[str, ...],
) -> int:
    """Propose weights with a reason: from judgements, a ranking, the data, or an outcome.

    \b
    scorecard weights acme.scorecard.yaml --judgements board.yaml
    scorecard weights acme.scorecard.yaml --ranking csat,delivery,tickets
    scorecard weights acme.scorecard.yaml --by critic
    scorecard weights acme.scorecard.yaml --outcome left=Churned --patch > weights.diff

    The definition is never changed: --patch prints what would be, for git apply or patch -p1.
    """
    from scorecard.app import evaluate, load
    from scorecard.cli.definitions import definitions
    from scorecard.report import tabular
    from scorecard.report.weighing.told import as_record, as_rows

    chosen = settings()
    _check(judgements, ranking, method, outcome)
    name = one_of(definitions([file]))
    diffs = [Path(each) for each in outputs if Path(each).suffix.lower() in DIFFS]
    files = files_for([each for each in outputs if Path(each) not in diffs])
    plugins = chosen.registry()
    scorecard = load(name, plugins)

    def scored() -> Evaluation:
        with working(chosen.say("progress.scoring", name=name)):
            return evaluate(scorecard, **asked._asdict(), plugins=plugins)

    if judgements is not None:
        told = _judged(scorecard, judgements, chosen.language)
    elif ranking is not None:
        told = _ranked(scorecard, ranking, method or BY_RANKS[0], chosen.language)
    elif outcome is not None:
        told = _fitted(scored, outcome, wanted, folds, seed, chosen.language)
    else:
        told = _told_apart(scored, scorecard, str(method), group, chosen.language)
    if as_patch or diffs:
        _patch(told, as_patch, own, diffs, chosen)
    if form == "text" and not as_patch:
        from scorecard.cli.weighed import show

        show(told)
    forms = {
        "json": lambda: tabular.as_json(as_record(told)),
        "csv": lambda: tabular.as_csv(*as_rows(told)),
        "markdown": lambda: tabular.as_markdown(*as_rows(told)),
    }
    answer(forms, PATCH if as_patch else form, files, chosen)
    return FINE


def _check(judgements: str | None, ranking: str | None, method: str | None, outcome: str | None) -> None:
    """Raises UsageError unless the options name one way to weights."""
    ways = sum(each is not None for each in (judgements, ranking, outcome))
    if ways == 0 and method is None:
        raise UsageError([Issue(code="SC746")])
    if ways > 1 or (method is not None and ranking is None and ways):
        raise UsageError([Issue(code="SC746", values={"reason": "one"})])
    if method is not None and (method in BY_RANKS) != (ranking is not None):
        takes = Phrase("a ranking: --ranking A,B,C" if method in BY_RANKS else "the data, not a ranking")
        raise UsageError([Issue(code="SC746", values={"reason": "method", "method": method, "takes": takes})])


def _judged(scorecard: Scorecard, file: str, language: str) -> Told:
    from scorecard.advice.weighing.judged import judged_groups
    from scorecard.definition.judgements import read_judgements
    from scorecard.report.weighing.methods import of_judgements

    return of_judgements(scorecard, judged_groups(scorecard, read_judgements(file, scorecard)), language)


def _ranked(scorecard: Scorecard, ranking: str, method: str, language: str) -> Told:
    from scorecard.advice.weighing.ranked import ranked
    from scorecard.report.weighing.methods import of_ranking

    group, weights = ranked(scorecard, [name.strip() for name in ranking.split(",")], method)
    return of_ranking(scorecard, group, weights, method, language)


def _told_apart(scored: Callable[[], Evaluation], scorecard: Scorecard, method: str, group: str | None, language: str) -> Told:
    from scorecard.advice.weighing.told_apart import told_apart
    from scorecard.definition.called import named, titles_of_nodes
    from scorecard.report.weighing.methods import of_spread

    groups = ["total", *scorecard.groups]
    if group is not None:
        group = named(group, titles_of_nodes(scorecard, groups), "SC746", reason="group")
    evaluation = scored()
    _, scores = list(evaluation.periods)[-1]
    found = told_apart(evaluation, scores, method, groups if group is None else [group])
    return of_spread(evaluation.scorecard, found, method, language)


def _fitted(scored: Callable[[], Evaluation], outcome: str, wanted: bool, folds: int, seed: int, language: str) -> Told:
    from scorecard.advice.weighing.held_out import fit_to
    from scorecard.advice.weighing.outcome import outcome_of
    from scorecard.report.weighing.methods import of_outcome

    evaluation = scored()
    _, scores = list(evaluation.periods)[-1]
    known = outcome_of(evaluation, scores, outcome)
    return of_outcome(evaluation.scorecard, fit_to(evaluation, scores, known, bad=not wanted, count=folds, seed=seed), language)


def _patch(told: Told, shown: bool, own: bool, files: list[Path], chosen: Settings) -> None:
    """The diff on stdout and in files; on stderr what it does not change, and where it is applied."""
    import os

    from scorecard.advice.weighing.proposal import new_weights
    from scorecard.definition.patch.edits import patch
    from scorecard.report.files import refused, write_file
    from scorecard.report.weighing.told import warnings

    made = patch(told.scorecard, new_weights(told.scorecard, told.proposals), own=own)
    for path in files:
        try:
            write_file(path, [made.text.encode()])
        except OSError as error:
            raise OutputError([refused(str(path), error)]) from error
        click.echo(chosen.say("written.file", file=str(path)), err=True)
    if shown:
        click.echo(made.text, nl=False)
    said = [*warnings(told)] if shown else []
    if not made.text:
        said.append(chosen.say("patch.nothing"))
    if made.text and made.folder != os.path.abspath(os.curdir):
        said.append(chosen.say("patch.apply", folder=made.folder))
    said += [chosen.say("patch.layer", layer=layer) for layer in made.shared]
    for line in said:
        click.echo(line, err=True)
