"""The forms of files: true to their schema, harmless in a spreadsheet, written in pieces."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scorecard.evaluation.evaluation import Evaluation
from scorecard.report import csv as csv_form
from scorecard.report import json as json_form
from scorecard.report import markdown as markdown_form
from scorecard.report import parquet as parquet_form
from scorecard.report import records as records_of
from scorecard.report.output_schema import output_schema, output_schema_text

SCHEMA_FILE = Path(__file__).parents[3] / "schemas" / "evaluation.schema.json"


def document(evaluation: Evaluation) -> Any:
    def refused(word: str) -> None:
        raise AssertionError(f"{word} is no JSON")

    return json.loads(b"".join(json_form.write(evaluation, {})), parse_constant=refused)


def test_the_json_form_is_true_to_its_schema(mixed: Evaluation) -> None:
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(output_schema())
    validator.check_schema(output_schema())
    assert [error.message for error in validator.iter_errors(document(mixed))] == []


def test_the_schema_refuses_what_it_does_not_know(mixed: Evaluation) -> None:
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(output_schema())
    found = document(mixed)
    found["entities"][0]["extra"] = 1
    assert not validator.is_valid(found)
    del found["entities"][0]["extra"], found["entities"][0]["score"]
    assert not validator.is_valid(found)


def test_the_published_schema_is_the_generated_one() -> None:
    assert SCHEMA_FILE.read_text("utf-8") == output_schema_text()


def test_json_says_what_the_tables_say(mixed: Evaluation) -> None:
    found = {(one["period"], one["key"]["id"]): one for one in document(mixed)["entities"]}
    scores = mixed.scores
    assert len(found) == len(scores) == 12
    for row in scores.itertuples():
        one = found[row.period, row.id]
        assert one["score"] == pytest.approx(row.score, abs=1e-9) if one["score"] is not None else row.score != row.score
        assert one["state"] == row.state
        assert (one["reason"] or "") == row.reason
    for row in mixed.metrics.itertuples():
        one = found[row.period, row.id]["metrics"][row.metric]
        assert one["state"] == row.state
        assert one["share"] == pytest.approx(row.share, abs=1e-9)


def test_trap_13_every_metric_of_every_entity_is_there(mixed: Evaluation) -> None:
    assert {tuple(one["metrics"]) for one in document(mixed)["entities"]} == {("first", "second", "label", "third")}


def test_a_segment_sets_the_target_shown(mixed: Evaluation) -> None:
    found = {(one["period"], one["key"]["id"]): one for one in document(mixed)["entities"]}
    assert found["2025-Q2", "007"]["segments"] == ["big"]
    assert found["2025-Q2", "007"]["metrics"]["first"]["target"] == 8
    assert found["2025-Q2", "-7"]["metrics"]["first"]["target"] == 10
    assert found["2025-Q2", "-7"]["metrics"]["second"]["target"] == [0.4, 0.6]
    assert found["2025-Q2", "-7"]["metrics"]["second"]["gap"] == pytest.approx(-0.2)
    assert found["2025-Q2", "-7"]["metrics"]["label"]["value"] == "high"


def test_numbers_have_twelve_digits(mixed: Evaluation) -> None:
    found = {(one["period"], one["key"]["id"]): one for one in document(mixed)["entities"]}
    assert found["2025-Q1", "007"]["metrics"]["second"]["value"] == 0.333333333333


def test_blocks_change_nothing(mixed: Evaluation, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = list(records_of.records(mixed))
    monkeypatch.setattr(records_of, "BLOCK", 2)
    assert list(records_of.records(mixed)) == whole
    monkeypatch.setattr(json_form, "BATCH", 1)
    assert document(mixed)["entities"] == whole


def test_json_comes_in_pieces(evaluation: Callable[..., Evaluation], monkeypatch: pytest.MonkeyPatch) -> None:
    count = 3_000
    ids = [f"e{number}" for number in range(count)]
    book = {"id": ids, "note": [None] * count, "size": list(range(count))}
    facts = {"id": ids, "a": [1.0] * count, "b": [0.5] * count, "on_day": ["2025-05-01"] * count}
    found = evaluation(book, facts, period="2025-Q2")
    pieces = list(json_form.write(found, {}))
    assert len(pieces) > count / json_form.BATCH
    assert max(map(len, pieces)) < sum(map(len, pieces)) / 5


def test_a_line_per_entity(mixed: Evaluation) -> None:
    lines = b"".join(json_form.write_lines(mixed, {})).decode().splitlines()
    assert len(lines) == 12
    assert {json.loads(line)["scorecard"] for line in lines} == {"book"}


def test_trap_28_csv_holds_no_formula(mixed: Evaluation) -> None:
    text = b"".join(csv_form.write(mixed, {})).decode()
    rows = list(csv.reader(io.StringIO(text)))
    cells = {cell for row in rows for cell in row}
    assert {"'=HYPERLINK(1)", "'-7", "'@x", "'+1", "'\tx", "'＝1"} <= cells
    numbers = {"id", "note"}
    for name, column in zip(rows[0], zip(*rows[1:], strict=True), strict=True):
        for cell in column:
            assert not cell.startswith(("=", "+", "@", "\t", "\r", "＝")), (name, cell)
            assert not cell.startswith("-") or (name not in numbers and float(cell) < 0)
    assert "007" in cells


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\ta", "\ra", "\na", "＝1", "＋1", "－1", "＠a"])
def test_trap_28_every_beginning_of_a_formula(text: str) -> None:
    assert csv_form.harmless(text) == f"'{text}"
    assert csv_form.harmless(f"a{text}") == f"a{text}"


def test_a_csv_file_tells_spreadsheets_its_encoding(mixed: Evaluation) -> None:
    assert next(iter(csv_form.write(mixed, {"to_file": True}))).startswith(b"\xef\xbb\xbfperiod,id")
    assert next(iter(csv_form.write(mixed, {}))).startswith(b"period,id")


def test_trap_28_markdown_holds_no_html_and_no_cell_breaks(mixed: Evaluation) -> None:
    text = b"".join(markdown_form.write(mixed, {})).decode()
    assert "<" not in text
    assert "a\\|b&lt;script&gt;" in text
    assert "\\*bold\\* \\[a\\](b)" in text
    borders = {line.replace("\\|", "").count("|") for line in text.splitlines() if line.startswith("|")}
    assert len(borders) == 1


def test_markdown_has_a_section_per_period_the_latest_first(mixed: Evaluation) -> None:
    text = b"".join(markdown_form.write(mixed, {"language": "zh"})).decode()
    assert text.index("2025-Q2") < text.index("2025-Q1")
    assert "得分" in text


def test_parquet_holds_the_wide_table(mixed: Evaluation) -> None:
    import pandas as pd

    found = pd.read_parquet(io.BytesIO(b"".join(parquet_form.write(mixed, {}))))
    assert list(found["id"]) == list(mixed.scores["id"])
    assert {"period", "score", "first.value", "inner.score"} <= set(found.columns)


def test_parquet_comes_in_groups_of_rows(mixed: Evaluation, monkeypatch: pytest.MonkeyPatch) -> None:
    import pyarrow.parquet as pq

    monkeypatch.setattr(parquet_form, "BLOCK", 5)
    file = pq.ParquetFile(io.BytesIO(b"".join(parquet_form.write(mixed, {}))))
    assert file.num_row_groups == 3
    assert file.schema_arrow.metadata[b"scorecard.scorecard"] == b"book"


def test_markdown_lists_the_worst_and_says_how_many_more_there_are(evaluation: Callable[..., Evaluation]) -> None:
    names = [f"c{place:02}" for place in range(40)]
    book = {"id": names, "note": names, "size": [1] * 40}
    facts = {"id": names, "a": [place / 4 for place in range(40)], "b": [0.5] * 40, "on_day": ["2025-05-01"] * 40}
    lines = b"".join(markdown_form.write(evaluation(book, facts, period="2025-Q2"), {})).decode().splitlines()
    assert [line.split(" | ")[0] for line in lines if line.startswith("| c")] == [f"| {name}" for name in names[:30]]
    assert "… and 10 more with better scores or none." in lines
