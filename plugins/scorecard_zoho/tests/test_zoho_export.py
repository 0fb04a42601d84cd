"""Exports of Zoho CRM, in English and Chinese, as records of the shapes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import scorecard_zoho
from scorecard_zoho.preset import PRESET

import scorecard
from scorecard.app import registry
from scorecard.crm import SHAPES
from scorecard.crm.open import ShapedData, open_preset
from scorecard.hooks.contracts import SourceError, SourceRequest
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
    check_plugin(scorecard_zoho)
    assert registry().offered_by["sources", "zoho"].name == "zoho"


@pytest.mark.parametrize("object", PRESET.things)
def test_the_table_of_names_keeps_to_the_shapes(object: str) -> None:
    for thing in PRESET.things[object]:
        assert set(thing.columns) <= set(SHAPES[object].columns)


def test_deals(export: Any) -> None:
    text = """Record Id,Deal Name,Account Name.id,Account Name,Amount,Stage,Probability (%),Closing Date,Deal Owner
zcrm_1,Renewal,zcrm_9,A,"1,200.50",Closed Won,100,2026-02-28,Li
zcrm_2,Upsell,zcrm_9,A,800,Negotiation/Review,60,2026-05-31,Wang
zcrm_3,Pilot,,,,Closed Lost to Competition,0,2026-03-15,
"""
    found = read(export("opportunities", text), "opportunity_id", "account_id", "status", "closed_at", "probability", "owner")
    assert found["opportunity_id"] == ["zcrm_1", "zcrm_2", "zcrm_3"]
    assert found["account_id"] == ["zcrm_9", "zcrm_9", None]
    assert found["status"] == ["won", "open", "lost"]
    assert found["closed_at"] == ["2026-02-28", None, "2026-03-15"]
    assert found["probability"] == ["1", "0.6", "0"]
    assert found["owner"] == ["Li", "Wang", None]


def test_the_same_in_chinese(export: Any) -> None:
    text = """记录 ID,商机名称,客户名称.id,金额,阶段,预计结束日期,商机所有者
1,续约,9,1200,赢单,2026-02-28,李
2,扩容,9,800,谈判,2026-05-31,王
3,试点,9,,输单,2026-03-15,
"""
    found = read(export("opportunities", text), "opportunity_id", "account_id", "status", "closed_at", "owner")
    assert found["status"] == ["won", "open", "lost"]
    assert found["closed_at"] == ["2026-02-28", None, "2026-03-15"]
    assert (found["account_id"], found["owner"]) == (["9", "9", "9"], ["李", "王", None])


def test_cases_in_both_languages(export: Any) -> None:
    times = "2026-01-05 09:00,2026-01-06 10:00"
    english = f"Record Id,Account Name.id,Priority,Status,Created Time,Closed Time\n1,9,High,Closed,{times}\n2,9,-None-,New,,\n"
    chinese = f"工单编号,客户名称.id,优先级,状态,创建时间,关闭时间\n1,9,高,已关闭,{times}\n2,9,,新建,,\n"
    for text in (english, chinese):
        found = read(export("tickets", text), "ticket_id", "severity", "status", "opened_at", "closed_at")
        assert found["severity"] == ["high", None]
        assert found["status"] == ["closed", "open"]
        assert (found["opened_at"][0], found["closed_at"][0]) == ("2026-01-05 09:00", "2026-01-06 10:00")


def test_accounts_contacts_and_activities(export: Any) -> None:
    companies = "Record Id,Account Name,Account Type,Rating,Account Owner\n1,A,Customer,Active,Li\n2,B,Prospect,,\n3,C,Competitor,,\n"
    assert read(export("accounts", companies), "status", "tier", "owner") == {
        "status": ["active", "prospect", None],
        "tier": ["Active", None, None],
        "owner": ["Li", None, None],
    }
    people = "记录 ID,客户名称.id,名字,姓氏\n7,1,Mei,Li\n8,1,,Wang\n"
    assert read(export("contacts", people), "name", "account_id") == {"name": ["Mei Li", "Wang"], "account_id": ["1", "1"]}
    done, put_off = "1,9,Call,Completed,2026-01-05,2026-01-06", "2,9,Send Letter,Deferred,2026-01-07,"
    tasks = f"Record Id,Related To.id,Subject,Status,Due Date,Closed Time\n{done}\n{put_off}\n"
    assert read(export("activities", tasks), "kind", "status", "done_at") == {
        "kind": ["call", None],
        "status": ["done", "cancelled"],
        "done_at": ["2026-01-06", None],
    }
    calls = "Record Id,Related To.id,Outgoing Call Status,Call Start Time\n1,9,Completed,2026-01-05 10:00\n2,9,Scheduled,2026-01-06 10:00\n"
    assert read(export("activities", calls, called="Calls"), "kind", "done_at") == {
        "kind": ["call", "call"],
        "done_at": ["2026-01-05 10:00", None],
    }


def test_names_and_words_of_ones_own(export: Any) -> None:
    text = "Record Id,Level,First Reply\n1,P1,2026-01-05\n2,High,\n"
    settings = {"fields": {"severity": "Level", "responded_at": "First Reply"}, "words": {"severity": {"P1": "critical"}}}
    found = read(export("tickets", text, **settings), "severity", "responded_at")
    assert found == {"severity": ["critical", "high"], "responded_at": ["2026-01-05", None]}
    with pytest.raises(SourceError, match="SC652"):
        read(export("tickets", text, fields={"severity": "Level"}), "severity")


DEFINITION = """
entity: {{key: [account_id], roster: accounts}}
sources:
  accounts: {{type: zoho, object: accounts, path: accounts.csv}}
  surveys: {{type: zoho, object: surveys{more}}}
metrics:
  score: {{source: surveys, measure: mean(score), worst: 0, target: 10}}
"""
API = ", auth: {client_id: a, client_secret: b, refresh_token: c}"


@pytest.mark.parametrize(("more", "due"), [(API, ["SC102"]), (f"{API}, called: NPS", []), (", path: surveys.csv", [])])
def test_an_object_without_a_name_of_zohos_own_wants_one(more: str, due: list[str], tmp_path: Path) -> None:
    (tmp_path / "d.scorecard.yaml").write_text(DEFINITION.format(more=more), "utf-8")
    found = [issue for issue in scorecard.check(tmp_path / "d.scorecard.yaml").issues if issue.code.startswith("SC1")]
    assert [issue.code for issue in found] == due
    assert all(issue.values["key"] == "called" for issue in found)
