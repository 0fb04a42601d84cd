"""The scale and its bands."""

from __future__ import annotations

from scorecard.definition.build.draft import Draft
from scorecard.definition.build.numbers import constant
from scorecard.definition.build.texts import text_in
from scorecard.model.definition import Band, Scale


def scale(draft: Draft) -> Scale:
    """The scale with the direction at the top."""
    written = draft.data.get("scale", (0, 100))
    lower = draft.data.get("direction") == "lower"
    if written == "open":
        return Scale(low=None, high=None, lower_is_better=lower)
    low, high = (float(end) for end in written)
    if low >= high:
        draft.report("SC419", ("scale",), low=written[0], high=written[1])
        return Scale(lower_is_better=lower)
    return Scale(low=low, high=high, lower_is_better=lower)


def bands(draft: Draft) -> tuple[Band, ...]:
    """The bands from the lowest score up, then those that only rules give."""
    found = []
    for id, written in draft.section("bands").items():
        where = ("bands", id)
        if id == "insufficient":
            draft.report("SC207", where, at_key=True, name=id)
        start = constant(written["from"]) if "from" in written else None
        found.append(Band(id=id, start=start, title=text_in(draft, written, "title", where), color=written.get("color")))
    return tuple(sorted(found, key=lambda band: (band.start is None, band.start or 0.0)))
