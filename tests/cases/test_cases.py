"""Every metric type of ours against its hand-checked cases, on both engines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scorecard.app import registry
from scorecard.builtin.metrics import METRIC_TYPES
from scorecard.testing import Case, read_cases, run_case

FOLDER = Path(__file__).parent
CASES = [case for path in sorted(FOLDER.glob("*.yaml")) for case in read_cases(path)]
PLUGINS = registry()


@pytest.mark.parametrize("engine", ["pandas", "polars"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.written['type']}: {case}")
def test_case(case: Case, engine: Any) -> None:
    run_case(case, PLUGINS, engine)


def test_every_metric_type_has_cases_and_one_with_nothing_to_measure() -> None:
    for kind in METRIC_TYPES:
        cases = read_cases(FOLDER / f"{kind.id}.yaml")
        expected = [case.written.get("expect", 0) for case in cases]
        assert any(one is None or (isinstance(one, dict) and None in one.values()) for one in expected), kind.id
