"""What a definition calls its rules, exemptions and segments is what people read, in their language; machines read the ids."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

DATED = (
    ("bands:", "period: {every: year}\nbands:"),
    ("  surveys:\n    type: inline", "  surveys:\n    type: inline\n    time: day"),
    *(
        (f"{{customer_id: {who}, rating", f"{{day: 2025-03-01, customer_id: {who}, rating")
        for who in ("A1", "上海某某科技", "C3", "nobody")
    ),
)
RULE = """\
rules:
  capped:
    title: {en: Too good to be true, zh: 好得不像真的}
    when: rating.value > 4
    cap: red
    reason: {en: Nobody above red, zh: 封顶}
"""
MORE = (
    RULE
    + """\
exemptions:
  moving:
    title: {en: Moving house, zh: 搬迁期}
    of: nps
    when: tier == "standard"
    until: 2099-12-31
    reason: {en: No surveys, zh: 暂停调查}
segments:
  large:
    title: {en: Large customers, zh: 大客户}
    when: tier == "strategic"
    metrics: {rating: {target: 4.8}}
"""
)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["rule “Too good to be true” caps", "exemption “Moving house”", "Large customers", "by segment “Large customers”"]),
        ("zh", ["规则 “好得不像真的”", "“搬迁期”", "大客户"]),
    ],
)
def test_an_explanation_speaks_of_rules_exemptions_and_segments_by_their_titles(run, write, language: str, words: list[str]) -> None:
    name = write(*DATED, more=MORE)
    told = "".join(run("explain", name, "-e", f"customer_id={who}", "--lang", language).out for who in ("A1", "C3"))
    assert [word for word in words if word not in told] == []
    assert not any(id in told for id in ("capped", "moving", "large"))


def test_a_rule_without_a_title_is_called_by_its_id(run, write) -> None:
    rule = RULE.replace("    title: {en: Too good to be true, zh: 好得不像真的}\n", "")
    assert "rule capped caps" in run("explain", write(more=rule), "-e", "customer_id=A1").out


def test_the_points_that_a_rule_takes_are_called_by_its_title_in_every_report(run, write, tmp_path: Path) -> None:
    name = write(*DATED, more=MORE)
    files = [tmp_path / f"report.{suffix}" for suffix in ("html", "docx", "xlsx")]
    assert run("run", name, *(part for file in files for part in ("--out", str(file))), "--lang", "zh").code == 0
    assert "好得不像真的" in run("run", name, "--lang", "zh").out
    assert "好得不像真的" in files[0].read_text("utf-8")
    assert "好得不像真的" in zipfile.ZipFile(files[1]).read("word/document.xml").decode()
    cells = {cell for sheet in load_workbook(files[2]) for row in sheet.iter_rows(values_only=True) for cell in row if cell}
    assert {"好得不像真的", "capped", "大客户", "large"} <= cells


def test_machines_read_the_id_with_the_title_beside_it(run, write) -> None:
    name = write(*DATED, more=MORE)
    of_one = json.loads(run("explain", name, "-e", "customer_id=A1", "--format", "json", "--lang", "zh").out)
    assert [(rule["id"], rule["title"]) for rule in of_one["total"]["rules"]] == [("capped", "好得不像真的")]
    assert of_one["segments"] == ["large"]
    assert "capped" in {line["rule"] for line in of_one["lost"]}
    other = json.loads(run("explain", name, "-e", "customer_id=C3", "--format", "json").out)
    (nps,) = (node for node in other["total"]["children"] if node["id"] == "nps")
    assert (nps["exemption"]["id"], nps["exemption"]["title"]) == ("moving", "Moving house")
    assert json.loads(run("run", name, "--format", "json").out)["entities"][0]["rules"] == {"capped": "yes"}


def test_a_title_that_is_a_program_stays_text(run, write, tmp_path: Path) -> None:
    hostile = RULE.replace("{en: Too good to be true, zh: 好得不像真的}", '"<script>alert(1)</script>\\e[31m=1+1"')
    name, report = write(more=hostile), tmp_path / "report.html"
    told = run("explain", name, "-e", "customer_id=A1").out
    assert "<script>alert(1)</script>" in told
    assert "\x1b[31m" not in told
    assert run("run", name, "--out", str(report)).code == 0
    assert "<script>alert(1)" not in report.read_text("utf-8")


def test_a_new_title_changes_no_score(run, write) -> None:
    before, after = write(more=RULE, name="before.scorecard.yaml"), write(more=RULE.replace("Too good", "Much too good"))
    assert "not scored  rule capped, title: Too good to be true → Much too good to be true" in run("diff", before, after).out


# ------------------------------------------------------------ a title in place of an id

ALL = ("coverage: 0.5", "coverage: 0")
RED = ("red: {from: 0}", "red: {from: 0, title: {en: At risk, zh: 预警}}")


@pytest.mark.parametrize("called", ["red", "At risk", "at risk", "预警"])
def test_a_band_is_called_by_its_id_or_by_its_title_in_any_language(run, write, called: str) -> None:
    name = write(ALL, RED)
    asked = [("run", "--fail-on", called), ("run", "--only", called), ("reach", "--band", {"red": "amber"}.get(called, "关注"))]
    codes = [run(command, name, *options).code for command, *options in asked]
    assert codes == [1, 0, 0]
    assert run("run", name, "--only", called, "--format", "csv").out == run("run", name, "--only", "red", "--format", "csv").out


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "red (At risk), amber (Watch), green, insufficient (too little measured)"), ("zh", "red（预警）、amber（关注）、green")],
)
@pytest.mark.parametrize("option", ["--fail-on", "--only"])
def test_a_band_that_is_not_there_is_answered_with_all_that_are(run, write, option: str, language: str, said: str) -> None:
    result = run("run", write(RED), option, "purple", "--lang", language)
    assert (result.code, "SC711" in result.err) == (2, True)
    assert said in " ".join(result.err.split())


@pytest.mark.parametrize("called", ["rating", "Mean rating", "平均评分"])
def test_a_node_is_called_by_its_id_or_by_its_title(run, write, called: str) -> None:
    name = write()
    assert run("show", name, "--of", called).out == run("show", name, "--of", "rating").out != ""
    asked = ("-e", "customer_id=A1", "--format", "json")
    for supposed in ("{}=5", "weight.{}=2", "threshold.{}.关注=3"):
        told = [json.loads(run("whatif", name, *asked, "--set", supposed.format(one)).out) for one in (called, "rating")]
        assert [one.pop("supposed") for (one,) in told]
        assert told[0] == told[1]
    assert run("run", name, "--fail-under", f"{called}=20").code == run("run", name, "--fail-under", "rating=20").code
    assert run("certainty", name, "--noise", f"{called}=3%").code == 0
    assert run("weights", name, "--ranking", f"{called},NPS").out == run("weights", name, "--ranking", "rating,nps").out != ""


def test_one_number_is_supposed_once_whatever_it_is_called(run, write) -> None:
    result = run("whatif", write(), "-e", "customer_id=A1", "--set", "rating=5", "--set", "平均评分=4")
    assert (result.code, "SC730" in result.err) == (2, True)


def test_a_node_that_is_not_there_is_answered_with_what_was_meant(run, write) -> None:
    assert "did you mean 'Mean rating'?" in run("run", write(), "--fail-under", "Maen rating=5").err
    err = " ".join(run("run", write(), "--fail-under", "purple=5", "--lang", "zh").err.split())
    assert "rating（平均评分）" in err


def test_a_title_that_two_share_names_neither(run, write) -> None:
    name = write(("title: NPS", "title: Mean rating"))
    result = run("run", name, "--fail-under", "Mean rating=5")
    assert result.code == 2
    assert "did you mean 'rating' or 'nps'?" in result.err


# ------------------------------------------------------------ attributes and their values

CALLED = (
    "attributes: [tier]",
    "attributes: {tier: {title: {en: Tier, zh: 客户级别}, values: {strategic: {en: Strategic, zh: 战略客户}}}}",
)


@pytest.mark.parametrize(("language", "title", "word"), [("en", "Tier", "Strategic"), ("zh", "客户级别", "战略客户")])
def test_attributes_and_their_values_are_read_in_ones_language(run, write, tmp_path: Path, language: str, title: str, word: str) -> None:
    advice = 'recommendations: {call: {when: total.score > 0, action: "call the {tier} one"}}\n'
    name, asked = write(CALLED, more=advice), ("--lang", language)
    files = [tmp_path / f"report.{suffix}" for suffix in ("html", "docx", "xlsx", "md")]
    told = [run("run", name, *asked, *(part for file in files for part in ("--out", str(file)))).out]
    told += [run(*command, *asked).out for command in (("explain", name, "-e", "customer_id=A1"), ("chart", name, "heat", "--by", "tier"))]
    told += [files[0].read_text("utf-8"), zipfile.ZipFile(files[1]).read("word/document.xml").decode(), files[3].read_text("utf-8")]
    told.append(" ".join(str(cell) for sheet in load_workbook(files[2]) for row in sheet.iter_rows(values_only=True) for cell in row))
    assert [place for place, text in enumerate(told) if word not in text] == []
    assert [place for place, text in enumerate(told) if title not in text and place != 4] == []
    assert f"call the {word} one" in run("advise", name, "-e", "customer_id=A1", *asked).out


def test_a_value_without_a_word_is_said_as_it_stands(run, write) -> None:
    lines = run("run", write(CALLED)).out.splitlines()
    assert {line.split()[1] for line in lines if line.startswith(("C3", "上海"))} == {"standard"}


def test_machines_and_conditions_keep_the_names_and_values_of_the_data(run, write) -> None:
    rule = 'rules: {capped: {when: tier == "strategic", cap: 10}}\n'
    plain, called = write(more=rule), write(CALLED, more=rule, name="called.scorecard.yaml")
    assert run("run", called, "--format", "csv", "--lang", "zh").out == run("run", plain, "--format", "csv").out
    first = json.loads(run("run", called, "--format", "json", "--lang", "zh").out)
    assert first["scorecard"]["attributes"] == ["tier"]
    assert [one["attributes"] for one in first["entities"] if one["rules"]["capped"] == "yes"] == [{"tier": "strategic"}]


@pytest.mark.parametrize("asked", ["tier=strategic", "客户级别=战略客户", "Tier=strategic", "tier=Strategic"])
def test_who_is_meant_is_said_by_titles_too(run, write, asked: str) -> None:
    shown = json.loads(run("run", write(CALLED), "--only", asked, "--format", "json").out)
    assert [one["key"]["customer_id"] for one in shown["entities"]] == ["A1"]


def test_files_are_split_by_the_title_of_an_attribute(run, write, tmp_path: Path) -> None:
    name = write(CALLED)
    run("run", name, "--out", str(tmp_path / "{客户级别}.csv"))
    run("run", name, "--out", str(tmp_path / "list.csv"), "--split-by", "客户级别")
    assert {path.name for path in tmp_path.glob("*.csv")} == {
        "list-standard.csv", "list-strategic.csv", "standard.csv", "strategic.csv"
    }  # fmt: skip


def test_a_truth_or_a_number_has_a_word_as_well(run, write) -> None:
    known = (("tier: strategic}", "tier: strategic, vip: true, floor: 3}"), ("tier: standard}", "tier: standard, vip: false, floor: 2}"))
    called = ("attributes: [tier]", "attributes: {vip: {values: {true: Very important}}, floor: {values: {3: Third floor}}}")
    out = run("run", write(*known, called)).out
    assert "Very important" in out
    assert "Third floor" in out


def test_words_that_are_a_program_stay_text(run, write, tmp_path: Path) -> None:
    hostile = '"<script>alert(1)</script>\\e[31m=1+1"'
    name = write(("attributes: [tier]", f"attributes: {{tier: {{title: {hostile}, values: {{strategic: {hostile}}}}}}}"))
    files = [tmp_path / "report.html", tmp_path / "report.xlsx"]
    out = run("run", name, *(part for file in files for part in ("--out", str(file)))).out
    assert "<script>alert(1)</script>" in out
    assert "\x1b[31m" not in out
    assert "<script>alert(1)" not in files[0].read_text("utf-8")
    assert not any(cell.data_type == "f" and "1+1" in cell.value for row in load_workbook(files[1])["Scores"] for cell in row)


def test_saying_what_attributes_are_called_moves_nobody(run, write) -> None:
    plain, called = write(name="plain.scorecard.yaml"), write(CALLED)
    told = run("diff", plain, called).out
    assert "attributes.tier.title" in told
    assert "not scored" in told
    assert "Nobody's score or band changes." in told


@pytest.mark.parametrize(
    ("attributes", "code"),
    [
        ("{tier: {titel: Tier}}", "SC104"),
        ("{customer_id: {}}", "SC215"),
        ("{tier: {values: [strategic]}}", "SC101"),
        ("{tier，x: {}}", "SC118"),
    ],
)
def test_attributes_that_are_wrongly_named_are_pointed_out(run, write, attributes: str, code: str) -> None:
    result = run("validate", write(("attributes: [tier]", f"attributes: {attributes}")))
    assert (result.code, code in result.out + result.err) == (1, True)
    assert "own.scorecard.yaml:3:" in result.out + result.err


def test_a_word_that_lacks_a_language_is_a_note(run, write) -> None:
    name = write(("attributes: [tier]", "attributes: {tier: {title: {en: Tier, zh: 客户级别}, values: {strategic: {en: Strategic}}}}"))
    assert "SC847" in run("validate", name, "--notes").err


# ------------------------------------------------------------ units

UNIT = ("measure: mean(rating),", "measure: mean(rating), unit: {en: stars, zh: 星},")


@pytest.mark.parametrize(("language", "said"), [("en", "4.2 stars"), ("zh", "4.2 星")])
def test_a_unit_is_said_in_ones_language(run, write, tmp_path: Path, language: str, said: str) -> None:
    name, files = write(UNIT), [tmp_path / "report.html", tmp_path / "report.xlsx"]
    assert said in run("explain", name, "-e", "customer_id=A1", "--lang", language).out
    assert run("run", name, *(part for file in files for part in ("--out", str(file))), "--lang", language).code == 0
    assert said in files[0].read_text("utf-8")
    with_it = [
        sheet.title
        for sheet in load_workbook(files[1])
        if any(cell == said.split()[1] for row in sheet.iter_rows(values_only=True) for cell in row)
    ]
    assert len(with_it) == 3, "metrics, definition, what if"


def test_machines_read_one_unit_in_every_language(run, write) -> None:
    forms = [json.loads(run("run", write(UNIT), "--format", "json", "--lang", language).out) for language in ("en", "zh")]
    assert [form["entities"][0]["metrics"]["rating"]["unit"] for form in forms] == ["stars", "stars"]


def test_a_unit_that_is_known_keeps_its_meaning(run, write) -> None:
    name = write(("unit: percent", "unit: {en: percent, zh: 百分之}"))
    assert "40%" in run("explain", name, "-e", "customer_id=A1", "--lang", "zh").out


def test_the_unit_of_a_nearer_layer_takes_the_place_of_all_languages(run, write, folder: Path) -> None:
    lower = write(UNIT)
    upper = folder / "upper.scorecard.yaml"
    upper.write_text(f"schema: scorecard/1\nextends: {lower}\nmetrics: {{rating: {{unit: {{en: marks}}}}}}\n", encoding="utf-8")
    assert "4.2 marks" in run("explain", upper.name, "-e", "customer_id=A1", "--lang", "zh").out
    assert "rating" in run("show", upper.name, "--diff").out


def test_another_unit_moves_nobody(run, write) -> None:
    assert "not scored" in run("diff", write(name="plain.scorecard.yaml"), write(UNIT)).out
