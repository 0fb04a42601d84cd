"""The closed table of functions that formulas may call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from scorecard.model.formula import Kind


class Group(StrEnum):
    """Over what a function works."""

    ROW = "row"
    RECORD = "record"
    TIME = "time"
    PEER = "peer"
    SHAPE = "shape"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A positional argument; it may also be given by its name. `written` = a number or text written out in the formula."""

    name: str
    kind: Kind = Kind.NUMBER
    written: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """One function: at least `least` and at most `most` arguments (None: the last parameter repeats).

    `result` is the kind it yields; None = the kind of its arguments, which then must agree.
    """

    name: str
    group: Group
    parameters: tuple[Parameter, ...] = ()
    least: int = 0
    most: int | None = 0
    result: Kind | None = Kind.NUMBER
    options: tuple[str, ...] = ()
    doc: str

    def parameter(self, position: int) -> Parameter:
        return self.parameters[min(position, len(self.parameters) - 1)]

    @property
    def signature(self) -> str:
        """`round(x, [decimals])`, for messages and reference pages."""
        names = [p.name if i < self.least else f"[{p.name}]" for i, p in enumerate(self.parameters)]
        more = ["…"] if self.most is None else []
        return f"{self.name}({', '.join([*names, *more, *(f'[{option}=]' for option in self.options)])})"


_X = Parameter("x")
_ANY = Parameter("x", Kind.ANY)
_PART = Parameter("part", Kind.TEXT, written=True)
_SHARE = Parameter("q", Kind.NUMBER, written=True)
_PERIODS = Parameter("n", Kind.NUMBER, written=True)
_TWO_MOMENTS = (Parameter("start", Kind.MOMENT), Parameter("end", Kind.MOMENT))
_SHAPE = (Parameter("value"), Parameter("at90"), Parameter("at50"))


def _row(
    name: str, doc: str, *parameters: Parameter, least: int | None = None, more: bool = False, result: Kind | None = Kind.NUMBER
) -> Function:
    most = None if more else len(parameters)
    least = len(parameters) if least is None else least
    return Function(name=name, group=Group.ROW, parameters=parameters, least=least, most=most, result=result, doc=doc)


def _record(name: str, doc: str, *parameters: Parameter, least: int | None = None, result: Kind | None = Kind.NUMBER) -> Function:
    least = len(parameters) if least is None else least
    options = ("where", "each")
    return Function(
        name=name, group=Group.RECORD, parameters=parameters, least=least, most=len(parameters), result=result, options=options, doc=doc
    )


def _time(name: str, doc: str, *how_far: Parameter) -> Function:
    return Function(name=name, group=Group.TIME, parameters=(_ANY, *how_far), least=1, most=1 + len(how_far), result=None, doc=doc)


def _peer(name: str, doc: str, *parameters: Parameter) -> Function:
    return Function(
        name=name, group=Group.PEER, parameters=parameters, least=len(parameters) - 1, most=len(parameters), options=("by",), doc=doc
    )


def _shape(name: str, doc: str) -> Function:
    return Function(name=name, group=Group.SHAPE, parameters=_SHAPE, least=3, most=3, doc=doc)


