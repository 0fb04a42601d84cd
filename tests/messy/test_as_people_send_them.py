"""A workbook as people really send it, and its twin as GBK text: read right, with everything told that was done.

Merged titles above the header, a line about units, a totals row and a note at the bottom, yuan and percent signs, thousands
separators, full-width digits, brackets for minus, dates as dates, as text in several spellings and as serials, months across
the top, blank rows, a column without a name.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import Workbook

from scorecard import app
from scorecard.definition.check import check_file
from scorecard.language.catalogue import sentence

VISITS: list[list[Any]] = [
    ["华东区 2026 年第三季度客户回访汇总表"],
    ["单位：元", None, None, "制表部门：客户成功部"],
    [],
    ["客户编号", "客户 名称", "回访日期", "成交金额", "满意度", "完成率", None],
    ["001", "海岳酒店", date(2026, 7, 5), "￥1,200.50", 4, "８５%", "x"],
    ["001", "海岳酒店", "2026年8月16日", "(200)", "５", "90%", None],
    ["002", "方舟银行", "2026/9/1", 3000, "3", 0.5, None],
    [],
    ["002", "方舟银行", 46280, "2,000 元", 4.0, "70％", None],
    ["003", "晨光光学", "20260930", "1.5万", "/", None, None],
    ["合　计", None, None, "￥21,000.50", None, None, None],
    ["注：金额含税"],
]
BUDGET: list[list[Any]] = [
    ["2026 年预算（万元）"],
    ["客户编号", "2026年7月", "2026年8月", "2026年9月", "备注"],
    ["001", "0.1", 0.2, "１", None],
    ["002", 1, None, "2", "已调整"],
    ["总计", 1.1, 0.2, 3, None],
    ["平均"],
]
DEFINITION = """
schema: scorecard/1
entity: {{key: [customer_id], roster: customers}}
period: {{every: quarter}}
sources:
  customers: {{type: inline, rows: [{{customer_id: "001"}}, {{customer_id: "002"}}, {{customer_id: "003"}}]}}
  visits:
    type: {type}
    path: 回访{suffix}
    time: visited_on
    nulls: [/]
    columns: {{customer_id: 客户编号, visited_on: 回访日期, amount: 成交金额, score: 满意度, done: 完成率}}
    expect: {{unique: [customer_id, visited_on], columns: {{score: {{between: [1, 5]}}}}}}
  budget:
    type: {type}
    path: 预算{suffix}
    time: month
    columns: {{customer_id: 客户编号}}
    unpivot: {{matching: "\\\\d{{4}}年\\\\d+月", name: month, value: planned}}
defaults: {{metrics: {{source: visits}}}}
metrics:
  revenue: {{measure: sum(amount), unit: 元, worst: 0, target: 20000}}
  score: {{measure: mean(score), worst: 1, target: 5}}
  done: {{measure: mean(done), unit: percent, worst: 0, target: 1}}
  planned: {{source: budget, measure: sum(planned) * 10000, unit: 元, weight: 0}}
