"""Texts of a definition with the numbers of one entity put in: `{csat.value}`, `{account_manager}`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorecard.evaluation.explain import Explained, Explanation
from scorecard.model.definition import Scorecard
from scorecard.model.text import Text
from scorecard.report import figures
from scorecard.report.labels import band_of, fact_of

NOTHING = "–"
_COLONS = (": ", "：")
NAME = re.compile(r"\{([^{}\s]+)\}")
"""a place in a text; anything else in braces stays as it is written"""


def told(text: Text, scorecard: Scorecard, explanation: Explanation, language: str) -> str:
    """The text in a language, each name replaced by what it is for this entity: with its unit, in its precision.

    A name that has no value is a dash, so that nobody takes it for nothing.
    """
    nodes = {node.id: node for node in _all(explanation.total)}

    def put_in(found: re.Match[str]) -> str:
        name = found[1]
        owner, _, facet = name.rpartition(".")
        if not owner or owner == "entity":
            if facet in explanation.attributes:
                return fact_of(scorecard, facet, explanation.attributes[facet], language) or NOTHING
            return explanation.key.get(facet, found[0])
        return _facet(nodes[owner], facet, scorecard, language) if owner in nodes else found[0]

    return figures.clean(NAME.sub(put_in, text.into(language)))


def general(text: str) -> str:
    """A text for many: what it says of one entity is left out where that stands before a colon, else each name is `…`."""
    head, colon, rest = max((text.rpartition(mark) for mark in _COLONS), key=lambda parts: len(parts[0]))
    told = rest.strip() if colon and NAME.search(head) and rest.strip() and not NAME.search(rest) else text
    return figures.clean(NAME.sub("…", told[:1].upper() + told[1:]))


def _all(node: Explained) -> Iterator[Explained]:
    yield node
    for child in node.children:
        yield from _all(child)


def _facet(node: Explained, facet: str, scorecard: Scorecard, language: str) -> str:
    match facet:
        case "value":
            return figures.value(node.value, node.unit, node.decimals, language) or NOTHING
        case "target" | "worst":
            found = node.target if facet == "target" else node.worst
            ends = found if isinstance(found, tuple) else (found,)
            return "–".join(figures.value(end, node.unit, node.decimals, language) for end in ends) or NOTHING
        case "score" | "raw":
            return NOTHING if node.score is None else figures.score(node.score, node.band, scorecard.node(node.id), scorecard, language)
        case "band":
            return NOTHING if node.band is None else band_of(scorecard, node.band, language)
        case "coverage":
            return figures.share(node.coverage, language) or NOTHING
    return node.state.name.lower().replace("_", " ")
