"""How long the command line takes beyond the bare interpreter, whole processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from measure import seconds

DEFINITION = Path(__file__).parent.parent / "configs" / "demo" / "demo.scorecard.yaml"
"""a typical definition, of two hundred lines"""
COMMANDS = {"`--help`": ["--help"], "`validate` of 200 lines": ["validate", str(DEFINITION)]}


def beyond_bare(runs: int) -> dict[str, float]:
    """Seconds of each command less those of `python -c pass`, the median of the runs, in turn.

    Bytecode is kept, as it is of an installed package, whatever the environment says.
    """
    with TemporaryDirectory() as bytecode:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": bytecode}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)

        def process(*arguments: str) -> float:
            command = [sys.executable, *arguments]
            return seconds(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment))

        bare: list[float] = []
        taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
        for arguments in COMMANDS.values():
            process("-m", "scorecard", *arguments)
        for _ in range(runs):
            bare.append(process("-c", "pass"))
            for name, arguments in COMMANDS.items():
                taken[name].append(process("-m", "scorecard", *arguments))
    return {name: median(times) - median(bare) for name, times in taken.items()}
