"""What formulas of Excel are made of: numbers and texts as they are written there, and functions that it does not have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scorecard.model.formula import Kind, Literal, Node

NULL = "–"
"""what a cell shows that has no number: a text, so that arithmetic with it is an error"""
ABSENT = "·"
"""what a cell shows for a number that is not written at all"""
_LONGEST_TEXT = 255
_LONGEST = 8_000
_DEEPEST = 60
_Z90 = 1.2815515655446004


class NotExpressibleError(Exception):
    """What no formula of Excel says as ours does."""


@dataclass(frozen=True, slots=True)
class Operand:
    """What stands for a part of a formula: the reference to a cell that holds it, or a constant."""

    text: str
    kind: Kind
    constant: bool = False


def figure(number: float) -> str:
    """A number as it is written in a formula."""
    text = repr(float(number)).removesuffix(".0").upper()
    return f"({text})" if number < 0 else text


def quoted(text: str) -> str:
    """A text as it is written in a formula."""
    if len(text) > _LONGEST_TEXT or not text.isprintable():
        raise NotExpressibleError("text")
    return '"' + text.replace('"', '""') + '"'


def sound(formula: str) -> str:
    """The formula, if it is neither longer nor deeper than Excel takes."""
    depth = deepest = 0
    for sign in formula:
        depth += (sign == "(") - (sign == ")")
        deepest = max(deepest, depth)
    if len(formula) > _LONGEST or deepest > _DEEPEST:
        raise NotExpressibleError("length")
    return formula


def added(parts: Sequence[str]) -> str:
    return f"({'+'.join(parts)})"


def known(numbers: Sequence[str]) -> str:
    """How many of the numbers are not null."""
    return added([f"ISNUMBER({number})" for number in numbers]) if len(numbers) > 1 else f"(0+ISNUMBER({numbers[0]}))"


def rounded(number: str, decimals: Sequence[Node]) -> str:
    """Half away from zero in base ten, after a tidy at 1e-9."""
    digits = decimals[0].value if decimals and isinstance(decimals[0], Literal) else 0
    if not isinstance(digits, float | int):
        raise NotExpressibleError("round()")
    scale = 10.0**digits
    return f"(SIGN({number})*INT(ABS({number})*{figure(scale)}+{figure(0.5 + min(1e-9 * scale, 1e-3))})/{figure(scale)})"


def geometric(numbers: Sequence[str]) -> str:
    negative = ",".join(f"IFERROR({number}<0,FALSE)" for number in numbers)
    zero = ",".join(f"IFERROR({number}=0,FALSE)" for number in numbers)
    logarithms = added([f"IFERROR(LN({number}),0)" for number in numbers])
    return f"IF(OR({negative}),NA(),IF(OR({zero}),0,EXP({logarithms}/{known(numbers)})))"


def logistic(value: str, at90: str, at50: str) -> str:
    steps = f"MAX(-300,MIN(300,({value}-{at50})/({at90}-{at50})))"
    return f"IF({at90}<>{at50},1/(1+EXP(-LN(9)*{steps})),NA())"


def lognormal(value: str, at90: str, at50: str) -> str:
    z = f"{_Z90}*LN({value}/{at50})/LN({at90}/{at50})"
    return f"IF(AND({at90}>0,{at50}>0,{at90}<>{at50}),IF({value}<=0,IF({at90}<{at50},1,0),NORMSDIST({z})),NA())"
