"""How sure a verdict is: products of matrices and worked-out intervals agree with the one function that scores, draw by draw."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorecard.advice.certainty.certainty import SURE, certainty
from scorecard.advice.certainty.draws import Draws
from scorecard.advice.certainty.edges import edges
from scorecard.advice.certainty.intervals import intervals
from scorecard.advice.certainty.noise import Noise, moved
from scorecard.advice.certainty.searched import ends_that_keep
from scorecard.advice.certainty.strata import strata
from scorecard.advice.certainty.weights import at_once, by_weights, own_weights, weights_of
from scorecard.advice.certainty.written import numbers
from scorecard.errors import InconclusiveError
from scorecard.expression.values import codes_of
from scorecard.model.definition import Change, Constant
from scorecard.scoring.score import suppose
from scorecard.scoring.trials import trials

TEXT = """
schema: scorecard/1
entity: {key: [c], roster: roster, attributes: [tier]}
bands: {red: {from: 0}, amber: {from: 60}, green: {from: 80}}
total: {%(total)s}
sources: {roster: {type: given}}
groups: {g: {weight: 2%(group)s}, h: {group: g, weight: 3}}
defaults: {metrics: {source: roster, worst: 0, target: 100}}
metrics:
  a: {group: h, weight: 3, thresholds: {amber: 50, green: 90}}
  b: {group: h}
  d: {group: g, weight: 2}
  e: {weight: 1.5}
  f: {missing: worst}
  z: {weight: 0}
