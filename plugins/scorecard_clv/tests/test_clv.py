"""The metric type: fitted to everybody at once, told with what it is made of, and failed with a reason where nothing fits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import scorecard_clv
from scorecard_clv import bgnbd, gamma_gamma
from scorecard_clv.purchases import customers
from scorecard_clv.value import WEEKS_OF_A_MONTH

import scorecard
from scorecard.app import registry
from scorecard.testing import Case, check_plugin, read_cases, run_case

CASES = read_cases(Path(__file__).with_name("clv_bgnbd.yaml"))
DEFINITION = """
schema: scorecard/1
entity: {{key: [{key}], roster: who}}
period: {{every: quarter}}
sources:
  who: {{type: csv, path: who.csv}}
  orders: {{type: csv, path: orders.csv, time: ordered_at}}
metrics:
  clv: {{type: clv_bgnbd, source: orders, window: all, params: {params}, worst: 0, target: 1000}}
"""


def purchases(size: int = 120, seed: int = 3) -> pd.DataFrame:
    """Customers who buy at rates of their own from a day of their own on, until some stop; the last one buys once."""
    chance = np.random.default_rng(seed)
    rows = []
    for at in range(size):
        day, often, worth = chance.integers(0, 200), chance.gamma(1.2, 12) + 4, chance.gamma(6, 20)
        while day < 540:
            rows.append(
                (f"C{at:03d}", pd.Timestamp("2025-01-01") + pd.Timedelta(days=int(day), hours=10), round(chance.gamma(5, worth / 5), 2))
            )
            day += chance.exponential(often) + 1
            if at == size - 1 or chance.random() < 0.12:
                break
    return pd.DataFrame(rows, columns=["customer_id", "ordered_at", "amount"])


@pytest.fixture
def evaluate(tmp_path: Path):
    def evaluated(orders: pd.DataFrame, engine: str = "pandas", key: str = "customer_id", **params: Any) -> Any:
        path = tmp_path / "clv.scorecard.yaml"
        written = ", ".join(f"{name}: {value}" for name, value in {"months": 12, **params}.items())
        path.write_text(DEFINITION.format(key=key, params="{" + written + "}"), "utf-8")
        who = pd.DataFrame({key: sorted(set(orders[key]))})
        frames = {"who": who, "orders": orders}
        return scorecard.evaluate(path, period="2026-Q2", frames=frames, engine=engine)  # type: ignore[arg-type]

    return evaluated


def values(evaluation: Any) -> dict[str, float]:
    (key,) = evaluation.scorecard.entity.key
    return dict(zip(evaluation.metrics[key], evaluation.metrics["value"], strict=True))


def test_it_keeps_the_contract_and_is_found() -> None:
    check_plugin(scorecard_clv)
    assert registry().offered_by["metric_types", "clv_bgnbd"].name == "clv"


@pytest.mark.parametrize("engine", ["pandas", "polars"])
@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Case, engine: Any) -> None:
    run_case(case, engine=engine)


def by_hand(orders: pd.DataFrame, months: int, discount: float, margin: float) -> dict[str, float]:
    """The same by pandas: repeat days, weeks, two fits, a sum over months."""
    end = pd.Timestamp("2026-07-01")
    days = orders.assign(day=orders["ordered_at"].dt.normalize()).groupby(["customer_id", "day"], as_index=False)["amount"].sum()
    first = days.groupby("customer_id")["day"].transform("min")
    grouped = days.groupby("customer_id")
    again = grouped.size() - 1
    last = (grouped["day"].max() - grouped["day"].min()).dt.days / 7
    age = (end - grouped["day"].min()).dt.days / 7
    worth = days[days["day"] > first].groupby("customer_id")["amount"].mean().reindex(again.index)
    history = tuple(each.to_numpy(float) for each in (again, last, age))
    buying, spending = bgnbd.fit(*history), gamma_gamma.fit(history[0][again > 0], worth[again > 0].to_numpy())
    amount = spending.expected(history[0], worth.to_numpy())
    total, before = np.zeros(len(again)), np.zeros(len(again))
    for month in range(1, months + 1):
        now = buying.expected(month * WEEKS_OF_A_MONTH, *history)
        total += (now - before) / (1 + discount) ** (month / 12)
        before = now
    return dict(zip(again.index, total * amount * margin, strict=True))


@pytest.mark.parametrize("engine", ["pandas", "polars"])
def test_it_is_what_the_models_say_of_each_customer(evaluate, engine: str) -> None:
    orders = purchases()
    found = values(evaluate(orders, engine, months=6, discount=0.1, margin=0.4))
    expected = by_hand(orders, 6, 0.1, 0.4)
    assert found.keys() == expected.keys()
    assert list(found.values()) == pytest.approx(list(expected.values()), rel=1e-6)
    assert all(np.isfinite(value) and value >= 0 for value in found.values())


def test_who_bought_once_is_judged_by_the_others(evaluate) -> None:
    evaluation = evaluate(purchases())
    assert 0 < values(evaluation)["C119"] < max(values(evaluation).values())
    assert "'chance of still buying'" in str(evaluation.explain(customer_id="C119"))


def test_a_longer_horizon_is_worth_more_and_a_discount_less(evaluate) -> None:
    orders = purchases()
    year, two, discounted = (values(evaluate(orders, **more)) for more in ({}, {"months": 24}, {"discount": 0.2}))
    assert all(discounted[id] < year[id] < two[id] for id in year)


def test_purchases_of_a_day_are_one_and_refunds_take_off() -> None:
    import narwhals as nw

    days = ["2026-01-01", "2026-01-15", "2026-01-15", "2026-01-22", "2026-01-22", "2026-01-29"]
    records = pd.DataFrame({"entity": 0, "at": pd.to_datetime(days), "amount": [10.0, 30.0, 20.0, 40.0, -40.0, None]})
    found = customers(nw.from_native(records, eager_only=True), at="at", amount="amount", who=None, until=pd.Timestamp("2026-02-12"))
    assert (found.again, found.last, found.age, found.worth) == (1, 2, 6, 50)


def test_of_an_entity_with_many_customers_it_is_the_mean(evaluate) -> None:
    orders = purchases()
    alone = values(evaluate(orders))
    orders = orders.assign(region=np.where(orders["customer_id"] < "C060", "east", "west"))
    found = values(evaluate(orders, key="region", who="customer_id"))
    assert found["east"] == pytest.approx(np.mean([value for id, value in alone.items() if id < "C060"]), rel=1e-9)


@pytest.mark.parametrize(
    ("orders", "said"),
    [
        (purchases().drop_duplicates("customer_id", keep="last"), "0 customers bought again; 10 are needed"),
        (purchases(8), "customers bought again"),
        (purchases().assign(amount=lambda frame: 10.0 ** (frame.groupby("customer_id").ngroup() % 9)), "no mean"),
    ],
)
def test_where_nothing_fits_it_fails_and_says_why(evaluate, orders: pd.DataFrame, said: str) -> None:
    evaluation = evaluate(orders)
    assert set(evaluation.metrics["state"]) == {"failed"}
    assert evaluation.metrics["value"].isna().all()
    assert said in str(evaluation.notes) + str(evaluation.explain(customer_id="C000"))


def test_the_same_amount_for_all_leaves_the_number_of_purchases(evaluate) -> None:
    found = values(evaluate(purchases().assign(amount=50.0)))
    expected = by_hand(purchases().assign(amount=50.0), 12, 0, 1)
    assert found == pytest.approx(expected, rel=1e-6)
