"""Open pipeline against what is to be sold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scorecard.builtin.actions import pipeline
from scorecard.builtin.metrics.wording import a_column, a_metric, column, number, options
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text


def formula(params: Mapping[str, Any]) -> str:
    """What open opportunities are worth over the quota."""
    worth = column(params.get("amount", "amount"))
    if "probability" in params:
        worth += f" * {column(params['probability'])}"
    quota = f"{params['of']}.value" if "of" in params else number(params["quota"])
    return f'coalesce(sum({worth}, where={column(params.get("status", "status"))} == "open"), 0) / {quota}'


def check(params: Mapping[str, Any]) -> Iterator[str]:
    """Exactly one way to say what is to be sold."""
    if ("quota" in params) == ("of" in params):
        yield Phrase("give either quota, a number, or of, a metric that holds it")


TYPE = MetricType(
    id="pipeline_coverage",
    title=Text({"en": "Pipeline coverage", "zh": "商机覆盖率"}),
    params=options(
        quota={"type": "number", "exclusiveMinimum": 0, "title": "quota", "description": "What is to be sold in the window."},
        of=a_metric("of", "The metric that holds the quota of each entity, or what is left of it."),
        amount=a_column("amount", "The column with what an opportunity is worth; amount unless given."),
        probability=a_column("probability", "The column with how likely it is to be won, from 0 to 1: weigh it by that."),
        status=a_column("status", "The column that says open, won or lost; status unless given."),
    ),
    doc="""How many times the open opportunities cover what is to be sold.

The worth of the opportunities whose `status` is open / the quota; with `probability` each is weighed by how likely it is
(Farris et al., Marketing Metrics, on pipeline analysis). Three times the quota is a usual rule for unweighed pipelines: it
takes for granted that one opportunity in three is won.

It needs a record per opportunity, at best with `time: expected_on`. An entity without an open opportunity is covered 0
times; where nobody has any opportunity in the window, or the quota is 0 or missing, there is no value.

Not for a pipeline that nobody cleans: dead opportunities cover nothing.""",
    formula=formula,
    check=check,
    unit=Phrase("times"),
    actions=(pipeline.FILL_THE_FUNNEL, pipeline.CLEAN_PIPELINE),
)
