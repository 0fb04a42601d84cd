"""An editor with a YAML language server completes, explains and checks definitions through the published schema."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from language_server import Server, missing, running

SCHEMA = Path(__file__).parents[2] / "schemas" / "scorecard.schema.json"
TEXT = f"""\
# yaml-language-server: $schema={SCHEMA.as_uri()}
schema: scorecard/1
entity: {{key: [customer_id], roster: customers}}
sources:
  customers: {{type: csv, path: customers.csv}}
  tickets:
    type: excel
    path: tickets.xlsx
metrics:
  loyalty:
    type: nps
    params:
      score: recommend
    worst: -40
    targt: 60
  in_time:
    type: sla_attainment
    params: {{witin: hours}}
"""

pytestmark = pytest.mark.skipif(missing() is not None, reason=str(missing()))


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running() as found:
        yield found


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("editor") / "acme.scorecard.yaml"
    found.write_text(TEXT, encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def wrong(server: Server, path: Path) -> list[tuple[int, str]]:
    return sorted((each["range"]["start"]["line"], each["message"]) for each in server.open(path))


def test_it_marks_keys_that_are_not_there(wrong: list[tuple[int, str]]) -> None:
    assert wrong == [(14, "Property targt is not allowed."), (17, "Property witin is not allowed.")]


@pytest.mark.usefixtures("wrong")
def test_it_completes_the_params_of_a_metric_type(server: Server, path: Path) -> None:
    line = TEXT.splitlines().index("      score: recommend")
    offered = server.completions(path, line, 6)
    assert "score" in offered
    assert "answers from 0 to 10" in offered["score"]["documentation"]


@pytest.mark.usefixtures("wrong")
def test_it_completes_the_settings_of_a_source(server: Server, path: Path) -> None:
    line = TEXT.splitlines().index("    path: tickets.xlsx")
    assert {"sheet", "columns", "time", "where", "expect"} <= server.completions(path, line, 4).keys()


@pytest.mark.usefixtures("wrong")
def test_it_completes_allowed_values(server: Server, path: Path) -> None:
    line = TEXT.splitlines().index("    type: nps")
    offered = server.completions(path, line, 10)
    assert {"nps", "csat", "rfm", "sla_attainment"} <= offered.keys()


@pytest.mark.usefixtures("wrong")
def test_it_explains_keys_values_and_params(server: Server, path: Path) -> None:
    lines = TEXT.splitlines()
    assert "`nps`: Net promoter score" in server.hover(path, lines.index("    type: nps"), 11)
    assert "Who gets a score." in server.hover(path, 2, 2)
    assert "answers from 0 to 10" in server.hover(path, lines.index("      score: recommend"), 8)
