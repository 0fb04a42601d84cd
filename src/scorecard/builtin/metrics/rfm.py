"""Recency, frequency and monetary value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scorecard.builtin.actions import value
from scorecard.builtin.metrics.wording import a_column, options
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.formula import Kind
from scorecard.model.text import Text

ASPECTS = ("recency", "frequency", "monetary")


def columns(params: Mapping[str, Any]) -> Mapping[str, Kind]:
    """The day and the amount of a purchase."""
    return {params.get("date", "date"): Kind.MOMENT, params.get("amount", "amount"): Kind.NUMBER}


def check(params: Mapping[str, Any]) -> Iterator[str]:
    """Edges that rise and fit the number of bands, and weights that weigh."""
    bands = params.get("bands", 5)
    for aspect, edges in params.get("edges", {}).items():
        if sorted(set(edges)) != list(edges):
            yield Phrase("the edges of {aspect} do not rise", aspect=aspect)
        if len(edges) != bands - 1:
            yield Phrase(
                "{bands} bands have {edges} edges between them, and {aspect} has {found}",
                bands=bands,
                edges=bands - 1,
                aspect=aspect,
                found=len(edges),
            )
    if not sum(params.get("weights", {}).get(aspect, 1) for aspect in ASPECTS):
        yield Phrase("the weights are all 0")
    if params.get("date", "date") == params.get("amount", "amount"):
        yield Phrase("date and amount name the same column")


_EDGES: dict[str, Any] = {"type": "array", "items": {"type": "number"}, "minItems": 1}

TYPE = MetricType(
    id="rfm",
    title=Text({"en": "RFM value", "zh": "RFM 客户价值"}),
    params=options(
        date=a_column("date", "The column with the day of a purchase; date unless given."),
        amount=a_column("amount", "The column with what a purchase was worth; amount unless given."),
        bands={
            "type": "integer",
            "minimum": 2,
            "maximum": 10,
            "title": "bands",
            "description": "How many bands each aspect has; 5 unless given.",
        },
        weights={
            "type": "object",
            "additionalProperties": False,
            "properties": {aspect: {"type": "number", "minimum": 0} for aspect in ASPECTS},
            "title": "weights",
            "description": "What each aspect weighs; 1 unless given.",
        },
        edges={
            "type": "object",
            "additionalProperties": False,
            "properties": dict.fromkeys(ASPECTS, _EDGES),
            "title": "edges",
            "description": "Fixed edges between the bands, rising, instead of quantiles: days, purchases, money.",
        },
    ),
    doc="""How valuable a customer is by its purchases: how recent, how many, how much. From 1 to the number of bands.

Days since the last purchase, number of purchases and their sum are each put into bands from 1, the worst, to the best;
the value is the mean of the three by weight (Hughes, Strategic Database Marketing, 1994). Without `edges` the bands are
cut at the quantiles over the entities with a purchase in the window, on straight lines between neighbours; a value on a
cut point belongs to the lower band, so that the many with one purchase stay in the first. With `edges` a value on an edge
belongs to the better band: `recency: [30, 90]` puts 30 days into the best of three.

It needs a record per purchase. Days are counted to the window's end, or to the last purchase of anybody where there is
none. Without a purchase there is no value.

Not to compare periods by quantiles: they place customers among each other, so that half of them cannot improve. Give
`edges` for that.""",
    function="scorecard.builtin.metrics.rfm_bands:rfm",
    columns=columns,
    check=check,
    unit=Phrase("bands"),
    actions=(value.REVIVE_BY_SEGMENT, value.REASON_TO_RETURN),
)