segments: {big: {when: tier == "big", metrics: {a: {weight: 4}}, groups: {h: {weight: 1}}}}
%(more)s
"""
METRICS = "abdefz"
RULE = "rules: {low: {when: b.value < 20, add: -3}}"
DRAWS = Draws(count=60)


def roster(size=40, seed=3, gaps=0.2):
    rng = np.random.default_rng(seed)
    columns = {name: np.where(rng.random(size) < gaps, np.nan, np.round(rng.random(size) * 60 + 40, 1)) for name in METRICS}
    return {
        "c": [f"c{row:03d}" for row in range(size)],
        "tier": rng.choice(["big", "small"], size).tolist(),
        **{name: values.tolist() for name, values in columns.items()},
    }


def scored(evaluate, total="round: {decimals: 1}", group="", more=RULE, given=None):
    return evaluate(TEXT % {"total": total, "group": group, "more": more}, roster=given or roster()).evaluation


def period(evaluation):
    ((_, scores),) = evaluation.periods
    rows = np.flatnonzero(~np.isnan(np.asarray(scores.cells["total.score"])))
    return scores, rows, list(strata(evaluation.plan, scores, rows))


# ---------------------------------------------------------------- draws of weights


def test_draws_add_up_to_what_is_written_and_spread_as_far_as_asked():
    written = np.array([40.0, 30.0, 20.0, 10.0, 25.0])
    weights = Draws(count=40_000, spread=0.2).weights(0, written)
    np.testing.assert_allclose(weights.sum(axis=0), written.sum())
    np.testing.assert_allclose(weights.mean(axis=1), written, rtol=0.01)
    assert weights[-1].std() == pytest.approx(0.2 * written.mean(), rel=0.02)  # the one of average size


def test_a_seed_gives_the_same_draws_and_another_group_leaves_them_alone():
    written = np.array([1.0, 2.0])
    assert (Draws(seed=5).weights(1, written) == Draws(seed=5).weights(1, written)).all()
    assert (Draws(seed=5).weights(1, written) != Draws(seed=6).weights(1, written)).any()
    assert (Draws(seed=5).weights(1, written) != Draws(seed=5).weights(2, written)).any()


def test_one_weight_alone_is_never_drawn():
    assert (Draws(count=3).weights(0, np.array([7.0])) == 7).all()


@pytest.mark.parametrize("total", ["round: {decimals: 1}", "", "round: {decimals: 0, mode: half_even}", "coverage: 0.3"])
def test_products_of_matrices_are_what_the_engine_scores_in_every_draw(evaluate, total):
    evaluation = scored(evaluate, total=total)
    scores, _, parts = period(evaluation)
    bands = codes_of(scores.cells["total.band"])
    seen = 0
    for part in parts:
        weights = weights_of(evaluation, part, DRAWS)
        rows, inside, _ = at_once(evaluation, part, weights, bands, 0)
        own = own_weights(part, weights, len(rows), np.arange(DRAWS.count))
        cells = trials(evaluation.plan, scores, np.repeat(rows, DRAWS.count), own, ["total.band"])
        stays = codes_of(cells["total.band"]).reshape(len(rows), DRAWS.count) == bands[rows, None]
        assert (stays.sum(axis=1) == inside).all()
        seen += stays.size
    assert seen > 500


def test_products_of_matrices_reach_the_totals_of_the_engine(evaluate):
    evaluation = scored(evaluate, total="")
    scores, _, parts = period(evaluation)
    bands = codes_of(scores.cells["total.band"])
    for part in parts:
        weights = weights_of(evaluation, part, DRAWS)
        rows, _, found = at_once(evaluation, part, weights, bands, DRAWS.count)
        own = own_weights(part, weights, len(rows), np.arange(DRAWS.count))
        cells = trials(evaluation.plan, scores, np.repeat(rows, DRAWS.count), own, ["total.score"])
        np.testing.assert_allclose(found.ravel(), np.asarray(cells["total.score"]), rtol=1e-13)


def test_a_trial_is_a_supposition(evaluate):
    evaluation = scored(evaluate)
    scores, rows, _ = period(evaluation)
    own = {("a", ("weight",)): np.full(len(rows), 7.0), ("a", ("thresholds", "amber")): np.full(len(rows), 65.0)}
    tried = trials(evaluation.plan, scores, rows, own, ["total.score"])["total.score"]
    changes = tuple(Change(node=node, key=key, value=Constant(float(number[0]))) for (node, key), number in own.items())
    np.testing.assert_array_equal(tried, np.asarray(suppose(evaluation.plan, scores, changes, {}).cells["total.score"])[rows])


@pytest.mark.parametrize(
    ("total", "group", "more"),
    [
        ("aggregation: geometric", "", ""),
        ("", ", aggregation: min", ""),
        ("", ", round: {decimals: 0}", ""),
        ("", "", "rules: {low: {when: g.score < 50, add: -3}}\n"),
        ("", "", 'rules: {low: {of: g, when: h.band == "red", add: -3}}'),
        ("", ", weight: sum", ""),
    ],
)
def test_what_is_no_plain_mean_is_scored_draw_by_draw(evaluate, total, group, more):
    if "weight: sum" in group:
        text = TEXT.replace("weight: 2%(group)s", "weight: sum") % {"total": total, "more": more}
        evaluation = evaluate(text, roster=roster()).evaluation
    else:
        total = f"{total}{', ' if total else ''}round: {{decimals: 1}}"
        evaluation = scored(evaluate, total=total, group=group, more=more)
    scores, rows, parts = period(evaluation)
    assert not any(part.direct.any() for part in parts)
    found = by_weights(evaluation, scores, parts, Draws(count=12))
    assert (found.tried[rows] == 12).all()
    assert ((found.kept[rows] >= 0) & (found.kept[rows] <= 1)).all()


def test_rows_that_a_rule_moved_are_scored_draw_by_draw_and_the_othersat_once(evaluate):
    given = roster(gaps=0)
    given["b"][:10] = [10.0] * 10
    evaluation = scored(evaluate, given=given)
    _, _, parts = period(evaluation)
    ruled = np.sort(np.concatenate([part.rows[~part.direct] for part in parts]))
    assert ruled.tolist() == list(range(10))


def test_where_all_scores_are_alike_no_draw_moves_anything(evaluate):
    given = roster(gaps=0)
    for name in METRICS:
        given[name] = [70.0] * 40
    evaluation = evaluate(TEXT.replace(", thresholds: {amber: 50, green: 90}", "") % {"total": "", "group": "", "more": ""}, roster=given)
    scores, rows, parts = period(evaluation.evaluation)
    found = by_weights(evaluation.evaluation, scores, parts, DRAWS)
    assert (found.kept[rows] == 1).all()
    assert (found.low[rows] == 1).all()
    assert (found.high[rows] == 1).all()


def test_by_hand_the_share_of_draws_and_the_ranks(evaluate):
    """Two metrics, 100 and 50 against 50 and 100: whoever has the larger weight on its side is first."""
    text = """
