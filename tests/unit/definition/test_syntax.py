"""Where a text stops being YAML: at the mistake, not where a parser noticed it."""

from __future__ import annotations

import pytest

from scorecard.definition.read import read_text


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("a: 1\nworst:50%\ntarget: 3\n", 2, 6, "space is missing"),
        ("m:\n  worst:50%\n  target: 3\n", 2, 8, "space is missing"),
        ("m:\n  worst:50%\n", None, None, ""),
        ("revenue：\n  title: x\n", 1, 8, "full-width character; write ': '"),
        ("a: 1\nworst：0\ntarget: 3\n", 2, 6, "full-width character; write ': '"),
        ("# 说明：x\nm: a: 1\n", 2, 5, "put the text in quotes"),
        ("title: 注意：x\nowner: a: b\n", 2, 9, "put the text in quotes"),
        ("t: {a: 30，b: 50}\n", 1, 10, "full-width character; write ', '"),
        ("t: {a: '30，', b: 50: 3}\n", 1, 20, "comma or a closing }"),
        ("t: {a: 1, b: 2\ntarget: 3\n", 1, 4, "this { is not closed"),
        ("m:\n  t: [1, 2\n  target: 3\n", 2, 6, "this [ is not closed"),
        ("m: {a: 1,\n    b: 2\n    c: 3}\n", 3, 6, "comma or a closing }"),
        ("t: {a: 1", 1, 4, "this { is not closed"),
        ("x: {csat.value} of {csat.target}\n", 1, 4, "starts with { stands in quotes"),
        ("x:\n  action: {csat.value} is low\n  owner: y\n", 2, 11, "starts with { stands in quotes"),
        ('x: "open\ny: 1\n', 1, 4, "never closed"),
        ("m:\n\ta: 1\n", 2, 1, ""),
    ],
)
def test_the_mistake_is_pointed_at(text: str, line: int | None, column: int | None, words: str) -> None:
    _, issues = read_text(text, "a.scorecard.yaml")
    if line is None:
        assert issues == []
        return
    (issue,) = issues
    assert issue.place is not None
    assert (issue.place.line, issue.place.column) == (line, column)
    assert words in str(issue.values.get("problem", ""))
