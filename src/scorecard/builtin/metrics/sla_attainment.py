"""Attainment of agreed times."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scorecard.builtin.actions import service
from scorecard.builtin.metrics.wording import a_column, column, number, options
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text

WAYS = ("met", "hours", "within")


def formula(params: Mapping[str, Any]) -> str:
    """The share in time; what is open counts once it is late."""
    if "met" in params:
        return f"share({column(params['met'])})"
    opened, closed = column(params.get("opened", "opened_at")), column(params.get("closed", "closed_at"))
    agreed = column(params["within"]) if "within" in params else number(params["hours"])
    ended = f"not is_null({closed}) and coalesce({closed}, {opened}) >= {opened}"
    decided = f"{ended} or is_null({closed}) and hours_between({opened}, window.end) > {agreed}"
    return f"share(hours_between({opened}, coalesce({closed}, window.end)) <= {agreed}, where={decided})"


def check(params: Mapping[str, Any]) -> Iterator[str]:
    """Exactly one way to say what was agreed."""
    given = [way for way in WAYS if way in params]
    if len(given) != 1:
        yield Phrase("give exactly one of {names}", names=", ".join(WAYS))
    for name in ("opened", "closed"):
        if "met" in params and name in params:
            yield Phrase("met says already whether the time was kept; {name} is not read", name=name)


TYPE = MetricType(
    id="sla_attainment",
    title=Text({"en": "SLA attainment", "zh": "服务达标率"}),
    params=options(
        hours={"type": "number", "exclusiveMinimum": 0, "title": "hours", "description": "The agreed time for every record, in hours."},
        within=a_column("within", "The column with the agreed time of each record, in hours."),
        met=a_column("met", "The column that says whether the time was kept: yes or no."),
        opened=a_column("opened", "The column with the beginning; opened_at unless given."),
        closed=a_column("closed", "The column with the end; closed_at unless given."),
    ),
    doc="""Which share of requests was answered, solved or delivered within the agreed time.

Those in time over all that are decided. A request without an end counts as late once the agreed time was over before the
window's end, and does not count while there is still time, nor where it ends before it begins. Time is clock time; nights and
holidays count.

It needs a record per request, with `opened` and `closed` and the agreed hours, or a column `met`. Without a decided
request there is no value.

Not where the clock stops at night: count the working hours in a column, and compare that in a measure.""",
    formula=formula,
    check=check,
    unit=Phrase("percent"),
    actions=(service.SECOND_PAIR_OF_HANDS, service.TRIAGE),
)
