"""Expected customer lifetime value of entities."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from scorecard_clv import AMOUNT, AT, bgnbd, gamma_gamma
from scorecard_clv.fitting import NoFitError
from scorecard_clv.purchases import Customers, customers

Numbers = NDArray[np.float64]
FEWEST = 10
"""customers who bought again, without whom no model is fitted"""
WEEKS_OF_A_MONTH = 365.25 / 12 / 7
TOLD = ("value", "alive", "purchases", "worth")


def lifetime_value(records: nw.DataFrame[Any], window: tuple[datetime | None, datetime | None], params: Mapping[str, Any]) -> Any:
    """`entity`, `value` and what it is made of: both models fitted to everybody, then the expectation of each. Raises NoFitError."""
    known = customers(records, at=params.get("at", AT), amount=params.get("amount", AMOUNT), who=params.get("who"), until=window[1])
    expected = _expected(known, params)
    entities, of = np.unique(known.entity, return_inverse=True)
    size = np.bincount(of)
    means = {name: np.bincount(of, weights=values) / size for name, values in zip(TOLD, expected, strict=True)}
    return nw.from_dict({"entity": entities, **means}, backend=records.implementation)


def _expected(known: Customers, params: Mapping[str, Any]) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """The value, the chance to be alive, the purchases and what one is worth, of each customer."""
    again = known.again > 0
    if again.sum() < FEWEST:
        raise NoFitError(f"{again.sum()} customers bought again; {FEWEST} are needed to tell how customers buy")
    penalizer = params.get("penalizer", 0.0)
    buying = bgnbd.fit(known.again, known.last, known.age, penalizer)
    spending = gamma_gamma.fit(known.again[again], known.worth[again], penalizer)
    history = (known.again, known.last, known.age)
    until = [buying.expected(month * WEEKS_OF_A_MONTH, *history) for month in range(params["months"] + 1)]
    each_month = np.diff(until, axis=0)
    months = np.arange(1, params["months"] + 1)
    present = (1 + params.get("discount", 0.0)) ** (-months / 12)
    worth = spending.expected(known.again, known.worth)
    value = present @ each_month * worth * params.get("margin", 1.0)
    if lost := int(np.sum(~np.isfinite(value))):
        raise NoFitError(f"what {lost} customers are expected to bring is no number; a penalizer such as 0.01 may help")
    return value, buying.alive(*history), until[-1], worth
