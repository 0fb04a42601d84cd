"""A small scorecard in a folder of its own, and the place that shows it, asked as its page asks it."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scorecard import app
from scorecard.evaluation.run import Request
from scorecard.serve.guard import Door
from scorecard.serve.place import place
from scorecard.serve.session import Session

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of httpx, which is about to get another name
    from starlette.testclient import TestClient

DEFINITION = """\
schema: scorecard/1
title: {en: Customer health, zh: 客户健康评分}
entity: {key: [customer_id], roster: customers, attributes: [tier]}
bands: {red: {from: 0}, amber: {from: 60, title: {en: Watch, zh: 关注}}, green: {from: 80}}
total: {round: {decimals: 1, mode: half_up}}
sources:
  customers: {type: csv, path: customers.csv}
  surveys: {type: csv, path: surveys.csv}
metrics:
  # what customers say of us
  rating: {title: {en: Mean rating, zh: 平均评分}, source: surveys, measure: mean(rating), weight: 3,
           worst: 2, thresholds: {amber: 3, green: 4}, target: 5}
  nps: {title: NPS, source: surveys, measure: mean(nps) / 100, unit: percent, worst: -20%, target: 60%}  # a share
segments:
  large: {title: {en: Large ones, zh: 大客户}, when: tier == "large", metrics: {rating: {target: 4.5}}}
"""
CUSTOMERS = "customer_id,tier,region\nA1,large,north\nB2,small,north\nC3,small,south\nD4,small,south\n"
SURVEYS = "customer_id,rating,nps\nA1,4.4,40\nA1,4,40\nB2,2.5,10\nC3,5,\n"
TOKEN = "a token"
PORT = 8765
HOST = f"127.0.0.1:{PORT}"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in {"acme.scorecard.yaml": DEFINITION, "customers.csv": CUSTOMERS, "surveys.csv": SURVEYS}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def session(folder: Path) -> Session:
    """The definition, read and scored."""
    found = Session("acme.scorecard.yaml", app.registry(), Request(before=1))
    found.open()
    return found


@pytest.fixture
def client(session: Session) -> TestClient:
    """One who has the token, and asks from the page itself."""
    headers = {"host": HOST, "origin": f"http://{HOST}"}
    found = TestClient(place(session, Door(PORT, TOKEN)), base_url=f"http://{HOST}", headers=headers, follow_redirects=False)
    found.cookies.set(f"scorecard_{PORT}", f'"{TOKEN}"')
    return found


Ask = Callable[..., Any]


@pytest.fixture
def ask(client: TestClient) -> Ask:
    """What the page is answered; a refusal is its sentence."""

    def ask(path: str, language: str = "en", **asked: Any) -> Any:
        answer = client.post(f"{path}?lang={language}", json=asked)
        assert answer.status_code in (200, 409), answer
        return answer.json() if answer.status_code == 200 else answer.json()["error"]

    return ask
