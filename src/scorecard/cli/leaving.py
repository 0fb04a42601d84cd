"""How the program ends: an exit code and, on stderr, what a person needs to go on."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from typing import Any

import click

from scorecard.cli.options import Settings
from scorecard.errors import ScorecardError

FINE, ISSUES, USAGE, FAILED, INCONCLUSIVE = 0, 1, 2, 3, 4
BUG, INTERRUPTED, BROKEN_PIPE = 70, 130, 141
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
"""what the system says when nothing more fits on a disk"""
_SEVERITY = (FINE, INCONCLUSIVE, ISSUES, FAILED)


def worst(codes: list[int]) -> int:
    """The one exit code of several: a failed source before a failed gate before what is inconclusive."""
    return max(codes, key=_SEVERITY.index, default=FINE)


def leave(command: Callable[[], Any], chosen: Settings) -> int:
    """Runs a command and returns its exit code; whatever it raises is told in a way that helps, in the language chosen by then."""
    try:
        code = command()
        sys.stdout.flush()
        return code if isinstance(code, int) else FINE
    except ScorecardError as error:
        from scorecard.cli.issues import show_issues

        show_issues(error.issues, chosen.language)
        return error.exit_code
    except click.exceptions.Exit as exit:
        return exit.exit_code
    except click.ClickException as error:
        error.show()
        return USAGE
    except (KeyboardInterrupt, click.Abort):
        click.echo(chosen.say("leave.interrupted"), err=True)
        return INTERRUPTED
    except BrokenPipeError:
        _close_quietly()
        return BROKEN_PIPE
    except OSError as error:
        if error.errno not in FULL:
            return _bug(chosen)
        _close_quietly()
        click.echo(chosen.say("leave.full"), err=True)
        return FAILED
    except Exception:  # noqa: BLE001 - the last stop: a bug of ours keeps its traceback and gets an exit code of its own
        return _bug(chosen)


def _bug(chosen: Settings) -> int:
    import traceback

    traceback.print_exc()
    click.echo("\n" + chosen.say("leave.bug"), err=True)
    return BUG


def _close_quietly() -> None:
    """Points stdout to nowhere, so that the interpreter's last flush does not complain once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
