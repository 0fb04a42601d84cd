"""Workbooks: sheets, header rows, cells with types of their own."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from scorecard.hooks.contracts import SourceError
from scorecard.model.formula import Kind

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("python_calamine")


@pytest.fixture
def workbook(tmp_path):
    def save(name="a.xlsx", **sheets):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        book.save(tmp_path / name)
        return book

    return save


def read(data, **kinds):
    return data.read(kinds or dict.fromkeys(data.columns, Kind.ANY)).to_pydict()


def test_trap_33_an_id_in_a_number_cell_is_the_digits_it_shows(opened, workbook):
    workbook(one=[["id"], [1001], ["007"], [12.5]])
    assert read(opened("excel", path="a.xlsx"), id=Kind.TEXT) == {"id": ["1001", "007", "12.5"]}


def test_trap_31_real_dates_stay_dates_and_serials_among_them_become_dates(opened, workbook):
    workbook(one=[["d", "e"], [date(2026, 1, 31), date(2026, 1, 31)], [datetime(2026, 2, 1, 10, 30), 46054]])
    found = read(opened("excel", path="a.xlsx"), d=Kind.MOMENT, e=Kind.MOMENT)
    assert found == {"d": [datetime(2026, 1, 31), datetime(2026, 2, 1, 10, 30)], "e": [datetime(2026, 1, 31), datetime(2026, 2, 1)]}


def test_trap_30_numbers_among_texts_stay_readable(opened, workbook):
    workbook(one=[["n"], [1200], ["1,200"], ["８"], [0.5]])
    assert read(opened("excel", path="a.xlsx"), n=Kind.NUMBER) == {"n": ["1200", "1,200", "８", "0.5"]}


def test_blank_rows_are_left_out_and_rows_keep_their_numbers(opened, workbook):
    workbook(one=[["report"], [], ["id", "n"], ["A", 1], [None, " "], ["B", 2]])
    data = opened("excel", path="a.xlsx", header_row=3)
    assert read(data) == {"id": ["A", "B"], "n": [1.0, 2.0]}
    assert [data.locate(row) for row in (0, 1)] == ["a.xlsx, sheet one, row 4", "a.xlsx, sheet one, row 6"]


def test_sheets_by_name_number_and_all(opened, workbook):
    book = workbook(**{"2026": [["n"], [1]], "b": [["n"], [2]], "hidden": [["n"], [3]], "empty": []})
    assert read(opened("excel", path="a.xlsx")) == {"n": [1.0]}
    assert read(opened("excel", path="a.xlsx", sheet=2026)) == {"n": [1.0]}
    assert read(opened("excel", path="a.xlsx", sheet=2)) == {"n": [2.0]}
    assert read(opened("excel", path="a.xlsx", sheet="b")) == {"n": [2.0]}
    with pytest.raises(SourceError) as refused:
        opened("excel", path="a.xlsx", sheet="c")
    assert (refused.value.code, refused.value.values["allowed"]) == ("SC625", book.sheetnames)
    with pytest.raises(SourceError, match="SC622"):
        opened("excel", path="a.xlsx", sheet="empty")


def test_all_sheets_are_those_that_are_visible_and_not_empty(opened, workbook, tmp_path):
    book = workbook(a=[["n"], [1]], b=[["n", "m"], [2, 5]], c=[["n"], [3]], d=[])
    book["c"].sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    assert read(opened("excel", path="a.xlsx", sheet="*")) == {"n": [1.0, 2.0], "m": [None, 5.0]}


def test_several_workbooks_whose_lock_files_are_not_read(opened, workbook, tmp_path):
    workbook("s1.xlsx", one=[["id"], [1]])
    workbook("s2.xlsx", one=[["id"], ["x"]])
    (tmp_path / "~$s2.xlsx").write_text("lock")
    assert read(opened("excel", path="*.xlsx")) == {"id": ["1", "x"]}


def test_a_file_that_is_no_workbook(opened, write):
    write("a.xls", "<html><table></table></html>")
    with pytest.raises(SourceError, match="SC626"):
        opened("excel", path="a.xls")


def test_a_line_break_in_a_header_is_a_space(opened, workbook):
    workbook(one=[["Q1\n总体满意度 "], [5]])
    assert list(opened("excel", path="a.xlsx").columns) == ["Q1 总体满意度"]


def test_without_the_package_the_extra_is_named(opened, workbook, monkeypatch):
    workbook(one=[["n"], [1]])
    monkeypatch.setitem(__import__("sys").modules, "python_calamine", None)
    with pytest.raises(SourceError) as refused:
        opened("excel", path="a.xlsx")
    assert (refused.value.code, refused.value.values["install"]) == ("SC630", "kpi-scorecard[excel]")


def test_trap_14_an_error_cell_is_not_a_blank(opened, workbook):
    workbook(**{"R&D": [["id", "n", "m"], ["A", 1, None], ["B", "#N/A", 2], ["C", "#DIV/0!", 3]]})
    assert read(opened("excel", path="a.xlsx"), n=Kind.NUMBER, m=Kind.NUMBER) == {"n": ["1", "#N/A", "#DIV/0!"], "m": [None, 2.0, 3.0]}
