"""Exports of Fxiaoke, in Chinese and English, as records of the shapes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import scorecard_fxiaoke
from scorecard_fxiaoke.preset import PRESET

from scorecard.app import registry
from scorecard.crm import SHAPES
from scorecard.crm.open import ShapedData, open_preset
from scorecard.hooks.contracts import SourceError, SourceRequest
from scorecard.model.formula import Kind
from scorecard.testing import check_plugin


@pytest.fixture
def export(tmp_path: Path) -> Any:
    def opened(object: str, text: str, **settings: Any) -> ShapedData:
        (tmp_path / "导出.csv").write_text(text, "gb18030")
        return open_preset(PRESET, SourceRequest(settings={"object": object, "path": "导出.csv", **settings}, folder=str(tmp_path)))

    return opened


def read(data: ShapedData, *names: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = data.read(dict.fromkeys(names, Kind.TEXT)).to_pydict()
    return found


def test_it_keeps_the_contract_and_is_found() -> None:
    check_plugin(scorecard_fxiaoke)
    assert registry().offered_by["sources", "fxiaoke"].name == "fxiaoke"


@pytest.mark.parametrize("object", PRESET.things)
def test_the_table_of_names_keeps_to_the_shapes(object: str) -> None:
    for thing in PRESET.things[object]:
        assert set(thing.columns) <= set(SHAPES[object].columns)


def test_opportunities(export: Any) -> None:
    text = """唯一性ID,商机名称,客户ID,商机金额,商机阶段,商机状态,赢率（%）,预计成交日期,负责人,创建时间
1,续约,9,"12,000.50",签约,赢单,100,2026-02-28,李,2026-01-05 09:30
2,扩容,9,800,谈判,进行中,60,2026-05-31,王,2026-01-06 09:30
3,试点,8,,验证,输单,0,2026-03-15,,2026-01-07 09:30
4,重复,8,,验证,无效,0,2026-03-15,,2026-01-07 09:30
"""
    found = read(export("opportunities", text), "opportunity_id", "stage", "status", "closed_at", "probability", "owner")
    assert found["status"] == ["won", "open", "lost", None]
    assert found["closed_at"] == ["2026-02-28", None, "2026-03-15", None]
    assert found["probability"] == ["1", "0.6", "0", "0"]
    assert (found["stage"][0], found["owner"]) == ("签约", ["李", "王", None, None])


def test_the_same_in_english(export: Any) -> None:
    text = (
        "Record ID,Customer ID,Stage,Status,Amount,Expected Closing Date\n1,9,Deal,Won,10,2026-02-28\n2,9,Talk,In Progress,20,2026-05-31\n"
    )
    found = read(export("opportunities", text), "opportunity_id", "account_id", "status", "closed_at")
    assert found == {
        "opportunity_id": ["1", "2"],
        "account_id": ["9", "9"],
        "status": ["won", "open"],
        "closed_at": ["2026-02-28", None],
    }


def test_cases_and_accounts(export: Any) -> None:
    cases = (
        "工单编号,客户ID,优先级,工单状态,创建时间,关闭时间\nGD1,9,非常紧急,已关闭,2026-01-05 09:00,2026-01-06 10:00\nGD2,9,普通,处理中,,\n"
    )
    found = read(export("tickets", cases), "ticket_id", "severity", "status", "opened_at", "closed_at")
    assert found["severity"] == ["critical", "medium"]
    assert found["status"] == ["closed", "open"]
    assert (found["opened_at"][0], found["closed_at"]) == ("2026-01-05 09:00", ["2026-01-06 10:00", None])
    companies = "唯一性ID,客户名称（必填）,客户级别,成交状态,省\n9,甲,A,多次成交,江苏\n8,乙,,未成交,\n"
    assert read(export("accounts", companies), "name", "tier", "status", "region") == {
        "name": ["甲", "乙"],
        "tier": ["A", None],
        "status": ["active", "prospect"],
        "region": ["江苏", None],
    }


def test_a_sales_record_is_done_unless_it_says_otherwise(export: Any) -> None:
    plain = "唯一性ID,客户ID,跟进类型,创建时间\n1,9,电话,2026-01-05 10:00\n2,9,其他,2026-01-06 10:00\n"
    assert read(export("activities", plain), "kind", "status", "done_at") == {
        "kind": ["call", None],
        "status": ["done", "done"],
        "done_at": ["2026-01-05 10:00", "2026-01-06 10:00"],
    }
    planned = "唯一性ID,客户ID,跟进类型,状态,计划时间,完成时间\n1,9,拜访,已完成,2026-01-05,2026-01-06\n2,9,拜访,未开始,2026-01-07,\n"
    assert read(export("activities", planned), "status", "planned_at", "done_at") == {
        "status": ["done", "planned"],
        "planned_at": ["2026-01-05", "2026-01-07"],
        "done_at": ["2026-01-06", None],
    }


def test_surveys_are_an_object_of_ones_own(export: Any) -> None:
    text = "答卷ID,客户ID,渠道,答复时间,推荐分\n1,9,微信,2026-01-05,9\n2,9,电话,,\n"
    found = read(export("surveys", text), "channel", "answered_at", "score")
    assert found == {"channel": ["online", "phone"], "answered_at": ["2026-01-05", None], "score": ["9", None]}


def test_names_and_words_of_ones_own(export: Any) -> None:
    text = "工单编号,故障等级,首响\n1,一级,2026-01-05\n2,高,\n"
    settings = {"fields": {"severity": "故障等级", "responded_at": "首响"}, "words": {"severity": {"一级": "critical"}}}
    found = read(export("tickets", text, **settings), "severity", "responded_at")
    assert found == {"severity": ["critical", "high"], "responded_at": ["2026-01-05", None]}
    with pytest.raises(SourceError, match="SC652"):
        read(export("tickets", text, fields={"severity": "故障等级"}), "severity")
