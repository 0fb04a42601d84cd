"""Whole values put in, replaced and taken out of a text: comments and layout of all others stay, and what reads otherwise is refused."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.definition.document import Document, Where
from scorecard.definition.emit import as_yaml, inline
from scorecard.definition.patch.blocks import ABSENT, Wanted, edited
from scorecard.definition.read import read_text

ORIGIN = """\
# who sees what
groups:
  service: {weight: 30}

  # what they pay
  # over a year
  value:
    weight: 20   # agreed

metrics:
  csat:
    target: {2025-12-31: 82}
    note: |
      two
        lines
  nps: {worst: 0}
"""
CLIENT = """\
title: Client  # ours
groups:
    service: {weight: 40, owner: "A, B"}  # more
    # last
metrics: {csat: {target: 80}, own: {worst: [1, 2]}}
flat: {}
only:
  one: 1
texts:
  long: >
    some
    words

  next: 5
"""


def read(text: str) -> Document:
    document, issues = read_text(text, "f.yaml")
    assert document is not None, (issues, text)
    return document


def put(text: str, where: Where, origin: str = ORIGIN) -> str | None:
    """The value that the origin has at a way, in the text."""
    document = read(origin)
    value: Any = document.data
    for step in where:
        value = value[step]
    return edited(text, "f.yaml", Wanted(where=where, value=value, origin=document, spot=document.root.at(where)))


def without(text: str, where: Where) -> str | None:
    document = read(ORIGIN)
    return edited(text, "f.yaml", Wanted(where=where, value=ABSENT, origin=document, spot=document.root))


def changed(before: str, after: str) -> str:
    assert CLIENT.count(before) == 1
    return CLIENT.replace(before, after)


def test_an_entry_comes_with_its_comments_at_the_indent_of_its_neighbours() -> None:
    added = "    # what they pay\n    # over a year\n    value:\n      weight: 20   # agreed\n"
    assert put(CLIENT, ("groups", "value")) == changed("# more\n", f"# more\n{added}")


@pytest.mark.parametrize(
    ("where", "before", "after"),
    [
        (("metrics", "nps"), "{csat: {target: 80}, own", "{csat: {target: 80}, nps: {worst: 0}, own"),
        (("metrics", "csat", "target"), "{target: 80}", "{target: {2025-12-31: 82}}"),
        (("metrics", "csat", "note"), "{target: 80}", '{target: 80, note: "two\\n  lines\\n"}'),
        (("groups", "service", "weight"), "weight: 40", "weight: 30"),
        (("groups", "service"), '{weight: 40, owner: "A, B"}', "{weight: 30}"),
    ],
)
def test_a_value_is_put_in_in_the_style_of_its_place(where: Where, before: str, after: str) -> None:
    assert put(CLIENT, where) == changed(before, after)


def test_a_block_takes_the_place_of_a_value_and_the_other_way_round() -> None:
    origin = "texts:\n  long: short\n  next:\n    deep: [1]\nonly: {one: {two: 2}}\nflat:\n- a\n"
    assert put(CLIENT, ("texts", "long"), origin) == changed("long: >\n    some\n    words\n", "long: short\n")
    assert put(CLIENT, ("texts", "next"), origin) == changed("next: 5", "next: {deep: [1]}")
    assert put(CLIENT, ("only", "one"), origin) == changed("one: 1", "one: {two: 2}")
    long = f"texts:\n  next:\n    deep: {'x' * 80}\n    # why\n    so: 1\n"
    assert put(CLIENT, ("texts", "next"), long) == changed("  next: 5\n", long.removeprefix("texts:\n"))
    assert put(CLIENT, ("flat",), origin) == changed("flat: {}", "flat: [a]")


@pytest.mark.parametrize(
    ("where", "before", "after"),
    [
        (("groups", "service"), 'groups:\n    service: {weight: 40, owner: "A, B"}  # more\n', "groups:\n    {}\n"),
        (("metrics", "csat"), "{csat: {target: 80}, own", "{own"),
        (("metrics", "own"), ", own: {worst: [1, 2]}", ""),
        (("metrics", "csat", "target"), "{target: 80}", "{}"),
        (("texts", "long"), "  long: >\n    some\n    words\n", ""),
        (("texts", "next"), "  next: 5\n", ""),
        (("title",), "title: Client  # ours\n", ""),
    ],
)
def test_a_value_is_taken_out_with_its_lines(where: Where, before: str, after: str) -> None:
    result = without(CLIENT, where)
    assert result is not None
    assert read(result).data == read(changed(before, after)).data
    assert result.replace("\n    {}  # more\n", "\n    {}\n") == changed(before, after)


def test_line_ends_and_a_byte_order_mark_stay() -> None:
    text = "\ufeff" + CLIENT.replace("\n", "\r\n")
    result = put(text, ("groups", "value"))
    assert result == "\ufeff" + (put(CLIENT, ("groups", "value")) or "").replace("\n", "\r\n")


def test_a_text_without_a_last_line_end_gets_none() -> None:
    assert put("groups:\n  a: 1", ("groups", "value")) == (
        "groups:\n  a: 1\n  # what they pay\n  # over a year\n  value:\n    weight: 20   # agreed"
    )


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("a: &x {weight: 1}\ngroups: {service: *x}\n", ("groups", "service", "weight")),
        ("groups: &x {service: {weight: 1}}\nothers: *x\n", ("groups", "service", "weight")),
        ("title: t\n", ("groups", "service")),
        ("groups: none\n", ("groups", "service")),
        ("groups: [", ("groups", "service")),
    ],
)
def test_what_cannot_be_written_alone_is_refused(text: str, where: Where) -> None:
    assert put(text, where) is None


KEYS = st.sampled_from(["a", "b", "c d", "1", "客户", "k:e"])
LEAVES = st.sampled_from([0, 1.5, True, "x", "a: b", "#no", "two\nlines\n", "", "08", [1, "x"], [], [{"a": 1}, "b"]])
DATA = st.recursive(LEAVES, lambda inner: st.dictionaries(KEYS, inner, max_size=3), max_leaves=10)
WHOLE = st.dictionaries(KEYS, DATA, min_size=1, max_size=4)


def styled(data: Any, seed: int) -> str:
    """The data with some entries in flow style, comments and blank lines."""
    chance = random.Random(seed)
    text = ""
    for key, value in data.items():
        text += chance.choice(["", "# above\n", "\n"])
        text += chance.choice([as_yaml(({key: value}, read("a: 1").root)), f"{inline({key: value})[1:-1]}  # behind\n"])
    return text


@settings(max_examples=100, deadline=None)
@given(WHOLE, WHOLE, st.integers(0, 1000))
def test_either_the_result_is_what_was_wanted_or_there_is_none(before: dict[str, Any], after: dict[str, Any], seed: int) -> None:
    text, origin = styled(before, seed), read(styled(after, seed + 1))
    if read_text(text, "f.yaml")[1]:
        return
    for key in dict.fromkeys((*before, *after)):
        value = after.get(key, ABSENT)
        spot = origin.root.at((key,))
        result = edited(text, "f.yaml", Wanted(where=(key,), value=value, origin=origin, spot=spot))
        if result is None:
            assert len(before) == 1 or key in before, "an entry beside others can be written"
            continue
        wanted = {**before, key: value} if value is not ABSENT else {name: each for name, each in before.items() if name != key}
        assert read(result).data == wanted


def test_a_key_that_needs_quotes_gets_them() -> None:
    assert put("groups: {a: 1}\n", ("groups", "b: c"), "groups:\n  a: 1\n  'b: c': 2\n") == 'groups: {a: 1, "b: c": 2}\n'
