"""A day as an argument."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    ParamType = click.ParamType[date]
else:  # no generic before click 8.4
    ParamType = click.ParamType


class Day(ParamType):
    """A day written as 2026-09-30."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            from scorecard.cli.options import settings

            self.fail(settings().say("usage.day", text=value), param, ctx)


DAY = Day()
