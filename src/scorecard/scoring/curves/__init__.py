"""The closed table of curves: how a value becomes a score. Standard library only; the arithmetic is imported on first use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import Any

from scorecard.model.text import Text


@dataclass(frozen=True, slots=True)
class CurveType:
    """One curve: what people read about it, where its arithmetic is, and which keys it cannot do without."""

    id: str
    title: Text
    doc: Text
    module: str
    invertible: bool
    """whether its module has `inverse`: the value needed for a score"""
    needs: tuple[str, ...] = ()


def _record(
    id: str, en: str, zh: str, doc_en: str, doc_zh: str, *, invertible: bool, needs: tuple[str, ...] = (), module: str | None = None
) -> CurveType:
    return CurveType(id, Text({"en": en, "zh": zh}), Text({"en": doc_en, "zh": doc_zh}), f"{__name__}.{module or id}", invertible, needs)


CURVES: Mapping[str, CurveType] = MappingProxyType(
    {
        record.id: record
        for record in (
            _record(
                "straight",
                "straight lines",
                "分段直线",
                "Straight lines through worst, the thresholds (each at its band's score) and target; flat beyond the ends.",
                "依次连接最差值、各等级阈值（对应该等级的分数）和目标值的直线；两端之外不变。",
                invertible=True,
                needs=("worst", "target"),
            ),
            _record(
                "linear",
                "one straight line",
                "一条直线",
                "One straight line from worst to target, whatever the thresholds; flat beyond the ends.",
                "从最差值到目标值的一条直线，不受阈值影响；两端之外不变。",
                invertible=True,
                needs=("worst", "target"),
            ),
            _record(
                "log",
                "straight in the logarithm",
                "对数直线",
                "Straight from worst to target in the logarithm of the value; worst and target are above zero.",
                "按值的对数从最差值到目标值的直线；最差值和目标值必须大于零。",
                invertible=True,
                needs=("worst", "target"),
            ),
            _record(
                "identity",
                "the value itself",
                "取值本身",
                "The value is the score, clamped to a closed scale.",
                "值就是分数，封闭刻度上截断到两端。",
                invertible=True,
            ),
            _record(
                "points",
                "points",
                "给定点",
                "Straight lines through points of value and score; flat beyond the ends.",
                "依次连接给定的（值，分数）点的直线；两端之外不变。",
                invertible=True,
                needs=("points",),
            ),
            _record(
                "steps",
                "steps",
                "阶梯",
                "The score of the first step that covers the value.",
                "取第一个包含该值的阶梯的分数。",
                invertible=True,
                needs=("steps",),
            ),
            _record(
                "lookup",
                "lookup",
                "对照表",
                "The score written for each value, or `otherwise`.",
                "按值查表取分，表中没有的取 `otherwise`。",
                invertible=False,
                needs=("lookup",),
            ),
            _record(
                "formula",
                "formula",
                "公式",
                "The score is what a formula over `value` and `params` gives, clamped to a closed scale.",
                "分数由以 `value` 和 `params` 为变量的公式给出，封闭刻度上截断到两端。",
                invertible=False,
                needs=("formula",),
                module="identity",
            ),
        )
    }
)


def load(id: str) -> Any:
    """The module of a curve: `score(value, at)`, `inverse(score, at)` where the record says invertible.

    For `lookup` also `score_text(codes, categories, at)`; for `formula` the value is what the formula gave.
    """
    return import_module(CURVES[id].module)
