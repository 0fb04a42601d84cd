"""Several files of one source: lists of patterns, and the column that says which file a record is from."""

from __future__ import annotations

import pytest

from scorecard.hooks.contracts import SourceError
from scorecard.model.formula import Kind


@pytest.fixture
def _months(write):
    write("data/calls_01.csv", "id,n\nA,1\nB,2\n")
    write("data/calls_12.csv", "id,count\nA,3\n")
    write("data/people_13.csv", "id,name\nA,Ada\n")


@pytest.mark.usefixtures("_months")
def test_a_list_of_patterns_reads_each_file_once(opened):
    data = opened("csv", path=["data/calls_0*.csv", "data/calls_*.csv"], spellings=(("n", "count"),))
    assert data.read({"id": Kind.TEXT, "n": Kind.NUMBER}).to_pydict() == {"id": ["A", "B", "A"], "n": [1, 2, 3]}


@pytest.mark.usefixtures("_months")
def test_of_a_list_every_path_must_lead_somewhere(opened):
    with pytest.raises(SourceError, match="SC621"):
        opened("csv", path=["data/calls_0*.csv", "data/visits_*.csv"])


@pytest.mark.usefixtures("_months")
@pytest.mark.parametrize("wanted", [{"file": Kind.TEXT}, {"id": Kind.TEXT, "file": Kind.TEXT}])
def test_a_column_of_the_names_of_the_files(opened, wanted):
    data = opened("csv", path="data/calls_*.csv", file_column="file")
    assert data.columns["file"] is Kind.TEXT
    assert data.read(wanted).to_pydict()["file"] == ["calls_01.csv", "calls_01.csv", "calls_12.csv"]
    assert data.locate(2) == "data/calls_12.csv, row 2"


@pytest.mark.usefixtures("_months")
def test_the_name_of_a_column_that_is_there_already(opened):
    with pytest.raises(SourceError) as refused:
        opened("csv", path="data/calls_*.csv", file_column="count")
    assert (refused.value.code, refused.value.values["origin"]) == ("SC624", "data/calls_12.csv")


def test_the_files_of_other_kinds(opened, write, tmp_path):
    import pandas as pd

    for month in ("01", "02"):
        pd.DataFrame({"id": ["A"]}).to_excel(tmp_path / f"{month}.xlsx", index=False)
        pd.DataFrame({"id": ["A"]}).to_parquet(tmp_path / f"{month}.parquet")
        write(f"{month}.json", '[{"id": "A"}]')
        write(f"{month}.jsonl", '{"id": "A"}')
    for kind, suffix in (("excel", "xlsx"), ("parquet", "parquet"), ("json", "json"), ("jsonl", "jsonl")):
        data = opened(kind, path=f"*.{suffix}", file_column="file")
        assert data.read({"file": Kind.TEXT}).to_pydict() == {"file": [f"01.{suffix}", f"02.{suffix}"]}
