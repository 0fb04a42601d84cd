"""The commands one by one: what they show, and what they refuse."""

from __future__ import annotations

import csv
import io
import json
from importlib import import_module
from pathlib import Path

import pytest

from scorecard.builtin.metrics import IDS
from scorecard.cli.explain import key_of
from scorecard.cli.init import TEMPLATES
from scorecard.cli.main import COMMANDS
from scorecard.errors import UsageError


def column(text: str, word: str) -> list[str]:
    """The words of a table below a heading, by their place on the line."""
    lines = text.splitlines()
    head = next(line for line in lines if word in line)
    return lines[lines.index(head) + 1 :]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_says_what_the_list_says(name: str) -> None:
    command = import_module(f"scorecard.cli.{name}").command
    assert command.name == name
    assert command.help.startswith(COMMANDS[name].removesuffix("."))


def test_help_lists_every_command(run) -> None:
    result = run("--help")
    assert result.code == 0
    assert all(name in result.out for name in COMMANDS)


def test_the_version(run) -> None:
    assert run("--version").out.startswith("scorecard 0.")


def test_options_work_on_both_sides_of_the_command(run) -> None:
    before = run("--lang", "zh", "run", "acme.scorecard.yaml")
    after = run("run", "acme.scorecard.yaml", "--lang", "zh")
    assert before == after
    assert "客户健康评分" in after.out


def test_the_language_comes_from_the_environment(run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert "得分" in run("run", "acme.scorecard.yaml").out
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    assert "score" in run("run", "acme.scorecard.yaml").out


def test_the_worst_score_comes_first_and_those_without_one_last(run) -> None:
    lines = column(run("run", "acme.scorecard.yaml").out, "customer_id")[:4]
    assert [line.split()[0] for line in lines] == ["上海某某科技", "A1", "C3", "D4"]


def test_where_low_scores_are_good_the_highest_comes_first(run, write) -> None:
    name = write(("title: {en: Customer", "direction: lower\ntitle: {en: Customer"))
    result = run("run", name)
    assert [line.split()[0] for line in column(result.out, "customer_id")[:3]] == ["上海某某科技", "A1", "C3"]
    lost = run("explain", name, "-e", "customer_id=A1").out.split("What costs points")[1].split("What one metric")[0]
    rows = [line.rsplit(maxsplit=1) for line in lost.splitlines() if line.strip() and not line.startswith("-")]
    numbers = [float(number.replace("−", "-")) for _, number in rows]
    assert round(sum(numbers[:-1]), 6) == numbers[-1] > 0


def test_the_whole_portfolio_is_one_row(run, folder: Path) -> None:
    (folder / "all.scorecard.yaml").write_text(
        "schema: scorecard/1\nentity: {key: []}\nsources: {s: {type: inline, rows: [{a: 1}, {a: 5}]}}\n"
        "metrics: {x: {source: s, measure: mean(a), worst: 0, target: 10}}\ngates: {most: {require: total.score > 50}}\n",
        encoding="utf-8",
    )
    result = run("run", "all.scorecard.yaml")
    assert result.code == 1
    assert "30.0" in result.out
    assert "gate most fails for 1: the whole portfolio" in result.out
    assert run("explain", "all.scorecard.yaml").code == 0


def test_bounds_behind_a_formula_are_marked(run, write) -> None:
    name = write(more="  derived: {measure: rating.value * 10, worst: 0, target: 50}\n")
    result = run("run", name)
    assert "(~" in result.out
    assert "not guaranteed" in result.out


def test_by_key(run) -> None:
    lines = column(run("run", "acme.scorecard.yaml", "--sort", "key").out, "customer_id")[:4]
    assert [line.split()[0] for line in lines] == ["A1", "C3", "D4", "上海某某科技"]


def test_trap_13_an_entity_without_a_score_is_shown_with_the_reason(run) -> None:
    result = run("run", "acme.scorecard.yaml")
    (line,) = (line for line in result.out.splitlines() if line.startswith("D4"))
    assert "too little measured" in line
    assert "no score" in result.out


def test_records_of_nobody_are_said(run) -> None:
    assert "SC610" in run("run", "acme.scorecard.yaml").out


def test_rows_that_are_left_out_are_counted(run) -> None:
    result = run("run", "acme.scorecard.yaml", "--top", "1")
    assert "3 more not shown" in result.out


def test_a_pipe_gets_neither_color_nor_blocks_and_stays_aligned(run) -> None:
    from rich.cells import cell_len

    text = run("run", "acme.scorecard.yaml").out
    assert not {"\x1b", "█", "│", "─", "▲"} & set(text)
    assert not [line for line in text.splitlines() if line != line.rstrip()]
    head, *rows = [line for line in text.splitlines() if "strategic" in line or "standard" in line or "customer_id" in line]
    place = cell_len(head[: head.index("tier")])
    for row in rows:
        word = "strategic" if "strategic" in row else "standard"
        assert cell_len(row[: row.index(word)]) == place


def test_a_name_cannot_steer_the_terminal(run, write) -> None:
    name = write(("{customer_id: C3, tier: standard}", '{customer_id: C3, tier: "\\e[2J[bold]x\\u202e"}'))
    text = run("run", name).out
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "[bold]x" in text


def test_several_forms_at_once(run, folder: Path) -> None:
    result = run(
        "run", "acme.scorecard.yaml", "--out", "s.csv", "--out", "s.json", "--out", "s.md", "--out", "s.parquet", "--out", "s.jsonl"
    )
    assert result.code == 0
    assert "wrote s.parquet" in result.err
    assert sorted(path.name for path in folder.iterdir()) == ["acme.scorecard.yaml", "s.csv", "s.json", "s.jsonl", "s.md", "s.parquet"]


def test_csv_on_stdout(run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("run", "acme.scorecard.yaml", "--format", "csv").out)))
    assert [row["customer_id"] for row in rows] == ["A1", "上海某某科技", "C3", "D4"]
    assert rows[3]["score"] == ""


