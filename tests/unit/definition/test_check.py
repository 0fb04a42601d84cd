"""From a file to a scorecard: the published examples, order and places of issues, speed, and what is never imported."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from scorecard.definition.check import Outcome, check_file, check_text, id_of
from scorecard.hooks.registry import Registry
from scorecard.model.definition import Constant, RuleKind
from scorecard.model.definition import Path as DatePath
from scorecard.model.formula import Kind

HERE = Path(__file__).parent
HDI = (HERE / "hdi.scorecard.yaml").read_text("utf-8")
CLIENT = (HERE / "client.scorecard.yaml").read_text("utf-8")


@pytest.fixture
def client(tmp_path: Path, registry: Registry) -> Outcome:
    """The client's definition over an industry's and a shared layer."""
    (tmp_path / "industry").mkdir()
    book = tmp_path / "clients" / "acme"
    book.mkdir(parents=True)
    (tmp_path / "industry" / "b2b-software.scorecard.yaml").write_text(
        "schema: scorecard/1\nmetrics: {resolution: {owner: Support, worst: 100}}\n", encoding="utf-8"
    )
    (book / "shared.scorecard.yaml").write_text("sources: {projects: {type: csv, path: projects.csv}}\ngroups: {service: {owner: S}}\n")
    (book / "acme.scorecard.yaml").write_text(CLIENT, encoding="utf-8")
    return check_file(book / "acme.scorecard.yaml", registry)


def test_a_published_index_checks_clean(registry: Registry) -> None:
    outcome = check_text(HDI, "hdi.scorecard.yaml", registry)
    assert outcome.issues == ()
    card = outcome.scorecard
    assert card is not None
    assert card.id == "hdi"
    assert [band.id for band in card.bands] == ["low", "medium", "high", "very_high"]
    assert card.total.aggregation.kind == "geometric"
    assert card.total.round is not None
    assert (card.total.round.decimals, card.total.round.mode) == (3, "half_up")
    assert card.groups["education"].missing.policy == "no_score"
    assert card.total.missing.policy == "skip"
    assert [(metric.id, metric.source, metric.curve.kind, metric.measure and metric.measure.text) for metric in card.metrics.values()] == [
        ("le", "hdi", "straight", "le"),
        ("eys", "hdi", "straight", "eys"),
        ("mys", "hdi", "straight", "mys"),
        ("gnipc", "hdi", "log", "gnipc"),
    ]
    assert card.metrics["gnipc"].title.into("zh") == "Income"
    assert card.title.into("zh") == "人类发展指数"


def test_a_clients_book_checks_clean(client: Outcome) -> None:
    assert client.issues == ()
    card = client.scorecard
    assert card is not None
    assert card.period is not None
    assert card.period.timezone == "Asia/Shanghai"
    csat = card.metrics["csat"]
    assert csat.worst == Constant(40.0)
    assert csat.target == DatePath(((date(2025, 12, 31), 82.0), (date(2026, 12, 31), 90.0)))
    assert csat.unit == "points"
    amber = csat.thresholds["amber"]
    assert not isinstance(amber, Constant | DatePath)
    assert amber.text == "0.8 * target"
    growth = card.metrics["growth"]
    assert (growth.worst, growth.target) == (Constant(-0.2), Constant(0.2))
    assert growth.applies_when is not None
    assert growth.applies_when.kind is Kind.TRUTH
    assert card.metrics["resolution"].owner == "Support"
    assert card.metrics["resolution"].worst == Constant(72.0)
    rule = card.rules["open_critical_ticket"]
    assert (rule.kind, rule.band, rule.amount, rule.of) == (RuleKind.CAP, "amber", None, "total")
    changes = {(change.node, change.key): change.value for change in card.segments["strategic"].changes}
    assert changes["csat", ("target",)] == Constant(95.0)
    assert changes["resolution", ("thresholds", "amber")] == Constant(24.0)
    assert changes["satisfaction", ("weight",)] == Constant(50.0)
    tier = next(column for column in card.sources["projects"].columns if column.name == "tier")
    assert (tier.spellings, tier.values, tier.otherwise) == (("客户等级",), {"战略": "strategic", "重点": "key"}, "standard")
    assert card.sources["surveys"].nulls == ("/", "未答")
    assert card.exemptions["c042_migration"].valid_until == date(2026, 12, 31)


def test_references_to_the_environment_stay_as_they_are(client: Outcome) -> None:
    assert client.scorecard is not None
    assert client.scorecard.sources["orders"].settings["url"] == "${ERP_URL}"


def test_every_value_knows_its_file(client: Outcome, tmp_path: Path) -> None:
    card = client.scorecard
    assert card is not None
    assert [Path(file).name for file in card.files] == ["acme.scorecard.yaml", "b2b-software.scorecard.yaml", "shared.scorecard.yaml"]
    assert card.places["metrics", "resolution", "owner"].file.endswith("b2b-software.scorecard.yaml")
    assert card.places["metrics", "resolution", "worst"].file.endswith("acme.scorecard.yaml")
    assert card.places["metrics", "csat", "params", "scale", "1"].line == 17
    assert ("metrics", "csat", "none") not in card.places
    assert len(card.places) == len(list(card.places)) > 100
    assert card.sources["projects"].folder == str(tmp_path / "clients" / "acme")


def test_a_source_lives_in_the_folder_of_the_file_that_wrote_its_path(tmp_path: Path, registry: Registry) -> None:
    (tmp_path / "low").mkdir()
    (tmp_path / "low" / "base.yaml").write_text(
        "entity: {key: []}\nsources: {a: {type: csv, path: a.csv}, b: {type: sql, url: x, query: q}}\n"
        "metrics: {m: {source: a, worst: 0, target: 1}}"
    )
    (tmp_path / "top.yaml").write_text("extends: low/base.yaml\nsources: {a: {encoding: gbk}, b: {query: r}}\n")
    card = check_file(tmp_path / "top.yaml", registry).scorecard
    assert card is not None
    assert card.sources["a"].folder == card.sources["b"].folder == str(tmp_path / "low")
    (tmp_path / "top.yaml").write_text("extends: low/base.yaml\nsources: {a: {path: b.csv}}\n")
    card = check_file(tmp_path / "top.yaml", registry).scorecard
    assert card is not None
    assert card.sources["a"].folder == str(tmp_path)


def test_all_issues_come_in_one_pass_sorted_by_place(check: Callable[[str], Outcome]) -> None:
    outcome = check(
        "scale: [100, 0]\n"
        "period: {every: quater}\n"
        "groups: {g: {weigth: 2}}\n"
        "metrics:\n"
        "  csat: {group: h, measure: mean(rating) +, worst: 0, targt: 100}\n"
        "  nps: {source: nowhere, measure: mean(x), worst: 1, target: 1_000}\n"
        "rules: {r: {when: csta.score > 1, add: 1}}\n"
    )
    assert [(issue.code, issue.place and issue.place.line) for issue in outcome.issues] == [
        ("SC419", 1),
        ("SC103", 2),
        ("SC104", 3),
        ("SC202", 5),
        ("SC301", 5),
        ("SC104", 5),
        ("SC201", 6),
        ("SC401", 6),
        ("SC303", 7),
    ]
    assert outcome.scorecard is None
    assert all(issue.source_line is not None for issue in outcome.issues)


def test_the_hint_names_what_was_meant(check: Callable[[str], Outcome]) -> None:
    (issue,) = check("metrics: {csat: {measure: mean(rating), worst: 0, target: 1, wieght: 2}}").issues
    assert (issue.values["owner"], issue.values["did_you_mean"]) == ("metric 'csat'", ["weight"])
    assert issue.place is not None
    assert (issue.place.column, issue.place.length) == (62, 6)


def test_a_formulas_issue_stands_at_its_character(check: Callable[[str], Outcome]) -> None:
    (issue,) = check("rules: {r: {when: 'csat.score > 1 and csta.score > 2', add: 1}}").issues
    assert issue.place is not None
    assert issue.source_line is not None
    assert issue.source_line[issue.place.column - 1 :].startswith("csta.score")


@pytest.mark.parametrize("style", [">-", "|", ">", "|-"])
def test_an_issue_in_a_formula_over_several_lines_stands_where_it_begins(check: Callable[[str], Outcome], style: str) -> None:
    (issue,) = check(f"rules:\n  r:\n    add: 1\n    when: {style}\n      csat.score > 1\n      and csta.score > 2\n").issues
    assert issue.code == "SC303"
    assert issue.place is not None
    assert (issue.place.line, issue.place.column) == (4, 11)


def test_the_digest_is_of_what_is_said_not_of_how(registry: Registry) -> None:
    def digest(text: str) -> str:
        card = check_text(text, "hdi.scorecard.yaml", registry).scorecard
        assert card is not None
        return card.digest

    assert digest(HDI) == digest("# a comment\n" + HDI)
    assert digest(HDI) != digest(HDI.replace("worst: 20", "worst: 21"))
    assert re.fullmatch("[0-9a-f]{64}", digest(HDI))


@pytest.mark.parametrize(
    ("file", "id"),
    [("a/acme.scorecard.yaml", "acme"), ("x.yml", "x"), ("x.scorecard.yml", "x"), ("-", "-"), (".yaml", "scorecard")],
)
def test_the_id_is_the_files_name(file: str, id: str) -> None:
    assert id_of(file) == id


@pytest.mark.parametrize("text", ["", "a", "[]", "entity: 5", "entity: {}", "metrics: []", "entity: {key: [a]}\nmetrics: [1]", "{", "\x00"])
def test_bad_input_never_raises(text: str, registry: Registry) -> None:
    outcome = check_text(text, "a.yaml", registry)
    assert outcome.scorecard is None
    assert outcome.errors


def test_one_large_text_is_refused_at_once(registry: Registry) -> None:
    assert [issue.code for issue in check_text(" " * 5_000_001, "a.yaml", registry).issues] == ["SC004"]


def test_a_missing_file_is_an_issue(tmp_path: Path, registry: Registry) -> None:
    assert [issue.code for issue in check_file(tmp_path / "a.yaml", registry).issues] == ["SC001"]


def test_checking_is_fast(registry: Registry) -> None:
    metrics = "\n".join(
        f"  m{at}:\n    title: {{en: Metric {at}, zh: 指标}}\n    group: g{at % 5}\n    weight: {at % 7 + 1}\n"
        f"    measure: mean(value_{at})\n"
        f"    window: 6 months\n    worst: 0\n    thresholds: {{amber: 60, green: 80}}\n    target: 100\n    owner: somebody"
        for at in range(18)
    )
    text = (
        "entity: {key: [customer_id], attributes: [tier]}\nsources: {s: {type: csv, path: s.csv}}\nperiod: {every: quarter}\n"
        "bands: {red: {from: 0}, amber: {from: 60}, green: {from: 80}}\n"
        f"groups: {{{', '.join(f'g{at}: {{}}' for at in range(5))}}}\nmetrics:\n{metrics}\n"
    )
    assert 180 <= text.count("\n") <= 220
    assert check_text(text, "a.yaml", registry).issues == ()
    took = []
    for _ in range(20):
        start = time.perf_counter()
        check_text(text, "a.yaml", registry)
        took.append(time.perf_counter() - start)
    assert min(took) < 0.02


def test_the_clean_path_imports_neither_numpy_nor_jsonschema(tmp_path: Path) -> None:
    file = tmp_path / "hdi.scorecard.yaml"
    file.write_text("entity: {key: [id]}\nscale: open\nmetrics: {m: {measure: 1 + 1, curve: identity}}\n", encoding="utf-8")
    code = (
        "import sys; from scorecard.definition.check import check_file; from scorecard.hooks.registry import Registry; "
        "from scorecard.describe import render; outcome = check_file(sys.argv[1], Registry()); "
        "assert outcome.scorecard is not None, [render(i) for i in outcome.issues]; "
        "print([m for m in ('numpy', 'narwhals', 'jsonschema', 'pandas', 'click', 'rich') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(file)], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
