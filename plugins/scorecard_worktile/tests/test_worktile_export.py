"""Exports of Worktile, in Chinese and English, as records of the shapes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import scorecard_worktile
from scorecard_worktile.preset import PRESET

import scorecard
from scorecard.app import registry
from scorecard.crm import SHAPES
from scorecard.crm.open import ShapedData, open_preset
from scorecard.hooks.contracts import SourceRequest
from scorecard.model.formula import Kind
from scorecard.testing import check_plugin


@pytest.fixture
def export(tmp_path: Path) -> Any:
    def opened(object: str, text: str, **settings: Any) -> ShapedData:
        (tmp_path / "export.csv").write_text(text, "utf-8-sig")
        return open_preset(PRESET, SourceRequest(settings={"object": object, "path": "export.csv", **settings}, folder=str(tmp_path)))

    return opened


def read(data: ShapedData, *names: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = data.read(dict.fromkeys(names, Kind.TEXT)).to_pydict()
    return found


def test_it_keeps_the_contract_and_is_found() -> None:
    check_plugin(scorecard_worktile)
    assert registry().offered_by["sources", "worktile"].name == "worktile"


@pytest.mark.parametrize("object", PRESET.things)
def test_the_table_of_names_keeps_to_the_shapes(object: str) -> None:
    for thing in PRESET.things[object]:
        assert set(thing.columns) <= set(SHAPES[object].columns)


def test_projects_in_both_languages(export: Any) -> None:
    chinese = (
        "项目编号,项目名称,客户编号,项目状态,进度,负责人,截止时间\n1,上线,C1,进行中,60%,李,2026-03-31\n2,迁移,C2,已完成,100,王,2026-02-28\n"
    )
    english = "ID,Project Name,Customer ID,Status,Progress,Owner,Due Date\n1,上线,C1,In Progress,60,李,2026-03-31\n"
    english += "2,迁移,C2,Done,100%,王,2026-02-28\n"
    for text, progress in ((chinese, ["60%", "1"]), (english, ["0.6", "100%"])):
        assert read(export("projects", text), "project_id", "account_id", "name", "status", "progress", "owner", "due_on") == {
            "project_id": ["1", "2"],
            "account_id": ["C1", "C2"],
            "name": ["上线", "迁移"],
            "status": ["open", "done"],
            "progress": progress,
            "owner": ["李", "王"],
            "due_on": ["2026-03-31", "2026-02-28"],
        }


def test_a_task_with_a_time_of_completion_is_done(export: Any) -> None:
    text = "任务编号,任务标题,项目ID,负责人,截止时间,完成时间\nT1,安装,1,李,2026-03-31,2026-03-30 18:00\nT2,培训,1,,2026-03-31,\n"
    assert read(export("tasks", text), "task_id", "project_id", "status", "owner", "done_on") == {
        "task_id": ["T1", "T2"],
        "project_id": ["1", "1"],
        "status": ["done", "open"],
        "owner": ["李", None],
        "done_on": ["2026-03-30 18:00", None],
    }


def test_goals(export: Any) -> None:
    text = "编号,目标名称,负责人,目标值,当前值,进度,开始日期,结束时间\nG1,NPS 50,李,50,40,80%,2026-01-01,2026-12-31\n"
    found = read(export("goals", text), "goal_id", "name", "target", "value", "progress", "started_on", "due_on")
    assert [cells[0] for cells in found.values()] == ["G1", "NPS 50", "50", "40", "80%", "2026-01-01", "2026-12-31"]


def test_a_workbook(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (
        ["编号", "标题", "截止时间", "完成时间"],
        [7, "安装", datetime(2026, 3, 31), datetime(2026, 4, 1)],
        [8, "培训", datetime(2026, 3, 31), None],
    ):
        book.active.append(row)
    book.save(tmp_path / "任务.xlsx")
    data = open_preset(PRESET, SourceRequest(settings={"object": "tasks", "path": "任务.xlsx"}, folder=str(tmp_path)))
    assert read(data, "task_id", "status") == {"task_id": ["7", "8"], "status": ["done", "open"]}
    assert data.read({"done_on": Kind.MOMENT}).to_pydict() == {"done_on": [datetime(2026, 4, 1), None]}


DEFINITION = """
entity: {key: [project_id], roster: projects}
period: {every: quarter}
sources:
  projects: {type: worktile, object: projects, path: projects.csv}
  tasks: {type: worktile, object: tasks, path: tasks.csv, time: due_on}
  goals: {type: worktile, object: goals, path: goals.csv}
metrics:
  on_time: {source: tasks, measure: share(done_on <= due_on), worst: 0%, target: 100%}
  goals: {source: goals, measure: mean(progress), worst: 0%, target: 100%}
  progress: {source: projects, measure: mean(progress), worst: 0%, target: 100%}
"""


def test_a_definition_runs_on_exports(tmp_path: Path) -> None:
    (tmp_path / "d.scorecard.yaml").write_text(DEFINITION, "utf-8")
    (tmp_path / "projects.csv").write_text("项目ID,项目名称,进度\n1,上线,60%\n2,迁移,20%\n", "utf-8")
    (tmp_path / "tasks.csv").write_text(
        "任务编号,项目ID,截止时间,完成时间\nT1,1,2026-03-31,2026-03-30\nT2,1,2026-03-31,2026-04-02\n", "utf-8"
    )
    (tmp_path / "goals.csv").write_text("编号,项目ID,进度\nG1,1,80%\nG2,1,40\nG3,2,100%\n", "utf-8")
    evaluation = scorecard.evaluate(tmp_path / "d.scorecard.yaml", period="2026-Q1")
    values = {(row.project_id, row.metric): row.value for row in evaluation.metrics.itertuples()}
    assert values["1", "on_time"] == 0.5
    assert values["1", "goals"] == pytest.approx(0.6)
    assert (values["2", "goals"], values["2", "progress"]) == (1, 0.2)
