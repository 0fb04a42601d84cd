"""The words of charts."""

from __future__ import annotations

ENGLISH = {
    "chart.scores": "Entities by score",
    "chart.waterfall": "From full marks to the score",
    "chart.waterfall_of_mean": "From full marks to the mean score",
    "chart.trend": "{node} from period to period",
    "chart.trend_of_mean": "{node} from period to period, mean of all",
    "chart.in_unit": "{node} ({unit})",
    "chart.heat": "Scores by part",
    "chart.heat_of_worst": "Scores by part, the worst first",
    "chart.heat_by": "Mean scores by {attribute}",
    "chart.heat_by_segment": "Mean scores by segment",
    "chart.levers": "What would bring the most points",
    "chart.full_marks": "Full marks",
    "chart.others": "{count} others",
    "chart.median": "median {score}",
    "chart.target": "target {target}",
    "chart.count": "{count} ({share})",
    "chart.lever": "{points} for {count} entities",
    "chart.lever.one": "{points} for 1 entity",
    "chart.lever.own": "{points} ({change})",
}
