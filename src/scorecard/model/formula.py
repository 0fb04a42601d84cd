"""A formula as a tree of frozen nodes; `start` and `end` are character offsets in its text, for carets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from scorecard.model.issue import Place


class Kind(StrEnum):
    """What a column, a cell or a formula holds."""

    NUMBER = "number"
    TEXT = "text"
    MOMENT = "moment"
    """a day or a time, always naive and local to the scorecard's time zone"""
    TRUTH = "truth"
    """true, false or unknown"""
    ANY = "any"
    """not known yet, or null"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Literal(Node):
    """A number, text, truth or null (`None`)."""

    value: float | str | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Node):
    """A column of the records at hand: a bare name in `measure` and `where`, or `col("…")`."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell(Node):
    """One dotted name over entities: `csat.value`, `entity.tier`, `period.last_day`, `params.x`.

    Bare attribute names become `entity.<name>`; a bare `target` becomes `<metric>.target`, a bare `value` `<metric>.value`.
    """

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Node):
    """A function of the closed table with positional arguments and named options (`where=`, `each=`, `by=`)."""

    function: str
    arguments: tuple[Node, ...] = ()
    options: tuple[tuple[str, Node], ...] = ()

    def option(self, name: str) -> Node | None:
        return dict(self.options).get(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unary(Node):
    """`-` or `not`."""

    operator: str
    operand: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Binary(Node):
    """`+ - * / // % **` over numbers, `+ -` between a moment and a number of days."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Compare(Node):
    """`< <= > >= == !=` between two operands; a chain is an `and` of these."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Logic(Node):
    """`and` or `or` over two or more conditions, three-valued."""

    operator: str
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Member(Node):
    """`item in [a, b]`, or `not in`."""

    item: Node
    options: tuple[Node, ...]
    negated: bool = False


def children(node: Node) -> tuple[Node, ...]:
    """The direct operands of a node, in the order of the text."""
    match node:
        case Call():
            return (*node.arguments, *(option for _, option in node.options))
        case Unary():
            return (node.operand,)
        case Binary() | Compare():
            return (node.left, node.right)
        case Logic():
            return node.operands
        case Member():
            return (node.item, *node.options)
    return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, parents first."""
    yield node
    for child in children(node):
        yield from walk(child)


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A formula of a definition: as written, as a tree whose names are resolved, and where it stands.

    `kind` is what it yields. `columns` are the columns it reads with the kind their uses ask; `cells` the dotted
    names it reads, as they are (outside `previous` and `year_ago`).
    """

    text: str
    tree: Node
    kind: Kind = Kind.ANY
    place: Place | None = field(default=None, compare=False)
