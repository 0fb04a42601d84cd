"""The sheet to try things on, recalculated by a spreadsheet program, equals the engine to 1e-9."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from scorecard.advice.suppositions import suppositions
from scorecard.advice.whatif import what_if
from scorecard.app import evaluate
from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.part import part
from scorecard.model.definition import Group, Item
from scorecard.report import workbook
from scorecard.report.workbook.whatif.page import FIRST, HEAD
from scorecard.scoring.block import Block
from scorecard.scoring.score import PeriodScores, rescore

HERE = Path(__file__).parent
CONFIGS = HERE.parents[1] / "configs"
PERIODS = ("2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3")
TITLE = "What if"
AFTER, BAND = "D", "G"
YELLOW = "FFFFF8DC"


@dataclass(frozen=True)
class Sheet:
    """A workbook as it is handed out, and where its sheet takes what."""

    evaluation: Evaluation
    path: Path

    @property
    def scores(self) -> PeriodScores:
        return list(self.evaluation.periods)[-1][1]

    @property
    def nodes(self) -> list[str]:
        return list(_tree(self.evaluation, self.evaluation.scorecard.total))

    @property
    def area(self) -> str:
        return f"{AFTER}{FIRST + 1}:{BAND}{FIRST + len(self.nodes)}"

    def block(self, scores: PeriodScores, row: int) -> tuple[Block, int]:
        """All cells of a row, and its place among them."""
        if id(scores) not in self._blocks:
            self._blocks[id(scores)] = list(rescore(self.evaluation.plan, scores, np.arange(len(scores))))
        return next((block, int(np.flatnonzero(block.index == row)[0])) for block in self._blocks[id(scores)] if row in block.index)

    @cached_property
    def _blocks(self) -> dict[int, list[Block]]:
        return {}

    @cached_property
    def inputs(self) -> Mapping[str, str]:
        """By what the command line calls a number, its yellow cell."""
        sheet = load_workbook(self.path)[TITLE]
        heads = {cell.column: cell.value for cell in sheet[HEAD + 1] if cell.value is not None}
        named = {"Value": "", "Weight": "weight.", "Worst": "worst.", "Target": "target."}
        bands = {one.title.into("en") or one.id: one.id for one in self.evaluation.scorecard.bands}
        found = {}
        for row, node in enumerate(self.nodes, start=FIRST + 1):
            for column, head in heads.items():
                cell = f"{get_column_letter(column + 1)}{row}"
                if sheet[cell].fill.fgColor.rgb == YELLOW:
                    found[f"{named[head]}{node}" if head in named else f"threshold.{node}.{bands[head]}"] = cell
        return found


def _tree(evaluation: Evaluation, node: Item) -> Iterator[str]:
    yield node.id
    if isinstance(node, Group):
        for child in evaluation.scorecard.children(node.id):
            yield from _tree(evaluation, child)


def written(evaluation: Evaluation, path: Path) -> Sheet:
    path.write_bytes(b"".join(workbook.write(evaluation, {})))
    return Sheet(evaluation, path)


def differences(sheet: Sheet, scores: PeriodScores, row: int, found: Sequence[Sequence[str]]) -> dict[str, Any]:
    """What the sheet shows otherwise than the engine."""
    wrong = {}
    titles = {one.id: one.title.into("en") or one.id for one in sheet.evaluation.scorecard.bands} | {"insufficient": "too little measured"}
    block, place = sheet.block(scores, row)
    for node, cells in zip(sheet.nodes, found, strict=True):
        expected = float(block.numbers(f"{node}.score")[place])
        shown, band = cells[0], cells[3]
        if not (shown in ("", "–") if math.isnan(expected) else _is_near(shown, expected)):
            wrong[node] = (shown, expected)
        named = block.read(f"{node}.band").decode()[place]
        if sheet.evaluation.scorecard.bands and band != titles.get(named, ""):
            wrong[f"{node}.band"] = (band, named)
    return wrong


def _is_near(shown: str, expected: float) -> bool:
    try:
        return abs(float(shown) - expected) <= 1e-9
    except ValueError:
        return False


Try = tuple[Sheet, int, Sequence[str]]
"""a sheet, the row of an entity, and what is supposed, as it is written for the command line"""


def everybody(sheet: Sheet) -> list[Try]:
    """Each entity as it is."""
    return [(sheet, row, ()) for row in range(len(sheet.scores))]


def some(sheet: Sheet, rows: range, changes: Sequence[Sequence[str]]) -> list[Try]:
    """Some entities under each of the changes."""
    return [(sheet, row, change) for row in rows for change in changes]


def wrong(office: Any, tries: Sequence[Try]) -> dict[Any, Any]:
    """What is shown otherwise than the engine has it, or supposes it."""
    jobs: dict[int, Any] = {}
    expected: dict[tuple[int, tuple[str, ...]], PeriodScores] = {}
    ordered = sorted(tries, key=lambda one: str(one[0].path))
    for sheet, row, texts in ordered:
        (wanted,) = suppositions(texts, sheet.evaluation.scorecard) if texts else ((),)
        if (id(sheet), (*texts,)) not in expected:
            expected[id(sheet), (*texts,)] = what_if(sheet.evaluation, wanted).after if texts else sheet.scores
        job = jobs.setdefault(id(sheet), office.jobs(sheet.path))
        cells = {sheet.inputs[text.partition("=")[0]]: one.number for text, one in zip(texts, wanted, strict=True)}
        job.entity(row)
        for cell, number in cells.items():
            job.put(cell, number)
        job.read(sheet.area)
        for cell in cells:
            job.put(cell, None)
    answers = office.done(list(jobs.values()))
    found = {
        (sheet.path.name, row, *texts): differences(sheet, expected[id(sheet), (*texts,)], row, next(answers))
        for sheet, row, texts in ordered
    }
    return {where: what for where, what in found.items() if what}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> list[Sheet]:
    whole = evaluate(CONFIGS / "demo" / "demo.scorecard.yaml", period=f"{PERIODS[0]}..{PERIODS[-1]}")
    folder = tmp_path_factory.mktemp("demo")
    return [written(replace(whole, shown=(period,)), folder / f"{period.label}.xlsx") for period in whole.shown]


@pytest.fixture(scope="module")
def telco(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Sheet:
    whole = evaluate(CONFIGS / "telco" / "customers.scorecard.yaml")
    fifty = np.linspace(0, len(whole) - 1, 50).astype(int)
    return written(part(whole, fifty), tmp_path_factory.mktemp("telco") / "telco.xlsx")


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


def test_every_project_of_the_demo_in_every_period_and_changes_as_the_command_makes_them(office: Any, demo: list[Sheet]) -> None:
    changed = some(demo[-1], range(0, len(demo[-1].scores), 9), DEMO_CHANGES)
    assert wrong(office, [*(one for sheet in demo for one in everybody(sheet)), *changed]) == {}


TELCO_CHANGES = (
    ["satisfaction=5", "churn_score=20"],
    ["satisfaction=2"],
    ["tenure=1", "weight.tenure=4"],
    ["target.tenure=50", "referrals=1"],
    ["threshold.lifetime_value.amber=5000"],
    ["worst.revenue=0", "revenue=65.5", "weight.bond=80"],
)


def test_fifty_customers_of_telco_and_changes_as_the_command_makes_them(office: Any, telco: Sheet) -> None:
    assert len(telco.scores) == 50
    assert wrong(office, [*everybody(telco), *some(telco, range(2, 50, 6), TELCO_CHANGES)]) == {}


EVERYTHING_CHANGES = (
    ["straight=55"],
    ["straight=95", "falling=15"],
    ["own=3", "logarithm=0"],
    ["worst.straight=95"],
    ["target.falling=40"],
    ["threshold.straight.amber=45", "weight.straight=0"],
    ["weight.below=7", "weight.mixed=0.5"],
    ["growth=12", "stairs=100", "rising=20"],
    ["flat=1", "distance=50", "same=4"],
    ["again=10", "again_too=90", "third=33"],
    ["m1=90", "m3=500", "p1=29.9999999999", "p2=40"],
    ["straight=25", "deep=80"],
    ["straight=60.00000000001", "counted=2.5"],
    ["sinking=50", "span=100", "lognormal=0"],
)


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Sheet:
    """Forty entities with gaps, for every curve, aggregation, policy and rule."""
    random = np.random.default_rng(7)
    count = 40

    def gappy(numbers: np.ndarray) -> list[float | None]:
        return [None if gap else round(float(number), 3) for number, gap in zip(numbers, random.random(count) < 0.12, strict=True)]

    rows = {
        "id": [f"e{number:02d}" for number in range(count)],
        "region": random.choice(["north", "south"], count).tolist(),
        "tier": random.choice(["gold", "silver", "basic"], count).tolist(),
        "size": random.integers(0, 101, count).astype(float).tolist(),
        "a": gappy(random.uniform(0, 100, count)),
        "b": gappy(random.uniform(0, 110, count)),
        "c": gappy(10 ** random.uniform(-0.5, 3, count)),
        "d": gappy(random.integers(0, 100, count).astype(float)),
        "one": [1.0] * count,
        "grade": random.choice([1.0, 2.5, 3.0, 4.0], count).tolist(),
    }
    rows["tier_of"] = [None if one == "basic" else one for one in rows["tier"]]
    now, before = (
        pd.DataFrame({**rows, "begun": start, "ended": end}) for start, end in (("2026-07-01", "2026-09-30"), ("2026-04-01", "2026-06-30"))
    )
    before["a"] = before["a"] - 4
    evaluation = evaluate(
        HERE / "everything.scorecard.yaml", period="2026-Q3", frames={"facts": pd.concat([before, now], ignore_index=True)}
    )
    return written(evaluation, tmp_path_factory.mktemp("everything") / "everything.xlsx")


def test_every_curve_aggregation_policy_and_rule(office: Any, everything: Sheet) -> None:
    assert wrong(office, [*everybody(everything), *some(everything, range(0, 40, 3), EVERYTHING_CHANGES)]) == {}


AWKWARD = [
    "*",
    "A*",
    "AB",
    "a?c",
    "abc",
    "ABC",
    "~",
    "~*",
    "=1+1",
    "+1",
    "007",
    "7",
    "1e5",
    "x" * 400,
    "x" * 399 + "y",
    "two\nlines",
    "",
    "客户",
    "\u202ex",
]


def test_everybody_is_found_whatever_the_name(office: Any, tmp_path: Path) -> None:
    definition = tmp_path / "odd.scorecard.yaml"
    definition.write_text(
        "schema: scorecard/1\nentity: {key: [id, part], roster: facts}\nsources: {facts: {type: inline, rows: []}}\n"
        "metrics: {m: {source: facts, measure: mean(a), worst: 0, target: 100}}\n",
        encoding="utf-8",
    )
    frame = pd.DataFrame({"id": AWKWARD, "part": "p", "a": [float(number) for number, _ in enumerate(AWKWARD)]})
    sheet = written(evaluate(definition, frames={"facts": frame}), tmp_path / "odd.xlsx")
    assert wrong(office, everybody(sheet)) == {}
    assert len(sheet.scores) == len([name for name in AWKWARD if name])


RISK = """\
schema: scorecard/1
direction: lower
scale: [0, 10]
entity: {key: [id], roster: facts, attributes: [kind]}
bands: {calm: {from: 0}, tense: {from: 3}, grave: {from: 6.5}}
sources: {facts: {type: inline, rows: []}}
defaults: {metrics: {source: facts}}
total: {round: {decimals: 2, mode: half_up, binary: true}, coverage: 0.8}
groups: {worst: {aggregation: {worst: 2}}, mean: {aggregation: {power: 3}, missing: worst}, some: {coverage: 0.6, missing: 4}, idle: {}}
metrics:
  a: {group: worst, measure: a, worst: 100, thresholds: {tense: 50, calm: 20}, target: 0}
  b: {group: worst, measure: b, worst: 0, thresholds: {tense: 40}, target: 100, missing: worst}
  c: {group: worst, measure: c, curve: {steps: [{up_to: 1, score: 1}, {up_to: 50, score: 4.5}, {otherwise: 9}]}}
  d: {group: mean, measure: a, worst: 100, target: 0}
  e: {group: mean, measure: c, curve: {points: [[1000, 9], [100, 5], [1, 0.5]]}}
  f: {group: some, measure: b, worst: 0, target: 100}
  g: {group: some, measure: c, weight: 2, curve: log, worst: 1000, target: 1}
  h: {group: idle, measure: a, weight: 0, worst: b.value + 110, thresholds: {tense: 50}, target: 0, curve: {points: [[110, 9], [0, 1]]}}
  i: {group: idle, measure: a, weight: 0, worst: 0, thresholds: {tense: 50}, target: b.value + 110, curve: {points: [[110, 9], [0, 1]]}}
