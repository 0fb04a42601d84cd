"""Exports of Salesforce, in English and Chinese, as records of the shapes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import scorecard_salesforce
from scorecard_salesforce.preset import PRESET

from scorecard.app import registry
from scorecard.crm import SHAPES
from scorecard.crm.open import ShapedData, open_preset
from scorecard.hooks.contracts import SourceError, SourceRequest
from scorecard.model.formula import Kind
from scorecard.testing import check_plugin

ENGLISH = """Opportunity ID,Account ID,Opportunity Name,Stage,Amount,Probability (%),Owner,Created Date,Close Date,Region Team
006A,001A,Renewal,Closed Won,"1,200.50",100%,Li,2026-01-05,2026-02-28,East
006B,001A,Upsell,Negotiation/Review,800,60,Wang,2026-02-01,2026-05-31,East
006C,007,Pilot,Closed Lost,,0,Li,2026-01-20,2026-03-15,
"""
CHINESE = """业务机会 ID,客户 ID,业务机会名,阶段,金额,可能性（%）,业务机会所有人,创建日期,结束日期,已赢得,已结束
006D,001B,续约,已结束且赢得,300,100,王,2026-01-05,2026-02-28,1,1
006E,001B,扩容,谈判,400,60,王,2026-02-01,2026-05-31,0,0
"""


@pytest.fixture
def export(tmp_path: Path) -> Any:
    def opened(object: str, text: str | dict[str, str], **settings: Any) -> ShapedData:
        for name, content in ({"export.csv": text} if isinstance(text, str) else text).items():
            (tmp_path / name).write_text(content, "utf-8-sig")
        path = "export.csv" if isinstance(text, str) else sorted(text)
        return open_preset(PRESET, SourceRequest(settings={"object": object, "path": path, **settings}, folder=str(tmp_path)))

    return opened


def read(data: ShapedData, *names: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = data.read(dict.fromkeys(names, Kind.TEXT)).to_pydict()
    return found


def test_it_keeps_the_contract_and_is_found() -> None:
    check_plugin(scorecard_salesforce)
    assert registry().offered_by["sources", "salesforce"].name == "salesforce"


@pytest.mark.parametrize("object", PRESET.things)
def test_the_table_of_names_keeps_to_the_shapes(object: str) -> None:
    for thing in PRESET.things[object]:
        assert set(thing.columns) <= set(SHAPES[object].columns)


def test_opportunities(export: Any) -> None:
    data = export("opportunities", ENGLISH)
    found = read(data, "opportunity_id", "account_id", "stage", "status", "expected_on", "closed_at", "owner", "probability")
    assert found["opportunity_id"] == ["006A", "006B", "006C"]
    assert found["account_id"] == ["001A", "001A", "007"]
    assert found["status"] == ["won", "open", "lost"]
    assert found["expected_on"] == ["2026-02-28", "2026-05-31", "2026-03-15"]
    assert found["closed_at"] == ["2026-02-28", None, "2026-03-15"]
    assert found["probability"] == ["100%", "0.6", "0"]
    assert data.read({"amount": Kind.NUMBER}).to_pydict() == {"amount": ["1,200.50", "800", None]}
    assert data.read({"Region Team": Kind.TEXT}).to_pydict() == {"Region Team": ["East", "East", None]}
    assert data.locate(1) == "export.csv, row 3"


def test_the_same_in_chinese(export: Any) -> None:
    found = read(export("opportunities", CHINESE), "opportunity_id", "name", "status", "closed_at", "owner")
    assert found["status"] == ["won", "open"]
    assert found["closed_at"] == ["2026-02-28", None]
    assert (found["name"], found["owner"]) == (["续约", "扩容"], ["王", "王"])


def test_several_exports_may_speak_several_languages(export: Any) -> None:
    data = export("opportunities", {"a.csv": ENGLISH, "b.csv": CHINESE.replace("（%）", " (%)")})
    found = read(data, "opportunity_id", "name", "probability")
    assert found["opportunity_id"] == ["006A", "006B", "006C", "006D", "006E"]
    assert found["probability"] == ["100%", "0.6", "0", "1", "0.6"]
    assert data.locate(4) == "b.csv, row 3"


def test_cases(export: Any) -> None:
    text = """Case Number,Account ID,Subject,Priority,Case Reason,Status,Date/Time Opened,Date/Time Closed
