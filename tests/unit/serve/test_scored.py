"""A text scored on what was read for the one before comes to what it comes to by itself, and reads no more than it must."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from scorecard import app
from scorecard.engine import measure, record
from scorecard.evaluation.run import Request
from scorecard.serve.session import Session

CHANGES = {
    "nothing": ("# what customers", "# what all customers"),
    "a weight": ("weight: 3", "weight: 1"),
    "a target": ("target: 60%", "target: 40%"),
    "a band": ("from: 60", "from: 70"),
    "a title": ("title: NPS", "title: Net promoters"),
    "a rule": ("segments:", "rules:\n  low: {when: rating.value < 3, cap: red, reason: no}\nsegments:"),
    "a segment": ('tier == "large"', 'tier == "small"'),
    "a formula": ("mean(rating)", "max(rating)"),
    "a window of time": ("surveys: {type: csv, path: surveys.csv}", "surveys: {type: csv, path: surveys.csv, where: rating > 3}"),
    "another metric": ("segments:", "  best: {source: surveys, measure: max(rating), worst: 1, target: 5}\nsegments:"),
    "a metric less": (
        "  nps: {title: NPS, source: surveys, measure: mean(nps) / 100, unit: percent, worst: -20%, target: 60%}  # a share\n",
        "",
    ),
    "an attribute": ("attributes: [tier]", "attributes: [tier, region]"),
    "who is scored": ("attributes: [tier]", 'attributes: [tier], where: tier == "small"'),
    "another file": ("path: surveys.csv", "path: other.csv"),
    "peers": ("segments:", "  peers: {measure: rating.value - peer_mean(rating.value), worst: -1, target: 1}\nsegments:"),
}
READS = {"another file": ["surveys"], "a window of time": ["surveys"], "an attribute": ["customers"], "who is scored": ["customers"]}
"""the sources that a change has read again; every other change reads none"""


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each source was read, and a period was measured."""
    found: Counter[str] = Counter()
    prepare, table = record.prepare, measure.Measurer.table

    def read(opened, *rest, **more):  # type: ignore[no-untyped-def]
        found[opened.source.id] += 1
        return prepare(opened, *rest, **more)

    def measured(self, period):  # type: ignore[no-untyped-def]
        found["measured"] += 1
        return table(self, period)

    monkeypatch.setattr(record, "prepare", read)
    monkeypatch.setattr(measure.Measurer, "table", measured)
    return found


@pytest.mark.parametrize("what", CHANGES)
def test_it_is_what_it_would_be_by_itself(session: Session, folder: Path, seen: Counter[str], what: str) -> None:
    (folder / "other.csv").write_text("customer_id,rating,nps\nA1,3,10\nC3,4,20\n", encoding="utf-8")
    old, new = CHANGES[what]
    assert old in session.text
    session.take(session.text.replace(old, new))
    assert session.issues == ()
    assert session.is_current
    assert sorted(seen.keys() - {"measured"}) == READS.get(what, [])
    assert session.now is not None
    found = session.now.evaluation
    (folder / "alone.scorecard.yaml").write_text(session.text, encoding="utf-8")
    alone = app.evaluate("alone.scorecard.yaml", before=1)
    assert found.scores.equals(alone.scores)
    assert found.metrics.equals(alone.metrics)
    assert [note.code for note in found.notes] == [note.code for note in alone.notes]


@pytest.mark.parametrize("what", ["nothing", "a weight", "a target", "a band", "a title", "a rule", "a segment"])
def test_what_is_measured_alike_is_not_measured_again(session: Session, seen: Counter[str], what: str) -> None:
    session.take(session.text.replace(*CHANGES[what]))
    assert seen == Counter()


def test_every_step_of_many_is_right(session: Session) -> None:
    """The ground goes from text to text; what was read for one that is gone serves still."""
    text = session.text
    for what in ("a weight", "another metric", "a formula", "a metric less", "who is scored", "a target"):
        session.take(text.replace(*CHANGES[what]))
        assert session.is_current, session.issues
    session.take(text + "\n")
    assert session.now is not None
    again = Session(session.file, session.plugins, Request(before=1))
    again.open()
    assert again.now is not None
    np.testing.assert_array_equal(session.now.side.total, again.now.side.total)


def test_reading_again_reads_what_has_changed(session: Session, folder: Path) -> None:
    assert session.now is not None
    before = session.now.side.total.copy()
    (folder / "surveys.csv").write_text("customer_id,rating,nps\nA1,2,0\n", encoding="utf-8")
    session.take(session.text + "\n")
    np.testing.assert_array_equal(session.now.side.total, before)
    session.open()
    assert session.now.side.total[0] < before[0]


def test_too_little_measured_is_no_other_band(session: Session) -> None:
    session.take(session.text.replace("total: {round", "total: {coverage: 0.9, round"))
    sides = session.sides({})
    assert sides.before is not None
    gone = [key for key, now, was in zip(sides.after.keys, sides.after.bands, sides.before.bands, strict=True) if now != was]
    assert ("C3",) in gone
    assert sides.turned == []


def test_those_whose_score_changes_the_most_come_first(session: Session) -> None:
    """B2 moves by more points than A1, which goes from one band to another."""
    session.take(session.text.replace("target: 60%", "target: 120%").replace("worst: 2,", "worst: 0,"))
    sides = session.sides({})
    names = [sides.after.keys[row] for row in sides.movers(3)]
    assert names == [("B2",), ("A1",)]
    assert [sides.after.keys[row] for row in sides.turned] == [("A1",)]
