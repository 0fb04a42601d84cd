"""How the figures are taken: two sides in turn in one process for time, a fresh process for each side's memory."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Compared:
    """Seconds of both sides, and the median of the ratios of the rounds, in which they ran one right after the other."""

    ours: float
    hand: float
    ratio: float


def in_turn(ours: Callable[[], Any], hand: Callable[[], Any], rounds: int) -> Compared:
    """Runs both once to warm up, then in turn; every other round the other side begins."""
    ours(), hand()
    pairs = []
    for number in range(rounds):
        if number % 2:
            of_ours, by_hand = seconds(ours), seconds(hand)
        else:
            by_hand, of_ours = seconds(hand), seconds(ours)
        pairs.append((of_ours, by_hand))
    return Compared(median(a for a, _ in pairs), median(b for _, b in pairs), median(a / b for a, b in pairs))


def seconds(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


@dataclass(frozen=True)
class Peak:
    """Megabytes: the process with its data before the work, and what the work took beyond it at its highest."""

    before: float
    beyond: float


def peak(case: str, side: str, size: int, library: str) -> Peak:
    """Runs one side of a case once, in a process of its own."""
    command = [sys.executable, str(FOLDER / "measure.py"), case, side, str(size), library]
    return Peak(**json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


@cache
def loaded(definition: Path) -> tuple[Any, Any]:
    """A definition and the plugins it is read with, once for all rounds."""
    import scorecard

    plugins = scorecard.registry()
    return scorecard.load(definition, plugins), plugins


def _megabytes() -> float:
    """The most memory that this process has held so far. Linux hands what `getrusage` says on to children, so there it asks /proc."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _run_one_side(case: str, side: str, size: int, library: str) -> None:
    module = import_module(case)
    getattr(module, side)(module.data(2_000, library))  # what is imported on the way is no memory of the work
    frames = module.data(size, library)
    before = _megabytes()
    getattr(module, side)(frames)
    print(json.dumps({"before": before, "beyond": _megabytes() - before}))


if __name__ == "__main__":
    _run_one_side(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])
