"""What a change of a definition does: every part by hand, who cannot be compared, and what is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from scorecard.advice.impact.impact import Impact
from scorecard.advice.impact.limits import Limits, Verdict, judge
from scorecard.definition.changes.causes import Cause
from scorecard.engine import record
from scorecard.errors import InconclusiveError

Compare = Callable[..., Impact]

BASE = """
schema: scorecard/1
entity: {key: [c], attributes: [tier]}
bands: {red: {from: 0}, amber: {from: 50}, green: {from: 80}}
sources: {t: {type: given}}
metrics:
  a: {worst: 0, target: 100}
  b: {worst: 0, target: 100}
"""
DATA: dict[str, list[Any]] = {"c": ["A", "B"], "tier": ["s", "t"], "a": [40.0, 80.0], "b": [60.0, 100.0]}


def changed(text: str, *pairs: tuple[str, str], more: str = "") -> str:
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return text + more


def parts(impact: Impact, entity: str) -> dict[str, float]:
    row = [" ".join(key) for key in zip(*impact.keys.values(), strict=True)].index(entity)
    return {"+".join(group): round(float(points[row]), 9) for group, points in zip(impact.causes, impact.points, strict=True)}


def bands(impact: Impact) -> dict[str, tuple[str | None, str | None, str]]:
    """Who changes band, from which to which, and because of what."""
    names = [" ".join(key) for key in zip(*impact.keys.values(), strict=True)]
    return {
        names[row]: (
            impact.bands[impact.before.band[row]],
            impact.bands[impact.after.band[row]],
            "+".join(impact.causes[impact.turned[row]]),
        )
        for row in np.flatnonzero(impact.other_band).tolist()
    }


def test_a_target_and_a_weight(compare: Compare) -> None:
    """A: 50; with the target alone 55, with the weight alone 55, with both 57.5: each brings half of 5 and half of 2.5."""
    new = changed(BASE, ("a: {worst: 0, target: 100", "a: {worst: 0, target: 80"), ("b: {worst: 0", "b: {weight: 3, worst: 0"))
    found = compare(BASE, new, t=DATA)
    assert found.causes == ((Cause.WEIGHT,), (Cause.TARGET,))
    assert parts(found, "A") == {"weight": 3.75, "target": 3.75}
    assert parts(found, "B") == {"weight": 2.5, "target": 7.5}
    assert found.change.tolist() == [7.5, 10.0]
    assert bands(found) == {}


@pytest.mark.parametrize(
    ("cause", "pairs", "more"),
    [
        ("weight", [("b: {worst: 0", "b: {weight: 3, worst: 0")], ""),
        ("target", [("target: 100}\n  b", "target: 50}\n  b")], ""),
        ("curve", [("a: {worst", "a: {curve: {points: [[0, 0], [40, 90], [100, 100]]}, worst")], ""),
        ("curve", [("sources:", "total: {aggregation: min}\nsources:")], ""),
        ("rule", [], 'rules: {cut: {when: tier == "s", add: -10}}\n'),
        ("rule", [("a: {worst", 'a: {applies_when: tier == "t", worst')], ""),
        ("rule", [], 'segments: {s: {when: tier == "s", metrics: {a: {weight: 3}}}}\n'),
        ("metric", [], "  d: {worst: 0, target: 50, source: t, measure: a}\n"),
        ("metric", [("b: {worst", "b: {source: t, measure: a, worst")], ""),
    ],
)
def test_each_kind_of_setting_is_its_own_cause(compare: Compare, cause: str, pairs: list[tuple[str, str]], more: str) -> None:
    found = compare(BASE, changed(BASE, *pairs, more=more), t=DATA)
    assert found.causes == ((Cause(cause),),)
    assert found.moved.any()
    assert np.allclose(found.points[0], found.change)


def test_what_a_segment_of_both_says_is_told_apart(compare: Compare) -> None:
    old = changed(BASE, more='segments: {s: {when: tier == "s", metrics: {a: {weight: 3, target: 80}}}}\n')
    new = old.replace("weight: 3, target: 80", "weight: 1, target: 50").replace('tier == "s"', 'tier == "t"')
    assert compare(old, new, t=DATA).causes == ((Cause.WEIGHT,), (Cause.TARGET,), (Cause.RULE,))


def test_a_threshold_that_a_segment_takes_away_is_a_change(compare: Compare) -> None:
    """With green from 40 on, A's 40 earns 80; without that threshold 40."""
    old = changed(
        BASE, ("a: {worst", "a: {thresholds: {green: 40}, worst"), more='segments: {s: {when: tier == "s", metrics: {a: {weight: 1}}}}\n'
    )
    found = compare(old, changed(old, ("{a: {weight: 1}}", "{a: {weight: 1, thresholds: {green: null}}}")), t=DATA)
    assert parts(found, "A") == {"target": -20.0}
    assert parts(found, "B") == {"target": 0.0}


