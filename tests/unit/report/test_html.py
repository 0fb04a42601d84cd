"""What the page holds: the same numbers and sentences as the JSON form, `explain` and `advise`, and nothing that a name could run."""

from __future__ import annotations

import json
import math
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from scorecard.advice.since import since
from scorecard.app import evaluate
from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.explain import alone, explain
from scorecard.evaluation.part import part
from scorecard.language.words import LANGUAGES
from scorecard.report import figures, html
from scorecard.report.advice import given
from scorecard.report.html.columns import packed
from scorecard.report.html.content import content
from scorecard.report.reasons import Teller, Told
from scorecard.report.records import records
from scorecard.report.since import SinceTeller

DEMO = Path(__file__).parents[3] / "configs" / "demo" / "demo.scorecard.yaml"
ASSETS = Path(html.__file__).parent / "assets"


def at(column: Any, row: int) -> Any:
    """An entry of a column, read back as the page's script does."""
    if isinstance(column, list):
        return column[row]
    return column["all"] if "all" in column else column["of"][column["at"][row]]


def number(text: str | None) -> float | None:
    return None if text is None else float(text.replace(",", "").replace(figures.MINUS, "-"))


@pytest.fixture(scope="module")
def demo() -> Evaluation:
    return evaluate(DEMO, period="2026-Q3", before=4)


@pytest.fixture(scope="module")
def told(demo: Evaluation) -> dict[str, Any]:
    return content(demo, "en")


@pytest.fixture(scope="module")
def page(demo: Evaluation) -> str:
    return b"".join(html.write(demo, {"language": "en"})).decode()


def _nodes(told: Told) -> Iterator[Told]:
    yield told
    for child in told.children:
        yield from _nodes(child)


@pytest.mark.parametrize("column", [[], ["a"], ["a", "a", "a"], ["a", "b", "a", "a", "b", "a"], [None, 1, None, None, 1], [1, 2, 3]])
def test_a_packed_column_gives_every_entry_back(column: list[Any]) -> None:
    held = json.loads(json.dumps(packed(column)))
    assert [at(held, row) for row in range(len(column))] == column


def test_the_numbers_are_those_of_the_json_form(demo: Evaluation, told: dict[str, Any]) -> None:
    entities = told["sheets"][0]["entities"]
    places = {node["id"]: place for place, node in enumerate(told["nodes"])}
    scorecard, written = demo.scorecard, list(records(demo))
    assert entities["count"] == len(written) == 55
    for row, record in enumerate(written):
        assert [at(column, row) for column in entities["key"]] == list(record["key"].values())
        total = entities["nodes"][0]
        band = at(total["band"], row)
        assert (None if band is None else told["bands"][band]["id"]) == record["band"]
        assert at(total["score"], row) == (figures.score(record["score"], record["band"], scorecard.total, scorecard) or None)
        assert at(entities["rank"], row) == record["rank"]
        for id, metric in record["metrics"].items():
            own, spec = entities["nodes"][places[id]], scorecard.metrics[id]
            assert at(own["score"], row) == (figures.score(metric["score"], metric["band"], spec, scorecard) or None)
            assert at(own["value"], row) == (figures.value(metric["value"], spec.unit, spec.decimals) or None)
            assert at(own["share"], row) == (figures.share(metric["share"]) or None)
            assert number(at(own["weight"], row)) == metric["weight"]
            if metric["lost"] is not None and at(own["costs"], row) is not None:
                assert number(at(own["costs"], row)) == pytest.approx(metric["lost"], abs=0.1001)


def test_the_points_lost_add_up_as_they_are_printed(told: dict[str, Any]) -> None:
    entities = told["sheets"][0]["entities"]
    for row in range(entities["count"]):
        score = number(at(entities["nodes"][0]["score"], row))
        if score is not None:
            lost = [number(at(column, row)) or 0.0 for column in entities["lost"]["points"]]
            assert sum(lost) == pytest.approx(100 - score, abs=1e-9)
            assert sum(lost) == pytest.approx(number(at(entities["lost"]["total"], row)), abs=1e-9)


def test_the_sentences_are_those_of_explain(demo: Evaluation, told: dict[str, Any]) -> None:
    entities = told["sheets"][0]["entities"]
    for row, record in enumerate(records(demo)):
        explanation = explain(demo, record["key"])
        teller = Teller(demo.scorecard, explanation, "en")
        assert at(entities["ranked"], row) == teller.rank()
        lines = {node.name: node.lines for node in _nodes(teller.tree())}
        for node, own in zip(told["nodes"], entities["nodes"], strict=True):
            for name in ("why", "rules"):
                for line in (at(own[name], row) or "").split("\n"):
                    assert not line or line in lines[node["name"]]
        ends = figures.bounds(explanation.low, explanation.high, teller.decimals)
        said = at(entities["bounds"], row)
        assert (said is None) == (ends is None)
        assert ends is None or all(end in said for end in ends)


