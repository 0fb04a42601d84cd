"""Numbers as people type them: thousands separators, percent and currency signs, full-width digits, blanks.

All of it on whole columns at once, through Arrow's kernels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

CURRENCY = r"(?:[¥$€£₹₩]|US\$|HK\$|NT\$|RMB|CNY|USD|EUR|HKD|GBP|JPY)"
PLAIN = r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+|[0-9]*\.[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]*|[0-9]+\.[0-9]*)(?:[eE][+-]?[0-9]+)?"
WHOLE = rf"^(?P<sign>[+-]?)(?:{CURRENCY}\s*)?(?P<number>{PLAIN})\s*(?P<times>[万亿%]?)\s*(?:元|圆|{CURRENCY})?$"


def read_numbers(texts: pa.ChunkedArray) -> tuple[pa.Array, pa.Array]:
    """Numbers from texts, and which texts are none: blanks are null, anything else unreadable is marked."""
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = pc.utf8_trim_whitespace(pc.utf8_normalize(texts.cast(pa.string()), form="NFKC"))
    bracketed = pc.match_substring_regex(texts, r"^\(.*\)$")
    texts = pc.if_else(bracketed, pc.binary_join_element_wise("-", pc.utf8_trim(texts, "()"), ""), texts)
    parts = pc.extract_regex(pc.replace_substring(texts, "−", "-"), WHOLE)
    digits = pc.replace_substring(pc.struct_field(parts, "number"), ",", "")
    digits = pc.replace_substring_regex(digits, r"^\+", "")
    numbers = pc.cast(pc.if_else(pc.equal(digits, ""), None, digits), pa.float64())
    times = pc.struct_field(parts, "times")
    factors: list[tuple[str, Any]] = [("万", 1e4), ("亿", 1e8)]
    for sign, factor in factors:
        numbers = pc.if_else(pc.equal(times, sign), pc.multiply(numbers, factor), numbers)
    numbers = pc.if_else(pc.equal(times, "%"), pc.divide(numbers, 100.0), numbers)
    numbers = pc.if_else(pc.equal(pc.struct_field(parts, "sign"), "-"), pc.negate(numbers), numbers)
    blank = pc.or_kleene(pc.is_null(texts), pc.equal(texts, ""))
    own_sign = pc.match_substring_regex(pc.struct_field(parts, "number"), "^[+-]")
    signed_twice = pc.and_(pc.not_equal(pc.struct_field(parts, "sign"), ""), own_sign)
    numbers = pc.if_else(pc.and_(pc.is_finite(numbers), pc.invert(signed_twice)), numbers, None)
    unreadable = pc.and_(pc.is_null(numbers), pc.invert(pc.fill_null(blank, True)))
    return _combined(numbers), _combined(unreadable)


def _combined(array: Any) -> Any:
    return array.combine_chunks() if hasattr(array, "combine_chunks") else array
