"""Which keys of a definition a verdict changes, and why some are left alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scorecard.advice.targets.target import Kind, Target, Targets
from scorecard.definition.document import Where
from scorecard.definition.patch.text import Scalar
from scorecard.model.definition import Constant


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """New values by the way to their keys, as they are written; and the targets that are not changed, each with the reason.

    `shape`: it is no plain number. `segments`: the day is everybody's. `several`: more than one segment sets it. `nothing`:
    there is no better proposal. `thresholds`: it would lie on the wrong side of one.
    """

    values: Mapping[Where, Scalar]
    left: tuple[tuple[Target, str], ...]


def changes(targets: Targets) -> Changes:
    """What the verdicts relax, raise and re-time come to."""
    values: dict[Where, Scalar] = {}
    left: list[tuple[Target, str]] = []
    for target in targets.targets:
        if target.verdict.kind in (Kind.KEEP, Kind.UNKNOWN):
            continue
        reason = _later(target, values) if target.verdict.kind is Kind.RETIME else _other(target, values)
        if reason is not None:
            left.append((target, reason))
    return Changes(values=values, left=tuple(left))


def _other(target: Target, values: dict[Where, Scalar]) -> str | None:
    """Another number; the reason where there is none to write."""
    proposal = target.verdict.proposal
    if not isinstance(target.metric.target, Constant):
        return "shape"
    if proposal is None or proposal.number is None:
        return "nothing"
    if not proposal.fits:
        return "thresholds"
    ways = _ways(target)
    if len(ways) != 1:
        return "several"
    number = proposal.number[0]
    values[ways[0]] = f"{number * 100:.12g}%" if target.metric.unit == "percent" else number
    return None


def _ways(target: Target) -> list[Where]:
    """Where the number stands: with the metric, or with each segment that sets it."""
    id = target.metric.id
    if not target.segments:
        return [("metrics", id, "target")]
    return [("segments", segment, "metrics", id, "target") for segment in target.segments]


def _later(target: Target, values: dict[Where, Scalar]) -> str | None:
    """Another day, which is written with the metric for everybody."""
    assert target.verdict.day is not None
    if not isinstance(target.metric.target, Constant):
        return "shape"
    if not target.alone:
        return "segments"
    values["metrics", target.metric.id, "due"] = target.verdict.day.isoformat()
    return None
