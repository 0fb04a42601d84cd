"""A spreadsheet program that opens workbooks, puts things into cells and says what others then show."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

MACRO = Path(__file__).parent / "trying.bas"
_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">{}</script:module>
"""


@dataclass(slots=True)
class Jobs:
    """What is to be done with one workbook, in this order; every `read` gives one answer."""

    book: Path
    lines: list[str] = field(default_factory=list)

    def entity(self, number: int) -> None:
        """Has the sheet be about the entity in a row of the sheet that things are looked up on."""
        self.lines.append(f"entity;{number + 1}")

    def put(self, cell: str, number: float | None) -> None:
        self.lines.append(f"clear;{cell}" if number is None else f"put;{cell};{number!r}")

    def read(self, area: str) -> None:
        self.lines.append(f"read;{area}")


@dataclass(frozen=True, slots=True)
class Office:
    """A profile of its own, in which whatever is opened is worked out anew."""

    program: str
    folder: Path

    def jobs(self, book: Path) -> Jobs:
        return Jobs(book)

    def done(self, every: Sequence[Jobs]) -> Iterator[list[list[str]]]:
        """Does all jobs at once and gives the cells that were asked for."""
        asked, answered = self.folder / "jobs", self.folder / "answers"
        lines = [line for jobs in every for line in (f"open;{jobs.book}", *jobs.lines, "close")]
        asked.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        self._run("macro:///Standard.Module1.Main", {"TRYING_JOBS": str(asked), "TRYING_ANSWERS": str(answered)})
        found: list[list[str]] = []
        for line in answered.read_text("utf-8").splitlines():
            if line == "end":
                yield found
                found = []
            else:
                found.append(line.split("\t")[:-1])

    def prepare(self) -> None:
        """The first start makes the rest of the profile, and an empty macro in the place of whatever was there."""
        user = self.folder / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_ALWAYS, "utf-8")
        self._run("--terminate_after_init", {})
        macro = MACRO.read_text("utf-8").replace("&", "&amp;").replace("<", "&lt;")
        (user / "basic" / "Standard" / "Module1.xba").write_text(_MODULE.format(macro), "utf-8")

    def _run(self, what: str, environment: dict[str, str]) -> None:
        profile = f"-env:UserInstallation={(self.folder / 'profile').as_uri()}"
        subprocess.run(
            [self.program, "--headless", "--norestore", profile, what],
            env={**os.environ, "LC_ALL": "C.UTF-8", **environment},
            check=True,
            capture_output=True,
            timeout=120,
        )


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    office = Office(program, tmp_path_factory.mktemp("office"))
    office.prepare()
    return office


@pytest.fixture(scope="module")
def shared() -> Iterator[Path]:
    """The folder with the published data, which the definition of telco reads by its name."""
    folder = Path(os.environ.get("SCORECARD_SHARED") or Path(__file__).parents[3] / "shared").resolve()
    if not (folder / "data").is_dir():
        pytest.skip(f"no published data at {folder}: set SCORECARD_SHARED to the folder that holds data/")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCORECARD_SHARED", str(folder))
        yield folder
