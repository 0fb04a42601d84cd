"""Exports of HubSpot as records of the shapes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import scorecard_hubspot
from scorecard_hubspot.preset import PRESET

from scorecard.app import registry
from scorecard.crm import SHAPES
from scorecard.crm.open import ShapedData, open_preset
from scorecard.hooks.contracts import SourceError, SourceRequest
from scorecard.model.formula import Kind
from scorecard.testing import check_plugin


@pytest.fixture
def export(tmp_path: Path) -> Any:
    def opened(object: str, text: str, **settings: Any) -> ShapedData:
        (tmp_path / "export.csv").write_text(text, "utf-8")
        return open_preset(PRESET, SourceRequest(settings={"object": object, "path": "export.csv", **settings}, folder=str(tmp_path)))

    return opened


def read(data: ShapedData, *names: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = data.read(dict.fromkeys(names, Kind.TEXT)).to_pydict()
    return found


def test_it_keeps_the_contract_and_is_found() -> None:
    check_plugin(scorecard_hubspot)
    assert registry().offered_by["sources", "hubspot"].name == "hubspot"


@pytest.mark.parametrize("object", PRESET.things)
def test_the_table_of_names_keeps_to_the_shapes(object: str) -> None:
    for thing in PRESET.things[object]:
        assert set(thing.columns) <= set(SHAPES[object].columns)


def test_deals(export: Any) -> None:
    text = """Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Associated Company IDs
11,Renewal,Closed Won,2026-02-28 10:00,Li,"1,200",9001;9002
12,Upsell,Negotiation,2026-05-31 10:00,Wang,800,9001
13,Pilot,Closed Lost,2026-03-15 10:00,,,
"""
    data = export("opportunities", text)
    found = read(data, "opportunity_id", "account_id", "status", "closed_at", "expected_on", "owner")
    assert found["opportunity_id"] == ["11", "12", "13"]
    assert found["account_id"] == ["9001", "9001", None]
    assert found["status"] == ["won", "open", "lost"]
    assert found["closed_at"] == ["2026-02-28 10:00", None, "2026-03-15 10:00"]
    assert found["owner"] == ["Li", "Wang", None]
    assert data.locate(2) == "export.csv, row 4"


def test_companies_in_chinese(export: Any) -> None:
    text = """记录 ID,公司名称,行业,公司负责人,生命周期阶段,创建日期
9001,甲公司,制造,李,客户,2025-01-05
9002,乙公司,,王,潜在客户,2025-02-05
9003,丙,,,其他,
"""
    found = read(export("accounts", text), "account_id", "name", "owner", "status", "created_at", "tier")
    assert found["account_id"] == ["9001", "9002", "9003"]
    assert found["status"] == ["active", "prospect", None]
    assert found["owner"] == ["李", "王", None]
    assert found["tier"] == [None, None, None]


def test_tickets_and_contacts(export: Any) -> None:
    text = """Ticket ID,Ticket name,Priority,Create Date,Close Date,Associated Company IDs (Primary),Number of times contacted
501,No login,Urgent,2026-01-05 09:00,2026-01-06 10:00,9001,3
502,Slow,,2026-01-07 09:00,,9001,
"""
    found = read(export("tickets", text), "ticket_id", "severity", "status", "closed_at", "contacts")
    assert found["severity"] == ["critical", None]
    assert found["status"] == ["closed", "open"]
    assert found["contacts"] == ["3", None]
    people = "Record ID,First Name,Last Name,Employment Seniority,Associated Company IDs\n71,Mei,Li,VP,9001\n72,,Wang,Entry,9002;9001\n"
    found = read(export("contacts", people), "name", "seniority", "account_id")
    assert found == {"name": ["Mei Li", "Wang"], "seniority": ["executive", "staff"], "account_id": ["9001", "9002"]}


def test_names_and_words_of_ones_own(export: Any) -> None:
    text = "Record ID,Priority,Plan\n501,P1,Gold\n"
    data = export("tickets", text, fields={"plan": "Plan"}, words={"severity": {"P1": "critical"}})
    assert read(data, "severity", "plan") == {"severity": ["critical"], "plan": ["Gold"]}
    with pytest.raises(SourceError, match="SC652"):
        read(export("tickets", text), "severity")