rules: {steep: {when: a.value > 80, raise_to: grave}, soft: {of: mean, when: b.score < 2, add: -1.5}}
"""
POINTS = """\
schema: scorecard/1
scale: open
entity: {key: [id], roster: facts, attributes: [kind]}
bands: {low: {from: 0}, high: {from: 40}}
sources: {facts: {type: inline, rows: []}}
defaults: {metrics: {source: facts}}
total: {aggregation: sum}
groups: {more: {aggregation: sum, weight: 0.5}}
metrics:
  a: {measure: a, missing: worst, curve: {steps: [{below: 10, score: -5}, {below: 60, score: 12.5}, {otherwise: 30}]}}
  b: {measure: b, curve: identity, weight: 0.1}
  c: {group: more, measure: c, missing: worst, curve: {points: [[0, 2], [100, 20], [1000, 21]]}}
  d: {group: more, measure: a, curve: {lookup: {}, otherwise: 7}}
rules: {fall: {of: more, when: c.value > 500, multiply: 0.5}}
"""
TURNED = {
    "risk": (RISK, (["a=81"], ["b=100", "c=1"], ["threshold.b.tense=90"], ["target.d=90", "weight.g=0"], ["a=20", "d=0"])),
    "points": (POINTS, (["a=59.9999999999"], ["c=1000"], ["b=-50", "weight.b=2"], ["weight.more=3", "a=-1"])),
}


@pytest.mark.parametrize("name", TURNED)
def test_low_scores_that_are_good_and_points_without_end(office: Any, tmp_path: Path, name: str) -> None:
    text, changes = TURNED[name]
    definition = tmp_path / f"{name}.scorecard.yaml"
    definition.write_text(text, encoding="utf-8")
    random = np.random.default_rng(3)
    numbers = {key: random.uniform(0, most, 24).round(2) for key, most in (("a", 110), ("b", 110), ("c", 1100))}
    frame = pd.DataFrame({"id": [str(place) for place in range(24)], "kind": "x", **numbers}).mask(
        random.random((24, 5)) < [0, 0, 0.15, 0.15, 0.15]
    )
    sheet = written(evaluate(definition, frames={"facts": frame}), tmp_path / f"{name}.xlsx")
    assert wrong(office, [*everybody(sheet), *some(sheet, range(0, 24, 3), changes)]) == {}


KEPT = """\
schema: scorecard/1
entity: {key: [id], roster: facts}
sources: {facts: {type: inline, rows: []}}
defaults: {metrics: {source: facts}}
metrics:
  a: {measure: a, worst: 0, target: 100}
  placed: {measure: a, curve: {formula: 100 - peer_rank(a.value)}}
  even: {measure: b, worst: 0, target: 100, round: {decimals: 1, mode: half_even, binary: true}}
