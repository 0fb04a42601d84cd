"""Proposed weights as people write them, and the changes of the definition that they come to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path as Folder

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.advice.weighing.judged import judged_groups
from scorecard.advice.weighing.proposal import new_weights, overruled, proposal
from scorecard.advice.weighing.ranked import ranked
from scorecard.definition.judgements import Comparison, Judgements
from scorecard.errors import DefinitionError, UsageError
from scorecard.model.definition import Aggregation, Change, Constant, Group, Metric, Path, Scorecard, Segment
from scorecard.model.entity import Entity
from scorecard.model.formula import Formula, Literal
from scorecard.model.issue import Place


def scorecard(*weights: float | None, group: bool = True) -> Scorecard:
    """Metrics m0, m1, … under the group g, with these weights; None is a weight that is no plain number."""
    numbers = [Constant(weight) if weight is not None else Path(points=()) for weight in weights]
    metrics = {f"m{at}": Metric(id=f"m{at}", parent="g", weight=number) for at, number in enumerate(numbers)}
    metrics["other"] = Metric(id="other")
    change = Change(node="m0", key=("weight",), value=Constant(9.0))
    segment = Segment(id="north", when=Formula(text="", tree=Literal(value=True)), changes=(change,))
    total = Group(id="total", parent=None)
    return Scorecard(
        id="s", entity=Entity(key=("c",)), total=total, groups={"g": Group(id="g")}, metrics=metrics, segments={"north": segment}
    )


@pytest.mark.parametrize(
    ("today", "weights", "proposed"),
    [
        ((40, 35, 25), (0.416, 0.471, 0.113), [42, 47, 11]),
        ((3, 1, 1), (1 / 3, 1 / 3, 1 / 3), [34, 33, 33]),
        ((0.5, 0.3, 0.2), (0.5001, 0.2501, 0.2498), [0.5, 0.25, 0.25]),
        ((5, 3, 2), (0.61, 0.29, 0.10), [6.1, 2.9, 1]),
        ((None, 1, 9), (0.2, 0.2, 0.6), [20, 20, 60]),
        ((1, 1, 0), (0.9, 0.099, 0.001), [90, 10, 0]),
    ],
)
def test_weights_add_up_to_what_they_add_up_to_today_or_to_100(today, weights, proposed) -> None:
    found = proposal(scorecard(*today), "g", dict(zip(("m0", "m1", "m2"), weights, strict=True)))
    assert [line.weight for line in found.lines] == proposed


@given(st.lists(st.floats(0.001, 1.0), min_size=1, max_size=9))
@settings(max_examples=50)
def test_rounded_weights_add_up_and_are_near(parts: list[float]) -> None:
    weights = {f"m{at}": part / sum(parts) for at, part in enumerate(parts)}
    found = proposal(scorecard(*parts), "g", weights)
    assert sum(line.share for line in found.lines) == pytest.approx(1)
    assert all(abs(line.share - weights[line.node]) < 0.01 + 1e-9 for line in found.lines)


def test_shares_today_and_what_changes() -> None:
    card = scorecard(3, 1, 1)
    found = proposal(card, "g", {"m0": 0.6, "m1": 0.3, "m2": 0.1})
    assert [line.share_today for line in found.lines] == [0.6, 0.2, 0.2]
    assert [line.change for line in found.lines] == pytest.approx([0, 0.1, -0.1])
    assert new_weights(card, [found]) == {("metrics", "m0", "weight"): 60, ("metrics", "m1", "weight"): 30, ("metrics", "m2", "weight"): 10}
    assert overruled(card, [found]) == {"north": ("m0",)}


def test_a_weight_that_stays_is_no_change_and_groups_are_changed_where_they_stand() -> None:
    card = scorecard(60, 40)
    assert new_weights(card, [proposal(card, "g", {"m0": 0.6, "m1": 0.4})]) == {}
    assert new_weights(card, [proposal(card, "total", {"g": 0.25, "other": 0.75})]) == {
        ("groups", "g", "weight"): 25,
        ("metrics", "other", "weight"): 75,
    }


def test_a_weight_that_is_no_number_has_no_share_today() -> None:
    (line, _) = proposal(scorecard(None, 1), "g", {"m0": 0.5, "m1": 0.5}).lines
    assert (line.today, line.share_today, line.change) == (None, None, None)


def test_a_sum_of_points_keeps_its_points() -> None:
    card = replace(scorecard(3, 4), groups={"g": Group(id="g", aggregation=Aggregation(kind="sum"))})
    assert [line.weight for line in proposal(card, "g", {"m0": 0.6, "m1": 0.4}).lines] == [4.2, 2.8]


def test_where_weights_do_not_matter_none_are_proposed() -> None:
    card = replace(scorecard(1, 1), groups={"g": Group(id="g", aggregation=Aggregation(kind="min"))})
    for propose in (
        lambda: ranked(card, ["m0", "m1"], "sum"),
        lambda: judged_groups(card, Judgements(file="f.yaml", groups={"g": {"Chen": said(("m0", "m1", 2))}})),
    ):
        with pytest.raises(UsageError) as stopped:
            propose()
        assert stopped.value.issues[0].values["reason"] == "unused"


def test_a_ranking_is_of_all_that_counts_in_one_group() -> None:
    card = scorecard(1, 1, 0)
    assert ranked(card, ["m1", "m0"], "sum") == ("g", {"m1": pytest.approx(2 / 3), "m0": pytest.approx(1 / 3)})
    for names, code, reason in (
        (["m0", "mm"], "SC731", None),
        (["m0"], "SC746", "lacking"),
        (["m0", "other"], "SC746", "parents"),
        (["m0", "m1", "m0"], "SC746", "twice"),
    ):
        with pytest.raises(UsageError) as stopped:
            ranked(card, names, "sum")
        assert (stopped.value.issues[0].code, stopped.value.issues[0].values.get("reason")) == (code, reason)


def said(*comparisons: tuple[str, str, float]) -> tuple[Comparison, ...]:
    return tuple(Comparison(*each, Place("f.yaml", 4, 1)) for each in comparisons)


def test_judges_together_and_alone() -> None:
    card = scorecard(1, 1, 1, 0)
    judges = {"Chen": said(("m0", "m1", 2), ("m1", "m2", 3)), "Lee": said(("m0", "m1", 8)), "Wu": said(("m0", "m2", 6))}
    (found,) = judged_groups(card, Judgements(file="f.yaml", groups={"g": judges}))
    assert found.together.nodes == ("m0", "m1", "m2")
    assert found.weights["m0"] == max(found.weights.values())
    assert found.alone["Chen"] is not None
    assert found.alone["Chen"].weights == pytest.approx([6 / 10, 3 / 10, 1 / 10])
    assert found.alone["Lee"] is None


def test_judgements_that_reach_not_everything_that_counts_are_refused() -> None:
    with pytest.raises(DefinitionError) as stopped:
        judged_groups(scorecard(1, 1, 1), Judgements(file="f.yaml", groups={"g": {"Chen": said(("m0", "m1", 2))}}))
    (issue,) = stopped.value.issues
    assert (issue.code, issue.values["others"], issue.place) == ("SC745", ["m2"], Place("f.yaml", 4, 1))


def test_the_board_of_the_demo_is_consistent_but_for_one() -> None:
    from scorecard.app import load
    from scorecard.definition.judgements import read_judgements

    folder = Folder(__file__).parents[2] / "configs" / "demo"
    card = load(folder / "demo.scorecard.yaml")
    total, satisfaction = judged_groups(card, read_judgements(str(folder / "board.judgements.yaml"), card))
    doubtful = {judge: own.doubt for judge, own in total.alone.items() if own is not None and not own.consistent}
    assert list(doubtful) == ["Head of sales"]
    assert (doubtful["Head of sales"].first, doubtful["Head of sales"].second) == ("satisfaction", "delivery")
    assert total.together.consistent
    assert satisfaction.together.consistent
