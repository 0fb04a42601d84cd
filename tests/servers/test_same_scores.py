"""One definition and the same records in four databases: the same scores."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

import pytest
import sqlalchemy as sql

from scorecard import app

duckdb = pytest.importorskip("duckdb")

DEFINITION = """
entity: {{key: [customer_id], roster: customers, attributes: [tier, vip]}}
period: {{every: quarter, timezone: Asia/Shanghai}}
bands: {{red: {{from: 0}}, green: {{from: 60}}}}
total: {{rank: {{ties: best}}}}
sources:
  customers: {{{customers}}}
  orders: {{{orders}, time: ordered_at, where: note != "作废"}}
metrics:
  revenue: {{source: orders, measure: "coalesce(sum(amount), 0)", worst: 0, target: 9000}}
  growth: {{source: orders, window: year, measure: sum(amount) / year_ago(sum(amount)) - 1, worst: -1, target: 1}}
  basket: {{source: orders, measure: mean(amount), worst: 0, target: 900}}
  paid: {{source: orders, measure: share(paid), worst: 0, target: 1}}
  recent: {{source: orders, window: 400 days, measure: "days_between(max(due_on), period.last_day)", worst: 400, target: 0}}
  noted: {{source: orders, measure: 'share(contains(note, "投诉"))', worst: 1, target: 0}}
segments:
  vip: {{when: vip, metrics: {{revenue: {{weight: 3}}}}}}
"""
QUERY = "select * from orders where ordered_at >= :period_start and ordered_at < :period_end"
CUSTOMERS = "customer_id varchar(9), tier varchar(20), vip boolean"
ORDERS = "customer_id varchar(9), amount decimal(12, 2), paid boolean, due_on date, ordered_at timestamp, note varchar(40)"


def records():
    random = Random(7)
    customers = [(f"{number:03d}", random.choice(["战略", "重点", None]), random.random() < 0.3) for number in range(40)]
    orders = []
    for number in range(3000):
        at = datetime(2024, 1, 1) + timedelta(seconds=random.randrange(1000 * 86_400))
        blank = number % 17 == 0
        amount = None if blank else Decimal(random.randrange(-5_000, 200_000)) / 100
        note = random.choice(["投诉：物流慢", "作废", "", None, "It's 100%"])
        due = None if number % 23 == 0 else at.date() + timedelta(days=30)
        orders.append((f"{random.randrange(45):03d}", amount, random.choice([True, False, None]), due, at, note))
    return customers, orders


def filled(url, kind):
    customers, orders = records()
    engine = sql.create_engine(url, poolclass=sql.pool.NullPool)
    columns = {"customers": CUSTOMERS, "orders": ORDERS.replace("timestamp", "datetime(6)") if kind == "mariadb" else ORDERS}
    with engine.begin() as connection:
        for table, rows in (("customers", customers), ("orders", orders)):
            connection.exec_driver_sql(f"drop table if exists {table}")
            connection.exec_driver_sql(f"create table {table} ({columns[table]})" + (" charset utf8mb4" if kind == "mariadb" else ""))
            connection.exec_driver_sql(f"insert into {table} values ({', '.join(['%s'] * len(rows[0]))})", rows)
    return url


def plain(cell):
    if isinstance(cell, Decimal):
        return float(cell)
    return cell.isoformat(" ") if isinstance(cell, datetime) else cell.isoformat() if isinstance(cell, date) else cell


def sources(kind, request, folder):
    customers, orders = records()
    if kind == "sqlite":
        with sqlite3.connect(folder / "erp.db") as connection:
            connection.execute(f"create table customers ({CUSTOMERS})")
            connection.execute(f"create table orders ({ORDERS})")
            connection.executemany("insert into customers values (?, ?, ?)", customers)
            connection.executemany("insert into orders values (?, ?, ?, ?, ?, ?)", [[plain(cell) for cell in row] for row in orders])
        connection.close()
        return "type: sql, url: sqlite:///erp.db"
    if kind == "duckdb":
        with duckdb.connect(str(folder / "erp.duckdb")) as connection:
            connection.execute(f"create table customers ({CUSTOMERS}); create table orders ({ORDERS})")
            connection.executemany("insert into customers values (?, ?, ?)", customers)
            connection.executemany("insert into orders values (?, ?, ?, ?, ?, ?)", orders)
        return "type: duckdb, path: erp.duckdb"
    return f"type: sql, url: '{filled(request.getfixturevalue(kind), kind)}'"


@pytest.fixture
def score(request, tmp_path):
    def score_(kind):
        source = sources(kind, request, tmp_path)
        path = tmp_path / f"{kind}.scorecard.yaml"
        text = DEFINITION.format(customers=f"{source}, table: customers", orders=f'{source}, query: "{QUERY}"')
        path.write_text(text, "utf-8")
        return app.evaluate(path, period="2026-Q1..2026-Q2")

    return score_


@pytest.mark.parametrize("kind", ["sqlite", "duckdb", "mariadb"])
def test_scores_are_the_same_in_every_database(score, kind):
    expected, found = score("postgresql"), score(kind)
    for table in ("scores", "metrics"):
        ours, theirs = (
            getattr(each, table).sort_values(["period", "customer_id", *(["metric"] if table == "metrics" else [])])
            for each in (found, expected)
        )
        assert len(ours) == len(theirs) > 70
        for column in ("score", *(["value"] if table == "metrics" else [])):
            assert ours[column].isna().tolist() == theirs[column].isna().tolist()
            assert ours[column].fillna(0).to_numpy() == pytest.approx(theirs[column].fillna(0).to_numpy(), abs=1e-12, rel=1e-12)
    assert found.metrics["value"].notna().mean() > 0.8
