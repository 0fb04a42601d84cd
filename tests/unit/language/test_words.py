"""The word lists: every language has every word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scorecard.language import words
from scorecard.language.words import LANGUAGES, language_of, say
from scorecard.model.state import Reason, State
from scorecard.scoring import aggregations, curves


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_and_reason_has_words(language: str) -> None:
    assert all(say(f"state.{state.name.lower()}", language) for state in State)
    assert all(say(f"reason.{reason.name.lower()}", language) for reason in Reason if reason)


def test_every_curve_and_aggregation_has_words() -> None:
    known = LANGUAGES["en"].keys()
    assert {f"curve.{kind}" for kind in curves.CURVES} <= known
    assert {f"aggregation.{kind}" for kind in (*aggregations.AGGREGATIONS, "formula")} <= known


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


def test_every_word_is_used() -> None:
    source = Path(words.__file__).parents[1]
    files = [path for path in source.rglob("*") if path.suffix in {".py", ".js", ".j2"} and "word_lists" not in path.parts]
    code = "".join(path.read_text("utf-8") for path in files)
    written = set(re.findall(r"[\"'`]([a-z]+\.[a-z_.]+)[\"'`]", code))
    made = tuple(f"{family}." for family in re.findall(r'(?:f"|`)([a-z_.]+)\.\$?\{', code))
    plural = {key.removesuffix(".one") for key in LANGUAGES["en"] if key.endswith(".one")}
    assert [
        key for key in LANGUAGES["en"] if key not in written and not key.startswith(made) and key.removesuffix(".one") not in plural
    ] == []
