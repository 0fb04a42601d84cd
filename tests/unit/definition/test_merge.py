"""A base moves on: a copied client takes over what only the base changed; for one that extends it, what reaches it is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.definition.document import NOWHERE
from scorecard.definition.emit import as_yaml
from scorecard.definition.follow import Standing, extends, follow
from scorecard.definition.layers import FOLDERS, load
from scorecard.definition.merge import Merged, merged
from scorecard.definition.patch.blocks import ABSENT
from scorecard.definition.read import read_text
from scorecard.definition.revision import Opened
from scorecard.hooks.registry import Registry

OLD = """\
schema: scorecard/1
bands: {red: {from: 0}, green: {from: 80}}
metrics:
  csat: {worst: 0, target: 80, thresholds: {green: 60}}
  nps: {worst: 0, target: 50}
"""
NEW = """\
schema: scorecard/1
bands: {red: {from: 0}, amber: {from: 60}, green: {from: 85}}
metrics:
  # how they feel
  csat: {worst: 0, target: {2025-12-31: 82}, thresholds: {green: 70}}
  effort: {worst: 9, target: 1}
"""
CLIENT = """\
# ours
schema: scorecard/1
title: Client
bands: {red: {from: 0}, green: {from: 75}}   # stricter
metrics:
  own: {worst: 1, target: 2}
  csat: {worst: 10, target: 80, thresholds: {green: 60}}  # as agreed
  nps: {worst: 0, target: 50}
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(**files: str) -> None:
    for name, text in files.items():
        Path(f"{name}.yaml").write_text(text, encoding="utf-8", newline="")


def opened(name: str) -> Opened:
    return Opened(FOLDERS, f"{name}.yaml")


def merge(old: str = OLD, new: str = NEW, client: str = CLIENT) -> Merged:
    write(old=old, new=new, client=client)
    document, issues = load("client.yaml")
    assert document is not None, issues
    return merged(opened("old"), opened("new"), document, client)


def ways(changes: Any) -> list[str]:
    return [".".join(change.where) for change in changes]


def data(text: str) -> Any:
    document, issues = read_text(text, "f.yaml")
    assert document is not None, issues
    return document.data


def test_what_only_the_base_changed_is_taken_over_and_all_else_stays() -> None:
    found = merge()
    assert found.text == (
        CLIENT.replace("green: {from: 75}", "amber: {from: 60}, green: {from: 75}")
        .replace("target: 80", "target: {2025-12-31: 82}")
        .replace("green: 60", "green: 70")
        .replace("  # as agreed\n  nps: {worst: 0, target: 50}\n", "  # as agreed\n  effort: {worst: 9, target: 1}\n")
    )
    assert ways(found.taken) == ["bands.amber", "metrics.csat.target", "metrics.csat.thresholds.green", "metrics.nps", "metrics.effort"]
    assert ways(found.by_hand) == []


def test_what_both_changed_is_a_conflict_with_three_values() -> None:
    (conflict,) = merge().conflicts
    assert conflict.where == ("bands", "green", "from")
    assert [(side.value, str(side.place)) for side in (conflict.old, conflict.new, conflict.own)] == [
        (80, "old.yaml:2:39"),
        (85, "new.yaml:2:58"),
        (75, "client.yaml:4:39"),
    ]


def test_what_only_the_client_changed_is_kept() -> None:
    assert ways(merge().kept) == ["metrics.csat.worst", "metrics.own", "title"]


def test_what_the_client_has_already_is_no_news() -> None:
    again = merge(client=merge().text)
    assert (again.taken, again.known, ways(again.conflicts)) == ([], 5, ["bands.green.from"])
    assert again.text == merge().text


@pytest.mark.parametrize(
    ("client", "conflicts"),
    [
        (CLIENT.replace("  nps: {worst: 0, target: 50}\n", "  nps: {worst: 0, target: 60}\n"), ["metrics.nps"]),
        (CLIENT.replace("worst: 10, target: 80, ", ""), ["metrics.csat.target"]),
        (CLIENT.replace("target: 80", "target: {2025-12-31: 83}"), ["metrics.csat.target"]),
        (CLIENT + "  effort: {worst: 8}\n", ["metrics.effort.worst"]),
        (CLIENT.replace("{red: {from: 0}, green: {from: 75}}", "none"), ["bands"]),
    ],
)
def test_two_changes_of_one_value_are_a_conflict(client: str, conflicts: list[str]) -> None:
    found = merge(client=client)
    assert [way for way in ways(found.conflicts) if way != "bands.green.from"] == conflicts


def test_what_the_client_took_away_and_the_base_changed_is_a_conflict() -> None:
    (change,) = [one for one in merge(client=CLIENT.replace(", thresholds: {green: 60}", "")).conflicts if one.where[-1] == "thresholds"]
    assert change.own.value is ABSENT


def test_a_change_that_no_text_can_hold_alone_is_left_to_be_done_by_hand() -> None:
    client = CLIENT.replace("worst: 10, target: 80", "worst: 10, target: &aim 80").replace("  own: {worst: 1, target: 2}\n", "")
    found = merge(client=f"{client}  own: {{worst: 1, target: *aim}}\n")
    assert ways(found.by_hand) == ["metrics.csat.target"]
    assert "&aim 80" in found.text


def test_line_ends_and_a_byte_order_mark_stay() -> None:
    assert merge(client="\ufeff" + CLIENT.replace("\n", "\r\n")).text == "\ufeff" + merge().text.replace("\n", "\r\n")


