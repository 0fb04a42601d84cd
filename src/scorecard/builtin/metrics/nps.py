"""Net promoter score."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorecard.builtin.actions import satisfaction
from scorecard.builtin.metrics.wording import a_column, column, options
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text


def formula(params: Mapping[str, Any]) -> str:
    """Promoters less detractors; no value where an answer is outside of 0 to 10."""
    answer = column(params.get("score", "score"))
    return f"if_else(min({answer}) >= 0 and max({answer}) <= 10, 100 * (share({answer} >= 9) - share({answer} <= 6)), null)"


TYPE = MetricType(
    id="nps",
    title=Text({"en": "Net promoter score", "zh": "净推荐值"}),
    params=options(score=a_column("score", "The column with the answers from 0 to 10; score unless given.")),
    doc="""Whether customers would recommend the company, from -100 to 100.

The percentage of answers of 9 and 10 (promoters) less that of answers from 0 to 6 (detractors): Reichheld, Harvard
Business Review, December 2003.

It needs a record per answer to "How likely are you to recommend us?" on a scale from 0 to 10. Without an answer there is
no value; with an answer outside of the scale neither, since it then was another scale.

Not for a handful of answers: with 10 of them one person moves it by 10 to 20. Give `min_records`.""",
    formula=formula,
    unit=Phrase("points"),
    actions=(satisfaction.CALL_DETRACTORS, satisfaction.WIN_PASSIVES),
)
