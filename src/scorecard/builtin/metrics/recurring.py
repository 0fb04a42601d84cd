"""Recurring revenue at the two ends of a window, in a formula."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scorecard.builtin.metrics.wording import a_column, column, options
from scorecard.language.phrase import Phrase

AT_START, AT_END = "active_on(window.start - 1)", "active_on(window.last_day)"
MOVEMENTS = ("expansion", "contraction", "churned")


def retained(params: Mapping[str, Any], *, growth: bool) -> str:
    """What the revenue of the customers at the start is at the end over what it was; without growth nobody counts for more."""
    if "opening" in params:
        return _moved(params, growth=growth)
    amount = column(params.get("amount", "amount"))
    before, after = f"sum({amount}, where={AT_START})", f"coalesce(sum({amount}, where={AT_END}), 0)"
    kept = after if growth else f"min_of({after}, {before})"
    if "who" not in params:
        return f"if_else({before} > 0, {kept} / {before}, null)"
    each = f"where={before} > 0, each={column(params['who'])}"
    return f"sum({kept}, {each}) / sum({before}, {each})"


def _moved(params: Mapping[str, Any], *, growth: bool) -> str:
    """The same from columns that say what was added and what was lost."""
    opening = f"sum({column(params['opening'])})"
    added = f" + coalesce(sum({column(params['expansion'])}), 0)" if growth and "expansion" in params else ""
    lost = "".join(f" - coalesce(sum({column(params[name])}), 0)" for name in ("contraction", "churned") if name in params)
    return f"if_else({opening} > 0, ({opening}{added}{lost}) / {opening}, null)"


def check(params: Mapping[str, Any]) -> Iterator[str]:
    """Contracts, or sums of what was added and lost."""
    if "opening" in params:
        if not any(name in params for name in MOVEMENTS):
            yield Phrase("beside opening give what moved: {names}", names=", ".join(MOVEMENTS))
        for name in ("amount", "who"):
            if name in params:
                yield Phrase("opening says already what there was; {name} is not read", name=name)
    else:
        for name in MOVEMENTS:
            if name in params:
                yield Phrase("{name} belongs to opening, the revenue at the start", name=name)


PARAMS = options(
    amount=a_column("amount", "The column with what a contract brings per month or year; amount unless given."),
    who=a_column("who", "The column that says which customer a contract is of, where an entity has many."),
    opening=a_column("opening", "Instead of contracts: the column with the recurring revenue at the start."),
    expansion=a_column("expansion", "With opening: the column with what its customers added."),
    contraction=a_column("contraction", "With opening: the column with what they cut, as a positive number."),
    churned=a_column("churned", "With opening: the column with what was lost with those who left, as a positive number."),
)
