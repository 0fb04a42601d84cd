"""Reading YAML: what plain data it gives, where things stand, and what is refused."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from scorecard.definition import read
from scorecard.definition.document import Document
from scorecard.definition.layers import load
from scorecard.definition.read import DEEPEST, MOST_NODES, read_text


def document(text: str) -> Document:
    found, issues = read_text(text, "a.yaml")
    assert issues == []
    assert found is not None
    return found


def codes(text: str) -> list[str]:
    return [issue.code for issue in read_text(text, "a.yaml")[1]]


@pytest.fixture(params=["libyaml", "python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both parsers: the C library where PyYAML has it, and PyYAML's own."""
    monkeypatch.setattr(yaml, "__with_libyaml__", request.param == "libyaml" and yaml.__with_libyaml__)
    return str(request.param)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("no", "no"),
        ("on", "on"),
        ("off", "off"),
        ("yes", "yes"),
        ("y", "y"),
        ("n", "n"),
        ("08", "08"),
        ("-08.5", "-08.5"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        ("2026-01-01", "2026-01-01"),
        ("12:30:45", "12:30:45"),
        ("85%", "85%"),
        ("1e3", 1000.0),
        ("-2.5", -2.5),
        (".5", 0.5),
        ("0", 0),
        ("+7", 7),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ('"1"', "1"),
        ("'true'", "true"),
        ("=", "="),
        ("-x", "-x"),
    ],
)
def test_trap_26_scalars_mean_what_the_author_wrote(parser: str, written: str, meant: object) -> None:
    found = document(f"a: {written}\nb: 1").data["a"]
    assert found == meant
    assert type(found) is type(meant)


@pytest.mark.parametrize("key", ["no", "08", "2026", "1e3", "true", "null", "2026-01-01"])
def test_trap_26_keys_are_text(parser: str, key: str) -> None:
    assert list(document(f"{key}: 1").data) == [key]


@pytest.mark.parametrize("written", [".inf", "-.INF", ".nan", "1e999", "9" * 400])
def test_numbers_without_end_are_refused(written: str) -> None:
    assert codes(f"a: {written}") == ["SC015"]


def test_places_are_of_keys_and_values(parser: str) -> None:
    found = document("题: x\nmetrics:\n  csat: {worst: 20, 'target': \"a b\"}\n  list: [1, {k: 2}]\n")
    root = found.root
    target = root.at(("metrics", "csat", "target"))
    assert str(target.key) == "a.yaml:3:21"
    assert (target.value.line, target.value.column, target.value.length) == (3, 31, 5)
    assert target.text.column == 32
    assert root.at(("metrics", "list", 1, "k")).value.column == 17
    assert root.at(("metrics", "csat")).value.column == 3
    assert root.at(("题",)).value.column == 4
    assert root.at(("metrics", "no", "such")).key == root.at(("metrics",)).key
    assert found.line(2) == "metrics:"
    assert found.line(9) is None


def test_trap_26_duplicate_keys_are_an_issue_and_the_first_stays(parser: str) -> None:
    found, issues = read_text("a: 1\nb: 2\na: {c: 3}\n", "a.yaml")
    assert found is not None
    assert found.data == {"a": 1, "b": 2}
    assert [(issue.code, str(issue.place), issue.values["first_line"]) for issue in issues] == [("SC009", "a.yaml:3:1", 1)]


def test_everything_is_reported_in_one_pass() -> None:
    assert codes("a: 1\na: 2\nb: !x 1\nc: .nan\nd: *e\nf: {measure: max(a, b)}\n") == ["SC009", "SC010", "SC015", "SC018", "SC017"]


def test_a_formula_cut_by_a_comma_is_put_together() -> None:
    found, issues = read_text("m: {measure: quantile(a, 0.5), n: max_of(f(a, b), 0.5), k: 1}", "a.yaml")
    assert found is not None
    assert found.data["m"] == {"measure": "quantile(a, 0.5)", "n": "max_of(f(a, b), 0.5)", "k": 1}
    assert [issue.values["key"] for issue in issues] == ["measure", "n"]


def test_text_without_open_brackets_is_no_cut_formula() -> None:
    assert codes("m: {measure: a, b}") == []


