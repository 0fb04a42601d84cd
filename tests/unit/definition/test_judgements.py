"""A file of judgements: what it says, and every way in which it can be wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorecard.definition.judgements import Comparison, read_judgements
from scorecard.errors import DefinitionError
from scorecard.model.definition import Group, Metric, Scorecard
from scorecard.model.entity import Entity
from scorecard.model.issue import Place

SCORECARD = Scorecard(
    id="s",
    entity=Entity(key=("c",)),
    total=Group(id="total", parent=None),
    groups={"g": Group(id="g")},
    metrics={id: Metric(id=id, parent=parent) for id, parent in {"csat": "g", "nps": "g", "满意": "g", "sales": "total"}.items()},
)


def written(folder: Path, groups: str, schema: str = "scorecard-judgements/1") -> str:
    file = folder / "board.yaml"
    file.write_text(f"schema: {schema}\ngroups:\n{groups}", encoding="utf-8")
    return str(file)


def test_comparisons_by_group_and_judge_with_their_places(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        "  g:\n    Chen: {csat > nps: 3, 满意>csat: 1/4}\n    Lee:\n      nps > csat: 2.5  # not sure\n  total: {Lee: {g > sales: '5'}}\n",
    )
    found = read_judgements(file, SCORECARD)
    assert list(found.groups) == ["g", "total"]
    assert found.groups["g"]["Chen"] == (
        Comparison("csat", "nps", 3.0, Place(file, 4, 12, 10)),
        Comparison("满意", "csat", 0.25, Place(file, 4, 27, 7)),
    )
    assert [each.ratio for each in (*found.groups["g"]["Lee"], *found.groups["total"]["Lee"])] == [2.5, 5.0]


@pytest.mark.parametrize(
    ("groups", "found"),
    [
        ("  g: {A: {csat > nps: 10}}", [("SC744", None, 3)]),
        ("  g: {A: {csat > nps: 1/10}}", [("SC744", None, 3)]),
        ("  g: {A: {csat > nps: 0}}", [("SC744", None, 3)]),
        ("  g: {A: {csat > nps: -3}}", [("SC744", None, 3)]),
        ("  g: {A: {csat > nps: true}}", [("SC744", None, 3)]),
        ("  g: {A: {csat > nps: much}}", [("SC744", None, 3)]),
        ("  g: {A: {csat > nps: 3/0}}", [("SC744", None, 3)]),
        ("  g: {A: {csat > nps: [3]}}", [("SC744", None, 3)]),
        ("  g: {A: {csat nps: 3}}", [("SC741", "pair", 3)]),
        ("  g: {A: {csat > nps > 满意: 3}}", [("SC741", "pair", 3)]),
        ("  g: {A: {csat > sales: 3}}", [("SC742", None, 3)]),
        ("  h: {A: {csat > nps: 3}}", [("SC742", "group", 3)]),
        ("  g: {A: {csat > csat: 1}}", [("SC743", "itself", 3)]),
        ("  g:\n    A:\n      csat > nps: 3\n      nps > csat: 2", [("SC743", None, 6)]),
        ("  g: {csat > nps: 3}", [("SC741", "comparisons", 3)]),
        ("  g: 3", [("SC741", "judges", 3)]),
        ("  g: {}", [("SC741", "judges", 3)]),
        ("  3", [("SC741", "groups", 3)]),
        ("  g: {A: {csat > nps: 3}}\nmore: 1", [("SC741", "key", 4)]),
        ("  g: {A: {a > nps: 3, csat > nps: 99}}", [("SC742", None, 3), ("SC744", None, 3)]),
    ],
)
def test_what_is_wrong_is_said_at_its_place(groups: str, found: list[tuple[str, str | None, int]], tmp_path: Path) -> None:
    with pytest.raises(DefinitionError) as stopped:
        read_judgements(written(tmp_path, groups), SCORECARD)
    issues = stopped.value.issues
    assert [(issue.code, issue.values.get("reason"), issue.place.line if issue.place else None) for issue in issues] == found


def test_another_schema_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError) as stopped:
        read_judgements(written(tmp_path, "  g: {A: {csat > nps: 3}}", schema="scorecard/1"), SCORECARD)
    assert [(issue.code, issue.values["reason"]) for issue in stopped.value.issues] == [("SC741", "schema")]


def test_a_file_that_is_not_there_or_no_yaml(tmp_path: Path) -> None:
    for name, text, code in (("gone.yaml", None, "SC001"), ("broken.yaml", "a: [", "SC008")):
        if text is not None:
            (tmp_path / name).write_text(text, encoding="utf-8")
        with pytest.raises(DefinitionError) as stopped:
            read_judgements(str(tmp_path / name), SCORECARD)
        assert stopped.value.issues[0].code == code
