"""The values that formulas over entities are made of: numbers, text by categories, moments, three-valued truths."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from scorecard.expression.moments import moment_of

Numbers = NDArray[np.float64] | np.float64
Moments = NDArray[np.datetime64] | np.datetime64
Bools = NDArray[np.bool_] | np.bool_

NAT = np.datetime64("NaT", "us")
_NAN = np.float64("nan")


class NotComputable(AssertionError):  # noqa: N818
    """A formula that was not checked, or not rewritten by the plan, reached the arithmetic."""


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """Text as int32 codes into `categories`; -1 is null."""

    codes: NDArray[np.int32]
    categories: tuple[str, ...]

    def take(self, index: NDArray[Any]) -> Coded:
        return Coded(self.codes[index], self.categories)

    def decode(self) -> NDArray[np.object_]:
        """The texts, None for null."""
        texts = np.empty(len(self.categories) + 1, dtype=object)
        texts[: len(self.categories)] = self.categories
        return texts[self.codes]


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """Where a condition holds and where it fails; unknown is neither."""

    holds: Bools
    fails: Bools

    @property
    def unknown(self) -> Bools:
        return ~(self.holds | self.fails)


Value = Numbers | Moments | Coded | Truth | str


def encode(texts: Sequence[str | None] | NDArray[Any]) -> Coded:
    """Texts as codes, the categories in the order in which they first occur; None and NaN are null."""
    import pyarrow as pa

    found = pa.array(texts, type=pa.string(), from_pandas=True).dictionary_encode()
    codes = found.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32)
    return Coded(codes, tuple(found.dictionary.to_pylist()))


def normal(value: object) -> Value:
    """A value as `read` or a literal gives it, in one of the forms that the arithmetic knows."""
    match value:
        case None:
            return _NAN
        case bool() | np.bool_():
            return Truth(np.bool_(value), np.bool_(not value))
        case str() | Coded() | Truth():
            return value
        case np.datetime64():
            return cast("Moments", value.astype("datetime64[us]"))
        case date():
            return np.datetime64(value, "us")
        case np.ndarray() if value.dtype.kind == "M":
            return cast("Moments", value.astype("datetime64[us]", copy=False))
        case np.ndarray() if value.dtype.kind == "b":
            return Truth(value, ~value)
        case np.ndarray() if value.dtype.kind in "iuf":
            return finite(value)
        case int() | float() | np.integer() | np.floating():
            return finite(np.float64(value))
    raise NotComputable(f"{type(value).__name__} is no value of a formula")


def finite(numbers: Any) -> Numbers:
    """Numbers with everything that is not finite turned to null."""
    numbers = numbers if isinstance(numbers, np.float64) else np.asarray(numbers, dtype=np.float64)
    endless = np.isinf(numbers)
    return cast("Numbers", np.where(endless, np.nan, numbers)[()] if np.any(endless) else numbers)


def is_moment(value: Value) -> bool:
    return isinstance(value, np.datetime64) or (isinstance(value, np.ndarray) and value.dtype.kind == "M")


def is_null(value: Value) -> Any:
    """Where a value is null: an array, or True or False for one value."""
    if isinstance(value, str):
        return False
    if isinstance(value, Coded):
        return value.codes < 0
    if isinstance(value, Truth):
        return value.unknown
    null = np.isnat(value) if is_moment(value) else np.isnan(cast("Numbers", value))
    return null if isinstance(null, np.ndarray) else bool(null)


def nothing_in(value: Value) -> bool:
    """Whether no row has a value: what no record gave has no kind yet, and stands for a text or a moment as well."""
    return not isinstance(value, Coded | Truth | str) and bool(np.all(is_null(value)))


def no_text(value: Value) -> Coded:
    """As many texts as there are rows, all null."""
    return Coded(np.full(np.shape(cast("Any", value)), -1, dtype=np.int32), ())


def codes_of(value: Value) -> NDArray[np.int32]:
    """One number per row for what is equal, whatever kind of column it is; -1 for null."""
    match value:
        case Coded(codes=codes):
            return codes
        case Truth(holds=holds, fails=fails):
            return np.where(holds, 1, np.where(fails, 0, -1)).astype(np.int32)
    array: Any = np.asarray(value)
    found = np.unique(array, return_inverse=True)[1].reshape(array.shape)
    return np.where(is_null(array), -1, found).astype(np.int32)


def as_numbers(value: Value, rows: int) -> NDArray[np.float64]:
    """One number per row; a single one is repeated, truths become 1 and 0."""
    if isinstance(value, Truth):
        value = np.where(value.holds, 1.0, np.where(value.fails, 0.0, np.nan))
    if isinstance(value, Coded | str) or is_moment(value):
        raise NotComputable(f"{type(value).__name__} where numbers are expected")
    return np.array(np.broadcast_to(cast("Numbers", value), (rows,)), dtype=np.float64)


def truth_of_text(value: Value, test: Callable[[str], bool]) -> Truth:
    """A test of texts, made once per category."""
    if isinstance(value, str):
        return Truth(np.bool_(test(value)), np.bool_(not test(value)))
    if nothing_in(value):
        value = no_text(value)
    if isinstance(value, Coded):
        passed = np.array([*(test(text) for text in value.categories), False], dtype=np.bool_)
        holds = passed[value.codes]
        return Truth(holds, ~holds & (value.codes >= 0))
    raise NotComputable(f"{type(value).__name__} where text is expected")


def labels(values: Sequence[Value]) -> tuple[list[NDArray[np.int32]], tuple[str, ...]]:
    """The codes of several texts over categories that they share."""
    places: dict[str, int] = {}
    codes = []
    for value in values:
        if isinstance(value, Coded):
            shared = np.array([*(places.setdefault(text, len(places)) for text in value.categories), -1], dtype=np.int32)
            codes.append(shared[value.codes])
        elif isinstance(value, str):
            codes.append(np.array(places.setdefault(value, len(places)), dtype=np.int32))
        elif nothing_in(value):
            codes.append(no_text(value).codes)
        else:
            raise NotComputable(f"{type(value).__name__} where text is expected")
    return codes, tuple(places)


def choose(branches: Sequence[tuple[Any, Value]], rows: int) -> Value:
    """For each row the value of the first branch whose condition holds, else null."""
    values = [value for _, value in branches]
    conditions = [condition for condition, _ in branches]
    if any(isinstance(value, Truth) for value in values):
        truths = [value if isinstance(value, Truth) else Truth(np.False_, np.False_) for value in values]
        return Truth(
            cast("Bools", _first(conditions, [truth.holds for truth in truths], np.False_)),
            cast("Bools", _first(conditions, [truth.fails for truth in truths], np.False_)),
        )
    if any(is_moment(value) for value in values) and not any(isinstance(value, Coded) for value in values):
        return cast("Moments", _first(conditions, [_as_moment(value) for value in values], NAT))
    if any(isinstance(value, Coded | str) for value in values):
        codes, categories = labels(values)
        return Coded(np.array(np.broadcast_to(_first(conditions, codes, np.int32(-1)), (rows,)), dtype=np.int32), categories)
    return cast("Numbers", _first(conditions, values, _NAN))


def _as_moment(value: Value) -> Any:
    """A moment, or the day that a text names."""
    if isinstance(value, str):
        found = moment_of(value)
        return NAT if found is None else np.datetime64(found, "us")
    return value if is_moment(value) else NAT


def _first(conditions: Sequence[Any], values: Sequence[Any], otherwise: Any) -> Any:
    found = otherwise
    for condition, value in zip(reversed(conditions), reversed(values), strict=True):
        found = np.where(condition, value, found)
    return found[()]
