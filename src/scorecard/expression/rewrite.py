"""Rebuild a formula with some of its nodes replaced."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from scorecard.model.formula import Binary, Call, Compare, Logic, Member, Node, Unary


def rewrite(tree: Node, visit: Callable[[Node], Node | None]) -> Node:
    """The tree with every node for which `visit` gives another one replaced by it, parents first.

    A replacement is taken as it is; where `visit` gives None (or the node itself) its operands are rewritten in turn.
    """
    found = visit(tree)
    if found is not None and found is not tree:
        return found
    return rebuild(tree, lambda node: rewrite(node, visit))


def rebuild(node: Node, change: Callable[[Node], Node]) -> Node:
    """The node with each of its direct operands changed; the node itself where none was."""
    match node:
        case Call(arguments=arguments, options=options):
            changed = tuple(change(argument) for argument in arguments)
            named = tuple((name, change(option)) for name, option in options)
            same = _same(changed, arguments) and _same(tuple(n for _, n in named), tuple(n for _, n in options))
            return node if same else replace(node, arguments=changed, options=named)
        case Unary(operand=operand):
            inner = change(operand)
            return node if inner is operand else replace(node, operand=inner)
        case Binary(left=left, right=right) | Compare(left=left, right=right):
            sides = (change(left), change(right))
            return node if _same(sides, (left, right)) else replace(node, left=sides[0], right=sides[1])
        case Logic(operands=operands):
            changed = tuple(change(operand) for operand in operands)
            return node if _same(changed, operands) else replace(node, operands=changed)
        case Member(item=item, options=choices):
            parts = (change(item), *(change(choice) for choice in choices))
            return node if _same(parts, (item, *choices)) else replace(node, item=parts[0], options=parts[1:])
    return node


def _same(ours: tuple[Node, ...], theirs: tuple[Node, ...]) -> bool:
    return all(a is b for a, b in zip(ours, theirs, strict=True))
