"""A mistake is told once: neither does it hide the others, nor does it make others up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scorecard.app import registry
from scorecard.definition.check import Outcome, check_text

DEMO = (Path(__file__).parents[3] / "configs" / "demo" / "demo.scorecard.yaml").read_text("utf-8")
REGISTRY = registry()
Codes = Callable[[str], list[str]]


def demo(text: str) -> list[tuple[str, int | None]]:
    """The issues of a changed demonstration, without the cases that lie beside it."""
    return [(issue.code, issue.place and issue.place.line) for issue in check_text(text, "demo.scorecard.yaml", REGISTRY).issues]


@pytest.mark.parametrize(
    "section", ["entity", "period", "bands", "sources", "total", "groups", "metrics", "segments", "rules", "recommendations"]
)
def test_a_misspelt_section_is_one_mistake(section: str) -> None:
    text = DEMO.replace(f"\n{section}:", f"\n{section[:-1]}:", 1)
    line = text.splitlines().index(next(each for each in text.splitlines() if each.startswith(f"{section[:-1]}:"))) + 1
    assert demo(text) == [("SC104", line)]


def test_what_is_wrong_with_the_sound_part_is_told_beside_what_is_misshapen(codes: Codes) -> None:
    assert codes(
        "bands: {red: {from: 0}, amber: {from: 50}, green: {from: 80}}\n"
        "groups: {a: {group: b}, b: {group: a}}\n"
        "metrics:\n"
        "  x: {measure: mean(r), worst: 0, target: 0}\n"
        "  y: {measure: mean(r), worst: 0, thresholds: {amber: 9, green: 8}, target: 10}\n"
        "  z: {measure: mean(r), worst: 0, targt: 10, window: some time}\n"
        "rules: {cap: {when: x.value > 1, cap: amber}}\n"
    ) == ["SC211", "SC407", "SC408", "SC104", "SC405", "SC420"]


def test_a_metric_that_is_left_out_is_still_there_for_those_that_name_it(codes: Codes) -> None:
    assert codes(
        "metrics:\n"
        "  x: 5\n"
        "  y: {measure: x.value + 1, worst: 0, target: 10}\n"
        "segments: {s: {when: customer_id == 'a', metrics: {x: {target: 3}}}}\n"
        "rules: {r: {of: x, when: y.value > 1, cap: 50}}\n"
    ) == ["SC101"]


def test_an_id_used_twice_makes_no_circle(codes: Codes) -> None:
    assert codes("groups: {m: {}}\nmetrics: {m: {group: m, worst: 0, target: 1}}") == ["SC208"]


def test_a_broken_weight_is_no_lack_of_weight(codes: Codes) -> None:
    assert codes("metrics: {m: {measure: mean(r), worst: 0, target: 1, weight: high}, n: {measure: mean(r), weight: 0}}") == ["SC401"]


def test_every_circle_is_told(codes: Codes) -> None:
    assert codes(
        "metrics:\n"
        "  a: {measure: b.value, worst: 0, target: 1}\n"
        "  b: {measure: a.value, worst: 0, target: 1}\n"
        "  c: {measure: d.value, worst: 0, target: 1}\n"
        "  d: {measure: c.value, worst: 0, target: 1}\n"
    ) == ["SC218", "SC218"]


def test_what_a_layer_says_itself_is_checked_though_another_is_missing(tmp_path: Path) -> None:
    (tmp_path / "base.scorecard.yaml").write_text("schema: scorecard/1\n", encoding="utf-8")
    text = "extends: bsae.scorecard.yaml\nmetrics: {m: {targt: 1, fixed: no}}\n"
    outcome = check_text(text, str(tmp_path / "client.scorecard.yaml"), REGISTRY)
    assert [(issue.code, issue.values.get("did_you_mean")) for issue in outcome.issues] == [
        ("SC021", ["base.scorecard.yaml"]),
        ("SC104", ["target"]),
        ("SC101", ["false"]),
    ]


def spoilt() -> Iterator[str]:
    """The demonstration with one key renamed or one line left out, everywhere."""
    lines = DEMO.split("\n")
    for at, line in enumerate(lines):
        if ":" in line and not line.startswith("#"):
            yield "\n".join([*lines[:at], line.replace(":", "x:", 1), *lines[at + 1 :]])
            yield "\n".join([*lines[:at], *lines[at + 1 :]])


def test_a_slip_anywhere_is_told_and_never_breaks_the_check() -> None:
    outcomes: list[Outcome] = [check_text(text, "demo.scorecard.yaml", REGISTRY) for text in spoilt()]
    assert len(outcomes) > 300
    assert all(outcome.issues or outcome.scorecard is not None for outcome in outcomes)
