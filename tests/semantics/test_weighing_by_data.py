"""Weights from the spread of scores, and fitted to an outcome."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.advice import needed
from scorecard.advice.weighing.fit import area, fitted, folds
from scorecard.advice.weighing.held_out import fit_to
from scorecard.advice.weighing.outcome import outcome_of
from scorecard.advice.weighing.spread import METHODS, critic, deviation, entropy
from scorecard.advice.weighing.told_apart import told_apart
from scorecard.errors import InconclusiveError, ScorecardError, UsageError

pytest.importorskip("scipy", reason="needs scipy")
pytest.importorskip("pymcdm", reason="needs pymcdm")

FIRMS = [
    [61, 1.08, 4.33],
    [20.7, 0.26, 4.34],
    [16.3, 1.98, 2.53],
    [9, 3.29, 1.65],
    [5.4, 2.77, 2.33],
    [4, 4.12, 1.21],
    [-6.1, 3.52, 2.10],
    [-34.6, 3.31, 0.98],
]


def test_critic_of_eight_pharmaceutical_firms() -> None:
    """Diakoulaki, Mavrotas, Papayannakis, Computers & Operations Research 22 (1995): profitability, market share, productivity."""
    assert critic(np.array(FIRMS)).round(2).tolist() == [0.20, 0.48, 0.32]
    assert critic(np.array(FIRMS)) == pytest.approx([0.20222554, 0.48090173, 0.31687273])


def test_critic_of_five_programs() -> None:
    """Tuş, Aytaç Adalı, Opsearch 56 (2019) 528-538: software for time and attendance."""
    programs = [[5000, 3, 3, 4, 3, 2], [680, 5, 3, 2, 2, 1], [2000, 3, 2, 3, 4, 3], [600, 4, 3, 1, 2, 2], [800, 2, 4, 3, 3, 4]]
    assert critic(np.array(programs, dtype=float)).round(3).tolist() == [0.157, 0.249, 0.168, 0.121, 0.154, 0.151]


@pytest.mark.parametrize(
    ("scores", "weights"),
    [
        # Xu, European J. Operational Research 156 (2004) 530-532
        ([[30, 30, 38, 29], [19, 54, 86, 29], [19, 15, 85, 28.9], [68, 70, 60, 29]], [0.4630, 0.3992, 0.1378, 0.0000]),
        # Zavadskas, Podvezko, Int. J. Information Technology & Decision Making 15 (2016) 267-283
        ([[3.0, 100, 10, 7], [2.5, 80, 8, 5], [1.8, 50, 20, 11], [2.2, 70, 12, 9]], [0.1146, 0.1981, 0.4185, 0.2689]),
    ],
)
def test_published_entropy_weights(scores: list[list[float]], weights: list[float]) -> None:
    assert entropy(np.array(scores, dtype=float)).round(4).tolist() == weights


def test_a_score_of_nothing_is_a_share_of_nothing() -> None:
    """By hand: shares (0, 1/2, 1/2) have the entropy ln 2, shares (1/4, 1/4, 1/2) have 1.5 ln 2."""
    gaps = 1 - np.array([np.log(2), 1.5 * np.log(2)]) / np.log(3)
    assert entropy(np.array([[0.0, 1.0], [3.0, 1.0], [3.0, 2.0]])) == pytest.approx(gaps / gaps.sum(), abs=1e-9)


def test_deviation_by_hand() -> None:
    assert deviation(np.array([[0.0, 0.0], [1.0, 3.0]])) == pytest.approx([0.25, 0.75])


@pytest.mark.parametrize("method", METHODS)
def test_what_is_the_same_for_everybody_gets_no_weight(method: str) -> None:
    scores = np.array([[0.1, 0.5, 0.9], [0.6, 0.5, 0.2], [0.3, 0.5, 0.4]])
    assert METHODS[method](scores)[1] == 0
    assert METHODS[method](scores).sum() == pytest.approx(1)
    assert METHODS[method](scores[:, :2]).tolist() == [1, 0]
    assert np.isnan(METHODS[method](scores[:, [1, 1]])).all()


def test_critic_finds_no_conflict_between_two_that_move_alike() -> None:
    assert np.isnan(critic(np.array([[0.1, 0.2], [0.5, 0.6], [0.3, 0.4]]))).all()


# ------------------------------------------------------------ fitted


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=2, max_size=30))
@settings(max_examples=50, deadline=None)
def test_the_area_is_the_share_of_pairs_told_apart(pairs: list[tuple[int, bool]]) -> None:
    score, bad = np.array([s for s, _ in pairs], dtype=float), np.array([b for _, b in pairs])
    if not 0 < bad.sum() < len(bad):
        return
    below = score[bad][:, None] < score[~bad][None, :]
    same = score[bad][:, None] == score[~bad][None, :]
    assert area(score, bad) == pytest.approx((below + same / 2).mean())


@pytest.mark.parametrize("true", [(0.6, 0.3, 0.1), (0.5, 0.5, 0.0)])
def test_the_weights_that_made_the_outcome_are_found_again(true: tuple[float, ...]) -> None:
    draw = np.random.default_rng(7)
    scores = draw.uniform(size=(20_000, 3))
    bad = draw.uniform(size=len(scores)) < 1 / (1 + np.exp(-4 + 12 * (scores @ np.array(true))))
    assert fitted(scores, bad) == pytest.approx(true, abs=0.02)


@given(st.integers(0, 10_000), st.permutations(range(3)))
@settings(max_examples=20, deadline=None)
def test_fitted_weights_are_shares_whatever_the_order_of_metrics(seed: int, order: list[int]) -> None:
    draw = np.random.default_rng(seed)
    scores = draw.uniform(size=(60, 3))
    bad = scores @ [3, 1, -1] + draw.normal(size=60) < 1.5
    weights = fitted(scores, bad)
    assert weights is not None
    assert (weights >= 0).all()
    assert weights.sum() == pytest.approx(1)
    assert fitted(scores[:, order], bad) == pytest.approx(weights[order], abs=1e-3)


def test_a_metric_that_tells_everybody_apart_gets_finite_weights() -> None:
    scores = np.column_stack([np.linspace(0, 1, 40), np.tile([0.2, 0.8], 20)])
    weights = fitted(scores, scores[:, 0] < 0.5)
    assert weights is not None
    assert weights[0] > 0.9


def test_nothing_is_fitted_where_every_score_goes_the_wrong_way() -> None:
    scores = np.linspace(0, 1, 40)[:, None]
    assert fitted(scores, scores[:, 0] > 0.5) is None


@given(st.integers(10, 60), st.integers(10, 60), st.integers(2, 5), st.integers(0, 99))
@settings(max_examples=30, deadline=None)
def test_folds_hold_everybody_out_once_and_spread_the_outcome(happened: int, others: int, count: int, seed: int) -> None:
    bad = np.arange(happened + others) < happened
    held = list(folds(bad, count, seed))
    assert sum(fold.astype(int) for fold in held).tolist() == [1] * len(bad)
    assert max(fold[bad].sum() for fold in held) - min(fold[bad].sum() for fold in held) <= 1
    assert all((one == other).all() for one, other in zip(held, folds(bad, count, seed), strict=True))


TEXT = """
schema: scorecard/1
entity: {key: [c], roster: customers, attributes: [region, renewed, size]}
sources: {customers: {type: given}}
groups: {service: {weight: 60}, value: {weight: 40}, spare: {weight: 0, aggregation: max}}
defaults: {metrics: {source: customers}}
metrics:
  speed: {group: service, weight: 3, worst: 0, target: 100}
  quality: {group: service, worst: 0, target: 100}
  sales: {group: value, worst: 0, target: 100}
  noise: {group: spare, worst: 0, target: 100}
  left: {weight: 0, measure: gone}
