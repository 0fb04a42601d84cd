"""What is typed is checked; while it has errors, or its data cannot be had, the last result stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorecard import app
from scorecard.errors import UsageError
from scorecard.evaluation.run import Request
from scorecard.serve.session import Session


def opened(file: str) -> Session:
    found = Session(file, app.registry(), Request(before=1))
    found.open()
    return found


def test_an_error_is_told_and_the_last_result_stays(session: Session) -> None:
    last = session.now
    session.take(session.text.replace("weight: 3", "wieght: 3"))
    assert [issue.code for issue in session.issues] == ["SC104"]
    assert session.issues[0].place is not None
    assert session.issues[0].place.line == session.text[: session.text.index("wieght")].count("\n") + 1
    assert session.now is last
    assert not session.is_current
    assert session.is_changed


def test_what_is_mended_is_scored_again(session: Session) -> None:
    text = session.text
    session.take("metrics: [")
    session.take(text.replace("weight: 3", "weight: 2"))
    assert session.is_current
    assert session.issues == ()
    assert session.now is not session.saved


def test_what_is_taken_back_is_what_was_saved(session: Session) -> None:
    text = session.text
    session.take(text.replace("weight: 3", "weight: 2"))
    session.take(text)
    assert session.now is session.saved
    assert session.sides({}).before is None


def test_sources_that_are_missing_stop_the_score_and_not_the_page(folder: Path) -> None:
    (folder / "surveys.csv").unlink()
    found = opened("acme.scorecard.yaml")
    assert found.now is None
    assert [issue.code for issue in found.issues] == ["SC620"]
    (folder / "surveys.csv").write_text("customer_id,rating,nps\nA1,4,40\n", encoding="utf-8")
    found.open()
    assert found.is_current


def test_a_source_that_goes_missing_leaves_the_last_result(session: Session) -> None:
    last = session.now
    session.take(session.text.replace("surveys.csv", "gone.csv"))
    assert [issue.code for issue in session.issues] == ["SC620"]
    assert session.now is last
    assert not session.is_current


def test_nobody_to_score_is_told(folder: Path) -> None:
    (folder / "customers.csv").write_text("customer_id,tier,region\n", encoding="utf-8")
    found = opened("acme.scorecard.yaml")
    assert found.now is None
    assert found.errors >= 1


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", "schema: scorecard/1\ntitle: Gr\xfc\xdfe".encode("latin-1")])
def test_what_is_no_text_cannot_be_looked_at(folder: Path, content: bytes) -> None:
    (folder / "acme.scorecard.yaml").write_bytes(content)
    with pytest.raises(UsageError):
        opened("acme.scorecard.yaml")


def test_a_file_that_is_not_there_cannot_be_looked_at(folder: Path) -> None:
    with pytest.raises(UsageError) as raised:
        opened("nothing.scorecard.yaml")
    assert raised.value.issues[0].code == "SC764"


def test_a_definition_that_is_not_even_yaml_is_shown_with_what_is_wrong(folder: Path) -> None:
    (folder / "acme.scorecard.yaml").write_text("a: [1,\n", encoding="utf-8")
    found = opened("acme.scorecard.yaml")
    assert found.now is None
    assert found.text == "a: [1,\n"
    assert found.errors == 1


def test_a_layer_is_read_and_its_issues_are_told(folder: Path) -> None:
    (folder / "base.yaml").write_text("metrics: {nps: {wieght: 2}}\n", encoding="utf-8")
    file = folder / "acme.scorecard.yaml"
    file.write_text("extends: base.yaml\n" + file.read_text("utf-8"), encoding="utf-8")
    found = opened("acme.scorecard.yaml")
    assert [(issue.code, issue.place.file if issue.place else "") for issue in found.issues] == [("SC104", "base.yaml")]
