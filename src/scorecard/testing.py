"""The kit for plugin authors: whether a plugin keeps its contract, and cases for metric types in YAML.

    def test_the_plugin():
        check_plugin(scorecard_meetings)

    @pytest.mark.parametrize("case", read_cases("tests/cases/contact_gap.yaml"), ids=str)
    def test_contact_gap(case):
        run_case(case)

A file of cases:

    type: nps
    time: answered_on               # where the type reads periods: the records' time
    period: 2026-Q1
    cases:
      - {records: [{score: 9}, {score: 3}], expect: 0}
      - {params: {score: q}, records: [{entity: A, q: 9}], expect: {A: 100, B: null}}
      - {params: {score: 3}, refuses: text}

`expect` is the value of all records together, or the value of each entity where the records have a column `entity`;
null = no value. `aspects` is what is told beside the value of all records together: `aspects: {questions: {q1: 75}}`.
`refuses` is a part of the sentence with which the params are refused. `metrics` are other metrics of the same records that
the type reads. Every key but `cases` may stand at the top, for all of them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorecard.app import evaluate, registry
from scorecard.definition.check import Outcome, check_text
from scorecard.definition.layers import load
from scorecard.errors import PluginError, ScorecardError
from scorecard.expression.parse import parse
from scorecard.hooks.contracts import Later, MetricType
from scorecard.hooks.discover import look_into
from scorecard.hooks.registry import Plugin, Registry, imported, resolve
from scorecard.language.catalogue import sentence
from scorecard.model.issue import Issue, Level

if TYPE_CHECKING:
    from scorecard.engine.backend import Engine
    from scorecard.evaluation.evaluation import Evaluation

KEYS = frozenset(
    {"name", "type", "params", "records", "time", "period", "every", "timezone", "window", "metrics", "expect", "aspects", "refuses"}
)
SUBJECT = "subject"
ALONE = "1"
"""the entity of records that name none"""
TOLERANCE = 1e-9
_CALENDARS = {"Q": "quarter", "H": "half", "W": "week"}


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a metric type: what is written, and where."""

    file: str
    number: int
    written: Mapping[str, Any]

    def __str__(self) -> str:
        return str(self.written.get("name", f"{Path(self.file).stem}-{self.number}"))


def check_plugin(module: object) -> None:
    """Fails with everything that is wrong with a plugin: its hooks, its records, and what they refer to."""
    plugin = Plugin(name=getattr(module, "__name__", type(module).__name__), version="0", origin="here")
    offered, issues = look_into(module, plugin)
    wrong = [_said(issue) for issue in issues]
    for hook, records in offered.items():
        for each in records:
            try:
                record = imported(each, hook, plugin) if isinstance(each, Later) else each
            except PluginError as error:
                wrong += [_said(issue) for issue in error.issues]
                continue
            wrong += [f"{type(record).__name__} '{record.id}': {problem}" for problem in _unfinished(record)]
    assert not wrong, "\n".join(wrong)


def read_cases(path: str | Path) -> list[Case]:
    """The cases of a file. ValueError where the file is none."""
    document, issues = load(str(path))
    if document is None or issues:
        raise ValueError("\n".join(f"{issue.place}: {_said(issue)}" for issue in issues))
    shared = {key: value for key, value in document.data.items() if key != "cases"}
    cases = [Case(str(path), at, {**shared, **case}) for at, case in enumerate(document.data.get("cases", ()), start=1)]
    if not cases:
        raise ValueError(f"{path} has no cases")
    for case in cases:
        if unknown := case.written.keys() - KEYS:
            raise ValueError(f"{path}, case {case.number}: unknown key {sorted(unknown)[0]}; keys are {', '.join(sorted(KEYS))}")
        if ("expect" in case.written) == ("refuses" in case.written) or "type" not in case.written:
            raise ValueError(f"{path}, case {case.number}: give a type, and either expect or refuses")
    return cases


def run_case(case: Case, plugins: Registry | None = None, engine: Engine | None = None) -> None:
    """Evaluates a case as a scorecard is evaluated. AssertionError where it gives something else."""
    plugins = plugins or registry()
    outcome = check_text(_definition(case), case.file, plugins)
    errors = [issue for issue in outcome.issues if issue.level is Level.ERROR]
    if "refuses" in case.written:
        said = [_said(issue) for issue in errors]
        assert any(case.written["refuses"] in text for text in said), f"{case}: not refused: {said}"
        return
    assert not errors, f"{case}: {[_said(issue) for issue in errors]}"
    expected = case.written["expect"]
    expected = expected if isinstance(expected, Mapping) else {ALONE: expected}
    evaluation = _evaluated(case, outcome, plugins, engine)
    found = _values(evaluation)
    for entity, value in expected.items():
        assert _same(found.get(str(entity)), value), f"{case}: {entity} is {found.get(str(entity))}, not {value}"
    told = _told(evaluation)
    for aspect, parts in case.written.get("aspects", {}).items():
        for part, value in parts.items():
            assert _same(told.get((aspect, part)), value), f"{case}: {part} of {aspect} is {told.get((aspect, part))}, not {value}"