segments: {north: {when: region == "N", groups: {service: {weight: 90}}}}
rules: {gone: {when: left.value == "yes", add: -50}}
total: {round: {decimals: 9}}
"""


def customers(count: int = 400, seed: int = 3) -> dict[str, list[object]]:
    """Who leaves depends on quality and a little on sales; the first five were never asked about speed."""
    draw = np.random.default_rng(seed)
    speed, quality, sales, noise = draw.uniform(0, 100, size=(4, count))
    chance = 1 / (1 + np.exp((0.8 * quality + 0.2 * sales - 40) / 6))
    gone = draw.uniform(size=count) < chance
    return {
        "c": [f"c{i}" for i in range(count)],
        "region": ["N" if i % 4 == 0 else "S" for i in range(count)],
        "renewed": (~gone).tolist(),
        "size": [i % 3 for i in range(count)],
        "speed": [None] * 5 + speed[5:].tolist(),
        "quality": quality.tolist(),
        "sales": sales.tolist(),
        "noise": noise.tolist(),
        "gone": ["yes" if g else "no" for g in gone],
    }


@pytest.fixture
def evaluation(evaluate):
    return evaluate(TEXT, customers=customers()).evaluation


def last(evaluation):
    return list(evaluation.periods)[-1][1]


def test_weights_fitted_to_an_outcome_tell_more_than_those_written(evaluation) -> None:
    scores = last(evaluation)
    fit = fit_to(evaluation, scores, outcome_of(evaluation, scores, "left=yes"), bad=True, count=5, seed=0)
    assert fit.metrics == ("speed", "quality", "sales")
    assert (fit.used, fit.entities) == (395, 400)
    assert fit.weights == pytest.approx([0.0, 0.8, 0.2], abs=0.08)
    assert fit.fitted.mean > fit.written.mean + 0.1
    assert fit.wins == 5
    assert len(set(fit.fitted.folds)) == 5
    assert not fit.few


def test_the_areas_are_those_of_the_score_before_rules(evaluation) -> None:
    """The rule takes 50 points from whoever left; it must not tell the outcome to the area."""
    scores = last(evaluation)
    found = outcome_of(evaluation, scores, "left=yes")
    fit = fit_to(evaluation, scores, found, bad=True, count=2, seed=0)
    table = customers()
    rows = slice(5, None)
    bad = np.array(table["gone"][rows]) == "yes"
    columns = np.array([table[name][rows] for name in ("speed", "quality", "sales")], dtype=float)
    served = np.where(np.array(table["region"][rows]) == "N", 90, 60)
    service = (3 * columns[0] + columns[1]) / 4
    by_hand = {"written": (served * service + 40 * columns[2]) / (served + 40), "equal": columns.mean(axis=0)}
    for name, total in by_hand.items():
        parts = [area(total[held], bad[held]) for held in folds(bad, 2, 0)]
        assert getattr(fit, name).folds == pytest.approx(parts)


def test_a_wanted_outcome_is_fitted_the_other_way_round(evaluation) -> None:
    scores = last(evaluation)
    left = fit_to(evaluation, scores, outcome_of(evaluation, scores, "left=yes"), bad=True, count=3, seed=1)
    renewed = fit_to(evaluation, scores, outcome_of(evaluation, scores, "renewed"), bad=False, count=3, seed=1)
    assert renewed.weights == pytest.approx(left.weights)
    assert renewed.fitted.folds == pytest.approx(left.fitted.folds)


def test_numbers_are_outcomes_too(evaluation) -> None:
    found = outcome_of(evaluation, last(evaluation), "size = 2")
    assert (int(found.happened.sum()), str(found)) == (133, "size = 2")


@pytest.mark.parametrize(
    ("text", "error", "code", "reason"),
    [
        ("churn", UsageError, "SC746", "outcome"),
        ("size", UsageError, "SC746", "value"),
        ("left", UsageError, "SC746", "value"),
        ("left=maybe", InconclusiveError, "SC747", "nobody"),
        ("speed=3", UsageError, "SC748", None),
    ],
)
def test_outcomes_that_cannot_be(evaluation, text: str, error: type[ScorecardError], code: str, reason: str | None) -> None:
    with pytest.raises(error) as stopped:
        outcome_of(evaluation, last(evaluation), text)
    (issue,) = stopped.value.issues
    assert (issue.code, issue.values.get("reason")) == (code, reason)


def test_too_few_with_the_outcome_is_said_with_how_many_are_needed(evaluate) -> None:
    evaluation = evaluate(TEXT, customers=customers(30)).evaluation
    scores = last(evaluation)
    with pytest.raises(InconclusiveError) as stopped:
        fit_to(evaluation, scores, outcome_of(evaluation, scores, "size=2"), bad=True, count=5, seed=0)
    assert stopped.value.issues[0].values["reason"] == "few"
    assert stopped.value.issues[0].values["needed"] == 10


def test_only_weighted_means_are_fitted(evaluate) -> None:
    evaluation = evaluate(TEXT.replace("{weight: 40}", "{weight: 40, aggregation: min}"), customers=customers()).evaluation
    scores = last(evaluation)
    with pytest.raises(UsageError) as stopped:
        fit_to(evaluation, scores, outcome_of(evaluation, scores, "left=yes"), bad=True, count=5, seed=0)
    assert stopped.value.issues[0].values["reason"] == "mean"


def test_spread_rests_on_the_entities_of_which_all_is_measured(evaluation) -> None:
    total, service = told_apart(evaluation, last(evaluation), "deviation", ["total", "service", "value"])
    assert (service.used, service.entities) == (395, 400)
    assert total.used == 400
    assert list(service.weights) == ["speed", "quality"]
    assert sum(service.weights.values()) == pytest.approx(1)


def test_too_few_entities_cannot_tell(evaluate) -> None:
    evaluation = evaluate(TEXT, customers=customers(8)).evaluation
    with pytest.raises(InconclusiveError) as stopped:
        told_apart(evaluation, last(evaluation), "critic", ["service"])
    assert dict(stopped.value.issues[0].values) == {"reason": "entities", "group": "service", "used": 3, "count": 8, "needed": 5}


def test_a_missing_package_is_named_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> object:
        raise ImportError(name)

    monkeypatch.setattr(needed, "import_module", absent)
    with pytest.raises(UsageError) as stopped:
        needed.needed("pymcdm.weights")
    (issue,) = stopped.value.issues
    assert (issue.code, issue.values["package"]) == ("SC749", "pymcdm")


SHARED = Path(os.environ.get("SCORECARD_SHARED", Path(__file__).parents[3] / "shared"))


@pytest.mark.skipif(not (SHARED / "data" / "telco").is_dir(), reason="needs the published telco data")
def test_weights_for_the_customers_who_left_a_telecom_company(monkeypatch: pytest.MonkeyPatch) -> None:
    from scorecard import app

    monkeypatch.setenv("SCORECARD_SHARED", str(SHARED))
    evaluation = app.evaluate(Path(__file__).parents[2] / "configs" / "telco" / "customers.scorecard.yaml")
    scores = last(evaluation)
    fit = fit_to(evaluation, scores, outcome_of(evaluation, scores, "left=Churned"), bad=True, count=5, seed=0)
    assert (fit.used, fit.happened) == (7043, 1869)
    assert [round(each.mean, 3) for each in (fit.written, fit.equal, fit.fitted)] == [0.882, 0.885, 0.996]
    assert fit.suspicious == ("satisfaction", "churn_score")
