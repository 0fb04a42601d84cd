"""Where the worked scorecards are, the published data that some of them read, and their golden outputs."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scorecard.evaluation.evaluation import Evaluation
from scorecard.report.json import write

ROOT = Path(__file__).parents[2]
UPDATE = os.environ.get("SCORECARD_UPDATE_GOLDEN") == "1"


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


@pytest.fixture
def same_as_golden() -> Callable[[Evaluation, Path], None]:
    """Compares an evaluation's JSON with a golden file, numbers to their tenth digit and places from the repository's folder.

    SCORECARD_UPDATE_GOLDEN=1 writes it instead.
    """

    def compare(evaluation: Evaluation, path: Path) -> None:
        found = json.loads(b"".join(write(evaluation, {"language": "en"})).replace(f"{ROOT}{os.sep}".encode(), b""))
        del found["provenance"]
        if UPDATE:
            path.parent.mkdir(exist_ok=True)
            path.write_text(_an_entity_per_line(found), encoding="utf-8")
        assert _differences(found, json.loads(path.read_text(encoding="utf-8"))) == []

    return compare


def _an_entity_per_line(document: dict[str, Any]) -> str:
    head = json.dumps({key: value for key, value in document.items() if key != "entities"}, ensure_ascii=False, indent=1)
    lines = ",\n  ".join(json.dumps(entity, ensure_ascii=False) for entity in document["entities"])
    return head.removesuffix("\n}") + f',\n "entities": [\n  {lines}\n ]\n}}\n'


def _differences(found: Any, expected: Any, place: str = "") -> list[str]:
    """The places where two JSON values differ, with both."""
    if isinstance(found, dict) and isinstance(expected, dict) and found.keys() == expected.keys():
        return [one for key in expected for one in _differences(found[key], expected[key], f"{place}.{key}")]
    if isinstance(found, list) and isinstance(expected, list) and len(found) == len(expected):
        return [one for at, pair in enumerate(zip(found, expected, strict=True)) for one in _differences(*pair, f"{place}[{at}]")]
    if isinstance(found, float) and isinstance(expected, (int, float)):
        return [] if found == pytest.approx(expected, rel=1e-10, abs=1e-9) else [f"{place}: {found} is not {expected}"]
    return [] if found == expected else [f"{place}: {found!r} is not {expected!r}"]
