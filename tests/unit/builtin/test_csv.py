"""Text files as people really send them."""

from __future__ import annotations

import codecs
from datetime import datetime

import pytest

from scorecard.hooks.contracts import SourceError
from scorecard.model.formula import Kind


def read(data, **kinds):
    return data.read(kinds or dict.fromkeys(data.columns, Kind.ANY)).to_pydict()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk", "gb18030"])
def test_the_encoding_is_found(opened, write, encoding):
    write("a.csv", "客户编号,名称\n007,张三丰\n", encoding)
    assert read(opened("csv", path="a.csv")) == {"客户编号": ["007"], "名称": ["张三丰"]}


def test_utf_16_with_the_high_byte_first(opened, tmp_path):
    (tmp_path / "a.csv").write_bytes(codecs.BOM_UTF16_BE + "客户\n张\n".encode("utf-16-be"))
    assert read(opened("csv", path="a.csv")) == {"客户": ["张"]}


def test_western_letters_are_not_taken_for_chinese(opened, write):
    write("a.csv", "id,name\n1,Müller\n2,José\n", "latin-1")
    with pytest.raises(SourceError) as refused:
        opened("csv", path="a.csv")
    assert refused.value.code == "SC627"
    assert (refused.value.values["byte"], refused.value.values["row"]) == (11, 2)
    assert read(opened("csv", path="a.csv", encoding="latin-1"))["name"] == ["Müller", "José"]


def test_an_encoding_that_does_not_fit_or_does_not_exist(opened, write):
    write("a.csv", "名称\n张\n", "gbk")
    for encoding in ("utf-8", "klingon"):
        with pytest.raises(SourceError, match="SC627"):
            opened("csv", path="a.csv", encoding=encoding)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "#"])
def test_the_delimiter_is_found_or_given(opened, write, delimiter):
    write("a.csv", f'"a, b"{delimiter}c{delimiter}d\n1{delimiter}2{delimiter}3\n')
    given = {"delimiter": delimiter} if delimiter == "#" else {}
    assert read(opened("csv", path="a.csv", **given)) == {"a, b": ["1"], "c": ["2"], "d": ["3"]}


def test_trap_33_ids_keep_their_zeros_where_text_is_asked_and_become_numbers_where_numbers_are(opened, write):
    write("a.csv", "id,n\n007,007\n1001,8\n")
    data = opened("csv", path="a.csv")
    assert read(data, id=Kind.TEXT, n=Kind.NUMBER) == {"id": ["007", "1001"], "n": [7.0, 8.0]}


def test_trap_30_numbers_as_people_type_them_stay_text_for_the_reader_to_understand(opened, write):
    write("a.csv", 'n,clean\n"1,234",1\n８５％,2\n￥12,3\n,4\n')
    assert read(opened("csv", path="a.csv"), n=Kind.NUMBER, clean=Kind.NUMBER) == {
        "n": ["1,234", "８５％", "￥12", None],
        "clean": [1.0, 2.0, 3.0, 4.0],
    }


@pytest.mark.parametrize("word", ["NA", "null", "NaN", "nan", "inf", "-", "None"])
def test_trap_14_only_an_empty_cell_is_blank(opened, write, word):
    write("a.csv", f'n,m\n1,1\n{word},2\n"",3\n')
    assert read(opened("csv", path="a.csv"), n=Kind.NUMBER)["n"] == ["1", word, None]


def test_trap_31_days_are_read_where_all_are_iso_and_stay_text_otherwise(opened, write):
    write("a.csv", "d,e\n2026-01-31,31/01/2026\n2026-02-01 10:30,01/02/2026\n")
    found = read(opened("csv", path="a.csv"), d=Kind.MOMENT, e=Kind.MOMENT)
    assert found == {"d": [datetime(2026, 1, 31), datetime(2026, 2, 1, 10, 30)], "e": ["31/01/2026", "01/02/2026"]}


