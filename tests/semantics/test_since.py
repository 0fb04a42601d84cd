"""Since the period before: the parts add up, each is what its change alone would do, and the way back has the other sign."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from scorecard import app
from scorecard.advice.since import since
from scorecard.definition.check import check_text
from scorecard.hooks.contracts import SourceType
from scorecard.hooks.registry import Registry
from scorecard.model.state import State
from scorecard.model.text import Text
from scorecard.report.since import SinceTeller

GIVEN = SourceType(id="given", title=Text.of("given"), params={"type": "object", "properties": {}}, doc="", open="nowhere:open")
REGISTRY = Registry(sources={"given": GIVEN})
TEXT = """
schema: scorecard/1
entity: {key: [c], roster: roster, attributes: [tier]}
period: {every: quarter}
bands: {red: {from: 0}, amber: {from: 60}, green: {from: 80}}
sources: {roster: {type: given, time: {from: from, to: to}}, answers: {type: given, time: at}}
defaults: {metrics: {source: answers, worst: 0, target: 100}}
groups: {g: {weight: 2, aggregation: %(group)s}}
total: {%(total)s}
metrics:
  a: {group: g, measure: mean(a), weight: 3}
  b: {group: g, measure: mean(b)%(b)s}
  d: {measure: mean(d), missing: %(missing)s}
%(more)s
"""
QUARTERS = (("2026-04-01", "2026-06-30", "2026-05-01"), ("2026-07-01", "2026-09-30", "2026-08-01"))


def text(group="arithmetic", total="", b="", missing="skip", more=""):
    return TEXT % {"group": group, "total": total, "b": b, "missing": missing, "more": more}


def scored(definition, *entities):
    """Entities x0, x1, … in two quarters, each with its values (None is not measured) and its tier then and now; z is always there."""
    outcome = check_text(definition, "test.scorecard.yaml", REGISTRY)
    assert outcome.scorecard is not None, outcome.issues
    rows, answers = [("z", "big", "2026-01-01", None)], []
    for place, (then, now, tiers) in enumerate(entities):
        for quarter, values, tier in zip(QUARTERS, (then, now), tiers, strict=True):
            rows.append((f"x{place}", tier, *quarter[:2]))
            answers += [(f"x{place}", quarter[2], *values), ("z", quarter[2], 50.0, 50.0, 50.0)]
    frames = {
        "roster": pd.DataFrame(rows, columns=["c", "tier", "from", "to"]),
        "answers": pd.DataFrame(answers, columns=["c", "at", "a", "b", "d"]),
    }
    return app.evaluate(outcome.scorecard, period="2026-Q3", before=1, frames=frames, plugins=REGISTRY)


def split(definition, then, now, tiers=("big", "big")):
    found = since(scored(definition, (then, now, tiers)), {"c": "x0"})
    assert found is not None
    return found


def parts(found):
    return {(part.kind, part.node): part.points for part in found.parts}


def test_in_a_plain_mean_each_part_is_its_share_of_the_change():
    found = split(text(), (40.0, 40.0, 80.0), (80.0, 20.0, 70.0))
    assert (found.period, found.then, found.now) == ("2026-Q2", pytest.approx((2 * 40 + 80) / 3), pytest.approx((2 * 65 + 70) / 3))
    assert parts(found) == {
        ("value", "a"): pytest.approx(2 / 3 * 3 / 4 * 40),
        ("value", "b"): pytest.approx(-2 / 3 / 4 * 20),
        ("value", "d"): pytest.approx(-10 / 3),
    }


def test_of_two_changes_that_meet_in_a_product_each_gets_its_shapley_value():
    found = split(text("geometric", b=", weight: 3"), (25.0, 25.0, 60.0), (100.0, 36.0, 60.0))
    g = {(a, b): np.sqrt(a * b) for a in (25, 100) for b in (25, 36)}
    alone, last = g[100, 25] - g[25, 25], g[100, 36] - g[25, 36]
    assert parts(found)["value", "a"] == pytest.approx((alone + last) / 2 * 2 / 3)


def test_a_number_that_moves_with_the_date_is_a_change_of_the_definition():
    path = ", target: {2026-06-30: 100, 2026-09-30: 80}"
    found = split(text(b=path), (40.0, 40.0, 80.0), (40.0, 40.0, 80.0))
    (part,) = found.parts
    assert (part.kind, part.node, part.then, part.now) == ("numbers", "b", {"target": 100.0}, {"target": 80.0})
    assert part.points == pytest.approx(2 / 3 / 4 * 10) == found.difference


def test_a_table_of_weights_and_a_range_too():
    numbers = ", weight: {2026-Q2: 1, 2026-Q3: 5}, worst: [0, 90], target: [{2026-Q2: 20, 2026-Q3: 10}, 60]"
    found = split(text(b=numbers), (40.0, 15.0, 80.0), (40.0, 15.0, 80.0))
    (part,) = found.parts
    assert part.now == {"weight": 5.0, "target.low": 10.0}
    assert part.points == pytest.approx(found.difference)


def test_what_became_measured_or_ceased_to_be_is_told_apart_from_what_moved():
    found = split(text(), (40.0, None, 80.0), (50.0, 90.0, None))
    assert {(part.kind, part.node): (part.then, part.now) for part in found.parts} == {
        ("value", "a"): (40.0, 50.0),
        ("coverage", "b"): (State.MISSING, State.MEASURED),
        ("coverage", "d"): (State.MEASURED, State.MISSING),
    }
    assert sum(parts(found).values()) == pytest.approx(found.difference, abs=1e-9)


def test_another_segment_sets_numbers_and_a_rule_by_date_is_the_rest():
    more = """
