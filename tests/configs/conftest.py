"""Where the worked scorecards are, and the folder of published data that some of them read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def configs() -> Path:
    return ROOT / "configs"


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder with cases/ and data/, found by SCORECARD_SHARED or beside the repository; definitions read it by that name."""
    folder = Path(os.environ.get("SCORECARD_SHARED") or ROOT.parent / "shared").resolve()
    if not (folder / "data").is_dir():
        pytest.skip(f"no published data at {folder}: set SCORECARD_SHARED to the folder that holds data/")
    monkeypatch.setenv("SCORECARD_SHARED", str(folder))
    return folder


@pytest.fixture(params=["pandas", "polars"])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)
