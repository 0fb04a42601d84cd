"""SC76x: what is asked of how sure a verdict is, and cannot be answered."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "SC760": "'{text}' is no spread of weights; write a part above 0% and up to {most}, such as 25%",
    "SC761": "'{text}' does not say how far values may be off; write 5% for all of them, csat=3% for one, or csat=0.2 in its own unit",
    "SC762": "the values of '{name}' are not measured as numbers, so they cannot be off",
    "SC763": "nobody has a score in {period}, so there is no verdict to be sure of",
    "SC763.entity": "the entity has no score in {period}, so there is no verdict to be sure of; scorecard explain says why",
}
CHINESE: dict[str, str] = {
    "SC760": "“{text}”不是权重的浮动幅度；请写大于 0% 且不超过 {most} 的比例，例如 25%",
    "SC761": "“{text}”没有说明数值可能偏差多少；写 5% 表示全部指标，csat=3% 表示某一个指标，csat=0.2 按该指标自己的单位",
    "SC762": "“{name}”的值不是测得的数，谈不上偏差",
    "SC763": "{period} 没有任何对象有得分，因此没有结论可供检验",
    "SC763.entity": "该对象在 {period} 没有得分，因此没有结论可供检验；原因请看 scorecard explain",
}
