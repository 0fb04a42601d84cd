"""Drift: which values of a shared base clients override, which of these say nothing new, and which are far from all others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scorecard.definition.departures import Kind
from scorecard.definition.drift import Drift, Drifted, drift
from scorecard.errors import UsageError

HOUSE = "schema: scorecard/1\nbands: {red: {from: 0}, green: {from: 80}}\n"
BASE = """\
schema: scorecard/1
extends: house.yaml
defaults: {metrics: {missing: worst}}
metrics:
  csat: {measure: mean(rating), worst: 0, target: 80, owner: Care}
  nps: {measure: mean(nps), worst: 0, target: 50%}
"""


@pytest.fixture(autouse=True)
def _base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("house.yaml").write_text(HOUSE, encoding="utf-8")
    Path("base.yaml").write_text(BASE, encoding="utf-8")


def drifted(*clients: str, base: str | None = None) -> Drift:
    """The drift of clients named c0, c1, … that say this over the base."""
    for at, said in enumerate(clients):
        Path(f"c{at}.yaml").write_text(f"extends: base.yaml\n{said}\n", encoding="utf-8")
    return drift([f"c{at}.yaml" for at in range(len(clients))], base)


def of(found: Drift, *where: str) -> Drifted:
    (one,) = [one for one in found.drifted if one.where == where]
    return one


def said(one: Drifted) -> list[tuple[str, Kind, Any, str]]:
    return [(each.client, each.kind, each.value, str(each.place)) for each in one.overrides]


def test_every_override_has_its_client_its_value_and_its_place() -> None:
    found = drifted(
        "metrics: {csat: {target: 90}}", "metrics: {csat: {target: 80, owner: null}}", "metrics: {csat: {weight: 2}}\nid: third"
    )
    assert found.base == ("base.yaml", "house.yaml")
    one = of(found, "metrics", "csat", "target")
    assert (one.value, str(one.place)) == (80, "base.yaml:5:51")
    assert said(one) == [("c0.yaml", Kind.CHANGED, 90, "c0.yaml:2:26"), ("c1.yaml", Kind.REPEATED, 80, "c1.yaml:2:26")]
    assert said(of(found, "metrics", "csat", "owner")) == [("c1.yaml", Kind.REMOVED, None, "c1.yaml:2:37")]
    assert len(found.drifted) == 2
    assert found.added == {"c0.yaml": 0, "c1.yaml": 0, "c2.yaml": 2}
    assert (found.overrides(), found.overrides(Kind.REPEATED)) == ({"c0.yaml": 1, "c1.yaml": 2}, {"c1.yaml": 1})
    assert found.keys == 11


def test_what_is_overridden_most_comes_first() -> None:
    found = drifted("metrics: {csat: {target: 90}}", "metrics: {csat: {owner: A}}", "metrics: {csat: {owner: B}}")
    assert [one.where[-1] for one in found.drifted] == ["owner", "target"]


def test_what_defaults_fill_is_drift_where_it_is_overridden() -> None:
    found = drifted("metrics: {csat: {missing: skip}}", "defaults: {metrics: {missing: no_score}}")
    assert [each[:3] for each in said(of(found, "metrics", "csat", "missing"))] == [
        ("c0.yaml", Kind.CHANGED, "skip"),
        ("c1.yaml", Kind.CHANGED, "no_score"),
    ]
    assert [each.client for each in of(found, "metrics", "nps", "missing").overrides] == ["c1.yaml"]


def test_an_override_by_a_layer_between_is_the_clients() -> None:
    Path("tier.yaml").write_text("extends: base.yaml\nmetrics: {csat: {target: 95}}", encoding="utf-8")
    Path("a.yaml").write_text("extends: tier.yaml\n", encoding="utf-8")
    Path("b.yaml").write_text("extends: base.yaml\n", encoding="utf-8")
    found = drift(["a.yaml", "b.yaml"])
    assert said(of(found, "metrics", "csat", "target")) == [("a.yaml", Kind.CHANGED, 95, "tier.yaml:2:26")]
    assert drift(["a.yaml"]).base == ("tier.yaml", "base.yaml", "house.yaml")


def test_two_layers_in_common_are_laid_over_each_other_as_the_clients_have_them() -> None:
    Path("tier.yaml").write_text("metrics: {csat: {target: 95}}", encoding="utf-8")
    for name in ("a", "b"):
        Path(f"{name}.yaml").write_text("extends: [base.yaml, tier.yaml]\n", encoding="utf-8")
    Path("b.yaml").write_text("extends: [base.yaml, tier.yaml]\nmetrics: {csat: {target: 80}}\n", encoding="utf-8")
    assert [(one.value, each[0], each[2]) for one in drift(["a.yaml", "b.yaml"]).drifted for each in said(one)] == [(95, "b.yaml", 80)]


def test_a_base_can_be_named() -> None:
    found = drifted("bands: {green: {from: 85}}\nmetrics: {csat: {target: 90}}", "", base="house.yaml")
    assert [one.where for one in found.drifted] == [("bands", "green", "from")]
    assert found.added["c0.yaml"] == found.added["c1.yaml"] == 2, "the metrics of the layer between"


def test_another_way_to_a_file_is_no_drift() -> None:
    Path("sub").mkdir()
    Path("sub/a.yaml").write_text(f"extends: {Path('base.yaml').resolve().as_posix()}\n", encoding="utf-8")
    Path("b.yaml").write_text("extends: sub/../base.yaml\n", encoding="utf-8")
    assert drift(["b.yaml", "sub/a.yaml"]).drifted == ()


@pytest.mark.parametrize(
    ("own", "far"),
    [
        (["85", "82", "78", "81", "10"], ["10"]),
        (["85", "82", "78", "81", "84"], []),
        (["80", "80", "80", "80", "90"], ["90"]),
        (["80", "80", "80", "90"], []),
        (["82%", "85%", "0.81", "83", "84%"], ["83"]),
        (["fast", "80", "80", "80", "80"], ["fast"]),
        (["fast", "slow", "80", "80", "80"], []),
    ],
)
def test_a_value_far_from_all_others_is_marked(own: list[str], far: list[str]) -> None:
    one = of(drifted(*(f"metrics: {{csat: {{target: {value}}}}}" for value in own)), "metrics", "csat", "target")
    assert [str(each.value) for each in one.overrides if each.is_outlier] == far


def test_those_who_inherit_count_among_the_others() -> None:
    one = of(drifted("metrics: {csat: {target: 10}}", "", "", "", "metrics: {csat: {target: 80}}"), "metrics", "csat", "target")
    assert [each.is_outlier for each in one.overrides] == [True, False]


def test_without_a_base_in_common_it_is_said() -> None:
    Path("alone.yaml").write_text("title: x\n", encoding="utf-8")
    for files, base, reason in ((["alone.yaml"], None, None), (["alone.yaml"], "base.yaml", "base")):
        with pytest.raises(UsageError) as stopped:
            drift(files, base)
        assert [(issue.code, issue.values.get("reason")) for issue in stopped.value.issues] == [("SC952", reason)]


def test_nothing_overridden_is_no_drift() -> None:
    assert drifted("", "id: own").drifted == ()
