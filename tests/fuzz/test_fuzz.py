"""Every input that was ever found worth keeping goes through again, and a short search goes on from there."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
import targets

HERE = Path(__file__).parent
RUNS = 1500


@pytest.mark.parametrize("name", targets.TARGETS)
def test_nothing_but_issues_comes_out_of_the_corpus(name: str) -> None:
    inputs = {path.name: path.read_bytes() for path in sorted((HERE / "corpus" / name).iterdir())}
    assert len(inputs) >= 20
    for data in inputs.values():  # once for what is loaded when it is first needed, plugins among it
        targets.TARGETS[name](data)
    watch = targets.Watch()
    for file, data in inputs.items():
        with watch as done:
            targets.TARGETS[name](data)
        assert not done, f"{file}: {done}"


def test_the_watch_sees_what_it_is_there_for(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("", encoding="utf-8")
    for deed in ((tmp_path / "secret.txt").read_text, lambda: exec("1"), lambda: subprocess.run(["true"], check=True)):
        watch = targets.Watch()
        with watch as done:
            deed()
        assert done


@pytest.mark.skipif(find_spec("atheris") is None, reason="needs atheris")
@pytest.mark.parametrize("name", targets.TARGETS)
def test_a_short_search_finds_nothing(name: str, tmp_path: Path) -> None:
    command = [sys.executable, str(HERE / "fuzz.py"), name, str(tmp_path), str(HERE / "corpus" / name), f"-runs={RUNS}", "-seed=1"]
    command = ["sh", "-c", '"$@"; exit $?', "sh", *command]  # one begun from here itself would count the memory of this process as its own
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", errors="replace", check=False)
    assert done.returncode == 0, done.stderr[-3000:]