schema: scorecard/1
entity: {key: [c], roster: roster}
bands: {low: {from: 0}, high: {from: 75}}
sources: {roster: {type: given}}
metrics: {a: {source: roster, worst: 0, target: 100, weight: 3}, b: {source: roster, worst: 0, target: 100, weight: 2}}
"""
    evaluation = evaluate(text, roster={"c": ["x", "y"], "a": [100.0, 50.0], "b": [50.0, 100.0]}).evaluation
    scores, _, parts = period(evaluation)
    draws = Draws(count=2_000, spread=0.3, seed=4)
    first = draws.weights(0, np.array([3.0, 2.0]))[0] / 5
    found = by_weights(evaluation, scores, parts, draws)
    assert found.kept[0] == pytest.approx((first >= 0.5).mean())
    assert found.kept[1] == pytest.approx((first > 0.5).mean())
    assert (found.low.tolist(), found.high.tolist()) == ([1, 1], [2, 2])


# ---------------------------------------------------------------- edges and intervals


@pytest.mark.parametrize("mode", ["half_up", "half_even", "down", "up", "floor", "ceiling"])
def test_edges_are_where_the_rounded_score_enters_its_band(evaluate, mode):
    evaluation = scored(evaluate, total=f"round: {{decimals: 0, mode: {mode}}}")
    found = edges(evaluation.scorecard, evaluation.scorecard.total)
    expected = {"half_up": 59.5, "half_even": 59.5, "down": 60, "up": 59, "floor": 60, "ceiling": 59}[mode]
    assert found[2] == pytest.approx(expected, abs=1e-6)
    assert found[0] == -np.inf
    assert found[-1] == np.inf


def test_worked_out_and_searched_intervals_agree(evaluate):
    evaluation = scored(evaluate)
    scores, rows, parts = period(evaluation)
    written = numbers(evaluation.plan, scores, rows)
    found = intervals(evaluation, scores, parts, rows)
    searched = ends_that_keep(evaluation, scores, rows, written, {key: ~np.isnan(one.written) for key, one in written.items()})
    turned = 0
    for key, (low, high) in searched.items():
        own, known = found[key], ~np.isnan(written[key].written)
        small = written[key].written * 1e-5 if key[1] == ("weight",) else np.zeros(len(rows))
        np.testing.assert_allclose(np.where(own.low < small, 0, own.low)[known], low[known], rtol=1e-6)
        np.testing.assert_allclose(np.where(own.high > 1e5, np.inf, own.high)[known], high[known], rtol=1e-6)
        turned += int((own.low[known] > own.least[known]).sum() + (own.high[known] < own.most[known]).sum())
    assert turned > 50


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000))
def test_a_verdict_stays_inside_its_interval_and_turns_outside(evaluate, seed):
    evaluation = scored(evaluate, given=roster(size=12, seed=seed))
    scores, rows, parts = period(evaluation)
    bands = codes_of(scores.cells["total.band"])[rows]
    for key, own in intervals(evaluation, scores, parts, rows).items():
        way = 1e-6 * np.maximum(np.abs(own.written), 1)
        for end, inward, turns in ((own.low, way, own.low > own.least), (own.high, -way, own.high < own.most)):
            sure = turns & (np.abs(end - own.written) > 4 * way) & (end > 3 * way) & (end < 1e5)
            if sure.any():
                inside, outside = (
                    codes_of(trials(evaluation.plan, scores, rows[sure], {key: end[sure] + step[sure]}, ["total.band"])["total.band"])
                    for step in (inward, -inward)
                )
                assert (inside == bands[sure]).all()
                assert (outside != bands[sure]).all()


def test_by_hand_the_interval_of_a_weight(evaluate):
    """(3 a + w b) / (3 + w) with a = 90 and b = 50 is 80 at w = 1 and 60 at w = 9."""
    text = """
schema: scorecard/1
entity: {key: [c], roster: roster}
bands: {red: {from: 0}, amber: {from: 60}, green: {from: 80}}
sources: {roster: {type: given}}
metrics: {a: {source: roster, worst: 0, target: 100, weight: 3}, b: {source: roster, worst: 0, target: 100, weight: 2}}
"""
    evaluation = evaluate(text, roster={"c": ["x"], "a": [90.0], "b": [50.0]}).evaluation
    scores, rows, parts = period(evaluation)
    own = intervals(evaluation, scores, parts, rows)["b", ("weight",)]
    assert own.low[0] == pytest.approx(1)
    assert own.high[0] == pytest.approx(9)


def test_by_hand_where_a_band_may_begin(evaluate):
    """75 stays amber while that begins at 75 or below, and green above 75; 55 stays red while amber begins above 55."""
    text = """