segments: {small: {when: tier == "small", metrics: {a: {target: 50}}}}
rules: {late: {when: d.value > 10, add: -7, from: 2026-07-01, reason: since the summer}}
"""
    found = split(text(more=more), (40.0, 40.0, 80.0), (40.0, 40.0, 80.0), tiers=("big", "small"))
    assert parts(found) == {("numbers", "a"): pytest.approx(2 / 3 * 3 / 4 * 40), ("rest", "total"): pytest.approx(-7)}


def test_changes_on_the_way_between_which_there_is_no_score():
    found = split(text(total="coverage: 0.3"), (40.0, 40.0, None), (None, None, 90.0))
    assert found.missing is None
    assert sum(parts(found).values()) == pytest.approx(90 - 40, abs=1e-9)


def test_nothing_changed():
    found = split(text(), (40.0, 40.0, 80.0), (40.0, 40.0, 80.0))
    assert (found.parts, found.difference) == ((), 0)


@pytest.mark.parametrize(
    ("then", "now", "missing"),
    [((None, None, None), (1.0, 1.0, 1.0), "no_score_then"), ((1.0, 1.0, 1.0), (None, None, None), "no_score_now")],
)
def test_without_a_score_there_is_nothing_to_split(then, now, missing):
    found = split(text(), then, now)
    assert (found.missing, found.parts) == (missing, ())
    assert "nothing can be said" in SinceTeller(check_text(text(), "t", REGISTRY).scorecard, found, 1, "en").line()


def test_without_an_earlier_period_in_the_data_that_is_said():
    outcome = check_text(text(), "test.scorecard.yaml", REGISTRY)
    roster = pd.DataFrame({"c": ["x"], "tier": ["big"], "from": ["2026-01-01"], "to": [None]})
    answers = pd.DataFrame({"c": ["x"], "at": ["2026-08-01"], "a": [1.0], "b": [1.0], "d": [1.0]})
    frames = {"roster": roster, "answers": answers}
    evaluation = app.evaluate(outcome.scorecard, period="2026-Q3", before=1, frames=frames, plugins=REGISTRY)
    assert since(evaluation, {"c": "x"}).missing == "no_period"
    alone = app.evaluate(outcome.scorecard, period="2026-Q3", frames=frames, plugins=REGISTRY)
    assert since(alone, {"c": "x"}).missing == "no_period"
    young = frames | {"roster": roster.assign(**{"from": "2026-07-15"})}
    two = pd.concat([answers, answers.assign(c="y", at="2026-05-01")])
    young["roster"] = pd.concat([young["roster"], roster.assign(c="y")])
    evaluation = app.evaluate(outcome.scorecard, period="2026-Q3", before=1, frames={**young, "answers": two}, plugins=REGISTRY)
    assert since(evaluation, {"c": "x"}).missing == "not_scored_then"


def test_a_metric_of_words_changes_too():
    more = """
  w: {choose: [{when: a.value > 50, label: high}, {when: a.value > 20, label: low}], curve: {lookup: {high: 100, low: 20}}}