00001,001A,No login,High,Access,Closed,2026-01-05 09:00,2026-01-06 10:00
00002,001A,Slow,low,,Working,2026-01-07 09:00,
"""
    found = read(export("tickets", text), "ticket_id", "severity", "category", "status", "closed_at", "contacts")
    assert found["ticket_id"] == ["00001", "00002"]
    assert found["severity"] == ["high", "low"]
    assert found["category"] == ["Access", None]
    assert found["status"] == ["closed", "open"]
    assert found["contacts"] == [None, None]


def test_contacts_accounts_and_activities(export: Any) -> None:
    people = export("contacts", "Contact ID,Account ID,First Name,Last Name,Title\n003A,001A,Mei,Li,CTO\n003B,001A,,Wang,\n")
    assert read(people, "name", "position", "active") == {"name": ["Mei Li", "Wang"], "position": ["CTO", None], "active": [None, None]}
    companies = "客户 ID,客户名,行业,类型,客户所有人\n001A,甲公司,制造,Customer - Direct,李\n001B,乙公司,,Competitor,\n"
    assert read(export("accounts", companies), "account_id", "status", "owner") == {
        "account_id": ["001A", "001B"],
        "status": ["active", None],
        "owner": ["李", None],
    }
    tasks = export(
        "activities", "Activity ID,Account ID,Type,Status,Date\n00T1,001A,Call,Completed,2026-01-05\n00T2,001A,,Deferred,2026-01-06\n"
    )
    assert read(tasks, "kind", "status") == {"kind": ["call", None], "status": ["done", "cancelled"]}


def test_names_and_words_of_ones_own(export: Any) -> None:
    text = "Case ID,Account ID,Priority,Level,First Reply\n5001,001A,P1,Gold,2026-01-05\n5002,001A,P3,,\n"
    settings = {"fields": {"responded_at": "First Reply", "level": "Level"}, "words": {"severity": {"p1": "critical", "P3": ""}}}
    found = read(export("tickets", text, **settings), "severity", "responded_at", "level")
    assert found == {"severity": ["critical", None], "responded_at": ["2026-01-05", None], "level": ["Gold", None]}


def test_a_word_that_means_nothing_here(export: Any) -> None:
    data = export("tickets", "Case ID,Priority\n5001,High\n5002,P1\n")
    assert read(data, "ticket_id") == {"ticket_id": ["5001", "5002"]}
    with pytest.raises(SourceError) as refused:
        read(data, "severity")
    assert (refused.value.code, refused.value.values["examples"]) == ("SC652", "'P1'")


def test_a_heading_that_the_export_lacks_is_no_column(export: Any) -> None:
    columns = export("tickets", "Case ID,Priority\n5001,High\n").columns
    assert "account_id" not in columns
    assert {"ticket_id", "severity", "responded_at", "Priority"} <= set(columns)


FOOTER = """

"Closed Opportunities"
"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."
"Confidential Information - Do Not Distribute"
"Generated By:  Li 2026-04-01 09:00"
"Example Ltd"
"""


def test_the_lines_below_a_report_are_no_records(export: Any) -> None:
    data = export("opportunities", ENGLISH + FOOTER)
    assert read(data, "opportunity_id") == {"opportunity_id": ["006A", "006B", "006C"]}
    assert data.locate(2) == "export.csv, row 4"


def test_a_blank_line_inside_of_a_cell_ends_nothing(export: Any) -> None:
    text = 'Opportunity ID,Account ID,Description\n006A,001A,"first\n\nConfidential Information, second"\n'
    assert read(export("opportunities", text), "Description") == {"Description": ["first\n\nConfidential Information, second"]}


def test_records_below_a_blank_line_are_kept(export: Any) -> None:
    text = 'Opportunity ID,Account ID,Description\n006A,001A,x\n\n006B,001A,"Confidential Information, second"\n'
    assert read(export("opportunities", text), "opportunity_id") == {"opportunity_id": ["006A", "006B"]}


def test_a_workbook(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["报表：个案"], [], ["个案编号", "客户 ID", "优先级", "状态"], [1001, "001A", "高", "已关闭"]):
        book.active.append(row)
    book.save(tmp_path / "个案.xlsx")
    settings = {"object": "tickets", "path": "个案.xlsx", "header_row": 3}
    data = open_preset(PRESET, SourceRequest(settings=settings, folder=str(tmp_path)))
    assert read(data, "ticket_id", "severity", "status") == {"ticket_id": ["1001"], "severity": ["high"], "status": ["closed"]}