_ALL = (
    _row("is_null", "True where x is null.", _ANY, result=Kind.TRUTH),
    _row(
        "if_else",
        "The second argument where the condition holds, the third where it fails, null where it is unknown.",
        Parameter("condition", Kind.TRUTH),
        Parameter("then", Kind.ANY),
        Parameter("otherwise", Kind.ANY),
        result=None,
    ),
    _row("coalesce", "The first argument that is not null.", _ANY, least=1, more=True, result=None),
    _row("min_of", "The least of the arguments that are not null.", _X, least=1, more=True),
    _row("max_of", "The greatest of the arguments that are not null.", _X, least=1, more=True),
    _row("mean_of", "The mean of the arguments that are not null.", _X, least=1, more=True),
    _row(
        "geomean_of",
        "The geometric mean of the arguments that are not null; null where one is negative.",
        _X,
        least=1,
        more=True,
    ),
    _row("abs", "x without its sign.", _X),
    _row(
        "round",
        "x rounded half up (away from zero) in base ten, to no decimals unless given.",
        _X,
        Parameter("decimals", Kind.NUMBER, written=True),
        least=1,
    ),
    _row("log", "The natural logarithm; null for zero and below.", _X),
    _row("exp", "e to the power of x.", _X),
    _row("sqrt", "The square root; null for negative numbers.", _X),
    _row("clip", "x, but not below low and not above high.", _X, Parameter("low"), Parameter("high")),
    _row("contains", "True where the text holds the part.", Parameter("text", Kind.TEXT), _PART, result=Kind.TRUTH),
    _row("starts_with", "True where the text begins with the part.", Parameter("text", Kind.TEXT), _PART, result=Kind.TRUTH),
    _row("days_between", "Days from start to end, with fractions; negative where end is earlier.", *_TWO_MOMENTS),
    _row("hours_between", "Hours from start to end, with fractions; negative where end is earlier.", *_TWO_MOMENTS),
    _row(
        "active_on",
        "True where the record, by its source's time from and to, was open at some time of that day.",
        Parameter("day", Kind.MOMENT),
        result=Kind.TRUTH,
    ),
    _record("sum", "The sum; null where there is no value.", _X),
    _record("mean", "The mean.", _X),
    _record("count", "The number of records, or of records where the column is not null; 0 for none.", _ANY, least=0),
    _record("count_distinct", "The number of different values that are not null.", _ANY),
    _record("min", "The least value.", _ANY, result=None),
    _record("max", "The greatest value.", _ANY, result=None),
    _record("median", "The value in the middle; halfway between the two middle ones.", _X),
    _record("quantile", "The value below which the share q of the values lies, on straight lines between neighbours.", _X, _SHARE),
    _record("stdev", "The sample standard deviation; null for fewer than two values.", _X),
    _record("first", "The value of the earliest record.", _ANY, result=None),
    _record("last", "The value of the latest record.", _ANY, result=None),
    _record(
        "share", "The share of records for which the condition holds, among those where it is known.", Parameter("condition", Kind.TRUTH)
    ),
    _record("single", "The value of the one record; two records make the metric fail.", _ANY, result=None),
    _time("previous", "What the formula gives for the period before, or n periods before (n up to 24).", _PERIODS),
    _time("year_ago", "What the formula gives for the same period one year earlier."),
    _peer("peer_min", "The least value among the peers.", Parameter("of")),
    _peer("peer_max", "The greatest value among the peers.", Parameter("of")),
    _peer("peer_mean", "The mean of the peers' values.", Parameter("of")),
    _peer("peer_stdev", "The sample standard deviation of the peers' values.", Parameter("of")),
    _peer("peer_quantile", "The value below which the share q of the peers' values lies.", Parameter("of"), _SHARE),
    _peer("peer_rank", "The place among the peers, 1 for the best.", Parameter("of")),
    _shape("lognormal", "A score from 0 to 1 that falls off as the log-normal distribution does: 0.9 at at90, 0.5 at at50."),
    _shape("logistic", "A score from 0 to 1 on a logistic curve: 0.9 at at90, 0.5 at at50."),
)

FUNCTIONS: Mapping[str, Function] = MappingProxyType({function.name: function for function in _ALL})
"""Every function by its name."""

INTERNAL = frozenset({"single"})
"""Written by `check`, not by people."""

ALSO_CALLED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "average": ("mean",),
        "avg": ("mean",),
        "averageif": ("mean",),
        "averageifs": ("mean",),
        "sumif": ("sum",),
        "sumifs": ("sum",),
        "counta": ("count",),
        "countif": ("count",),
        "countifs": ("count",),
        "countd": ("count_distinct",),
        "distinct": ("count_distinct",),
        "percentile": ("quantile",),
        "std": ("stdev",),
        "iif": ("if_else",),
        "case": ("if_else",),
        "ifs": ("if_else",),
        "iferror": ("coalesce",),
        "ifnull": ("coalesce",),
        "nvl": ("coalesce",),
        "isblank": ("is_null",),
        "isnull": ("is_null",),
        "datediff": ("days_between",),
        "lag": ("previous",),
        "ln": ("log",),
    }
)
"""What spreadsheets and databases call a function, in lower case, and what it is called here."""
