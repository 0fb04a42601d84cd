"""The command line: one group, its commands imported only when they are called."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Mapping, Sequence
from gettext import gettext
from importlib import import_module
from io import TextIOWrapper
from typing import Any, NoReturn

import click

from scorecard.cli.leaving import leave
from scorecard.cli.options import Settings, settings, shared_options
from scorecard.cli.spoken import HELP, asked, click_speaks, into
from scorecard.language.translation import translated

NAME = "scorecard"
COMPLETION = "_SCORECARD_COMPLETE"
"""set by a shell that asks what may come next"""
SELDOM = 50_000
"""objects that must be made before circles among them are looked for"""
COMMANDS: Mapping[str, str] = {
    "run": "Score every entity of a definition.",
    "explain": "Say why one entity's score is what it is.",
    "chart": "Draw one chart as a picture: SVG or PNG.",
    "advise": "Say what to do, for whom, and what it would bring.",
    "reach": "Find the cheapest way to a better band, or what a budget is best spent on.",
    "follow": "Follow up recommendations: take them on, note how far they are, see what they brought.",
    "whatif": "Score again as if values, weights or targets were others.",
    "serve": "Look at a definition and its result in the browser, and try changes.",
    "certainty": "Say how sure each verdict is, and what would turn it.",
    "targets": "Say whether the targets are right, and what else to aim at.",
    "review": "Say which metrics tell something, and what moved oddly.",
    "weights": "Propose weights with a reason: from judgements, a ranking, the data, or an outcome.",
    "diff": "Say what a change of a definition does to everybody, and by what.",
    "validate": "Check definitions; report everything that is wrong at once.",
    "test": "Run the cases of definitions, and say what no case shows.",
    "init": "Write a complete definition that runs at once.",
    "plugins": "List metric types, sources and reporters, and who brings them.",
    "show": "Show the definition that a file and its layers add up to.",
    "drift": "Say where clients that share a base have drifted from it.",
    "merge": "Bring what changed in a base to a client.",
    "schema": "Print the JSON Schema of definitions or of the JSON output.",
    "rule": "Explain an issue code.",
}
"""every command with its short help, so that listing them imports none"""


class Commands(click.Group):
    """A group whose commands live in modules of their own names."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = import_module(f"scorecard.cli.{cmd_name}").command
        return into(found, ctx.find_root().ensure_object(Settings).language)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            ctx.fail(_unknown(args[0]))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        language = ctx.find_root().ensure_object(Settings).language
        with formatter.section(gettext("Commands")):
            formatter.write_dl([(name, translated(help, HELP, language)) for name, help in COMMANDS.items()])


def _unknown(name: str) -> str:
    from difflib import get_close_matches

    say = settings().say
    if name.endswith((".yaml", ".yml")):
        return say("usage.no_command.file", name=name)
    near = get_close_matches(name, COMMANDS, n=1)
    meant = say("usage.no_command.meant", name=near[0]) if near else say("usage.no_command.allowed", names=", ".join(COMMANDS))
    return say("usage.no_command", name=name, meant=meant)


def _version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        from scorecard import __version__

        click.echo(f"scorecard {__version__}")
        ctx.exit()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--version", is_flag=True, expose_value=False, is_eager=True, callback=_version, help="Print the version and exit.")
@shared_options
def scorecard() -> None:
    """KPI scorecards written in YAML: scores that explain themselves.

    \b
    scorecard init demo                       write a definition to start from
    scorecard run demo.scorecard.yaml         score everybody, worst first
    scorecard explain demo.scorecard.yaml -e customer_id=C042

    Exit codes: 0 fine, 1 the definition has errors or a gate failed, 2 wrong usage, 3 a source, a plugin or
    writing failed, 4 inconclusive: nothing could be scored or a gate could not be judged.
    """


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs the command line and leaves the process with its exit code.

    Arrow is told to use the allocator that gives back what is let go: a third less memory for large files. Python is told to look for
    circles of objects seldom: nearly all that a command makes at its start lives as long as it does, and looking is a tenth of the start.

    What the terminal has no character for is shown as a question mark, rather than stopping the work.
    """
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    gc.set_threshold(SELDOM)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    if COMPLETION in os.environ:
        scorecard.main(args=arguments, prog_name=NAME)
    sys.exit(run(list(sys.argv[1:] if arguments is None else arguments)))


def run(arguments: list[str]) -> int:
    """Runs the command line and returns its exit code; what goes wrong is told in the language that the command line asks for."""
    chosen = Settings()
    chosen.language = asked(arguments) or chosen.language
    with click_speaks(chosen.language):
        return leave(lambda: invoke(arguments, chosen), chosen)


def invoke(arguments: list[str], chosen: Settings | None = None) -> Any:
    """What click's own `main` does, less its exit codes; what is asked for of every command is noted in `chosen`."""
    command = into(scorecard, chosen.language) if chosen is not None else scorecard
    with command.make_context(NAME, arguments, obj=chosen) as context:
        return command.invoke(context)
