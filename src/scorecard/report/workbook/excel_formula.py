"""Formulas over nodes as formulas of Excel, with the same logic of null.

A number that is null is an error there, which arithmetic hands on as ours hands on null; a text that is null is empty; a condition
is two formulas, where it holds and where it fails, neither of which is ever an error. Only functions that every version has are used.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

from scorecard.expression.functions import FUNCTIONS
from scorecard.model.formula import Binary, Call, Compare, Kind, Literal, Logic, Member, Node, Unary
from scorecard.report.workbook.excel_parts import (
    NotExpressibleError,
    Operand,
    added,
    figure,
    geometric,
    known,
    logistic,
    lognormal,
    quoted,
    rounded,
)

_TIE = 1e-9
_RELATIVE_TIE = 1e-12
_TIE_IS_FIXED_UP_TO = _TIE / _RELATIVE_TIE
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
_TIED = {
    "<": "{a}-{b}<-{t}",
    "<=": "{a}-{b}<={t}",
    ">": "{a}-{b}>{t}",
    ">=": "{a}-{b}>=-{t}",
    "==": "ABS({a}-{b})<={t}",
    "!=": "ABS({a}-{b})>{t}",
}
_ONE_TO_ONE = {"abs": "ABS", "exp": "EXP", "sqrt": "SQRT", "log": "LN"}


class Translator:
    """Translates trees; `read` gives what stands for a node, or None where the node is to be taken apart."""

    def __init__(self, read: Callable[[Node], Operand | None]) -> None:
        self._read = read

    def number(self, node: Node, *, checked: bool = True) -> str:
        """A formula that is a number, or an error where it is null; unless `checked`, a text stands for null too."""
        if (found := self._read(node)) is not None:
            if found.kind is Kind.TRUTH or found.kind is Kind.TEXT:
                raise NotExpressibleError(found.kind)
            return found.text if found.constant or not checked else f"({found.text}+0)"
        match node:
            case Literal(value=None):
                return "NA()"
            case Literal(value=bool() | str()):
                raise NotExpressibleError(type(node.value).__name__)
            case Literal(value=float() | int() as value):
                return figure(value)
            case Unary(operator="-", operand=operand):
                return f"(-{self.number(operand, checked=False)})"
            case Binary():
                return self._arithmetic(node)
            case Call():
                return self._call(node)
        raise NotExpressibleError(type(node).__name__)

    def text(self, node: Node) -> str:
        """A formula that is a text, empty where it is null."""
        if (found := self._read(node)) is not None:
            if found.kind is Kind.TEXT:
                return found.text
            raise NotExpressibleError(found.kind)
        match node:
            case Literal(value=None):
                return '""'
            case Literal(value=str() as value):
                return quoted(value)
            case Call(function="if_else", arguments=(condition, then, otherwise)):
                return self._if(condition, self.text(then), self.text(otherwise), '""')
            case Call(function="coalesce", arguments=arguments):
                texts = [self.text(argument) for argument in arguments]
                return reduce(lambda rest, text: f'IF({text}<>"",{text},{rest})', reversed(texts[:-1]), texts[-1])
        raise NotExpressibleError(type(node).__name__)

    def holds(self, node: Node) -> str:
        """Where a condition holds."""
        return self._truth(node)[0]

    def fails(self, node: Node) -> str:
        """Where a condition fails."""
        return self._truth(node)[1]

    def kind(self, node: Node) -> Kind:
        """What a formula yields; of null alone nothing is known."""
        if (found := self._read(node)) is not None:
            return found.kind
        match node:
            case Literal(value=None):
                return Kind.ANY
            case Literal(value=value):
                return Kind.TRUTH if isinstance(value, bool) else Kind.TEXT if isinstance(value, str) else Kind.NUMBER
            case Compare() | Logic() | Member() | Unary(operator="not"):
                return Kind.TRUTH
            case Call(function=name, arguments=arguments):
                if (result := FUNCTIONS[name].result) is not None:
                    return result
                kinds = [self.kind(one) for one in (arguments[1:] if name == "if_else" else arguments)]
                return next((kind for kind in kinds if kind is not Kind.ANY), Kind.ANY)
        return Kind.NUMBER

    # ------------------------------------------------------------ numbers

    def _arithmetic(self, node: Binary) -> str:
        left, right = (self.number(one, checked=False) for one in (node.left, node.right))
        match node.operator:
            case "+" | "-" | "*" | "/":
                return f"({left}{node.operator}{right})"
            case "//":
                return f"INT({left}/{right})"
            case "%":
                return f"({left}-{right}*INT({left}/{right}))"
        return f"IF(AND({left}+0=0,{right}+0=0),1,POWER({left},{right}))"

    def _call(self, call: Call) -> str:
        arguments = call.arguments
        match call.function:
            case "if_else":
                return self._if(arguments[0], self.number(arguments[1]), self.number(arguments[2]), "NA()")
            case "coalesce":
                numbers = [self.number(argument) for argument in arguments]
                return reduce(lambda rest, number: f"IFERROR({number},{rest})", reversed(numbers[:-1]), numbers[-1])
        numbers = [self.number(argument) for argument in arguments]
        match call.function:
            case "abs" | "exp" | "sqrt" | "log" as name:
                return f"{_ONE_TO_ONE[name]}({numbers[0]})"
            case "clip":
                return f"MIN(MAX({numbers[0]},{numbers[1]}),{numbers[2]})"
            case "round":
                return rounded(numbers[0], arguments[1:])
            case "min_of" | "max_of" as name:
                least = name == "min_of"
                skipping = ",".join(f"IFERROR({number},{'1E+307' if least else '-1E+307'})" for number in numbers)
                return f"IF({known(numbers)}=0,NA(),{'MIN' if least else 'MAX'}({skipping}))"
            case "mean_of":
                return f"({added([f'IFERROR({number},0)' for number in numbers])}/{known(numbers)})"
            case "geomean_of":
                return geometric(numbers)
            case "logistic":
                return logistic(*numbers)
            case "lognormal":
                return lognormal(*numbers)
        raise NotExpressibleError(f"{call.function}()")

    def _if(self, condition: Node, then: str, otherwise: str, unknown: str) -> str:
        holds, fails = self._truth(condition)
        return f"IF({holds},{then},IF({fails},{otherwise},{unknown}))"

    # ------------------------------------------------------------ conditions

    def _truth(self, node: Node) -> tuple[str, str]:
        if (found := self._read(node)) is not None:
            if found.kind is not Kind.TRUTH:
                raise NotExpressibleError(found.kind)
            return f"({found.text}=1)", f"({found.text}=0)"
        match node:
            case Literal(value=bool() as value):
                return str(value).upper(), str(not value).upper()
            case Literal(value=None):
                return "FALSE", "FALSE"
            case Unary(operator="not", operand=operand):
                holds, fails = self._truth(operand)
                return fails, holds
            case Compare(operator=operator, left=left, right=right):
                return self._compared(operator, left, right), self._compared(_OPPOSITE[operator], left, right)
            case Logic(operator=operator, operands=operands):
                halves = [self._truth(operand) for operand in operands]
                holds, fails = (",".join(half) for half in zip(*halves, strict=True))
                return (f"AND({holds})", f"OR({fails})") if operator == "and" else (f"OR({holds})", f"AND({fails})")
            case Member(item=item, options=options, negated=negated):
                same = ",".join(self._compared("==", item, option) for option in options)
                other = ",".join(self._compared("!=", item, option) for option in options)
                return (f"AND({other})", f"OR({same})") if negated else (f"OR({same})", f"AND({other})")
            case Call(function="is_null", arguments=(of,)):
                null = self._null(of)
                return null, f"NOT({null})"
            case Call(function="contains" | "starts_with" as name, arguments=(of, Literal(value=str() as part))):
                text = self.text(of)
                found_in = (
                    f"ISNUMBER(FIND({quoted(part)},{text}))" if name == "contains" else f"EXACT(LEFT({text},{len(part)}),{quoted(part)})"
                )
                return f'AND({text}<>"",{found_in})', f'AND({text}<>"",NOT({found_in}))'
            case Call(function="if_else", arguments=(condition, then, otherwise)):
                first, second = self._truth(then), self._truth(otherwise)
                return self._if(condition, first[0], second[0], "FALSE"), self._if(condition, first[1], second[1], "FALSE")
        raise NotExpressibleError(type(node).__name__)

    def _compared(self, operator: str, left: Node, right: Node) -> str:
        kinds = {self.kind(left), self.kind(right)} - {Kind.ANY}
        if not kinds or _is_null(left) or _is_null(right):
            return "FALSE"
        if kinds == {Kind.TEXT} and operator in ("==", "!="):
            a, b = self.text(left), self.text(right)
            there = ",".join(f'{text}<>""' for one, text in ((left, a), (right, b)) if not isinstance(one, Literal))
            same = f"EXACT({a},{b})"
            return f"AND({there},{same if operator == '==' else f'NOT({same})'})" if there else same
        if kinds == {Kind.TRUTH} and operator in ("==", "!="):
            (h1, f1), (h2, f2) = self._truth(left), self._truth(right)
            one, other = (h2, f2) if operator == "==" else (f2, h2)
            return f"OR(AND({h1},{one}),AND({f1},{other}))"
        if kinds != {Kind.NUMBER}:
            raise NotExpressibleError(operator)
        a, b = self.number(left, checked=False), self.number(right, checked=False)
        return f"IFERROR({_TIED[operator].format(a=a, b=b, t=_tie(left, right, a, b))},FALSE)"

    def _null(self, node: Node) -> str:
        match self.kind(node):
            case Kind.TEXT:
                return f'({self.text(node)}="")'
            case Kind.TRUTH:
                return f"NOT(OR({','.join(self._truth(node))}))"
            case Kind.ANY:
                return "TRUE"
        return f"ISERROR({self.number(node)})"


def _is_null(node: Node) -> bool:
    return isinstance(node, Literal) and node.value is None


def _tie(left: Node, right: Node, a: str, b: str) -> str:
    """How near two numbers count as equal: 1e-9, or relatively to large ones."""
    for one in (left, right):
        if isinstance(one, Literal) and isinstance(one.value, float | int) and abs(one.value) < _TIE_IS_FIXED_UP_TO / 2:
            return "1E-9"
    return f"MAX(1E-9,1E-12*ABS({a}),1E-12*ABS({b}))"
