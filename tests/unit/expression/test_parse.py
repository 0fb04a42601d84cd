"""Reading formulas: trees, offsets in characters, and what is said about what cannot be read."""

from __future__ import annotations

import pytest

from scorecard.expression.parse import parse
from scorecard.model.formula import Call, Cell, Column, Compare, Literal, Logic, Member, Node, walk
from scorecard.model.issue import Place

PLACE = Place("acme.scorecard.yaml", 18, 12)


def read(text: str) -> Node:
    tree, issues = parse(text, PLACE)
    assert tree is not None, issues
    return tree


def test_offsets_count_characters_of_chinese_text() -> None:
    text = '客户等级 == "战略" and 金额 > 10'
    assert [text[node.start : node.end] for node in walk(read(text)) if isinstance(node, Column | Literal)] == [
        "客户等级",
        '"战略"',
        "金额",
        "10",
    ]


def test_offsets_count_from_the_first_character_though_lines_are_joined() -> None:
    text = "  \n a +\n b"
    assert [text[node.start : node.end] for node in walk(read(text)) if isinstance(node, Column)] == ["a", "b"]


def test_names_are_kept_as_written() -> None:
    assert [node.name for node in walk(read("ａ + ﬁ")) if isinstance(node, Column)] == ["ａ", "ﬁ"]


def test_a_chain_is_an_and() -> None:
    tree = read("1 < x <= 3")
    assert isinstance(tree, Logic)
    assert [(part.operator, type(part.left), type(part.right)) for part in tree.operands if isinstance(part, Compare)] == [
        ("<", Literal, Column),
        ("<=", Column, Literal),
    ]


def test_small_things_have_one_form() -> None:
    assert read("-3") == Literal(value=-3.0, start=0, end=2)
    assert [read(text) for text in ("true", "True")] == [Literal(value=True, start=0, end=4)] * 2
    assert read("null") == read("None") == Literal(value=None, start=0, end=4)
    assert read('col("客户 编号")') == Column(name="客户 编号", start=0, end=12)
    assert read("csat . value") == Cell(name="csat.value", start=0, end=12)
    member = read('x not in ("a", "b")')
    assert isinstance(member, Member)
    assert member.negated
    call = read("share(count() >= 2, each=[a, b])")
    assert isinstance(call, Call)
    assert [(name, option.name) for name, option in call.options if isinstance(option, Column)] == [("each", "a"), ("each", "b")]


@pytest.mark.parametrize(
    ("text", "code", "reason", "column", "expected"),
    [
        ("a = 1", "SC301", "spelling", 14, "=="),
        ("a && b", "SC301", "spelling", 14, "and"),
        ("!a", "SC301", "spelling", 12, "not"),
        ("a OR b", "SC301", "spelling", 14, "or"),
        ("a <> b", "SC301", "spelling", 14, "!="),
        ("a ≥ 1", "SC301", "spelling", 14, ">="),
        ("sum（a）", "SC301", "full_width", 15, ["'('", "')'"]),
        ("客户 == “战略”", "SC301", "full_width", 18, ["'\"战略\"'"]),
        ("a ＞ 1", "SC301", "full_width", 14, ["'>'"]),
        ("a > 20%", "SC301", "percent", 16, "0.2"),
        ("a)", "SC301", "bracket", 13, None),
        ("", "SC301", "empty", 12, None),
        ("a if b else c", "SC302", "if_else", 12, None),
        ("x is None", "SC302", "is", 12, None),
        ('x in ["a" "b"]', "SC302", "joined_texts", 22, None),
        ('x in "abc"', "SC302", "in_list", 17, None),
        (r'x == "\d"', "SC302", "escape", 18, None),
        ("a.b.c", "SC302", "dots", 12, None),
        ("f(*a)", "SC302", "star", 14, None),
        ("a # b", "SC302", "character", 14, None),
        ("f(a=1, a=2)", "SC305", "twice", 19, None),
        ("col(a)", "SC305", "col", 12, None),
        ("coalesce(sum(amount)", "SC307", None, 20, None),
        ('contains(channel, "a', "SC307", None, 30, None),
    ],
)
def test_what_cannot_be_read_is_explained(text: str, code: str, reason: str | None, column: int, expected: str | None) -> None:
    tree, (issue,) = parse(text, PLACE)
    assert tree is None
    assert issue.place is not None
    assert (issue.code, issue.values.get("reason"), issue.place.line, issue.place.column) == (code, reason, 18, column)
    assert issue.values.get("expected") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a = 1 && b <> "x"', [(14, "=", "=="), (18, "&&", "and"), (23, "<>", "!=")]),
        ("a > 1 AND b =< 2 || c", [(18, "AND", "and"), (24, "=<", "<="), (29, "||", "or")]),
        ("a ≥ 1 且 b == 2 或 c", [(14, "≥", ">="), (18, "且", "and"), (27, "或", "or")]),
        ("sum（a）／sum（b）", [(15, ["'（'", "'）'", "'／'"], ["'('", "')'", "'/'"])]),
        ("a = “是” 且 b", [(14, "=", "=="), (16, ["'“是”'"], ["'\"是\"'"]), (20, "且", "and")]),
    ],
)
def test_every_foreign_spelling_of_a_formula_is_told_at_once(text: str, expected: list[tuple[int, object, object]]) -> None:
    _, issues = parse(text, PLACE)
    assert [(i.place and i.place.column, i.values["found"], i.values["expected"]) for i in issues] == expected
    assert {issue.code for issue in issues} == {"SC301"}


def test_what_stops_the_reading_is_told_behind_the_foreign_spellings() -> None:
    _, issues = parse("a && (b", PLACE)
    assert [(issue.code, issue.place and issue.place.column) for issue in issues] == [("SC301", 14), ("SC307", 17)]


@pytest.mark.parametrize("text", ["if a then b", "if a > 1 then b else c"])
def test_a_condition_in_words_is_told_how_to_be_written(text: str) -> None:
    _, (issue,) = parse(text, PLACE)
    assert (issue.code, issue.values["reason"], issue.place and issue.place.column) == ("SC302", "if_else", 12)


def test_a_formula_over_several_lines_is_pointed_at_as_a_whole() -> None:
    _, (issue,) = parse("a +\n b = 1", PLACE)
    assert issue.place == PLACE
