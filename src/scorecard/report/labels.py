"""How nodes, bands, rules, exemptions, segments and periods are called in a language: by title, else by id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorecard.language.words import say
from scorecard.model.definition import Band, Scorecard
from scorecard.model.period import ALL_TIME, Period
from scorecard.model.text import Text
from scorecard.report.figures import clean
from scorecard.report.figures import value as shown
from scorecard.report.rows import Cost

INSUFFICIENT = "insufficient"
"""the band of a total of which too little was measured; no definition may use the name"""


def title_of(scorecard: Scorecard, language: str) -> str:
    return clean(scorecard.title.into(language)) or scorecard.id


def node_of(scorecard: Scorecard, id: str, language: str) -> str:
    """The title of a node, else its id; the total without a title is the score."""
    title = clean(scorecard.node(id).title.into(language))
    return title or (say("explain.total", language) if id == "total" else id)


def band_of(scorecard: Scorecard, id: str | None, language: str) -> str:
    """The title of a band, else its id."""
    if id is None:
        return ""
    if id == INSUFFICIENT:
        return say("footer.insufficient", language)
    found = band_named(scorecard, id)
    return (clean(found.title.into(language)) if found else "") or id


def rule_of(scorecard: Scorecard, id: str, language: str) -> str:
    """The title of a rule, else its id."""
    return _named(scorecard.rules[id].title, id, language)


def segment_of(scorecard: Scorecard, id: str, language: str) -> str:
    """The title of a segment, else its id."""
    return _named(scorecard.segments[id].title, id, language)


def attribute_of(scorecard: Scorecard, id: str, language: str) -> str:
    """The title of an attribute, else its id; a part of the key has no title."""
    called = scorecard.entity.called.get(id)
    return id if called is None else _named(called.title, id, language)


def fact_of(scorecard: Scorecard, attribute: str, fact: Any, language: str) -> str:
    """What a value of an attribute is called, else the value; nothing where there is none."""
    called = scorecard.entity.called.get(attribute)
    word = called.values.get(as_written(fact)) if called is not None and called.values and fact is not None else None
    return clean(word.into(language)) if word else shown(fact, language=language)


def facts_of(scorecard: Scorecard, attributes: Mapping[str, Any], language: str) -> list[tuple[str, str]]:
    """The attributes that have a value: what each and its value are called."""
    known = ((name, fact) for name, fact in attributes.items() if fact is not None)
    return [(attribute_of(scorecard, name, language), fact_of(scorecard, name, fact, language)) for name, fact in known]


def as_written(fact: object) -> str:
    """A value of an attribute as it is written in a definition or on a command line."""
    if isinstance(fact, bool):
        return str(fact).lower()
    return str(int(fact)) if isinstance(fact, float) and fact.is_integer() else str(fact)


def in_a_sentence(title: Text, id: str, language: str) -> str:
    """A title in quotation marks, so that its words stay apart from those around it; else the id."""
    name = _named(title, id, language)
    return id if name == id else say("name.quoted", language, name=name)


def _named(title: Text, id: str, language: str) -> str:
    return clean(title.into(language)) or id


def band_named(scorecard: Scorecard, id: str) -> Band | None:
    return next((band for band in scorecard.bands if band.id == id), None)


def best_first(scorecard: Scorecard) -> list[str]:
    """The bands from the best to the worst, then those that only rules give."""
    ends = [band.id for band in scorecard.bands if band.start is not None]
    return [*(ends if scorecard.scale.lower_is_better else ends[::-1]), *(band.id for band in scorecard.bands if band.start is None)]


def goodness(scorecard: Scorecard, id: str | None) -> float | None:
    """How good a band is among those with a start: 0 the worst, 1 the best; None for a band that only rules give."""
    ids = [band.id for band in scorecard.bands if band.start is not None]
    if id not in ids:
        return None
    place = ids.index(id) / (len(ids) - 1) if len(ids) > 1 else 1.0
    return 1.0 - place if scorecard.scale.lower_is_better else place


def cost_of(scorecard: Scorecard, cost: Cost, language: str) -> str:
    if cost.rule is not None:
        return rule_line(scorecard, cost.rule, language)
    return node_of(scorecard, cost.node, language)


def rule_line(scorecard: Scorecard, id: str, language: str) -> str:
    """What a line of points is called that a rule gave or took."""
    return say("ledger.rule", language, rule=in_a_sentence(scorecard.rules[id].title, id, language))


def period_of(period: Period, language: str) -> str:
    return say("heading.all_time", language) if period is ALL_TIME else period.label
