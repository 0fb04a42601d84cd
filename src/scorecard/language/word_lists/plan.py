"""The words of `scorecard validate --plan`."""

from __future__ import annotations

ENGLISH = {
    "plan.passes": "passes over records",
    "plan.pass": "{id}: {source} by {grain}, {window}",
    "plan.everybody": "everybody",
    "plan.window": "window {window}",
    "plan.given": "given to {type}",
    "plan.each": "each {columns}",
    "plan.back.period": "{count} periods back",
    "plan.back.period.one": "1 period back",
    "plan.back.year": "{count} years back",
    "plan.back.year.one": "1 year back",
    "plan.records": "number of records",
    "plan.cells": "cells",
    "plan.stage": "cells, stage {stage}: after the peers are known",
    "plan.of_all": "{cells} of all entities",
}