"""


def test_what_no_formula_says_stays_and_is_said(office: Any, tmp_path: Path) -> None:
    definition = tmp_path / "kept.scorecard.yaml"
    definition.write_text(KEPT, encoding="utf-8")
    frame = pd.DataFrame({"id": list("abcd"), "a": [10.0, 20, 30, 40], "b": [12.25, 50.05, 3, 99]})
    sheet = written(evaluate(definition, frames={"facts": frame}), tmp_path / "kept.xlsx")
    assert wrong(office, everybody(sheet)) == {}
    page = load_workbook(sheet.path)[TITLE]
    notes = {row[0].value: row[-1].value for row in page.iter_rows(min_row=FIRST + 1, max_row=FIRST + 4, max_col=15) if row[-1].value}
    assert notes.keys() == {"placed", "even"}
    assert "rank" in notes["placed"]
    grey = {str(area.sqref).split(":")[0] for area in page.conditional_formatting}
    assert grey == {"A11", "A12"}


WORKED = (
    "clients/yunfan/customer-projects",
    "published/hdi/hdi",
    "published/hdi/ihdi",
    "published/sdg_index_2023/sdg_index_2023",
)


def test_some_of_every_worked_scorecard(office: Any, shared: Path, tmp_path: Path) -> None:
    sheets = []
    for name in WORKED:
        whole = evaluate(CONFIGS / f"{name}.scorecard.yaml")
        entities = list(whole.periods)[-1][1].table.entity
        few = part(whole, entities[np.linspace(0, len(entities) - 1, 3).astype(int)])
        sheets.append(written(few, tmp_path / f"{name.replace('/', '-')}.xlsx"))
    assert wrong(office, [one for sheet in sheets for one in everybody(sheet)]) == {}