def test_a_rule_goes_with_the_metric_that_it_reads(compare: Compare) -> None:
    new = changed(
        BASE,
        ("target: 100}\n  b", "target: 80}\n  b"),
        more="  open: {weight: 0, source: t, measure: a - 30}\nrules: {cut: {when: open.value > 20, cap: 60}}\n",
    )
    found = compare(BASE, new, t=DATA)
    assert found.causes == ((Cause.TARGET,), (Cause.RULE, Cause.METRIC))
    assert parts(found, "A") == {"target": 5.0, "rule+metric": 0.0}
    assert parts(found, "B") == {"target": 5.0, "rule+metric": -35.0}
    assert bands(found) == {"B": ("green", "amber", "rule+metric")}


def test_a_curve_goes_with_the_numbers_that_it_needs(compare: Compare) -> None:
    """Steps need neither worst nor target; a line without them would score nobody."""
    old = changed(BASE, ("a: {worst: 0, target: 100}", "a: {curve: {steps: [{below: 50, score: 10}, {otherwise: 90}]}}"))
    assert compare(old, BASE, t=DATA).causes == ((Cause.TARGET, Cause.CURVE),)


def test_the_score_that_is_lost_has_a_reason_and_no_points(compare: Compare) -> None:
    data = {**DATA, "b": [None, 100.0]}
    new = changed(BASE, ("sources:", "total: {coverage: 0.9}\nsources:"), ("b: {worst: 0", "b: {weight: 3, worst: 0"))
    found = compare(BASE, new, t=data)
    assert found.no_longer_scored.tolist() == [True, False]
    assert found.after.reason.tolist() == [15, 0]
    assert np.isnan(found.points[:, 0]).all()
    assert parts(found, "B") == {"weight": 5.0, "missing": 0.0}
    assert bands(found) == {"A": ("red", "insufficient", "missing")}
    back = compare(new, BASE, t=data)
    assert back.newly_scored.tolist() == [True, False]
    verdicts = {one.name: one.verdict for one in judge(found, Limits(band_changes=0, shift=50, mean_shift=50))}
    assert verdicts == {"bands": Verdict.FAILED, "shift": Verdict.OPEN, "mean": Verdict.OPEN}
    assert {one.verdict for one in judge(back, Limits(shift=50, mean_shift=50))} == {Verdict.PASSED}


def test_bands_that_begin_elsewhere_move_no_score(compare: Compare) -> None:
    found = compare(BASE, changed(BASE, ("amber: {from: 50}", "amber: {from: 55}")), t=DATA)
    assert not found.moved.any()
    assert bands(found) == {"A": ("amber", "red", "target")}


def test_a_rule_that_gives_a_band_is_its_cause(compare: Compare) -> None:
    new = changed(BASE, ("green: {from: 80}", "green: {from: 80}, lost: {}"), more='rules: {gone: {when: tier == "t", band: lost}}\n')
    found = compare(BASE, new, t=DATA)
    assert bands(found) == {"B": ("green", "lost", "target+rule")}
    assert found.bands == ("red", "amber", "green", "lost", "insufficient", None)


def test_who_is_in_one_roster_only(compare: Compare) -> None:
    new = changed(BASE, ("attributes: [tier]", 'attributes: [tier], where: tier == "s"'), ("b: {worst: 0", "b: {weight: 3, worst: 0"))
    found = compare(BASE, new, t=DATA)
    assert found.keys["c"].tolist() == ["A"]
    assert found.gone["c"].tolist() == ["B"]
    assert found.came["c"].tolist() == []
    assert parts(found, "A") == {"weight": 5.0, "metric": 0.0}
    assert compare(new, BASE, t=DATA).came["c"].tolist() == ["B"]


