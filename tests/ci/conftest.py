"""A repository with definitions, as a team keeps them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from jobs import commit, git

GOOD = """\
# yaml-language-server: $schema=../schemas/scorecard.schema.json
schema: scorecard/1
title: {en: Customer health, zh: 客户健康}
entity: {key: [customer_id], roster: customers}
bands: {red: {from: 0}, green: {from: 60}}
total: {coverage: 0.5, round: {decimals: 1}}
sources:
  customers:
    type: inline
    rows: [{customer_id: A1, rating: 4, visits: 7}, {customer_id: B2, rating: 3, visits: 2}]
metrics:
  rating: {title: {en: Rating, zh: 评分}, worst: 1, target: 5, unit: points}
  visits: {title: {en: Visits, zh: 拜访}, worst: 0, target: 10, unit: visits}
cases:
  best: {given: {rating: 5, visits: 10}, expect: {score: 100, band: green}}
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A git repository with one definition that is fine."""
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    (tmp_path / "clients").mkdir()
    (tmp_path / "clients" / "acme.scorecard.yaml").write_text(GOOD, encoding="utf-8")
    commit(tmp_path)
    return tmp_path


@pytest.fixture
def change(repository: Path) -> Callable[[str, str], None]:
    def changed(old: str, new: str) -> None:
        path = repository / "clients" / "acme.scorecard.yaml"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return changed
