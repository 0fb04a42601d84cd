"""How far open opportunities have come, and how far they moved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorecard.builtin.actions import pipeline
from scorecard.builtin.metrics.wording import a_column, column, number, one_of, options, text
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text


def formula(params: Mapping[str, Any]) -> str:
    """The mean weight of the open opportunities' stages, or the mean change of it."""
    stages, stage = params["stages"], column(params.get("stage", "stage"))
    if "before" in params:
        opportunities = f"count_distinct({column(params.get('opportunity', 'opportunity_id'))})"
        return f"({_weighed(stages, stage, '')} - ({_weighed(stages, column(params['before']), '')})) / {opportunities}"
    is_open = f'{column(params.get("status", "status"))} == "open"'
    return f"({_weighed(stages, stage, f'{is_open} and ')}) / count(where={is_open} and {stage} in {one_of(stages)})"


def _weighed(stages: Mapping[str, float], stage: str, condition: str) -> str:
    """The sum of the weights of the records' stages."""
    return " + ".join(f"{number(weight)} * count(where={condition}{stage} == {text(name)})" for name, weight in stages.items())


TYPE = MetricType(
    id="stage_progress",
    title=Text({"en": "Opportunity stage progress", "zh": "商机阶段进展"}),
    params=options(
        ("stages",),
        stages={
            "type": "object",
            "minProperties": 1,
            "additionalProperties": {"type": "number", "minimum": 0, "maximum": 1},
            "title": "stages",
            "description": "The stages, each with how much of the way is done: {qualified: 0.2, proposal: 0.5, contract: 0.9}.",
        },
        stage=a_column("stage", "The column with the stage; stage unless given."),
        status=a_column("status", "The column that says open, won or lost; status unless given."),
        before=a_column("before", "The column with the stage before, to measure the movement instead."),
        opportunity=a_column("opportunity", "With before: the column that names the opportunity; opportunity_id unless given."),
    ),
    doc="""How far the open opportunities have come on their way to a contract, or with `before` how far they moved in the window.

The mean weight of their stages, from 0 to 1, over the opportunities whose `status` is open and whose stage has a weight.
With `before`: the sum of (weight of the stage - weight of the stage before) over all records in the window / the number of
opportunities they are of; one without a stage before came from 0. Pipelines are weighed by stage in Farris et al.,
Marketing Metrics, on pipeline analysis.

It needs a record per opportunity. For the movement it needs a record per change of stage, or per opportunity with its
stage at the beginning. Without an open opportunity, or without a change in the window, there is no value. A stage that
`stages` does not list is left out, and is worth 0 in a movement.

Not as a forecast of sales: a weight says how much work is done, not how likely a win is.""",
    formula=formula,
    unit=Phrase("percent"),
    actions=(pipeline.NEXT_STEP_EACH, pipeline.UNBLOCK_STAGE),
)
