"""The library is whole: every metric type that customer scorecards are written with ships, and nothing that nobody planned."""

from __future__ import annotations

import os
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from scorecard.app import registry
from scorecard.cli.main import invoke

ASKING = "csat nps ces response_rate loyalty_index"
VALUE = "clv cac ltv_to_cac revenue margin average_order_value purchase_frequency sales_growth share_of_wallet rfm arpu nrr grr"
STAYING = "retention_rate churn_rate renewal_rate repurchase_rate tenure inactivity_days"
SERVICE = (
    "response_time resolution_time sla_attainment first_contact_resolution complaint_rate complaint_closure_rate quality_check"
    " feedback_mix training_completion training_effect on_time_delivery milestone_progress"
)
RELATIONSHIP = (
    "contact_cadence stage_progress win_rate sales_cycle pipeline_coverage relationship_length relationship_breadth relationship_depth"
    " follow_ups sales_per_rep appraisal"
)
GENERAL = "checklist trend volatility forecast"
LIBRARY = " ".join([ASKING, VALUE, STAYING, SERVICE, RELATIONSHIP, GENERAL]).split()
BESIDE = {"clv_bgnbd": "scorecard_clv"}
"""metric types of the library that a package of their own brings: where it is installed, they are there"""
INSTALLED = [id for id, package in BESIDE.items() if find_spec(package) is not None]
PLUGINS = registry()
DESCRIBED = Path(os.environ.get("SCORECARD_SHARED") or Path(__file__).parents[2].parent / "shared") / "design" / "library.md"


def test_the_command_lists_the_library_and_nothing_more(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.delenv("SCORECARD_PLUGINS", raising=False)
    invoke(["plugins"])
    listed = capsys.readouterr().out.partition("metric types\n")[2].partition("\n\n")[0]
    ours = [line.split()[0] for line in listed.splitlines() if not re.search(r"\(\S+ \S+\)$", line)]
    assert sorted(ours) == sorted(LIBRARY)


@pytest.mark.parametrize("id", BESIDE)
def test_a_package_beside_brings_what_it_is_there_for(id: str) -> None:
    if id not in INSTALLED:
        pytest.skip(f"{BESIDE[id]} is not installed")
    assert PLUGINS.offered_by["metric_types", id].origin == BESIDE[id].replace("_", "-")


@pytest.mark.parametrize("id", [*LIBRARY, *BESIDE])
def test_the_design_names_it(id: str) -> None:
    if not DESCRIBED.is_file():
        pytest.skip(f"no design at {DESCRIBED}: set SCORECARD_SHARED to the folder that holds design/")
    text = DESCRIBED.read_text("utf-8")
    named = re.findall(r"\w+", text.partition("## Metric types")[2].partition("## Sources")[0])
    side = id.removeprefix("relationship_")
    assert id in named or ("relationship_length" in named and side in named)


@pytest.mark.parametrize("id", [*LIBRARY, *INSTALLED])
def test_a_page_says_what_how_on_what_and_when_not(id: str) -> None:
    parts = PLUGINS.metric_types[id].doc.strip().split("\n\n")
    assert len(parts) >= 4
    assert all(part.endswith(".") for part in (parts[0], parts[-1]))
    assert parts[-1].startswith("Not ")
