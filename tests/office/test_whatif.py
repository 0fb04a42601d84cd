"""The sheet to try things on, recalculated by a spreadsheet program, equals the engine to 1e-9."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from scorecard.advice.suppositions import suppositions
from scorecard.advice.whatif import what_if
from scorecard.app import evaluate
from scorecard.evaluation.evaluation import Evaluation
from scorecard.model.definition import Group, Item
from scorecard.report import workbook
from scorecard.report.workbook.whatif.page import FIRST, HEAD
from scorecard.scoring.score import PeriodScores

HERE = Path(__file__).parent
CONFIGS = HERE.parents[1] / "configs"
PERIODS = ("2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3")
TITLE = "What if"
DATA = "What if data"
AFTER, STATUS = "D", "H"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A workbook as it is handed out, and where its sheet takes what."""

    evaluation: Evaluation
    path: Path
    inputs: Mapping[str, str]
    """by what the command line calls a number, its yellow cell"""
    page: int
    data: int

    @property
    def scores(self) -> PeriodScores:
        return list(self.evaluation.periods)[-1][1]

    @property
    def nodes(self) -> list[str]:
        return list(_tree(self.evaluation, self.evaluation.scorecard.total))

    @property
    def area(self) -> str:
        return f"{AFTER}{FIRST + 1}:G{FIRST + len(self.nodes)}"


def _tree(evaluation: Evaluation, node: Item) -> Iterator[str]:
    yield node.id
    if isinstance(node, Group):
        for child in evaluation.scorecard.children(node.id):
            yield from _tree(evaluation, child)


def written(evaluation: Evaluation, path: Path) -> Sheet:
    path.write_bytes(b"".join(workbook.write(evaluation, {})))
    book = load_workbook(path)
    sheet = book[TITLE]
    heads = {cell.column: cell.value for cell in sheet[HEAD + 1] if cell.value is not None}
    named = {"Value": "", "Weight": "weight.", "Worst": "worst.", "Target": "target."}
    bands = {one.title.into("en") or one.id: one.id for one in evaluation.scorecard.bands}
    inputs = {}
    for row, node in enumerate(_tree(evaluation, evaluation.scorecard.total), start=FIRST + 1):
        for column, head in heads.items():
            cell = f"{get_column_letter(column + 1)}{row}"
            if sheet[cell].has_style and sheet[cell].fill.fgColor.rgb == "FFFFF8DC":
                inputs[f"{named[head]}{node}" if head in named else f"threshold.{node}.{bands[head]}"] = cell
    names = book.sheetnames
    return Sheet(evaluation, path, inputs, names.index(TITLE), names.index(DATA))


def differences(sheet: Sheet, scores: PeriodScores, row: int, found: Sequence[Sequence[str]]) -> dict[str, Any]:
    """What the sheet shows otherwise than the engine."""
    wrong = {}
    titles = {one.id: one.title.into("en") or one.id for one in sheet.evaluation.scorecard.bands}
    titles["insufficient"] = "too little measured"
    for node, cells in zip(sheet.nodes, found, strict=True):
        expected = float(np.asarray(scores.cells[f"{node}.score"])[row])
        shown = cells[0]
        same = shown in ("", "–") if math.isnan(expected) else _is_near(shown, expected)
        if not same:
            wrong[node] = (shown, expected)
    band = scores.cells["total.band"]
    name = [*band.categories, None][int(band.codes[row])]  # type: ignore[union-attr]
    if found[0][3] != titles.get(name, ""):
        wrong["band"] = (found[0][3], name)
    return wrong


def _is_near(shown: str, expected: float) -> bool:
    try:
        return abs(float(shown) - expected) <= 1e-9
    except ValueError:
        return False


