"""Plugins that break every promise: their source or metric fails, with a reason; the run goes on or ends as failed, never as a pass."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

METRIC_TYPE = """
def work(records, window, params):
    {body}

@hookimpl
def scorecard_metric_types():
    yield MetricType(id="odd", title=Text.of("Odd"), params=ANY, doc="Odd.", {how})
"""
BY_FUNCTION = 'function=work, columns=lambda params: {"amount": Kind.NUMBER}'
SOURCE = """
FRAME = pd.DataFrame({{"customer_id": ["C001", "C002"], "day": pd.to_datetime(["2026-07-02"] * 2), "amount": [100.0, 200.0]}})


class Data:
    @property
    def columns(self):
        {columns}

    @property
    def origin(self):
        {origin}

    def read(self, wanted):
        {read}

    def fingerprint(self):
        {fingerprint}

    def locate(self, row):
        {locate}

    {blocks}


def opened(request):
    token = request.settings["token"]
    {open}


@hookimpl
def scorecard_sources():
    yield SourceType(id="odd", title=Text.of("Odd"), params=ANY, doc="Odd.", open=opened)
"""
SOUND = {
    "columns": 'return {"customer_id": Kind.TEXT, "day": Kind.MOMENT, "amount": Kind.NUMBER}',
    "origin": 'return "odd data"',
    "read": "return FRAME",
    "fingerprint": 'return "f"',
    "locate": 'return f"row {row}"',
    "open": "return Data()",
    "blocks": "",
}
IN_BLOCKS = """def blocks(self, wanted):
        {give}"""
REPORTER = """
def write(evaluation, options):
    {body}

@hookimpl
def scorecard_reporters():
    yield Reporter(id="odd", title=Text.of("Odd"), doc="Odd.", write=write, suffixes=(".odd",))