def test_explain_adds_up(run) -> None:
    text = run("explain", "acme.scorecard.yaml", "-e", "customer_id=A1").out
    made, lost = text.split("What one metric")[0].split("What costs points")
    for part, total in ((made.split("What the score is made of")[1], "Score"), (lost, "Points lost")):
        rows = [line.rsplit(maxsplit=1) for line in part.splitlines() if line.strip() and not line.startswith("-")]
        numbers = [float(number.replace("−", "-")) for _, number in rows]
        assert rows[-1][0].startswith(total)
        assert round(sum(numbers[:-1]), 6) == numbers[-1]


def test_trap_20_a_cap_is_a_line_of_the_ledger(run, write) -> None:
    rule = "rules: {capped: {when: rating.value > 4, cap: red, reason: {en: Nobody above red, zh: 封顶}}}\n"
    text = run("explain", write(more=rule), "-e", "customer_id=A1").out
    assert "rule capped caps: 73.8 → 59.9 – Nobody above red" in text
    assert ["rule", "capped", "−13.9"] in [line.split() for line in text.splitlines()]


def test_trap_15_the_weight_used_is_shown_beside_the_weight_written(run) -> None:
    text = run("explain", "acme.scorecard.yaml", "-e", "customer_id=C3").out
    assert "weight 3, counts 100%" in text
    assert "weight 1, counts 0%" in text


def test_trap_13_a_missing_metric_is_explained(run) -> None:
    text = run("explain", "acme.scorecard.yaml", "-e", "customer_id=D4").out
    assert "missing: no record" in text


def test_explain_says_where_a_target_comes_from(run, write) -> None:
    segment = 'segments: {strategic: {when: tier == "strategic", metrics: {rating: {target: 4.5}}}}\n'
    text = run("explain", write(more=segment), "-e", "customer_id=A1").out
    assert "target 4.5, by segment strategic, own.scorecard.yaml:25" in text