"""
EXPECTED = {
    "revenue": {"001": 1000.5, "002": 5000.0, "003": 15000.0},
    "score": {"001": 4.5, "002": 3.5, "003": None},
    "done": {"001": 0.875, "002": 0.6, "003": None},
    "planned": {"001": 13000.0, "002": 30000.0, "003": None},
}


def workbook(folder: Path, name: str, rows: list[list[Any]]) -> None:
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("A1:F1")
    book.save(folder / f"{name}.xlsx")


def text(folder: Path, name: str, rows: list[list[Any]]) -> None:
    """As a spreadsheet in China saves it: every row as wide as the sheet, days by slashes, GBK."""
    width = max(len(row) for row in rows)
    with (folder / f"{name}.csv").open("w", encoding="gbk", newline="") as stream:
        for row in rows:
            cells = [f"{cell.year}/{cell.month}/{cell.day}" if isinstance(cell, date) else cell for cell in row]
            csv.writer(stream).writerow([*cells, *[None] * (width - len(row))])


@pytest.fixture(params=["excel", "csv"])
def evaluation(request: pytest.FixtureRequest, tmp_path: Path, engine: str) -> Any:
    for name, rows in {"回访": VISITS, "预算": BUDGET}.items():
        (workbook if request.param == "excel" else text)(tmp_path, name, rows)
    file = tmp_path / "x.scorecard.yaml"
    file.write_text(DEFINITION.format(type=request.param, suffix=".xlsx" if request.param == "excel" else ".csv"), "utf-8")
    outcome = check_file(file, app.registry())
    assert outcome.scorecard is not None, outcome.issues
    return app.evaluate(outcome.scorecard, period="2026-Q3", engine=engine)  # type: ignore[arg-type]


def test_every_number_is_read_as_people_mean_it(evaluation: Any) -> None:
    metrics = evaluation.metrics.set_index(["metric", "customer_id"])["value"]
    for metric, values in EXPECTED.items():
        for customer, expected in values.items():
            found = metrics[metric, customer]
            assert (expected is None) == bool(pd.isna(found)), (metric, customer)
            assert expected is None or found == pytest.approx(expected, rel=1e-12), (metric, customer)


def test_everything_that_was_done_is_told(evaluation: Any) -> None:
    visits, budget = (next(one for one in evaluation.quality if one.source == id) for id in ("visits", "budget"))
    assert (visits.rows, visits.used, dict(visits.left_out)) == (5, 5, {})
    assert (budget.rows, budget.records, budget.used) == (2, 6, 6)
    assert (visits.first.date(), visits.last.date()) == (date(2026, 7, 5), date(2026, 9, 30))
    told = [sentence(one.code, one.values) for one in visits.remarks]
    assert {one.code for one in visits.remarks} >= {"SC680", "SC681", "SC683"}
    assert any("in row 4" in line and "华东区" in line and "单位" in line for line in told)
    assert any("2 rows at the end" in line and "row 11: 合 计" in line and "row 12: 注：" in line for line in told)
    assert any("第 11 行：合 计" in sentence(one.code, one.values, "zh") for one in visits.remarks)
    assert any("'amount'" in line and "￥1,200.50" in line for line in told)
    assert "SC681" in {one.code for one in budget.remarks}
    assert ("SC682" in {one.code for one in visits.remarks}) == visits.origin.endswith(".csv")


@pytest.mark.parametrize("below", ["合计：5 条", "共 5 条记录", "总计 5 行", "Total: 5 rows"])
def test_a_count_of_the_records_below_them_is_none(tmp_path: Path, engine: str, below: str) -> None:
    text(tmp_path, "回访", [*VISITS[:-2], [below]])
    text(tmp_path, "预算", BUDGET)
    file = tmp_path / "x.scorecard.yaml"
    file.write_text(DEFINITION.format(type="csv", suffix=".csv"), "utf-8")
    evaluation = app.evaluate(file, period="2026-Q3", engine=engine)  # type: ignore[arg-type]
    visits = next(one for one in evaluation.quality if one.source == "visits")
    assert (visits.rows, visits.used) == (5, 5)


def test_totals_can_be_kept(tmp_path: Path, engine: str) -> None:
    text(tmp_path, "回访", VISITS)
    text(tmp_path, "预算", BUDGET)
    file = tmp_path / "x.scorecard.yaml"
    definition = DEFINITION.format(type="csv", suffix=".csv").replace("path: 预算.csv", "path: 预算.csv\n    keep_totals: true")
    file.write_text(definition, "utf-8")
    outcome = check_file(file, app.registry())
    assert outcome.scorecard is not None
    evaluation = app.evaluate(outcome.scorecard, period="2026-Q3", engine=engine)  # type: ignore[arg-type]
    budget = next(one for one in evaluation.quality if one.source == "budget")
    assert (budget.rows, budget.left_out["nobody"]) == (4, 6)
