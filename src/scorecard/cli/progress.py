"""A sign of life on stderr for work that takes more than a moment."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.status import Status

PATIENCE = 1.0
"""seconds in which nothing is shown"""


@contextmanager
def working(what: str) -> Iterator[None]:
    """Shows what is being done, once it has taken a second; only on a terminal."""
    if not sys.stderr.isatty():
        yield
        return
    sign = _Sign(what)
    timer = threading.Timer(PATIENCE, sign.show)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        sign.hide()


class _Sign:
    """A spinner that is shown at most once, and never after it was hidden."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.lock = threading.Lock()
        self.status: Status | None = None
        self.over = False

    def show(self) -> None:
        from rich.console import Console
        from rich.text import Text

        with self.lock:
            if not self.over:
                self.status = Console(stderr=True).status(Text(self.what))
                self.status.start()

    def hide(self) -> None:
        with self.lock:
            self.over = True
            if self.status is not None:
                self.status.stop()
