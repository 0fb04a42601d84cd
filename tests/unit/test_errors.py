"""What a program sees of an error: the same words, place and caret as on the command line."""

from __future__ import annotations

import pickle

import pytest

import scorecard
from scorecard.errors import DataError, UsageError
from scorecard.model.issue import Issue, Place

TEXT = """schema: scorecard/1
entity: {key: [c], roster: r}
sources: {r: {type: csv, path: x.csv}}
metrics: {a: {source: r, measure: sun(x)}}
"""


@pytest.mark.parametrize(("language", "said"), [("C", "there is no function 'sun'; did you mean 'sum'?"), ("zh_CN.UTF-8", "没有函数“sun”")])
def test_an_error_says_what_and_where(tmp_path, monkeypatch, language, said):
    monkeypatch.setenv("LC_ALL", language)
    file = tmp_path / "a.scorecard.yaml"
    file.write_text(TEXT)
    with pytest.raises(scorecard.DefinitionError) as stopped:
        scorecard.evaluate(file)
    first, line, carets = str(stopped.value).splitlines()
    assert first.startswith(f"{file}:4:35: SC309 ")
    assert said in first
    assert ("there is no" in first) == (language == "C")
    assert line.index("sun(x)") == carets.index("^")


def test_every_issue_has_its_lines(monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")
    error = DataError([Issue(code="SC001", values={"file": name}) for name in ("a.yaml", "b.yaml")])
    assert [line[:40] for line in str(error).splitlines()] == ["SC001 there is no file 'a.yaml'", "SC001 there is no file 'b.yaml'"]


def test_an_error_passes_from_one_process_to_another():
    error = UsageError([Issue(code="SC001", place=Place("a.yaml", 1, 2), values={"file": "a.yaml"})])
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.issues, str(again)) == (UsageError, error.issues, str(error))
