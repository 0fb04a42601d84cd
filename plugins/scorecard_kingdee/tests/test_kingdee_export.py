"""Lists of Kingdee Cloud Galaxy as workbooks, in Chinese and English, as records of the shapes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import scorecard_kingdee
from scorecard_kingdee.preset import PRESET

from scorecard.app import registry
from scorecard.crm import SHAPES
from scorecard.crm.open import ShapedData, open_preset
from scorecard.hooks.contracts import SourceRequest
from scorecard.model.formula import Kind
from scorecard.testing import check_plugin

openpyxl = pytest.importorskip("openpyxl")


@pytest.fixture
def export(tmp_path: Path) -> Any:
    def opened(object: str, *rows: list[Any], **settings: Any) -> ShapedData:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(tmp_path / "列表.xlsx")
        return open_preset(PRESET, SourceRequest(settings={"object": object, "path": "列表.xlsx", **settings}, folder=str(tmp_path)))

    return opened


def read(data: ShapedData, *names: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = data.read(dict.fromkeys(names, Kind.TEXT)).to_pydict()
    return found


def test_it_keeps_the_contract_and_is_found() -> None:
    check_plugin(scorecard_kingdee)
    assert registry().offered_by["sources", "kingdee"].name == "kingdee"


@pytest.mark.parametrize("object", PRESET.things)
def test_the_table_of_names_keeps_to_the_shapes(object: str) -> None:
    for thing in PRESET.things[object]:
        assert set(thing.columns) <= set(SHAPES[object].columns)


def test_sales_orders(export: Any) -> None:
    header = ["日期", "单据编号", "客户编码", "客户", "价税合计", "单据状态", "关闭状态"]
    data = export(
        "orders",
        header,
        [datetime(2026, 1, 5), "XSDD000001", "007", "甲公司", 1200.5, "已审核", "未关闭"],
        [datetime(2026, 1, 6), "XSDD000002", "007", "甲公司", 800, "已审核", None],
    )
    assert read(data, "order_id", "account_id", "status") == {
        "order_id": ["XSDD000001", "XSDD000002"],
        "account_id": ["007", "007"],
        "status": ["未关闭", "已审核"],
    }
    assert data.read({"amount": Kind.NUMBER}).to_pydict() == {"amount": [1200.5, 800]}
    assert data.read({"ordered_at": Kind.MOMENT}).to_pydict() == {"ordered_at": [datetime(2026, 1, 5), datetime(2026, 1, 6)]}
    assert data.locate(1) == "列表.xlsx, sheet Sheet, row 3"


def test_the_same_in_english(export: Any) -> None:
    data = export("orders", ["Date", "Bill No.", "Customer.Code", "Total Amount"], [datetime(2026, 1, 5), "SO1", "C1", 12])
    assert read(data, "order_id", "account_id", "amount") == {"order_id": ["SO1"], "account_id": ["C1"], "amount": ["12"]}


def test_customers_and_contacts(export: Any) -> None:
    found = read(
        export(
            "accounts", ["编码", "名称", "客户类别", "销售员", "禁用状态"], ["C1", "甲", "普通", "李", "否"], ["C2", "乙", None, None, "是"]
        ),
        "account_id",
        "tier",
        "owner",
        "status",
    )
    assert found == {"account_id": ["C1", "C2"], "tier": ["普通", None], "owner": ["李", None], "status": ["active", "inactive"]}
    people = export("contacts", ["编码", "姓名", "所属公司.编码", "职务", "禁用状态"], ["P1", "李", "C1", "经理", "A"])
    assert read(people, "contact_id", "account_id", "active") == {"contact_id": ["P1"], "account_id": ["C1"], "active": ["yes"]}


def test_opportunities(export: Any) -> None:
    header = ["单据编号", "客户编码", "商机名称", "商机阶段", "预计金额", "赢率(%)", "关闭状态", "预计成交日期", "关闭日期"]
    data = export(
        "opportunities",
        header,
        ["SJ1", "C1", "续约", "签约", 100, 100, "赢单", datetime(2026, 3, 1), datetime(2026, 2, 28)],
        ["SJ2", "C1", "扩容", "谈判", 200, 60, "未关闭", datetime(2026, 5, 31), None],
        ["SJ3", "C1", "试点", "谈判", 300, 0, "输单", datetime(2026, 3, 15), None],
    )
    assert read(data, "status", "probability") == {"status": ["won", "open", "lost"], "probability": ["1", "0.6", "0"]}
    closed = data.read({"closed_at": Kind.MOMENT}).to_pydict()["closed_at"]
    assert closed == [datetime(2026, 2, 28), None, datetime(2026, 3, 15)]


def test_forms_that_an_implementation_added(export: Any) -> None:
    service = export(
        "tickets",
        ["服务单号", "客户编码", "紧急程度", "服务状态", "受理时间", "完成时间"],
        ["FW1", "C1", "特急", "已完成", "2026-01-05 09:00", "2026-01-06 10:00"],
        ["FW2", "C1", "一般", "处理中", "2026-01-07 09:00", None],
    )
    assert read(service, "ticket_id", "severity", "status", "opened_at", "closed_at") == {
        "ticket_id": ["FW1", "FW2"],
        "severity": ["critical", "medium"],
        "status": ["closed", "open"],
        "opened_at": ["2026-01-05 09:00", "2026-01-07 09:00"],
        "closed_at": ["2026-01-06 10:00", None],
    }
    survey = export(
        "surveys", ["单据编号", "客户编码", "回访方式", "满意度", "打分"], ["DC1", "C1", "上门", "高", 9], fields={"score": "打分"}
    )
    assert read(survey, "channel", "score") == {"channel": ["visit"], "score": ["9"]}


def test_activities(export: Any) -> None:
    data = export(
        "activities",
        ["单据编号", "客户编码", "活动类型", "活动状态", "计划时间", "实际时间"],
        ["HD1", "C1", "上门拜访", "已完成", "2026-01-05", "2026-01-06"],
    )
    assert read(data, "kind", "status", "done_at") == {"kind": ["visit"], "status": ["done"], "done_at": ["2026-01-06"]}
