"""A patch changes the one value that it is asked to change: the rest of the data, and of the text, stays."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.definition.check import check_file
from scorecard.definition.document import Where
from scorecard.definition.patch.edits import Edit, edits, patch
from scorecard.definition.patch.text import Scalar, patched
from scorecard.definition.read import read_text
from scorecard.errors import UsageError
from scorecard.hooks.registry import Registry
from scorecard.model.definition import Constant, Scorecard

SURVEY = """\
# what the board agreed on
metrics:
  csat: {group: satisfaction, type: csat, weight: 2, worst: 40, target: 90}   # asked twice a year
  满意度: {title: "客户满意度", weight: '3', "net": 1,
           worst: [0, 25]}
  nps:
    title: Net promoter score   # as the parent reports it
    thresholds: {amber: 0}
    note: |
      two lines
      of text

  bare: {thresholds: {amber: 1}}
  none: {}
  steps:
    - when: a > 1
      label: "high"
    - {otherwise: low}
"""


def data(text: str) -> dict[str, Any]:
    document, issues = read_text(text, "f.yaml")
    assert document is not None, issues
    return document.data


@pytest.mark.parametrize(
    ("where", "value", "before", "after"),
    [
        (("metrics", "csat", "weight"), 3, "weight: 2, worst", "weight: 3, worst"),
        (("metrics", "csat", "target"), "85%", "target: 90}   #", "target: 85%}   #"),
        (("metrics", "满意度", "weight"), 4.0, "weight: '3'", "weight: 4"),
        (("metrics", "满意度", "weight"), "4", "weight: '3'", "weight: '4'"),
        (("metrics", "满意度", "title"), '说 "好"', '"客户满意度"', '"说 \\"好\\""'),
        (("metrics", "满意度", "net"), 0.5, '"net": 1,', '"net": 0.5,'),
        (("metrics", "满意度", "worst", 1), 30, "[0, 25]", "[0, 30]"),
        (("metrics", "nps", "title"), "null", "title: Net promoter score   #", 'title: "null"   #'),
        (("metrics", "nps", "note"), "short", "|\n      two lines\n      of text\n", "short\n"),
        (("metrics", "steps", 0, "label"), "low", 'label: "high"', 'label: "low"'),
        (("metrics", "bare", "thresholds", "amber"), True, "amber: 1}", "amber: true}"),
    ],
)
def test_a_value_is_replaced_where_it_stands(where: Where, value: Scalar, before: str, after: str) -> None:
    assert SURVEY.count(before) == 1
    assert patched(SURVEY, "f.yaml", {where: value}) == SURVEY.replace(before, after)


@pytest.mark.parametrize(
    ("where", "value", "before", "after"),
    [
        (("metrics", "csat", "effort"), 2, "target: 90}", "target: 90, effort: 2}"),
        (("metrics", "满意度", "target"), 9, "worst: [0, 25]}", "worst: [0, 25]}"),
        (("metrics", "nps", "weight"), 2, "as the parent reports it\n", "as the parent reports it\n    weight: 2\n"),
        (("metrics", "nps", "thresholds", "green"), 9, "amber: 0}", "amber: 0, green: 9}"),
        (("metrics", "bare", "weight"), 2, "bare: {", "bare: {weight: 2, "),
        (("metrics", "none", "weight"), 2, "{}", "{weight: 2}"),
        (("metrics", "steps", 0, "value"), "b: 1", 'label: "high"', 'label: "high"\n      value: "b: 1"'),
        (("metrics", "steps", 1, "a: b"), 1, "otherwise: low", 'otherwise: low, "a: b": 1'),
        (("metrics", "new", "params", "k"), 2, "metrics:\n", "metrics:\n  new: {params: {k: 2}}\n"),
        (("groups", "service", "weight"), 25, "metrics:\n", "groups: {service: {weight: 25}}\nmetrics:\n"),
    ],
)
def test_a_key_that_is_not_there_is_put_in(where: Where, value: Scalar, before: str, after: str) -> None:
    changed = patched(SURVEY, "f.yaml", {where: value})
    if where[1] == "满意度":
        assert '"net": 1, target: 9,' in changed
    else:
        assert changed == SURVEY.replace(before, after)


def test_a_new_weight_stands_behind_its_group() -> None:
    text = "a:\n  group: g\n  worst: 1\n"
    assert patched(text, "f.yaml", {("a", "weight"): 2}) == "a:\n  group: g\n  weight: 2\n  worst: 1\n"


def test_line_ends_and_a_byte_order_mark_stay() -> None:
    text = "\ufeffa:\r\n  x: 1  # é\r\n\r\n  y: 2"
    assert patched(text, "f.yaml", {("a", "y"): 3, ("a", "z"): 4}) == "\ufeffa:\r\n  x: 1  # é\r\n\r\n  y: 3\r\n  z: 4"


def test_several_values_under_one_new_key_stand_together() -> None:
    assert patched("a: 1\n", "f.yaml", {("b", "x"): 1, ("b", "y"): 2}) == "a: 1\nb: {x: 1, y: 2}\n"


@pytest.mark.parametrize(
    ("text", "where", "reason"),
    [
        ("a: {x: &n 1}\nb: {x: *n}\n", ("b", "x"), "several"),
        ("a: {x: &n 1}\nb: {x: *n}\n", ("a", "x"), "several"),
        ("a: &m {x: 1}\nb: *m\n", ("b", "x"), "several"),
        ("a: &m {x: 1}\nb: *m\n", ("b", "y"), "several"),
        ("a: {x: {y: 1}}\n", ("a", "x"), "whole"),
        ("a: [1]\n", ("a",), "whole"),
        ("a: 1\n", ("a", "x"), "absent"),
    ],
)
def test_what_cannot_be_changed_alone_is_refused(text: str, where: Where, reason: str) -> None:
    with pytest.raises(UsageError) as stopped:
        patched(text, "f.yaml", {where: 5})
    (issue,) = stopped.value.issues
    assert (issue.code, issue.values["reason"]) == ("SC740", reason)


words = st.sampled_from(["a", "weight", "group", "目标", "b c", "2026-12-31", "x: y", "#", "null", "-"])
plain = st.one_of(
    st.integers(-999, 999),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    words,
    st.text("ab:#'\"{}[],&* \n%中", max_size=6),
)
trees = st.recursive(plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=4), max_leaves=12)


def block(value: Any, indent: int, flow: bool) -> str:
    """Data as YAML that a person might write: mappings in blocks with comments, below them in flow style where `flow`."""
    if isinstance(value, dict) and value and not (flow and indent):
        return "".join(f"\n{' ' * indent}{key_of(key)}:{block(each, indent + 2, flow)}" for key, each in value.items())
    return f" {inline(value)}  # {indent}" if indent else inline(value)


def inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key_of(key)}: {inline(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(inline, value)) + "]"
    return key_of(value)


def key_of(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False)


def ways(value: Any, where: Where = ()) -> list[Where]:
    """The ways to every scalar, and to a key that is not there in every mapping."""
    if isinstance(value, dict):
        return [(*where, "new key"), *(way for key, each in value.items() for way in ways(each, (*where, key)))]
    if isinstance(value, list):
        return [way for at, each in enumerate(value) for way in ways(each, (*where, at))]
    return [where]


def put(value: Any, where: Where, new: Scalar) -> Any:
    if not where:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[where[0]] = put(copy[where[0]] if where[0] != "new key" else None, where[1:], new)  # type: ignore[index]
    return copy


@given(
    tree=st.dictionaries(words, trees, min_size=1, max_size=4), flow=st.booleans(), crlf=st.booleans(), new=plain, pick=st.integers(0, 999)
)
@settings(max_examples=100, deadline=None)
def test_the_new_value_is_read_and_nothing_else_changed(tree: dict[str, Any], flow: bool, crlf: bool, new: Scalar, pick: int) -> None:
    text = block(tree, 0, flow).lstrip("\n") + "\n"
    text = text.replace("\n", "\r\n") if crlf else text
    assert data(text) == tree
    where = ways(tree)[pick % len(ways(tree))]
    changed = patched(text, "f.yaml", {where: new})
    assert data(changed) == put(tree, where, new)
    assert changed.count("#") >= text.count("  # ")
    assert ("\r\n" in changed) is crlf
    assert changed.count("\n") - text.count("\n") in (0, 1)


CLIENT = """\
schema: scorecard/1
extends: shared base.yaml
metrics:
  nps: {weight: 2, measure: mean(answer), source: surveys, worst: -100, target: 50}
