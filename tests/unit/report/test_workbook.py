"""The Excel workbook: what it holds, how it is shown, and that no cell of it runs anything."""

from __future__ import annotations

import io
import math
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from scorecard.app import evaluate
from scorecard.evaluation.evaluation import Evaluation
from scorecard.language.words import LANGUAGES
from scorecard.report import workbook as workbook_form
from scorecard.report.workbook import sheet as sheet_of
from scorecard.report.workbook import table as table_of

DEMO = Path(__file__).parents[3] / "configs" / "demo" / "demo.scorecard.yaml"
ENGLISH = ["Summary", "Scores", "Metrics", "Groups", "Recommendations", "Data quality", "Definition", "What if", "What if data"]


def written(evaluation: Evaluation, language: str = "en") -> bytes:
    return b"".join(workbook_form.write(evaluation, {"language": language}))


def opened(data: bytes) -> Workbook:
    return load_workbook(io.BytesIO(data))


def rows_of(sheet: Worksheet) -> Iterator[dict[str, Any]]:
    heads, *rows = sheet.iter_rows(values_only=True)
    for row in rows:
        yield dict(zip(heads, row, strict=True))


def parts_of(data: bytes, start: str) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist() if name.startswith(start)}


@pytest.fixture(scope="module")
def demo() -> Evaluation:
    return evaluate(DEMO, period="2026-Q2..2026-Q3")


@pytest.fixture(scope="module")
def english(demo: Evaluation) -> bytes:
    return written(demo)


@pytest.fixture
def small(tmp_path: Path) -> Callable[..., Evaluation]:
    """Evaluates a scorecard of one mean over a frame with `id` and `a`."""

    def small(frame: dict[str, list[Any]], more: str = "") -> Evaluation:
        path = tmp_path / "small.scorecard.yaml"
        path.write_text(
            "schema: scorecard/1\n"
            f"{more or 'entity: {key: [id], roster: facts}'}\n"
            "sources: {facts: {type: inline, rows: []}}\n"
            "metrics: {m: {source: facts, measure: mean(a), worst: 0, target: 100}}\n",
            encoding="utf-8",
        )
        return evaluate(path, frames={"facts": pd.DataFrame(frame)})

    return small


def test_the_sheets_and_their_tables(english: bytes) -> None:
    book = opened(english)
    assert book.sheetnames == ENGLISH
    assert [list(sheet.tables) for sheet in book] == [
        ["periods", "means"],
        ["scores"],
        ["metrics"],
        ["groups"],
        ["recommendations"],
        ["sources", "measured"],
        ["definition", "bands", "rules", "segments"],
        [],
        [],
    ]


def test_a_table_spans_its_rows_has_its_heads_and_a_filter(english: bytes) -> None:
    for sheet in opened(english):
        for table in sheet.tables.values():
            heads, *rows = sheet[table.ref]
            assert [cell.value for cell in heads] == [column.name for column in table.tableColumns]
            assert rows
            assert any(cell.value is not None for cell in rows[-1])
            assert table.autoFilter.ref == table.ref


def test_heads_and_names_stay_in_sight(english: bytes) -> None:
    book = opened(english)
    assert [book[name].freeze_panes for name in ENGLISH] == [None, "D2", "D2", "D2", "D2", None, None, "B9", None]
    assert book["Metrics"].print_title_rows == "$1:$1"


def test_scores_are_those_of_the_evaluation(demo: Evaluation, english: bytes) -> None:
    found = list(rows_of(opened(english)["Scores"]))
    titles = {"red": "At risk", "amber": "Watch", "green": "Healthy", "insufficient": "too little measured"}
    assert len(found) == len(demo.scores) > 100
    for own, row in zip(found, demo.scores.to_dict("records"), strict=True):
        assert (own["Period"], own["customer_id"], own["project_id"]) == (row["period"], row["customer_id"], row["project_id"])
        for head, name in (("Score", "score"), ("Coverage", "coverage"), ("At least", "low"), ("At most", "high"), ("Rank", "rank")):
            assert own[head] == (None if math.isnan(row[name]) else pytest.approx(row[name], rel=1e-11))
        assert own["Band"] == titles[row["band"]]
        assert own["Started on"] == row["started_on"]


