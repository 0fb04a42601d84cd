"""What the command line prints, to the letter. `SCORECARD_UPDATE_GOLDEN=1` writes the files anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scorecard.cli.leaving import BUG
from scorecard.cli.main import run

FOLDER = Path(__file__).with_name("command_line")
CASES = {
    "run": "run health.scorecard.yaml --period 2025-Q4",
    "run_zh": "run health.scorecard.yaml --period 2025-Q4 --lang zh",
    "run_markdown": "run health.scorecard.yaml --period 2025-Q4 --format markdown",
    "run_csv": "run health.scorecard.yaml --period 2025-Q4 --format csv",
    "run_jsonl": "run health.scorecard.yaml --period 2025-Q4 --format jsonl",
    "explain": "explain health.scorecard.yaml --period 2025-Q4 -e customer_id=C001",
    "explain_zh": "explain health.scorecard.yaml --period 2025-Q4 -e customer_id=C002 --lang zh",
    "explain_gaps": "explain health.scorecard.yaml --period 2025-Q4 -e customer_id=C005",
    "explain_json": "explain health.scorecard.yaml --period 2025-Q4 -e customer_id=C001 --format json",
    "explain_since": "explain ../../../configs/demo/demo.scorecard.yaml --period 2026-Q3 -e project_id=P050",
    "whatif": "whatif health.scorecard.yaml --period 2025-Q4 -e customer_id=C001 --set rating=5 --set weight.nps=3",
    "whatif_sweep": "whatif health.scorecard.yaml --period 2025-Q4 -e customer_id=C001 --set rating=2..5/1 --lang zh",
    "whatif_all": "whatif health.scorecard.yaml --period 2025-Q4 --for-all --set rating=5",
    "whatif_json": "whatif health.scorecard.yaml --period 2025-Q4 --for-all --set rating=5 --format json",
    "whatif_typo": "whatif health.scorecard.yaml --period 2025-Q4 --for-all --set ratng=5",
    "advise": "advise ../../../configs/clients/yunfan/customer-projects.scorecard.yaml --period 2026-Q3 --lang zh --most 2",
    "advise_library": "advise ../../../configs/demo/demo.scorecard.yaml --period 2026-Q3 -e project_id=P016",
    "reach": "reach ../../../configs/demo/demo.scorecard.yaml --period 2026-Q3 -e project_id=P049",
    "reach_zh": "reach ../../../configs/demo/demo.scorecard.yaml --period 2026-Q3 -e project_id=P030 --lang zh",
    "reach_all": "reach ../../../configs/demo/demo.scorecard.yaml --period 2026-Q3 --most 6",
    "reach_budget": "reach ../../../configs/demo/demo.scorecard.yaml --period 2026-Q3 --budget 40 --most 4",
    "reach_no_such_band": "reach ../../../configs/demo/demo.scorecard.yaml --period 2026-Q3 --band gren",
    "targets": "targets ../../../configs/clients/yunfan/customer-projects.scorecard.yaml --period 2024-Q4..2026-Q3",
    "targets_patch": "targets ../../../configs/clients/yunfan/customer-projects.scorecard.yaml --period 2024-Q4..2026-Q3 --patch",
    "review": "review ../../../configs/demo/demo.scorecard.yaml --period 2024-Q4..2026-Q3",
    "review_markdown": "review ../../../configs/demo/demo.scorecard.yaml --period 2024-Q4..2026-Q3 --format markdown --lang zh",
    "validate": "validate health.scorecard.yaml",
    "validate_broken": "validate broken.scorecard.yaml",
    "diff": "diff health.scorecard.yaml next.scorecard.yaml --period 2025-Q4 --max-band-changes 1 --max-shift 30",
    "diff_zh": "diff health.scorecard.yaml next.scorecard.yaml --period 2025-Q4 --lang zh",
    "diff_markdown": "diff health.scorecard.yaml next.scorecard.yaml --period 2025-Q4 --format markdown --max-mean-shift 1",
    "show": "show ../../../configs/clients/yunfan/customer-projects.scorecard.yaml --of csat",
    "show_diff": "show ../../../configs/clients/yunfan/customer-projects.scorecard.yaml --diff",
    "show_json": "show ../../../configs/clients/yunfan/customer-projects.scorecard.yaml --of growth --format json",
    "validate_diff": "validate broken.scorecard.yaml --diff",
    "drift": "drift ../../../configs/clients/yunfan/customer-projects.scorecard.yaml"
    " --base ../../../configs/industry/b2b-software.scorecard.yaml",
    "help": "--help",
    "run_help": "run --help",
    "help_zh": "--help --lang zh",
    "plugins_show_zh": "plugins show csat --lang zh",
    "rule_zh": "rule SC104 --lang zh",
    "run_help_zh": "run --help --lang zh",
    "follow_help_zh": "follow health.scorecard.yaml take --help --lang zh",
    "validate_broken_zh": "validate broken.scorecard.yaml --lang zh",
    "run_no_such_option_zh": "run health.scorecard.yaml --engin pandas --lang zh",
    "run_no_such_choice_zh": "--lang zh run health.scorecard.yaml --sort band",
    "run_no_such_day_zh": "run --lang=zh health.scorecard.yaml --as-of 2026-13-01",
    "no_such_command_zh": "--lang zh rn",
    "no_such_language": "run health.scorecard.yaml --lang fr",
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_printed(name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for variable in ("LC_ALL", "LC_MESSAGES", "SCORECARD_PLUGINS", "FORCE_COLOR"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(FOLDER)
    code = run(CASES[name].split())
    captured = capsys.readouterr()
    assert code != BUG, captured.err
    printed = f"$ scorecard {CASES[name]}\n{captured.out.replace(chr(13), '')}"
    printed += f"--- stderr\n{captured.err}" if captured.err else ""
    printed += f"--- exit {code}\n"
    file = FOLDER / f"{name}.txt"
    if os.environ.get("SCORECARD_UPDATE_GOLDEN"):
        file.write_text(printed, encoding="utf-8", newline="\n")
    assert printed == file.read_text("utf-8")
