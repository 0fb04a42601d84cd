import narwhals as nw
import pytest

from scorecard.engine.number import Numbering

LIBRARIES = ("pandas", "polars")


def frame(library, **columns):
    return nw.from_dict(columns, backend=library)


@pytest.mark.parametrize("library", LIBRARIES)
def test_records_get_the_number_of_their_key_in_their_own_order(library):
    numbering = Numbering(frame(library, id=["b", "a", "c"]), ("id",))
    assert numbering.of(frame(library, id=["c", "x", "b", None, "a", "b"])).tolist() == [2, -1, 0, -1, 1, 0]


@pytest.mark.parametrize("library", LIBRARIES)
def test_keys_of_another_type_are_compared_as_texts(library):
    numbering = Numbering(frame(library, id=[7, 12]), ("id",))
    assert numbering.of(frame(library, id=["12", "007", "7"])).tolist() == [1, -1, 0]


@pytest.mark.parametrize("library", LIBRARIES)
def test_several_parts_are_one_key(library):
    keys = frame(library, customer=["a", "a", "b"], project=["1", "2", "1"])
    records = frame(library, customer=["b", "a", "b", "a"], project=["1", "2", "2", None])
    assert Numbering(keys, ("customer", "project")).of(records).tolist() == [2, 1, -1, -1]


@pytest.mark.parametrize("library", LIBRARIES)
def test_nobody_is_known_without_keys(library):
    records = frame(library, id=["a"])
    assert Numbering(records.head(0), ("id",)).of(records).tolist() == [-1]
