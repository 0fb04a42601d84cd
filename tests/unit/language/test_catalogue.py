"""Sentences: values filled in, hints appended, and nothing of a value read as a template."""

from __future__ import annotations

import re

import pytest

from scorecard.language import catalogue, pages
from scorecard.language.catalogue import sentence, spoken, templates


def test_the_standard_values_become_hints() -> None:
    values = {"key": "targt", "owner": "metric 'csat'"}
    assert sentence("SC104", {**values, "did_you_mean": ["target"]}) == "unknown key 'targt' in metric 'csat'; did you mean 'target'?"
    assert sentence("SC104", {**values, "did_you_mean": ["a", "b"]}).endswith("; did you mean 'a' or 'b'?")
    assert sentence("SC104", {**values, "did_you_mean": "a"}).endswith("; did you mean 'a'?")
    assert sentence("SC104", {**values, "allowed": ["a", "b", "c"]}).endswith("; allowed: a, b, c")
    assert sentence("SC104", {**values, "did_you_mean": [], "allowed": []}) == "unknown key 'targt' in metric 'csat'"


def test_a_long_list_is_cut() -> None:
    said = sentence("SC104", {"key": "x", "owner": "y", "allowed": [f"k{at}" for at in range(20)]})
    assert said.endswith("k11, and 8 more")


def test_values_are_never_read_as_templates() -> None:
    assert sentence("SC104", {"key": "{owner}", "owner": "{0.__class__}"}) == "unknown key '{owner}' in {0.__class__}"


def test_a_reason_has_its_own_sentence() -> None:
    assert sentence("SC303", {"reason": "column", "name": "x"}) != sentence("SC303", {"reason": "attribute", "name": "x"})
    assert sentence("SC303", {"reason": "unheard of", "name": "x"}) == "unknown name 'x'"


def test_lists_and_numbers_are_written_plainly() -> None:
    assert sentence("SC112", {"owner": "x", "keys": ["a", "b"], "count": 0}) == "x takes exactly one of a, b; it has 0"
    assert sentence("SC012", {"most": 64.0}).endswith("64 levels")


def test_a_code_without_a_sentence_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        sentence("SC999", {})


def test_a_language_without_sentences_falls_back_to_english() -> None:
    values = {"key": "targt", "owner": "metric 'csat'", "did_you_mean": "target"}
    assert sentence("SC104", values, "fr") == sentence("SC104", values)


def test_hints_are_said_in_the_language_of_the_sentence() -> None:
    values = {"term": "tier", "value": "glod"}
    assert sentence("SC807", {**values, "did_you_mean": ["gold"]}, "zh") == "tier 从来不是“glod”；是否指 'gold'？"
    assert sentence("SC807", {**values, "allowed": ["a", "b"]}, "zh") == "tier 从来不是“glod”；可用：a、b"


@pytest.mark.parametrize("code", catalogue.codes())
def test_a_sentence_is_one_line_without_a_full_stop(code: str) -> None:
    assert re.fullmatch(r"SC\d{3}", code)
    for text in templates(code):
        assert "\n" not in text
        assert not text.endswith(".")
        assert text == text.strip()


@pytest.mark.parametrize(("key", "text"), spoken("zh").items())
def test_a_chinese_sentence_is_one_line_without_a_full_stop(key: str, text: str) -> None:
    assert "\n" not in text
    assert not text.endswith(("。", "."))
    assert text == text.strip()


def test_every_page_has_a_sentence() -> None:
    assert set(pages.codes()) <= set(catalogue.codes())
