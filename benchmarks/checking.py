"""Definitions checked, lint included, against check-jsonschema, which checks the same files against the same schema and nothing more.

Whole processes, as a build runs them. The files are the demo's definition with other texts and numbers in each.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from measure import Compared, seconds

ROOT = Path(__file__).parent.parent
DEFINITION = ROOT / "configs" / "demo" / "demo.scorecard.yaml"
SCHEMA = ROOT / "schemas" / "scorecard.schema.json"


def beside_check_jsonschema(count: int, rounds: int) -> Compared:
    """Both on so many files, in turn; every other round the other one begins."""
    with TemporaryDirectory() as folder:
        files = _write(Path(folder), count)
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(Path(folder) / "bytecode")}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)

        def process(*arguments: str) -> float:
            command = [sys.executable, "-m", *arguments, *files]
            return seconds(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment))

        def ours() -> float:
            return process("scorecard", "validate")

        def theirs() -> float:
            return process("check_jsonschema", "--schemafile", str(SCHEMA))

        if rounds > 1:
            ours(), theirs()
        pairs = [(ours(), theirs()) if number % 2 else (theirs(), ours())[::-1] for number in range(rounds)]
    return Compared(median(a for a, _ in pairs), median(b for _, b in pairs), median(a / b for a, b in pairs))


def _write(folder: Path, count: int) -> list[str]:
    text = DEFINITION.read_text("utf-8")
    files = []
    for number in range(count):
        path = folder / f"client_{number:04}.scorecard.yaml"
        title = text.replace("Customer project score", f"Customer project score of client {number}")
        path.write_text(re.sub(r"^(    worst: )0$", rf"\g<1>{-number % 7}", title, flags=re.MULTILINE), encoding="utf-8")
        files.append(str(path))
    return files
