"""What holds for any two definitions of the same entities: parts that add up, both ways, and nothing where nothing changed."""

from __future__ import annotations

import json

import numpy as np
from drawing import REGISTRY, USUAL, Drawn, drawn, drawn_pairs, evaluated, frame_of
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.advice.impact.impact import Impact, impact
from scorecard.advice.impact.split import finest, shapley
from scorecard.definition.changes.written import written_text
from scorecard.evaluation.run import Request
from scorecard.scoring.rounding import span_of


def compared(old: Drawn, new: Drawn) -> Impact:
    sides = [written_text(json.dumps(one.definition), f"{name}.scorecard.yaml", REGISTRY) for name, one in (("old", old), ("new", new))]
    return impact(*sides, REGISTRY, Request(frames={"t": frame_of(new.records)}))


def exact(impact: Impact) -> float:
    return 1e-9 * span_of(impact.scorecard.scale)


@settings(USUAL, max_examples=25)
@given(drawn_pairs())
def test_the_parts_add_up_to_what_the_score_changes_by(pair: tuple[Drawn, Drawn]) -> None:
    found = compared(*pair)
    before, after = (np.asarray(evaluated(one).scores["score"], dtype=float) for one in pair)
    assert np.allclose(found.before.score, before, atol=exact(found), equal_nan=True)
    assert np.allclose(found.after.score, after, atol=exact(found), equal_nan=True)
    assert np.abs(found.points.sum(axis=0) - found.change)[found.compared].max(initial=0) <= exact(found)
    assert np.isfinite(found.points[:, found.compared]).all()
    assert np.isnan(found.points[:, ~found.compared]).all()


@settings(USUAL, max_examples=15)
@given(drawn_pairs())
def test_the_way_back_has_the_same_parts_with_the_other_sign(pair: tuple[Drawn, Drawn]) -> None:
    there, back = compared(*pair), compared(*reversed(pair))
    assert there.causes == back.causes
    assert np.allclose(there.points, -back.points, atol=exact(there), equal_nan=True)
    assert (there.matrix.sum(), there.other_band.sum()) == (back.matrix.sum(), back.other_band.sum())


@given(drawn())
@settings(USUAL, max_examples=20)
def test_the_same_definition_does_nothing(one: Drawn) -> None:
    found = compared(one, one)
    assert found.differences == found.causes == ()
    assert not found.moved.any()
    assert not found.other_band.any()


@settings(USUAL, max_examples=15)
@given(drawn_pairs())
def test_only_what_changed_has_a_part_and_every_other_band_has_a_cause(pair: tuple[Drawn, Drawn]) -> None:
    found = compared(*pair)
    assert sorted(cause for group in found.causes for cause in group) == sorted({each.cause for each in found.differences if each.cause})
    assert ((found.turned >= 0) == found.other_band).all()


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 4).flatmap(lambda count: st.lists(st.floats(-100, 100), min_size=1 << count, max_size=1 << count)))
def test_a_cause_that_moves_nothing_counts_for_nothing(totals: list[float]) -> None:
    """A further cause that leaves every score as it is, before and after any other."""
    with_one_more = np.array([*totals, *totals])[:, None]
    points = shapley(with_one_more)[:, 0]
    assert abs(points[-1]) < 1e-9
    assert np.allclose(points[:-1], shapley(np.array(totals)[:, None])[:, 0])


@given(st.lists(st.lists(st.booleans(), min_size=8, max_size=8), min_size=1, max_size=3), st.integers(0, 7))
def test_gaps_leave_the_sum_as_it_is(present: list[list[bool]], seed: int) -> None:
    totals = np.random.default_rng(seed).normal(size=(8, len(present)))
    totals[1:-1] = np.where(np.array(present).T[1:-1], totals[1:-1], np.nan)
    assert np.allclose(shapley(totals).sum(axis=0), totals[-1] - totals[0])


def test_causes_that_need_each_other_are_one_group() -> None:
    """b may not go without a, nor a without b; c stands alone."""
    assert finest("abc", lambda some: len(some & {"a", "b"}) != 1) == (("a", "b"), ("c",))
    assert finest("abc", lambda some: True) == (("a",), ("b",), ("c",))
    assert finest("abc", lambda some: len(some) in (0, 3)) == (("a", "b", "c"),)