def test_every_missing_score_has_its_reason(demo: Evaluation, told: dict[str, Any]) -> None:
    entities = told["sheets"][0]["entities"]
    for row, record in enumerate(records(demo)):
        for node, own in zip(told["nodes"], entities["nodes"], strict=True):
            state = (record if node["id"] == "total" else {**record["groups"], **record["metrics"]}[node["id"]])["state"]
            assert (at(own["why"], row) is not None) == (state != "measured")


def test_a_node_alone_is_the_node_in_its_tree(mixed: Evaluation) -> None:
    from scorecard.evaluation.details import details

    facets = (
        "score",
        "computed",
        "band",
        "state",
        "reason",
        "filled",
        "value",
        "worst",
        "target",
        "records",
        "lacking",
        "rules",
        "coverage",
    )
    period, scores = list(mixed.periods)[-1]
    keys = mixed.keys(scores)["id"]
    seen = 0
    for detail in details(mixed.plan, scores, scores.table.entity * 0 + range(len(scores))):
        for place, row in enumerate(detail.rows.tolist()):
            waiting = [explain(mixed, {"id": str(keys[row])}, period.label).total]
            while waiting:
                node = waiting.pop()
                waiting += node.children
                found = alone(mixed, detail.only(place), node.id)
                assert [getattr(found, facet) for facet in facets] == [getattr(node, facet) for facet in facets]
                seen += 1
    assert seen == len(scores) * 6


def test_the_recommendations_are_those_of_advise(demo: Evaluation, told: dict[str, Any]) -> None:
    advice = told["sheets"][0]["advice"]
    keys = [tuple(record["key"].values()) for record in records(demo)]
    expected = {lines[0].key: [(line.about, line.action, line.owner, line.due) for line in lines] for lines in given(demo, {}, "en")}

    def text(index: int | None) -> str | None:
        return None if index is None else advice["texts"][index]

    found = {
        keys[row]: [(text(one[0]), text(one[3]), text(one[5]), text(one[6])) for one in lines] for row, lines in advice["rows"].items()
    }
    assert found == expected
    assert any(found.values())


def test_what_changed_is_what_explain_says(demo: Evaluation, told: dict[str, Any]) -> None:
    change = told["sheets"][0]["change"]
    assert change["since"] == "2026-Q2"
    keys = [record["key"] for record in records(demo)]
    assert len(change["why"]) > 40
    for row, lines in change["why"].items():
        split = since(demo, keys[row])
        assert split is not None
        column = SinceTeller(demo.scorecard, split, 1, "en").column()
        assert column is not None
        assert lines == [[line.label, line.points] for line in (*column.entries, column.total)]
        assert at(change["change"], row) == column.total.points


def test_a_trend_holds_the_periods_before(demo: Evaluation, told: dict[str, Any]) -> None:
    trend = told["sheets"][0]["trend"]
    assert trend["periods"][-5:] == ["2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"]
    last = told["sheets"][0]["entities"]["nodes"][0]["score"]
    for row in range(55):
        assert at(trend["scores"][0][-1], row) == number(at(last, row))


