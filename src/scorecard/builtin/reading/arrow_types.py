"""Columns that come typed from Arrow: what kind they are, and their types without how they are stored."""

from __future__ import annotations

import pyarrow as pa

from scorecard.model.formula import Kind


def plain(table: pa.Table) -> pa.Table:
    """The table with types that formulas know: dictionaries are what they hold, decimals are numbers."""
    return table.cast(pa.schema([(field.name, _plain(field.type)) for field in table.schema]))


def kind_of(type: pa.DataType) -> Kind:
    """What a column holds; `Kind.ANY` where no formula knows its type."""
    type = _plain(type)
    if pa.types.is_boolean(type):
        return Kind.TRUTH
    if pa.types.is_integer(type) or pa.types.is_floating(type):
        return Kind.NUMBER
    if pa.types.is_string(type):
        return Kind.TEXT
    return Kind.MOMENT if pa.types.is_timestamp(type) or pa.types.is_date(type) else Kind.ANY


def _plain(type: pa.DataType) -> pa.DataType:
    if pa.types.is_dictionary(type):
        return _plain(type.value_type)
    if pa.types.is_decimal(type):
        return pa.float64()
    if pa.types.is_large_string(type) or pa.types.is_string_view(type):
        return pa.string()
    return type