def test_peers_are_those_of_each_side(compare: Compare) -> None:
    """The best of A and B is 80, of A alone 40: by who is scored A's 50 becomes 100."""
    old = changed(BASE, ("a: {worst: 0, target: 100}", "a: {worst: 0, target: peer_max()}"), ("  b: {worst: 0, target: 100}\n", ""))
    new = changed(old, ("attributes: [tier]", 'attributes: [tier], where: tier == "s"'))
    assert parts(compare(old, new, t=DATA), "A") == {"metric": 50.0}


def test_an_attribute_or_an_order_is_no_cause(compare: Compare) -> None:
    new = changed(
        BASE, ("attributes: [tier]", "attributes: []"), ("  a: {worst: 0, target: 100}\n", ""), more="  a: {worst: 0, target: 100}\n"
    )
    found = compare(BASE, new, t=DATA)
    assert [each.where for each in found.differences] == [("entity", "attributes")]
    assert found.causes == ()
    assert not found.moved.any()


def test_texts_advice_and_ranks_are_told_and_no_cause(compare: Compare) -> None:
    new = changed(
        BASE, ("a: {worst", "a: {title: Alpha, owner: Kim, effort: 2, worst"), ("sources:", "total: {rank: {ties: worst}}\nsources:")
    )
    found = compare(BASE, new, t=DATA)
    assert {each.where[-1] for each in found.differences} == {"title", "owner", "effort", "rank"}
    assert found.causes == ()


MONTHLY = """
schema: scorecard/1
entity: {key: [c], roster: r}
period: {every: month}
sources: {r: {type: given}, t: {type: given, time: day}}
metrics:
  a: {source: t, measure: sum(a), worst: 0, target: 100}
  b: {source: t, measure: sum(b), worst: 0, target: 100}
  growth: {measure: a.score - previous(a.score), worst: -100, target: 100}
"""
MONTHS = {"r": {"c": ["A"]}, "t": {"c": ["A", "A"], "day": ["2026-01-05", "2026-02-05"], "a": [20.0, 40.0], "b": [10.0, 60.0]}}


def test_what_looks_back_is_scored_back_under_every_mixture(compare: Compare) -> None:
    """Old: a 40, b 60 and growth by 20 points 60. New: a 80, growth by 40 points 70, which counts twice."""
    new = changed(MONTHLY, ("target: 100}\n  b", "target: 50}\n  b"), ("growth: {", "growth: {weight: 2, "))
    found = compare(MONTHLY, new, "2026-02", **MONTHS)
    assert found.before.score.tolist() == pytest.approx([160 / 3])
    assert found.after.score.tolist() == pytest.approx([280 / 4])
    weight = ((220 / 4 - 160 / 3) + (280 / 4 - 210 / 3)) / 2
    assert parts(found, "A") == pytest.approx({"weight": weight, "target": 280 / 4 - 160 / 3 - weight})


def test_an_exemption_is_a_rule(compare: Compare) -> None:
    away = 'exemptions: {away: {of: a, when: c == "A", exclude: true, until: 2026-12-31, reason: moved}}\n'
    found = compare(MONTHLY, changed(MONTHLY, more=away), "2026-02", **MONTHS)
    assert parts(found, "A") == pytest.approx({"rule": 60 - 160 / 3})


def test_another_time_zone_is_another_way_to_measure(compare: Compare) -> None:
    """Half past seven in the evening in London is the next day, and here the next month, in Shanghai."""
    records = {**MONTHS, "t": {**MONTHS["t"], "day": ["2026-01-05 09:00:00+00:00", "2026-01-31 19:30:00+00:00"]}}
    old = changed(MONTHLY, ("every: month", "every: month, timezone: Europe/London"))
    found = compare(old, changed(old, ("Europe/London", "Asia/Shanghai")), "2026-01", **records)
    assert found.causes == ((Cause.METRIC,),)
    assert (found.before.score.tolist(), found.after.score.tolist()) == ([65.0], [15.0])