def everybody(office: Any, sheets: Sequence[Sheet], rows: Sequence[Sequence[int]]) -> dict[Any, Any]:
    jobs = []
    for sheet, mine in zip(sheets, rows, strict=True):
        job = office.jobs(sheet.path)
        for row in mine:
            job.entity(row)
            job.read(sheet.area)
        jobs.append(job)
    answers = office.done(jobs, sheets[0].page, sheets[0].data)
    wrong = {}
    for sheet, mine in zip(sheets, rows, strict=True):
        for row in mine:
            if found := differences(sheet, sheet.scores, row, next(answers)):
                wrong[sheet.path.name, row] = found
    return wrong


def supposed(office: Any, sheet: Sheet, tries: Sequence[tuple[int, Sequence[str]]]) -> dict[Any, Any]:
    """What of entities under changes, each written as for the command line, is otherwise than what the engine supposes."""
    job = office.jobs(sheet.path)
    expected = []
    for row, texts in tries:
        (wanted,) = suppositions(texts, sheet.evaluation.scorecard)
        expected.append(what_if(sheet.evaluation, wanted).after)
        job.entity(row)
        cells = [(sheet.inputs[text.partition("=")[0]], one.number) for text, one in zip(texts, wanted, strict=True)]
        for cell, number in cells:
            job.put(cell, number)
        job.read(sheet.area)
        for cell, _ in cells:
            job.put(cell, None)
    answers = office.done([job], sheet.page, sheet.data)
    wrong = {}
    for (row, texts), after in zip(tries, expected, strict=True):
        if found := differences(sheet, after, row, next(answers)):
            wrong[row, tuple(texts)] = found
    return wrong


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> list[Sheet]:
    whole = evaluate(CONFIGS / "demo" / "demo.scorecard.yaml", period=f"{PERIODS[0]}..{PERIODS[-1]}")
    folder = tmp_path_factory.mktemp("demo")
    return [written(replace(whole, shown=(period,)), folder / f"{period.label}.xlsx") for period in whole.shown]


@pytest.fixture(scope="module")
def telco(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Sheet:
    evaluation = evaluate(CONFIGS / "telco" / "customers.scorecard.yaml")
    return written(evaluation, tmp_path_factory.mktemp("telco") / "telco.xlsx")


def test_every_project_of_the_demo_in_every_period(office: Any, demo: list[Sheet]) -> None:
    assert everybody(office, demo, [range(len(sheet.scores)) for sheet in demo]) == {}


def test_fifty_customers_of_telco(office: Any, telco: Sheet) -> None:
    rows = np.linspace(0, len(telco.scores) - 1, 50).astype(int).tolist()
    assert everybody(office, [telco], [rows]) == {}


DEMO_CHANGES = (
    ["csat=85"],
    ["csat=20", "nps=90"],
    ["sla=97%", "weight.sla=5"],
    ["target.csat=60"],
    ["threshold.csat.amber=50", "threshold.sla.green=85%"],
    ["worst.clv=-50000", "target.clv=100000"],
    ["open_critical=1"],
    ["open_critical=0", "renewal=100%", "growth=30%"],
    ["weight.satisfaction=0", "weight.delivery=60"],
    ["momentum=0", "effort=95%", "on_time=65%"],
    ["complaints=6", "threshold.complaints.amber=20"],
    ["worst.sla=99%"],
)


def test_changes_of_the_demo_give_what_the_command_gives(office: Any, demo: list[Sheet]) -> None:
    rows = range(0, len(demo[-1].scores), 9)
    assert supposed(office, demo[-1], [(row, change) for row in rows for change in DEMO_CHANGES]) == {}


TELCO_CHANGES = (
    ["satisfaction=5", "churn_score=20"],
    ["satisfaction=2"],
    ["tenure=1", "weight.tenure=4"],
    ["target.tenure=50", "referrals=1"],
    ["threshold.lifetime_value.amber=5000"],
    ["worst.revenue=0", "revenue=65.5", "weight.bond=80"],
)


def test_changes_of_telco_give_what_the_command_gives(office: Any, telco: Sheet) -> None:
    rows = range(7, len(telco.scores), 900)
    assert supposed(office, telco, [(row, change) for row in rows for change in TELCO_CHANGES]) == {}
