"""The kit for plugin authors fails where it should."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from scorecard.hooks import hookimpl
from scorecard.hooks.contracts import SourceType
from scorecard.model.text import Text
from scorecard.testing import check_plugin, read_cases, run_case, run_cases


def write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def test_a_wrong_expectation_fails(tmp_path: Path) -> None:
    path = write(tmp_path / "c.yaml", "type: nps\ncases: [{records: [{score: 9}], expect: 99}, {records: [{score: 9}], expect: 100}]")
    with pytest.raises(AssertionError, match=r"c-1: 1 is 100\.0, not 99"):
        run_cases(path)
    run_case(read_cases(path)[1])


def test_an_expected_nothing_fails_where_there_is_a_value(tmp_path: Path) -> None:
    path = write(tmp_path / "c.yaml", "type: nps\ncases: [{records: [{score: 9}], expect: null}]")
    with pytest.raises(AssertionError, match="not None"):
        run_cases(path)


def test_params_that_are_taken_are_not_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "c.yaml", "type: nps\ncases: [{records: [{score: 9}], refuses: anything}]")
    with pytest.raises(AssertionError, match="not refused"):
        run_cases(path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("type: nps", "has no cases"),
        ("type: nps\ncases: [{record: [], expect: 1}]", "unknown key record"),
        ("type: nps\ncases: [{records: []}]", "either expect or refuses"),
        ("cases: [{a: 1, a: 2}]", "a"),
    ],
)
def test_a_file_that_is_no_file_of_cases(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_cases(write(tmp_path / "c.yaml", text))


def test_a_plugin_is_checked_beyond_its_contract() -> None:
    lost = SourceType(
        id="lost",
        title=Text({"zh": "无"}),
        params={"properties": {"path": {"type": "string"}}},
        doc="Lost.",
        open="scorecard.nowhere:opened",
    )

    class Module:
        __name__ = "lost"

        @hookimpl
        def scorecard_sources(self) -> list[SourceType]:
            return [lost]

    with pytest.raises(AssertionError) as failed:
        check_plugin(Module())
    for said in ("missing in English", "'path' has no description", "leads nowhere"):
        assert said in str(failed.value)
    with pytest.raises(AssertionError, match="has no hook"):
        check_plugin(SimpleNamespace())
