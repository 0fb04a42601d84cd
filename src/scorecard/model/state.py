"""What became of a metric for one entity and period, and why."""

from __future__ import annotations

from enum import IntEnum


class State(IntEnum):
    """measured, missing, not_applicable, excluded or failed; stored as int8."""

    MEASURED = 0
    MISSING = 1
    NOT_APPLICABLE = 2
    EXCLUDED = 3
    FAILED = 4


class Reason(IntEnum):
    """Why a state is not `measured`; stored as int8."""

    NONE = 0
    NO_RECORD = 1
    SOURCE_EMPTY = 2
    TOO_FEW_RECORDS = 3
    NO_VALUE = 4
    DOES_NOT_APPLY = 5
    EXEMPT = 6
    CURVE_DOES_NOT_COVER = 7
    NUMBERS_OUT_OF_ORDER = 8
    NUMBER_MISSING = 9
    NOT_FINITE = 10
    SEVERAL_RECORDS = 11
    SEGMENTS_DISAGREE = 12
    FUNCTION_FAILED = 13
    CHILDREN_MISSING = 14
    COVERAGE_TOO_LOW = 15
    NO_WEIGHT = 16
    NOTHING_APPLIES = 17
    FLAT_PEERS = 18
    """measured all the same: worst and target come from peers that are all alike, so the score is the middle of the scale"""


class Fired(IntEnum):
    """What a rule did for one row; stored as int8."""

    NO = 0
    YES = 1
    UNKNOWN = 2
