"""Days and times as people type them, read as whole columns; what is ambiguous is refused, never guessed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pyarrow as pa

CLOCK = r"(?:[T ]+(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]{1,9}))?)?)?"
ZONE = r"\s*(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?"
YEAR_FIRST = rf"^(?P<year>[0-9]{{4}})(?:[-/.年]\s*(?P<month>[0-9]{{1,2}}))?(?:[-/.月]\s*(?P<day>[0-9]{{1,2}}))?[日月年]?{CLOCK}{ZONE}$"
COMPACT = rf"^(?P<year>[0-9]{{4}})(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}}){CLOCK}{ZONE}$"
DAY_FIRST = rf"^(?P<day>[0-9]{{1,2}})[-/.](?P<month>[0-9]{{1,2}})[-/.](?P<year>[0-9]{{4}}){CLOCK}{ZONE}$"
MONTH_FIRST = rf"^(?P<month>[0-9]{{1,2}})[-/.](?P<day>[0-9]{{1,2}})[-/.](?P<year>[0-9]{{4}}){CLOCK}{ZONE}$"
SERIALS = (20_000, 80_000)
"""numbers in this range are days since 1899-12-30, as spreadsheets store them (1954 to 2119)"""

Moments = NDArray[np.datetime64]
Flags = NDArray[np.bool_]


class AmbiguousError(Exception):
    """Every value of the column can be read as day/month and as month/day, and they differ; its text is one of them."""


def read_moments(texts: pa.ChunkedArray, timezone: str | None, order: str | None = None) -> tuple[Moments, Flags]:
    """Naive local moments (NaT = null) and which texts are none.

    `order` is `day first` or `month first` where the definition says so; otherwise it must follow from the values.
    Raises AmbiguousError.
    """
    texts, found, read, blank = _in_one_way(texts, timezone)
    if not (read | blank).all():
        slashed = _Slashed(texts, timezone, ~read & ~blank)
        moments, is_slashed = slashed.read(order or _order_of([slashed]))
        found, read = np.where(is_slashed & ~read, moments, found), read | is_slashed
    return found, ~read & ~blank


def day_order(parts: Iterable[pa.ChunkedArray], timezone: str | None) -> str:
    """The order in which 03/04/2026 is read throughout a column that comes in parts. Raises AmbiguousError."""

    def slashed() -> Iterator[_Slashed]:
        for part in parts:
            texts, _, read, blank = _in_one_way(part, timezone)
            if not (read | blank).all():
                yield _Slashed(texts, timezone, ~read & ~blank)

    return _order_of(slashed())


def _in_one_way(texts: pa.ChunkedArray, timezone: str | None) -> tuple[pa.ChunkedArray, Moments, Flags, Flags]:
    """The trimmed texts, the moments of those that can be read in one way only, which these are, and which are blank."""
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = pc.utf8_trim_whitespace(pc.utf8_normalize(texts.cast(pa.string()), form="NFKC"))
    blank = np.asarray(pc.or_kleene(pc.is_null(texts), pc.equal(texts, "")).to_numpy(zero_copy_only=False), dtype=bool)
    found, read = _matched(texts, YEAR_FIRST, timezone)
    compact, is_compact = _matched(texts, COMPACT, timezone)
    found, read = np.where(is_compact, compact, found), read | is_compact
    if not (read | blank).all():
        serials, is_serial = _serials(texts)
        found, read = np.where(is_serial, serials, found), read | is_serial
    return texts, found, read, blank


def _serials(texts: Any) -> tuple[Moments, Flags]:
    """Days as spreadsheets store them, among dates that are typed."""
    import pyarrow.compute as pc

    digits = pc.if_else(pc.match_substring_regex(texts, r"^[2-7][0-9]{4}(\.[0-9]+)?$"), texts, None)
    numbers = np.asarray(pc.cast(digits, "float64").to_numpy(zero_copy_only=False), dtype=np.float64)
    found, bad = read_numbers_as_moments(numbers)
    return found, ~np.isnan(numbers) & ~bad


class _Slashed:
    """31/12/2026 or 12/31/2026: what texts are in either order, and how many of the `wanted` ones each order reads."""

    def __init__(self, texts: pa.ChunkedArray, timezone: str | None, wanted: Flags) -> None:
        self._day_first, self._by_day = _matched(texts, DAY_FIRST, timezone)
        self._month_first, self._by_month = _matched(texts, MONTH_FIRST, timezone)
        self.wanted = int(wanted.sum())
        self.by_day, self.by_month = int(self._by_day[wanted].sum()), int(self._by_month[wanted].sum())
        self.differ = bool((self._day_first[wanted] != self._month_first[wanted]).any())
        self.example = texts[int(np.argmax(wanted))].as_py()

    def read(self, order: str) -> tuple[Moments, Flags]:
        return (self._day_first, self._by_day) if order == "day first" else (self._month_first, self._by_month)


def _order_of(parts: Iterable[_Slashed]) -> str:
    """Whichever order reads more of the values of a column. Raises AmbiguousError where both read all, and read them otherwise."""
    wanted = by_day = by_month = 0
    differ, example = False, ""
    for part in parts:
        wanted, by_day, by_month = wanted + part.wanted, by_day + part.by_day, by_month + part.by_month
        differ, example = differ or part.differ, example or part.example
    if by_day == by_month == wanted and differ:
        raise AmbiguousError(example)
    return "day first" if by_day >= by_month else "month first"


def _matched(texts: Any, pattern: str, timezone: str | None) -> tuple[Moments, Flags]:
    """The moments of the texts that fit a pattern and name a day that exists."""
    import pyarrow.compute as pc

    parts = pc.extract_regex(texts, pattern)

    def number(name: str, default: int) -> NDArray[np.int64]:
        if name not in _groups(pattern):
            return np.full(len(texts), default, dtype=np.int64)
        field = pc.struct_field(parts, name)
        field = pc.if_else(pc.equal(field, ""), str(default), field)
        return np.asarray(pc.fill_null(pc.cast(field, "int64"), default).to_numpy(zero_copy_only=False))

    fits = ~np.asarray(pc.is_null(parts).to_numpy(zero_copy_only=False), dtype=bool)
    month, day = number("month", 1), number("day", 1)
    hour, minute, second = number("hour", 0), number("minute", 0), number("second", 0)
    months = (number("year", 1970) - 1970) * 12 + month - 1
    first = months.astype("datetime64[M]")
    days = first.astype("datetime64[D]") + (day - 1)
    fits &= (month >= 1) & (month <= 12) & (day >= 1) & (days.astype("datetime64[M]") == first)
    fits &= (hour < 24) & (minute < 60) & (second < 60)
    clock = (((hour * 60 + minute) * 60 + second) * 1_000_000).astype("timedelta64[us]")
    moments: Moments = days.astype("datetime64[us]") + clock
    fraction = pc.fill_null(pc.struct_field(parts, "fraction"), "")
    fraction = pc.utf8_slice_codeunits(pc.utf8_rpad(fraction, 6, "0"), 0, 6)
    micros = np.asarray(pc.cast(fraction, "int64").to_numpy(zero_copy_only=False)).astype("timedelta64[us]")
    moments = moments + micros
    zone = pc.fill_null(pc.struct_field(parts, "zone"), "")
    if pc.any(pc.not_equal(zone, "")).as_py():
        moments = _localised(moments, zone, timezone)
    return np.where(fits, moments, np.datetime64("NaT", "us")), fits


def _groups(pattern: str) -> set[str]:
    return {part.partition(">")[0] for part in pattern.split("(?P<")[1:]}


def _localised(moments: Moments, zone: Any, timezone: str | None) -> Moments:
    """Moments with an offset, as the clock on the wall of `timezone` (UTC where none is set) shows them."""
    import pyarrow as pa
    import pyarrow.compute as pc

    aware = np.asarray(pc.not_equal(zone, "").to_numpy(zero_copy_only=False), dtype=bool)
    digits = pc.replace_substring_regex(zone, "[^0-9]", "")
    digits = pc.if_else(pc.equal(digits, ""), "0000", digits)
    offset = np.asarray(pc.cast(digits, "int64").to_numpy(zero_copy_only=False))
    minutes = offset // 100 * 60 + offset % 100
    minutes = np.where(np.asarray(pc.starts_with(zone, "-").to_numpy(zero_copy_only=False), dtype=bool), -minutes, minutes)
    utc = moments - minutes.astype("timedelta64[m]")
    local = pc.local_timestamp(pa.array(utc, type=pa.timestamp("us", "UTC")).cast(pa.timestamp("us", timezone or "UTC")))
    return np.where(aware, local.to_numpy(zero_copy_only=False).astype("datetime64[us]"), moments)


def read_numbers_as_moments(numbers: NDArray[np.float64]) -> tuple[Moments, Flags]:
    """Years (2026), compact days (20260131) and spreadsheet serials (46053) as moments, and which numbers are none."""
    whole = np.nan_to_num(numbers, nan=0.0).astype(np.int64)
    years = (whole >= 1000) & (whole <= 9999) & (whole == numbers)
    serials = (numbers >= SERIALS[0]) & (numbers <= SERIALS[1])
    compact = (whole >= 1000_01_01) & (whole <= 9999_12_31) & (whole == numbers)
    found = np.full(len(numbers), np.datetime64("NaT", "us"))
    found[years] = (whole[years] - 1970).astype("datetime64[Y]").astype("datetime64[us]")
    seconds = np.round((numbers[serials] - 25_569) * 86_400).astype(np.int64)
    found[serials] = seconds.astype("datetime64[s]").astype("datetime64[us]")
    first = ((whole // 10_000 - 1970) * 12 + whole // 100 % 100 - 1).astype("datetime64[M]")
    days = first.astype("datetime64[D]") + (whole % 100 - 1)
    compact &= (whole // 100 % 100 >= 1) & (whole // 100 % 100 <= 12) & (whole % 100 >= 1) & (days.astype("datetime64[M]") == first)
    found[compact] = days[compact].astype("datetime64[us]")
    return found, ~(years | serials | compact | np.isnan(numbers))