schema: scorecard/1
entity: {key: [c], roster: roster}
bands: {red: {from: 0}, amber: {from: 60}, green: {from: 80}}
sources: {roster: {type: given}}
metrics: {a: {source: roster, worst: 0, target: 100}}
"""
    evaluation = evaluate(text, roster={"c": ["x", "y"], "a": [75.0, 55.0]}).evaluation
    sure = certainty(evaluation, {}, DRAWS)
    found = sure.intervals(sure.rows)
    amber, green = (found["total", ("bands", band)] for band in ("amber", "green"))
    assert (amber.low.tolist(), amber.high.tolist()) == ([0, 55], [75, 80])
    assert (green.low.tolist(), green.high.tolist()) == ([75, 60], [100, 100])


def test_what_a_rule_decided_has_no_distance_and_no_place_for_a_band_to_begin(evaluate):
    given = roster(gaps=0)
    given["b"] = [10.0] * 40
    sure = certainty(scored(evaluate, given=given), {}, DRAWS)
    assert sure.ruled[sure.rows].all()
    assert np.isnan(sure.nearest[sure.rows]).all()
    assert np.isnan(sure.intervals(sure.rows[:3])["total", ("bands", "green")].written).all()


# ---------------------------------------------------------------- noise and the whole


def test_without_noise_every_verdict_stays_and_with_more_fewer_do(evaluate):
    evaluation = scored(evaluate)
    kept = [
        np.nanmean(certainty(evaluation, dict.fromkeys(moved(evaluation.plan), Noise(amount, True)), DRAWS).noise.kept)
        for amount in (0.0, 0.02, 0.2)
    ]
    assert kept[0] == 1
    assert kept[0] > kept[1] > kept[2]


def test_noise_moves_a_value_as_far_as_it_says(evaluate):
    """One metric at 65 with 60 and 80 as edges: a deviation of 5 keeps the band where z is in [-1, 3)."""
    text = """
