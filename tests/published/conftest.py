"""The published data, and the definitions that reproduce them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import scorecard

ROOT = Path(__file__).parents[2]
DEFINITIONS = ROOT / "configs" / "published"


@pytest.fixture(params=["pandas", "polars"])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def cases(monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the published cases, found by SCORECARD_SHARED or beside the repository; definitions read it by that name."""
    folder = Path(os.environ.get("SCORECARD_SHARED") or ROOT.parent / "shared").resolve()
    if not (folder / "cases").is_dir():
        pytest.skip(f"no published data at {folder}: set SCORECARD_SHARED to the folder that holds cases/")
    monkeypatch.setenv("SCORECARD_SHARED", str(folder))
    return folder / "cases"


@pytest.fixture
def score(cases: Path, engine: str) -> Callable[..., scorecard.Evaluation]:
    """Evaluates a published definition, by its name, on the engine of the test."""

    def scored(name: str, period: str | None = None) -> scorecard.Evaluation:
        return scorecard.evaluate(DEFINITIONS / f"{name}.scorecard.yaml", period=period, engine=engine)  # type: ignore[arg-type]

    return scored


@pytest.fixture
def published(cases: Path) -> Callable[..., pd.DataFrame]:
    """A published table by its file, with its key as index; only an empty cell is nothing."""

    def read(name: str, key: str | list[str]) -> pd.DataFrame:
        return pd.read_csv(cases / name, keep_default_na=False, na_values=[""]).set_index(key)

    return read
