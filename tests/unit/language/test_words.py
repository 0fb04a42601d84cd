"""The word lists: every language has every word."""

from __future__ import annotations

import re

import pytest

from scorecard.language.words import LANGUAGES, language_of, say
from scorecard.model.state import Reason, State
from scorecard.scoring import aggregations, curves


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_words_with_the_same_values(language: str) -> None:
    def values(text: str) -> set[str]:
        return set(re.findall(r"\{(\w+)\}", text))

    english, other = LANGUAGES["en"], LANGUAGES[language]
    assert other.keys() == english.keys()
    assert [key for key in english if values(english[key]) != values(other[key])] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_and_reason_has_words(language: str) -> None:
    assert all(say(f"state.{state.name.lower()}", language) for state in State)
    assert all(say(f"reason.{reason.name.lower()}", language) for reason in Reason if reason)


def test_every_curve_and_aggregation_has_words() -> None:
    words = LANGUAGES["en"]
    assert {f"curve.{kind}" for kind in curves.CURVES} <= words.keys()
    assert {f"aggregation.{kind}" for kind in (*aggregations.AGGREGATIONS, "formula")} <= words.keys()


def test_a_value_that_is_missing_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("heading.entities")


def test_values_are_not_read_as_words() -> None:
    assert say("explain.value", "en", value="{count}") == "value {count}"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "C"}, "en"),
        ({"LC_ALL": "en_US", "LANG": "zh_CN"}, "en"),
        ({"LC_ALL": "", "LANG": "zh"}, "zh"),
    ],
)
def test_the_language_of_an_environment(environment: dict[str, str], language: str) -> None:
    assert language_of(environment) == language
