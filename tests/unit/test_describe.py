"""Issues as text: the headline, the line, and a caret in the right column of a terminal."""

from __future__ import annotations

import pytest

from scorecard.describe import headline, render, width
from scorecard.model.issue import Issue, Level, Place

VALUES = {"key": "targt", "owner": "metric 'csat'", "did_you_mean": ["target"]}


def issue(line: str | None, column: int, length: int = 5, level: Level = Level.ERROR) -> Issue:
    place = Place("configs/acme.scorecard.yaml", 18, column, length)
    return Issue(code="SC104", place=place, values=VALUES, level=level, source_line=line)


def test_place_code_sentence_line_and_caret() -> None:
    assert render(issue("  csat: {targt: 90}", 10)) == (
        "configs/acme.scorecard.yaml:18:10: SC104 unknown key 'targt' in metric 'csat'; did you mean 'target'?\n"
        "      csat: {targt: 90}\n"
        "             ^^^^^"
    )


def test_wide_characters_take_two_columns() -> None:
    *_, line, caret = render(issue("题目: {targt: 客户}", 6)).split("\n")
    assert width(line[: line.index("targt")]) == caret.index("^")
    *_, line, caret = render(issue("a: 客户，满意", 4, 2)).split("\n")
    assert caret.count("^") == 4
    assert caret.index("^") == width(line[: line.index("客")])


def test_combining_marks_take_none() -> None:
    assert width("e\u0301") == 1
    assert width("ＡＢ") == 4


def test_tabs_stand_for_one_column() -> None:
    assert render(issue("\ttargt: 1", 2)).split("\n")[1:] == ["     targt: 1", "     ^^^^^"]


def test_a_long_line_is_cut_around_the_place() -> None:
    line = "x" * 500 + "targt" + "y" * 500
    *_, shown, caret = render(issue(line, 501)).split("\n")
    assert len(shown) < 200
    assert shown[caret.index("^") : caret.rindex("^") + 1] == "targt"


@pytest.mark.parametrize("column", [1, 6, 40])
def test_a_place_at_or_behind_the_end_still_has_a_caret(column: int) -> None:
    assert render(issue("title", column, 1)).count("^") == 1


def test_without_a_line_or_a_place_there_is_the_headline() -> None:
    assert render(issue(None, 1)) == headline(issue(None, 1))
    assert headline(Issue(code="SC001", values={"file": "a.yaml"})) == "SC001 there is no file 'a.yaml'"


def test_warnings_and_notes_say_so() -> None:
    assert "SC104 warning: unknown key" in headline(issue(None, 1, level=Level.WARNING))
    assert "SC104 note: unknown key" in headline(issue(None, 1, level=Level.INFO))


def test_the_level_is_said_in_the_language_of_the_sentence() -> None:
    unused = Issue(code="SC834", level=Level.WARNING, values={"name": "orders"})
    assert headline(unused) == "SC834 warning: nothing reads source 'orders'"
    assert headline(unused, "zh") == "SC834 警告：数据源“orders”没有被用到"
    assert headline(unused, "fr") == headline(unused)
    assert headline(issue(None, 1, level=Level.INFO), "zh").startswith("configs/acme.scorecard.yaml:18:1: SC104 提示：")