schema: scorecard/1
entity: {key: [c], roster: roster}
bands: {red: {from: 0}, amber: {from: 60}, green: {from: 80}}
sources: {roster: {type: given}}
metrics: {a: {source: roster, worst: 0, target: 100}}
"""
    evaluation = evaluate(text, roster={"c": ["x"], "a": [65.0]}).evaluation
    sure = certainty(evaluation, {"a": Noise(5.0, False)}, Draws(count=20_000))
    assert sure.noise.kept[0] == pytest.approx(0.8413 - 0.0013, abs=0.01)
    assert not sure.weighs
    assert sure.weights.kept[0] == 1
    assert sure.sensitivity() is None


def test_noise_of_one_row_is_the_same_whoever_is_beside_it(evaluate):
    evaluation = scored(evaluate)
    noise = dict.fromkeys(moved(evaluation.plan), Noise(0.1, True))
    every = certainty(evaluation, noise, DRAWS)
    alone = certainty(evaluation, noise, DRAWS, int(every.rows[7]))
    assert alone.noise.kept[every.rows[7]] == every.noise.kept[every.rows[7]]
    assert np.isnan(alone.noise.kept[every.rows[6]])


def test_what_is_worked_out_from_other_metrics_gets_no_noise_of_its_own(evaluate):
    text = TEXT.replace("  z: {weight: 0}", "  z: {weight: 0, source: null, measure: a.value - b.value}")
    evaluation = evaluate(text % {"total": "", "group": "", "more": ""}, roster=roster()).evaluation
    assert moved(evaluation.plan) == ("a", "b", "d", "e", "f")


def test_the_least_sure_come_first_and_those_on_the_edge_are_known(evaluate):
    sure = certainty(scored(evaluate), {}, DRAWS)
    kept = sure.kept[sure.unsure_first]
    assert (np.diff(kept) >= 0).all()
    assert 0 < sure.on_edge.sum() < len(sure.rows)
    assert (sure.kept[sure.on_edge] < SURE).all()
    near = np.fmin(sure.down, sure.up)[sure.rows]
    assert np.nanmin(near) >= 0


def test_points_to_the_neighbouring_bands(evaluate):
    evaluation = scored(evaluate, more="", total="")
    sure = certainty(evaluation, {}, DRAWS)
    score = np.asarray(sure.scores.cells["total.score"])
    amber = (score >= 60) & (score < 80)
    np.testing.assert_allclose(sure.down[amber], score[amber] - 60)
    np.testing.assert_allclose(sure.up[amber], 80 - score[amber])
    assert np.isnan(sure.up[score >= 80]).all()
    assert np.isnan(sure.down[score < 60]).all()


def test_without_bands_only_ranks_are_told(evaluate):
    text = TEXT.replace("bands: {red: {from: 0}, amber: {from: 60}, green: {from: 80}}", "").replace(
        ", thresholds: {amber: 50, green: 90}", ""
    )
    evaluation = evaluate(text % {"total": "", "group": "", "more": ""}, roster=roster()).evaluation
    sure = certainty(evaluation, {}, DRAWS)
    assert np.isnan(sure.kept).all()
    assert not sure.on_edge.any()
    assert sure.intervals(sure.rows) == {}
    assert (sure.weights.high[sure.rows] >= sure.weights.low[sure.rows]).all()


def test_nobody_with_a_score_is_inconclusive(evaluate):
    given = roster(gaps=0)
    for name in METRICS:
        given[name] = [None] * 40
    with pytest.raises(InconclusiveError):
        certainty(scored(evaluate, total="coverage: 0.9, round: {decimals: 1}", given=given), {}, DRAWS)


def test_a_row_whose_coverage_is_just_enough_loses_its_score_in_some_draws(evaluate):
    given = roster(size=6, gaps=0)
    given["e"] = [None] * 6
    given["tier"] = ["small"] * 6
    evaluation = scored(evaluate, total="coverage: 0.6666, round: {decimals: 1}", more="", given=given)
    sure = certainty(evaluation, {}, DRAWS)
    assert ((sure.weights.unscored[sure.rows] > 0.1) & (sure.weights.unscored[sure.rows] < 0.9)).all()


def test_weights_that_are_formulas_stay_as_they_are(evaluate):
    text = TEXT.replace("b: {group: h}", 'b: {group: h, weight: "coalesce(a.value / 50, 1)"}').replace(
        "e: {weight: 1.5}", 'e: {weight: "coalesce(d.value / 60, 1)"}'
    )
    evaluation = evaluate(text % {"total": "", "group": "", "more": ""}, roster=roster()).evaluation
    scores, rows, parts = period(evaluation)
    assert all(list(part.siblings) == ["g"] for part in parts)
    found = by_weights(evaluation, scores, parts, Draws(count=20))
    assert (found.tried[rows] == 20).all()
    assert ("b", ("weight",)) in intervals(evaluation, scores, parts, rows[:4])


def test_a_group_that_applies_by_the_score_of_its_child_is_scored_draw_by_draw(evaluate):
    evaluation = scored(evaluate, total="", group=", applies_when: h.score > 60", more="")
    _, _, parts = period(evaluation)
    assert not any(part.direct.any() for part in parts)


def test_a_filler_for_a_group_is_no_mean_of_its_metrics(evaluate):
    given = roster(gaps=0)
    for name in "abd":
        given[name][:8] = [None] * 8
    evaluation = scored(evaluate, total="", group=", missing: worst", more="", given=given)
    scores, rows, parts = period(evaluation)
    assert np.sort(np.concatenate([part.rows[~part.direct] for part in parts])).tolist() == list(range(8))
    assert (by_weights(evaluation, scores, parts, DRAWS).tried[rows] == DRAWS.count).all()


def test_a_low_score_that_is_good_is_as_sure_as_a_high_one(evaluate):
    """Turned around, scale and all, every verdict is as sure as before."""
    upward = scored(evaluate, total="", more="")
    text = TEXT.replace("schema: scorecard/1", "schema: scorecard/1\ndirection: lower").replace(
        "bands: {red: {from: 0}, amber: {from: 60}, green: {from: 80}}", "bands: {green: {from: 0}, amber: {from: 20}, red: {from: 40}}"
    )
    downward = evaluate(text % {"total": "", "group": "", "more": ""}, roster=roster()).evaluation
    kept = [by_weights(one, *(period(one)[k] for k in (0, 2)), DRAWS).kept for one in (upward, downward)]
    np.testing.assert_allclose(kept[0], kept[1], atol=1 / DRAWS.count + 1e-9)