def test_quoted_line_breaks_and_blank_lines_do_not_move_the_rows(opened, write):
    write("a.csv", '\nid,note\n1,"two\nlines"\n\n2,b\n')
    data = opened("csv", path="a.csv")
    assert read(data) == {"id": ["1", "2"], "note": ["two\nlines", "b"]}
    assert [data.locate(row) for row in (0, 1)] == ["a.csv, row 3", "a.csv, row 5"]


def test_ragged_rows_are_named(opened, write):
    write("a.csv", "a,b\n1,2\n\n3\n4,5,6\n")
    with pytest.raises(SourceError) as refused:
        read(opened("csv", path="a.csv"))
    assert refused.value.code == "SC628"
    assert (refused.value.values["count"], refused.value.values["rows"]) == (2, ["4", "5"])


def test_trap_18_nothing_there_is_never_success(opened, write, tmp_path):
    write("empty.csv", "")
    write("blank.csv", "\n\n")
    write("nameless.csv", ",,\n1,2,3\n")
    (tmp_path / "folder").mkdir()
    for path, code in {
        "empty.csv": "SC622",
        "blank.csv": "SC622",
        "none*.csv": "SC621",
        "Empty.CSV": "SC620",
        "folder": "SC620",
    }.items():
        with pytest.raises(SourceError) as refused:
            opened("csv", path=path)
        assert refused.value.code == code
    with pytest.raises(SourceError, match="SC623"):
        opened("csv", path="nameless.csv", header_row=1)


def test_a_missing_file_names_its_neighbours(opened, write):
    write("orders.csv", "a\n1\n")
    with pytest.raises(SourceError) as refused:
        opened("csv", path="order.csv")
    assert refused.value.values["did_you_mean"] == ["orders.csv"]


def test_a_header_alone_has_no_records(opened, write):
    write("a.csv", "id,score\n")
    assert read(opened("csv", path="a.csv"), id=Kind.TEXT, score=Kind.NUMBER) == {"id": [], "score": []}


def test_the_header_may_stand_lower_and_be_followed_by_units(opened, write):
    write("a.csv", "report,,\n,,\nid,weight,\n-,kg,\n7,1.5,\n")
    data = opened("csv", path="a.csv", header_row=3, skip_rows=1)
    assert read(data) == {"id": ["7"], "weight": ["1.5"]}
    assert data.locate(0) == "a.csv, row 5"


def test_two_columns_of_one_name_matter_only_where_they_are_read(opened, write):
    write("a.csv", "id,note,note\n1,x,y\n")
    data = opened("csv", path="a.csv")
    assert read(data, id=Kind.ANY) == {"id": ["1"]}
    with pytest.raises(SourceError, match="SC624"):
        read(data, note=Kind.ANY)


def test_files_with_different_headers_are_united_by_their_spellings(opened, write):
    write("q1.csv", "客户编号,score\nA,1\n")
    write("q2.csv", "客户代码,extra,score\nB,x,2\n")
    data = opened("csv", path="q*.csv", spellings=(("客户编号", "客户代码"),))
    assert read(data, 客户编号=Kind.TEXT, score=Kind.NUMBER, extra=Kind.ANY) == {
        "客户编号": ["A", "B"],
        "score": [1.0, 2.0],
        "extra": [None, "x"],
    }
    assert [data.locate(row) for row in (0, 1)] == ["q1.csv, row 2", "q2.csv, row 2"]


def test_a_column_that_is_text_in_one_file_is_text_in_all(opened, write):
    write("q1.csv", "n\n1\n2.5\n")
    write("q2.csv", "n\nmany\n")
    assert read(opened("csv", path="q*.csv"), n=Kind.NUMBER) == {"n": ["1", "2.5", "many"]}


def test_the_fingerprint_follows_the_content(opened, write):
    write("a.csv", "n\n1\n")
    before = opened("csv", path="a.csv").fingerprint()
    assert opened("csv", path="a.csv").fingerprint() == before
    write("a.csv", "n\n2\n")
    assert opened("csv", path="a.csv").fingerprint() != before
