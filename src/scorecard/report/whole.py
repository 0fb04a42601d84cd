"""What is said once about an evaluation: which scorecard, what reproduces it, its bands, notes and gates."""

from __future__ import annotations

from typing import Any

from scorecard.engine.quality import Quality
from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.gates import Judged, judge
from scorecard.language.catalogue import sentence
from scorecard.model.definition import Band, Scorecard
from scorecard.model.issue import Issue
from scorecard.model.period import ALL_TIME
from scorecard.report.digits import one

SCHEMA = "scorecard-evaluation/1"


def head(evaluation: Evaluation, language: str) -> dict[str, Any]:
    """Everything of the JSON form that stands before its entities."""
    scorecard, made = evaluation.scorecard, evaluation.provenance
    return {
        "schema": SCHEMA,
        "scorecard": {
            "id": scorecard.id,
            "title": scorecard.title.into(language) or None,
            "key": list(scorecard.entity.key),
            "attributes": list(scorecard.entity.attributes),
            "scale": _scale(scorecard),
        },
        "periods": [None if period is ALL_TIME else period.label for period, _ in evaluation.periods],
        "provenance": {
            "digest": made.digest,
            "version": made.version,
            "engine": made.engine,
            "sources": dict(made.sources),
            "plugins": dict(made.plugins),
            "as_of": made.as_of,
            "made_at": made.made_at,
            "data_until": evaluation.data_until.isoformat() if evaluation.data_until else None,
        },
        "bands": [_band(band, language) for band in scorecard.bands],
        "sources": [_source(one, language) for one in evaluation.quality],
        "notes": [note_record(note, language) for note in evaluation.notes],
        "gates": [_gate(judged) for judged in judge(evaluation)],
    }


def _band(band: Band, language: str) -> dict[str, Any]:
    return {"id": band.id, "from": one(band.start), "title": band.title.into(language) or None, "color": band.color}


def _scale(scorecard: Scorecard) -> dict[str, Any]:
    scale = scorecard.scale
    return {"low": one(scale.low), "high": one(scale.high), "direction": "lower" if scale.lower_is_better else "higher"}


def note_record(note: Issue, language: str) -> dict[str, Any]:
    place = note.place
    return {
        "code": note.code,
        "level": note.level.value,
        "message": sentence(note.code, note.values, language),
        "place": str(place) if place else None,
    }


def _source(quality: Quality, language: str) -> dict[str, Any]:
    return {
        "id": quality.source,
        "origin": quality.origin,
        "rows": quality.rows,
        "records": quality.records,
        "used": quality.used,
        "left_out": dict(quality.left_out),
        "first": quality.first.isoformat() if quality.first else None,
        "last": quality.last.isoformat() if quality.last else None,
        "nulls": {name: one(share) for name, share in quality.nulls.items()},
        "duplicates": quality.duplicates,
        "remarks": [note_record(remark, language) for remark in quality.remarks],
    }


def _gate(judged: Judged) -> dict[str, Any]:
    return {
        "id": judged.gate.id,
        "period": None if judged.period is ALL_TIME else judged.period.label,
        "passed": judged.passed,
        "holds": judged.holds,
        "fails": judged.fails,
        "unknown": judged.unknown,
        "failing": list(judged.failing),
        "unjudged": list(judged.unjudged),
    }
