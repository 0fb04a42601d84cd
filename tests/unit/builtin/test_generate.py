"""Made-up records whose fields follow each other, as those of a real system do."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from statistics import mean

import pytest

from scorecard.hooks.contracts import SourceError
from scorecard.model.formula import Kind

LAST = datetime(2026, 12, 31)
TICKETS = {
    "opened_at": {"dates": ["2026-01-01", "2026-12-31"], "workdays": True, "clock": [9, 17]},
    "closed_at": {"hours_after": "opened_at", "lognormal": {"median": 300, "spread": 1}, "until": "2026-12-31"},
    "status": {"choice": {"won": 2, "lost": 3}, "needs": "closed_at", "otherwise": "open"},
    "reason": {"choice": {"price": 1, "product": 1}, "needs": {"status": ["lost"]}},
    "amount": {"lognormal": {"median": 100, "spread": 0.5}},
    "cost": {"normal": {"mean": 0.6, "stdev": 0}, "times": "amount"},
}


@pytest.fixture
def sample(opened):
    def read(**settings):
        data = opened("generate", **settings)
        return data.read(data.columns).to_pydict()

    return read


def per(count: int) -> dict[str, object]:
    return {"team": {"prefix": "T", "count": count}}


def test_kinds_are_known_before_a_record_is_made(opened):
    assert opened("generate", rows=1, fields=TICKETS).columns == {
        "opened_at": Kind.MOMENT,
        "closed_at": Kind.MOMENT,
        "status": Kind.TEXT,
        "reason": Kind.TEXT,
        "amount": Kind.NUMBER,
        "cost": Kind.NUMBER,
    }


def test_moments_come_after_others_on_workdays_and_in_opening_hours(sample):
    found = sample(rows=500, fields=TICKETS)
    assert all(at.weekday() < 5 and 9 <= at.hour < 17 for at in found["opened_at"])
    assert all(closed > at for at, closed in zip(found["opened_at"], found["closed_at"], strict=True) if closed is not None)
    assert len({at.time() for at in found["opened_at"]}) > 100


def test_what_would_come_too_late_has_not_come_and_what_needs_it_says_so(sample):
    found = sample(rows=500, fields=TICKETS)
    unfinished = [closed is None for closed in found["closed_at"]]
    assert 5 < sum(unfinished) < 100
    assert all(closed < LAST + timedelta(days=1) for closed in found["closed_at"] if closed is not None)
    assert [status == "open" for status in found["status"]] == unfinished
    assert [reason is not None for reason in found["reason"]] == [status == "lost" for status in found["status"]]


def test_a_number_is_a_share_of_another(sample):
    found = sample(rows=20, fields=TICKETS)
    assert found["cost"] == [pytest.approx(0.6 * amount, abs=0.005) for amount in found["amount"]]


def test_days_after_may_be_days_before(sample):
    fields = {"due": {"dates": ["2026-05-01", "2026-05-01"]}, "ordered": {"days_after": "due", "normal": {"mean": -20, "stdev": 0}}}
    assert sample(rows=1, fields=fields)["ordered"] == [datetime(2026, 4, 11)]


@pytest.mark.parametrize(("every", "third"), [("month", datetime(2026, 1, 1)), ("quarter", datetime(2026, 5, 1))])
def test_every_entity_has_a_record_for_each_month_or_quarter(sample, every, third):
    found = sample(rows=3, per=per(2), fields={"from": {"every": every, "from": "2025-11-20"}})
    assert found["from"][:3] == found["from"][3:]
    assert found["from"][::2][:2] == [datetime(2025, 11, 1), third]


def test_entities_have_different_numbers_of_records(sample):
    found = sample(rows={"poisson": 20, "varies": 1, "low": 3}, per=per(40), fields={"n": {"poisson": 1}})
    counts = Counter(found["team"])
    assert len(counts) == 40
    assert min(counts.values()) >= 3
    assert max(counts.values()) > 4 * min(counts.values())


def test_what_is_like_the_same_word_has_the_same_ups_and_downs_in_every_source(sample):
    def means(seed, varies):
        field = {"normal": {"mean": 100, "stdev": 1}, "varies": varies, "like": "skill"}
        found = sample(seed=seed, rows=50, per=per(8), fields={"x": field})
        return [mean(found["x"][at : at + 50]) for at in range(0, 400, 50)]

    up, also_up, down = means(1, 0.4), means(2, 0.4), means(3, -0.4)
    assert also_up == pytest.approx(up, rel=0.01)
    assert [a * b for a, b in zip(up, down, strict=True)] == pytest.approx([10_000] * 8, rel=0.01)


def test_entities_differ_in_the_share_of_the_first_word(sample):
    found = sample(rows=400, per=per(10), fields={"met": {"choice": {"yes": 3, "no": 1}, "varies": 1}})
    shares = [found["met"][at : at + 400].count("yes") / 400 for at in range(0, 4000, 400)]
    assert min(shares) < 0.65
    assert max(shares) > 0.85


DAY = {"dates": ["2026-01-01", "2026-01-02"]}
NUMBER = {"normal": {"mean": 1, "stdev": 0}}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"x": {**NUMBER, "hours_after": "y"}, "y": NUMBER}, "no field with dates"),
        ({"x": {"choice": {"a": 1}, "hours_after": "y"}, "y": DAY}, "is a number"),
        ({"x": {**NUMBER, "days_after": "x"}}, "follows itself"),
        ({"x": {**NUMBER, "times": "y"}, "y": {**NUMBER, "needs": "x"}}, "follows itself"),
        ({"x": {**NUMBER, "needs": "y"}}, "no such field"),
        ({"x": {**NUMBER, "times": "y"}, "y": DAY}, "no field with numbers"),
        ({"x": {**NUMBER, "until": "2026-01-01"}}, "goes with hours_after"),
        ({"x": {**NUMBER, "needs": "y", "otherwise": "open"}, "y": DAY}, "goes with choice"),
        ({"x": {**NUMBER, "like": "mood"}}, "goes with varies"),
        ({"x": {"every": "month"}}, "go together"),
        ({"x": {"every": "month", "from": "spring"}}, "not written like"),
        ({"x": {**DAY, "clock": [17, 9]}}, "to a later one"),
        ({"x": {**NUMBER, "workdays": True}}, "goes with dates"),
    ],
)
def test_fields_that_do_not_hang_together(opened, fields, said):
    with pytest.raises(SourceError, match="SC637") as refused:
        opened("generate", rows=1, fields=fields)
    assert said in str(refused.value.values["problem"])
