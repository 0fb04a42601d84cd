"""Our source types, one file each: records only. What opens them is in `builtin/reading`, imported on first use."""

from scorecard.builtin.sources import csv, duckdb, excel, generate, inline, json, jsonl, parquet, rest, sql

SOURCES = (
    csv.SOURCE,
    duckdb.SOURCE,
    excel.SOURCE,
    generate.SOURCE,
    inline.SOURCE,
    json.SOURCE,
    jsonl.SOURCE,
    parquet.SOURCE,
    rest.SOURCE,
    sql.SOURCE,
)
