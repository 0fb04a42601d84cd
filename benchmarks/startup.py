"""How long the command line takes beyond the bare interpreter, whole processes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import median

from measure import seconds

DEFINITION = Path(__file__).parent.parent / "configs" / "demo" / "demo.scorecard.yaml"
"""a typical definition, of two hundred lines"""
COMMANDS = {"`--help`": ["--help"], "`validate` of 200 lines": ["validate", str(DEFINITION)]}


def beyond_bare(runs: int) -> dict[str, float]:
    """Seconds of each command less those of `python -c pass`, the median of the runs, in turn."""
    bare: list[float] = []
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(runs):
        bare.append(_process("-c", "pass"))
        for name, arguments in COMMANDS.items():
            taken[name].append(_process("-m", "scorecard", *arguments))
    return {name: median(times) - median(bare) for name, times in taken.items()}


def _process(*arguments: str) -> float:
    return seconds(lambda: subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL))
