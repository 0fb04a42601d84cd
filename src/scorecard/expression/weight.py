"""How much work a formula over records makes."""

from __future__ import annotations

from scorecard.model.formula import Binary, Call, Compare, Node, Unary, children

HEAVIEST = 2_000
_THRICE = frozenset({"round", "log", "mean_of", "geomean_of", "if_else", "clip"})


def weight(node: Node) -> int:
    """About how often the columns of a formula are read: engines work out a part once for each time it is mentioned."""
    below = sum(weight(child) for child in children(node))
    match node:
        case Binary(operator="+" | "-" | "*") | Unary(operator="-"):
            return below
        case Binary(operator="%", left=left, right=right):
            return 2 * weight(left) + 9 * weight(right)
        case Binary(left=left, right=right):
            return weight(left) + 3 * weight(right)
        case Call(function=function):
            return max(1, (3 if function in _THRICE else 2) * below)
        case Compare():
            return 3 * below
    return max(1, below)
