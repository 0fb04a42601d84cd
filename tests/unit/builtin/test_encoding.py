"""What is UTF-8 is told without making text of it, and told as Python tells it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scorecard.builtin.reading import encoding
from scorecard.hooks.contracts import SourceError


@given(st.one_of(st.binary(max_size=60), st.text(max_size=40).map(lambda text: text.encode("utf-8", "surrogatepass"))), st.integers(1, 9))
@example("发货".encode()[:-1], 1)
@example("\ud800".encode("utf-8", "surrogatepass"), 2)
@example(b"\xf4\x90\x80\x80", 3)
@example(b"\x80\x80\x80\x80\x80", 1)
def test_utf8_as_python_reads_it_wherever_blocks_end(tmp_path_factory: pytest.TempPathFactory, content: bytes, block: int) -> None:
    path = tmp_path_factory.getbasetemp() / "content.csv"
    path.write_bytes(content)
    hash = hashlib.sha256()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encoding, "_BLOCK", block)
        told = encoding._is_utf8(path, hash)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        assert not told
    else:
        assert told
        assert hash.digest() == hashlib.sha256(content).digest()


def test_a_fault_is_placed_by_byte_and_row(tmp_path: Path) -> None:
    (path := tmp_path / "broken.csv").write_bytes("客户,分\n甲,1\n".encode() + b"\xff\xff\xff\n")
    with pytest.raises(SourceError) as raised:
        encoding.encoding_of(path, "broken.csv", "utf-8")
    assert raised.value.values["byte"] == len("客户,分\n甲,1\n".encode())
    assert raised.value.values["row"] == 3
