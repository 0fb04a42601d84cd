"""Fixes: what is safe to mend is mended as a careful person would, and nothing else of the file is touched."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from scorecard import app
from scorecard.definition.check import check_file
from scorecard.definition.fixes import FIXES, documents_of, fixes_of
from scorecard.definition.fixes.mend import Mended, mend
from scorecard.definition.read import read_text
from scorecard.hooks.registry import Registry

ROOT = Path(__file__).parents[3]
HEAD = "schema: scorecard/1\nentity: {key: [customer_id]}\n"
BANDS = "bands: {red: {from: 0}, amber: {from: 60}, green: {from: 80}}\n"
REST = "sources: {surveys: {type: csv, path: surveys.csv}}\nmetrics:\n  csat: {measure: mean(rating), worst: 0, target: 100}\n"
FILE = "own.scorecard.yaml"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()


def write(text: str, file: str = FILE) -> str:
    Path(file).write_bytes(text.encode())
    return file


def mended(text: str, registry: Registry) -> str:
    """The text with its fixes made; as it was where there are none. Mending once more changes nothing."""
    found = mend([write(text)], registry)
    after = found.texts[FILE].after if found.texts else text
    assert mend([write(after)], registry).texts == {}
    return after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("worst: 0, targt: 100}", "worst: 0, target: 100}"),
        ("worst: 0, 'targt': 100}", "worst: 0, 'target': 100}"),
        ('worst: 0, "Target" : 100}   # the aim', 'worst: 0, "target" : 100}   # the aim'),
        ("worst: 0, target: 100, objectiv: {en: Listen}}", "worst: 0, target: 100, objective: {en: Listen}}"),
    ],
)
def test_a_misspelt_key_gets_its_name(before: str, after: str, registry: Registry) -> None:
    text = (HEAD + REST).replace("worst: 0, target: 100}", before)
    assert mended(text, registry) == (HEAD + REST).replace("worst: 0, target: 100}", after)


def test_a_misspelt_section_gets_its_name_and_what_follows_from_it_is_gone(registry: Registry) -> None:
    assert mended((HEAD + REST).replace("sources:", "souces:"), registry) == HEAD + REST


@pytest.mark.parametrize(
    "written",
    [
        "worst: 0, target: 100, targt: 90}",
        "worst: 0, target: 100, xyzzy: 90}",
        "worst: 0, target: 100, min: 90}",
        "worst: 0, target: 100, wieght: lots}",
    ],
)
def test_what_is_not_clear_is_left(written: str, registry: Registry) -> None:
    text = (HEAD + REST).replace("worst: 0, target: 100}", written)
    assert mended(text, registry) == text


def test_two_names_that_come_near_are_left_to_the_author(registry: Registry) -> None:
    write((HEAD + REST).replace("worst: 0", "wieght: 1, worst: 0"))
    (issue,) = check_file(FILE, registry).issues
    documents = documents_of([issue])
    assert [fix.description() for fix in fixes_of([issue], documents)] == ["write 'weight' for 'wieght'"]
    near = {**issue.values, "less_likely": ["wights"]}
    assert fixes_of([replace(issue, values=near)], documents) == ()


@pytest.mark.parametrize(
    ("numbers", "sorted_numbers"),
    [
        ("worst: 0, thresholds: {amber: 80, green: 60}, target: 100", "worst: 0, thresholds: {amber: 60, green: 80}, target: 100"),
        ("worst: 72, thresholds: {amber: 24, green: 48}, target: 8", "worst: 72, thresholds: {amber: 48, green: 24}, target: 8"),
        (
            "worst: 0%, thresholds: {amber: '90%', green: 7.50%}, target: 1",
            "worst: 0%, thresholds: {amber: 7.50%, green: '90%'}, target: 1",
        ),
        (
            "worst: 0, thresholds: {red: 60, amber: 90, green: 80}, target: 100",
            "worst: 0, thresholds: {red: 60, amber: 80, green: 90}, target: 100",
        ),
    ],
)
def test_thresholds_are_sorted_by_direction(numbers: str, sorted_numbers: str, registry: Registry) -> None:
    text = (HEAD + BANDS + REST).replace("worst: 0, target: 100", numbers)
    assert mended(text, registry) == text.replace(numbers, sorted_numbers)


def test_thresholds_on_lines_keep_their_comments(registry: Registry) -> None:
    lines = (
        "{measure: mean(rating)}\n  nps:\n    measure: mean(nps)\n    worst: 0\n    thresholds:\n"
        "      amber: 80  # board\n      green: 60   # 2026\n    target: 100\n"
    )
    text = (HEAD + BANDS + REST).replace("{measure: mean(rating), worst: 0, target: 100}\n", lines)
    text = text.replace("csat: {measure: mean(rating)}", "csat: {measure: mean(rating), worst: 0, target: 9}")
    assert mended(text, registry) == text.replace("80  # board", "60  # board").replace("60   # 2026", "80   # 2026")


@pytest.mark.parametrize(
    "numbers",
    [
        "worst: 0, thresholds: {amber: 80, green: 60}",
        "worst: 0, thresholds: {amber: 80, green: 160}, target: 100",
        "worst: 0, thresholds: {amber: 80, green: 80}, target: 100",
        "worst: 0, thresholds: {amber: 80, green: {2025-12-31: 60, 2026-12-31: 70}}, target: 100",
    ],
)
def test_thresholds_that_sorting_does_not_mend_are_left(numbers: str, registry: Registry) -> None:
    text = (HEAD + BANDS + REST).replace("worst: 0, target: 100", numbers)
    assert mended(text, registry) == text


def test_the_thresholds_of_a_segment_are_sorted_in_it(registry: Registry) -> None:
    text = (
        (HEAD + BANDS + REST)
        .replace("target: 100", "thresholds: {amber: 50, green: 60}, target: 100")
        .replace("key: [customer_id]", "key: [customer_id], attributes: [tier]")
    )
    text += 'segments: {big: {when: tier == "big", metrics: {csat: {thresholds: {amber: 90, green: 80}}}}}\n'
    assert mended(text, registry) == text.replace("amber: 90, green: 80", "amber: 80, green: 90")


@pytest.mark.parametrize(
    ("schema", "named"),
    [("scorecard.schema.json", "scorecard.schema.json"), ("../schemas/scorecard.schema.json", "../schemas/scorecard.schema.json")],
)
def test_the_schema_nearest_by_is_named(
    schema: str, named: str, registry: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "schemas").mkdir()
    monkeypatch.chdir(tmp_path / "own")
    Path(schema).write_text("{}", encoding="utf-8")
    assert mended(HEAD + REST, registry) == f"# yaml-language-server: $schema={named}\n{HEAD}{REST}"


def test_without_a_schema_or_with_a_line_that_names_one_nothing_is_added(registry: Registry) -> None:
    assert mended(HEAD + REST, registry) == HEAD + REST
    Path("scorecard.schema.json").write_text("{}", encoding="utf-8")
    for line in ("# yaml-language-server: $schema=https://example.org/s.json\n", "# Ours.\n#yaml-language-server: $schema=x\n"):
        assert mended(line + HEAD + REST, registry) == line + HEAD + REST


def test_sections_move_with_the_comments_above_them(registry: Registry) -> None:
    metrics = "# what is measured\n# and how\nmetrics:\n  csat: {measure: mean(rating), worst: 0, target: 100}  # yes\n"
    who = "# who\nentity: {key: [customer_id]}\nsources: {s: {type: csv, path: x.csv}}"
    text = f"# Client A\nschema: scorecard/1\n\n{metrics}\n{who}"
    assert mended(text, registry) == f"# Client A\nschema: scorecard/1\n\n{who}\n{metrics}"


@pytest.mark.parametrize(
    "text",
    [
        REST + "\n# about both\n\nentity: {key: [customer_id]}\n",
        "# of the file, or of the metrics?\n" + REST + "entity: {key: [customer_id]}\n",
        REST + "entity: {key: [customer_id]}\n# the end\n",
        "metrics: {csat: {measure: mean(rating), worst: &zero 0, target: 100}}\nbands: {red: {from: *zero}}\n",
    ],
)
def test_sections_stay_where_a_comment_or_an_anchor_would_be_lost(text: str, registry: Registry) -> None:
    assert mended(text, registry) == text


def test_line_ends_and_a_byte_order_mark_stay(registry: Registry) -> None:
    Path("scorecard.schema.json").write_text("{}", encoding="utf-8")
    right = HEAD + REST
    wrong = right.replace("entity:", "entty:").replace("\n", "\r\n")
    assert mended(f"\ufeff{wrong}", registry) == f"\ufeff# yaml-language-server: $schema=scorecard.schema.json\n{right}".replace(
        "\n", "\r\n"
    )


def test_lines_and_columns_count_from_one(registry: Registry) -> None:
    write((HEAD + REST).replace("target", "targt"))
    issues = check_file(FILE, registry).issues
    (fix,) = fixes_of(issues, documents_of(issues))
    (replacement,) = fix.replacements
    assert (replacement.line, replacement.column, replacement.end_line, replacement.end_column) == (5, 43, 5, 48)
    assert replacement.text == "target"
    assert fix.description("zh") == "“targt”改为“target”"


def layers(registry: Registry, *named: str) -> Mended:
    write(f"{BANDS}metrics:\n  csat: {{measure: mean(rating), worst: 0, thresholds: {{amber: 80, green: 60}}, target: 100}}\n", "base.yaml")
    write(f"schema: scorecard/1\nextends: base.yaml\nentity: {{key: [customer_id]}}\n{REST.splitlines()[0]}\n")
    return mend(named, registry)


def test_a_shared_layer_is_mended_only_where_it_is_named(registry: Registry) -> None:
    alone = layers(registry, FILE)
    assert alone.texts == {}
    assert [fix.file for fix in alone.elsewhere] == ["base.yaml"]
    both = layers(registry, FILE, "base.yaml")
    assert "{amber: 60, green: 80}" in both.texts["base.yaml"].after
    assert list(both.texts) == ["base.yaml"]
    assert both.elsewhere == []


def test_a_fix_that_leaves_as_many_issues_is_taken_back(registry: Registry) -> None:
    text = (HEAD + REST).replace("target: 100", "target: 100, wieght: lots")
    found = mend([write(text)], registry)
    assert found.texts == {}
    assert [fix.issue.code for fix in found.useless] == ["SC104"]


def data(text: str) -> dict[str, Any]:
    document, _ = read_text(text, FILE)
    assert document is not None
    return document.data


def test_a_fix_of_use_is_made_beside_one_that_is_of_none(registry: Registry) -> None:
    Path("scorecard.schema.json").write_text("{}", encoding="utf-8")
    text = HEAD + REST.replace("metrics:", "metrcs:").replace("worst: 0", "worst: x, weight: y, due: z")
    found = mend([write(text)], registry)
    assert [fix.issue.code for fix in found.useless] == ["SC104"]
    assert found.texts[FILE].after == f"# yaml-language-server: $schema=scorecard.schema.json\n{text}"


def test_a_fix_that_brings_another_to_light_is_made_with_it(registry: Registry) -> None:
    text = (HEAD + BANDS + REST).replace("target: 100", "tresholds: {amber: 80, green: 60}, target: 100")
    assert mended(text, registry) == text.replace("tresholds: {amber: 80, green: 60}", "thresholds: {amber: 60, green: 80}")


@cache
def installed() -> Registry:
    return app.registry()


def whole(file: Path) -> bool:
    """Whether a file is a definition without layers."""
    return "extends" not in data(file.read_text("utf-8")) and check_file(file, installed()).scorecard is not None


ALONE = [file for file in sorted((ROOT / "configs").rglob("*.scorecard.yaml")) if whole(file)]


@pytest.mark.parametrize("file", ALONE, ids=lambda file: f"{file.parent.name}/{file.name}")
@pytest.mark.parametrize(("right", "wrong"), [("\nmetrics:", "\nmetrcs:"), ("\nsources:", "\nsouces:"), ("\nentity:", "\nentiti:")])
def test_a_slip_in_a_worked_scorecard_is_mended_to_the_letter(file: Path, right: str, wrong: str) -> None:
    text = file.read_text("utf-8")
    if right not in text:
        pytest.skip("it has no such section")
    write(text.replace(right, wrong, 1))
    found = mend([FILE], installed())
    assert "SC104" in {fix.issue.code for fix in found.made}
    assert data(found.texts[FILE].after) == data(text)


def test_every_fix_says_what_it_does() -> None:
    assert set(FIXES) == {"SC104", "SC408", "SC890", "SC891"}