def test_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: |\r\n  x\r\n  y\r\n")
    found, issues = load(str(file))
    assert issues == []
    assert found is not None
    assert found.data == {"a": 1, "b": "x\ny\n"}
    assert found.line(1) == "a: 1"


def test_trap_27_a_file_of_100_mb_is_refused_by_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "large.yaml"
    with file.open("wb") as stream:
        stream.truncate(100_000_000)
    monkeypatch.setattr("builtins.open", lambda *_, **__: pytest.fail("the file was opened"))
    found, issues = load(str(file))
    assert found is None
    assert [issue.code for issue in issues] == ["SC004"]


def test_latin_1_is_refused_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes("a: 1\ntitle: für\n".encode("latin-1"))
    found, issues = load(str(file))
    assert found is None
    assert [(issue.code, issue.place and (issue.place.line, issue.place.column)) for issue in issues] == [("SC003", (2, 9))]


@pytest.mark.parametrize(("name", "code"), [("missing.yaml", "SC001"), (".", "SC002"), ("a\0b", "SC002")])
def test_files_that_cannot_be_read(tmp_path: Path, name: str, code: str) -> None:
    assert [issue.code for issue in load(f"{tmp_path}/{name}")[1]] == [code]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "SC005"),
        ("# nothing\n", "SC005"),
        ("---\n", "SC005"),
        ("- a", "SC006"),
        ("only text", "SC006"),
        ("a:\n\tb: 1", "SC007"),
        ("a: {b: 1", "SC008"),
        ("a: b: c", "SC008"),
        ('a: "x', "SC008"),
        ("a: @x", "SC008"),
        ("- a\nb: c", "SC008"),
        ("%YAML 3.0\n---\na: 1", "SC008"),
        ("a: !!python/object:os.system x", "SC010"),
        ("!!map {a: 1}", "SC010"),
        ("a: 1\n---\nb: 1", "SC013"),
        ("a: x\x00y", "SC014"),
        ("a: x\x07y", "SC014"),
        ("? [a]\n: 1", "SC016"),
        ("b: &b 1\n*b : 1", "SC016"),
        ("a: &a [*a]", "SC011"),
    ],
)
def test_what_is_refused(parser: str, text: str, code: str) -> None:
    assert codes(text) == [code]


@pytest.mark.parametrize("text", ["[" * 10_000, "a: " + "{a: " * 10_000, "\n".join(" " * at + "a:" for at in range(10_000)), "- " * 10_000])
def test_trap_27_ten_thousand_levels(parser: str, text: str) -> None:
    assert codes(text) == ["SC012"]


def test_the_deepest_level_is_still_read(parser: str) -> None:
    assert codes("a: " + "[" * (DEEPEST - 1) + "]" * (DEEPEST - 1)) == []
    assert codes("a: " + "[" * DEEPEST + "]" * DEEPEST) == ["SC012"]


def test_trap_27_aliases_that_expand_without_end(parser: str) -> None:
    names = "abcdefghi"
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]" for before, name in pairwise(names)]
    assert codes("\n".join(lines)) == ["SC011"]


def test_trap_27_aliases_that_nest_without_end() -> None:
    lines = ["a0: &a0 [x]", *(f"a{at}: &a{at} [*a{at - 1}]" for at in range(1, 100))]
    assert codes("\n".join(lines)) == ["SC012"]


def test_a_few_aliases_are_fine(parser: str) -> None:
    assert document("a: &a {x: [1, 2]}\nb: *a\nc: &c t\nd: *c").data == {"a": {"x": [1, 2]}, "b": {"x": [1, 2]}, "c": "t", "d": "t"}


def test_many_values_without_aliases_are_fine() -> None:
    rows = ", ".join(["1"] * (MOST_NODES + 10))
    assert len(document(f"rows: [{rows}]").data["rows"]) == MOST_NODES + 10


def test_the_size_of_a_text_is_looked_at_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "LARGEST", 3)
    text, issues = read.decode(b"a: 1", "a.yaml")
    assert text is None
    assert [issue.code for issue in issues] == ["SC004"]
