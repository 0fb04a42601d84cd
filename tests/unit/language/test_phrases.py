"""What is put into sentences: English by itself, and in the language of the sentence it stands in."""

from __future__ import annotations

import ast
import copy
import json
import pickle
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import scorecard
from scorecard.definition import syntax, wording
from scorecard.language.catalogue import sentence
from scorecard.language.phrase import Phrase
from scorecard.language.word_lists.phrases import CHINESE
from scorecard.model.formula import Kind

SOURCE = Path(scorecard.__file__).parent
SCHEMA = json.loads((SOURCE / "definition" / "scorecard.schema.json").read_text("utf-8"))


def test_a_phrase_is_english_and_follows_its_sentence() -> None:
    values = {"key": "target", "owner": wording.owner(("metrics", "csat")), "expected": Phrase("a number"), "found": wording.shown({})}
    assert sentence("SC101", values) == "'target' in metric 'csat' takes a number, not a mapping"
    assert sentence("SC101", values, "zh") == "指标“csat”的“target”应为数，而不是映射"


def test_phrases_within_phrases_follow_too() -> None:
    both = Phrase("{one} or {other}", one=Phrase("a text"), other=Phrase("a number"))
    assert (both, both.into("zh"), both.into("fr")) == ("a text or a number", "文本或数", "a text or a number")


def test_what_a_person_wrote_is_no_phrase() -> None:
    assert "{id}" in wording.owner(("metrics", "{id}")).into("zh")
    assert sentence("SC104", {"key": "a number", "owner": wording.owner(())}, "zh") == "定义中有未知的键“a number”"


def test_a_phrase_nobody_translated_stays_as_it_is() -> None:
    assert Phrase("a thing of a plugin").into("zh") == "a thing of a plugin"


def test_copies_of_a_phrase_still_follow() -> None:
    phrase = wording.owner(("metrics", "csat"))
    assert copy.deepcopy(phrase).into("zh") == pickle.loads(pickle.dumps(phrase)).into("zh") == "指标“csat”"


def _titles(schema: object) -> Iterator[str]:
    if isinstance(schema, dict):
        if isinstance(schema.get("title"), str):
            yield schema["title"]
        for part in schema.values():
            yield from _titles(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from _titles(part)


def _written() -> set[str]:
    """The templates that the code writes out as phrases."""
    trees = [ast.parse(path.read_text("utf-8")) for path in SOURCE.rglob("*.py")]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
    asked = [call.args[0] for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Phrase"]
    either = [part for each in asked for part in ((each.body, each.orelse) if isinstance(each, ast.IfExp) else (each,))]
    return {part.value for part in either if isinstance(part, ast.Constant) and isinstance(part.value, str)}


def _parts() -> set[str]:
    """The templates that are put together from a part and a word."""
    stretches = {f"{{count}} {unit}s" for unit in ("day", "week", "month", "quarter", "year")}
    return {*stretches, *(f"the {part}" for part in wording._PARTS), "day", "week", "month", "quarter", "half", "year", "start", "end"}


def _all() -> set[str]:
    kept = {*wording._TYPE_WORDS.values(), *wording._LIMITS.values(), *wording._ENTRIES.values()}
    return {*_written(), *kept, *_parts(), *_titles(SCHEMA), *(words for _, words in syntax._PROBLEMS), *(kind.value for kind in Kind)}


def test_every_phrase_is_said_in_chinese_and_no_other() -> None:
    assert _all() - CHINESE.keys() == set()
    assert CHINESE.keys() - _all() == set()


@pytest.mark.parametrize(("english", "chinese"), CHINESE.items())
def test_a_phrase_has_the_same_values_in_chinese(english: str, chinese: str) -> None:
    def values(text: str) -> list[str]:
        return sorted(re.findall(r"\{([a-z_]+)\}", text))

    assert values(english) == values(chinese)
