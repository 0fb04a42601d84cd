"""The page and its answers: in both languages, with names of any kind, and when there is nothing to show."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from scorecard.language.word_lists.place import ENGLISH
from scorecard.language.words import LANGUAGES
from scorecard.serve.session import Session

Ask = Callable[..., Any]
HOSTILE = "<script>alert(1)</script>"


@pytest.mark.parametrize(("language", "words"), [("en", ("Mean rating", "Try numbers", "Watch")), ("zh", ("平均评分", "试算", "关注"))])
def test_the_page_speaks(client: TestClient, language: str, words: tuple[str, ...]) -> None:
    page = client.get(f"/?lang={language}").text
    assert f'<html lang="{language}"' in page
    for word in words:
        assert word in page


def test_a_language_that_is_not_known_is_answered_in_its_own(client: TestClient) -> None:
    assert '<html lang="en"' in client.get("/?lang=xx").text
    assert '<html lang="zh"' in client.get("/?lang=zh-CN").text


def test_names_of_any_kind_are_texts(client: TestClient, ask: Ask, folder: Path, session: Session) -> None:
    (folder / "customers.csv").write_text(f'customer_id,tier,region\n{HOSTILE},"a\u202eb""",=cmd|\'/c calc\'!A1\n', encoding="utf-8")
    session.take(session.text.replace("title: NPS", f'title: "{HOSTILE}"'))
    session.open()
    session.take(session.text.replace("title: NPS", f'title: "{HOSTILE}"'))
    shown = [
        client.get("/").text,
        *ask("/text", text=session.text).values(),
        ask("/ranking")["ranking"],
        ask("/entity", key=[HOSTILE])["entity"],
    ]
    for part in shown:
        if isinstance(part, str) and part != session.text:
            assert "<script>alert" not in part
    assert "&lt;script&gt;alert(1)" in ask("/entity", key=[HOSTILE])["entity"]
    assert "\u202e" not in ask("/ranking")["ranking"]


def test_an_issue_says_its_line(ask: Ask, session: Session) -> None:
    answer = ask("/text", text=session.text.replace("weight: 3", "wieght: 3"))
    (issue,) = answer["issues"]
    assert (issue["code"], issue["line"], issue["level"]) == ("SC104", 11, "error")
    assert "weight" in issue["text"]
    assert answer["status"] == "1 error. The last result stays."
    assert "result of the last text without errors" in answer["summary"]
    assert "未知" in ask("/text", language="zh", text=session.text)["issues"][0]["text"]


def test_a_text_that_is_the_same_is_not_checked_again(ask: Ask, session: Session) -> None:
    assert ask("/text", text=session.text)["number"] == 1
    assert ask("/text", text=session.text + "\n")["number"] == 2


def test_the_file_and_the_text_are_beside_each_other(ask: Ask, session: Session) -> None:
    answer = ask("/text", text=session.text.replace("worst: 2", "worst: 1"))
    assert "beside the file as it was saved" in answer["summary"]
    assert "1 has another score" in answer["summary"]


def test_numbers_that_are_tried(ask: Ask) -> None:
    summary = ask("/try", number=1, numbers={"weight.rating": 1})["summary"]
    assert "With the numbers you try" in summary
    found = ask("/entity", numbers={"weight.rating": 1}, key=["A1"])
    assert "75% → 50%" in found["entity"]
    (chart,) = found["charts"]
    assert chart["rows"][0]["points"] == 100
    assert sum(row["points"] for row in chart["rows"]) == pytest.approx(float(chart["rows"][-1]["text"]))


def test_the_spread_names_only_bands_that_a_score_may_have(ask: Ask, session: Session) -> None:
    (chart,) = ask("/text", text=session.text)["charts"]
    legend = chart["specs"]["light"]["layer"][0]["encoding"]["color"]["legend"]["values"]
    assert legend == ["green", "amber", "red"]