class _Page(HTMLParser):
    """The tags of a page, and what is written in them."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_the_page_asks_nobody_for_anything(page: str) -> None:
    parser = _Page()
    parser.feed(re.sub(r"<script.*?</script>", "", page, flags=re.S))
    policy = next(own["content"] for tag, own in parser.tags if tag == "meta" and own.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe-eval" not in policy
    addresses = [value for _, own in parser.tags for name, value in own.items() if name in ("src", "href") and value]
    assert addresses
    assert all(value.startswith(("#", "data:,")) for value in addresses)
    assert "url(" not in page.partition("</style>")[0]


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_no_name_leaves_its_place(mixed: Evaluation, language: str) -> None:
    written = b"".join(html.write(mixed, {"language": language})).decode()
    head = written.partition('<script type="application/json"')[0]
    assert "<b>things" not in head
    assert "&lt;b&gt;things" in head
    held = re.search(r'<script type="application/json" id="content">(.*?)</script>', written, re.S)
    assert held is not None
    assert "<" not in held[1]
    keys = json.loads(held[1])["sheets"][-1]["entities"]["key"][0]
    assert [at(keys, row) for row in range(6)] == ["=HYPERLINK(1)", "-7", "007", "@x", "a|b<script>", "none"]


def test_several_periods_have_a_sheet_each(mixed: Evaluation) -> None:
    sheets = content(mixed, "en")["sheets"]
    assert [sheet["period"] for sheet in sheets] == ["2025-Q1", "2025-Q2"]
    assert sheets[1]["trend"]["periods"] == ["2025-Q1", "2025-Q2"]


def test_scores_of_other_groups_are_told_too(mixed: Evaluation) -> None:
    """Under a geometric mean the points lost are those that `explain` prints."""
    told = content(mixed, "en")
    entities = told["sheets"][1]["entities"]
    for row, record in enumerate(one for one in records(mixed) if one["period"] == "2025-Q2"):
        column = Teller(mixed.scorecard, explain(mixed, record["key"], "2025-Q2"), "en").lost()
        own = {
            label: at(points, row)
            for label, points in zip(entities["lost"]["labels"], entities["lost"]["points"], strict=True)
            if at(points, row) is not None
        }
        assert own == ({} if column is None else {line.label: line.points for line in column.entries})


def test_an_empty_portfolio(mixed: Evaluation) -> None:
    nobody = part(mixed, np.empty(0, dtype=np.int32))
    assert [sheet["entities"]["count"] for sheet in content(nobody, "en")["sheets"]] == [0, 0]
    assert b"".join(html.write(nobody, {})).endswith(b"</html>\n")


BOOK = """\
id,recommendation,action,state,owner,due,note,about,value,needed,gain,score,period,taken
e1,call,Call e1,doing,Kim,2020-01-31,"</script><script>alert(1)</script>",m,20,100,80,20,,2020-01-01
gone,call,Call them,open,,,,m,20,100,80,20,,2020-01-01
"""
FOLLOWED = """\
schema: scorecard/1
entity: {key: [id], roster: facts}
sources: {facts: {type: inline, rows: [{id: e0, a: 90}, {id: e1, a: 45}]}}
metrics: {m: {source: facts, measure: mean(a), worst: 0, target: 100}}
recommendations: {call: {of: m, when: m.value < 60, action: "Call {id}"}}
"""


def test_follow_ups_are_told_of_their_entity(tmp_path: Path) -> None:
    (tmp_path / "x.scorecard.yaml").write_text(FOLLOWED, encoding="utf-8")
    (tmp_path / "x.followup.csv").write_text(BOOK, encoding="utf-8")
    evaluation = evaluate(tmp_path / "x.scorecard.yaml")
    (sheet,) = content(evaluation, "en")["sheets"]
    ((row, (one,)),) = sheet["followed"].items()
    assert evaluation.scores["id"][row] == "e1"
    assert one["action"] == "Call e1"
    assert one["state"].startswith("under way; Kim; by 2020-01-31; overdue; ")
    assert one["came"] == "promised +80.0, brought +25.0"
    assert b"</script><script>alert" not in b"".join(html.write(evaluation, {"language": "en"}))


def test_a_broken_file_of_follow_ups_is_told_and_stops_no_page(tmp_path: Path) -> None:
    (tmp_path / "x.scorecard.yaml").write_text(FOLLOWED, encoding="utf-8")
    (tmp_path / "x.followup.csv").write_text(BOOK.replace("doing", "asleep"), encoding="utf-8")
    told = content(evaluate(tmp_path / "x.scorecard.yaml"), "en")
    assert told["sheets"][0]["followed"] == {}
    assert any("asleep" in note["line"] for note in told["about"]["notes"])


@pytest.mark.parametrize(("value", "score"), [(40.0, "40.0"), (None, None)])
def test_a_portfolio_of_one_without_a_key(tmp_path: Path, value: float | None, score: str | None) -> None:
    path = tmp_path / "small.scorecard.yaml"
    path.write_text(
        "schema: scorecard/1\nentity: {key: []}\nsources: {facts: {type: inline, rows: []}}\n"
        "metrics: {m: {source: facts, measure: mean(a), worst: 0, target: 100}}\n",
        encoding="utf-8",
    )
    told = content(evaluate(path, frames={"facts": pd.DataFrame({"a": pd.Series([value], dtype=float)})}), "en")
    assert told["bands"] == []
    assert told["sheets"][0]["entities"]["key"] == []
    assert at(told["sheets"][0]["entities"]["nodes"][0]["score"], 0) == score


def test_each_script_and_style_is_small() -> None:
    for path in ASSETS.iterdir():
        assert len(path.read_text("utf-8").splitlines()) < 250, path.name


def test_every_word_that_a_script_says_is_in_the_page(told: dict[str, Any]) -> None:
    words = re.compile(r'"((?:html|explain|list|lost|since|chart)\.[a-z_.]+)"')
    said = {word for path in ASSETS.glob("*.js") for word in words.findall(path.read_text("utf-8"))}
    assert said
    assert said <= told["words"].keys()


def test_listing_plugins_imports_nothing_of_the_page() -> None:
    code = "import sys, scorecard.builtin.reporters; print([name for name in sys.modules if name in ('jinja2', 'vl_convert')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_number_has_more_digits_than_are_read(told: dict[str, Any]) -> None:
    texts = json.dumps({key: told["sheets"][0][key] for key in ("entities", "change", "advice")})
    assert not re.search(r"\d\.\d{7,}", texts)
    assert not math.isnan(told["sheets"][0]["entities"]["count"])
