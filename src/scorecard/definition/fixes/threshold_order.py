"""Thresholds in the wrong order trade places, so that they run from worst to target."""

from __future__ import annotations

from scorecard.definition.document import Document
from scorecard.definition.fixes.fix import Fix, between, way_to
from scorecard.definition.patch.text import found, with_value
from scorecard.definition.scalars import number_of
from scorecard.model.issue import Issue

CODE = "SC408"


def fix(issue: Issue, document: Document) -> Fix | None:
    """The numbers of the thresholds sorted; None where worst or target do not say which way, or not all are numbers of this mapping."""
    line, where = issue.values.get("line"), way_to(document, issue.place)
    if not isinstance(line, list) or line[0] != "worst" or line[-1] != "target" or where is None:
        return None
    bands, parent = line[1:-1], where[:-1]
    mapping, spots = found(document.data, parent), document.root.at(parent).children or {}
    numbers = {band: number_of(mapping.get(band)) for band in bands} if isinstance(mapping, dict) else {}
    if parent[-1:] != ("thresholds",) or not numbers or None in numbers.values():
        return None
    order = sorted(bands, key=lambda band: numbers[band] or 0, reverse=not issue.values.get("rises"))
    written = {band: (spots[band].event.start_mark.index, spots[band].event.end_mark.index) for band in bands}
    moved = {band: other for band, other in zip(bands, order, strict=True) if band != other}
    return (
        Fix(
            issue=issue,
            words="fix.threshold_order",
            values={
                "name": issue.values["name"],
                "order": ", ".join(f"{band} {mapping[other]}" for band, other in zip(bands, order, strict=True)),
            },
            replacements=tuple(between(document, *written[band], document.text[slice(*written[other])]) for band, other in moved.items()),
            data=with_value(document.data, parent, {**mapping, **{band: mapping[other] for band, other in moved.items()}}),
        )
        if moved
        else None
    )
