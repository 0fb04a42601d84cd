"""What is put into sentences: English by itself, and in the language of the sentence it stands in."""

from __future__ import annotations

import copy
import pickle

from scorecard.definition import wording
from scorecard.language.catalogue import sentence
from scorecard.language.phrase import Phrase


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