def test_metrics_and_groups_are_those_of_the_evaluation(demo: Evaluation, english: bytes) -> None:
    book = opened(english)
    metrics, groups = demo.metrics, demo.groups[demo.groups.group != "total"]
    for sheet, frame, columns in (
        ("Metrics", metrics, {"Value": "value", "Score": "score", "Weight": "weight", "Share": "share", "Points lost": "lost"}),
        ("Groups", groups, {"Score": "score", "Coverage": "coverage", "Share": "share"}),
    ):
        found = list(rows_of(book[sheet]))
        assert len(found) == len(frame)
        for head, name in columns.items():
            own = np.array([np.nan if row[head] is None else row[head] for row in found], dtype=np.float64)
            np.testing.assert_allclose(own, frame[name].to_numpy(dtype=np.float64), rtol=1e-11, atol=1e-11)


def test_numbers_are_numbers_with_formats_of_their_own(english: bytes) -> None:
    book = opened(english)
    scores, metrics = book["Scores"], book["Metrics"]
    scored = next(row for row in scores.iter_rows(min_row=2) if row[9].value is not None)
    forms = {head.value: cell.number_format for head, cell in zip(scores[1], scored, strict=True)}
    assert (forms["Score"], forms["Coverage"], forms["Started on"]) == ("#,##0.0", "0.0%", "yyyy-mm-dd")
    heads = [cell.value for cell in metrics[1]]
    by_metric = {
        row[heads.index("Metric")].value: row[heads.index("Value")] for row in metrics.iter_rows(min_row=2) if row[11].value is not None
    }
    assert by_metric["Tickets closed in time"].number_format == "0.0%"
    assert by_metric["Open critical tickets"].number_format == "#,##0"
    assert by_metric["Customer satisfaction"].number_format == "#,##0.0"
    due = next(rows_of(book["Recommendations"]))["Due"]
    assert isinstance(due, datetime)


def test_a_score_is_shown_with_the_decimals_that_keep_it_in_its_band(small: Callable[..., Evaluation]) -> None:
    bands = "entity: {key: [id], roster: facts}\nbands: {low: {from: 0}, high: {from: 80}}"
    evaluation = small({"id": ["edge", "plain"], "a": [79.97, 50.0]}, bands)
    edge, plain = opened(written(evaluation))["Scores"]["B2:B3"]
    assert (edge[0].value, edge[0].number_format) == (79.97, "#,##0.00")
    assert plain[0].number_format == "#,##0.0"


def test_bands_color_scores_and_stand_beside_them(english: bytes) -> None:
    sheet = opened(english)["Scores"]
    rules = {str(area.sqref): [rule.formula[0] for rule in found] for area, found in sheet.conditional_formatting._cf_rules.items()}
    heads = [cell.value for cell in sheet[1]]
    assert heads.index("Band") == heads.index("Score") + 1
    assert rules == {
        f"{column}2:{column}{sheet.max_row}": ['$K2="At risk"', '$K2="Watch"', '$K2="Healthy"', '$K2="too little measured"']
        for column in "JK"
    }


def test_charts_are_drawn_from_the_tables_and_keep_their_numbers(demo: Evaluation, english: bytes) -> None:
    first, second = parts_of(english, "xl/charts/chart").values()
    assert "Entities by band" in first
    assert "Mean scores" in second
    assert "'Summary'!$F$23:$F$24" in first or "Summary!$F$23:$F$24" in first
    last = demo.scores[demo.scores.period == "2026-Q3"]
    counted = last["band"].value_counts()
    assert all(f"<c:v>{counted[band]}</c:v>" in first for band in ("red", "amber", "green"))


def test_the_summary_counts_what_the_scores_say(demo: Evaluation, english: bytes) -> None:
    sheet = opened(english)["Summary"]
    heads, *rows = sheet[sheet.tables["periods"].ref]
    last = dict(zip((cell.value for cell in heads), (cell.value for cell in rows[-1]), strict=True))
    scores = demo.scores[demo.scores.period == "2026-Q3"]
    assert last["Entities"] == len(scores)
    assert last["Mean"] == pytest.approx(scores["score"].mean())
    assert last["Median"] == pytest.approx(scores["score"].median())
    assert last["At risk"] + last["Watch"] + last["Healthy"] + last["too little measured"] == len(scores)


def test_everything_is_said_in_chinese(demo: Evaluation) -> None:
    book = opened(written(demo, "zh"))
    assert book.sheetnames == ["概览", "得分", "指标", "分组", "建议", "数据质量", "评分定义", "试算", "试算数据"]
    assert {"得分", "等级", "客户满意"} <= {cell.value for cell in book["得分"][1]}
    assert book["概览"]["A1"].value == "客户管理项目评分"
    metric = book["指标"].column_dimensions["K"].width
    longest = max(len(row["指标"]) for row in rows_of(book["指标"]))
    assert metric >= 2 * longest


HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "{=1+1}",
    '=cmd|" /C calc"!A0',
    "http://example.org",
    "<r><t>x</t></r></is></c><c r='Z9'><f>1+1</f><v>2</v></c><c><is><r></r>",
    "<script>alert(1)</script>",
    "two\nlines",
    "\ttab",
    "  space",
    "right\u202eleft",
    "😀" * 40,
    "长" * 500,
    "007",
    "1e5",
    "TRUE",
    "2026-01-01",
    "&amp;",
]


def test_no_name_is_anything_but_a_text(small: Callable[..., Evaluation]) -> None:
    data = written(small({"id": HOSTILE, "a": [50.0] * len(HOSTILE)}))
    for sheet in opened(data):
        tried = sheet.title == "What if"
        assert all((tried or cell.data_type != "f") and cell.hyperlink is None for row in sheet.iter_rows() for cell in row)
    assert [row["id"] for row in rows_of(opened(data)["Scores"])] == HOSTILE
    formulas = [formula for text in parts_of(data, "xl/worksheets/sheet").values() for formula in re.findall("<f>(.*?)</f>", text)]
    assert formulas
    assert not any(name in formula for formula in formulas for name in ("cmd", "HYPERLINK", "DDE", "WEBSERVICE", "|"))
    assert not any("hyperlink" in text for text in parts_of(data, "xl/worksheets/_rels").values())


def test_heads_that_are_alike_or_hostile_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "odd.scorecard.yaml"
    path.write_text(
        "schema: scorecard/1\n"
        'entity: {key: [id], roster: facts, attributes: [Score, score, "=1+1"]}\n'
        "bands: {low: {from: 0, title: 'say \"low\"'}, high: {from: 50}}\n"
        "sources: {facts: {type: inline, rows: []}}\n"
        "metrics: {m: {title: score, source: facts, measure: mean(a), worst: 0, target: 100}}\n",
        encoding="utf-8",
    )
    frame = pd.DataFrame({"id": ["a"], "a": [10.0], "Score": ["x"], "score": ["y"], "=1+1": ["z"]})
    sheet = opened(written(evaluate(path, frames={"facts": frame})))["Scores"]
    assert [cell.value for cell in sheet[1]][:5] == ["id", "Score", "score (2)", "=1+1", "Score (3)"]
    first = next(iter(sheet.conditional_formatting._cf_rules.values()))[0].formula[0]
    assert first == '$F2="say ""low"""'


def test_what_a_cell_cannot_hold_is_cut_and_halves_of_pairs_are_replaced() -> None:
    long = sheet_of.fitting("x" * 40_000)
    assert (len(long), long[-1]) == (sheet_of.MOST_CHARACTERS, "…")
    smiles = sheet_of.fitting("😀" * 20_000)
    assert len(smiles.encode("utf-16-le")) <= 2 * sheet_of.MOST_CHARACTERS
    assert set(smiles) == {"😀", "…"}
    assert sheet_of.fitting("a\ud800b") == "a\ufffdb"


def test_more_rows_than_a_sheet_holds_go_on_to_a_second(small: Callable[..., Evaluation], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_of, "ROWS", 4)
    book = opened(written(small({"id": list("abcdefg"), "a": [10.0 * k for k in range(7)]})))
    sheets = [name for name in book.sheetnames if name.startswith("Scores")]
    assert sheets == ["Scores", "Scores 2", "Scores 3"]
    assert [row["id"] for name in sheets for row in rows_of(book[name])] == list("abcdefg")
    assert [list(book[name].tables) for name in sheets] == [["scores"], ["scores_2"], ["scores_3"]]


def test_a_number_keeps_all_of_its_digits(small: Callable[..., Evaluation]) -> None:
    numbers = [59.410000000000004, 0.1 + 0.2, 1e-300, 12345678.900000001, 50.0]
    data = written(small({"id": list("abcde"), "a": numbers}))
    found = [row[3].value for row in opened(data)["What if data"].iter_rows(min_row=2)]
    assert found == numbers