def test_explain_as_json(run) -> None:
    result = run("explain", "acme.scorecard.yaml", "-e", "customer_id=A1", "--format", "json")
    record = json.loads(result.out)
    assert record["total"]["score"] == 73.8
    assert round(sum(line["points"] for line in record["ledger"]), 9) == 73.8
    assert round(sum(line["points"] for line in record["lost"]), 9) == 26.2


def test_explaining_an_entity_without_a_score_is_inconclusive(run) -> None:
    assert run("explain", "acme.scorecard.yaml", "-e", "customer_id=D4").code == 4


@pytest.mark.parametrize(("entity", "code"), [("customer_id=A11", "SC707"), ("customer=A1", "SC706"), ("A1", "SC718")])
def test_an_entity_that_is_not_there(run, entity: str, code: str) -> None:
    result = run("explain", "acme.scorecard.yaml", "-e", entity)
    assert result.code == 2
    assert code in result.err


def test_an_entity_that_is_not_named(run) -> None:
    result = run("explain", "acme.scorecard.yaml")
    assert result.code == 2
    assert "name one of them with -e; allowed: customer_id=" in result.err
    assert "as in customer_id=A1" in run("explain", "acme.scorecard.yaml", "-e", "A1").err


def test_advice_from_a_definition_that_has_none(run) -> None:
    assert "the definition has no `recommendations:`" in run("advise", "acme.scorecard.yaml").out


def test_the_parts_of_a_key() -> None:
    assert key_of(["a=1", "b=2"]) == {"a": "1", "b": "2"}
    assert key_of(["a=1,b=2"]) == {"a": "1", "b": "2"}
    assert key_of(["a=Acme, Inc.,b=x=y"]) == {"a": "Acme, Inc.", "b": "x=y"}
    with pytest.raises(UsageError):
        key_of(["=1"])


def test_init_writes_what_runs_and_validates(run, folder: Path) -> None:
    written = run("init", "demo")
    assert written.code == 0
    assert written.err == "wrote demo.scorecard.yaml\nwrote scorecard.schema.json\n"
    assert written.out == "scorecard run demo.scorecard.yaml\nscorecard explain demo.scorecard.yaml -e customer_id=C001\n"
    assert run("validate", "demo.scorecard.yaml").out.startswith("1 definition fine\n")
    for line in written.out.splitlines():
        assert run(*line.split()[1:]).code == 0
    assert json.loads((folder / "scorecard.schema.json").read_text("utf-8"))["title"] == "scorecard definition"


def test_init_writes_into_a_folder_and_its_commands_lead_there(run, folder: Path) -> None:
    written = run("init", "retail-loyalty", "clients/acme")
    assert {path.name for path in (folder / "clients" / "acme").iterdir()} == {
        "retail-loyalty.scorecard.yaml",
        "retail-stores.scorecard.yaml",
        "scorecard.schema.json",
    }
    for line in written.out.splitlines():
        assert str(Path("clients/acme")) in line
        assert run(*line.split()[1:]).code == 0


@pytest.mark.parametrize(("language", "said"), [("en", "members of a sales team"), ("zh", "德能勤绩")])
def test_init_without_a_name_lists_the_templates(run, folder: Path, language: str, said: str) -> None:
    before = set(folder.iterdir())
    listing = run("init", "--lang", language)
    assert listing.code == 0
    names = [line.split()[0] for line in listing.out.partition("\n\n")[0].splitlines()]
    assert names == list(TEMPLATES)
    assert said in listing.out
    assert set(folder.iterdir()) == before


def test_init_never_overwrites(run, folder: Path) -> None:
    run("init", "demo")
    (folder / "demo.scorecard.yaml").write_text("mine", "utf-8")
    result = run("init", "demo")
    assert result.code == 2
    assert "SC719" in result.err
    assert (folder / "demo.scorecard.yaml").read_text("utf-8") == "mine"


