"""Sources opened as the engine opens them, on files a test writes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scorecard.app import registry
from scorecard.hooks.contracts import SourceData, SourceRequest
from scorecard.hooks.registry import resolve

TYPES = registry().sources


@pytest.fixture
def opened(tmp_path: Path) -> Callable[..., SourceData]:
    """Opens a source type on settings, relative to the test's folder."""

    def open_(type: str, *, spellings: tuple[tuple[str, ...], ...] = (), span: Any = (None, None), **settings: Any) -> SourceData:
        request = SourceRequest(settings=settings, folder=str(tmp_path), spellings=spellings, span=span)
        return resolve(TYPES[type].open)(request)

    return open_


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., None]:
    """Writes a text file into the test's folder."""

    def write_(name: str, text: str, encoding: str = "utf-8") -> None:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(text.encode(encoding))

    return write_
