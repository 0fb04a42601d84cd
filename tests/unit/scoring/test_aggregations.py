"""From the scores of children to the score of their group, and back to the points each child cost."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from scorecard.model.definition import Rounding, Scale
from scorecard.scoring.aggregations import AGGREGATIONS, Setting, load
from scorecard.scoring.aggregations.counting import share
from scorecard.scoring.rounding import rounded

nan = np.nan
RISK = Scale(lower_is_better=True)
OPEN = Scale(low=None, high=None)
KINDS = ["arithmetic", "geometric", "power", "sum", "min", "max", "worst"]


def setting(scale=None, **told) -> Setting:
    return Setting(scale=scale or Scale(), **{"power": 2.0, "count": 2, **told})


def combined(kind, scores, weights, at=None):
    return load(kind).combine(np.asarray(scores, dtype=float), np.asarray(weights, dtype=float), at or setting())


def column(*scores):
    return np.array(scores, dtype=float)[:, None]


def test_every_aggregation_on_one_row():
    scores, weights = column(20, 40, 80), [1, 1, 2]
    found = {kind: combined(kind, scores, weights)[0] for kind in KINDS}
    assert_allclose(found["arithmetic"], 55)
    assert_allclose(found["geometric"], (20 * 40 * 80 * 80) ** 0.25)
    assert_allclose(found["power"], ((400 + 1600 + 2 * 6400) / 4) ** 0.5)
    assert found["sum"] == 100
    assert found["min"] == 20
    assert found["max"] == 80
    assert found["worst"] == 30


def test_the_human_development_index_of_switzerland():
    """Human Development Report 2023/24, year 2022: years of life, expected and mean years of schooling, dollars, index."""
    life, expected, mean, income, published = 84.255, 16.5837307, 13.90406622, 69_432.78669, 0.967
    parts = column((life - 20) / (85 - 20), (expected / 18 + mean / 15) / 2, np.log(income / 100) / np.log(75_000 / 100))
    scale = Scale(high=1.0)
    assert rounded(combined("geometric", parts, [1, 1, 1], setting(scale)), Rounding(decimals=3), 1.0)[0] == published


@pytest.mark.parametrize("kind", KINDS)
def test_what_has_no_score_or_no_weight_does_not_count(kind):
    """Traps 2 and 5."""
    alone = combined(kind, column(30, 60), [1, 3])
    assert_array_equal(combined(kind, column(30, nan, 60, 5), [1, 7, 3, 0]), alone)
    assert_array_equal(combined(kind, column(30, 60, 99), [[1], [3], [nan]]), alone)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_usable_is_no_score(kind):
    """Traps 1 and 2: no weight, no child with a score."""
    assert_array_equal(combined(kind, [[nan, 50.0], [nan, nan]], [[1, 0], [1, 1]]), [nan, nan])


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_scores_alone_as_in_a_block(kind):
    random = np.random.default_rng(1)
    scores = np.where(random.random((12, 1000)) < 0.2, nan, random.uniform(0, 100, (12, 1000)))
    weights = random.uniform(0, 3, 12)
    whole = combined(kind, scores, weights)
    assert_array_equal(whole[17:18], combined(kind, scores[:, 17:18], weights))


def test_weights_per_row():
    assert_array_equal(combined("arithmetic", [[0, 0], [100, 100]], [[1, 3], [3, 1]]), [75, 25])


def test_a_sum_is_clamped_to_a_closed_scale_only():
    assert_array_equal(combined("sum", [[60, 10], [70, 20]], [1, 1]), [100, 30])
    assert_array_equal(combined("sum", column(60, 70), [1, 1], setting(OPEN)), [130])
    assert_array_equal(combined("sum", column(60, nan), [0.5, 1]), [30])


def test_geometric_of_a_zero_is_zero_and_of_a_negative_score_nothing():
    assert_array_equal(combined("geometric", [[0, -1, 0], [50, 50, nan]], [1, 1]), [0, nan, 0])
    assert_array_equal(combined("power", column(0, 50), [1, 1], setting(power=-1.0)), [0])
    assert_array_equal(combined("power", column(0, 0), [1, 1], setting(power=-1.0)), [0])
    assert_array_equal(combined("power", column(0, 0), [1, 1], setting(power=3.0)), [0])


def test_geometric_on_other_scores_maps_there_and_back():
    """INFORM takes the geometric mean of scores mapped onto 10..1, where 10 is the worst."""
    risk = Scale(low=0, high=10, lower_is_better=True)
    found = combined("geometric", column(4.0, 7.0), [1, 1], setting(risk, on=(10.0, 1.0)))[0]
    x = np.sqrt((1 + 0.9 * 4) * (1 + 0.9 * 7))
    assert_allclose(found, (x - 1) / 0.9)
    assert_allclose(combined("geometric", column(0, 100), [1, 1], setting(on=(10.0, 1.0)))[0], (10 - 10**0.5) / 9 * 100)


def test_power_meets_its_neighbours():
    scores, weights = column(20, 40, 80), [1, 2, 3]
    assert_allclose(combined("power", scores, weights, setting(power=1.0)), combined("arithmetic", scores, weights))
    assert_array_equal(combined("power", scores, weights, setting(power=0.0)), combined("geometric", scores, weights))
    assert_allclose(combined("power", scores, weights, setting(power=-1.0)), 6 / (1 / 20 + 2 / 40 + 3 / 80))
    assert_allclose(combined("power", scores, weights, setting(power=700.0)), 80, rtol=0.01)
    assert_allclose(combined("power", scores, weights, setting(power=-700.0)), 20, rtol=0.01)


def test_worst_takes_the_highest_where_lower_is_better_and_all_where_few_count():
    assert combined("worst", column(10, 20, 90), [1, 1, 1], setting(RISK))[0] == 55
    assert combined("worst", column(10, nan, nan), [1, 1, 1])[0] == 10
    assert combined("min", column(10, 90), [1, 1], setting(RISK))[0] == 10


def test_what_is_not_told_is_refused():
    for kind, told in (("power", {"power": None}), ("worst", {"count": None}), ("geometric", {"scale": OPEN, "on": (1.0, 10.0)})):
        with pytest.raises(ValueError):
            combined(kind, column(1, 2), [1, 1], setting(**told))
    with pytest.raises(ValueError):
        load("formula")


def test_shares_are_those_of_the_siblings_that_count():
    """Trap 15: the weight shown is the weight used."""
    scores = np.array([[10, nan, nan], [20, 20, nan], [5, 5, 5]], dtype=float)
    assert_array_equal(share(scores, np.array([1.0, 3.0, 0.0])), [[0.25, 0, 0], [0.75, 1, 0], [0, 0, 0]])


def lost(kind, scores, weights, at=None, best=100.0):
    scores, weights = np.asarray(scores, dtype=float), np.asarray(weights, dtype=float)
    at = at or setting()
    whole = load(kind).combine(scores, weights, at)
    pulls = load(kind).pull(scores, weights, best, whole, at)
    assert np.isfinite(pulls).all()
    return pulls, np.where(pulls > 0, pulls * (best - scores), 0.0), whole


@pytest.mark.parametrize("kind", ["arithmetic", "geometric", "power", "min", "max", "worst"])
@pytest.mark.parametrize(
    "at", [setting(), setting(power=-1.0), setting(power=0.5), setting(on=(1.0, 10.0)), setting(on=(10.0, 1.0)), setting(RISK)]
)
def test_points_lost_add_up(kind, at):
    random = np.random.default_rng(2)
    scores = np.where(random.random((4, 500)) < 0.2, nan, random.uniform(0, 100, (4, 500)))
    scores = np.where(random.random((4, 500)) < 0.1, 0.0, np.where(random.random((4, 500)) < 0.1, 100.0, scores))
    best = 0.0 if at.scale.lower_is_better else 100.0
    _, parts, whole = lost(kind, scores, [1.0, 2.0, 0.0, 0.5], at, best)
    assert_allclose(parts.sum(axis=0), np.where(np.isnan(whole), 0, best - whole), atol=1e-9)
    assert (parts <= 1e-12).all() if at.scale.lower_is_better else (parts >= -1e-12).all()


def test_points_lost_of_a_sum_go_by_weight_with_the_clamp_left_over():
    _, parts, whole = lost("sum", column(60, 90), [1, 0.5])
    assert_array_equal(parts[:, 0], [40, 5])
    assert whole[0] == 100


def test_zeros_that_bring_a_group_to_zero_share_its_loss_by_weight():
    _, parts, whole = lost("geometric", column(0, 80, 0), [1, 5, 3])
    assert whole[0] == 0
    assert_array_equal(parts[:, 0], [25, 0, 75])
    assert_array_equal(lost("power", column(0, 80), [1, 5], setting(power=-2.0))[1][:, 0], [100, 0])


def test_of_equals_the_first_decides():
    assert_array_equal(lost("min", column(40, 30, 30), [1, 1, 1])[0][:, 0], [0, 1, 0])
    assert_array_equal(lost("max", column(40, 40, 30), [1, 1, 1])[0][:, 0], [1, 0, 0])
    assert_array_equal(lost("worst", column(30, 20, 30, 30), [1, 1, 1, 1])[0][:, 0], [0.5, 0.5, 0, 0])


def test_next_to_the_best_score_the_pull_is_the_share():
    pulls, _, _ = lost("geometric", column(100, 100 - 1e-9, 100), [1, 1, 2])
    assert_allclose(pulls[:, 0], [0.25, 0.25, 0.5], rtol=1e-9)


@pytest.mark.parametrize("at", [setting(power=0.0), setting(power=-1.0), setting(power=3.0)])
def test_children_may_be_compared_with_scores_of_their_own(at):
    scores, best = column(30, 60, 20), column(50, 40, 90)
    weights = np.array([1.0, 2.0, 1.0])
    power = load("power")
    whole, aim = power.combine(scores, weights, at), power.combine(best, weights, at)
    pulls = power.pull(scores, weights, best, whole, at)
    assert_allclose((pulls * (best - scores)).sum(axis=0), aim - whole, atol=1e-9)


def test_a_child_without_weight_is_not_pulled_however_steep_it_is_elsewhere():
    at = setting(Scale(low=-10.0, high=10.0, lower_is_better=True))
    assert_array_equal(load("power").pull(column(0, 0), np.array([0.25, 0.0]), -10.0, np.zeros(1), at), [[1.0], [0.0]])


def test_every_record_has_its_arithmetic_and_its_words():
    for id, record in AGGREGATIONS.items():
        assert record.id == id
        assert {"en", "zh"} <= set(record.title.by_language) & set(record.doc.by_language)
        assert id == "formula" or callable(load(id).combine)