def test_a_source_that_is_written_alike_is_read_once(compare: Compare, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    prepare = record.prepare

    def counted(opened: Any, *rest: Any, **more: Any) -> Any:
        read.append(opened.source.id)
        return prepare(opened, *rest, **more)

    monkeypatch.setattr(record, "prepare", counted)
    two = changed(
        BASE,
        ("sources: {t: {type: given}}", "sources: {t: {type: given}, u: {type: given}}"),
        ("attributes: [tier]", "attributes: [tier], roster: t"),
        ("  a: {", "  a: {source: t, "),
        ("  b: {", "  b: {source: u, "),
    )
    t, u = {key: DATA[key] for key in ("c", "tier", "a")}, {"c": ["A", "B"], "a": [1.0, 1.0], "b": [60.0, 100.0]}
    compare(two, changed(two, ("source: u, ", "source: u, measure: max(b) + sum(a), ")), t=t, u=u)
    assert read == ["t", "u"]
    read.clear()
    other = changed(two, ("u: {type: given}", "u: {type: given, where: a > 0}"))
    found = compare(two, other, t=t, u=u)
    assert sorted(read) == ["t", "u", "u"]
    assert found.causes == ((Cause.METRIC,),)


def test_a_column_that_is_a_text_to_one_and_a_number_to_the_other(compare: Compare) -> None:
    old = changed(BASE, more='rules: {cut: {when: tier == "1", add: -10}}\n')
    new = changed(BASE, ("b: {worst: 0", "b: {weight: 3, worst: 0"), more="rules: {cut: {when: tier > 1, add: -20}}\n")
    found = compare(old, new, t={**DATA, "tier": ["1", "2"]})
    assert found.before.score.tolist() == [40.0, 90.0]
    assert found.after.score.tolist() == [55.0, 75.0]
    assert np.allclose(found.points.sum(axis=0), found.change)


def test_ranks_are_among_those_with_both_scores(compare: Compare) -> None:
    data = {"c": ["A", "B", "C"], "tier": ["s", "s", "s"], "a": [10.0, 50.0, 90.0], "b": [100.0, 50.0, 0.0]}
    found = compare(BASE, changed(BASE, ("b: {worst: 0", "b: {weight: 3, worst: 0")), t=data)
    assert found.before.rank.tolist() == [1, 2, 3]
    assert found.after.rank.tolist() == [1, 2, 3]
    found = compare(BASE, changed(BASE, ("a: {worst: 0", "a: {weight: 3, worst: 0")), t=data)
    assert found.before.rank.tolist() == [1, 2, 3]
    assert found.after.rank.tolist() == [3, 2, 1]


@pytest.mark.parametrize(
    ("reason", "pair"),
    [
        ("key", ("key: [c]", "key: [d]")),
        ("scale", ("sources:", "scale: [0, 10]\nsources:")),
        ("scale", ("sources:", "direction: lower\nsources:")),
        ("period", ("sources:", "period: {every: month}\nsources:")),
    ],
)
def test_what_cannot_be_compared_is_inconclusive(compare: Compare, reason: str, pair: tuple[str, str]) -> None:
    new = changed(BASE, pair).replace("{red: {from: 0}, amber: {from: 50}, green: {from: 80}}", "{red: {from: 0}}")
    with pytest.raises(InconclusiveError) as error:
        compare(BASE, new, t={**DATA, "d": DATA["c"]})
    assert [(issue.code, issue.values["reason"]) for issue in error.value.issues] == [("SC902", reason)]


def test_limits_hold_at_the_edge(compare: Compare) -> None:
    found = compare(BASE, changed(BASE, ("b: {worst: 0", "b: {weight: 3, worst: 0")), t=DATA)
    assert found.change.tolist() == [5.0, 5.0]
    for limits, verdict in (
        (Limits(shift=5, mean_shift=5, band_changes=0), Verdict.PASSED),
        (Limits(shift=4.999, mean_shift=4.999), Verdict.FAILED),
        (Limits(band_changes=0.0, of_all=True), Verdict.PASSED),
    ):
        assert {one.verdict for one in judge(found, limits)} == {verdict}


def test_nobody_with_both_scores_leaves_every_limit_open(compare: Compare) -> None:
    nothing = {**DATA, "a": [None, None], "b": [None, None]}
    found = compare(BASE, changed(BASE, ("b: {worst: 0", "b: {weight: 3, worst: 0")), t=nothing)
    assert not found.compared.any()
    assert {one.verdict for one in judge(found, Limits(band_changes=5, shift=5, mean_shift=5))} == {Verdict.OPEN}
