"""Parquet, JSON, inline rows and made-up records."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from scorecard.hooks.contracts import SourceError
from scorecard.model.formula import Kind


def read(data, **kinds):
    return data.read(kinds or dict.fromkeys(data.columns, Kind.ANY)).to_pydict()


def refused(opened, *args, **settings):
    with pytest.raises(SourceError) as raised:
        read(opened(*args, **settings))
    return raised.value


def test_parquet_keeps_its_types_and_says_them(opened, tmp_path):
    table = pa.table({"id": pa.array(["a", "b"]).dictionary_encode(), "n": pa.array([1, 2], pa.decimal128(5, 2)), "t": [True, None]})
    pq.write_table(table, tmp_path / "a.parquet")
    data = opened("parquet", path="a.parquet")
    assert data.columns == {"id": Kind.TEXT, "n": Kind.NUMBER, "t": Kind.TRUTH}
    assert read(data) == {"id": ["a", "b"], "n": [1.0, 2.0], "t": [True, None]}


def test_a_file_that_is_no_parquet(opened, write):
    write("a.parquet", "id\n1\n")
    assert refused(opened, "parquet", path="a.parquet").code == "SC633"


def test_json_records_are_found_and_flattened(opened, write):
    write("a.json", '{"data": {"items": [{"id": "007", "account": {"tier": "A"}}, {"id": 8, "tags": [1, 2], "n": null}]}}')
    assert read(opened("json", path="a.json", records="data.items")) == {
        "id": ["007", "8"],
        "account.tier": ["A", None],
        "tags": [None, "[1, 2]"],
        "n": [None, None],
    }


@pytest.mark.parametrize(
    ("text", "settings", "code"),
    [
        ('{"a": 1}', {}, "SC634"),
        ('{"a": {"b": []}}', {"records": "a.c"}, "SC634"),
        ('{"a": 1,}', {}, "SC633"),
        ('[{"n": NaN}]', {}, "SC633"),
        ("[1, 2]", {}, "SC633"),
        ("[" * 100_000, {}, "SC633"),
        ("[]", {}, "SC622"),
        ("", {}, "SC622"),
    ],
)
def test_json_that_is_none(opened, write, text, settings, code):
    write("a.json", text)
    assert refused(opened, "json", path="a.json", **settings).code == code


def test_json_lines_keep_the_numbers_of_their_lines(opened, write):
    write("a.jsonl", '{"id": 1}\n\n{"id": "x"}\n', "utf-8-sig")
    data = opened("jsonl", path="a.jsonl")
    assert read(data) == {"id": ["1", "x"]}
    assert data.locate(1) == "a.jsonl, row 3"
    write("b.jsonl", '{"id": 1}\n{"id": \n')
    assert "line 2" in str(refused(opened, "jsonl", path="b.jsonl").values["problem"])


def test_inline_rows_as_mappings_and_as_lists(opened):
    assert read(opened("inline", rows=[{"id": "C1", "n": 9}, {"id": "C2"}])) == {"id": ["C1", "C2"], "n": [9.0, None]}
    assert read(opened("inline", names=["id", "n"], rows=[["C1", 9]])) == {"id": ["C1"], "n": [9.0]}
    assert refused(opened, "inline", rows=[]).code == "SC622"
    assert refused(opened, "inline", rows=[[1]]).code == "SC632"
    assert refused(opened, "inline", names=["a", "b"], rows=[[1]]).code == "SC628"


SAMPLE = {
    "rows": 200,
    "per": {"customer_id": {"prefix": "C", "count": 3}},
    "fields": {
        "order_id": {"sequence": "O"},
        "channel": {"choice": {"web": 3, "shop": 1, "never": 0}},
        "amount": {"lognormal": {"median": 200, "spread": 0.5}, "on": "day", "trend": 0.5, "season": [1, 1, 1, 2], "varies": 0.1},
        "day": {"dates": ["2025-01-01", "2026-12-31"]},
        "visits": {"poisson": 3},
        "score": {"normal": {"mean": 8, "stdev": 3}, "low": 0, "high": 10, "decimals": 0, "missing": 0.2},
    },
}


def test_made_up_records_are_the_same_every_time_and_another_seed_gives_others(opened):
    one, again, other = (read(opened("generate", seed=seed, **SAMPLE)) for seed in (7, 7, 8))
    assert one == again
    assert one["amount"] != other["amount"]
    fewer = {**SAMPLE, "fields": {name: SAMPLE["fields"][name] for name in ("day", "amount")}}
    assert read(opened("generate", seed=7, **fewer))["amount"] == one["amount"]


def test_made_up_records_are_these_on_every_computer(opened):
    found = read(opened("generate", seed=7, rows=3, fields={"n": {"normal": {"mean": 0, "stdev": 1}}, "k": {"poisson": 5}}))
    assert found == {"n": [1.88, -0.29, 0.35], "k": [7.0, 3.0, 4.0]}


def test_made_up_records_keep_their_bounds(opened):
    found = read(opened("generate", **SAMPLE))
    assert len(found["order_id"]) == len(set(found["order_id"])) == 600
    assert found["customer_id"][::200] == ["C001", "C002", "C003"]
    assert set(found["channel"]) == {"web", "shop"}
    assert {score for score in found["score"] if score is not None} <= set(range(11))
    assert 60 < found["score"].count(None) < 180
    assert datetime(2025, 1, 1) <= min(found["day"]) < max(found["day"]) <= datetime(2026, 12, 31)
    by_year = {year: [n for n, day in zip(found["amount"], found["day"], strict=True) if day.year == year] for year in (2025, 2026)}
    assert sum(by_year[2026]) > 3 * sum(by_year[2025])


@pytest.mark.parametrize(
    "field",
    [
        {"normal": {"mean": 1, "stdev": 1}, "trend": 0.1},
        {"choice": {"a": 0}},
        {"dates": ["2026-01-02", "2026-01-01"]},
        {"dates": ["soon", "later"]},
    ],
)
def test_a_field_that_contradicts_itself(opened, field):
    assert refused(opened, "generate", rows=1, fields={"x": field}).code == "SC637"


def test_decimals_and_bytes_have_texts():
    from scorecard.builtin.reading.cells import text_of

    assert [text_of(value) for value in (Decimal("1.50"), Decimal(100), b"\x01", True, 1e20)] == ["1.5", "100", "01", "true", "1e+20"]
