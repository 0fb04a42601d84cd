"""What a definition may say of a preset's names: fields of its own, and what an object of its own is called."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from scorecard.crm import Preset, Thing, field, source_type
from scorecard.crm.open import open_preset
from scorecard.hooks.contracts import SourceError, SourceRequest
from scorecard.model.formula import Kind
from scorecard.model.text import Text

TICKETS = Thing(
    name="Case",
    columns={
        "ticket_id": field("Id", "Number"),
        "severity": (field("Flag", words={"1": "critical"}), field("Level", words={"High": "high", "Low": "low"}, otherwise="medium")),
        "opened_at": field("Opened", epoch=1000),
        "contacts": field("Share", factor=0.01),
    },
)
SURVEYS = Thing(name="", columns={"survey_id": field("Id"), "score": field(None, "Score")})
PRESET = Preset(
    id="made_up",
    title=Text.of("Made up"),
    doc="",
    things={"tickets": (TICKETS,), "surveys": (SURVEYS,)},
    web={"url": {"type": "string"}, "key": {"type": "string"}},
    required=("url", "key"),
    connect="nowhere:connect",
)


@pytest.fixture
def export(tmp_path: Path) -> Any:
    def opened(text: str, **settings: Any) -> Any:
        (tmp_path / "a.csv").write_text(text, "utf-8")
        return open_preset(PRESET, SourceRequest(settings={"object": "tickets", "path": "a.csv", **settings}, folder=str(tmp_path)))

    return opened


def test_in_a_field_of_ones_own_numbers_and_words_mean_what_they_usually_mean(export: Any) -> None:
    own = {"severity": "Grade", "opened_at": "Begun", "contacts": "Part"}
    data = export("Number,Grade,Begun,Part,Level\n1,High,1767600000000,60,Low\n2,,,,\n", fields=own)
    assert data.read({"severity": Kind.TEXT}).to_pydict() == {"severity": ["high", None]}
    moments = data.read({"opened_at": Kind.MOMENT})["opened_at"].to_pylist()
    assert (moments[0].isoformat(), moments[1]) == ("2026-01-05T08:00:00+00:00", None)
    assert data.read({"contacts": Kind.NUMBER}).to_pydict() == {"contacts": [0.6, None]}


def test_a_word_that_nobody_said_the_meaning_of_is_not_the_usual_rest(export: Any) -> None:
    assert export("Number,Level\n1,Odd\n").read({"severity": Kind.TEXT}).to_pydict() == {"severity": ["medium"]}
    with pytest.raises(SourceError, match="SC652"):
        export("Number,Grade\n1,Odd\n", fields={"severity": "Grade"}).read({"severity": Kind.TEXT})


@pytest.mark.parametrize(
    ("settings", "fits"),
    [
        ({"object": "surveys", "path": "a.csv"}, True),
        ({"object": "surveys", "url": "x", "key": "y"}, False),
        ({"object": "surveys", "url": "x", "key": "y", "called": "Survey__c"}, True),
        ({"object": "tickets", "url": "x", "key": "y"}, True),
        ({"object": "tickets", "url": "x"}, False),
        ({"object": "tickets", "url": "x", "key": "y", "path": "a.csv"}, False),
        ({"object": "tickets"}, False),
    ],
)
def test_an_object_without_a_name_wants_one_where_the_api_is_asked(settings: dict[str, str], fits: bool) -> None:
    assert Draft202012Validator(source_type(PRESET).params).is_valid(settings) is fits
