"""Text to a tree: Python's expression syntax, read with `ast`, of which only what the formula language has is kept."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from scorecard.expression.scan import DEEPEST, MOST_CHARACTERS, MOST_OF_TEMPLATE, Trouble, scan
from scorecard.model.formula import Binary, Call, Cell, Column, Compare, Literal, Logic, Member, Node, Unary
from scorecard.model.issue import Issue, Place

_ARITHMETIC: dict[type[ast.operator], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**",
}  # fmt: skip
_COMPARISONS: dict[type[ast.cmpop], str] = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}
_SPELLED: dict[str, bool | None] = {"true": True, "false": False, "null": None}
_REFUSED: dict[type[ast.AST], str] = {
    ast.Lambda: "lambda", ast.ListComp: "comprehension", ast.SetComp: "comprehension", ast.DictComp: "comprehension",
    ast.GeneratorExp: "comprehension", ast.JoinedStr: "f_string", ast.Subscript: "subscript", ast.NamedExpr: "assignment",
    ast.Starred: "star", ast.IfExp: "if_else", ast.Await: "await", ast.Yield: "yield", ast.YieldFrom: "yield", ast.Dict: "mapping",
    ast.Set: "mapping", ast.List: "list", ast.Tuple: "list",
}  # fmt: skip
MOST_EXACT = 2**53
GREATEST_POWER = 100


def parse(text: str, place: Place | None) -> tuple[Node | None, list[Issue]]:
    """The tree of a formula, names not yet resolved, or None and what is wrong. Raises nothing, whatever the text.

    `place` is where the first character of the text stands. A list for an option (`each=[a, b]`) repeats the option.
    """
    found = _parsed(text, MOST_CHARACTERS)
    if not isinstance(found, tuple):
        return found, []
    return None, [Issue(code=each.code, place=locate(place, text, each.start, each.end), values=each.values) for each in found]


def parse_template(text: str, place: Place | None) -> tuple[Node | None, list[Issue]]:
    """`parse` of what a metric type made of its params: it may be longer than what people write, and its issues are all at `place`."""
    found = _parsed(text, MOST_OF_TEMPLATE)
    return (None, [Issue(code=each.code, place=place, values=each.values) for each in found]) if isinstance(found, tuple) else (found, [])


@lru_cache(maxsize=1024)
def _parsed(text: str, most: int) -> Node | tuple[Trouble, ...]:
    """Kept, because the formula of a metric type is read when it is checked and when it is planned, and metrics share it."""
    if troubles := scan(text, most):
        return troubles
    found = _read(text)
    return (found,) if isinstance(found, Trouble) else found


def locate(place: Place | None, text: str, start: int, end: int) -> Place | None:
    """Where characters `start` to `end` of a formula stand; the whole formula where it spans lines."""
    if place is None or "\n" in text or 1 < place.length < len(text):
        return place
    return place.within(start, end)


def _read(text: str) -> Node | Trouble:
    blank = len(text) - len(text.lstrip())
    line = re.sub(r"[\t\r\n\f\v]", " ", text)[blank:]
    try:
        found = ast.parse(line, mode="eval").body
        if _too_deep(found):
            return Trouble("SC306", 0, len(text), {"reason": "deep", "most": DEEPEST})
        return _Reader(line, blank).node(found)
    except _Refused as refused:
        return refused.trouble
    except SyntaxError as error:
        at = min(blank + max((error.offset or 1) - 1, 0), len(text) - 1)
        return Trouble("SC301", at, at + 1, {"found": text[at : at + 20]})
    except (ValueError, UnicodeError):
        return Trouble("SC302", 0, len(text), {"reason": "character", "found": ascii(text[:20])})
    except (RecursionError, MemoryError):
        return Trouble("SC306", 0, len(text), {"reason": "deep", "most": DEEPEST})


def _too_deep(tree: ast.AST) -> bool:
    level: list[ast.AST] = [tree]
    for _ in range(DEEPEST):
        level = [child for node in level for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr | ast.keyword)]
        if not level:
            return False
    return True


class _Refused(Exception):  # noqa: N818
    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.code)
        self.trouble = trouble


class _Reader:
    """Turns ast nodes into ours; offsets are characters of the text, of which `line` begins after `blank` spaces."""

    def __init__(self, line: str, blank: int) -> None:
        self._line = line
        self._blank = blank
        self._bytes = None if line.isascii() else line.encode()

    def _span(self, node: ast.expr | ast.keyword) -> tuple[int, int]:
        return self._character(node.col_offset), self._character(node.end_col_offset or node.col_offset)

    def _character(self, offset: int) -> int:
        return self._blank + (offset if self._bytes is None else len(self._bytes[:offset].decode()))

    def _written(self, node: ast.expr) -> str:
        """The characters of the text: `ast` normalises names, columns are not."""
        start, end = self._span(node)
        return self._line[start - self._blank : end - self._blank]

    def _refuse(self, node: ast.expr | ast.keyword, reason: str, code: str = "SC302", **values: object) -> _Refused:
        start, end = self._span(node)
        found = self._line[start - self._blank : end - self._blank]
        return _Refused(Trouble(code, start, end, {"reason": reason, "found": found[:40], **values}))

    def node(self, node: ast.expr) -> Node:
        read = _READERS.get(type(node))
        if read is None:
            raise self._refuse(node, _REFUSED.get(type(node), "construct"))
        return read(self, node)

    def constant(self, node: ast.Constant) -> Node:
        start, end = self._span(node)
        value = node.value
        if isinstance(value, bool | str) or value is None:
            return Literal(value=value, start=start, end=end)
        if not isinstance(value, int | float):
            raise self._refuse(node, "construct")
        if (isinstance(value, int) and abs(value) > MOST_EXACT) or not math.isfinite(value):
            raise self._refuse(node, "big_number")
        return Literal(value=float(value), start=start, end=end)

    def name(self, node: ast.Name) -> Node:
        start, end = self._span(node)
        written = self._plain(node, self._written(node), node.id)
        if written in _SPELLED:
            return Literal(value=_SPELLED[written], start=start, end=end)
        return Column(name=written, start=start, end=end)

    def dotted(self, node: ast.Attribute) -> Node:
        if not isinstance(node.value, ast.Name):
            raise self._refuse(node, "dunder" if "__" in node.attr else "dots")
        start, end = self._span(node)
        before = self._plain(node, self._written(node.value), node.value.id)
        behind = self._line[self._span(node.value)[1] - self._blank : end - self._blank].lstrip(" .")
        return Cell(name=f"{before}.{self._plain(node, behind, node.attr)}", start=start, end=end)

    def _plain(self, node: ast.expr, written: str, normalised: str) -> str:
        if "__" in written or "__" in normalised:
            raise self._refuse(node, "dunder")
        return written

    def call(self, node: ast.Call) -> Node:
        start, end = self._span(node)
        if not isinstance(node.func, ast.Name):
            raise self._refuse(node.func, "dunder" if isinstance(node.func, ast.Attribute) and "__" in node.func.attr else "method")
        function = self._plain(node.func, self._written(node.func), node.func.id)
        if function == "col":
            return self._column(node, start, end)
        options: list[tuple[str, Node]] = []
        for keyword in node.keywords:
            if keyword.arg is None:
                raise self._refuse(keyword, "star")
            if keyword.arg in dict(options):
                raise self._refuse(keyword, "twice", "SC305", function=function, name=keyword.arg)
            several = keyword.value.elts if isinstance(keyword.value, ast.List | ast.Tuple) else [keyword.value]
            if not several:
                raise self._refuse(keyword.value, "empty_list")
            options += [(keyword.arg, self.node(value)) for value in several]
        arguments = tuple(self.node(argument) for argument in node.args)
        return Call(function=function, arguments=arguments, options=tuple(options), start=start, end=end)

    def _column(self, node: ast.Call, start: int, end: int) -> Node:
        match node.args:
            case [ast.Constant(value=str(name))] if name and not node.keywords:
                return Column(name=name, start=start, end=end)
        raise self._refuse(node, "col", "SC305", function="col")

    def unary(self, node: ast.UnaryOp) -> Node:
        start, end = self._span(node)
        operand = self.node(node.operand)
        if isinstance(node.op, ast.Not):
            return Unary(operator="not", operand=operand, start=start, end=end)
        if isinstance(node.op, ast.Invert):
            raise self._refuse(node, "construct")
        if isinstance(node.op, ast.UAdd):
            return operand
        if isinstance(operand, Literal) and isinstance(operand.value, float):
            return Literal(value=-operand.value, start=start, end=end)
        return Unary(operator="-", operand=operand, start=start, end=end)

    def binary(self, node: ast.BinOp) -> Node:
        start, end = self._span(node)
        operator = _ARITHMETIC.get(type(node.op))
        if operator is None:
            raise self._refuse(node, "construct")
        left, right = self.node(node.left), self.node(node.right)
        if operator == "**":
            power = right.value if isinstance(right, Literal) else None
            if not isinstance(power, float) or abs(power) > GREATEST_POWER:
                raise self._refuse(node.right, "power", most=GREATEST_POWER)
        return Binary(operator=operator, left=left, right=right, start=start, end=end)

    def logic(self, node: ast.BoolOp) -> Node:
        start, end = self._span(node)
        operands = tuple(self.node(value) for value in node.values)
        return Logic(operator="and" if isinstance(node.op, ast.And) else "or", operands=operands, start=start, end=end)

    def compare(self, node: ast.Compare) -> Node:
        start, end = self._span(node)
        if any(isinstance(operator, ast.In | ast.NotIn) for operator in node.ops):
            return self._member(node, start, end)
        if any(isinstance(operator, ast.Is | ast.IsNot) for operator in node.ops):
            raise self._refuse(node, "is")
        sides = [self.node(side) for side in (node.left, *node.comparators)]
        links = tuple(
            Compare(operator=_COMPARISONS[type(operator)], left=left, right=right, start=left.start, end=right.end)
            for operator, left, right in zip(node.ops, sides, sides[1:], strict=False)
        )
        return links[0] if len(links) == 1 else Logic(operator="and", operands=links, start=start, end=end)

    def _member(self, node: ast.Compare, start: int, end: int) -> Node:
        if len(node.ops) > 1:
            raise self._refuse(node, "chained_in")
        among = node.comparators[0]
        if not isinstance(among, ast.List | ast.Tuple):
            raise self._refuse(among, "in_list")
        if not among.elts:
            raise self._refuse(among, "empty_list")
        options = tuple(self.node(option) for option in among.elts)
        return Member(item=self.node(node.left), options=options, negated=isinstance(node.ops[0], ast.NotIn), start=start, end=end)


def _readers() -> Iterator[tuple[type[ast.expr], Callable[[_Reader, ast.expr], Node]]]:
    pairs = {
        ast.Constant: _Reader.constant, ast.Name: _Reader.name, ast.Attribute: _Reader.dotted, ast.Call: _Reader.call,
        ast.UnaryOp: _Reader.unary, ast.BinOp: _Reader.binary, ast.BoolOp: _Reader.logic, ast.Compare: _Reader.compare,
    }  # fmt: skip
    yield from pairs.items()  # type: ignore[misc]


_READERS = dict(_readers())
