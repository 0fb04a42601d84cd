"""What `explain` and `run` say in the corners: exemptions, gaps and what stands in for them, rules that change nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

CARD = """\
schema: scorecard/1
title: {en: Corners, zh: 边角}
entity: {key: [id], roster: book}
period: {every: quarter}
bands: {red: {from: 0}, green: {from: 60}}
total: {coverage: 0.2, round: {decimals: 1, mode: half_up}}
sources:
  book: {type: inline, rows: [{id: A}, {id: B}, {id: C}, {id: D}]}
  facts:
    type: inline
    time: on_day
    rows:
      - {id: A, x: 8, y: 5, on_day: "2026-08-01"}
      - {id: B, x: 3, on_day: "2026-08-02"}
      - {id: D, y: 5, on_day: "2026-08-03"}
      - {id: C, on_day: "2026-05-02"}
groups:
  strict: {weight: 2}
metrics:
  x: {source: facts, measure: mean(x), worst: 0, target: 10, missing: worst}
  y: {group: strict, source: facts, measure: mean(y), worst: 0, target: 10, missing: no_score}
  z: {group: strict, source: facts, measure: mean(x), worst: 0, target: 10}
  both: {measure: x.value + y.value, worst: 0, target: 20}
rules:
  kept_low: {when: x.value > 0, cap: 90}
  lifted: {of: x, when: x.value > 0, raise_to: 2}
gates:
  fine: {require: total.score >= 0}
"""
EXEMPTIONS = """\
exemptions:
  moved: {of: x, when: id == "A", exclude: true, until: 2026-12-31, reason: {en: Moving house, zh: 搬迁}, approved_by: Chief}
  agreed: {of: y, when: id == "B", exclude: false, value: 7, until: 2026-12-31, reason: As agreed}
"""
Say = Callable[..., list[str]]


@pytest.fixture
def say(run, folder: Path) -> Say:
    """The lines of a command on the definition, blanks at both ends removed."""

    def say(command: str, *options: str, more: str = "") -> list[str]:
        (folder / "corners.scorecard.yaml").write_text(CARD + more, encoding="utf-8")
        result = run(command, "corners.scorecard.yaml", *options)
        assert result.err == ""
        return [line.strip() for line in result.out.splitlines()]

    return say


def test_a_count_that_other_metrics_share_is_told_as_it_was_written(run, folder: Path) -> None:
    counted = (
        "metrics:\n  before: {source: facts, measure: mean(x), worst: 0, target: 10}\n  n: {weight: 0, source: facts, measure: count()}"
    )
    (folder / "corners.scorecard.yaml").write_text(CARD.replace("metrics:", counted), encoding="utf-8")
    told = run("explain", "corners.scorecard.yaml", "-e", "id=A").out
    assert "count() = 1" in told
    assert "#" not in told


def test_an_exemption_says_why_until_when_and_who(say: Say) -> None:
    told = say("explain", "-e", "id=A", more=EXEMPTIONS)
    assert "excluded: exemption moved, until 2026-12-31, approved by Chief – Moving house" in told
    assert "已排除：豁免 moved，有效期至 2026年12月31日，批准人 Chief – 搬迁" in say(
        "explain", "-e", "id=A", "--lang", "zh", more=EXEMPTIONS
    )


def test_an_exemption_that_gives_a_value_stands_in_place_of_the_formula(say: Say) -> None:
    told = say("explain", "-e", "id=B", more=EXEMPTIONS)
    place = told.index("the value is given by exemption agreed, until 2026-12-31 – As agreed")
    assert told[place + 1] == "value 7"
    assert "mean(y)" not in "".join(told)


def test_a_rule_that_holds_but_changes_nothing_says_so(say: Say) -> None:
    told = say("explain", "-e", "id=A")
    assert "rule kept_low holds, changes nothing" in told
    assert "rule lifted holds, changes nothing" in told


def test_a_missing_input_of_a_derived_metric_is_named(say: Say) -> None:
    assert "missing: no value for y.value" in say("explain", "-e", "id=B")


def test_a_group_says_which_child_leaves_it_without_a_score(say: Say) -> None:
    assert "missing: there is no score without y (missing: no_score)" in say("explain", "-e", "id=B")


def test_what_stands_in_is_said_with_the_line_that_says_so(say: Say) -> None:
    assert "counted as 0.0: missing, and missing: worst says so" in say("explain", "-e", "id=D")
    assert "按 0.0 分计：缺失，依据 missing: worst" in say("explain", "-e", "id=D", "--lang", "zh")


def test_too_little_coverage_says_both_figures(say: Say) -> None:
    told = say("explain", "-e", "id=C")
    assert "missing: 0% measured where at least 20% is wanted" in told
    assert not any("brings" in line for line in told), "nothing contributes to no score"


def test_trap_20_the_tree_and_the_column_print_the_same_points(say: Say) -> None:
    told = say("explain", "-e", "id=A")
    tree = {line.split()[0]: found[1] for line in told if (found := re.search(r"brings (\S+)", line))}
    start = told.index("What the score is made of") + 1
    column = dict(line.rsplit(maxsplit=1) for line in told[start : told.index("", start)] if not line.startswith("---"))
    assert len(tree) == 4
    assert {name: column[name] for name in tree} == tree
    total = column.pop("Score")
    assert round(sum(float(points.replace("−", "-")) for points in column.values()), 6) == float(total)


def test_gates_name_their_period_where_there_are_several(say: Say) -> None:
    assert next(line for line in say("run", "--period", "2026-Q2..2026-Q3") if "gate" in line).startswith("- 2026-Q2: gate fine")
    assert any(line.startswith("- gate fine") for line in say("run", "--period", "2026-Q3"))


def test_data_of_whole_years_end_in_a_year(run, folder: Path) -> None:
    rows = "[{id: A, v: 5, on_day: '2021-01-01'}, {id: A, v: 6, on_day: '2022-01-01'}]"
    text = f"""\
schema: scorecard/1
title: Years
entity: {{key: [id], roster: facts}}
period: {{every: year}}
sources: {{facts: {{type: inline, time: on_day, rows: {rows}}}}}
metrics: {{v: {{worst: 0, target: 10}}}}
"""
    (folder / "years.scorecard.yaml").write_text(text, encoding="utf-8")
    assert "data until 2022\n" in run("run", "years.scorecard.yaml").out
    (folder / "years.scorecard.yaml").write_text(text.replace("2021-01-01", "2021-01-02"), encoding="utf-8")
    assert "data until 2022-01-01\n" in run("run", "years.scorecard.yaml").out