def run_cases(path: str | Path, plugins: Registry | None = None) -> None:
    """Evaluates all cases of a file. AssertionError with all that give something else."""
    plugins = plugins or registry()
    wrong = []
    for case in read_cases(path):
        try:
            run_case(case, plugins)
        except AssertionError as error:
            wrong.append(str(error))
    assert not wrong, "\n".join(wrong)


def _unfinished(record: Any) -> Iterator[str]:
    """What the contract does not ask of a record, and a reader does."""
    if not record.title.by_language.keys() & {"", "en"}:
        yield "its title is missing in English"
    for name, schema in record.params.get("properties", {}).items():
        if isinstance(schema, Mapping) and "$ref" not in schema and not schema.get("description"):
            yield f"the param '{name}' has no description"
    for field in ("function", "open", "write"):
        reference = getattr(record, field, None)
        if isinstance(reference, str):
            try:
                resolve(reference)
            except (ImportError, AttributeError) as error:
                yield f"{field} '{reference}' leads nowhere: {error}"
    if isinstance(record, MetricType) and record.formula is not None and _takes_nothing(record):
        text = record.formula({})
        if not isinstance(text, str) or parse(text, None)[0] is None:
            yield f"without params its formula is none: {text}"


def _takes_nothing(record: MetricType) -> bool:
    """Whether a metric type can be written without params."""
    return not record.params.get("required") and not (record.check is not None and list(record.check({})))


def _definition(case: Case) -> str:
    """The scorecard of a case, as JSON, which is YAML."""
    written = case.written
    records = [{"entity": ALONE, **record} for record in written.get("records") or [{}]]
    expected = written.get("expect")
    named = {str(record["entity"]) for record in records} | (set(map(str, expected)) if isinstance(expected, Mapping) else set())
    source: dict[str, Any] = {"type": "inline", "rows": records}
    metric = {"type": written["type"], "params": written.get("params", {}), "worst": 0, "target": 1}
    definition: dict[str, Any] = {
        "entity": {"key": ["entity"], "roster": "roster"},
        "sources": {"roster": {"type": "inline", "rows": [{"entity": entity} for entity in sorted(named)]}, "records": source},
        "metrics": {SUBJECT: metric},
    }
    for id, other in written.get("metrics", {}).items():
        definition["metrics"][id] = {"source": "records", "weight": 0, **other}
    metric["source"] = "records"
    if "time" in written:
        source["time"] = written["time"]
    if "window" in written:
        metric["window"] = written["window"]
    if "period" in written:
        definition["period"] = {"every": written.get("every", _every(written["period"]))}
        if "timezone" in written:
            definition["period"]["timezone"] = written["timezone"]
    return json.dumps(definition, ensure_ascii=False)


def _every(period: object) -> str:
    """What a label is one of: 2026-Q1 of quarters, 2026-03 of months, 2026 of years."""
    _, _, part = str(period).partition("-")
    return _CALENDARS.get(part[:1], "month" if part else "year")


def _evaluated(case: Case, outcome: Outcome, plugins: Registry, engine: Engine | None) -> Evaluation:
    assert outcome.scorecard is not None
    period = case.written.get("period")
    try:
        evaluation = evaluate(outcome.scorecard, period=str(period) if period is not None else None, plugins=plugins, engine=engine)
    except ScorecardError as error:
        raise AssertionError(f"{case}: {[_said(issue) for issue in error.issues]}") from error
    assert not evaluation.failures, f"{case}: {evaluation.failures[SUBJECT]}"
    return evaluation


def _values(evaluation: Evaluation) -> dict[str, Any]:
    rows = evaluation.metrics.query("metric == @SUBJECT")
    labels = rows["text"] if "text" in rows else rows["value"]
    return {
        str(entity): label if isinstance(label, str) else value
        for entity, value, label in zip(rows["entity"], rows["value"], labels, strict=True)
    }


def _told(evaluation: Evaluation) -> dict[tuple[str, str], Any]:
    """What is told beside the value of all records together, by aspect and part."""
    rows = evaluation.aspects.query("metric == @SUBJECT and entity == @ALONE")
    return {(aspect, part): value for aspect, part, value in zip(rows["aspect"], rows["part"], rows["value"], strict=True)}


def _same(found: Any, expected: Any) -> bool:
    nothing = found is None or (isinstance(found, float) and math.isnan(found))
    if expected is None or nothing or isinstance(expected, str):
        return nothing if expected is None else found == expected
    return math.isclose(found, expected, rel_tol=TOLERANCE, abs_tol=TOLERANCE)


def _said(issue: Issue) -> str:
    return sentence(issue.code, issue.values)