"""
BASE = """\
schema: scorecard/1
entity: {key: [customer_id], roster: surveys}
sources: {surveys: {type: csv, path: s.csv}}
defaults: {metrics: {weight: 3}}
metrics:
  csat: {measure: mean(answer), source: surveys, worst: 0, target: 5}
"""


@pytest.fixture
def client(tmp_path: Path, registry: Registry, monkeypatch: pytest.MonkeyPatch) -> Scorecard:
    (tmp_path / "shared base.yaml").write_text(BASE, encoding="utf-8")
    (tmp_path / "client.yaml").write_text(CLIENT.rstrip("\n"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    found = check_file("client.yaml", registry).scorecard
    assert found is not None
    return found


WEIGHTS: dict[Where, Scalar] = {("metrics", "csat", "weight"): 5, ("metrics", "nps", "weight"): 7, ("metrics", "nps", "baseline"): 1}


def test_an_edit_goes_to_the_layer_that_holds_the_value_and_never_to_defaults(client: Scorecard) -> None:
    assert edits(client, WEIGHTS) == (
        Edit("shared base.yaml", ("metrics", "csat", "weight"), 5),
        Edit("client.yaml", ("metrics", "nps", "weight"), 7),
        Edit("client.yaml", ("metrics", "nps", "baseline"), 1),
    )
    assert edits(client, {("groups", "new", "weight"): 1})[0].file == "client.yaml"


def test_all_values_can_go_into_the_definition_itself_over_its_layers(client: Scorecard, registry: Registry) -> None:
    made = patch(client, WEIGHTS, own=True)
    assert (made.shared, made.text.count("+++ ")) == ((), 1)
    own = {edit.where: edit.value for edit in edits(client, WEIGHTS, own=True)}
    Path("client.yaml").write_text(patched(Path("client.yaml").read_text("utf-8"), "client.yaml", own), "utf-8")
    changed = check_file("client.yaml", registry).scorecard
    assert changed is not None
    assert [changed.metrics[id].weight for id in ("csat", "nps")] == [Constant(5.0), Constant(7.0)]
    assert str(changed.places["metrics", "csat", "weight"]).startswith("client.yaml:")


def applied_by_git(folder: Path, diff: Path) -> list[str]:
    return ["git", "apply", str(diff)]


def applied_by_patch(folder: Path, diff: Path) -> list[str]:
    return ["patch", "-p1", "-s", "-i", str(diff)]


@pytest.mark.parametrize("tool", [applied_by_git, applied_by_patch])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_git_and_patch_take_the_diff(client: Scorecard, tool: Callable[[Path, Path], list[str]], ending: str, tmp_path: Path) -> None:
    here = Path.cwd()
    (here / "client.yaml").write_bytes((here / "client.yaml").read_bytes().replace(b"\n", ending.encode()))
    made = patch(client, WEIGHTS)
    assert made.shared == ("shared base.yaml",)
    assert made.folder == os.fspath(here)
    diff = tmp_path / "weights.diff"
    diff.write_bytes(made.text.encode())
    command = tool(here, diff)
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    subprocess.run(command, check=True, cwd=here)
    expected = CLIENT.rstrip("\n").replace("weight: 2", "weight: 7").replace("target: 50", "target: 50, baseline: 1").replace("\n", ending)
    assert (here / "client.yaml").read_bytes() == expected.encode()
    assert (here / "shared base.yaml").read_text(encoding="utf-8") == BASE.replace("target: 5}", "target: 5, weight: 5}")


def test_a_file_above_the_working_folder_is_patched_from_where_both_lie(client: Scorecard, monkeypatch: pytest.MonkeyPatch) -> None:
    here = Path.cwd()
    (here / "deeper").mkdir()
    monkeypatch.chdir(here / "deeper")
    absolute = Scorecard(**{name: getattr(client, name) for name in client.__dataclass_fields__} | {"files": (str(here / "client.yaml"),)})
    made = patch(absolute, {("groups", "new", "weight"): 1})
    assert made.folder == str(here)
    assert made.text.startswith("--- a/client.yaml\n+++ b/client.yaml\n")
