"""A registry made by hand, and definitions to check against it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from scorecard.definition.check import Outcome, check_text
from scorecard.hooks.contracts import MetricType, SourceType
from scorecard.hooks.registry import Registry
from scorecard.model.text import Text

TEXT = {"type": "string", "minLength": 1}


def source_type(id: str, **properties: Any) -> SourceType:
    return SourceType(id=id, title=Text.of(id), params={"type": "object", "properties": properties}, doc="", open="nowhere:open")


def _csat_formula(params: Mapping[str, Any]) -> str:
    low, high = params.get("scale", [1, 5])
    return f"(mean(q1) - {low}) / ({high} - {low}) * 100"


def _csat_check(params: Mapping[str, Any]) -> list[str]:
    low, high = params.get("scale", [1, 5])
    return [] if low < high else ["the scale runs from low to high"]


CSAT = MetricType(
    id="csat",
    title=Text({"en": "Customer satisfaction", "zh": "客户满意度"}),
    params={
        "type": "object",
        "properties": {
            "scale": {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
            "questions": {"type": "object", "additionalProperties": {"type": "number", "exclusiveMinimum": 0}},
            "method": {"enum": ["mean", "top_box"]},
        },
    },
    doc="",
    formula=_csat_formula,
    check=_csat_check,
    unit="points",
)

REGISTRY = Registry(
    metric_types={"csat": CSAT},
    sources={
        source.id: source
        for source in (
            source_type("csv", path=TEXT, encoding=TEXT),
            source_type("excel", path=TEXT, sheet=TEXT),
            source_type("sql", url=TEXT, query=TEXT),
            source_type("inline", rows={"type": "array", "items": {"type": "object"}}),
        )
    },
)

START = {
    "entity": "entity: {key: [customer_id]}",
    "sources": "sources: {surveys: {type: csv, path: surveys.csv}}",
    "metrics": "metrics: {csat: {measure: mean(rating), worst: 0, target: 100}}",
}


def lacking(fragment: str) -> str:
    """The sections that a definition cannot do without and a fragment leaves out."""
    lines = fragment.splitlines()
    return "".join(f"{text}\n" for key, text in START.items() if not any(line.startswith(f"{key}:") for line in lines))


def whole(fragment: str) -> str:
    """A fragment with the sections that it leaves out."""
    return "\n".join([*fragment.splitlines(), lacking(fragment)])


@pytest.fixture
def rest() -> Callable[[str], str]:
    """The usual sections that a fragment leaves out."""
    return lacking


@pytest.fixture
def registry() -> Registry:
    return REGISTRY


@pytest.fixture
def check() -> Callable[[str], Outcome]:
    """Check a fragment, with the usual entity, source and metric where it has none."""
    return lambda fragment: check_text(whole(fragment), "example.scorecard.yaml", REGISTRY)


@pytest.fixture
def codes(check: Callable[[str], Outcome]) -> Callable[[str], list[str]]:
    """The codes of a fragment's issues, in their order."""
    return lambda fragment: [issue.code for issue in check(fragment).issues]
