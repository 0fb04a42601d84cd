"""What holds for every curve, aggregation and tree, whatever the numbers. numpy warnings are errors here."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from scorecard.model.definition import Rounding, RuleKind, Scale
from scorecard.scoring.aggregations import Setting
from scorecard.scoring.aggregations import load as aggregation
from scorecard.scoring.bands import band_of
from scorecard.scoring.branch import Branch
from scorecard.scoring.curves import load as curve
from scorecard.scoring.curves.at import At
from scorecard.scoring.ledger import ledger
from scorecard.scoring.lost import lost
from scorecard.scoring.rounding import rounded, tidy
from scorecard.scoring.rules import Applied, apply

pytestmark = pytest.mark.filterwarnings("error")
few = settings(max_examples=80, deadline=None)

ROWS = 3
scales = st.sampled_from(
    [Scale(), Scale(high=1.0), Scale(low=300.0, high=850.0), Scale(lower_is_better=True), Scale(low=0.0, high=10.0, lower_is_better=True)]
)
values = st.lists(st.floats(-2e6, 2e6), min_size=1, max_size=6).map(np.array)


def ends(scale: Scale) -> dict[str, float]:
    assert scale.worst is not None
    assert scale.best is not None
    return {"worst_score": scale.worst, "best_score": scale.best}


@st.composite
def ordered(draw, count, positive=False):
    """Numbers apart from each other, rising or falling."""
    start = draw(st.floats(0.01, 1e3) if positive else st.floats(-1e5, 1e5))
    gaps = draw(st.lists(st.floats(1e-3, 1e4), min_size=count - 1, max_size=count - 1))
    numbers = (start + np.concatenate([[0.0], np.cumsum(gaps)])).tolist()
    return numbers if draw(st.booleans()) else numbers[::-1]


@st.composite
def curves(draw):
    """A curve that may be inverted, with good numbers, and whether they are given per row."""
    scale = draw(scales)
    kind = draw(st.sampled_from(["straight", "linear", "log", "identity", "points", "steps", "range"]))
    a, b = ends(scale)["worst_score"], ends(scale)["best_score"]
    parts = sorted(draw(st.lists(st.floats(0.05, 0.95), min_size=2, max_size=2, unique_by=lambda x: round(x, 3))))
    middle = [a + part * (b - a) for part in parts]
    xs = draw(ordered(4, positive=kind == "log"))
    if kind == "range":
        xs = sorted(xs)
        return "straight", At(**ends(scale), worst=(xs[0], xs[3]), target=(xs[1], xs[2]))
    if kind == "points":
        return kind, At(**ends(scale), points=tuple(zip(xs, [a, *middle, b], strict=True)))
    if kind == "steps":
        edges = sorted(xs[:3])
        earned = [a, *middle] if draw(st.booleans()) else [*middle[::-1], a]
        steps = tuple((edge, draw(st.booleans()), score) for edge, score in zip(edges, earned, strict=True))
        return kind, At(**ends(scale), steps=(*steps, (None, True, b if earned[0] == a else a)))
    return kind, At(**ends(scale), worst=xs[0], thresholds=tuple(zip(middle, xs[1:3], strict=True)), target=xs[3])


@few
@given(curves(), values)
def test_scores_lie_on_the_scale_and_are_numbers(drawn, v):
    kind, at = drawn
    scores, reasons = curve(kind).score(v, at)
    assert_array_equal(reasons, 0)
    assert (min(at.worst_score, at.best_score) <= scores).all()
    assert (scores <= max(at.worst_score, at.best_score)).all()


@few
@given(curves(), st.floats(0, 1), st.floats(0, 1))
def test_a_better_value_never_scores_worse(drawn, one, two):
    kind, at = drawn
    assume(kind in {"straight", "linear", "log"} and not isinstance(at.worst, tuple))
    low, high = sorted([one, two])
    values = at.worst + np.array([low, high]) * 1.2 * (at.target - at.worst)
    scores = curve(kind).score(values, at)[0]
    assert (scores[1] - scores[0]) * np.sign(at.best_score - at.worst_score) >= -1e-9


@few
@given(curves(), values)
def test_the_value_needed_for_a_score_earns_it(drawn, v):
    kind, at = drawn
    earned = curve(kind).score(v, at)[0]
    needed = curve(kind).inverse(earned, at)
    assert np.isfinite(needed).all()
    again, reasons = curve(kind).score(needed, at)
    assert_array_equal(reasons, 0)
    sign = np.sign(at.best_score - at.worst_score)
    tolerance = 1e-6 * abs(at.best_score - at.worst_score)
    assert (sign * (again - earned) >= -tolerance).all()


@few
@given(curves(), values)
def test_numbers_per_row_score_as_one_for_all(drawn, v):
    kind, at = drawn
    assume(kind in {"straight", "linear", "log", "points"} and not isinstance(at.worst, tuple))

    def spread(x):
        return np.full(len(v), x)

    rows = At(
        worst_score=at.worst_score,
        best_score=at.best_score,
        worst=None if at.worst is None else spread(at.worst),
        target=None if at.target is None else spread(at.target),
        thresholds=tuple((score, spread(x)) for score, x in at.thresholds),
        points=tuple((spread(x), spread(y)) for x, y in at.points),
    )
    span = abs(at.best_score - at.worst_score)
    assert_allclose(curve(kind).score(v, rows)[0], curve(kind).score(v, at)[0], rtol=0, atol=1e-11 * span)


MEANS = ["arithmetic", "geometric", "power"]
PLAIN = [*MEANS, "min", "max", "worst"]
children = st.lists(
    st.tuples(
        st.lists(st.one_of(st.floats(0, 100), st.sampled_from([0.0, 100.0, np.nan])), min_size=ROWS, max_size=ROWS), st.floats(0.01, 50)
    ),
    min_size=1,
    max_size=6,
)


def arrays(drawn):
    return np.array([scores for scores, _ in drawn]), np.array([weight for _, weight in drawn])


def told(draw_power):
    return Setting(scale=Scale(), power=draw_power, count=2)


powers = st.sampled_from([-3.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0, 7.0])


@few
@given(children, powers, st.sampled_from(PLAIN))
def test_an_aggregate_lies_between_its_parts(drawn, power, kind):
    scores, weights = arrays(drawn)
    combined = aggregation(kind).combine(scores, weights, told(power))
    assert_array_equal(np.isnan(combined), np.isnan(scores).all(axis=0))
    known = ~np.isnan(combined)
    if known.any():
        assert (combined[known] >= np.nanmin(scores[:, known], axis=0) - 1e-9).all()
        assert (combined[known] <= np.nanmax(scores[:, known], axis=0) + 1e-9).all()


@few
@given(children, powers, st.sampled_from(PLAIN), st.floats(0.01, 100), st.randoms())
def test_order_of_children_and_scale_of_weights_do_not_matter(drawn, power, kind, factor, random):
    scores, weights = arrays(drawn)
    shuffled = drawn[:]
    random.shuffle(shuffled)
    other_scores, other_weights = arrays(shuffled)
    here = aggregation(kind).combine(scores, weights, told(power))
    there = aggregation(kind).combine(other_scores, other_weights * factor, told(power))
    assert_allclose(here, there, rtol=1e-9, atol=1e-9)


@few
@given(children, powers, st.sampled_from(MEANS), st.floats(0, 30))
def test_a_better_child_never_makes_the_group_worse(drawn, power, kind, more):
    scores, weights = arrays(drawn)
    better = scores.copy()
    better[0] = np.minimum(better[0] + more, 100)
    before = aggregation(kind).combine(scores, weights, told(power))
    after = aggregation(kind).combine(better, weights, told(power))
    known = ~np.isnan(before)
    assert (after[known] >= before[known] - 1e-9).all()


# ---------------------------------------------------------------- trees


@st.composite
def branches(draw, scale, depth=2, name="total"):
    """A scored tree: fillers, weight 0, rounding, clamps and rules included."""
    low, high = scale.low, scale.high
    if depth == 0 or (name != "total" and draw(st.booleans())):
        some = st.one_of(st.floats(low, high), st.sampled_from([low, high, np.nan]))
        score = np.array(draw(st.lists(some, min_size=ROWS, max_size=ROWS)))
        return Branch(node=name, kind="metric", computed=score, raw=score, score=score)
    below = tuple(draw(branches(scale, depth - 1, f"{name}.{i}")) for i in range(draw(st.integers(1, 4))))
    weights = np.array(draw(st.lists(st.sampled_from([0.0, 0.5, 1.0, 3.0]), min_size=len(below), max_size=len(below))))
    kind = draw(st.sampled_from([*PLAIN, "sum", "formula"]))
    setting = Setting(
        scale=scale,
        power=draw(powers),
        count=draw(st.integers(1, 3)),
        on=draw(st.sampled_from([None, (1.0, 10.0), (10.0, 1.0)])) if kind == "geometric" else None,
    )
    used = np.stack([child.score for child in below])
    if draw(st.booleans()):
        used = np.where(np.isnan(used), scale.worst, used)

    def evaluate(scores):
        return np.where(np.isnan(scores), 0.0, scores * 1.1).mean(axis=0)

    computed = evaluate(used) if kind == "formula" else aggregation(kind).combine(used, weights, setting)
    raw = np.clip(computed, low, high)
    if draw(st.booleans()):
        raw = rounded(raw, Rounding(decimals=draw(st.integers(0, 2))), high - low)
    amounts = st.floats(low, high)
    rules = [
        Applied(
            rule=f"{name}:{kind}",
            kind=RuleKind(kind),
            amount=draw(amounts),
            holds=np.array(draw(st.lists(st.booleans(), min_size=ROWS, max_size=ROWS))),
        )
        for kind in draw(st.lists(st.sampled_from(["add", "cap", "raise_to"]), max_size=3, unique=True))
    ]
    score, deltas = apply(raw, rules, scale)
    return Branch(
        node=name,
        kind="group",
        computed=computed,
        raw=raw,
        score=score,
        rules=deltas,
        children=below,
        aggregation=kind,
        setting=setting,
        weights=weights,
        used=used,
        evaluate=evaluate if kind == "formula" else None,
    )


trees = scales.flatmap(lambda scale: st.tuples(branches(scale), st.just(scale)))


def tolerance(scale: Scale) -> float:
    return 1e-9 * max(1.0, abs(scale.high), abs(scale.low))


@few
@given(trees)
def test_the_ledger_adds_up_to_the_score(drawn):
    root, scale = drawn
    lines = ledger(root, scale)
    assert_allclose(sum(line.amount for line in lines), root.score, rtol=0, atol=tolerance(scale))


@few
@given(trees)
def test_points_lost_add_up_to_what_is_missing_to_the_best(drawn):
    root, scale = drawn
    sign = -1 if scale.lower_is_better else 1
    lines = lost(root, scale, scale.best)
    assert_allclose(sum(line.amount for line in lines), sign * (scale.best - root.score), rtol=0, atol=tolerance(scale))


@few
@given(trees)
def test_no_metric_loses_less_than_nothing(drawn):
    root, scale = drawn
    for line in lost(root, scale, scale.best):
        if line.kind in {"metric", "filled"}:
            assert not (line.amount < -tolerance(scale)).any()


# ---------------------------------------------------------------- rounding and rules


@few
@given(values, st.integers(-2, 6), st.sampled_from(["half_up", "half_even", "down", "up", "floor", "ceiling"]), st.booleans())
def test_rounding_is_near_idempotent_and_in_order(v, decimals, mode, binary):
    how = Rounding(decimals=decimals, mode=mode, binary=binary)
    once = rounded(v, how, 100.0)
    assert (np.abs(once - v) <= 10.0**-decimals * (1 + 1e-9)).all()
    assert (np.diff(rounded(np.sort(v), how, 100.0)) >= 0).all()
    if not binary:
        assert_array_equal(rounded(once, how, 100.0), once)
        assert_array_equal(tidy(once, 100.0), once)


@few
@given(st.lists(st.integers(0, 10000), min_size=1, max_size=20), st.integers(0, 10000))
def test_a_score_on_an_edge_is_in_the_band_that_starts_there_however_it_was_summed(cents, edge):
    scores = np.array([sum([cent / 700] * 7) for cent in [*cents, edge]])
    found = band_of(scores, [0.0, edge / 100], Scale())
    assert_array_equal(found, [int(cent >= edge) for cent in [*cents, edge]])


@few
@given(st.lists(st.floats(0, 100), min_size=ROWS, max_size=ROWS).map(np.array), st.data())
def test_unknown_rules_only_widen(score, data):
    some = st.lists(st.booleans(), min_size=ROWS, max_size=ROWS).map(np.array)
    rules = [
        Applied(
            rule=str(i),
            kind=RuleKind(kind),
            amount=data.draw(st.floats(0, 2) if kind == "multiply" else st.floats(-50, 100)),
            holds=data.draw(some),
            unknown=data.draw(some),
        )
        for i, kind in enumerate(data.draw(st.lists(st.sampled_from(["add", "multiply", "raise_to", "cap"]), max_size=5)))
    ]
    plain = apply(score, rules, Scale())[0]
    certain = [Applied(rule=r.rule, kind=r.kind, amount=r.amount, holds=r.holds | r.unknown) for r in rules]
    fully = apply(score, certain, Scale())[0]
    low, high = apply(score, rules, Scale(), "worst")[0], apply(score, rules, Scale(), "best")[0]
    for middle in (plain, fully):
        assert (low <= middle + 1e-9).all()
        assert (middle <= high + 1e-9).all()
