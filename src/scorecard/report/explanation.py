"""An explanation as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from scorecard.advice.hindered import Hindered
from scorecard.advice.levers import Lever
from scorecard.advice.since import Since
from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.explain import Exempted, Explained, Explanation
from scorecard.model.period import ALL_TIME
from scorecard.report.digits import one
from scorecard.report.moves import hindered_record, lever_record
from scorecard.report.records import REASONS, STATES
from scorecard.report.since import since_record
from scorecard.scoring.branch import Line


def explanation_text(
    evaluation: Evaluation,
    explanation: Explanation,
    levers: Sequence[Lever] = (),
    language: str = "en",
    hindered: Sequence[Hindered] = (),
    since: Since | None = None,
) -> str:
    """The explanation as an indented JSON document."""
    moved = {"levers": [lever_record(lever) for lever in levers], "hindered": [hindered_record(one) for one in hindered]}
    record = {**explanation_record(evaluation, explanation, language), "since": since_record(since), **moved}
    return json.dumps(record, ensure_ascii=False, indent=2, allow_nan=False)


def explanation_record(evaluation: Evaluation, explanation: Explanation, language: str = "en") -> dict[str, Any]:
    """Key, bounds, rank, the tree of nodes, the ledger and the points lost; numbers at twelve significant digits."""
    return {
        "scorecard": evaluation.scorecard.id,
        "digest": evaluation.provenance.digest,
        "period": None if explanation.period is ALL_TIME else explanation.period.label,
        "key": dict(explanation.key),
        "attributes": {name: _plain(value) for name, value in explanation.attributes.items()},
        "segments": list(explanation.segments),
        "bounds": {"low": one(explanation.low), "high": one(explanation.high), "guaranteed": explanation.guaranteed},
        "rank": one(explanation.rank),
        "ranked": explanation.ranked,
        "total": _node(explanation.total, language),
        "ledger": _lines(explanation.ledger),
        "lost": _lines(explanation.lost),
    }


def _node(node: Explained, language: str) -> dict[str, Any]:
    record: dict[str, Any] = {
        "id": node.id,
        "title": node.title.into(language) or None,
        "score": one(node.score),
        "computed": one(node.computed),
        "band": node.band,
        "state": STATES[node.state],
        "reason": REASONS[node.reason],
        "weight": one(node.weight),
        "share": one(node.share),
        "contribution": one(node.contribution),
        "lost": one(node.lost),
        "filled": one(node.filled),
        "coverage": one(node.coverage),
        "missing": node.missing.policy,
        "rules": [
            {
                "id": rule.id,
                "title": rule.title.into(language) or None,
                "kind": rule.kind,
                "fired": rule.fired.name.lower(),
                "change": one(rule.change),
                "reason": rule.reason.into(language) or None,
            }
            for rule in node.rules
        ],
    }
    if not node.metric:
        group = {"aggregation": node.aggregation, "wanted_coverage": one(node.wanted), "voided_by": list(node.voided_by)}
        return {**record, **group, "children": [_node(child, language) for child in node.children]}
    origin = node.target_origin
    if node.aspects:
        record["aspects"] = {aspect.id: {name: one(number) for name, number in aspect.parts} for aspect in node.aspects}
    return {
        **record,
        "value": _plain(node.value),
        "unit": node.unit,
        "measure": node.measure,
        "inputs": [{"text": text, "value": _plain(value)} for text, value in node.inputs],
        "lacking": list(node.lacking),
        "exemption": _exemption(node.exempted, language),
        "records": node.records,
        "last_record": node.last_record.isoformat() if node.last_record else None,
        "shared_by": None if node.shared_by is None else list(node.shared_by),
        "curve": node.curve,
        "worst": _ends(node.worst),
        "thresholds": {band: one(edge) for band, edge in node.thresholds},
        "target": _ends(node.target),
        "target_origin": None
        if origin is None
        else {"written": origin.written, "segment": origin.segment, "place": str(origin.place) if origin.place else None},
        "disputed": None if node.disputed is None else list(node.disputed),
        "failure": node.failure,
    }


def _exemption(exempted: Exempted | None, language: str) -> dict[str, Any] | None:
    if exempted is None:
        return None
    return {
        "id": exempted.id,
        "title": exempted.title.into(language) or None,
        "gives_value": exempted.gives_value,
        "until": exempted.until.isoformat() if exempted.until else None,
        "reason": exempted.reason.into(language) or None,
        "approved_by": exempted.approved_by,
    }


def _plain(value: Any) -> Any:
    return one(value) if isinstance(value, float) else value


def _ends(ends: float | tuple[float, float] | None) -> Any:
    return [one(end) for end in ends] if isinstance(ends, tuple) else one(ends)


def _lines(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """The lines of a scored entity; without a score there are none."""
    known = ((line, one(float(line.amount[0]))) for line in lines)
    return [{"node": line.node, "kind": line.kind, "rule": line.rule, "points": points} for line, points in known if points is not None]