def test_a_client_in_one_file_takes_over_what_the_layers_of_the_base_changed() -> None:
    write(low="bands: {red: {from: 1}}\nmetrics: {csat: {owner: Care}}\n")
    found = merge(new=NEW.replace("schema: scorecard/1\n", "extends: low.yaml\n"))
    assert data(found.text)["metrics"]["csat"]["owner"] == "Care"
    write(low2="bands: {red: {from: 1}}\n")
    layered = merge(client=f"extends: low2.yaml\n{CLIENT}", new=NEW.replace("schema: scorecard/1\n", "extends: low.yaml\n"))
    assert "owner" not in data(layered.text)["metrics"]["csat"], "file is compared with file"


KEYS = st.sampled_from(["a", "b", "c"])
DATA = st.dictionaries(
    KEYS, st.recursive(st.integers(0, 2), lambda inner: st.dictionaries(KEYS, inner, max_size=3), max_leaves=6), max_size=3
)
WHOLE = st.fixed_dictionaries({"schema": st.just("scorecard/1"), "metrics": DATA, "groups": DATA})


def three_way(old: Any, new: Any, own: Any) -> Any:
    """What a merge comes to, said once more and as shortly as can be; conflicts keep the client's value."""
    if own == old:
        return new
    if isinstance(new, dict) and isinstance(own, dict) and (isinstance(old, dict) or old is ABSENT):
        before = old if isinstance(old, dict) else {}
        merged = {key: three_way(before.get(key, ABSENT), new.get(key, ABSENT), own.get(key, ABSENT)) for key in {**before, **new, **own}}
        return {key: value for key, value in merged.items() if value is not ABSENT}
    return own


@settings(max_examples=100, deadline=None)
@given(WHOLE, WHOLE, WHOLE)
def test_any_three_definitions_merge_value_by_value(tmp_path_factory: pytest.TempPathFactory, old: Any, new: Any, own: Any) -> None:
    folder = tmp_path_factory.mktemp("merge")
    texts = [as_yaml((each, NOWHERE)) for each in (old, new, own)]
    for name, text in zip(("old", "new", "client"), texts, strict=True):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    document, _ = load(str(folder / "client.yaml"))
    assert document is not None
    found = merged(*(Opened(FOLDERS, str(folder / f"{name}.yaml")) for name in ("old", "new")), document, texts[2])  # type: ignore[arg-type]
    if not found.by_hand:
        assert data(found.text) == three_way(old, new, own)


# ------------------------------------------------------------ a client that extends the base


def standing(client: str, registry: Registry, old: str = OLD, new: str = NEW) -> dict[str, tuple[Standing, str | None]]:
    write(old=old, new=new, client=client)
    found = follow("client.yaml", opened("old"), opened("new"), registry)
    return {".".join(one.change.where): (one.standing, str(one.place) if one.place else None) for one in found.followed}


def test_every_change_of_the_base_is_told_by_what_it_means(registry: Registry) -> None:
    client = "extends: new.yaml\nmetrics: {csat: {target: 95, thresholds: {green: 70}}, effort: null}\nbands: {amber: {title: Watch}}\n"
    found = standing(client, registry)
    assert found == {
        "bands.green.from": (Standing.INHERITED, "new.yaml:2:58"),
        "bands.amber": (Standing.OVERRIDDEN, "client.yaml:3:24"),
        "metrics.csat.target": (Standing.OVERRIDDEN, "client.yaml:2:26"),
        "metrics.csat.thresholds.green": (Standing.REDUNDANT, "client.yaml:2:50"),
        "metrics.nps": (Standing.INHERITED, None),
        "metrics.effort": (Standing.REMOVED, "client.yaml:2:64"),
    }
    assert standing(client.replace("new.yaml", "old.yaml"), registry) == found, "whichever of the two is at hand"


def test_what_the_base_gave_up_and_the_client_has_is_its_own_now(registry: Registry) -> None:
    found = standing("extends: old.yaml\nmetrics: {nps: {target: 60}}\n", registry)
    assert found["metrics.nps"] == (Standing.OVERRIDDEN, "client.yaml:2:25")


def test_another_way_to_a_value_stands_before_that_of_the_base(registry: Registry) -> None:
    found = standing(
        "extends: old.yaml\nmetrics: {csat: {type: csat}}\n",
        registry,
        old=OLD.replace("csat: {", "csat: {measure: mean(a), "),
        new=NEW.replace("csat: {", "csat: {measure: mean(b), "),
    )
    assert found["metrics.csat.measure"] == (Standing.REMOVED, None)


def test_the_layers_of_a_base_belong_to_it(registry: Registry) -> None:
    write(house="bands: {red: {from: 0}, green: {from: 90}}\n")
    found = standing("extends: new.yaml\n", registry, new="extends: house.yaml\nschema: scorecard/1\nmetrics: {}\n")
    assert found["bands.green.from"] == (Standing.INHERITED, "house.yaml:1:39")


def test_issues_that_come_with_the_new_base_are_told(registry: Registry) -> None:
    head = "schema: scorecard/1\nentity: {key: [c]}\nsources: {s: {type: csv, path: s.csv}}\n"
    old = head + "metrics: {csat: {measure: mean(rating), worst: 0, target: 80}}\n"
    write(
        old=old,
        new=old.replace("target: 80", "target: 100, thresholds: {gren: 80}"),
        client="extends: old.yaml\nbands: {green: {from: 50}}\n",
    )
    found = follow("client.yaml", opened("old"), opened("new"), registry)
    assert [issue.code for issue in found.issues] == ["SC206"]
    assert str(found.issues[0].place).startswith("new.yaml:4:")


def test_a_copy_does_not_extend_its_base() -> None:
    write(old=OLD, new=NEW, client=CLIENT, over="extends: new.yaml\n", deep="extends: over.yaml\n")
    found = {name: extends(f"{name}.yaml", opened("old"), opened("new")) for name in ("client", "over", "deep")}
    assert found == {"client": False, "over": True, "deep": True}
