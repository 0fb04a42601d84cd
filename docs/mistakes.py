"""Writes `mistakes.md`: what scorecard, check-jsonschema and yamllint say of the files in `tests/cases/definition/invalid`.

`python docs/mistakes.py` writes it; a test compares `page()` with what is there. Each of the other tools runs in one process for all files.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from contextlib import chdir
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from scorecard import app
from scorecard.hooks.registry import Registry
from scorecard.language.catalogue import sentence
from scorecard.model.issue import Issue, Level

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "tests" / "cases" / "definition" / "invalid"
PAGE = ROOT / "docs" / "mistakes.md"
SCHEMA = ROOT / "schemas" / "scorecard.schema.json"
TODAY = date(2026, 7, 1)
_PLACED = re.compile(r"^\s+(?!in )(\S.*)\n\s+in \"<byte string>\", line (\d+), column (\d+)", re.MULTILINE).findall
LONGEST = 130
"""characters of a line of another tool"""
WITH_SOURCES = "# scorecard validate --with-sources\n"
CHECK = """
import json, sys
from click.testing import CliRunner
from check_jsonschema import main
schema, *files = sys.argv[1:]
def run(form, *files):
    found = CliRunner().invoke(main, ["--schemafile", schema, "--output-format", form, *files])
    if not isinstance(found.exception, SystemExit | None):
        raise found.exception
    return found.stdout
whole = json.loads(run("json", *files))
alone = {each["filename"]: run("text", each["filename"]) for each in whole["parse_errors"]}
sound = [file for file, text in alone.items() if "Failed to parse" not in text]
errors = whole["errors"] + [error for file in sound for error in json.loads(run("json", file))["errors"]]
print(json.dumps({"errors": errors, "unread": {file: text for file, text in alone.items() if file not in sound}}))
"""
"""what it could not read is given to it again alone: behind a file with a duplicate key it finds one in the next file too"""
ABOUT = """\
# Mistakes

What authors of definitions get wrong, in YAML as in tables of KPIs, and what they are told. The files are in
[tests/cases/definition/invalid](../tests/cases/definition/invalid), each a whole definition with nothing else wrong with it; the lines
that matter are shown. scorecard tells all of a file in one run, unless its YAML cannot be read at all.

Beside `scorecard validate` stand check-jsonschema {check_jsonschema} with the
[published schema](../schemas/scorecard.schema.json) and yamllint {yamllint} as it comes. They are good at something else: the one
checks the shape of a file, the other its YAML, and neither can know what a formula, a band or a percentage means. Of
check-jsonschema the deepest match that it prints for each error is shown, of yamllint the first line.

| | scorecard | check-jsonschema | yamllint |
|---|---|---|---|
| files, of {files}, in which something is found | {ours} | {shapes} | {styles} |
| remarks, in all of them | {ours_all} | {shapes_all} | {styles_all} |
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the tools say of one file."""

    file: Path
    ours: Sequence[Issue]
    shape: Sequence[str]
    style: Sequence[str]


def page() -> str:
    """The whole page."""
    registry = app.registry()
    with chdir(FOLDER):
        files = sorted(Path().glob("*.scorecard.yaml"))
        shapes, styles = _shapes(files), _styles(files)
        said = [
            Said(file=file, ours=_ours(file, registry), shape=shapes.get(str(file), ()), style=styles.get(str(file), ())) for file in files
        ]
        columns: dict[str, list[Sequence[object]]] = {
            "ours": [one.ours for one in said],
            "shapes": [one.shape for one in said],
            "styles": [one.style for one in said],
        }
        found = {name: sum(map(bool, column)) for name, column in columns.items()}
        remarks = {f"{name}_all": sum(map(len, column)) for name, column in columns.items()}
        versions = {name.replace("-", "_"): version(name) for name in ("check-jsonschema", "yamllint")}
        return "\n".join([ABOUT.format(files=len(said), **found, **remarks, **versions), *map(_section, said)]) + "\n"


def _ours(file: Path, registry: Registry) -> list[Issue]:
    """What `scorecard validate` shows: errors and warnings; of the data too where the file asks for it."""
    outcome = app.lint(file, registry, today=TODAY)
    issues = [issue for issue in outcome.issues if issue.level is not Level.INFO]
    if outcome.scorecard is not None and WITH_SOURCES in file.read_text("utf-8"):
        issues += app.check_sources(outcome.scorecard, registry)
    return issues


def _shapes(files: Sequence[Path]) -> dict[str, list[str]]:
    """What check-jsonschema says, by file."""
    command = [sys.executable, "-c", CHECK, os.path.relpath(SCHEMA), *map(str, files)]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout)
    found: dict[str, list[str]] = {}
    for error in told["errors"]:
        best = error.get("best_deep_match") or error
        found.setdefault(error["filename"], []).append(f"{best['path']}: {best['message']}")
    for file, text in told["unread"].items():
        found[file] = ["; ".join(f"{line}:{column} {words}" for words, line, column in _PLACED(text))]
    return found


def _styles(files: Sequence[Path]) -> dict[str, list[str]]:
    """What yamllint says, by file."""
    command = [sys.executable, "-m", "yamllint", "-f", "parsable", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.stderr:
        raise RuntimeError(done.stderr)
    found: dict[str, list[str]] = {}
    for line in done.stdout.splitlines():
        file, words = line.split(":", 1)
        found.setdefault(file, []).append(words.replace(": ", " ", 1))
    return found


def _section(said: Said) -> str:
    number, _, name = said.file.name.partition(".")[0].partition("_")
    lines = said.file.read_text("utf-8").splitlines()
    places = [issue.place for issue in said.ours if issue.place is not None]
    shown = "\n".join(f"{line:>2}  {lines[line - 1]}" for line in sorted({place.line for place in places}))
    ours = "<br>".join(
        _cell(f"{place.line}:{place.column} {issue.code} {sentence(issue.code, issue.values)}")
        for place, issue in zip(places, said.ours, strict=True)
    )
    heading = name.replace("_", " ").capitalize()
    rows = ["| scorecard | check-jsonschema | yamllint |", "|---|---|---|", f"| {ours} | {_told(said.shape, 3)} | {_told(said.style, 1)} |"]
    return "\n".join([f"\n## {int(number)}. {heading}\n", f"```text\n{shown}\n```\n", *rows])


def _told(said: Sequence[str], most: int) -> str:
    """The first of what a tool says, shortened, and how much more there is."""
    if not said:
        return "nothing"
    first = [_cell(words if len(words) <= LONGEST else f"{words[:LONGEST]}…") for words in said[:most]]
    more = len(said) - len(first)
    return "<br>".join([*first, *([f"and {more} more"] if more else [])])


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def main() -> None:
    PAGE.write_text(page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
