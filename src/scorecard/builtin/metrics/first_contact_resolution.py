"""Resolution at first contact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scorecard.builtin.actions import service
from scorecard.builtin.metrics.wording import a_column, column, options
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text


def formula(params: Mapping[str, Any]) -> str:
    """The share of closed requests that took one contact."""
    if "solved" in params:
        return f"share({column(params['solved'])})"
    closed = f"not is_null({column(params.get('closed', 'closed_at'))})"
    return f"share({column(params.get('contacts', 'contacts'))} <= 1, where={closed})"


def check(params: Mapping[str, Any]) -> Iterator[str]:
    """Contacts that are counted, or a column that says yes or no."""
    for name in ("contacts", "closed"):
        if "solved" in params and name in params:
            yield Phrase("solved says already what was solved at once; {name} is not read", name=name)


TYPE = MetricType(
    id="first_contact_resolution",
    title=Text({"en": "First contact resolution", "zh": "一次解决率"}),
    params=options(
        contacts=a_column("contacts", "The column with the number of contacts it took; contacts unless given."),
        closed=a_column("closed", "The column with the end of a request; closed_at unless given."),
        solved=a_column("solved", "Instead: the column that says whether it was solved at first contact, yes or no."),
    ),
    doc="""Which share of requests was solved at the first contact.

Closed after one contact / closed; with `solved`, the share of yes (Feinberg et al., International
Journal of Service Industry Management 11, 2000, where it is what satisfies callers most).

It needs a record per request with the number of contacts it took. An open request does not count, nor one whose contacts
are not known. Where none is closed there is no value.

Not where customers who give up are closed too: leave those out by `where`.""",
    formula=formula,
    check=check,
    unit=Phrase("percent"),
    actions=(service.ROUTE_TO_SKILL, service.TRAIN_TOP_FIVE),
)