def test_no_word_behind_a_space_begins_with_a_bracket_that_brings_its_own() -> None:
    assert not [key for key in ENGLISH if LANGUAGES["zh"][key].startswith("（")]


def test_a_window_that_is_behind_is_told_so(ask: Ask, session: Session) -> None:
    session.take(session.text + "\n")
    assert ask("/try", number=1, numbers={}).startswith("SC767")
    assert ask("/patch", number=1, numbers={"weight.rating": 1}).startswith("SC767")


def test_the_ranking_is_searched_sorted_and_cut(ask: Ask) -> None:
    def names(**asked: object) -> list[str]:
        return [part.split("&quot;")[0] for part in ask("/ranking", **asked)["ranking"].split('data-key="[&#34;')[1:]]

    def order(**asked: object) -> list[str]:
        return [name.partition("&")[0] for name in names(**asked)]

    assert order() == ["B2", "A1", "C3", "D4"]
    assert order(sort="best") == ["C3", "A1", "B2", "D4"]
    assert order(sort="key", search="SMALL") == ["B2", "C3", "D4"]
    assert order(band="-") == ["D4"]
    assert order(most=1) == ["B2"]
    assert "3 more" in ask("/ranking", most=1)["ranking"]
    assert "Nobody fits" in ask("/ranking", search="nobody at all")["ranking"]


def test_nobody_of_that_name(ask: Ask) -> None:
    assert ask("/entity", key=["A7"]).startswith("SC707")


def test_a_patch_that_would_have_errors_says_so(ask: Ask) -> None:
    proposed = ask("/patch", numbers={"threshold.rating.amber": 4.8})
    assert proposed["errors"][0].startswith("SC4")
    assert "+" in proposed["diff"]


def test_saving_and_reading_again(ask: Ask, session: Session, folder: Path) -> None:
    file = folder / "acme.scorecard.yaml"
    text = session.text.replace("weight: 3", "weight: 2")
    assert "weight: 2" in ask("/diff", text=text)["diff"]
    assert file.read_text("utf-8") != text
    assert ask("/save", text=text)["done"] == "acme.scorecard.yaml is saved."
    assert file.read_text("utf-8") == text
    file.write_text(text + "# more\n", encoding="utf-8")
    assert ask("/save", text=text).startswith("SC764")
    answer = ask("/again")
    assert (answer["text"], answer["changed"]) == (text + "# more\n", False)


def test_it_says_whether_the_file_is_another_one(client: TestClient, folder: Path) -> None:
    assert client.get("/state").json() == {"same": True}
    (folder / "acme.scorecard.yaml").unlink()
    assert client.get("/state").json()["same"] is False


def test_where_nothing_can_be_shown_it_says_why(client: TestClient, ask: Ask, folder: Path) -> None:
    (folder / "surveys.csv").unlink()
    answer = ask("/again")
    assert "There is nothing to show yet" in answer["summary"]
    assert "SC620" in answer["summary"]
    assert answer["dials"] == ""
    assert answer["scored"] is False
    assert client.get("/").status_code == 200
    assert "SC620" in client.get("/report").text
    assert ask("/ranking").startswith("SC620")


def test_the_report_is_that_of_the_text(client: TestClient, ask: Ask, session: Session) -> None:
    ask("/text", text=session.text.replace("Customer health", "Another name"))
    assert "Another name" in client.get("/report").text


def test_a_portfolio_without_bands_is_shown(ask: Ask, session: Session) -> None:
    text = """\
schema: scorecard/1
entity: {key: []}
sources: {surveys: {type: csv, path: surveys.csv}}
metrics: {rating: {source: surveys, measure: mean(rating), worst: 2, target: 5}}
"""
    answer = ask("/text", text=text)
    assert answer["errors"] == 0, answer["issues"]
    assert "portfolio" in ask("/ranking")["ranking"]
    assert json.dumps(ask("/entity", key=[]))
