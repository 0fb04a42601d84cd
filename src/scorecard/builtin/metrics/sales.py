"""Orders in a formula: how many there are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorecard.builtin.metrics.wording import a_column, column

ORDER = a_column("order", "The column with the number of the order, where a record is a line of one.")


def orders(params: Mapping[str, Any], where: str | None = None) -> str:
    """The number of orders: records, or different order numbers where a record is a line of an order."""
    parts = [column(params["order"])] if "order" in params else []
    parts += [f"where={where}"] if where else []
    return f"count{'_distinct' if 'order' in params else ''}({', '.join(parts)})"
