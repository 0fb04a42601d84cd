"""Time to the end of a request."""

from __future__ import annotations

from scorecard.builtin.actions import service
from scorecard.builtin.metrics.waiting import check, columns_with, params_with
from scorecard.builtin.metrics.wording import a_column
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text

TYPE = MetricType(
    id="resolution_time",
    title=Text({"en": "Resolution time", "zh": "解决时长"}),
    params=params_with("closed", a_column("closed", "The column with the end; closed_at unless given.")),
    doc="""How long it takes to solve what customers ask for, in hours.

From `opened` to `closed`: the mean (the mean time to restore service of ITIL 4), the median or a percentile, which lies on
straight lines between neighbours (type 7 of Hyndman and Fan, The American Statistician 50, 1996). With `calendar`, only
working hours count; holidays stop the clock, and `workdays` are days off that are worked.

It needs a record per request. An open one does not count, or with `unfinished: so_far` counts up to the window's end; one
that ends before it begins does not count. Without a closed request there is no value.

Not alone: what is never closed never gets into it with `unfinished: skip`. Set complaint_closure_rate or sla_attainment
beside it.""",
    function="scorecard.builtin.metrics.elapsed:resolution_time",
    columns=columns_with("closed"),
    check=check,
    unit=Phrase("hours"),
    better="lower",
    actions=(service.SWARM_THE_OLDEST, service.KNOWN_ANSWERS),
)
