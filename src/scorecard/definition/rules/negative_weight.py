"""Weights below zero."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.rules.placed import constants, issue, weighed, written
from scorecard.model.definition import Scorecard
from scorecard.model.issue import Issue


def find(scorecard: Scorecard) -> Iterator[Issue]:
    """SC415: a negative weight would push the score off the scale."""
    for node, weight, ways in weighed(scorecard):
        for value in constants(weight):
            if value < 0:
                yield issue(scorecard, "SC415", *ways, name=node.id, value=written(value))
                break