def test_init_writes_nothing_where_one_of_its_files_is_there(run, folder: Path) -> None:
    (folder / "retail-stores.scorecard.yaml").write_text("mine", "utf-8")
    assert run("init", "retail-loyalty").code == 2
    assert not (folder / "retail-loyalty.scorecard.yaml").exists()


def test_init_leaves_the_schema_that_is_there(run, folder: Path) -> None:
    (folder / "scorecard.schema.json").write_text("{}", "utf-8")
    assert run("init", "demo").code == 0
    assert (folder / "scorecard.schema.json").read_text("utf-8") == "{}"


@pytest.mark.parametrize("name", ["../demo", "a b", "", "-x", "acme"])
def test_init_knows_its_templates_only(run, name: str) -> None:
    assert run("init", "--", name).code == 2


def test_init_says_which_template_was_meant(run) -> None:
    assert "did you mean 'service-desk'?" in run("init", "servicedesk").err


def test_init_into_a_folder_that_is_a_file(run, folder: Path) -> None:
    result = run("init", "demo", "acme.scorecard.yaml")
    assert result.code == 3
    assert "SC717" in result.err


def test_plugins_lists_and_shows(run) -> None:
    listing = run("plugins")
    assert listing.code == 0
    assert all(id in listing.out for id in ("nps", "csv", "markdown"))
    page = run("plugins", "show", "nps").out
    assert "Net promoter score" in page
    assert "formula:" in page
    assert run("plugins", "show", "np").code == 2


@pytest.mark.parametrize("id", IDS)
def test_every_metric_type_can_be_shown(run, id: str) -> None:
    shown = run("plugins", "show", id)
    assert shown.code == 0
    assert shown.out.startswith(f"{id} – ")


def test_a_metric_type_that_needs_one_of_two_params_is_shown_without_a_formula(run) -> None:
    assert "formula:" not in run("plugins", "show", "cac").out


def test_a_plugin_of_a_folder_is_listed_with_its_name(run, folder: Path) -> None:
    (folder / "mine").mkdir()
    (folder / "mine" / "ours.py").write_text(
        "from scorecard.hooks import hookimpl\nfrom scorecard.hooks.contracts import Reporter\nfrom scorecard.model.text import Text\n"
        "__version__ = '7'\n"
        "def write(evaluation, options):\n    raise RuntimeError('cannot')\n"
        "@hookimpl\ndef scorecard_reporters():\n"
        "    yield Reporter(id='shout', title=Text.of('Shout'), doc='Loud.', write=write, suffixes=('.loud',))\n",
        encoding="utf-8",
    )
    assert "(ours 7)" in run("plugins", "--plugins", "mine").out
    result = run("run", "acme.scorecard.yaml", "--plugins", "mine", "--out", "x.loud")
    assert result.code == 3
    assert "the reporter 'shout' failed: RuntimeError: cannot" in result.err
    assert not (folder / "x.loud").exists()
    (folder / "mine" / "ours.py").write_text((folder / "mine" / "ours.py").read_text("utf-8").replace("__version__ = '7'", ""), "utf-8")
    assert "(ours)" in run("plugins", "--plugins", "mine").out


def test_schema_prints_both(run) -> None:
    assert json.loads(run("schema").out)["title"] == "scorecard definition"
    assert json.loads(run("schema", "--output").out)["title"] == "Evaluation of a scorecard"


def test_many_definitions_are_checked_by_several_processes_and_told_in_their_order(run, write, folder: Path) -> None:
    text = Path(write()).read_text("utf-8")
    for number in range(60):
        (folder / f"c{number:02}.scorecard.yaml").write_text(
            text.replace("target: 5}", "targt: 5}" if number % 20 == 3 else "target: 5}"), "utf-8"
        )
    result = run("validate", *(f"c{number:02}.scorecard.yaml" for number in range(60)))
    assert result.code == 1
    assert [line.split(":")[0] for line in result.err.splitlines() if "SC104" in line] == [
        f"c{at}.scorecard.yaml" for at in ("03", "23", "43")
    ]
    assert result.err.count("SC104") == 3
