"""`scorecard validate --fix` writes what is safe to mend; `--diff` prints it; neither touches a file that was not named."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

SLIP = ("worst: 2, target: 5}", "worst: 2, targt: 5}")


def test_the_file_is_written_and_what_is_left_is_said(run, folder: Path, write: Callable[..., str]) -> None:
    name = write(SLIP, more="colour: red\n")
    result = run("validate", "--fix", name)
    assert result.code == 1
    assert (folder / name).read_text("utf-8") == (folder / "acme.scorecard.yaml").read_text("utf-8") + "colour: red\n"
    assert "own.scorecard.yaml:23:109: SC104 mended: write 'target' for 'targt'\n" in result.err
    assert "SC104 unknown key 'colour'" in result.err
    assert result.out == "1 definition: 1 error, 0 warnings\n"
    assert sorted(path.name for path in folder.iterdir()) == ["acme.scorecard.yaml", name]


def test_once_mended_it_is_fine(run, write: Callable[..., str]) -> None:
    name = write(SLIP)
    assert run("validate", "--fix", name).code == 0
    assert run("validate", "--fix", name).err == ""


@pytest.mark.parametrize("options", [("--diff",), ("--fix", "--diff")])
def test_a_diff_is_one_that_git_takes_and_nothing_is_written(
    run, folder: Path, write: Callable[..., str], options: tuple[str, ...]
) -> None:
    name = write(SLIP)
    before = (folder / name).read_text("utf-8")
    result = run("validate", *options, name)
    assert result.code == 1
    assert (folder / name).read_text("utf-8") == before
    assert "SC104 can be mended" in result.err
    subprocess.run(["git", "apply", "-"], input=result.out.encode(), cwd=folder, check=True)
    assert (folder / name).read_text("utf-8") == (folder / "acme.scorecard.yaml").read_text("utf-8")


def test_a_layer_that_was_not_named_is_left_and_said(run, folder: Path, write: Callable[..., str]) -> None:
    base = write(SLIP, name="base.scorecard.yaml")
    (folder / "client.scorecard.yaml").write_text(f"extends: {base}\n", encoding="utf-8")
    before = (folder / base).read_bytes()
    result = run("validate", "--fix", "client.scorecard.yaml")
    assert "not mended, as base.scorecard.yaml is not among the files named" in result.err
    assert (folder / base).read_bytes() == before
    assert run("validate", "--fix", "client.scorecard.yaml", base).code == 0


def test_a_layer_in_a_folder_that_is_named_is_mended_too(run, folder: Path, write: Callable[..., str]) -> None:
    (folder / "all").mkdir()
    (folder / "all" / "base.scorecard.yaml").write_text("bands: {red: {from: 0, titel: Bad}}\n", encoding="utf-8")
    write(("schema: scorecard/1", "schema: scorecard/1\nextends: base.scorecard.yaml"), name="all/client.scorecard.yaml")
    result = run("validate", "--fix", "all")
    assert (result.code, "SC104 mended: write 'title' for 'titel'" in result.err) == (0, True)
    assert (folder / "all" / "base.scorecard.yaml").read_text("utf-8") == "bands: {red: {from: 0, title: Bad}}\n"


def test_chinese(run, write: Callable[..., str]) -> None:
    assert "已修正：“targt”改为“target”" in run("validate", "--fix", write(SLIP), "--lang", "zh").err


def test_a_folder_that_takes_no_files_keeps_what_it_has(
    run, folder: Path, write: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    name = write(SLIP)
    before = (folder / name).read_bytes()

    def full(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.open", full)
    assert run("validate", "--fix", name).code == 3
    monkeypatch.undo()
    assert (folder / name).read_bytes() == before


def test_a_diff_goes_with_no_other_format(run, write: Callable[..., str]) -> None:
    assert run("validate", "--diff", "--format", "json", write(SLIP)).code == 2
