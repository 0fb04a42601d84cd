"""What is supposed instead of what was measured and written: `csat=85`, `weight.csat=3`, `band.green=75`, `csat=70..95/5`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product

from scorecard.errors import UsageError
from scorecard.expression.names import near
from scorecard.model.definition import Band, Change, Constant, Scorecard
from scorecard.model.issue import Issue

NUMBERS = ("weight", "worst", "target", "threshold", "band")
BANDS = "bands"
MOST = 1_000
"""combinations of swept numbers"""
_NUMBER = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?%?"
_ONE = re.compile(rf"\s*({_NUMBER})\s*")
_SWEEP = re.compile(rf"\s*({_NUMBER})\s*\.\.\s*({_NUMBER})\s*/\s*({_NUMBER})\s*")


@dataclass(frozen=True, slots=True)
class Supposition:
    """One number that is supposed: the value of a metric (`key` is empty), a number of a node, or where a band of the total begins."""

    node: str
    key: tuple[str, ...]
    number: float
    text: str
    """as written: `weight.csat=3`"""

    @property
    def change(self) -> Change | None:
        """The change of a node; None for a value, and for a band."""
        return Change(node=self.node, key=self.key, value=Constant(self.number)) if self.key and self.key[0] != BANDS else None


Supposed = tuple[Supposition, ...]


def suppositions(texts: Sequence[str], scorecard: Scorecard) -> list[Supposed]:
    """Every combination of what the texts suppose, in their order; one of single numbers alone. Raises UsageError."""
    read = [list(_read(text, scorecard)) for text in texts]
    count = 1
    for numbers in read:
        count *= len(numbers)
    if count > MOST:
        raise UsageError([Issue(code="SC730", values={"count": count, "most": MOST, "reason": "many"})])
    names = [numbers[0].text.partition("=")[0] for numbers in read]
    if twice := [name for name in names if names.count(name) > 1]:
        raise UsageError([Issue(code="SC730", values={"name": twice[0], "reason": "twice"})])
    every = list(product(*read))
    for supposed in every:
        bands_under(supposed, scorecard)
    return every


def bands_under(supposed: Supposed, scorecard: Scorecard) -> tuple[Band, ...]:
    """The bands, each beginning where it is supposed to. Raises UsageError where they are not in their order and on the scale then."""
    starts = {each.key[1]: each for each in supposed if each.key[:1] == (BANDS,)}
    if not starts:
        return scorecard.bands
    found = tuple(replace(band, start=starts[band.id].number) if band.id in starts else band for band in scorecard.bands)
    known = [band.start for band in found if band.start is not None]
    if any(low >= high for low, high in pairwise(known)) or (scorecard.scale.high is not None and known[-1] > scorecard.scale.high):
        texts = ", ".join(each.text for each in starts.values())
        raise UsageError([Issue(code="SC730", values={"text": texts, "reason": "order"})])
    return found


def _read(text: str, scorecard: Scorecard) -> Iterator[Supposition]:
    name, equals, written = text.partition("=")
    if not equals:
        raise UsageError([Issue(code="SC730", values={"text": text})])
    node, key = _named(name.strip(), scorecard)
    for number in _numbers(text, written):
        if key == ("weight",) and number < 0:
            raise UsageError([Issue(code="SC730", values={"text": text, "reason": "negative"})])
        shown = f"{number * 100:.12g}%" if "%" in written else f"{number:.12g}"
        yield Supposition(node, key, number, f"{name.strip()}={shown}")


def _named(name: str, scorecard: Scorecard) -> tuple[str, tuple[str, ...]]:
    """What a name means: a metric, or a number of a node."""
    first, _, rest = name.partition(".")
    if first not in NUMBERS or not rest:
        metric = name.removesuffix(".value")
        _known(metric, scorecard.metrics)
        return metric, ()
    if first == "band":
        _known(rest, [one.id for one in scorecard.bands if one.start is not None][1:])
        return "total", (BANDS, rest)
    node, _, band = rest.partition(".")
    if first == "weight":
        _known(node, {**scorecard.metrics, **scorecard.groups})
        return node, ("weight",)
    _known(node, scorecard.metrics)
    if first != "threshold":
        return node, (first,)
    _known(band, {one.id: one for one in scorecard.bands if one.start is not None})
    return node, ("thresholds", band)


def _known(name: str, known: object) -> None:
    names = list(known)  # type: ignore[call-overload]
    if name not in names:
        raise UsageError([Issue(code="SC731", values={"name": name, "did_you_mean": near(name, names), "allowed": names})])


def _numbers(text: str, written: str) -> list[float]:
    if found := _ONE.fullmatch(written):
        return [_number(found[1])]
    found = _SWEEP.fullmatch(written)
    if found is None:
        raise UsageError([Issue(code="SC730", values={"text": text})])
    first, last, step = (_number(found[place]) for place in (1, 2, 3))
    if step <= 0:
        raise UsageError([Issue(code="SC730", values={"text": text, "reason": "step"})])
    count = int(abs(last - first) / step + 1e-9) + 1
    if count > MOST:
        raise UsageError([Issue(code="SC730", values={"count": count, "most": MOST, "reason": "many"})])
    sign = 1 if last >= first else -1
    return [first + sign * step * place for place in range(count)]


def _number(written: str) -> float:
    return float(written.removesuffix("%")) / 100 if written.endswith("%") else float(written)
