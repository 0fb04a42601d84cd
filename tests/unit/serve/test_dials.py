"""The numbers that can be turned: each with a range that holds it, and tried as `scorecard whatif` tries it."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from scorecard.advice.suppositions import suppositions
from scorecard.errors import UsageError
from scorecard.report.supposed import everybody, everybody_json
from scorecard.serve.dials import Dial, Panel, every, panels
from scorecard.serve.saved import other_scores, with_numbers
from scorecard.serve.session import Session
from scorecard.serve.tried import tried

EVERY = [
    "band.amber",
    "band.green",
    "weight.rating",
    "worst.rating",
    "threshold.rating.amber",
    "threshold.rating.green",
    "target.rating",
    "weight.nps",
    "worst.nps",
    "target.nps",
]


@pytest.fixture
def dials(session: Session) -> dict[str, Dial]:
    assert session.now is not None
    return every(panels(session.now))


def test_every_plain_number_is_one(dials: dict[str, Dial]) -> None:
    assert list(dials) == EVERY


def test_what_is_written_lies_on_a_step_of_its_range(dials: dict[str, Dial]) -> None:
    for dial in dials.values():
        assert dial.number is not None
        assert dial.low <= dial.number <= dial.high, dial
        assert (dial.number - dial.low) / dial.step == pytest.approx(round((dial.number - dial.low) / dial.step), abs=1e-6), dial
        assert 10 <= (dial.high - dial.low) / dial.step <= 1_000, dial


def test_a_percentage_is_counted_in_points_of_a_hundred(dials: dict[str, Dial]) -> None:
    assert (dials["target.nps"].number, dials["target.nps"].text, dials["target.nps"].scalar(12.5)) == (60.0, "60%", "12.5%")
    assert dials["worst.nps"].low < -20
    assert dials["target.nps"].supposed(0.1 + 0.2) == "target.nps=0.3%"


def test_a_segment_with_a_number_of_its_own_is_named(dials: dict[str, Dial]) -> None:
    assert [(each.segment, each.number) for each in dials["target.rating"].elsewhere] == [("large", "4.5")]
    assert dials["worst.rating"].elsewhere == ()


@pytest.mark.parametrize("written", ["[4, 5]", "2.5 * 2"])
def test_what_is_no_plain_number_is_shown_with_its_line(session: Session, written: str) -> None:
    text = session.text.replace(
        "worst: 2, thresholds: {amber: 3, green: 4}, target: 5", f"worst: {written.replace('4, 5', '1, 6')}, target: {written}"
    )
    session.take(text.replace("metrics: {rating: {target: 4.5}}", "metrics: {nps: {target: 50%}}"))
    assert session.now is not None, session.issues
    found = [dial for panel in panels(session.now) for dial in panel.dials if dial.name == "target.rating"]
    assert [(dial.number, dial.text, dial.line) for dial in found] == [(None, written, 12)]
    assert "target.rating" not in every(panels(session.now))


def test_groups_hold_what_is_under_them(session: Session) -> None:
    session.take(
        session.text.replace("metrics:\n", "groups: {voice: {weight: 2}}\nmetrics:\n").replace(
            "rating: {title", "rating: {group: voice, title"
        )
    )
    assert session.now is not None

    def told(panel: Panel) -> Any:
        return panel.node, panel.depth, [told(each) for each in panel.below]

    assert [told(panel) for panel in panels(session.now)] == [("total", 1, []), ("voice", 1, [("rating", 2, [])]), ("nps", 1, [])]


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("weight.rating", 0),
        ("weight.nps", 7.25),
        ("band.green", 90),
        ("target.nps", 35),
        ("worst.rating", 1.5),
        ("threshold.rating.amber", 3.3),
    ],
)
def test_what_is_tried_is_what_whatif_says(session: Session, dials: dict[str, Dial], name: str, number: float) -> None:
    from scorecard.advice.whatif import what_ifs

    assert session.now is not None
    evaluation = session.now.evaluation
    outcome = tried(session.now, {name: number})
    percent = "%" if name.endswith(".nps") and not name.startswith("weight") else ""
    asked = what_ifs(evaluation, suppositions([f"{name}={number}{percent}"], evaluation.scorecard))
    assert json.loads(everybody_json(evaluation, [outcome])) == json.loads(everybody_json(evaluation, asked))
    assert session.sides({name: number}).means == (everybody(outcome).before, everybody(outcome).after)


@pytest.mark.parametrize(
    ("name", "number"),
    [("weight.rating", 1.5), ("band.amber", 25), ("target.nps", 35.0), ("worst.rating", 1.0), ("threshold.rating.green", 4.4)],
)
def test_saving_comes_to_what_was_tried(session: Session, name: str, number: float) -> None:
    numbers = {name: number}
    text = with_numbers(session, numbers)
    assert other_scores(session, text, numbers) == 0
    after = session.sides(numbers).after.total
    session.take(text)
    assert session.now is not None
    np.testing.assert_allclose(session.now.side.total, after)


def test_who_is_other_than_tried_is_counted(session: Session) -> None:
    """The large ones have a target of their own, which trying overrules and saving does not."""
    numbers = {"target.rating": 4.2}
    assert other_scores(session, with_numbers(session, numbers), numbers) == 1


@pytest.mark.parametrize(
    ("name", "number", "code"),
    [("weight.ratnig", 1, "SC731"), ("rating", 4, "SC731"), ("weight.rating", float("nan"), "SC730"), ("weight.rating", -1, "SC730")],
)
def test_what_is_no_number_of_the_definition_is_refused(session: Session, name: str, number: float, code: str) -> None:
    with pytest.raises(UsageError) as raised:
        session.sides({name: number})
    assert raised.value.issues[0].code == code


def test_a_metric_of_words_and_one_of_nobody_have_dials_too(session: Session) -> None:
    session.take(session.text.replace("mean(nps) / 100", "mean(nps) / 0"))
    assert session.now is not None
    assert "target.nps" in every(panels(session.now))
