"""Our source types, one file each, named as its id and imported when it is asked for: records only. `builtin/reading` opens them."""

from scorecard.hooks.contracts import Later

IDS = ("csv", "duckdb", "excel", "generate", "inline", "json", "jsonl", "parquet", "rest", "sql")
SOURCES = tuple(Later(id, f"{__name__}.{id}:SOURCE") for id in IDS)
