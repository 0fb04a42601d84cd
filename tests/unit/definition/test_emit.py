"""A definition written out reads as the data it was written from, numbers and codes to the letter."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.definition.document import NOWHERE, Document
from scorecard.definition.emit import as_yaml, entry, inline
from scorecard.definition.read import read_text

ROOT = Path(__file__).parents[3]
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=12) | st.sampled_from(
    [
        "",
        "~",
        "null",
        "true",
        "08",
        "1e3",
        "-1",
        "-20%",
        "- a",
        "a: b",
        "a #b",
        "a\nb\n",
        "a\n\n b",
        " a\nb",
        "a\nb\n\n",
        'it\'s "so"',
        "\\",
        "{a}",
        "…",
        "='",
    ]
)
KEYS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)


def read(text: str) -> Document:
    document, issues = read_text(text, "f.yaml")
    assert document is not None, (issues, text)
    assert issues == [], (issues, text)
    return document


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4))
def test_whatever_is_written_reads_back(data: dict[str, Any]) -> None:
    text = as_yaml((data, NOWHERE), lambda where: "f.yaml:1")
    assert repr(read(text).data) == repr(data)
    assert read(f"a: {inline(data)}").data == {"a": data}
    assert read(f"b:\n{''.join(entry(key, value, NOWHERE, '   ') for key, value in data.items())}").data == {"b": data}


@pytest.mark.parametrize("file", sorted((ROOT / "configs").rglob("*.scorecard.yaml")), ids=lambda file: file.name)
def test_a_worked_scorecard_reads_back_with_the_letters_of_its_numbers(file: Path) -> None:
    document = read(file.read_text("utf-8"))
    again = read(as_yaml((document.data, document.root)))
    assert again.data == document.data
    numbers = {where: spot.raw for where, spot in document.root.walk() if re.fullmatch(r"[-+.\d]+", spot.raw or "")}
    assert {where: again.root.at(where).raw for where in numbers} == numbers


def test_a_number_keeps_its_letters() -> None:
    document = read("a: [1.50, 0.10]\nb: 1e2\nc: '1.50'\n")
    assert as_yaml((document.data, document.root)) == 'a: [1.50, 0.10]\nb: 1e2\nc: "1.50"\n'


def test_notes_stand_below_one_another_and_a_long_line_has_its_own_right_behind() -> None:
    data = {"title": "客户", "query": "select 1\nfrom t\n", "long": "x" * 70, "steps": [{"a": 1, "b": [1, 2]}, "c"], "none": {}}
    assert as_yaml((data, NOWHERE), lambda where: ".".join(map(str, where))) == (
        f"title: 客户{' ' * 55}# title\n"
        f"query: |{' ' * 58}# query\n"
        "  select 1\n  from t\n"
        f"long: {'x' * 70}  # long\n"
        f"steps:{' ' * 60}# steps\n"
        "  - a: 1\n    b: [1, 2]\n  - c\n"
        f"none: {{}}{' ' * 58}# none\n"
    )
