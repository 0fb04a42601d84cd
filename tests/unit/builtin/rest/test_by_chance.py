"""Whatever happens to whichever request, as long as it passes: all records, each once."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorecard.standin import FAULTS, StandIn

WAYS = (
    {"by": "page"},
    {"by": "offset"},
    {"by": "cursor", "param": "after", "cursor": "paging.next.after"},
    {"by": "link", "next": "next"},
    {"by": "link"},
)
KNOWN = ({}, {"id": "id"}, {"total": "data.total"}, {"id": "id", "total": "data.total"})


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    count=st.integers(0, 9),
    size=st.integers(1, 4),
    paging=st.sampled_from(WAYS),
    known=st.sampled_from(KNOWN),
    faults=st.dictionaries(st.integers(1, 20), st.sampled_from(sorted(FAULTS)), max_size=6),
)
def test_nothing_is_lost_or_counted_twice(book, ids, count, size, paging, known, faults):
    with StandIn(book(count, size), {number: FAULTS[name] for number, name in faults.items()}) as api:
        found = ids(api, records="data.items", paging=paging, retry={"attempts": 7}, **known)
    assert found == [str(number) for number in range(1, count + 1)]