"""
SALES = "sales: {source: orders, measure: sum(amount), worst: 0, target: 1000}"

ANSWERS = {
    "raises": ('raise RuntimeError("boom")', "raised RuntimeError: boom"),
    "ends the program well": ("sys.exit(0)", "raised SystemExit: 0"),
    "raises what cannot be printed": ("class E(Exception):\n        __str__ = None\n    raise E()", "raised E"),
    "calls itself": ("return work(records, window, params)", "raised RecursionError"),
    "a number": ("return 7", "gave int where a frame is due"),
    "nothing": ("return None", "gave NoneType where a frame is due"),
    "no entity": ('return pd.DataFrame({"value": [1.0]})', "without the column 'entity'"),
    "no value": ('return pd.DataFrame({"entity": [0]})', "without the column 'value'"),
    "an entity twice": ('return pd.DataFrame({"entity": [0, 0], "value": [1.0, 2.0]})', "the same entity twice"),
    "an entity too many": ('return pd.DataFrame({"entity": [0, 2], "value": [1.0, 2.0]})', "an entity that it was not asked about"),
    "an entity below zero": ('return pd.DataFrame({"entity": [0, -1], "value": [1.0, 2.0]})', "an entity that it was not asked about"),
    "half an entity": ('return pd.DataFrame({"entity": [0.5, 1.5], "value": [1.0, 2.0]})', "entities that are no whole numbers"),
    "entities by name": ('return pd.DataFrame({"entity": ["0", "1"], "value": [1.0, 2.0]})', "entities that are no whole numbers"),
    "entities unknown": ('return pd.DataFrame({"entity": [float("nan"), 1], "value": [1.0, 2.0]})', "entities that are no whole numbers"),
    "texts": ('return pd.DataFrame({"entity": [0, 1], "value": ["a", "b"]})', "values that are no numbers"),
    "lists": ('return pd.DataFrame({"entity": [0, 1], "value": [[1], [2]]})', "values that are no numbers"),
}


@pytest.mark.parametrize(("body", "said"), ANSWERS.values(), ids=ANSWERS)
def test_a_metric_type_that_fails_costs_its_metric_only(run, change, plugin, body: str, said: str) -> None:
    plugin(METRIC_TYPE.format(body=body, how=BY_FUNCTION))
    change((SALES, f"{SALES}\n  odd: {{source: orders, type: odd, worst: 0, target: 1000}}"))
    result = run()
    assert result.code == 3
    assert "acme.scorecard.yaml:10:3: SC617 metric 'odd' failed: its type " in result.out
    assert said in result.out
    assert "C002" in result.out
    explained = run("explain", "-e", "customer_id=C001")
    assert explained.code == 3
    assert said in explained.out


def test_infinite_answers_fail_for_their_entity(run, change, plugin) -> None:
    body = 'return pd.DataFrame({"entity": [0, 1], "value": [float("inf"), 500.0]})'
    plugin(METRIC_TYPE.format(body=body, how=BY_FUNCTION))
    change(("measure: sum(amount)", "type: odd"))
    rows = {row["customer_id"]: row for row in csv.DictReader(io.StringIO(run("run", "--format", "csv").out))}
    assert (rows["C001"]["score"], rows["C002"]["score"]) == ("", "50")


@pytest.mark.parametrize(
    "how",
    [
        "formula=lambda params: 1 / 0",
        "formula=lambda params: 7",
        "formula=lambda params: sys.exit(0)",
        'formula=lambda params: "sum("',
        'formula=lambda params: "sum(amount)", check=lambda params: sys.exit(0)',
        'formula=lambda params: "sum(amount)", check=lambda params: 7',
        "function=work, columns=lambda params: 1 / 0",
        "function=work, columns=lambda params: sys.exit(0)",
        "function=work, columns=lambda params: 7",
        "function=work, columns=lambda params: {7: 7}",
    ],
)
def test_a_metric_type_that_fails_while_a_definition_is_checked_is_an_issue_there(run, change, plugin, how: str) -> None:
    plugin(METRIC_TYPE.format(body="return None", how=how))
    change(("measure: sum(amount)", "type: odd"))
    for command in ("run", "validate"):
        result = run(command)
        assert result.code == 1
        assert "acme.scorecard.yaml:9:33: SC432 metric type 'odd'" in result.err


FAULTS = {
    "open raises the secret": ("open", "raise RuntimeError(token)"),
    "open ends the program well": ("open", "sys.exit(0)"),
    "open gives nothing": ("open", "return None"),
    "open gives a number": ("open", "return 7"),
    "open raises a code that is none": ("open", 'raise SourceError("SC999", token=token)'),
    "columns raise the secret": ("columns", 'raise RuntimeError("s3cr3t-token")'),
    "columns are none": ("columns", "return None"),
    "columns are numbers": ("columns", "return {7: 7}"),
    "read raises the secret": ("read", 'raise RuntimeError("s3cr3t-token")'),
    "read ends the program well": ("read", "sys.exit(0)"),
    "read gives a number": ("read", "return 7"),
    "read gives too little": ("read", "return FRAME[['customer_id']]"),
    "read gives columns twice": ("read", "return pd.concat([FRAME, FRAME], axis=1)"),
    "blocks are a number": ("blocks", IN_BLOCKS.format(give="return 7")),
    "blocks are none": ("blocks", IN_BLOCKS.format(give="return iter(())")),
    "a block gives too little": ("blocks", IN_BLOCKS.format(give="yield FRAME; yield FRAME[['day']]")),
    "a block raises the secret": ("blocks", IN_BLOCKS.format(give='yield FRAME; yield FRAME; raise RuntimeError("s3cr3t-token")')),
    "a block ends the program well": ("blocks", IN_BLOCKS.format(give="yield FRAME; sys.exit(0)")),
    "fingerprint raises the secret": ("fingerprint", 'raise RuntimeError("s3cr3t-token")'),
    "fingerprint is a number": ("fingerprint", "return 7"),
}


@pytest.mark.parametrize(("member", "body"), FAULTS.values(), ids=FAULTS)
def test_a_source_that_fails_is_named_and_nothing_is_scored(run, change, plugin, member: str, body: str) -> None:
    plugin(SOURCE.format(**{**SOUND, member: body}))
    change(("{type: csv, path: orders.csv, time: day}", '{type: odd, token: "${TOKEN}", time: day}'))
    result = run()
    assert result.code == 3
    assert result.out == ""
    assert "acme.scorecard.yaml:7:3: SC605 source 'orders' could not be read: the source type 'odd' " in result.err


def test_a_source_may_give_its_records_in_blocks(run, change, plugin) -> None:
    plugin(SOURCE.format(**SOUND))
    change(("{type: csv, path: orders.csv, time: day}", '{type: odd, token: "", time: day}'))
    at_once = run("run", "--format", "csv")
    plugin(SOURCE.format(**{**SOUND, "read": "raise RuntimeError", "blocks": IN_BLOCKS.format(give="yield FRAME[:1]; yield FRAME[1:]")}))
    in_blocks = run("run", "--format", "csv")
    assert (in_blocks.code, in_blocks.out) == (0, at_once.out)


def test_trap_34_what_a_source_says_of_itself_holds_no_secret(run, change, plugin, folder: Path) -> None:
    bad = "return FRAME.assign(amount=['x', '2'])"
    told = {"origin": 'return "at s3cr3t-token"', "locate": 'return "s3cr3t-token, row 1"', "fingerprint": 'return "s3cr3t-token"'}
    plugin(SOURCE.format(**{**SOUND, **told}))
    change(("{type: csv, path: orders.csv, time: day}", '{type: odd, token: "${TOKEN}", time: day}'))
    for arguments in (("--format", "json"), ("--format", "markdown"), ("--out", "scores.json")):
        assert run("run", *arguments).code == 0
    assert "s3cr3t-token" not in (folder / "scores.json").read_text("utf-8")
    assert run("explain", "-e", "customer_id=C001", "--format", "json").code == 0
    plugin(SOURCE.format(**{**SOUND, **told, "read": bad}))
    assert run().code == 3


@pytest.mark.parametrize(
    "body",
    [
        'raise RuntimeError("boom")',
        "sys.exit(0)",
        "return 7",
        "return None",
        'return "text"',
        'return ["text"]',
        'yield b"half"; sys.exit(0)',
        'yield b"half"; yield 7',
        'raise OSError(28, "No space left")',
    ],
)
def test_trap_29_a_reporter_that_fails_leaves_the_old_file(run, plugin, folder: Path, body: str) -> None:
    plugin(REPORTER.format(body=body))
    (folder / "scores.odd").write_text("as it was", "utf-8")
    result = run("run", "--out", "scores.odd")
    assert result.code == 3
    assert "SC716 the reporter 'odd' failed: " in result.err
    assert (folder / "scores.odd").read_text("utf-8") == "as it was"


@pytest.mark.parametrize("body", ['raise RuntimeError("boom")', "sys.exit(0)", "import nowhere_at_all", "def ("])
def test_a_plugin_that_cannot_be_loaded_stops_no_other(run, folder: Path, body: str) -> None:
    (folder / "plugins").mkdir()
    (folder / "plugins" / "stranger.py").write_text("import sys\n" + body, "utf-8")
    result = run()
    assert result.code == 0
    assert "SC501 plugin 'stranger'" in result.err
    assert "C002" in result.out


def test_a_folder_of_plugins_that_is_not_there_is_wrong_usage(run) -> None:
    result = run("run", "--plugins", "nowhere")
    assert result.code == 2
    assert "SC514" in result.err


def test_a_filler_fills_no_metric_whose_type_failed(run, change, plugin) -> None:
    plugin(METRIC_TYPE.format(body='raise RuntimeError("boom")', how=BY_FUNCTION))
    change((SALES, f"{SALES}\n  odd: {{source: orders, type: odd, worst: 0, target: 1000, missing: 100}}"))
    result = run("run", "--format", "csv")
    assert result.code == 3
    rows = list(csv.DictReader(io.StringIO(result.out)))
    assert {row["score"] for row in rows} == {""}


def test_a_run_of_several_periods_keeps_those_that_did_not_fail(run, change, plugin, folder: Path) -> None:
    answer = 'return pd.DataFrame({"entity": [0, 1], "value": [500.0, 500.0]})'
    body = f'if window[0].month == 4:\n        raise RuntimeError("boom")\n    {answer}'
    plugin(METRIC_TYPE.format(body=body, how=BY_FUNCTION))
    (folder / "orders.csv").write_text(
        "customer_id,day,amount\nC001,2026-02-02,5\nC001,2026-05-02,5\nC001,2026-08-02,5\n", encoding="utf-8"
    )
    change(("measure: sum(amount)", "type: odd"))
    result = run("run", "--format", "csv", "--period", "2026-Q1..2026-Q3")
    assert result.code == 3
    scores = {row["period"]: row["score"] for row in csv.DictReader(io.StringIO(result.out)) if row["customer_id"] == "C002"}
    assert scores == {"2026-Q1": "50", "2026-Q2": "", "2026-Q3": "50"}
