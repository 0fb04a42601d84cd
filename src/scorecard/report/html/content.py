"""Everything that a page tells of an evaluation, as plain data: what is said once, and a sheet for each period."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.gates import judge
from scorecard.expression.values import Coded
from scorecard.language.catalogue import sentence
from scorecard.language.word_lists.html import ENGLISH as PAGE_WORDS
from scorecard.language.words import LANGUAGES as WORDS
from scorecard.language.words import say
from scorecard.model.definition import Item, Metric, Scorecard
from scorecard.model.issue import Issue
from scorecard.model.period import Period
from scorecard.report import figures
from scorecard.report.charts.shade import shades
from scorecard.report.data_lines import data_lines
from scorecard.report.heading import gate_lines
from scorecard.report.html.changes import changed, trends
from scorecard.report.html.charts import specs
from scorecard.report.html.entities import Entities, tree
from scorecard.report.html.followed import followed, taken
from scorecard.report.html.overview import Overview
from scorecard.report.html.recommended import recommended
from scorecard.report.labels import attribute_of, node_of, period_of, title_of
from scorecard.report.portfolio import portfolio
from scorecard.scoring.score import PeriodScores

_SAID = (
    "explain.no_score",
    "list.comma",
    "list.pause",
    "explain.coverage",
    "lost.total",
    "lost.total_of_best",
    "lost.none",
    "lost.unknown",
    "since.heading",
    "since.others",
    "chart.others",
)
"""words of other reports that the page says too"""


def content(evaluation: Evaluation, language: str) -> dict[str, Any]:
    """What the page's script reads, and what its template puts into the page."""
    scorecard, bands = evaluation.scorecard, shades(evaluation.scorecard, language)
    sample = figures.fixed(1234.5, 1, language)
    entries, wrong = taken(evaluation)
    words = {key: WORDS.get(language, WORDS["en"])[key] for key in (*PAGE_WORDS, *_SAID)}
    return {
        "language": language,
        "title": title_of(scorecard, language),
        "id": scorecard.id,
        "key": list(scorecard.entity.key),
        "attributes": [{"id": name, "title": attribute_of(scorecard, name, language)} for name in scorecard.entity.attributes],
        "names": _names(evaluation),
        "scale": _scale(scorecard, language),
        "bands": [
            {"id": one.id, "title": one.title, "color": one.color, "letters": one.letters, "placed": one.start is not None} for one in bands
        ],
        "nodes": _nodes(scorecard, language),
        "words": words,
        "separators": [sample[1], sample[-2]],
        "sheets": [
            {**_sheet(evaluation, period, scores, language), "followed": followed(evaluation, scores, entries, language)}
            for period, scores in evaluation.periods
        ],
        "about": _about(evaluation, wrong, language),
    }


def _sheet(evaluation: Evaluation, period: Period, scores: PeriodScores, language: str) -> dict[str, Any]:
    all_together = portfolio(evaluation, period, scores)
    entities = Entities(evaluation, period, scores, language)
    overview = Overview(all_together, language).told()
    return {
        "period": period_of(period, language),
        "overview": overview,
        "charts": specs(evaluation.scorecard, overview["charts"], overview["marks"], language),
        "entities": entities.packed(),
        "trend": trends(all_together, entities.nodes),
        "change": changed(all_together, entities.places, language),
        "advice": recommended(evaluation, period, scores, language),
    }


def _names(evaluation: Evaluation) -> list[int | None]:
    """For each part of the key the place of the attribute that names it: `customer` or `customer_name` of `customer_id`.

    Of a key of one part also the first attribute of texts of which no two entities have the same.
    """
    entity = evaluation.scorecard.entity
    attributes = entity.attributes
    found: list[int | None] = []
    for part in entity.key:
        base = part.removesuffix("_id")
        named = (name for name in (base, f"{base}_name", "name") if name in attributes and name != part)
        found.append(next((attributes.index(name) for name in named), None))
    return [_telling(evaluation)] if found == [None] else found


def _telling(evaluation: Evaluation) -> int | None:
    _, scores = list(evaluation.periods)[-1]
    for place, name in enumerate(evaluation.scorecard.entity.attributes):
        column = scores.table.columns[f"entity.{name}"]
        if isinstance(column, Coded) and 1 < len(scores) == len(np.unique(column.codes[column.codes >= 0])):
            return place
    return None


def _scale(scorecard: Scorecard, language: str) -> dict[str, Any]:
    scale = scorecard.scale
    best = (
        None
        if scale.best is None
        else figures.fixed(scale.best, 0 if float(scale.best).is_integer() else figures.decimals_of(scorecard.total, scale), language)
    )
    return {"low": scale.low, "high": scale.high, "best": scale.best, "full": best, "lower": scale.lower_is_better}


def _nodes(scorecard: Scorecard, language: str) -> list[dict[str, Any]]:
    nodes = dict(tree(scorecard, scorecard.total))
    places = {id: place for place, id in enumerate(nodes)}
    return [_node(scorecard, id, node, places, language) for id, node in nodes.items()]


def _node(scorecard: Scorecard, id: str, node: Item, places: dict[str, int], language: str) -> dict[str, Any]:
    parent = None if node.parent is None or id == "total" else places[node.parent]
    found: dict[str, Any] = {
        "id": id,
        "name": node_of(scorecard, id, language),
        "parent": parent,
        "metric": isinstance(node, Metric),
        "decimals": figures.decimals_of(node, scorecard.scale),
    }
    objective = figures.clean(node.objective.into(language))
    due = node.due.isoformat() if isinstance(node, Metric) and node.due else None
    how = None if isinstance(node, Metric) else say(f"aggregation.{node.aggregation.kind}", language)
    more = {"owner": node.owner and figures.clean(node.owner), "due": due, "objective": objective, "how": how}
    return found | {key: text for key, text in more.items() if text}


def _about(evaluation: Evaluation, wrong: Sequence[Issue], language: str) -> dict[str, Any]:
    """What is told once at the end: gates, notes, what became of the data, what reproduces the evaluation."""
    made = evaluation.provenance
    return {
        "gates": [{"passed": passed, "line": line} for passed, line in gate_lines(judge(evaluation), language)],
        "notes": [
            {"code": note.code, "line": figures.clean(sentence(note.code, note.values, language))} for note in (*evaluation.notes, *wrong)
        ],
        "data": [{"source": source, "line": line} for source, line in data_lines(evaluation, language)],
        "made": [
            {"name": say(f"html.made.{name}", language), "text": text}
            for name, text in (
                ("scorecard", made.scorecard),
                ("digest", made.digest),
                ("version", made.version),
                ("engine", made.engine),
                ("as_of", made.as_of),
                ("made_at", made.made_at),
            )
            if text
        ]
        + [{"name": source, "text": fingerprint} for source, fingerprint in made.sources.items()],
    }