"""
    found = split(text(more=more), (40.0, 40.0, 80.0), (80.0, 40.0, 80.0))
    assert ("value", "w", "low", "high") in {(part.kind, part.node, part.then, part.now) for part in found.parts}
    gone = split(text(more=more), (40.0, 40.0, 80.0), (None, 40.0, 80.0))
    assert {part.node: part.kind for part in gone.parts} == {"a": "coverage", "w": "coverage"}
    assert sum(part.points for part in gone.parts) == pytest.approx(gone.difference, abs=1e-9)
    entries = SinceTeller(check_text(text(more=more), "t", REGISTRY).scorecard, found, 1, "en").column().entries
    assert "w low → high" in [entry.label for entry in entries]


def test_without_periods_there_is_no_before():
    definition = text().replace("period: {every: quarter}\n", "").replace(", time: at", "").replace(", time: {from: from, to: to}", "")
    outcome = check_text(definition, "test.scorecard.yaml", REGISTRY)
    frames = {
        "roster": pd.DataFrame({"c": ["x"], "tier": ["big"]}),
        "answers": pd.DataFrame({"c": ["x"], "a": [1.0], "b": [1.0], "d": [1.0]}),
    }
    assert since(app.evaluate(outcome.scorecard, frames=frames, before=1, plugins=REGISTRY), {"c": "x"}) is None


def test_what_looks_back_itself_is_scored_with_its_own_past():
    more = "  e: {measure: a.value - previous(a.value), worst: -50, target: 50}\n"
    outcome = check_text(text(more=more), "test.scorecard.yaml", REGISTRY)
    days = ["2026-02-01", "2026-05-01", "2026-08-01"]
    frames = {
        "roster": pd.DataFrame({"c": ["x"], "tier": ["big"], "from": ["2026-01-01"], "to": [None]}),
        "answers": pd.DataFrame({"c": ["x"] * 3, "at": days, "a": [10.0, 30.0, 70.0], "b": [50.0] * 3, "d": [50.0] * 3}),
    }
    evaluation = app.evaluate(outcome.scorecard, period="2026-Q3", before=1, frames=frames, plugins=REGISTRY)
    assert [period.label for period, _ in evaluation.periods] == ["2026-Q3"]
    found = {part.node: (part.then, part.now) for part in since(evaluation, {"c": "x"}).parts}
    assert found == {"a": (30.0, 70.0), "e": (20.0, 40.0)}


VALUES = st.tuples(*[st.none() | st.integers(0, 100).map(float)] * 3)
ENTITY = st.tuples(VALUES, VALUES, st.tuples(*[st.sampled_from(["big", "small"])] * 2))
SWAPPED = str.maketrans({"Ⅱ": "Ⅲ", "Ⅲ": "Ⅱ"})


@settings(max_examples=12, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(
    entities=st.lists(ENTITY, min_size=5, max_size=25),
    group=st.sampled_from(["arithmetic", "geometric", "min", "{worst: 1}", "{power: -1}"]),
    total=st.sampled_from(
        ["", "coverage: 0.5", "round: {decimals: 1}", "aggregation: geometric", "aggregation: min, round: {decimals: 0}"]
    ),
    b=st.sampled_from(["", ", target: {2026-Ⅱ: 90, 2026-Ⅲ: 70}", ", weight: {2026-Ⅱ: 1, 2026-Ⅲ: 4}"]),
    missing=st.sampled_from(["skip", "worst", "40"]),
    rules=st.sampled_from(["", "rules: {low: {when: b.value < 30, cap: 45}, up: {of: g, when: a.value > 60, add: 5}}"]),
)
def test_the_parts_always_add_up_and_the_way_back_has_the_other_sign(entities, group, total, b, missing, rules):
    more = 'segments: {small: {when: tier == "small", metrics: {a: {target: 60, weight: 1}}, groups: {g: {weight: 1}}}}\n' + rules

    def definition(b):
        return text(group, total, b.replace("Ⅱ", "Q2").replace("Ⅲ", "Q3"), missing, more)

    forth = scored(definition(b), *entities)
    back = scored(definition(b.translate(SWAPPED)), *((now, then, tiers[::-1]) for then, now, tiers in entities))
    for place in range(len(entities)):
        found = since(forth, {"c": f"x{place}"})
        if found.missing is not None:
            assert found.then is None or found.now is None
            continue
        assert sum(part.points for part in found.parts) == pytest.approx(found.difference, abs=1e-9)
        _adds_up_as_printed(SinceTeller(forth.scorecard, found, 1, "en"))
        mirrored = parts(since(back, {"c": f"x{place}"}))
        assert mirrored == {key: pytest.approx(-points, abs=1e-9) for key, points in parts(found).items()}


def _adds_up_as_printed(teller):
    if (column := teller.column()) is not None:
        printed = [float(entry.points.replace("−", "-").replace("+", "")) for entry in (*column.entries, column.total)]
        assert sum(printed[:-1]) == pytest.approx(printed[-1], abs=1e-9)
