"""What is supposed instead of what was measured and written: `csat=85`, `weight.csat=3`, `band.green=75`, `csat=70..95/5`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product

from scorecard.definition.called import named, titles_of_nodes
from scorecard.errors import UsageError
from scorecard.model.definition import Band, Change, Constant, Scorecard
from scorecard.model.issue import Issue

NUMBERS = ("weight", "worst", "target", "threshold", "band")
BANDS = "bands"
_UNKNOWN = "SC731"
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
    what = [(numbers[0].node, numbers[0].key) for numbers in read]
    if twice := [numbers[0].text.partition("=")[0] for numbers, one in zip(read, what, strict=True) if what.count(one) > 1]:
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
    metrics = titles_of_nodes(scorecard, scorecard.metrics)
    if first not in NUMBERS or not rest:
        return named(name.removesuffix(".value"), metrics, _UNKNOWN), ()
    bands = {band.id: band.title for band in scorecard.bands if band.start is not None}
    match first:
        case "band":
            return "total", (BANDS, named(rest, dict([*bands.items()][1:]), _UNKNOWN))
        case "weight":
            return named(rest, titles_of_nodes(scorecard, [*scorecard.metrics, *scorecard.groups]), _UNKNOWN), ("weight",)
        case "threshold":
            node, band = rest.rpartition(".")[::2] if "." in rest else (rest, "")
            return named(node, metrics, _UNKNOWN), ("thresholds", named(band, bands, _UNKNOWN))
    return named(rest, metrics, _UNKNOWN), (first,)


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
