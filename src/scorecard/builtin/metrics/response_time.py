"""Time to the first response."""

from __future__ import annotations

from scorecard.builtin.actions import service
from scorecard.builtin.metrics.waiting import check, columns_with, params_with
from scorecard.builtin.metrics.wording import a_column
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text

TYPE = MetricType(
    id="response_time",
    title=Text({"en": "Response time", "zh": "响应时长"}),
    params=params_with("responded", a_column("responded", "The column with the first response; responded_at unless given.")),
    doc="""How long customers wait for a first response, in hours.

From `opened` to `responded`: the mean, the median or a percentile, which lies on straight lines between neighbours (type 7
of Hyndman and Fan, The American Statistician 50, 1996). With `calendar`, only working hours count: a request of Friday
evening that is answered on Monday at ten waited one hour where work begins at nine. Holidays stop the clock; `workdays`
are days off that are worked, as around Chinese holidays.

It needs a record per request. One without a response does not count, or with `unfinished: so_far` counts up to the window's
end; one whose response stands before its beginning does not count. Without a response there is no value.

Not by the mean where a few wait very long: the median or a percentile says more of the many. For a promise kept or not,
sla_attainment.""",
    function="scorecard.builtin.metrics.elapsed:response_time",
    columns=columns_with("responded"),
    check=check,
    unit=Phrase("hours"),
    better="lower",
    actions=(service.FIRST_REPLY_ROTA, service.REPLY_TEMPLATES),
)