def test_rows_do_not_stay_in_memory(small: Callable[..., Evaluation], monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[int] = []
    put = sheet_of.Sheet.put

    def counting(sheet: sheet_of.Sheet, *cell: Any) -> None:
        put(sheet, *cell)
        held.append(max(len(sheet.table), len(sheet.row_info), len(sheet.row_sizes)))

    monkeypatch.setattr(sheet_of.Sheet, "put", counting)
    written(small({"id": [f"two\nlines {k}" for k in range(300)], "a": [50.0] * 300}))
    assert len(held) > 3_000
    assert max(held) == 1


def test_a_scorecard_of_the_whole_portfolio_without_bands(small: Callable[..., Evaluation]) -> None:
    data = written(small({"a": [10.0, 20.0]}, "entity: {key: []}"))
    book = opened(data)
    assert book.sheetnames == [name for name in ENGLISH if name != "Groups"]
    assert [row["Score"] for row in rows_of(book["Scores"])] == [15.0]
    assert len(parts_of(data, "xl/charts/chart")) == 1


def test_days_before_excel_counts_them_are_texts(tmp_path: Path) -> None:
    path = tmp_path / "old.scorecard.yaml"
    path.write_text(
        "schema: scorecard/1\nentity: {key: [id], roster: facts, attributes: [since]}\nsources: {facts: {type: inline, rows: []}}\n"
        "metrics: {m: {source: facts, measure: mean(a), applies_when: 'days_between(since, since) >= 0', worst: 0, target: 100}}\n",
        encoding="utf-8",
    )
    frame = pd.DataFrame({"id": ["old", "new"], "a": [1.0, 2.0], "since": pd.to_datetime(["1848-03-31", "2020-02-29"])})
    rows = list(rows_of(opened(written(evaluate(path, frames={"facts": frame})))["Scores"]))
    assert [row["since"] for row in rows] == ["1848-03-31", datetime(2020, 2, 29)]


def test_the_same_evaluation_gives_the_same_bytes(small: Callable[..., Evaluation]) -> None:
    evaluation = small({"id": ["a", "b"], "a": [1.0, 2.0]})
    assert written(evaluation) == written(evaluation)


def test_nothing_is_left_where_rows_waited(small: Callable[..., Evaluation], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = tmp_path / "waiting"
    waiting.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(waiting))
    pieces = workbook_form.write(small({"id": ["a"], "a": [1.0]}), {})
    assert next(pieces)  # type: ignore[call-overload]
    assert list(waiting.iterdir())
    pieces.close()  # type: ignore[attr-defined]
    assert not list(waiting.iterdir())


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_sheets_are_those_that_excel_takes(language: str) -> None:
    names = [text for key, text in LANGUAGES[language].items() if key.startswith("sheet.")]
    assert len({name.casefold() for name in names}) == len(names) == 9
    assert all(len(name) <= 27 and not set(name) & set("[]:*?/\\'") for name in names)


def test_a_row_is_as_high_as_its_longest_text(tmp_path: Path) -> None:
    path = tmp_path / "long.scorecard.yaml"
    path.write_text(
        "schema: scorecard/1\nentity: {key: [id], roster: facts}\nsources: {facts: {type: inline, rows: []}}\n"
        f"metrics: {{m: {{title: {'word ' * 20}, source: facts, measure: mean(a), worst: 0, target: 100}}}}\n",
        encoding="utf-8",
    )
    frame = pd.DataFrame({"id": ["one line", "three\nshort\nlines"], "a": [1.0, 2.0]})
    book = opened(written(evaluate(path, frames={"facts": frame})))
    assert [book["Scores"].row_dimensions[row].height for row in (2, 3)] == [None, 3 * table_of.LINE]
    assert book["Metrics"].row_dimensions[2].height == 3 * table_of.LINE


MANY = """\
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from scorecard.app import evaluate
from scorecard.report.files import write_file
from scorecard.report.workbook import write

folder, count = Path(sys.argv[1]), int(sys.argv[2])
ids = [f"customer {k}" for k in range(count)]
draws = np.random.default_rng(1)
frame = pd.DataFrame({"id": ids, "a": draws.random(count), "b": draws.random(count)})
evaluation = evaluate(folder / "many.scorecard.yaml", frames={"facts": frame})
write_file(folder / "many.xlsx", write(evaluation, {"language": "en"}))
print(next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")))
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only /proc tells the memory of a process")
def test_a_hundred_thousand_rows_take_less_than_500_mb(tmp_path: Path) -> None:
    (tmp_path / "many.scorecard.yaml").write_text(
        "schema: scorecard/1\nentity: {key: [id], roster: facts}\nbands: {low: {from: 0}, high: {from: 50}}\n"
        "sources: {facts: {type: inline, rows: []}}\ndefaults: {metrics: {source: facts, worst: 0, target: 1}}\nmetrics: {a: {}, b: {}}\n",
        encoding="utf-8",
    )
    count = 33_400
    command = [sys.executable, "-c", MANY, str(tmp_path), str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(done.stdout) / 1024 < 500
    refs = re.findall(
        r' name="(\w+)" .*? ref="A1:[A-Z]+(\d+)"', "".join(parts_of((tmp_path / "many.xlsx").read_bytes(), "xl/tables/").values())
    )
    assert sum(int(last) - 1 for name, last in refs if name in ("scores", "metrics")) == 3 * count > 100_000
