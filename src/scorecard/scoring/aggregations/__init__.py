"""The closed table of aggregations: how the scores of a group's children become one. Standard library only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, cast

from scorecard.model.definition import Scale
from scorecard.model.text import Text

if TYPE_CHECKING:
    from scorecard.scoring.arrays import Array, Children, Num


@dataclass(frozen=True, slots=True)
class AggregationType:
    """One aggregation: what people read about it, and where its arithmetic is; `module` is None where a formula is the arithmetic."""

    id: str
    title: Text
    doc: Text
    module: str | None
    weighs: bool
    """whether the size of a weight matters, beyond zero or not zero"""
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The scale a group is scored on and what its aggregation was told: `on` (geometric), `power`, `count` (worst)."""

    scale: Scale
    on: tuple[float, float] | None = None
    power: float | None = None
    count: int | None = None


class Arithmetic(Protocol):
    """What a module of an aggregation offers; scores are k times [n], weights [k] or [k, n], NaN = the child does not count."""

    def combine(self, scores: Children, weights: Array, at: Setting) -> Array: ...

    def pull(self, scores: Array, weights: Array, best: Num, combined: Array, at: Setting) -> Array: ...


def _record(id: str, en: str, zh: str, doc_en: str, doc_zh: str, *, weighs: bool, needs: tuple[str, ...] = ()) -> AggregationType:
    module = None if id == "formula" else f"{__name__}.{id}"
    return AggregationType(id, Text({"en": en, "zh": zh}), Text({"en": doc_en, "zh": doc_zh}), module, weighs, needs)


AGGREGATIONS: Mapping[str, AggregationType] = MappingProxyType(
    {
        record.id: record
        for record in (
            _record(
                "arithmetic",
                "weighted mean",
                "加权平均",
                "Each score times its share; a child without a score leaves its weight to its siblings.",
                "各分数乘以权重占比后相加；没有分数的子项把权重让给同组其他项。",
                weighs=True,
            ),
            _record(
                "geometric",
                "weighted geometric mean",
                "加权几何平均",
                "A weak score pulls harder than under the mean, and a zero gives zero; "
                "`on: [a, b]` first maps the scale's worst and best onto a and b.",
                "低分的影响大于加权平均，零分得零；`on: [a, b]` 先把最差分和最好分映射到 a 和 b。",
                weighs=True,
            ),
            _record(
                "power",
                "weighted power mean",
                "加权幂平均",
                "The mean of the scores raised to the power p; 1 is the mean, 0 the geometric mean, "
                "and the lower p, the harder a weak score pulls.",
                "对分数的 p 次幂求加权平均再开方；p 为 1 是加权平均，为 0 是几何平均，p 越小低分影响越大。",
                weighs=True,
                needs=("power",),
            ),
            _record(
                "sum",
                "sum of points",
                "加权求和",
                "Each score times its weight, added up and clamped to a closed scale; a child without a score adds nothing.",
                "各分数乘以权重相加，封闭刻度上截断到两端；没有分数的子项不加分。",
                weighs=True,
            ),
            _record("min", "lowest score", "最低分", "The lowest of the scores that count.", "计入的分数中最低的一个。", weighs=False),
            _record("max", "highest score", "最高分", "The highest of the scores that count.", "计入的分数中最高的一个。", weighs=False),
            _record(
                "worst",
                "mean of the worst",
                "最差几项平均",
                "The plain mean of the k worst scores: the lowest ones, or the highest where lower is better.",
                "最差 k 项分数的简单平均：取最低的几项；分数越低越好时取最高的几项。",
                weighs=False,
                needs=("count",),
            ),
            _record("formula", "formula", "公式", "A formula over the children.", "以子项为变量的公式。", weighs=False, needs=("formula",)),
        )
    }
)


def load(id: str) -> Arithmetic:
    """The arithmetic of an aggregation, imported on first use; ValueError for `formula`, which the score program evaluates."""
    module = AGGREGATIONS[id].module
    if module is None:
        raise ValueError(f"the aggregation {id!r} has no arithmetic of its own")
    return cast(Arithmetic, import_module(module))


def with_child(id: str, scores: Children, weights: Array, combined: Array, at: Setting) -> Callable[[int, Array], Array]:
    """`combine` as a function of one child's place and another score of it, all else as it is and was `combined`, [n].

    It holds in the rows in which the child counts before and after. Sums may differ in their last bits.
    """
    arithmetic = load(id)
    own = getattr(arithmetic, "with_child", None)
    if own is not None:
        return cast("Callable[[int, Array], Array]", own(scores, weights, combined, at))

    def moved(place: int, score: Array) -> Array:
        return arithmetic.combine([*scores[:place], score, *scores[place + 1 :]], weights, at)

    return moved
