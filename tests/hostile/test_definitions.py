"""Definitions that no one should write, and what is said about them."""

from __future__ import annotations

from pathlib import Path

import pytest

BOMB = "a: &a [1,1,1,1,1,1,1,1,1]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)

FILES = {
    "empty": (b"", "SC005", "1:1"),
    "only a comment": (b"# nothing yet\n", "SC005", "1:1"),
    "a list": (b"- a\n- b\n", "SC006", "1:1"),
    "a word": (b"hello\n", "SC006", "1:1"),
    "tabs": (b"schema: scorecard/1\nmetrics:\n\tsales: {measure: sum(a)}\n", "SC007", "3:1"),
    "100 MB": (b"# " + b"x" * 100_000_000, "SC004", "1:1"),
    "aliases that expand without end": (BOMB.encode(), "SC011", "6:8"),
    "an alias in itself": (b"a: &a [*a]\n", "SC011", "1:8"),
    "ten thousand brackets": (b"a: " + b"[" * 10_000 + b"]" * 10_000, "SC012", "1:67"),
    "three thousand mappings": ("".join(" " * depth + "a:\n" for depth in range(3000)).encode(), "SC012", "65:65"),
    "a byte that is no UTF-8": (b"schema: scorecard/1\ntitle: \xff\xfe\n", "SC003", "2:8"),
    "GBK": ("schema: scorecard/1\ntitle: 客户\n".encode("gbk"), "SC003", "2:8"),
    "UTF-16": ("schema: scorecard/1\n".encode("utf-16"), "SC003", "1:1"),
    "a null byte": (b"schema: scorecard/1\ntitle: a\x00b\n", "SC014", "2:9"),
    "a tag that would make an object": (b"schema: !!python/object/apply:os.system [id]\n", "SC010", "1:9"),
    "a key twice": (b"schema: scorecard/1\nschema: scorecard/1\n", "SC009", "2:1"),
}


@pytest.mark.parametrize(("content", "code", "place"), FILES.values(), ids=FILES)
@pytest.mark.parametrize("command", ["run", "validate"])
def test_trap_27_what_is_no_definition_is_said_with_its_place(run, folder: Path, content, code, place, command) -> None:
    (folder / "acme.scorecard.yaml").write_bytes(content)
    result = run(command)
    assert result.code == 1
    assert f"acme.scorecard.yaml:{place}: {code} " in result.err
    assert len(result.err) < 3000


FORMULAS = {
    "ten thousand brackets": ("(" * 10_000 + "amount" + ")" * 10_000, "SC306"),
    "nested within the length": ("-" * 1900 + "sum(amount)", "SC306"),
    "a call into Python": ("__import__('os').system('id')", "SC3"),
    "an attribute of an object": ("amount.__class__", "SC3"),
    "a lambda": ("(lambda: 1)()", "SC3"),
    "a comprehension": ("[x for x in amount]", "SC3"),
    "an assignment": ("(x := 1)", "SC3"),
    "a power without end": ("9**9**9**9", "SC3"),
}


@pytest.mark.parametrize(("formula", "code"), FORMULAS.values(), ids=FORMULAS)
def test_trap_27_a_hostile_formula_is_refused_before_it_is_read(run, change, formula: str, code: str) -> None:
    change(("measure: sum(amount)", f'measure: "{formula}"'))
    result = run()
    assert result.code == 1
    assert "acme.scorecard.yaml:9:" in result.err
    assert code in result.err


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param((("target: 1000", "target: 1000, weight: 0"),), "SC414", id="all weights zero"),
        pytest.param((("target: 1000", "target: 0"),), "SC407", id="target equal to worst"),
        pytest.param((("target: 1000", "target: 1000, weight: -1"),), "SC4", id="a negative weight"),
        pytest.param((("metrics:\n  sales: {source: orders, measure: sum(amount), worst: 0, target: 1000}\n", ""),), "SC4", id="no metric"),
        pytest.param((("type: csv, path: orders.csv", "type: cvs, path: orders.csv"),), "SC205", id="no such source type"),
    ],
)
def test_what_can_give_no_score_is_an_error_of_the_definition(run, change, changes, code: str) -> None:
    change(*changes)
    result = run()
    assert result.code == 1
    assert code in result.err
    assert result.out == ""


def test_target_equal_to_worst_for_one_entity_fails_for_that_one_only(run, change) -> None:
    change(("target: 1000", "target: 'if_else(tier == \"big\", 0, 1000)'"))
    result = run("run", "--format", "csv")
    assert result.code == 0
    rows = {line.split(",")[1]: line.split(",") for line in result.out.splitlines()}
    assert rows["C001"][3] == ""
    assert rows["C002"][3] == "80"


def test_no_applicable_metric_is_no_pass(run, change) -> None:
    change(("target: 1000", 'target: 1000, applies_when: tier == "none"'))
    result = run()
    assert result.code == 4
    assert "nothing applies" in result.out


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2020-Q1", "they reach from 2026-07-02 to 2026-08-02"),
        ("2030-Q1", "they reach from 2026-07-02 to 2026-08-02"),
        ("2026Q3", "write one like 2026-Q3"),
        ("2026-Q5", "write one like 2026-Q3"),
        ("2026-Q3..", "write one like 2026-Q3"),
        ("latest..2020-Q1", "the first of two comes first"),
        ("", "write one like 2026-Q3"),
    ],
)
def test_a_period_without_data_or_misspelt_is_wrong_usage(run, period: str, said: str) -> None:
    result = run("run", "--period", period)
    assert result.code == 2
    assert said in result.err
    assert result.out == ""


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("customer_id=C00l", "did you mean 'C00"),
        ("customer=C001", "did you mean 'customer_id'?"),
        ("C001", "customer_id=C001"),
        ("customer_id=", "no entity is called"),
    ],
)
def test_an_unknown_entity_is_told_the_near_ones(run, key: str, said: str) -> None:
    result = run("explain", "-e", key)
    assert result.code == 2
    assert said in result.err
