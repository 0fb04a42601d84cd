"""Nothing but the definition is written, only what was shown, and only where nobody else has written it."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from scorecard.errors import OutputError, UsageError
from scorecard.serve import saved
from scorecard.serve.saved import as_kept, diff, save, with_numbers
from scorecard.serve.session import Session


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_saving_writes_what_was_shown_and_nothing_else(session: Session, folder: Path) -> None:
    before = contents(folder)
    text = with_numbers(session, {"weight.nps": 2, "target.nps": 55.5, "threshold.rating.amber": 3.2})
    assert contents(folder) == before
    shown = [line for line in diff(session, text).splitlines() if line.startswith("-") and not line.startswith("---")]
    assert [line.split(":")[0].strip("- ") for line in shown] == ["worst", "nps"]
    save(session, text)
    after = contents(folder)
    assert {name for name in after if after[name] != before.get(name)} == {"acme.scorecard.yaml"}
    written = after["acme.scorecard.yaml"].decode()
    assert written == text
    assert "# what customers say of us" in written
    assert "weight: 2" in written
    assert "target: 55.5%" in written
    assert "amber: 3.2" in written
    assert written.endswith("target: 4.5}}}\n")
    assert session.is_current
    assert not session.is_changed
    assert session.saved is session.now


def test_a_number_as_it_is_written_changes_nothing(session: Session) -> None:
    assert with_numbers(session, {"weight.rating": 3, "target.nps": 60}) == session.text
    assert diff(session, session.text) == ""


def test_a_file_that_changed_meanwhile_is_not_written(session: Session, folder: Path) -> None:
    file = folder / "acme.scorecard.yaml"
    file.write_text(session.text + "# somebody else\n", encoding="utf-8")
    before = contents(folder)
    with pytest.raises(UsageError) as raised:
        save(session, session.text.replace("weight: 3", "weight: 4"))
    assert (raised.value.issues[0].code, raised.value.issues[0].values["reason"]) == ("SC764", "changed")
    assert contents(folder) == before


def test_a_file_that_is_gone_is_not_made_anew(session: Session, folder: Path) -> None:
    (folder / "acme.scorecard.yaml").unlink()
    with pytest.raises(UsageError) as raised:
        save(session, session.text + "# more\n")
    assert raised.value.issues[0].values["reason"] == "gone"
    assert not (folder / "acme.scorecard.yaml").exists()


@pytest.mark.parametrize(("number", "reason"), [(errno.ENOSPC, "full"), (errno.EACCES, "closed"), (errno.EIO, "other")])
def test_what_cannot_be_written_stays_as_it_was(
    session: Session, folder: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: str
) -> None:
    def fails(*_: object) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(saved, "write_file", fails)
    before = contents(folder)
    with pytest.raises(OutputError) as raised:
        save(session, session.text + "# more\n")
    assert raised.value.issues[0].values["reason"] == reason
    assert contents(folder) == before
    assert session.kept == before["acme.scorecard.yaml"].decode()


def test_a_text_with_errors_may_be_saved(session: Session, folder: Path) -> None:
    last = session.now
    save(session, "schema: scorecard/1\n")
    assert (folder / "acme.scorecard.yaml").read_text("utf-8") == "schema: scorecard/1\n"
    assert session.now is last
    assert session.saved is None
    assert not session.is_current


@pytest.mark.parametrize(
    ("kept", "text", "written"),
    [
        ("a\nb\n", "a\nc\n", "a\nc\n"),
        ("a\r\nb\r\n", "a\nc\n", "a\r\nc\r\n"),
        ("\ufeffa\r\nb", "a\nb\nc", "\ufeffa\r\nb\r\nc"),
        ("a\rb\r", "a\rb\n".replace("\r", "\n"), "a\rb\r"),
        ("a\nb\r\nc\r\n", "a\nb\nc\nd\n", "a\nb\r\nc\r\nd\r\n"),
        ("a\nb\r\nc\r\n", "x\nb\nc\n", "x\r\nb\r\nc\r\n"),
        ("a\u2028b\x0bc\n", "a\u2028b\x0bd\n", "a\u2028b\x0bd\n"),
        ("", "a\n", "a\n"),
        ("a", "", ""),
    ],
)
def test_line_ends_stay_as_the_file_has_them(kept: str, text: str, written: str) -> None:
    assert as_kept(text, kept) == written


@pytest.mark.parametrize("ends", ["\r\n", "\n"])
def test_a_file_of_windows_stays_one(session: Session, folder: Path, ends: str) -> None:
    file = folder / "acme.scorecard.yaml"
    file.write_bytes(("\ufeff" + session.text.replace("\n", ends)).encode())
    before = file.read_bytes()
    session.open()
    assert not session.is_changed
    assert diff(session, session.text) == ""
    save(session, with_numbers(session, {"weight.rating": 4}))
    assert file.read_bytes() == before.replace(b"weight: 3", b"weight: 4")
