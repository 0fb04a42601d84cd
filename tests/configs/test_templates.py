"""The templates of `scorecard init`: complete, in both languages, and alive on the records they bring."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

import scorecard
from scorecard.cli.init import SCHEMA, SUFFIX, TEMPLATES
from scorecard.definition.read import read_text
from scorecard.describe import render
from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.gates import judge
from scorecard.report.markdown import write as in_markdown

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "src" / "scorecard" / "cli" / "templates"
FILES = sorted(FOLDER.rglob(f"*{SUFFIX}"))
COMPLETE = [path for path in FILES if path.parent.name != "demo"]
CHINESE = re.compile(r"[\u4e00-\u9fff]")

every_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.name.removesuffix(SUFFIX))


@pytest.fixture
def evaluation(path: Path, engine: str) -> Evaluation:
    return scorecard.evaluate(path, engine=engine)  # type: ignore[arg-type]


READ = {
    "bands": ("title",),
    "groups": ("title", "objective"),
    "metrics": ("title", "objective"),
    "segments": ("title",),
    "rules": ("reason",),
    "exemptions": ("reason",),
    "gates": ("title",),
}
"""what people read of each entry of a collection"""


def texts(data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Everything a reader sees, with what it is of."""
    yield from ((key, data.get(key)) for key in ("title", "description"))
    for collection, keys in READ.items():
        for id, entry in data.get(collection, {}).items():
            yield from ((f"{collection}.{id}.{key}", entry.get(key)) for key in keys)


def test_every_template_is_listed_and_every_listed_one_is_there() -> None:
    assert {path.parent.name for path in FILES} == set(TEMPLATES)
    assert all((FOLDER / name / f"{name}{SUFFIX}").is_file() for name in TEMPLATES)


@every_file
def test_nothing_is_wrong_with_it(path: Path) -> None:
    assert [render(issue, "en") for issue in scorecard.check(path).issues] == []


@every_file
def test_a_reader_of_either_language_understands_it(path: Path) -> None:
    document, _ = read_text(path.read_text("utf-8"), path.name)
    assert document is not None
    for name, text in texts(document.data):
        assert isinstance(text, dict), name
        assert text.keys() == {"en", "zh"}, name
        assert CHINESE.search(text["zh"]), name
        assert not CHINESE.search(text["en"]), name


@every_file
def test_a_report_can_be_handed_over(path: Path, evaluation: Evaluation) -> None:
    title = scorecard.load(path).title.into("zh")
    assert title in b"".join(in_markdown(evaluation, {"language": "zh"})).decode()


@every_file
def test_every_metric_has_an_owner_a_due_day_and_an_objective(path: Path) -> None:
    for metric in scorecard.load(path).metrics.values():
        assert metric.owner, metric.id
        assert metric.due is not None, metric.id
        assert metric.objective, metric.id


@every_file
def test_it_says_how_to_run_it_and_which_schema_it_follows(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    assert lines[0] == f"# yaml-language-server: $schema={SCHEMA}"
    assert f"#   scorecard run {path.name}" in lines
    assert max(len(line) for line in lines) <= 140


@every_file
def test_it_runs_and_tells_good_from_bad(path: Path, evaluation: Evaluation) -> None:
    scores, metrics = evaluation.scores, evaluation.metrics
    assert evaluation.notes == ()
    assert all(judged.passed for judged in judge(evaluation))
    assert not (metrics["state"] == "failed").any()
    counts = scores["band"].value_counts()
    best = list(evaluation.scorecard.bands)[-1].id
    assert len(counts) >= (3 if path in COMPLETE else 2)
    assert counts.max() < len(scores)
    assert counts.get(best, 0) <= 0.6 * len(scores)
    measured = metrics[metrics["state"] == "measured"].groupby("metric").size()
    assert (measured.reindex(evaluation.scorecard.metrics.keys(), fill_value=0) >= 0.5 * len(scores)).all()


@every_file
def test_everybody_can_be_explained_and_the_parts_add_up(path: Path) -> None:
    evaluation = scorecard.evaluate(path)
    keys = list(evaluation.scorecard.entity.key)
    for _, row in evaluation.scores.iterrows():
        explanation = evaluation.explain(**{key: row[key] for key in keys})
        assert sum(line.amount for line in explanation.ledger) == pytest.approx(row["score"], abs=1e-9)


@pytest.mark.parametrize("path", COMPLETE, ids=lambda path: path.name.removesuffix(SUFFIX))
def test_a_year_can_be_followed(path: Path) -> None:
    latest = scorecard.evaluate(path).scores["period"].iloc[0]
    year = int(latest[:4]) - 1
    first = f"{year}{latest[4:]}"
    scores = scorecard.evaluate(path, period=f"{first}..{latest}").scores
    assert scores["period"].nunique() == (5 if "Q" in latest else 13)
    assert scores["score"].notna().mean() > 0.9


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name != "demo"])
def test_it_shows_what_a_scorecard_can_do(name: str) -> None:
    text = (FOLDER / name / f"{name}{SUFFIX}").read_text("utf-8")
    definition = scorecard.load(FOLDER / name / f"{name}{SUFFIX}")
    assert definition.groups
    assert definition.segments
    assert definition.rules
    assert definition.gates
    assert any(mark in text for mark in ("previous(", "year_ago("))
    assert "peer_" in text
    assert re.search(r"target: \{\d{4}-\d{2}-\d{2}: ", text)
    assert sum(line.lstrip().startswith("#") for line in text.splitlines()) >= 12


def test_a_rule_fires_somewhere() -> None:
    fired: dict[str, Any] = {}
    for path in COMPLETE:
        evaluation = scorecard.evaluate(path)
        rules = evaluation.scorecard.rules
        if rules:
            fired[path.name] = [
                line.rule
                for _, row in evaluation.scores.iterrows()
                for line in evaluation.explain(**{key: row[key] for key in evaluation.scorecard.entity.key}).ledger
                if line.rule in rules
            ]
    assert [name for name, lines in fired.items() if not lines] == []


def test_the_service_desk_gives_what_it_gave(engine: str, same_as_golden: Callable[[Evaluation, Path], None]) -> None:
    path = FOLDER / "service-desk" / f"service-desk{SUFFIX}"
    same_as_golden(scorecard.evaluate(path, engine=engine), Path(__file__).with_name("golden") / "service-desk.json")  # type: ignore[arg-type]


def test_the_page_of_templates_names_them_all() -> None:
    page = (ROOT / "docs" / "templates.md").read_text("utf-8")
    assert re.findall(r"^\| `([\w-]+)` \|", page, re.MULTILINE) == list(TEMPLATES)


def test_a_scorecard_of_a_scorecard_looks_back_as_far_as_its_records_go() -> None:
    evaluation = scorecard.evaluate(FOLDER / "retail-loyalty" / f"retail-stores{SUFFIX}", period="history")
    assert evaluation.shown[0].label == "2024-10"
