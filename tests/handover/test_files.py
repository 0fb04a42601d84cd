"""Which files a name with placeholders means, and that none is written where it does not belong."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from scorecard.app import evaluate
from scorecard.cli import main
from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.part import part
from scorecard.report.handover.naming import files, safe_name
from scorecard.report.handover.pattern import Pattern

HOSTILE = [
    "../../etc/passwd",
    "..",
    ".",
    "/absolute",
    "a/b",
    "a\\b",
    "A:B",
    "a\nb",
    "nul",
    "COM1.txt",
    ".hidden",
    "trailing. ",
    "\u202ereversed",
    "x" * 500,
    "长" * 300,
    "😀",
    "=1+1",
    "-rf",
    "",
    "same",
    "SAME",
    "same ",
    "e\u0301",
    "\u00e9",
]
DEFINITION = """\
schema: scorecard/1
entity: {key: [id], roster: facts, attributes: [region, manager]}
bands: {red: {from: 0, title: {en: At risk, zh: 预警}}, green: {from: 50}}
total: {rank: {by: [region]}}
sources: {facts: {type: csv, path: facts.csv}}
metrics: {a: {source: facts, worst: 0, target: 100}, b: {source: facts, worst: peer_min(), target: peer_max()}}
recommendations: {call: {of: a, when: a.value < 60, action: "Call {id}"}}
"""


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "acme.scorecard.yaml").write_text(DEFINITION, "utf-8")
    frame = pd.DataFrame(
        {
            "id": [f"C{number}" for number in range(1, 9)],
            "region": ["North", "South"] * 4,
            "manager": ["Li/Wang", "Li\\Wang", "Ana", None] * 2,
            "a": [10.0, 20, 30, 40, 60, 70, 80, 90],
            "b": [1.0, 2, 3, 4, 5, 6, 7, 8],
        }
    )
    frame.to_csv(tmp_path / "facts.csv", index=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(here: Path, capfd: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    def run(*arguments: str) -> Ran:
        with pytest.raises(SystemExit) as left:
            main.main(["run", "acme.scorecard.yaml", *arguments])
        said = capfd.readouterr()
        return Ran(int(left.value.code or 0), said.out, said.err)

    return run


def read(path: Path) -> list[dict[str, Any]]:
    entities: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["entities"]
    return entities


def of(paths: Sequence[Path]) -> dict[str, list[str]]:
    return {path.name: [one["key"]["id"] for one in read(path)] for path in sorted(paths)}


def test_a_file_for_each_entity_in_folders_that_are_made(run: Callable[..., Ran], here: Path) -> None:
    done = run("--quiet", "--out", "reports/{period}/{region}/{id}.json", "--out", "all.json")
    assert (done.code, done.out) == (0, "")
    assert done.err.splitlines() == ["wrote 8 files to reports", "wrote all.json"]
    assert of(list((here / "reports" / "all" / "North").iterdir())) == {f"C{number}.json": [f"C{number}"] for number in (1, 3, 5, 7)}
    assert len(list((here / "reports").rglob("*.json"))) == 8


def test_a_part_says_of_an_entity_what_the_whole_says(run: Callable[..., Ran], here: Path) -> None:
    run("--out", "{id}.json", "--out", "all.json")
    for own in read(here / "all.json"):
        assert read(here / f"{own['key']['id']}.json") == [own]
    assert {one["rank"] for one in read(here / "all.json")} == {1, 2, 3, 4}


def test_a_part_keeps_provenance_and_notes(run: Callable[..., Ran], here: Path) -> None:
    run("--out", "{id}.json", "--out", "all.json")
    whole, one = (json.loads((here / name).read_text("utf-8")) for name in ("all.json", "C1.json"))
    assert (one["provenance"], one["notes"]) == (whole["provenance"], whole["notes"])


def test_one_file_for_each_value(run: Callable[..., Ran], here: Path) -> None:
    run("--out", "report.json", "--out", "to {region}.csv", "--split-by", "region")
    assert of(list(here.glob("*.json"))) == {"report-North.json": ["C1", "C3", "C5", "C7"], "report-South.json": ["C2", "C4", "C6", "C8"]}
    assert sorted(path.name for path in here.glob("to*")) == ["to North.csv", "to South.csv"]


def test_values_that_would_meet_in_one_file_are_told_apart(run: Callable[..., Ran], here: Path) -> None:
    run("--out", "{manager}.json")
    found = of(list(here.glob("*.json")))
    assert sorted(found.values()) == [["C1", "C5"], ["C2", "C6"], ["C3", "C7"], ["C4", "C8"]]
    assert found["Ana.json"] == ["C3", "C7"]
    assert found["none.json"] == ["C4", "C8"]
    assert sum(name.startswith("Li_Wang-") for name in found) == 2


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["red"], ["C1", "C2", "C3", "C4"]),
        (["band=red"], ["C1", "C2", "C3", "C4"]),
        (["预警", "region=North"], ["C1", "C3"]),
        (["region=North", "manager=Ana"], ["C3", "C7"]),
        (["id=C1", "id=C8"], ["C1", "C8"]),
    ],
)
def test_only_some_are_written_and_shown(run: Callable[..., Ran], here: Path, texts: list[str], expected: list[str]) -> None:
    asked = [part for text in texts for part in ("--only", text)]
    done = run(*asked, "--out", "some.json")
    assert [one["key"]["id"] for one in read(here / "some.json")] == expected
    rows = [line.split()[0] for line in done.out.splitlines() if line.startswith("C") and line[1:2].isdigit()]
    assert sorted(rows) == expected
    printed = json.loads(run(*asked, "--format", "json").out)
    assert [one["key"]["id"] for one in printed["entities"]] == expected


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--only", "regoin=North"], "SC750", ["did you mean 'region'?"]),
        (["--only", "region=north"], "SC751", ["'North'"]),
        (["--only", "Red"], "SC711", ["red", "green", "insufficient"]),
        (["--out", "{nobody}.json"], "SC752", ["manager", "period", "scorecard"]),
        (["--out", "x.json", "--split-by", "regoin"], "SC752", ["region"]),
        (["--out", "{region}.json", "--out", "./{region}.json"], "SC713", ["twice"]),
        (["--out", "nowhere/x.json"], "SC713", ["nowhere"]),
    ],
)
def test_what_does_not_fit_is_said_before_anything_is_written(
    run: Callable[..., Ran], here: Path, arguments: list[str], code: str, words: list[str]
) -> None:
    done = run(*arguments)
    assert done.code == 2
    assert code in done.err
    assert all(word in done.err for word in words)
    assert sorted(path.name for path in here.iterdir()) == ["acme.scorecard.yaml", "facts.csv"]


def test_split_by_needs_a_file(run: Callable[..., Ran]) -> None:
    assert run("--split-by", "region").code == 2


def test_nobody_who_is_asked_for_is_no_mistake(run: Callable[..., Ran], here: Path) -> None:
    done = run("--quiet", "--only", "green", "--only", "id=C1", "--out", "x.json")
    assert (done.code, (here / "x.json").exists()) == (0, False)
    assert "nobody" in done.err


def test_a_link_below_the_folder_leads_nowhere_else(run: Callable[..., Ran], here: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    (here / "reports").mkdir()
    (here / "reports" / "North").symlink_to(other)
    done = run("--out", "reports/{region}/{id}.json")
    assert (done.code, list(other.iterdir())) == (2, [])
    assert "SC753" in done.err


def test_what_was_written_before_a_failure_is_said(run: Callable[..., Ran], here: Path) -> None:
    (here / "C3.json").mkdir()
    done = run("--out", "{id}.json")
    assert done.code == 3
    assert "SC717" in done.err
    assert "SC754 2 of 8 files" in done.err
    assert sorted(path.name for path in here.glob("C*.json")) == ["C1.json", "C2.json", "C3.json"]
    assert not list(here.glob(".*tmp*"))


def hostile(tmp_path: Path, names: Sequence[str]) -> Evaluation:
    path = tmp_path / "acme.scorecard.yaml"
    path.write_text(DEFINITION.replace("csv, path: facts.csv", "inline, rows: []"), "utf-8")
    frame = pd.DataFrame({"id": [f"{number}" for number, _ in enumerate(names)], "region": "x", "manager": list(names), "a": 1.0, "b": 1.0})
    return evaluate(path, frames={"facts": frame})


def test_hostile_values_make_names_of_files_and_nothing_else(tmp_path: Path) -> None:
    found = files(Pattern(str(tmp_path / "out" / "{manager}.json")), hostile(tmp_path, HOSTILE))
    assert len(found) == len({str(one.path).casefold() for one in found}) == len({name for name in HOSTILE if name}) + 1
    for one in found:
        assert one.path.parent == tmp_path / "out"
        assert len(one.path.name.encode()) < 255
        assert one.path.name.isprintable()
        assert one.path.name[0] not in ".- "
        one.path.parent.mkdir(exist_ok=True)
        one.path.write_bytes(b"")
    assert len(list((tmp_path / "out").iterdir())) == len(found)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("North", "North"), ("a/b", "a_b"), ("..", "_"), ("con", "con_"), (" x ", "x"), (None, "none"), ("客户 1", "客户_1"), ("-rf", "rf")],
)
def test_a_value_as_part_of_a_name(value: str | None, expected: str) -> None:
    assert safe_name(value) == expected


def test_a_thousand_files_are_written_quickly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "acme.scorecard.yaml").write_text(DEFINITION, "utf-8")
    rows = {"id": [f"C{number}" for number in range(1000)], "region": "x", "manager": "y", "a": range(1000), "b": range(1000)}
    pd.DataFrame(rows).to_csv(tmp_path / "facts.csv", index=False)
    monkeypatch.chdir(tmp_path)
    start = time.process_time()
    arguments = ["run", "acme.scorecard.yaml", "--quiet", "--out", "out/{id}.json"]
    with pytest.raises(SystemExit) as left:
        main.main(arguments)
    assert not left.value.code
    assert len(list((tmp_path / "out").iterdir())) == 1000
    assert time.process_time() - start < 40


@pytest.mark.parametrize(("command", "column"), [("advise", "target"), ("reach", "needed")])
def test_answers_go_to_files_too_with_numbers_as_numbers(here: Path, capfd: pytest.CaptureFixture[str], command: str, column: str) -> None:
    assert main.run([command, "acme.scorecard.yaml", "--out", "own.csv", "--out", "own.json", "--format", "csv"]) == 0
    text = (here / "own.csv").read_text("utf-8-sig")
    assert text == capfd.readouterr().out
    frame = pd.read_csv(here / "own.csv")
    assert len(frame)
    assert frame[column].dtype.kind == "f"
    assert {"node", "metric"} & set(frame)
    assert json.loads((here / "own.json").read_text("utf-8"))


LATE = """\
schema: scorecard/1
entity: {key: [id], roster: facts}
period: {every: quarter}
sources: {facts: {type: csv, path: facts.csv, time: at}}
metrics: {a: {source: facts, measure: mean(a), worst: 0, target: 100}}
"""


@pytest.mark.parametrize(("asked", "name"), [("2026-Q2", "2026-Q2"), ("2026-Q1..2026-Q2", "2026-Q1..2026-Q2")])
def test_a_name_says_both_ends_of_several_periods(tmp_path: Path, asked: str, name: str) -> None:
    (tmp_path / "facts.csv").write_text("id,at,a\nx,2026-02-01,10\nx,2026-05-01,10\n")
    (tmp_path / "late.scorecard.yaml").write_text(LATE)
    (found,) = files(Pattern("reports/{period}.html"), evaluate(tmp_path / "late.scorecard.yaml", period=asked))
    assert found.path == Path(f"reports/{name}.html")


def test_who_came_later_is_in_no_earlier_period(tmp_path: Path) -> None:
    (tmp_path / "facts.csv").write_text("id,at,a\nx,2026-02-01,10\ny,2026-05-01,20\nz,2026-02-01,30\nz,2026-05-01,30\n")
    (tmp_path / "late.scorecard.yaml").write_text(LATE)
    evaluation = evaluate(tmp_path / "late.scorecard.yaml", period="2026-Q1..2026-Q2")
    found = part(evaluation, evaluation.results["2026-Q2"].table.entity)
    assert found.scores[["id", "period", "score"]].to_numpy().tolist() == [
        ["z", "2026-Q1", 30.0],
        ["y", "2026-Q2", 20.0],
        ["z", "2026-Q2", 30.0],
    ]


def test_what_does_not_hold_is_said_where_nothing_else_is(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "facts.csv").write_text("id,at,a\nx,2026-02-01,10\nx,2026-05-01,10\n")
    (tmp_path / "late.scorecard.yaml").write_text(LATE)
    code = main.run(["run", str(tmp_path / "late.scorecard.yaml"), "--period", "2026-Q1", "--quiet", "--fail-under", "50"])
    said = capfd.readouterr()
    assert code == 1
    assert said.out == ""
    assert "total.score >= 50" in said.err
